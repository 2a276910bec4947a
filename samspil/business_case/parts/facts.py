"""What a part says, as pairs of a term and a sentence."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import gettext

from samspil.business_case.models import Part
from samspil.business_case.table.columns import POINTS, row_of, shown
from samspil.business_case.words import FIELDS, MEANINGS, SCENARIOS, SORTS

FIGURES = ("amount", "quantity", "price", "value", "consequence")
Fact = tuple[str, str]


def facts_of(part: Part, others: Iterable[Part]) -> list[Fact]:
    """Everything the part says, in words; empty fields are left out."""
    content, titles = part.content, {one.ref: str(one) for one in others}
    found: list[Fact] = []
    if part.kind == Part.Kind.LINE:
        found.append((gettext("What it is"), str(SORTS[f"{content['kind']}.{content['class']}"])))
    for name in ("payer", "beneficiary", "unit"):
        found.append((_term(name), content.get(name, "")))
    for name in FIGURES:
        found += figure(name, content.get(name))
    if "probability" in content:
        found.append((_term("probability"), f"{percent(content['probability'])} %"))
    found.append((_term("year"), str(content.get("year") or "")))
    found.append((_term("share_by_year"), _shares(content.get("share_by_year", {}))))
    found.append((gettext("Multiplied by"), _named(content.get("drivers", []), titles)))
    found.append((gettext("Lines it would strike"), _named(content.get("lines", []), titles)))
    found.append((gettext("Scenario"), str(SCENARIOS.get(content.get("scenario", ""), ""))))
    found.append((_term("price_year"), str(content.get("price_year") or "")))
    hours, freed = content.get("hours", {}), content.get("freed_time", {})
    found.append((_term("hours"), ": ".join(filter(None, (hours.get("whose"), hours.get("task"))))))
    found.append((gettext("Use of the freed time"), " · ".join(str(one) for one in freed.values())))
    return [(term, text) for term, text in found if text]


def in_short(part: Part, others: Iterable[Part]) -> str:
    """The same on lines of a text, to be put beside what somebody else wrote."""
    named = [(_term("title"), str(part)), *facts_of(part, others)]
    return "\n".join(f"{term}: {text}" for term, text in named)


def figure(name: str, value: Any) -> list[Fact]:
    """A figure in words, with what its range means and where it comes from."""
    if value is None:
        return []
    if not isinstance(value, dict):
        return [(_term(name), shown(value))]
    if "hourly_cost" in value:
        return [(_term(name), gettext("hourly cost: %(name)s") % {"name": value["hourly_cost"]})]
    source = [(gettext("Source of it"), value.get("source", ""))]
    if "value" in value:
        return [(_term(name), shown(value["value"])), *source]
    points = [f"{FIELDS[one]} {shown(value[one])}" for one in POINTS if value.get(one)]
    meaning = [(gettext("What low and high mean"), str(MEANINGS[value.get("meaning", "")]))]
    return [(_term(name), " · ".join(points)), *meaning, *source]


def percent(share: str) -> str:
    return row_of({"share_by_year": {"0": share}}, [0])["y0"]


def _shares(shares: dict[str, str]) -> str:
    return " · ".join(f"{year}: {percent(share)} %" for year, share in sorted(shares.items()))


def _named(refs: Sequence[str], titles: dict[str, str]) -> str:
    return ", ".join(titles[ref] for ref in refs if ref in titles)


def _term(name: str) -> str:
    word = str(FIELDS[name])
    return word[:1].upper() + word[1:]
