"""What was taken from budgets, as the boards of the hall see it."""

from collections.abc import Iterable, Mapping, Sequence

from django.urls import reverse

from samspil.business_case.budget.actions import sealed_facts
from samspil.business_case.budget.models import BudgetCut
from samspil.business_case.budget.words import amount_of
from samspil.business_case.permissions import PERMISSIONS
from samspil.kit.room import Card
from samspil.organisation.viewer import Viewer


def cards(refs: Iterable[str], viewer: Viewer) -> dict[str, Card]:
    rows = BudgetCut.objects.filter(thing__ref__in=list(refs))
    rows = rows.select_related("thing", "unit", "case__thing", "case__initiative__thing")
    return {
        one.ref: Card(
            one.ref,
            "budget_cut",
            str(one),
            f"{reverse('business_case:budget', args=[viewer.organisation.slug, one.case.ref])}#{one.ref}",
            amount_of(one),
        )
        for one in rows
        if PERMISSIONS.allows("see_case", viewer, one)
    }


def sealed(refs: Sequence[str]) -> Mapping[str, Mapping[str, object]]:
    """The facts of live entries, to be compared with what the journal committed to."""
    rows = BudgetCut.objects.filter(thing__ref__in=refs).select_related("thing", "unit")
    return {row.ref: sealed_facts(row) for row in rows}
