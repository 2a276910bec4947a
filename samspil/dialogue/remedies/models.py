"""Facts about cases, their steps, calls for central negotiation and the reminders that were given."""

from django.db import models

from samspil.dialogue.models import Item, Meeting
from samspil.initiative.models import Citable, Initiative
from samspil.kit.refs import RefField
from samspil.organisation.models import Committee, Content, Person, Union
from samspil.organisation.scope import OfOrganisation


class RemedyCase(Citable):
    """The staff side asks for something that the agreement gives it. Open until `closed_on`."""

    committee = models.ForeignKey(Committee, on_delete=models.PROTECT, related_name="remedies")
    table = models.ForeignKey(Content, on_delete=models.PROTECT, related_name="+")  # steps as they were then
    kind = models.CharField(max_length=40)
    item = models.ForeignKey(Item, null=True, blank=True, on_delete=models.PROTECT, related_name="remedies")
    initiative = models.ForeignKey(
        Initiative, null=True, blank=True, on_delete=models.PROTECT, related_name="remedies"
    )
    title = models.CharField(max_length=300)
    asked = models.TextField()  # what is asked for, and why
    raised_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    raised_on = models.DateField()  # the day on which management received it
    raised_at = models.DateTimeField()
    closed_on = models.DateField(null=True, blank=True)
    closing = models.CharField(max_length=40, blank=True)
    closed_because = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        indexes = [models.Index(fields=["organisation", "closed_on"], name="remedy_open")]

    def __str__(self) -> str:
        return self.title

    @property
    def filed_under(self) -> str:
        """The case number of the item or the initiative it is about."""
        if self.item and self.item.filed_under:
            return self.item.filed_under
        return self.initiative.case_number if self.initiative else ""


class RemedyStep(OfOrganisation):
    """A step of a case: who owes it, where, and by when. Open until it was answered or left behind."""

    case = models.ForeignKey(RemedyCase, on_delete=models.CASCADE, related_name="steps")
    key = models.CharField(max_length=40)
    committee = models.ForeignKey(
        Committee, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )  # empty: outside the organisation
    opened_on = models.DateField()
    due = models.DateField(null=True, blank=True)
    answered_on = models.DateField(null=True, blank=True)
    answer = models.TextField(blank=True)
    answered_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    left_on = models.DateField(null=True, blank=True)  # the case went on to the next step, or ended

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["case", "key"], name="a_step_is_taken_once")]

    @property
    def is_owed(self) -> bool:
        return self.answered_on is None and self.left_on is None


class CentralCall(OfOrganisation):
    """A union called for central negotiation after a local one that ended in disagreement."""

    ref = RefField()
    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="central_calls")
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="+")
    union = models.ForeignKey(Union, on_delete=models.PROTECT, related_name="+")
    called_on = models.DateField()
    recorded_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["called_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["item", "meeting", "union"], name="a_union_calls_once")
        ]


class OwnTerm(OfOrganisation):
    """A deadline of the organisation's own from a date on: by its agreement instead of the table's"
    " example."""

    clock = models.CharField(max_length=80)  # regime.kind.step, or regime.central
    since = models.DateField()
    number = models.PositiveIntegerField()
    unit = models.CharField(max_length=12)
    source = models.CharField(max_length=300)

    class Meta:
        ordering = ["clock", "-since"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "clock", "since"], name="one_term_of_a_clock_a_day"
            )
        ]


class ClockReminder(OfOrganisation):
    """A reminder of a clock was given, or passed over for a later one; once, however often the worker"
    " comes."""

    clock = models.CharField(max_length=60)  # what is owed: a step, or a union's call
    due = models.DateField()
    days = models.IntegerField()  # from `due`; below zero before it
    given_on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "clock", "due", "days"], name="a_reminder_is_given_once"
            )
        ]
