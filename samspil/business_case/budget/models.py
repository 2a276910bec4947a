"""Facts about what has been taken from budgets before the case brought it."""

from django.db import models
from django.db.models import Q

from samspil.business_case.models import Case
from samspil.initiative.models import Citable, Initiative
from samspil.organisation.models import Person, Unit


class BudgetCut(Citable):
    """Taken from a unit's account for a year, on the strength of the case. Rows are not changed: a wrong one
    is taken back with a reason and entered anew."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="cuts")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    account = models.CharField(max_length=100)
    year = models.PositiveSmallIntegerField()
    amount = models.DecimalField(max_digits=16, decimal_places=2)
    price_year = models.PositiveSmallIntegerField(null=True, blank=True)  # None: that of the case
    source = models.CharField(max_length=300)
    entered_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    entered_at = models.DateTimeField()
    taken_back_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    taken_back_at = models.DateTimeField(null=True)
    taken_back_because = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["year", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="something_was_taken"),
        ]

    def __str__(self) -> str:
        return f"{self.unit}, {self.account}, {self.year}"

    @property
    def initiative(self) -> Initiative:
        return self.case.initiative
