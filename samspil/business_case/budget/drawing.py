"""What was taken beside what the case brings in the same year: a picture and its table."""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import gettext as _
from django.utils.translation import override

from samspil.business_case.budget.queries import Budget, Row
from samspil.business_case.models import Case
from samspil.kit import charts


def picture(case: Case, budget: Budget, today: date, language: str) -> charts.Chart | None:
    """Year by year: taken from budgets, and brought by the case as expected and at worst."""
    if not budget.years:
        return None
    with override(language):
        bars = tuple(bar for one in budget.years for bar in _of(one))
        basis = charts.Basis(None, _("the case as it stands, and the entries below"), today, counted=False)
        title = _("Taken from budgets, and what the case brings to the same units")
        return charts.draw(charts.Bars(title, str(case.frame.get("currency", "")), bars, basis), language)


def _of(row: Row) -> tuple[charts.Bar, charts.Bar]:
    """A year's two bars; the second has an interval where a figure behind it is uncertain."""
    year, uncertain = {"year": row.year}, row.at_worst != row.at_best
    ends = (_whole(row.at_worst), _whole(row.at_best)) if uncertain else (None, None)
    return (
        charts.Bar(_("%(year)s: taken from budgets") % year, _whole(row.taken)),
        charts.Bar(_("%(year)s: brought by the case") % year, _whole(row.expected), *ends),
    )


def _whole(amount: Decimal) -> Decimal:
    """In whole units of the currency: nobody reads an øre off a bar."""
    return amount.quantize(Decimal(1), ROUND_HALF_UP)
