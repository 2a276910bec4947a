"""Facts about statements in a round, what people think of them, and how they were moderated."""

from django.db import models
from django.db.models import Q

from samspil.initiative.models import Citable, Initiative
from samspil.organisation.models import Person
from samspil.organisation.scope import OfOrganisation
from samspil.participation.models import Participant, Round


class RoundStatement(Citable):
    """Something people agree or disagree with. Its number stays; its text stands from the opening on."""

    class State(models.TextChoices):
        WAITING = "waiting"
        ACCEPTED = "accepted"
        REJECTED = "rejected"

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="statements")
    number = models.PositiveIntegerField()
    text = models.TextField()
    language = models.CharField(max_length=5)
    state = models.CharField(max_length=8, choices=State, default=State.ACCEPTED)
    core = models.BooleanField(default=False)  # everybody's group is asked about it first
    place = models.PositiveIntegerField()  # in the order of those who ask, and of a secret ballot
    seeded = models.BooleanField(default=True)  # by those who ask; else somebody who takes part wrote it
    author = models.ForeignKey(
        Participant, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )  # to tell them what became of it; gone when the round closes
    rule = models.CharField(max_length=20, blank=True)  # why it was rejected: a key of `words.RULES`
    reason = models.TextField(blank=True)
    waits_since = models.DateTimeField(null=True, blank=True)  # to the hour, while it waits
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["place", "number"]
        constraints = [
            models.UniqueConstraint(fields=["round", "number"], name="a_statement_has_its_number"),
            models.CheckConstraint(
                condition=~Q(state="rejected") | ~Q(rule=""), name="a_rejection_names_its_rule"
            ),
            models.CheckConstraint(
                condition=Q(state="waiting") | Q(waits_since__isnull=True), name="only_what_waits_has_an_hour"
            ),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def initiative(self) -> Initiative | None:
        """Whose guests may read it."""
        return self.round.initiative


class Vote(OfOrganisation):
    """What a participant thinks of a statement now, with the day on which they last said so.

    `drawn_with` is the probability with which the statement was put before them. When the round closes the
    sums are kept (`RoutingTotal`) and it is gone from here.
    """

    class Value(models.IntegerChoices):
        DISAGREE = -1
        PASS = 0
        AGREE = 1

    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="votes")
    statement = models.ForeignKey(RoundStatement, on_delete=models.CASCADE, related_name="votes")
    value = models.SmallIntegerField(choices=Value)
    day = models.DateField()
    drawn_with = models.FloatField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["participant", "statement"], name="one_vote_a_statement"),
            models.CheckConstraint(condition=Q(value__in=(-1, 0, 1)), name="a_vote_is_for_against_or_pass"),
        ]


class RoutingTotal(OfOrganisation):
    """How often a statement was drawn in a round that has closed, and with which probabilities, in sum.

    Enough to weigh results by; it says nothing about anybody.
    """

    statement = models.OneToOneField(RoundStatement, on_delete=models.CASCADE, related_name="routing_total")
    drawn = models.PositiveIntegerField()
    probability_sum = models.FloatField()
    inverse_sum = models.FloatField()  # of 1/probability: how many participants the draws stand for


class Appeal(OfOrganisation):
    """The one time an author has a rejection looked at again: by somebody else, where there is one."""

    statement = models.OneToOneField(RoundStatement, on_delete=models.CASCADE, related_name="appeal")
    grounds = models.TextField()
    made_on = models.DateField()
    upheld = models.BooleanField(null=True)  # the author was right; None: nobody has decided yet
    reason = models.TextField(blank=True)
    decided_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)

    @property
    def round(self) -> Round:
        return self.statement.round


class ModerationStep(OfOrganisation):
    """A line of the moderation log: what was done to a statement, by which rule, its hash before and after.

    What participants do has a day and no name; what moderators do has an instant and their name.
    """

    class Step(models.TextChoices):
        ADDED = "added"
        ACCEPTED = "accepted"
        REJECTED = "rejected"
        APPEALED = "appealed"
        UPHELD = "upheld"  # the author was right
        DISMISSED = "dismissed"

    statement = models.ForeignKey(RoundStatement, on_delete=models.CASCADE, related_name="steps")
    step = models.CharField(max_length=10, choices=Step)
    by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    on = models.DateField()
    at = models.DateTimeField(null=True, blank=True)  # never for a participant
    rule = models.CharField(max_length=20, blank=True)
    reason = models.TextField(blank=True)
    before_sha256 = models.CharField(max_length=64, blank=True)
    after_sha256 = models.CharField(max_length=64)

    class Meta:
        ordering = ["pk"]


class LiveMeeting(OfOrganisation):
    """A round that is held in a meeting: which statement the facilitator shows, or none (everybody for
    themselves)."""

    round = models.OneToOneField(Round, on_delete=models.CASCADE, related_name="live")
    statement = models.ForeignKey(
        RoundStatement, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    version = models.PositiveIntegerField(default=1)


class LiveRelease(OfOrganisation):
    """What the big screen shows of a statement: moved on only when enough new answers have come."""

    statement = models.OneToOneField(RoundStatement, on_delete=models.CASCADE, related_name="live_release")
    agree = models.PositiveIntegerField()
    passed = models.PositiveIntegerField()
    disagree = models.PositiveIntegerField()

    @property
    def n(self) -> int:
        return self.agree + self.passed + self.disagree
