"""The figures of a part that can be contested, in plain words, and a case in which one of them is another."""

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from samspil.business_case.contest.models import Assumption
from samspil.business_case.format import as_format, parts_of, read_format
from samspil.business_case.models import Case, Part
from samspil.business_case.words import MEANINGS
from samspil.core.business_case.case import Case as CoreCase
from samspil.core.business_case.contesting import OwnFigure
from samspil.core.business_case.estimates import Meaning
from samspil.core.business_case.exact import plain
from samspil.kit import charts

PROBABILITY = "probability"
OF_KIND = {
    Part.Kind.LINE: ("quantity", "price", "amount"),
    Part.Kind.DRIVER: ("value",),
    Part.Kind.RISK: (PROBABILITY, "consequence"),
}
SENTENCES = {
    "quantity": gettext_lazy("“%(title)s” counts on %(figure)s a year."),
    "price": gettext_lazy("“%(title)s” counts each at %(figure)s."),
    "amount": gettext_lazy("“%(title)s” is put at %(figure)s a year."),
    "value": gettext_lazy("“%(title)s” is put at %(figure)s."),
    "probability": gettext_lazy("The chance that this occurs, “%(title)s”, is put at %(figure)s."),
    "consequence": gettext_lazy("If this occurs, “%(title)s”, it is put to cost %(figure)s."),
}
ONCE = {
    "quantity": gettext_lazy("“%(title)s” counts on %(figure)s, in %(year)s alone."),
    "amount": gettext_lazy("“%(title)s” is put at %(figure)s, in %(year)s alone."),
}
OF_MONEY = ("price", "amount", "consequence")


def figures_of(part: Part) -> dict[str, Any]:
    """Each figure that the part has, as the format writes it, in the order in which one reads them."""
    return {
        name: part.content[name]
        for name in OF_KIND[Part.Kind(part.kind)]
        if part.content.get(name) is not None
    }


def sentence_of(part: Part, figure: str, wording: Assumption | None = None) -> str:
    """What the part assumes: as somebody has put this figure into words, or from its title and figure."""
    if wording and wording.stood == part.content[figure]:
        return wording.text
    years = [year for year, share in part.content.get("share_by_year", {}).items() if Decimal(str(share))]
    sentence = ONCE.get(figure, SENTENCES[figure]) if len(years) == 1 else SENTENCES[figure]
    said = in_words(part.content[figure], part, figure)
    return str(sentence) % {"title": part, "figure": said, "year": years[0] if years else ""}


def in_words(figure: Any, part: Part, name: str) -> str:
    """A figure of a part as people read it: 4 visits, or 4 (from 3 to 6) visits."""
    if figure is None:
        return _("no figure")
    if isinstance(figure, Mapping) and "hourly_cost" in figure:
        return _hourly_cost(str(figure["hourly_cost"]), part.case)
    measure = _measure(part, name)
    if isinstance(figure, Mapping) and "value" not in figure:
        return f"{_range(figure, name)} {measure}".strip()
    value = figure["value"] if isinstance(figure, Mapping) else figure
    return f"{_number(value, name)} {measure}".strip()


def source_of(figure: Any, case: Case) -> str:
    """Where a figure comes from, as it says itself or as the key figures say that it stands in."""
    if isinstance(figure, Mapping) and "hourly_cost" in figure:
        return str(case.frame.get("own_figures_source", ""))
    return str(figure.get("source", "")) if isinstance(figure, Mapping) else ""


def meaning_of(figure: Any) -> str:
    """What low and high mean, where there are any."""
    meaning = figure.get("meaning") if isinstance(figure, Mapping) else None
    return str(MEANINGS[meaning]) if meaning else ""


def put_in(content: Mapping[str, Any], name: str, own: Mapping[str, Any]) -> dict[str, Any]:
    """What the part says with this figure in place of the one it has. A chance is a number alone."""
    return {**content, name: own["value"] if name == PROBABILITY else dict(own)}


def with_figure(part: Part, name: str, own: OwnFigure) -> CoreCase:
    """The whole case with another figure in one place, or `Misread` with what is wrong with it."""
    parts = parts_of(part.case)
    for one in parts:
        if one.pk == part.pk:
            one.content = put_in(one.content, name, own.as_data())
    return read_format(as_format(part.case, parts))


def own_figure(data: Mapping[str, Any]) -> OwnFigure:
    """A figure as it was kept, to be worked with again."""
    ends = {name: Decimal(data[name]) for name in ("low", "high") if name in data}
    middle = data.get("value") or data.get("likely")
    value = Decimal(middle) if middle is not None else sum(ends.values(), Decimal(0)) / 2
    meaning = Meaning(data["meaning"]) if "meaning" in data else None
    return OwnFigure(value, data.get("source", ""), ends.get("low"), ends.get("high"), meaning)


def money(value: Any, case: Case) -> str:
    """An amount with the currency of the case."""
    return f"{_number(value)} {case.frame.get('currency', '')}".strip()


def _range(figure: Mapping[str, Any], name: str) -> str:
    points = {end: _number(figure.get(end), name) for end in ("low", "likely", "high")}
    if figure.get("likely") is None:
        return _("from %(low)s to %(high)s") % points
    return _("%(likely)s (from %(low)s to %(high)s)") % points


def _measure(part: Part, name: str) -> str:
    """What a figure is counted in."""
    if name == "quantity":
        return str(part.content.get("unit", ""))
    return str(part.case.frame.get("currency", "")) if name in OF_MONEY else ""


def _hourly_cost(name: str, case: Case) -> str:
    cost = case.frame.get("hourly_costs", {}).get(name)
    if cost is None:
        return _("the hourly cost of %(name)s") % {"name": name}
    return _("%(cost)s (an hour of %(name)s)") % {"cost": money(cost, case), "name": name}


def _number(value: Any, name: str = "") -> str:
    """A number by the reader's custom, a chance in percent."""
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        return str(value)
    language = get_language() or "en"
    if name == PROBABILITY:
        return f"{charts.figure(number * 100, language)} %"
    return charts.figure(Decimal(plain(number)), language)
