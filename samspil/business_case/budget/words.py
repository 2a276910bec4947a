"""Amounts and verdicts as people read them."""

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from samspil.business_case.budget.models import BudgetCut
from samspil.core.business_case.budget import Verdict
from samspil.kit import charts

VERDICTS = {
    Verdict.NOTHING_TAKEN: _("nothing taken"),
    Verdict.COVERED: _("covered, also if it goes worst"),
    Verdict.EXPECTED: _("covered only if it goes as expected"),
    Verdict.UNCOVERED: _("not covered"),
}
TONES = {
    Verdict.NOTHING_TAKEN: "",
    Verdict.COVERED: "success",
    Verdict.EXPECTED: "warning",
    Verdict.UNCOVERED: "error",
}


def amount_of(cut: BudgetCut) -> str:
    """The amount as it was given, with its currency and the prices it is in."""
    said = f"{charts.figure(cut.amount, get_language() or 'en')} {cut.case.frame.get('currency', '')}".strip()
    if cut.price_year is None:
        return said
    return str(_("%(amount)s in prices of %(year)s")) % {"amount": said, "year": cut.price_year}
