"""Facts about procedure guidelines, their versions and the discussions they promise."""

from django.db import models
from django.db.models import Q

from samspil.dialogue.models import Item, Meeting
from samspil.initiative.models import BindingStep, Citable, Initiative
from samspil.kit.refs import RefField
from samspil.organisation.models import Committee, Content, File, Person, Seat
from samspil.organisation.scope import OfOrganisation


class Guideline(Citable):
    """What a committee's two sides agree about how something is discussed. The versions hold its words."""

    class Kind(models.TextChoices):
        INITIATIVE = "initiative"
        NEW_TECHNOLOGY = "new_technology"
        MANDATORY = "mandatory"  # one that the agreement asks for and that nobody can terminate

    kind = models.CharField(max_length=16, choices=Kind)
    committee = models.ForeignKey(Committee, on_delete=models.PROTECT, related_name="guidelines")
    initiative = models.ForeignKey(
        Initiative, null=True, blank=True, on_delete=models.PROTECT, related_name="guidelines"
    )
    title = models.CharField(max_length=300)
    terms = models.ForeignKey(Content, on_delete=models.PROTECT, related_name="+")  # as they were
    notice_on = models.DateField(null=True, blank=True)  # when it was terminated
    notice_side = models.CharField(max_length=12, choices=Seat.Side, blank=True)
    notice_because = models.CharField(max_length=300, blank=True)
    ends_on = models.DateField(null=True, blank=True)  # the last day it holds

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="initiative", initiative__isnull=False)
                | (~Q(kind="initiative") & Q(initiative__isnull=True)),
                name="a_guideline_is_about_an_initiative_or_general",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class GuidelineVersion(OfOrganisation):
    """What a guideline says from a day on. A draft until it is agreed, and never changed afterwards."""

    ref = RefField()
    guideline = models.ForeignKey(Guideline, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    purpose = models.TextField(blank=True)
    taking_part = models.TextField(blank=True)
    follow_up = models.TextField(blank=True)
    written_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    written_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)  # how often the draft was saved
    agreed_on = models.DateField(null=True, blank=True)
    holds_from = models.DateField(null=True, blank=True)
    item = models.ForeignKey(Item, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    elsewhere_by = models.CharField(max_length=300, blank=True)  # who agreed, when it was done elsewhere
    file = models.ForeignKey(File, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["guideline", "number"], name="guideline_versions_are_numbered"),
            models.CheckConstraint(
                condition=Q(agreed_on__isnull=True, holds_from__isnull=True)
                | Q(agreed_on__isnull=False, holds_from__isnull=False),
                name="what_is_agreed_holds_from_a_day",
            ),
        ]


class PromisedDiscussion(OfOrganisation):
    """In which committee, before which binding step, on what and by which day it is to be discussed."""

    ref = RefField()
    version = models.ForeignKey(GuidelineVersion, on_delete=models.CASCADE, related_name="discussions")
    position = models.PositiveIntegerField()
    phase = models.CharField(max_length=16, choices=Initiative.Phase, blank=True)
    before = models.CharField(max_length=16, choices=BindingStep.Kind, blank=True)
    committee = models.ForeignKey(
        Committee, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )  # empty: the right one for each initiative
    by = models.DateField(null=True, blank=True)
    request_by = models.DateField(null=True, blank=True)
    meeting = models.ForeignKey(Meeting, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    topics = models.TextField(blank=True)  # a line each

    class Meta:
        ordering = ["position"]
