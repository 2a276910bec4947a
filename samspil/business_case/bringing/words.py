"""What is wrong in a spreadsheet of lines, in the reader's words."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samspil.core.business_case.brought.mapping import AMOUNTS, EVERY, FIRST, SHARES
from samspil.core.lists import Fault
from samspil.organisation.lists import words as lists

REASONS = lists.REASONS | {
    "not_a_figure": _("“%(cell)s” is not clear as a number. Write it like 1250.5 or 1250,5, without words."),
    "beyond_measure": _("“%(cell)s” is too large or too fine to be a figure. Look for zeros too many."),
    "cost_or_benefit": _("Say whether it is a cost or a benefit, here or for the whole sheet."),
    "which_class": _(
        "Say whether it is in a budget, put to another use or without an amount, here or for the whole sheet."
    ),
    "which_meaning": _("Say what low and high mean, here or for the whole sheet."),
    "half_a_range": _("A range has a low and a high. Fill in this one, or empty the other."),
    "no_figure": _("There is no figure on this row. Give one, or choose the class without an amount."),
    "other_currency": _(
        "It is in %(cell)s and the case counts in %(currency)s. Convert it first, and name the rate in the"
        " source."
    ),
    "whose_and_task": _("Whose hours and from which task belong together. Fill in both."),
    "use_and_day": _(
        "What freed time is used for and the day that was decided belong together. Fill in both."
    ),
    "years_cancel": _("The amounts of the years come to nothing together, so no share can be told."),
    "unknown_drivers": _("No driver here or in the file is called “%(cell)s”."),
    "unknown_lines": _("No line here or in the file is called “%(cell)s”."),
    "nobody_so_called": _(
        "Nobody here is called “%(cell)s”, or several are. The line comes without; choose the person there."
    ),
    "nothing_in_it": _("There is no line in the sheets that are used."),
    "an_example": _("An example"),
    "a_sum": _("A sum, or a row without a name"),
    "a_heading": _("No figures beside the name"),
}
USES = {
    "": _("Leave it out"),
    "lines": _("Costs and benefits"),
    "drivers": _("Shared figures (drivers)"),
    "risks": _("Risks"),
}
YEARS = {
    SHARES: _("The share of a full year that falls in it"),
    AMOUNTS: _("Money in that year"),
}
OTHERWISE = {
    "": _("Tell me; do not guess"),
    EVERY: _("Every year of the case in full"),
    FIRST: _("The first year only"),
}


def sentence(fault: Fault) -> str:
    """What is wrong and what to do."""
    problem = fault.facts.get("problem")
    return problem.sentence(gettext) if problem else lists.sentence(fault, REASONS)


def shown(faults: Iterable[Fault], most: int) -> list[dict[str, Any]]:
    """Faults with their places, as many as a page can show."""
    return [
        {"sheet": one.sheet, "row": one.row or "", "column": one.column, "what": sentence(one)}
        for _place, one in zip(range(most), faults, strict=False)
    ]
