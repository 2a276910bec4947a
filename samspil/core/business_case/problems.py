"""What can be wrong with a case in a file: a key, a sentence with the remedy, and the place."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from samspil.core.marking import marked as _

PROBLEMS = {
    "not_json": _("The file is not valid JSON: {value}."),
    "not_a_case": _("The file is not a business case: its “format” has to be “{value}”."),
    "missing": _("This is missing."),
    "unknown": _("There is no such field. Take it out, or look for a misspelling."),
    "twice": _("“{value}” is there more than once. Give each a name of its own."),
    "no_text": _("Write a text here."),
    "no_list": _("Write a list here."),
    "no_object": _("Write an object with named fields here."),
    "no_flag": _("Write true or false here."),
    "no_number": _("“{value}” is not a number. Write it with digits, and a point before decimals."),
    "no_whole": _("“{value}” is not a whole number."),
    "no_day": _("“{value}” is not a day. Write it as year-month-day."),
    "no_choice": _("“{value}” is not one of the choices here: {choices}."),
    "too_large": _("“{value}” is too large to be an amount. Look for zeros too many."),
    "too_fine": _("“{value}” has more decimals than anybody can know. Write at most twelve."),
    "no_meaning": _("A range needs to say what low and high mean. Choose one: {choices}."),
    "no_likely": _("The likely value is missing; without one only a 90 percent range can be read."),
    "low_above_high": _("Low is above high: {value}. Look whether they were swapped."),
    "likely_outside": _("The likely value is not between low and high: {value}."),
    "not_above_zero": _(
        "A lognormal range has to lie above zero: {value}. Choose the normal one, or another low."
    ),
    "not_a_probability": _("“{value}” is not a probability. Write a number from 0 to 1."),
    "not_a_rate": _("“{value}” is not a yearly rate. 3.5 percent is written 0.035."),
    "bands": _(
        "The bands of the discount rate leave years out or overlap. Each starts the year after the last."
    ),
    "bands_end": _("The bands of the discount rate end before the last year of the case."),
    "no_rates": _("There are no discount rates for {value}. Give your own under “discount_rates”."),
    "too_many_figures": _(
        "There are {value} figures to draw; at most 3,000 can be. Put risks or lines of one kind together, or"
        " do not draw each year by itself."
    ),
    "no_lines": _("There is no line in it."),
    "too_many_lines": _(
        "There are {value} lines; at most 1,000 can be computed. Put those of one kind together."
    ),
    "years": _("The case has to have from 1 to 150 years."),
    "no_years": _("The line has no year. Say which share of the amount falls in which year."),
    "year_outside": _("The year {value} is not a year of the case."),
    "no_quantity": _("The line has no figure. Give “amount”, or “quantity” and “price”."),
    "both_quantities": _("Give either “amount”, or “quantity” and “price”."),
    "figures_in_words": _("A qualitative line has no amount. Take the figures out, or choose another class."),
    "currency": _("It is in {value} and the case is not. Convert it first, and name the rate in its source."),
    "no_driver": _("There is no driver “{value}”. Its id is case-sensitive."),
    "no_line": _("There is no line “{value}”."),
    "no_hourly_cost": _("There is no hourly cost “{value}” among the key figures. Give it with its source."),
    "no_index": _(
        "There is no price index for {value}. Give it, or bring the amount to the price year of the case."
    ),
}


@dataclass(frozen=True, slots=True)
class Problem:
    """`place` leads to it in the file: `lines[3].amount.low`. Lists count from 1."""

    key: str
    place: str = ""
    value: str = ""
    choices: tuple[str, ...] = ()

    def sentence(self, say: Callable[[str], str] = str) -> str:
        return say(PROBLEMS[self.key]).format(value=self.value, choices=", ".join(self.choices))


class Misread(ValueError):  # noqa: N818 - named for what it says
    """The file cannot be read as a case; all that is wrong is in `problems`."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("; ".join(f"{one.place}: {one.sentence()}" for one in problems[:20]))
        self.problems = tuple(problems)
