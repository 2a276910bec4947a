"""Facts about organisations and the people in them. Words for choices live in `words.py`."""

from typing import ClassVar, Self

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce

from samspil.kit.models import Blob
from samspil.kit.refs import RefField, new_ref
from samspil.organisation.names import FoundAsField
from samspil.organisation.scope import OfOrganisation


class Organisation(models.Model):
    """A municipality, a region or a state agency."""

    class Kind(models.TextChoices):
        MUNICIPALITY = "municipality"
        REGION = "region"
        STATE = "state"

    ref = RefField()
    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, choices=Kind)
    country = models.CharField(max_length=2, default="DK")
    language = models.CharField(max_length=5, default="da")
    zone = models.CharField(max_length=50, default="Europe/Copenhagen")
    process_model = models.CharField(max_length=40, default="light")
    rooms_off = models.JSONField(default=list, blank=True)
    mail_hour = models.PositiveSmallIntegerField(default=7)  # on its own clocks, when the day's mails go

    def __str__(self) -> str:
        return self.name


class AccountManager(BaseUserManager["Account"]):
    def create_user(self, username: str, password: str | None = None, **fields: object) -> "Account":
        account = self.model(username=username, **fields)
        account.set_password(password)
        account.save(using=self._db)
        return account


class Account(AbstractBaseUser):
    """Something that signs in: a password, a passkey or an identity (issuer + subject). Never a person."""

    username = models.CharField(max_length=150, unique=True, default=new_ref)
    email = models.EmailField(blank=True)
    is_active = models.BooleanField(default=True)
    language = models.CharField(max_length=5, blank=True)

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects: ClassVar[AccountManager] = AccountManager()

    def __str__(self) -> str:
        return self.username


class RegimePeriod(OfOrganisation):
    """Which regime of co-determination holds from a date on."""

    regime = models.CharField(max_length=20)
    since = models.DateField()
    source = models.CharField(max_length=300, blank=True)  # the agreement or law it stands in

    class Meta:
        ordering = ["-since"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "since"], name="one_regime_a_day"),
        ]


class Unit(OfOrganisation):
    """A place in the organisation's tree: the whole, an area, a workplace."""

    ref = RefField()
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )
    name = models.CharField(max_length=200)
    staff_function = models.BooleanField(default=False)
    headcount = models.PositiveIntegerField(null=True, blank=True)
    key = models.CharField(max_length=60, blank=True)  # as the organisation's own lists know it
    closed_on = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "key"],
                condition=~Q(key="") & Q(closed_on__isnull=True),
                name="one_open_unit_a_key",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Person(OfOrganisation):
    """Somebody in one organisation. `subject` is the random id the journal knows."""

    ref = RefField()
    subject = models.CharField(max_length=12, unique=True, default=new_ref, editable=False)
    given_name = models.CharField(max_length=100)
    family_name = models.CharField(max_length=100, blank=True)
    email = models.EmailField(blank=True)
    title = models.CharField(max_length=150, blank=True)
    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="people")
    guest_of = models.CharField(max_length=200, blank=True)
    key = models.CharField(max_length=60, blank=True)  # as the organisation's own lists know them
    left_on = models.DateField(null=True, blank=True)
    erased_at = models.DateTimeField(null=True, blank=True)
    found_as = FoundAsField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["family_name", "given_name"]
        indexes = [
            models.Index(fields=["organisation", "family_name", "given_name"], name="person_by_name"),
            models.Index(fields=["organisation", "erased_at", "left_on", "found_as"], name="person_found_as"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "key"],
                condition=~Q(key="") & Q(left_on__isnull=True),
                name="one_person_here_a_key",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.given_name} {self.family_name}".strip()


class Membership(OfOrganisation):
    """An account may act as this person."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="memberships")
    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="membership")

    everywhere: ClassVar[models.Manager[Self]] = (
        models.Manager()
    )  # the door asks before an organisation is known

    class Meta:
        default_manager_name = "objects"
        constraints = [
            models.UniqueConstraint(fields=["account", "organisation"], name="one_person_an_organisation"),
        ]


class Invitation(OfOrganisation):
    """A link, good for one use, with which a person makes or brings an account. Only its hash is kept."""

    ref = RefField()
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="invitations")
    token_sha256 = models.CharField(max_length=64, unique=True)
    username = models.CharField(max_length=150, blank=True)
    invited_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)


class Role(OfOrganisation):
    """What a person is entrusted with, in a unit and everything below it, from a date."""

    class Kind(models.TextChoices):
        ADMINISTRATOR = "administrator"
        DIRECTOR = "director"
        DIGITAL_LEAD = "digital_lead"
        LINE_MANAGER = "line_manager"
        PROJECT_LEAD = "project_lead"
        CONSULTANT = "consultant"  # of a union or a national body: reads
        AUDITOR = "auditor"  # reads

    ref = RefField()
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="roles")
    kind = models.CharField(max_length=20, choices=Kind)
    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.CASCADE, related_name="roles")
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    settled_on = models.DateField(null=True, blank=True)  # after somebody left: passed on, or given up


class ElectionGroup(OfOrganisation):
    """A group of unions that elects seats together (MED)."""

    name = models.CharField(max_length=200)


class Union(OfOrganisation):
    """A union with members in the organisation."""

    ref = RefField()
    name = models.CharField(max_length=200)
    election_group = models.ForeignKey(
        ElectionGroup, null=True, blank=True, on_delete=models.SET_NULL, related_name="unions"
    )
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Committee(OfOrganisation):
    """A committee, or a staff meeting with a committee's standing. The tree is the organisation's own."""

    ref = RefField()
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )
    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="committees")
    name = models.CharField(max_length=200)
    level = models.CharField(max_length=20)  # main · area · local, as the regime's table lists
    staff_meeting = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class ProcedureRules(OfOrganisation):
    """A committee's rules of procedure from a date; without a committee they hold for the organisation."""

    committee = models.ForeignKey(
        Committee, null=True, blank=True, on_delete=models.CASCADE, related_name="procedure_rules"
    )
    since = models.DateField()
    request_working_days = models.PositiveIntegerField()
    release = models.JSONField(default=list)  # seats that release the minutes
    approve = models.JSONField(default=list)  # seats that approve them
    extraordinary = models.BooleanField(default=True)
    in_writing = models.BooleanField(default=True)
    # What rules leave open follows from the examples in the regime's table.
    agenda_by = models.JSONField(default=list, blank=True)  # seats that settle the agenda
    chairs_working_days = models.PositiveIntegerField(null=True, blank=True)  # by when they do
    agenda_working_days = models.PositiveIntegerField(null=True, blank=True)  # by when it is sent
    quorum = models.CharField(max_length=20, blank=True)  # half_of_each_side · one_of_each_side · none
    source = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["-since"]


class Seat(OfOrganisation):
    """A person's seat in a committee during a mandate."""

    class Side(models.TextChoices):
        MANAGEMENT = "management"
        STAFF = "staff"

    class Kind(models.TextChoices):
        CHAIR = "chair"
        VICE_CHAIR = "vice_chair"
        SECRETARY = "secretary"
        MEMBER = "member"
        ADJUSTER = "adjuster"  # approves minutes for a union

    ref = RefField()
    committee = models.ForeignKey(Committee, on_delete=models.CASCADE, related_name="seats")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="seats")
    side = models.CharField(max_length=12, choices=Side)
    kind = models.CharField(max_length=12, choices=Kind, default=Kind.MEMBER)
    union = models.ForeignKey(Union, null=True, blank=True, on_delete=models.PROTECT, related_name="seats")
    steward = models.BooleanField(default=False)
    safety_rep = models.BooleanField(default=False)
    substitute_for = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="substitutes"
    )
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    settled_on = models.DateField(null=True, blank=True)  # after somebody left: passed on, or given up

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
                name="mandate_ends_after_it_begins",
            ),
        ]


class AudienceGroup(OfOrganisation):
    """People who are touched and can be asked: staff, citizens, companies, associations, partners."""

    class Kind(models.TextChoices):
        STAFF = "staff"
        CITIZENS = "citizens"
        COMPANIES = "companies"
        ASSOCIATIONS = "associations"
        PARTNERS = "partners"

    ref = RefField()
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, choices=Kind)
    size = models.PositiveIntegerField(null=True, blank=True)
    barriers = models.JSONField(default=list, blank=True)
    outside_average = models.JSONField(default=list, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["kind", "name"]

    def __str__(self) -> str:
        return self.name


class Content(models.Model):
    """A version of a question model, process model, regime or dated table. Never changed once loaded."""

    kind = models.CharField(max_length=40)
    key = models.CharField(max_length=80)
    language = models.CharField(max_length=5)
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )  # an organisation's own wording
    sha256 = models.CharField(max_length=64)
    body = models.JSONField()
    version = models.CharField(max_length=40)
    valid_from = models.DateField(null=True)
    current = models.BooleanField(default=True)
    loaded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "kind",
                "key",
                "language",
                Coalesce("organisation", 0, output_field=models.BigIntegerField()),
                "sha256",
                name="one_row_a_wording",
            ),
        ]
        indexes = [models.Index(fields=["kind", "key", "language", "current"], name="content_current")]


class File(OfOrganisation):
    """A file somebody brought; its content stands in the kit, addressed by hash."""

    ref = RefField()
    name = models.CharField(max_length=200)
    content_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    blob = models.ForeignKey(Blob, on_delete=models.PROTECT, related_name="+")
    brought_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    brought_at = models.DateTimeField()


class WaitingList(OfOrganisation):
    """A list that somebody brought. It waits until it is taken over or thrown away, and its files with it."""

    class Kind(models.TextChoices):
        ORGANISATION = "organisation"
        PROJECTS = "projects"

    ref = RefField()
    kind = models.CharField(max_length=12, choices=Kind)
    brought_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    brought_at = models.DateTimeField()


class WaitingFile(OfOrganisation):
    """One file of a list that waits."""

    waiting = models.ForeignKey(WaitingList, on_delete=models.CASCADE, related_name="files")
    file = models.ForeignKey(File, on_delete=models.PROTECT, related_name="+")


class Draft(OfOrganisation):
    """What a person has typed but not sent."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="drafts")
    form = models.CharField(max_length=200)
    fields = models.JSONField(default=dict)
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "form"], name="one_draft_a_form"),
        ]


class JournalHead(models.Model):
    """The newest link of an organisation's chain; its row is the lock under which rows are appended."""

    organisation = models.OneToOneField(Organisation, on_delete=models.CASCADE, related_name="journal_head")
    sequence = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=64)


class JournalRow(OfOrganisation):
    """One link of the chain. Holds no name and no sentence."""

    sequence = models.PositiveBigIntegerField()
    verb = models.CharField(max_length=80)
    thing = models.CharField(max_length=12, blank=True, db_index=True)
    actor = models.CharField(max_length=12)
    instant = models.CharField(max_length=40)
    commitments = models.JSONField(default=list)
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        ordering = ["sequence"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "sequence"], name="journal_has_no_forks"),
        ]


class JournalWords(OfOrganisation):
    """The erasable half of a journal row: who, what it said, and the salts of its commitments."""

    row = models.OneToOneField(JournalRow, on_delete=models.CASCADE, related_name="words")
    person = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    facts = models.JSONField(default=dict)
    salts = models.JSONField(default=dict)
    request = models.CharField(max_length=16, blank=True)  # in whose wake it happened; leads to the log
    erasure = models.ForeignKey(
        "Erasure", null=True, on_delete=models.SET_NULL, related_name="+"
    )  # why words are gone


class JournalMention(OfOrganisation):
    """A journal row speaks of this person; erasing the person erases its words."""

    words = models.ForeignKey(JournalWords, on_delete=models.CASCADE, related_name="mentions")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")


class PublishedHead(OfOrganisation):
    """A head of the chain that was printed or mailed, against which the chain can be checked."""

    sequence = models.PositiveBigIntegerField()
    hash = models.CharField(max_length=64)
    published_at = models.DateTimeField()
    where = models.CharField(max_length=200)


class Erasure(OfOrganisation):
    """An erasure that was carried out; replayed after a restore."""

    subject = models.CharField(max_length=12)
    erased_at = models.DateTimeField()
    erased_by = models.CharField(max_length=12)
