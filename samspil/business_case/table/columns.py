"""The columns of the table, and what a row says in the published format."""

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from samspil.business_case.words import MEANINGS, SORTS
from samspil.core.business_case.exact import plain
from samspil.core.business_case.writing import canonical
from samspil.core.typed_numbers import DECIMAL_SIGNS, as_typed, plain_number

Typed = Mapping[str, str]
Content = dict[str, Any]

WHEN: "dict[str, str | Promise]" = {
    "every": _("every year"),
    "once": _("the first year"),
    "other": _("as written in the full case"),
}
FIGURES = ("amount", "quantity", "price")
POINTS = ("low", "likely", "high")
_DECIMAL = re.compile(r"-?[0-9]{1,30}(\.[0-9]{1,30})?")


@dataclass(frozen=True)
class Column:
    """`kind`: text, number, percent or choice."""

    key: str
    title: "str | Promise"
    kind: str = "text"
    choices: "Mapping[str, str | Promise] | None" = None
    most: int = 200


SORT = Column("sort", _("What it is"), "choice", SORTS)
TITLE = Column("title", pgettext_lazy("of a line", "Name"), most=200)
WHO = Column("who", _("Who pays or gains"), most=100)
FIGURE = (
    Column("low", pgettext_lazy("of a range", "Low"), "number"),
    Column("likely", pgettext_lazy("of a range", "Likely"), "number"),
    Column("high", pgettext_lazy("of a range", "High"), "number"),
)
MEANING = Column("meaning", _("What low and high mean"), "choice", MEANINGS)
SOURCE = Column("source", _("Source"), most=300)
LIGHT = (SORT, TITLE, WHO, *FIGURE, SOURCE, Column("when", _("When"), "choice", WHEN))


def full(years: Iterable[int]) -> tuple[Column, ...]:
    """All columns of the full table; the shares of the years stand last."""
    shares = tuple(Column(f"y{year}", f"{year} (%)", "percent") for year in years)
    unit, price = Column("unit", _("Unit"), most=60), Column("price", _("Price of one"), "number")
    return (SORT, TITLE, WHO, unit, *FIGURE, MEANING, price, SOURCE, *shares)


# --- a part as a row ---------------------------------------------------------------------------------------


def row_of(content: Mapping[str, Any], years: Sequence[int]) -> dict[str, str]:
    """What stands in the cells of a line, as its reader would type it."""
    figure = content.get("amount", content.get("quantity"))
    low, likely, high = points_of(figure)
    shares = content.get("share_by_year", {})
    return {
        "sort": f"{content.get('kind', 'cost')}.{content.get('class', 'cashable')}",
        "title": content.get("title", ""),
        "who": content.get("payer" if content.get("kind") == "cost" else "beneficiary", ""),
        "unit": content.get("unit", ""),
        "low": low,
        "likely": likely,
        "high": high,
        "meaning": figure.get("meaning", "") if isinstance(figure, dict) else "",
        "price": _price(content.get("price")),
        "source": figure.get("source", "") if isinstance(figure, dict) else "",
        "when": when_of(shares, years),
        **{f"y{year}": _percent(shares.get(str(year), "")) for year in years},
    }


def points_of(figure: Any) -> tuple[str, str, str]:
    """Low, likely and high; one known figure stands under likely."""
    if isinstance(figure, dict) and "value" not in figure:
        low, likely, high = (shown(figure.get(name, "")) for name in POINTS)
        return low, likely, high
    return "", shown(figure.get("value", "") if isinstance(figure, dict) else figure or ""), ""


def when_of(shares: Mapping[str, str], years: Sequence[int]) -> str:
    if not shares or shares == every_year(years):
        return "every"
    return "once" if shares == {str(years[0]): "1"} else "other"


def every_year(years: Sequence[int]) -> dict[str, str]:
    return {str(year): "1" for year in years}


# --- a row as a part ---------------------------------------------------------------------------------------


def said(typed: Typed, columns: Sequence[Column], years: Sequence[int]) -> Content:
    """What the cells say, as fields of the format. What is no number stays as it is typed: the reader of the
    case tells what is wrong with it."""
    kind, _dot, worth = typed["sort"].partition(".")
    names = {one.key for one in columns}
    content: Content = {
        "title": typed["title"].strip(),
        "kind": kind,
        "class": worth,
        "payer": typed["who"].strip() if kind == "cost" else "",
        "beneficiary": typed["who"].strip() if kind == "benefit" else "",
        "figure": figure(typed),
    }
    if "price" in names:
        content |= {"unit": typed["unit"].strip(), "price": number(typed["price"])}
        content["share_by_year"] = said_shares(typed, years)
    elif typed["when"] != "other":
        content["share_by_year"] = every_year(years) if typed["when"] == "every" else {str(years[0]): "1"}
    return content


def merged(before: Mapping[str, Any], content: Content) -> Content:
    """The part with what the row says; what no column shows stays."""
    kept = {name: value for name, value in before.items() if name not in (*FIGURES, *content)}
    new = {name: value for name, value in content.items() if name not in ("figure", "price")}
    found, price = content["figure"], _priced(before.get("price"), content)
    if content["class"] == "qualitative" and found is None:
        return _filled({**kept, **new, "share_by_year": {}})
    return _filled({**kept, **new, **({"quantity": found, "price": price} if price else {"amount": found})})


def _priced(before: Any, content: Content) -> Any:
    """The price of one: a range or a key figure is written on the page of the line and stays, a number typed
    here has the source of the row."""
    price = content.get("price")
    if "price" not in content or (isinstance(before, dict) and before.get("value") == price):
        return before
    source = content["figure"].get("source") if isinstance(content["figure"], dict) else ""
    return {"value": price, "source": source} if price and source else price


def figure(typed: Typed) -> Any:
    """One known figure, a range, or nothing."""
    points = {name: number(typed[name]) for name in POINTS if typed[name].strip()}
    source = {"source": typed["source"].strip()} if typed["source"].strip() else {}
    if not points:
        return None
    if set(points) == {"likely"} and not typed["meaning"]:
        return {"value": points["likely"], **source} if source else points["likely"]
    meaning = {"meaning": typed["meaning"]} if typed["meaning"] else {}
    return {**points, **meaning, **source}


def number(text: str) -> str | None:
    return plain_number(text, language()) or None


def shown(value: Any) -> str:
    return as_typed(str(value), language())


def whole(text: str, most: int = 999_999_999) -> int:
    """A whole number that a page sent along; nonsense is nothing."""
    return min(int(text), most) if text.isdecimal() and len(text) <= 9 else 0


def language() -> str:
    code = (get_language() or "en")[:2]
    return code if code in DECIMAL_SIGNS else "en"


def fingerprint(content: Content) -> str:
    """Whether somebody touched a row: what it said when it was shown."""
    return hashlib.sha256(canonical(content)).hexdigest()[:16]


def _filled(content: Content) -> Content:
    return {name: value for name, value in content.items() if value not in (None, "", {}, [])}


def said_shares(typed: Typed, years: Sequence[int]) -> dict[str, str]:
    """The share of each year from its percentage; years without one are left out."""
    given = {str(year): number(typed[f"y{year}"]) for year in years}
    return {year: _share(text) for year, text in given.items() if text and text != "0"}


def _share(percent: str) -> str:
    """Half is written 50; what is no number stays as it is."""
    return _scaled(percent, -2)


def _percent(share: str) -> str:
    """The other way: 0.5 is shown as 50."""
    return shown(_scaled(share, 2))


def _scaled(written: str, by: int) -> str:
    if not _DECIMAL.fullmatch(written):
        return written
    return plain(Decimal(written).scaleb(by))


def _price(price: Any) -> str:
    if isinstance(price, dict):
        return shown(price.get("value", "")) if "value" in price else ""
    return shown(price or "")
