"""Facts about needs, initiatives, gates and the boards."""

from datetime import date
from typing import Any

from django.db import models
from django.db.models import F, Q

from samspil.kit.refs import RefField
from samspil.organisation.models import AudienceGroup, Content, File, Person, Unit
from samspil.organisation.scope import OfOrganisation


class Thing(OfOrganisation):
    """Anything that can be cited. Every citable model has a one-to-one down to it."""

    ref = RefField()
    kind = models.CharField(max_length=40)

    class Meta:
        constraints = [
            # the target of the thread's composite foreign key: both ends of a link in one organisation
            models.UniqueConstraint(fields=["organisation", "id"], name="thing_in_organisation"),
        ]


class Citable(OfOrganisation):
    """A row that is a thing; it shares the thing's `ref`."""

    thing = models.OneToOneField(Thing, on_delete=models.PROTECT, related_name="+")

    class Meta:
        abstract = True

    @property
    def ref(self) -> str:
        return str(self.thing.ref)


class Link(OfOrganisation):
    """The thread: one thing rests on, led to, is answered by, changed, measures or contradicts another."""

    class Kind(models.TextChoices):
        RESTS_ON = "rests_on"
        LED_TO = "led_to"
        ANSWERED_BY = "answered_by"
        CHANGED = "changed"
        MEASURES = "measures"
        CONTRADICTS = "contradicts"

    from_thing = models.ForeignKey(Thing, on_delete=models.CASCADE, related_name="links_on")
    to_thing = models.ForeignKey(Thing, on_delete=models.CASCADE, related_name="links_back")
    kind = models.CharField(max_length=12, choices=Kind)
    linked_at = models.DateTimeField()
    linked_by = models.CharField(max_length=12)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["from_thing", "to_thing", "kind"], name="one_link_of_a_kind"),
            models.CheckConstraint(condition=~Q(from_thing=F("to_thing")), name="no_link_to_itself"),
        ]


class Need(Citable):
    """A problem in somebody's work or service, and what happens if nothing is done."""

    class Status(models.TextChoices):
        WAITING = "waiting"
        MERGED = "merged"
        ANSWERED = "answered"

    problem = models.CharField(max_length=300)
    for_whom = models.CharField(max_length=300)
    if_nothing = models.TextField()
    status = models.CharField(max_length=10, choices=Status, default=Status.WAITING)
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="merged"
    )
    raised_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="needs")
    raised_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.problem


class Initiative(Citable):
    """Something that is to answer one or more needs."""

    class Origin(models.TextChoices):
        NEED = "need"
        LAW = "law"
        JOINT_PUBLIC = "joint_public"
        END_OF_CONTRACT = "end_of_contract"
        POLITICAL = "political"

    class Phase(models.TextChoices):
        IDEA = "idea"
        DEVELOPMENT = "development"
        IMPLEMENTATION = "implementation"
        FOLLOW_UP = "follow_up"
        CLOSED = "closed"
        STOPPED = "stopped"

    class Level(models.TextChoices):
        """Where the leader stands who decides, or who submits the case to the politicians."""

        MAIN = "main"
        AREA = "area"
        LOCAL = "local"

    class Decider(models.TextChoices):
        """Who takes the decision: a leader, or politicians to whom a leader submits the case."""

        LEADER = "leader"
        COUNCIL = "council"
        BOARD = "board"
        COUNCIL_COMMITTEE = "council_committee"
        DELEGATED = "delegated"

    class AI(models.TextChoices):
        YES = "yes"
        NO = "no"
        UNKNOWN = "unknown"

    title = models.CharField(max_length=300)
    origin = models.CharField(max_length=20, choices=Origin, default=Origin.NEED)
    phase = models.CharField(max_length=16, choices=Phase, default=Phase.IDEA)
    decision_level = models.CharField(max_length=10, choices=Level, default=Level.LOCAL)
    decider = models.CharField(max_length=20, choices=Decider, default=Decider.LEADER)
    owner = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="owned_initiatives")
    lead = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="led_initiatives")
    ai_involved = models.CharField(max_length=8, choices=AI, default=AI.UNKNOWN)
    process = models.ForeignKey(Content, on_delete=models.PROTECT, related_name="+")
    case_number = models.CharField(max_length=60, blank=True)
    work_changes = models.JSONField(default=list, blank=True)  # what changes for those who work there
    substantial = models.BooleanField(null=True)  # any of it does; None: nobody has said yet
    key = models.CharField(max_length=60, blank=True)  # its number in the organisation's own list of projects
    started_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    needs = models.ManyToManyField(Need, through="AnsweredNeed", related_name="initiatives")
    units = models.ManyToManyField(Unit, through="AffectedUnit", related_name="initiatives")
    groups = models.ManyToManyField(AudienceGroup, through="AffectedGroup", related_name="initiatives")

    class Meta:
        indexes = [models.Index(fields=["organisation", "phase"], name="initiative_by_phase")]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "key"], condition=~Q(key=""), name="one_initiative_a_key"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_political(self) -> bool:
        """Whether politicians decide, or somebody in their name."""
        return self.decider != self.Decider.LEADER


class AnsweredNeed(OfOrganisation):
    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="+")
    need = models.ForeignKey(Need, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["initiative", "need"], name="a_need_is_answered_once")]


class AffectedUnit(OfOrganisation):
    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="affected_units")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["initiative", "unit"], name="a_unit_is_affected_once")]


class AffectedGroup(OfOrganisation):
    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="affected_groups")
    group = models.ForeignKey(AudienceGroup, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["initiative", "group"], name="a_group_is_affected_once")
        ]


class Admission(OfOrganisation):
    """A guest from a partner organisation may follow this one initiative."""

    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="admissions")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="admissions")


class BindingStep(Citable):
    """Budget, requirements, tender, contract or decision: after it, being heard changes nothing more."""

    class Kind(models.TextChoices):
        BUDGET = "budget"
        REQUIREMENTS = "requirements"
        TENDER = "tender"
        CONTRACT = "contract"
        DECISION = "decision"
        POLITICAL = "political"

    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="binding_steps")
    phase = models.CharField(max_length=16, choices=Initiative.Phase)
    kind = models.CharField(max_length=16, choices=Kind)


class StepDate(OfOrganisation):
    """A date somebody gave for a binding step. Corrections are added, never overwritten."""

    step = models.ForeignKey(BindingStep, on_delete=models.CASCADE, related_name="dates")
    on = models.DateField()
    taken = models.BooleanField(default=False)
    reason = models.CharField(max_length=300, blank=True)
    given_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    given_at = models.DateTimeField()

    class Meta:
        ordering = ["given_at", "pk"]


class Evidence(OfOrganisation):
    """The evidence board: the newest status of one demand of one initiative."""

    class Status(models.TextChoices):
        MET = "met"
        MISSING = "missing"
        UNKNOWN = "unknown"
        NOT_RELEVANT = "not_relevant"

    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="evidence")
    gate = models.CharField(max_length=20)
    phase = models.CharField(max_length=16, choices=Initiative.Phase)  # the phase the gate ends
    demand = models.CharField(max_length=60)
    status = models.CharField(max_length=12, choices=Status, default=Status.UNKNOWN)
    because = models.TextField(blank=True)
    because_key = models.CharField(max_length=60, blank=True)  # what a room found, worded when shown
    because_facts = models.JSONField(default=dict, blank=True)
    source = models.ForeignKey(Thing, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    by_hand = models.BooleanField(default=False)
    answered_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    answered_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["initiative", "gate", "demand"], name="one_status_a_demand"),
            models.CheckConstraint(
                condition=~Q(status="not_relevant") | ~Q(because="") | ~Q(because_key=""),
                name="not_relevant_has_a_because",
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "initiative", "phase", "status"], name="evidence_of_phase")
        ]


class GateDecision(Citable):
    """What was decided at a gate, on which evidence. Never changed."""

    class Outcome(models.TextChoices):
        GO = "go"
        GO_WITH_CONDITIONS = "go_with_conditions"
        ADJUST = "adjust"
        POSTPONE = "postpone"
        STOP = "stop"

    initiative = models.ForeignKey(Initiative, on_delete=models.PROTECT, related_name="decisions")
    gate = models.CharField(max_length=20)
    outcome = models.CharField(max_length=20, choices=Outcome)
    decided_on = models.DateField()
    decided_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="decisions")
    decider_title = models.CharField(max_length=150, blank=True)
    reason = models.TextField()
    override_reason = models.TextField(blank=True)
    board = models.TextField()  # canonical JSON, frozen
    board_sha256 = models.CharField(max_length=64)
    decided_at = models.DateTimeField()


class Condition(OfOrganisation):
    """What a decision asks for, by whom and when. Open until `met_on`."""

    ref = RefField()
    decision = models.ForeignKey(GateDecision, on_delete=models.CASCADE, related_name="conditions")
    text = models.CharField(max_length=300)
    owner = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    due = models.DateField(null=True, blank=True)
    met_on = models.DateField(null=True, blank=True)

    @property
    def initiative(self) -> Initiative:
        return self.decision.initiative


class MondayStatement(Citable):
    """From Monday an affected unit or group does … differently, or nothing changes, because …."""

    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="monday_statements")
    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    group = models.ForeignKey(
        AudienceGroup, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    changes = models.BooleanField()
    text = models.TextField()
    said_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    said_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(unit__isnull=True, group__isnull=False)
                | Q(unit__isnull=False, group__isnull=True),
                name="monday_is_about_a_unit_or_a_group",
            ),
            models.UniqueConstraint(fields=["initiative", "unit"], name="one_monday_a_unit"),
            models.UniqueConstraint(fields=["initiative", "group"], name="one_monday_a_group"),
        ]


class AIDuty(OfOrganisation):
    """The dated duty to inform staff and their representatives before AI is used, each by themselves."""

    class Way(models.TextChoices):
        ITEM = "item"
        MEETING = "meeting"
        MAIL = "mail"
        POSTER = "poster"

    initiative = models.OneToOneField(Initiative, on_delete=models.CASCADE, related_name="ai_duty")
    opened_on = models.DateField()
    due = models.DateField(null=True, blank=True)  # from the binding steps, unless somebody gave it
    due_given = models.BooleanField(default=False)
    representatives_on = models.DateField(null=True, blank=True)
    representatives_way = models.CharField(max_length=8, choices=Way, blank=True)  # empty: not asked then
    representatives_how = models.CharField(max_length=300, blank=True)
    staff_on = models.DateField(null=True, blank=True)
    staff_way = models.CharField(max_length=8, choices=Way, blank=True)
    staff_how = models.CharField(max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1)
    item = models.ForeignKey(Thing, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    @property
    def informed_on(self) -> date | None:
        """The day on which the last of the two had been told; None while somebody has not."""
        days = [self.representatives_on, self.staff_on]
        return max(day for day in days if day) if all(days) else None


class Assessment(Citable):
    """What a substantial change of work asks for before it is put to use, as the content words it."""

    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="assessments")
    kind = models.CharField(max_length=60)  # the key of the wording
    wording = models.ForeignKey(Content, on_delete=models.PROTECT, related_name="+")
    opened_on = models.DateField()
    due = models.DateField(null=True, blank=True)  # before go-live, unless somebody gave it
    due_given = models.BooleanField(default=False)
    done_on = models.DateField(null=True, blank=True)
    found = models.TextField(blank=True)
    measures = models.TextField(blank=True)
    safety_rep = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    file = models.ForeignKey(File, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["initiative", "kind"], name="an_assessment_is_asked_for_once"),
            models.CheckConstraint(
                condition=Q(done_on__isnull=True) | ~Q(found=""), name="an_assessment_found_something"
            ),
        ]


class MoneyAsGiven(OfOrganisation):
    """Money that somebody named for an initiative, as they named it. Rows are added, never changed.

    Of the rows that say the same `what` the newest holds; without an amount none holds any more.
    """

    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="money")
    amount = models.DecimalField(max_digits=16, decimal_places=2, null=True, blank=True)
    currency = models.CharField(max_length=3)
    price_year = models.PositiveSmallIntegerField(null=True, blank=True)
    what = models.CharField(max_length=100, blank=True)  # what it covers, in the words of who gave it
    source = models.CharField(max_length=300)
    since = models.DateField()  # the day from which it holds
    entered_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    entered_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]


class FigureIsKept(RuntimeError):  # noqa: N818 - named for what it says
    """Somebody tried to change a figure that was pushed."""


class Figure(OfOrganisation):
    """The figures board: a named quantity with unit, date and source. Rows are added, never changed."""

    thing = models.ForeignKey(Thing, on_delete=models.CASCADE, related_name="figures")
    key = models.CharField(max_length=60)
    value = models.DecimalField(max_digits=20, decimal_places=4, null=True)
    unit = models.CharField(max_length=30)
    n = models.PositiveIntegerField(null=True)
    on = models.DateField()
    source = models.CharField(max_length=300)
    pushed_at = models.DateTimeField()
    pushed_by = models.CharField(max_length=12)

    class Meta:
        indexes = [models.Index(fields=["thing", "key", "on"], name="figure_newest")]

    def save(self, *args: Any, **options: Any) -> None:
        """A figure is a promise or a measurement: it is corrected by a newer row, never changed."""
        if self.pk is not None:
            raise FigureIsKept("A figure is never changed; push a newer one.")
        super().save(*args, **options)


class Cursor(OfOrganisation):
    """How far a consumer has read the journal."""

    consumer = models.CharField(max_length=40)
    sequence = models.PositiveBigIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "consumer"], name="one_cursor_a_consumer")
        ]


class Notice(OfOrganisation):
    """A person was told of something; once a kind, thing and period."""

    kind = models.CharField(max_length=60)
    thing = models.CharField(max_length=12)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="notices")
    period = models.CharField(max_length=20)
    facts = models.JSONField(default=dict)
    told_at = models.DateTimeField()
    urgent = models.BooleanField(default=False)  # wanted today
    mailed_at = models.DateTimeField(null=True)  # when it was put into a mail, or was found to have none
    seen_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "thing", "person", "period"], name="told_once_a_period"),
        ]
        indexes = [
            models.Index(
                fields=["organisation", "person"],
                condition=Q(mailed_at__isnull=True),
                name="notice_to_mail",
            ),
        ]


class SearchText(OfOrganisation):
    """The words of a thing, folded for searching."""

    thing = models.OneToOneField(Thing, on_delete=models.CASCADE, related_name="search_text")
    title = models.CharField(max_length=300)
    words = models.TextField()
