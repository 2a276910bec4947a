"""The words of this room: fields of the format, and what is wrong with them."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samspil.business_case.models import Part
from samspil.core.business_case.case import Corner
from samspil.core.business_case.problems import Problem

SORTS: "dict[str, str | Promise]" = {
    "cost.cashable": _("Cost: money"),
    "cost.reallocation": _("Cost: own hours"),
    "cost.qualitative": _("Cost: no amount"),
    "benefit.cashable": _("Benefit: money"),
    "benefit.reallocation": _("Benefit: freed time"),
    "benefit.qualitative": _("Benefit: no amount"),
}
MEANINGS: "dict[str, str | Promise]" = {
    "": _("one known figure"),
    "min_max_pert": _("lowest and highest, mostly near the likely one"),
    "min_max_triangular": _("lowest and highest"),
    "p10_p90_metalog": _("one in ten lies below, one in ten above"),
    "range_90_lognormal": _("nine in ten lie between, skewed upwards"),
    "range_90_normal": _("nine in ten lie between, even on both sides"),
}
PART_KINDS = {
    "line": _("line of a case"),
    "driver": _("shared figure of a case"),
    "risk": _("risk of a case"),
}
STAGES = {"before_committee": _("as put before the committee"), "decided": _("as decided at a gate")}
SCENARIOS = {
    "difference": _("the difference that the project makes"),
    "with": _("1: with the project"),
    "without": _("0: as it goes on without it"),
}
FIELDS = {
    "title": _("name"),
    "kind": _("kind"),
    "class": _("class"),
    "scenario": _("scenario"),
    "payer": _("who pays"),
    "beneficiary": _("who gains"),
    "owner": _("owner"),
    "unit": _("unit"),
    "price_year": _("prices of the year"),
    "amount": _("amount"),
    "quantity": _("quantity"),
    "price": _("price"),
    "value": _("value"),
    "consequence": _("consequence"),
    "probability": _("probability"),
    "low": _("low"),
    "likely": _("likely"),
    "high": _("high"),
    "meaning": _("what low and high mean"),
    "source": _("source"),
    "estimator": _("estimated by"),
    "hourly_cost": _("hourly cost"),
    "drivers": _("drivers"),
    "lines": _("lines"),
    "year": _("year"),
    "corner": _("seen from"),
    "closed": _("closed"),
    "share_by_year": _("share of each year"),
    "hours": _("hours"),
    "whose": _("whose"),
    "task": _("task"),
    "freed_time": _("freed time"),
    "currency": _("currency"),
    "country": _("country"),
    "decided_on": _("decided on"),
    "key_figures_on": _("key figures of the day"),
    "first_year": _("first year"),
    "years": _("years"),
    "discounting": _("discounting"),
    "payback": _("payback"),
    "discount_rates": _("discount rates"),
    "discount_rates_source": _("source of the discount rates"),
    "hourly_costs": _("hourly costs"),
    "price_index": _("price index"),
    "own_figures_source": _("source of own key figures"),
    "cost_correlation": _("costs move together"),
    "years_independent": _("each year by itself"),
    "coverage": _("coverage"),
}
CORNERS = {
    Corner.CITIZEN: _("The citizen: service and legal certainty"),
    Corner.EMPLOYEE: _("The employees"),
    Corner.ORGANISATION: _("The organisation"),
    Corner.ECONOMY: _("The economy"),
}
_IN_A_LIST = re.compile(r"^(lines|drivers|risks)\[(\d+)\]\.?")


def spoken_corners() -> "list[tuple[str, str | Promise]]":
    """The sides a line can be looked at from, for a field to choose among."""
    return [(one.value, words) for one, words in CORNERS.items()]


def in_sentences(problems: Iterable[Problem], parts: Sequence[Part]) -> list[str]:
    """Each problem with the place it is at, as people know it, and what to do."""
    return [with_place(one, parts) for one in problems]


def place_in_words(place: str, parts: Sequence[Part]) -> str:
    """`lines[3].amount.low` as “Licences”, amount, low."""
    part, field = path_of(place, parts)
    named = [gettext("“%(title)s”") % {"title": str(part)}] if part else []
    return ", ".join(named + [str(FIELDS.get(name, name)) for name in field.split(".") if name])


def path_of(place: str, parts: Sequence[Part]) -> tuple[Part | None, str]:
    """The part that a place in the format lies in, and the field of it."""
    found = _IN_A_LIST.match(place)
    if not found:
        return None, place
    of_kind = [one for one in parts if f"{one.kind}s" == found[1]]
    number = int(found[2])
    return (of_kind[number - 1] if number <= len(of_kind) else None), place[found.end() :]


def frame_in_short(frame: Mapping[str, Any]) -> str:
    """What the frame says, a line for each field, to be put beside what somebody else wrote."""
    return "\n".join(f"{FIELDS.get(name, name)}: {_value(value)}" for name, value in frame.items())


def _value(value: Any) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{FIELDS.get(name, name)} {_value(one)}" for name, one in value.items())
    if isinstance(value, list):
        return ", ".join(_value(one) for one in value)
    return str(value)


def with_place(problem: Problem, parts: Sequence[Part]) -> str:
    place, sentence = place_in_words(problem.place, parts), sentence_of(problem)
    return f"{place}: {sentence}" if place else sentence


def sentence_of(problem: Problem) -> str:
    """What is wrong and what to do; choices by their words, numbers as the reader's language writes them."""
    if problem.key == "no_number":
        return gettext("“%(value)s” is not a number. Write it with digits.") % {"value": problem.value}
    known = {**MEANINGS, **FIELDS}
    choices = tuple(gettext("“%(title)s”") % {"title": known.get(one, one)} for one in problem.choices)
    return replace(problem, choices=choices).sentence(gettext)
