"""Facts about strategies, their versions, the rounds in which they were discussed, and the answers given."""

from django.db import models
from django.db.models import F, Q

from samspil.dialogue.models import Item
from samspil.initiative.models import Citable
from samspil.kit.refs import RefField
from samspil.organisation.models import File, Person
from samspil.organisation.scope import OfOrganisation


class Strategy(Citable):
    """A strategy for a period. What it says stands in its versions."""

    title = models.CharField(max_length=300)
    since = models.DateField()
    until = models.DateField()
    owner = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    follow_up_on = models.DateField()  # when it is to be discussed again
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(until__gte=F("since")), name="a_strategy_ends_after_it_begins"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class StrategyVersion(OfOrganisation):
    """What a strategy says, and what made it change. Never changed afterwards."""

    ref = RefField()
    strategy = models.ForeignKey(Strategy, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    goals = models.TextField()
    link = models.URLField(max_length=500, blank=True)
    file = models.ForeignKey(File, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    because = models.CharField(max_length=300, blank=True)
    written_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    written_at = models.DateTimeField()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["strategy", "number"], name="strategy_versions_are_numbered"),
        ]


class StrategyRound(OfOrganisation):
    """A version was put before committees, to begin with or to follow up."""

    ref = RefField()
    strategy = models.ForeignKey(Strategy, on_delete=models.CASCADE, related_name="rounds")
    about = models.ForeignKey(StrategyVersion, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    opened_on = models.DateField()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["strategy", "number"], name="strategy_rounds_are_numbered"),
        ]


class StrategyDiscussion(OfOrganisation):
    """A committee's part of a round: its item, and the answer to what was said there."""

    ref = RefField()
    round = models.ForeignKey(StrategyRound, on_delete=models.CASCADE, related_name="discussions")
    item = models.OneToOneField(Item, on_delete=models.PROTECT, related_name="+")
    said = models.TextField(blank=True)
    answer = models.TextField(blank=True)
    changed = models.ForeignKey(
        StrategyVersion, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )  # the version in which it can be seen
    answered_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    answered_on = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=0)  # how often it was answered

    class Meta:
        ordering = ["pk"]
