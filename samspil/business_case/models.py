"""A business case as it is being written, what was put before others of it, and what it comes to."""

from django.db import models
from django.db.models import Q

from samspil.initiative.models import Citable, GateDecision, Initiative
from samspil.organisation.models import Person
from samspil.organisation.scope import OfOrganisation


class Case(Citable):
    """The case of an initiative as it stands today. `frame` is the published format without its title, lines,
    drivers and risks; these are the `parts`."""

    initiative = models.OneToOneField(Initiative, on_delete=models.PROTECT, related_name="business_case")
    title = models.CharField(max_length=500)
    frame = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)
    begun_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    begun_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.title


class Part(Citable):
    """A line, a shared driver or a risk; its `ref` is its id in the format.

    `content` is that of the format, without the id and the people, who stand beside it. What was taken out
    stays, for somebody's words may rest on it.
    """

    class Kind(models.TextChoices):
        LINE = "line"
        DRIVER = "driver"
        RISK = "risk"

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="parts")
    kind = models.CharField(max_length=6, choices=Kind)
    place = models.PositiveIntegerField()
    content = models.JSONField(default=dict)
    owner = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    estimator = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    version = models.PositiveIntegerField(default=1)
    taken_out_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["place", "pk"]

    def __str__(self) -> str:
        return str(self.content.get("title", ""))

    @property
    def initiative(self) -> Initiative:
        return self.case.initiative


class Edit(OfOrganisation):
    """One change of a case, as it was before and after: what is undone is read from here. Rows are added,
    never changed. Without a part it is the frame; without `before` the part was new, without `after` it was
    taken out. What was saved together is one `step`."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="edits")
    number = models.PositiveIntegerField()
    step = models.PositiveIntegerField()
    part = models.ForeignKey(Part, null=True, blank=True, on_delete=models.CASCADE, related_name="edits")
    before = models.JSONField(null=True, blank=True)
    after = models.JSONField(null=True, blank=True)
    undoes = models.ForeignKey("self", null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["case", "number"], name="an_edit_has_its_number")]


class Computed(OfOrganisation):
    """What the case came to when it was last computed. Whether that is still so, its input hash says."""

    case = models.OneToOneField(Case, on_delete=models.CASCADE, related_name="computed")
    input_sha256 = models.CharField(max_length=64)
    result = models.JSONField()
    computed_at = models.DateTimeField()


class CaseVersion(Citable):
    """The case as it was put before a committee or decided at a gate. Never changed.

    Its result follows from its content; where the worker had not computed it yet, it comes after.
    """

    class Stage(models.TextChoices):
        BEFORE_COMMITTEE = "before_committee"
        DECIDED = "decided"

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=500)
    stage = models.CharField(max_length=16, choices=Stage)
    decision = models.OneToOneField(
        GateDecision, null=True, blank=True, on_delete=models.PROTECT, related_name="business_case"
    )
    content = models.TextField()  # the case in the published format, canonical JSON
    input_sha256 = models.CharField(max_length=64)
    result = models.JSONField(null=True, blank=True)
    result_sha256 = models.CharField(max_length=64, blank=True)
    note = models.CharField(max_length=300, blank=True)
    frozen_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    frozen_at = models.DateTimeField()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["case", "number"], name="a_version_has_its_number"),
            models.CheckConstraint(
                condition=Q(stage="before_committee") | Q(decision__isnull=False),
                name="a_decided_case_has_its_decision",
            ),
        ]

    @property
    def initiative(self) -> Initiative:
        return self.case.initiative


# What stands in sub-packages of this room; imported whole, since they build on the models above.
import samspil.business_case.bringing.models  # noqa: E402
import samspil.business_case.budget.models  # noqa: E402
import samspil.business_case.contest.models  # noqa: E402, F401
