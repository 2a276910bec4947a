"""How templates say the choices and figures of this room."""

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from django import template
from django.utils.translation import get_language

from samspil.benefits import words
from samspil.kit import charts

register = template.Library()
TABLES: Mapping[str, Mapping[Any, Any]] = {
    "status": words.STATUSES,
    "harm_status": words.HARM_STATUSES,
    "tone": words.TONES,
    "icon": words.ICONS,
    "worth": words.SHORT_WORTHS,
    "meaning": words.MEANINGS,
    "every": {str(key): value for key, value in words.EVERY.items()},
    "cause": words.CAUSES,
    "kind": words.KINDS,
    "effect": words.EFFECTS,
    "use": words.USES,
    "way": words.WAYS,
    "prerequisite": words.PREREQUISITES,
    "lacks": words.LACKS,
    "place": words.PLACES,
}


@register.filter
def said(key: object, table: str) -> str:
    """The word for a choice: `{{ standing.status|said:"status" }}`."""
    return str(TABLES[table].get(str(key), key))


@register.filter
def in_order(counts: Mapping[str, int]) -> list[tuple[str, int]]:
    """How many stand how, from the best to what is not known yet."""
    return [(name, counts.get(name, 0)) for name in words.STATUSES]


@register.filter
def about(value: object) -> str:
    """The end of an interval, with one decimal."""
    return plain_figure(Decimal(str(value)).quantize(Decimal("0.1"))) if value not in (None, "") else "–"


@register.filter
def plain_figure(value: object) -> str:
    """A figure without needless decimals, by the reader's custom; nothing is a dash."""
    if value in (None, ""):
        return "–"
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        return str(value)
    return charts.figure(number.normalize() if number else Decimal(0), get_language() or "en")
