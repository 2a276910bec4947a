"""What a brought line says, in the words and figures of the reader."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from samspil.business_case.papers.blocks import ON_PAPER
from samspil.business_case.words import FIELDS
from samspil.core.business_case.exact import rounded
from samspil.core.business_case.workbook import WORDS
from samspil.kit.charts import day, figure

SAID_ELSEWHERE = ("title", "drivers", "lines")


def sentences(content: Mapping[str, Any]) -> list[str]:
    """A line for each field."""
    return [
        f"{FIELDS.get(key, key)}: {told(key, value)}"
        for key, value in content.items()
        if key not in SAID_ELSEWHERE
    ]


def told(key: str, value: Any) -> str:
    """One field; a dash where it says nothing."""
    if value in (None, "", {}, []):
        return "–"
    return _TOLD.get(key, _plain)(value)


def _plain(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return _("yes") if value is True else str(value)


def _figure(value: Any) -> str:
    """A known figure, one by name, or low – likely – high with what that means."""
    if not isinstance(value, Mapping):
        return _number(value)
    return ", ".join(filter(None, _parts(value)))


def _parts(value: Mapping[str, Any]) -> Iterator[str]:
    if "hourly_cost" in value:
        yield str(value["hourly_cost"])
    if "value" in value:
        yield _number(value["value"])
    if "low" in value:
        points = (value[name] for name in ("low", "likely", "high") if value.get(name) is not None)
        yield " – ".join(map(_number, points))
        yield _(WORDS[value["meaning"]])
    yield str(value.get("source", ""))


def _shares(value: Any) -> str:
    return "; ".join(f"{year}: {_number(rounded_share(share))}" for year, share in sorted(value.items()))


def rounded_share(share: Any) -> Decimal:
    """With as many decimals as one looks at; what is taken over has them all."""
    return rounded(Fraction(str(share)), 3).normalize()


def _number(value: Any) -> str:
    return figure(Decimal(str(value)), _language())


def _hours(value: Any) -> str:
    return f"{value['whose']}: {value['task']}"


def _freed_time(value: Any) -> str:
    on = day(date.fromisoformat(value["decided_on"]), _language())
    return ", ".join(filter(None, (value["use"], on, value.get("by", ""))))


def _word(value: Any) -> str:
    return _(WORDS[value])


def _corner(value: Any) -> str:
    return _(ON_PAPER[value])


def _language() -> str:
    return get_language() or "en"


_TOLD: Mapping[str, Callable[[Any], str]] = {
    **dict.fromkeys(("amount", "quantity", "price", "value", "consequence"), _figure),
    **dict.fromkeys(("kind", "class", "scenario"), _word),
    "probability": _number,
    "share_by_year": _shares,
    "hours": _hours,
    "freed_time": _freed_time,
    "corner": _corner,
}
