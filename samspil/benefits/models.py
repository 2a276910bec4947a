"""Facts about benefits: what is promised by whom, what was measured, and what was decided on freed time."""

from django.db import models
from django.db.models import F, Q

from samspil.business_case.models import Part
from samspil.initiative.models import Citable, Initiative, Thing
from samspil.kit.refs import RefField
from samspil.organisation.models import Person
from samspil.organisation.scope import OfOrganisation


class Benefit(Citable):
    """A change that somebody is better off by; with `harm` one that somebody is worse off by.

    `owner` answers for it in the line, and has said yes when `accepted_at` is set. `excuse` is the reason why
    it goes live though something is missing. What was taken out stays.
    """

    class Worth(models.TextChoices):
        CASHABLE = "cashable"
        REALLOCATION = "reallocation"
        QUALITATIVE = "qualitative"

    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="benefits")
    line = models.ForeignKey(Part, null=True, blank=True, on_delete=models.SET_NULL, related_name="benefits")
    place = models.PositiveIntegerField()
    title = models.CharField(max_length=200)
    harm = models.BooleanField(default=False)
    worth = models.CharField(max_length=12, choices=Worth)
    indicator = models.CharField(max_length=60, blank=True)  # key of a standard one
    measured_as = models.CharField(max_length=200)  # the indicator in words
    unit = models.CharField(max_length=60)
    source = models.CharField(max_length=200, blank=True)  # the data source
    gains = models.CharField(max_length=200, blank=True)
    pays = models.CharField(max_length=200, blank=True)
    owner = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="benefits"
    )
    deputy = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    accepted_at = models.DateTimeField(null=True, blank=True)
    first_on = models.DateField(null=True, blank=True)
    every_months = models.PositiveSmallIntegerField(default=0)
    until = models.DateField(null=True, blank=True)
    excuse = models.CharField(max_length=300, blank=True)
    excused_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    taken_out_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["place", "pk"]
        indexes = [models.Index(fields=["organisation", "taken_out_at"], name="benefit_that_stands")]

    def __str__(self) -> str:
        return self.title


class Prerequisite(OfOrganisation):
    """What has to be there before the benefit comes: a change, a competence, a way of working."""

    class Kind(models.TextChoices):
        CHANGE = "change"
        COMPETENCE = "competence"
        WORKFLOW = "workflow"

    ref = RefField()
    benefit = models.ForeignKey(Benefit, on_delete=models.CASCADE, related_name="prerequisites")
    kind = models.CharField(max_length=10, choices=Kind)
    text = models.CharField(max_length=200)
    met_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]

    @property
    def initiative(self) -> Initiative:
        return self.benefit.initiative


class Baseline(OfOrganisation):
    """The starting point as it was recorded. Rows are added, never changed; the newest holds."""

    benefit = models.ForeignKey(Benefit, on_delete=models.CASCADE, related_name="baselines")
    value = models.DecimalField(max_digits=20, decimal_places=4)
    measured_on = models.DateField()
    method = models.CharField(max_length=200)
    n = models.PositiveIntegerField(null=True, blank=True)
    because = models.CharField(max_length=300, blank=True)
    recorded_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]


class Target(OfOrganisation):
    """A target as it was set. Rows are added, never changed; the newest holds.

    Three points from the least that is promised to the best that may come; `meaning` says what the outer two
    mean, and `p10` and `p90` what the forecast was by that.
    """

    benefit = models.ForeignKey(Benefit, on_delete=models.CASCADE, related_name="targets")
    cautious = models.DecimalField(max_digits=20, decimal_places=4, null=True, blank=True)
    likely = models.DecimalField(max_digits=20, decimal_places=4)
    optimistic = models.DecimalField(max_digits=20, decimal_places=4, null=True, blank=True)
    meaning = models.CharField(max_length=20, blank=True)
    p10 = models.DecimalField(max_digits=20, decimal_places=4, null=True, blank=True)
    p90 = models.DecimalField(max_digits=20, decimal_places=4, null=True, blank=True)
    by = models.DateField()
    because = models.CharField(max_length=300, blank=True)
    set_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    set_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(cautious__isnull=True, optimistic__isnull=True, meaning="")
                | (Q(cautious__isnull=False, optimistic__isnull=False) & ~Q(meaning="")),
                name="a_range_has_a_meaning",
            ),
        ]


class Measurement(OfOrganisation):
    """A figure of a day. Rows are added, never changed: a correction is a newer row for the same day.

    `n` of `population` were asked or counted where it is a sample; `low` and `high` are its interval.
    """

    class Way(models.TextChoices):
        HAND = "hand"
        FILE = "file"
        API = "api"

    benefit = models.ForeignKey(Benefit, on_delete=models.CASCADE, related_name="measurements")
    on = models.DateField()
    value = models.DecimalField(max_digits=20, decimal_places=4)
    n = models.PositiveIntegerField(null=True, blank=True)
    population = models.PositiveIntegerField(null=True, blank=True)
    low = models.DecimalField(max_digits=20, decimal_places=4, null=True, blank=True)
    high = models.DecimalField(max_digits=20, decimal_places=4, null=True, blank=True)
    source = models.CharField(max_length=200, blank=True)
    note = models.CharField(max_length=300, blank=True)
    way = models.CharField(max_length=4, choices=Way, default=Way.HAND)
    measured_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["on", "pk"]


class Deviation(OfOrganisation):
    """Why it came otherwise than promised, as somebody saw it on a day."""

    class Cause(models.TextChoices):
        NOT_USED = "not_used"
        LATER = "later"
        PREREQUISITES = "prerequisites"
        ESTIMATE = "estimate"
        BASELINE = "baseline"
        SURROUNDINGS = "surroundings"
        OTHER = "other"

    benefit = models.ForeignKey(Benefit, on_delete=models.CASCADE, related_name="deviations")
    cause = models.CharField(max_length=14, choices=Cause)
    text = models.CharField(max_length=600)
    does = models.CharField(max_length=300, blank=True)  # what is done about it
    said_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    said_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]


class MapNode(OfOrganisation):
    """A thing on the benefit map. One that stands for a benefit has its title."""

    class Kind(models.TextChoices):
        SOLUTION = "solution"
        CHANGE = "change"
        BENEFIT = "benefit"
        GOAL = "goal"

    ref = RefField()
    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="map_nodes")
    kind = models.CharField(max_length=8, choices=Kind)
    title = models.CharField(max_length=200, blank=True)
    benefit = models.OneToOneField(
        Benefit, null=True, blank=True, on_delete=models.CASCADE, related_name="map_node"
    )

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=(Q(kind="benefit", benefit__isnull=False) | (~Q(kind="benefit") & ~Q(title=""))),
                name="a_node_has_its_words",
            ),
        ]

    def __str__(self) -> str:
        return self.benefit.title if self.benefit else self.title


class MapArrow(OfOrganisation):
    """One thing on the map helps another, or hinders it."""

    class Effect(models.TextChoices):
        HELPS = "helps"
        HINDERS = "hinders"

    ref = RefField()
    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="map_arrows")
    start = models.ForeignKey(MapNode, on_delete=models.CASCADE, related_name="arrows_on")
    end = models.ForeignKey(MapNode, on_delete=models.CASCADE, related_name="arrows_back")
    effect = models.CharField(max_length=7, choices=Effect, default=Effect.HELPS)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["start", "end"], name="one_arrow_between_two"),
            models.CheckConstraint(condition=~Q(start=F("end")), name="no_arrow_to_itself"),
        ]


class FreedTime(Citable):
    """What was decided about the time a benefit frees, and where it was heard. Rows are only added."""

    class Use(models.TextChoices):
        REINVEST = "reinvest"
        SAVE = "save"
        BOTH = "both"

    benefit = models.ForeignKey(Benefit, on_delete=models.CASCADE, related_name="freed_time")
    use = models.CharField(max_length=8, choices=Use)
    hours_a_year = models.DecimalField(max_digits=20, decimal_places=4, null=True, blank=True)
    what_for = models.CharField(max_length=300)
    decided_on = models.DateField()
    heard_in = models.ForeignKey(Thing, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    not_heard_because = models.CharField(max_length=300, blank=True)
    decided_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    decided_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]

    @property
    def initiative(self) -> Initiative:
        return self.benefit.initiative


class ClosingReport(Citable):
    """What became of an initiative's benefits, as it was known on a day. Never changed."""

    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="closing_reports")
    number = models.PositiveIntegerField()
    on = models.DateField()
    account = models.TextField()  # in the words of who wrote it
    repeat = models.TextField(blank=True)
    avoid = models.TextField(blank=True)
    facts = models.TextField()  # canonical JSON, frozen
    facts_sha256 = models.CharField(max_length=64)
    written_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    written_at = models.DateTimeField()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["initiative", "number"], name="a_closing_report_has_its_number"),
        ]
