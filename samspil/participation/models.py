"""Facts about rounds: who is asked, on which promise, and who took part under which key.

What people answer is kept by the room that asks (involvement: opinion rounds). What holds for every round,
whatever it asks, stands here: its level of anonymity, its smallest groups, its electors.
"""

from django.db import models
from django.db.models import F, Q

from samspil.core.round_promise import FLOOR_BREAKDOWN, FLOOR_TOTAL
from samspil.initiative.models import Citable, Initiative
from samspil.kit.refs import RefField
from samspil.organisation.models import AudienceGroup, Committee, Person, Unit
from samspil.organisation.scope import OfOrganisation


class Round(Citable):
    """People are asked something, from a day to a day, on a promise that is shown above the form.

    What the promise rests on (level, smallest groups, legal basis) is fixed when the round opens.
    """

    class Level(models.TextChoices):
        """How far the answers are from the names (docs/decisions, security.md section 3)."""

        NAMED = "named"
        CONFIDENTIAL = "confidential"
        SECRET = "secret"  # noqa: S105 - a level, not a password

    class Influence(models.TextChoices):
        """What those who ask promise to do with the answers."""

        INFORMED = "informed"
        CONSULTED = "consulted"
        COOPERATION = "cooperation"
        CO_DECISION = "co_decision"

    class State(models.TextChoices):
        PLANNED = "planned"
        OPEN = "open"
        CLOSED = "closed"

    initiative = models.ForeignKey(
        Initiative, null=True, blank=True, on_delete=models.PROTECT, related_name="rounds"
    )
    kind = models.CharField(max_length=20, default="opinions")  # what is asked: a room's `round_kinds`
    title = models.CharField(max_length=200)
    purpose = models.TextField()
    language = models.CharField(max_length=5)  # in which those who ask write; the pages have every language
    level = models.CharField(max_length=12, choices=Level, default=Level.CONFIDENTIAL)
    influence = models.CharField(max_length=12, choices=Influence, default=Influence.CONSULTED)
    legal_basis = models.TextField(blank=True)
    disposal = models.TextField(blank=True)  # Sweden: the decision on gallring
    smallest_total = models.PositiveIntegerField(default=FLOOR_TOTAL)
    smallest_breakdown = models.PositiveIntegerField(default=FLOOR_BREAKDOWN)
    opens_on = models.DateField()
    closes_on = models.DateField()  # the last day
    state = models.CharField(max_length=8, choices=State, default=State.PLANNED)
    opened_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    code = RefField()  # stands on the poster and in the open link
    by_link = models.BooleanField(default=False)  # whoever has the link may take part, unverified
    roster_sha256 = models.CharField(max_length=64, blank=True)  # of the electors, when it opened
    roster_size = models.PositiveIntegerField(null=True, blank=True)
    came_of_it = models.TextField(blank=True)  # told to those who took part
    told_on = models.DateField(null=True, blank=True)
    planned_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    planned_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-opens_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(closes_on__gte=F("opens_on")), name="a_round_ends_after_it_began"
            ),
            models.CheckConstraint(
                condition=Q(smallest_total__gte=FLOOR_TOTAL) & Q(smallest_breakdown__gte=F("smallest_total")),
                name="a_round_shows_nothing_small",
            ),
            models.CheckConstraint(
                condition=~Q(level="secret") | Q(by_link=False), name="an_open_link_cannot_be_secret"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class AskedGroup(OfOrganisation):
    """Whom a round asks: an audience group, a unit with all below it, or a committee."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="asked")
    group = models.ForeignKey(
        AudienceGroup, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    committee = models.ForeignKey(
        Committee, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "group"], name="a_group_is_asked_once"),
            models.UniqueConstraint(fields=["round", "unit"], name="a_unit_is_asked_once"),
            models.UniqueConstraint(fields=["round", "committee"], name="a_committee_is_asked_once"),
        ]

    def __str__(self) -> str:
        return str(self.group or self.unit or self.committee)


class Elector(OfOrganisation):
    """Somebody who may take part once: a person here, or whoever holds a code that was handed out.

    The roster says who was asked, never what anybody answered.
    """

    ref = RefField()
    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="electors")
    asked = models.ForeignKey(AskedGroup, on_delete=models.PROTECT, related_name="electors")
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    code_sha256 = models.CharField(max_length=64, blank=True)  # of the personal link or printed code

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["round", "person"], condition=Q(person__isnull=False), name="a_person_is_asked_once"
            ),
            models.UniqueConstraint(
                fields=["code_sha256"], condition=~Q(code_sha256=""), name="a_code_leads_to_one_elector"
            ),
        ]


class PseudonymKey(OfOrganisation):
    """The secret that turns electors into participants of a confidential round; destroyed when it closes.

    Until then whoever can read the database could turn one into the other: the level says so.
    """

    round = models.OneToOneField(Round, on_delete=models.CASCADE, related_name="pseudonym_key")
    secret = models.BinaryField()


class Participant(OfOrganisation):
    """Somebody who took part in a named or confidential round, under a key of that round alone.

    At the confidential level the key is a pseudonym and nothing here leads to a person. Secret rounds have
    no participants: their ballots lie in envelopes (`samspil/participation/urn/`).
    """

    class Tier(models.TextChoices):
        """How sure we are that this is one person who was asked. Results are always shown per tier."""

        ROSTER = "roster"
        VERIFIED = "verified"
        OPEN = "open"

    class Channel(models.TextChoices):
        OWN_DEVICE = "own_device"
        PAPER = "paper"
        PHONE = "phone"
        KIOSK = "kiosk"

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="participants")
    key = models.CharField(max_length=64)
    person = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )  # named
    tier = models.CharField(max_length=8, choices=Tier)
    channel = models.CharField(max_length=12, choices=Channel, default=Channel.OWN_DEVICE)
    asked = models.ForeignKey(AskedGroup, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    joined_on = models.DateField()
    entered_by = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )  # who typed it in from paper or telephone
    arrived_with = models.CharField(
        max_length=30, blank=True
    )  # open link: marks drawn by lot for those who came at the same time or from one network; soon gone
    receipt_sha256 = models.CharField(max_length=64, blank=True)
    quarantined = models.CharField(
        max_length=20, blank=True
    )  # why it is set apart; shown as a number, never deleted
    let_in = models.BooleanField(default=False)  # somebody has looked at it: it is not set apart again

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "key"], name="a_key_takes_part_once"),
        ]


class HandCount(OfOrganisation):
    """Hands counted in a meeting: a tally of its own, never mixed with what people answered one by one."""

    ref = RefField()
    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="hand_counts")
    where = models.CharField(max_length=200)
    on = models.DateField()
    lines = models.JSONField()  # [number of the line, [hands for each box in order]]
    counted_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")


# What stands in sub-packages of this room; imported whole, since they build on the models above.
import samspil.participation.urn.models  # noqa: E402, F401
