"""What can be read of what was taken from budgets, held against what the case brings."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db.models import Q

from samspil.business_case.budget.models import BudgetCut
from samspil.business_case.format import read
from samspil.business_case.models import Case
from samspil.core.business_case.budget import Held, Taken, Verdict, by_year, held_against
from samspil.core.business_case.case import Case as CoreCase
from samspil.core.business_case.exact import to_the_ore
from samspil.core.business_case.problems import Misread
from samspil.organisation.models import Unit


@dataclass(frozen=True)
class Row:
    """One unit in one year, or all units together, to the øre."""

    unit: str
    year: int
    taken: Decimal
    expected: Decimal
    at_worst: Decimal
    at_best: Decimal
    missing: Decimal
    verdict: Verdict


@dataclass(frozen=True)
class Budget:
    """What was taken and what the case carries of it.

    `rows` is empty where the case cannot be read yet; `years` has the units together from which something was
    taken; `outside` are cuts in prices for which the case has no index, so nothing can be said of them.
    """

    cuts: tuple[BudgetCut, ...]
    rows: tuple[Row, ...]
    years: tuple[Row, ...]
    outside: tuple[BudgetCut, ...] = ()

    @property
    def uncovered(self) -> tuple[Row, ...]:
        return tuple(one for one in self.rows if one.verdict is Verdict.UNCOVERED)


def cut(ref: str) -> BudgetCut | None:
    rows = BudgetCut.objects.select_related("thing", "unit", "case__thing", "case__initiative__thing")
    return rows.filter(thing__ref=ref).first()


def cuts_of(case: Case, at: datetime | None = None) -> list[BudgetCut]:
    """Those that stand, or that stood at an instant; what was taken back is in the journal."""
    rows = BudgetCut.objects.filter(case=case)
    if at is None:
        rows = rows.filter(taken_back_at=None)
    else:
        rows = rows.filter(Q(taken_back_at=None) | Q(taken_back_at__gt=at), entered_at__lte=at)
    return list(rows.select_related("thing", "unit", "entered_by").order_by("year", "unit__name", "pk"))


def budget_of(case: Case) -> Budget:
    """Everything the page shows, computed from the case as it stands."""
    cuts = cuts_of(case)
    try:
        return held(read(case), cuts)
    except Misread:
        return Budget(tuple(cuts), (), ())


def held(case: CoreCase, cuts: Sequence[BudgetCut]) -> Budget:
    """The same from a case that was read, such as a version that was frozen."""
    known = [one for one in cuts if in_reach(case, one)]
    found = held_against(case, [taken(one) for one in known])
    outside = tuple(one for one in cuts if one not in known)
    return Budget(
        tuple(cuts),
        tuple(_row(one) for one in found),
        tuple(_row(one) for one in by_year(one for one in found if one.taken)),
        outside,
    )


def taken(cut: BudgetCut) -> Taken:
    return Taken(cut.unit.name, cut.year, cut.amount, cut.price_year)


def in_reach(case: CoreCase, cut: BudgetCut) -> bool:
    """Whether the case has a price index for the prices the cut is in."""
    index = case.figures.price_index
    needed = {cut.price_year, case.price_year} if cut.price_year not in (None, case.price_year) else set()
    return all(index.get(year or 0, Decimal(0)) > 0 for year in needed)


def units() -> list[Unit]:
    """The units that money can be taken from today."""
    return list(Unit.objects.filter(closed_on=None).order_by("name"))


def _row(one: Held) -> Row:
    return Row(
        unit=one.unit,
        year=one.year,
        taken=to_the_ore(one.taken),
        expected=to_the_ore(one.expected),
        at_worst=to_the_ore(one.at_worst),
        at_best=to_the_ore(one.at_best),
        missing=to_the_ore(one.missing),
        verdict=one.verdict,
    )
