"""A case as JSON: read with every fault named, written in one way only.

The shape is docs/business-case.schema.json. Reading is all or nothing: what is wrong is told all at once,
each with its place in the file and what to do about it.
"""

import json
import re
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from itertools import pairwise
from typing import Any, TypeVar

from .case import Case, Driver, FreedTime, Hours, Kind, Line, Payback, Risk, Scenario, Worth
from .estimates import ASKS_FOR_LIKELY, Estimate, HourlyCost, Known, Meaning, Quantity
from .key_figures import Band, Discounting, DiscountRates, KeyFigures, holding_on

FORMAT = "samspil-business-case-1"
MOST_LINES = 1_000
MOST_YEARS = 150
MOST_FIGURES = 3_000
LARGEST = Decimal(10) ** 15
FINEST = 12  # decimals
MOST_SIGNS = 60  # of a number as written
CORRELATIONS = (Decimal(0), Decimal("0.3"), Decimal("0.6"))
_NUMBER = re.compile(r"[-+]?[0-9]+(\.[0-9]+)?([eE][-+]?[0-9]+)?")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
Named = TypeVar("Named", bound=StrEnum)


def _(text: str) -> str:
    """Marks a text for the translators; it is said by whoever shows it."""
    return text


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


def read_case(text: str | bytes, sets: Iterable[KeyFigures] = ()) -> Case:
    """The case in a JSON text, with the key figures of its country on the day it was decided."""
    reading = _Reading()
    try:
        given = json.loads(
            text,
            parse_float=Decimal,
            parse_int=Decimal,
            parse_constant=lambda word: word,
            object_pairs_hook=_pairs,
        )
    except (ValueError, RecursionError) as fault:
        raise Misread([Problem("not_json", "", str(fault)[:200])]) from fault
    if not isinstance(given, dict) or given.get("format") != FORMAT:
        raise Misread([Problem("not_a_case", "format", FORMAT)])
    found = _case(_Fields(given, "", reading), tuple(sets))
    if reading.problems or found is None:
        raise Misread(reading.problems)
    return found


class _Twice(dict[str, Any]):
    """An object in which a field stood twice; `name` is the first such."""

    name = ""


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = _Twice(pairs)
    seen: set[str] = set()
    for name, _value in pairs:
        if name in seen and not found.name:
            found.name = name
        seen.add(name)
    return found if found.name else dict(pairs)


@dataclass
class _Reading:
    problems: list[Problem] = field(default_factory=list)

    def wrong(self, key: str, place: str, value: object = "", choices: Iterable[str] = ()) -> None:
        self.problems.append(Problem(key, place, str(value)[:80], tuple(choices)))


class _Fields:
    """An object of the file: each field is taken once, by its name; what nobody takes is a misspelling."""

    def __init__(self, given: Any, place: str, reading: _Reading) -> None:
        self.place, self.reading, self.taken = place, reading, set[str]()
        self.given: dict[str, Any] = given if isinstance(given, dict) else {}
        if not isinstance(given, dict):
            reading.wrong("no_object", place)
        elif isinstance(given, _Twice):
            reading.wrong("twice", place, given.name)

    def at(self, name: str) -> str:
        return f"{self.place}.{name}" if self.place else name

    def take(self, name: str, *, needed: bool = False) -> Any:
        self.taken.add(name)
        value = self.given.get(name)
        if value is None and needed:
            self.reading.wrong("missing", self.at(name))
        return value

    def text(self, name: str, *, needed: bool = False) -> str:
        value = self.take(name, needed=needed)
        if value is None:
            return ""
        if not isinstance(value, str) or (needed and not value.strip()):
            self.reading.wrong("no_text", self.at(name))
            return ""
        return value.strip()

    def number(self, name: str, *, needed: bool = False) -> Decimal | None:
        value = self.take(name, needed=needed)
        return None if value is None else number(value, self.at(name), self.reading)

    def whole(self, name: str, *, needed: bool = False) -> int | None:
        found = self.number(name, needed=needed)
        if found is None:
            return None
        if found != found.to_integral_value():
            self.reading.wrong("no_whole", self.at(name), found)
            return None
        return int(found)

    def day(self, name: str, *, needed: bool = False) -> date | None:
        value = self.text(name, needed=needed)
        with suppress(ValueError):
            if _DAY.fullmatch(value):
                return date.fromisoformat(value)
        if value:
            self.reading.wrong("no_day", self.at(name), value)
        return None

    def choice(self, name: str, choices: type[Named], otherwise: Named | None = None) -> Named | None:
        value = self.take(name, needed=otherwise is None)
        if value is None:
            return otherwise
        if value not in list(choices):
            self.reading.wrong("no_choice", self.at(name), value, choices)
            return otherwise
        return choices(value)

    def flag(self, name: str) -> bool:
        value = self.take(name)
        if value not in (None, True, False):
            self.reading.wrong("no_flag", self.at(name))
        return value is True

    def objects(self, name: str) -> list["_Fields"]:
        return [_Fields(one, place, self.reading) for one, place in self.list(name)]

    def list(self, name: str) -> list[tuple[Any, str]]:
        value = self.take(name)
        if value is None:
            return []
        if not isinstance(value, list):
            self.reading.wrong("no_list", self.at(name))
            return []
        return [(one, f"{self.at(name)}[{place}]") for place, one in enumerate(value, start=1)]

    def names(self, name: str) -> tuple[str, ...]:
        found = []
        for one, place in self.list(name):
            if isinstance(one, str) and one.strip():
                found.append(one.strip())
            else:
                self.reading.wrong("no_text", place)
        return tuple(found)

    def numbers(self, name: str) -> dict[str, Decimal]:
        value = self.take(name)
        if value is None:
            return {}
        inner = _Fields(value, self.at(name), self.reading)
        found = {key: inner.number(key) for key in inner.given}
        return {key: one for key, one in found.items() if one is not None}

    def years(self, name: str) -> dict[int, Decimal]:
        found = {}
        for key, value in self.numbers(name).items():
            if key.isascii() and key.isdigit() and len(key) == 4:
                found[int(key)] = value
            else:
                self.reading.wrong("no_whole", f"{self.at(name)}.{key}", key)
        return found

    def done(self) -> None:
        for name in self.given:
            if name not in self.taken:
                self.reading.wrong("unknown", self.at(name))


def number(value: Any, place: str, reading: _Reading) -> Decimal | None:
    """A number, also as text so that no program rounds it on the way. No NaN, nothing beyond all measure."""
    written = str(value).strip() if isinstance(value, str | Decimal) else ""
    if not _NUMBER.fullmatch(written):
        reading.wrong("no_number", place, value)
        return None
    found = Decimal(written)
    if found.copy_abs() > LARGEST:
        reading.wrong("too_large", place, value)
        return None
    if len(written) > MOST_SIGNS or _decimals(found) > FINEST:
        reading.wrong("too_fine", place, value)
        return None
    return found


def _decimals(number: Decimal) -> int:
    """How many decimals it has, without the zeros at its end."""
    if number and number.adjusted() < -FINEST:
        return -number.adjusted()  # so near to nothing that putting it in order would make it nothing
    exponent = number.normalize().as_tuple().exponent
    return -exponent if isinstance(exponent, int) else 0


# --- the case ----------------------------------------------------------------------------------------------


def _case(fields: _Fields, sets: Sequence[KeyFigures]) -> Case | None:
    fields.take("format")
    reading = fields.reading
    first, years, price_year = (
        fields.whole(name, needed=True) for name in ("first_year", "years", "price_year")
    )
    if years is not None and not 1 <= years <= MOST_YEARS:
        reading.wrong("years", fields.at("years"))
        years = None
    span = range(first, first + years) if first is not None and years is not None else None
    currency, decided_on = fields.text("currency", needed=True), fields.day("decided_on", needed=True)
    own_rates = _rates(fields)
    own_costs, own_index = fields.numbers("hourly_costs"), fields.years("price_index")
    country = fields.text("country")
    figures_on = fields.day("key_figures_on")
    figures = _figures(fields, sets, country, figures_on or decided_on, own_rates)
    figures = replace(
        figures,
        hourly_costs={**figures.hourly_costs, **own_costs},
        price_index={**figures.price_index, **own_index},
    )
    drivers = tuple(_driver(one, figures) for one in fields.objects("drivers"))
    given = fields.list("lines")
    if len(given) > MOST_LINES:
        reading.wrong("too_many_lines", "lines", len(given))
        return None
    known = _Known(currency, span, price_year, figures, frozenset(one.id for one in drivers))
    lines = tuple(_line(_Fields(one, place, reading), known) for one, place in given)
    if not lines:
        reading.wrong("no_lines", "lines")
    _none_beyond_measure(lines, drivers, figures, reading)
    risks = tuple(_risk(one, span, frozenset(line.id for line in lines)) for one in fields.objects("risks"))
    for name, ids in (("lines", lines), ("drivers", drivers), ("risks", risks)):
        _no_id_twice(name, [one.id for one in ids], reading)
    discounting = fields.choice("discounting", Discounting, Discounting.START_OF_YEAR)
    if years and not _reaches(own_rates or figures.rates, years, discounting):
        reading.wrong("bands_end", "discount_rates" if own_rates else "country")
    case = Case(
        title=fields.text("title", needed=True),
        currency=currency,
        first_year=first or 0,
        years=years or 0,
        price_year=price_year or 0,
        decided_on=decided_on or date.min,
        lines=lines,
        figures=figures,
        country=country,
        key_figures_on=figures_on,
        own_rates=own_rates,
        own_hourly_costs=own_costs,
        own_price_index=own_index,
        discounting=discounting or Discounting.START_OF_YEAR,
        payback=fields.choice("payback", Payback, Payback.UNDISCOUNTED) or Payback.UNDISCOUNTED,
        drivers=drivers,
        risks=risks,
        cost_correlation=_correlation(fields),
        years_independent=fields.flag("years_independent"),
        coverage=_probability(fields, "coverage", Decimal("0.8")),
    )
    fields.done()
    if _to_draw(case) > MOST_FIGURES:
        reading.wrong("too_many_figures", "", _to_draw(case))
    return case


def _to_draw(case: Case) -> int:
    """How many figures are uncertain; where years are independent, each counts once a year."""
    quantities = [one for line in case.lines for one in line.quantities]
    quantities += [driver.quantity for driver in case.drivers]
    ranges = sum(isinstance(one, Estimate) for one in quantities)
    return ranges * (case.years if case.years_independent else 1) + len(case.open_risks)


@dataclass(frozen=True)
class _Known:
    """What a line is checked against."""

    currency: str
    span: range | None
    price_year: int | None
    figures: KeyFigures
    drivers: frozenset[str]


def _none_beyond_measure(
    lines: Sequence[Line], drivers: Sequence[Driver], figures: KeyFigures, reading: _Reading
) -> None:
    """What is multiplied may be no larger than one amount."""
    shared = {driver.id: _largest(driver.quantity, figures) for driver in drivers}
    for place, line in enumerate(lines, start=1):
        factors = [_largest(one, figures) for one in line.quantities]
        factors += [shared.get(name, Decimal(1)) for name in line.drivers]
        factors.append(max(map(abs, line.share_by_year.values()), default=Decimal(1)))
        if sum(one.adjusted() for one in factors if one) > LARGEST.adjusted():
            reading.wrong("too_large", f"lines[{place}]", " × ".join(f"{one:.4g}" for one in factors))


def _largest(quantity: Quantity, figures: KeyFigures) -> Decimal:
    match quantity:
        case Estimate():
            return max(abs(quantity.low), abs(quantity.high))
        case Known():
            return abs(quantity.value)
        case HourlyCost():
            return abs(figures.hourly_costs.get(quantity.name, Decimal(1)))


def _no_id_twice(name: str, ids: Sequence[str], reading: _Reading) -> None:
    for place, one in enumerate(ids, start=1):
        if one and one in ids[: place - 1]:
            reading.wrong("twice", f"{name}[{place}].id", one)


def _rates(fields: _Fields) -> DiscountRates | None:
    bands = [_band(one) for one in fields.objects("discount_rates")]
    source = fields.text("discount_rates_source")
    if not bands or None in bands:
        return None
    found = [one for one in bands if one]
    follows = all(
        one.to_year is not None and one.to_year >= one.from_year and next_.from_year == one.to_year + 1
        for one, next_ in pairwise(found)
    )
    last = found[-1]
    if found[0].from_year > 1 or not follows or (last.to_year is not None and last.to_year < last.from_year):
        fields.reading.wrong("bands", "discount_rates")
        return None
    return DiscountRates(tuple(found), source)


def _band(fields: _Fields) -> Band | None:
    since, until = fields.whole("from_year", needed=True), fields.whole("to_year")
    rate = fields.number("rate", needed=True)
    fields.done()
    if rate is not None and not 0 <= rate < Decimal("0.5"):
        fields.reading.wrong("not_a_rate", fields.at("rate"), rate)
        return None
    return Band(since, until, rate) if since is not None and rate is not None else None


def _figures(
    fields: _Fields,
    sets: Sequence[KeyFigures],
    country: str,
    day: date | None,
    own_rates: DiscountRates | None,
) -> KeyFigures:
    found = holding_on(sets, country, day) if day else None
    if found is None and own_rates is None and day and not fields.given.get("discount_rates"):
        fields.reading.wrong("no_rates", "country", f"{country} {day}".strip())
    return found or KeyFigures(country, None, own_rates or DiscountRates(()))


def _reaches(rates: DiscountRates, years: int, discounting: Discounting | None) -> bool:
    return not rates.bands or rates.reaches(years - (discounting is not Discounting.END_OF_YEAR))


def _correlation(fields: _Fields) -> Decimal:
    found = fields.number("cost_correlation")
    if found is None:
        return Decimal(0)
    if found not in CORRELATIONS:
        fields.reading.wrong("no_choice", fields.at("cost_correlation"), found, map(str, CORRELATIONS))
    return found


def _probability(fields: _Fields, name: str, otherwise: Decimal | None = None) -> Decimal:
    found = fields.number(name, needed=otherwise is None)
    if found is not None and not 0 <= found <= 1:
        fields.reading.wrong("not_a_probability", fields.at(name), found)
    return found if found is not None else otherwise or Decimal(0)


def _driver(fields: _Fields, figures: KeyFigures) -> Driver:
    found = Driver(
        id=fields.text("id", needed=True),
        title=fields.text("title"),
        quantity=_quantity(fields, "value", figures) or Known(Decimal(0)),
    )
    fields.done()
    return found


def _line(fields: _Fields, known: _Known) -> Line:
    worth = fields.choice("class", Worth)
    currency = fields.text("currency")
    if currency and currency != known.currency:
        fields.reading.wrong("currency", fields.at("currency"), currency)
    found = Line(
        id=fields.text("id", needed=True),
        kind=fields.choice("kind", Kind) or Kind.COST,
        worth=worth or Worth.CASHABLE,
        scenario=fields.choice("scenario", Scenario, Scenario.DIFFERENCE) or Scenario.DIFFERENCE,
        title=fields.text("title"),
        payer=fields.text("payer"),
        beneficiary=fields.text("beneficiary"),
        unit=fields.text("unit"),
        owner=fields.text("owner"),
        quantities=_quantities(fields, known, worth),
        drivers=_drivers(fields, known),
        share_by_year=_shares(fields, known, worth),
        price_year=_price_year(fields, known),
        hours=_hours(fields),
        freed_time=_freed_time(fields),
    )
    fields.done()
    return found


def _quantities(fields: _Fields, known: _Known, worth: Worth | None) -> tuple[Quantity, ...]:
    given = [name for name in ("amount", "quantity", "price") if fields.given.get(name) is not None]
    found = [_quantity(fields, name, known.figures) for name in given]
    if worth is Worth.QUALITATIVE:
        if given:
            fields.reading.wrong("figures_in_words", fields.place)
    elif not given or given in (["quantity"], ["price"]):
        fields.reading.wrong("no_quantity", fields.place)
    elif "amount" in given and len(given) > 1:
        fields.reading.wrong("both_quantities", fields.place)
    return tuple(one for one in found if one is not None)


def _drivers(fields: _Fields, known: _Known) -> tuple[str, ...]:
    names = fields.names("drivers")
    for name in names:
        if name not in known.drivers:
            fields.reading.wrong("no_driver", fields.at("drivers"), name)
        elif names.count(name) > 1:
            fields.reading.wrong("twice", fields.at("drivers"), name)
    return names


def _shares(fields: _Fields, known: _Known, worth: Worth | None) -> dict[int, Decimal]:
    shares = fields.years("share_by_year")
    if not shares and worth is not Worth.QUALITATIVE:
        fields.reading.wrong("no_years", fields.at("share_by_year"))
    for year in shares:
        if known.span is not None and year not in known.span:
            fields.reading.wrong("year_outside", fields.at("share_by_year"), year)
    return shares


def _price_year(fields: _Fields, known: _Known) -> int | None:
    year = fields.whole("price_year")
    if year is not None and known.price_year is not None and year != known.price_year:
        for one in (year, known.price_year):
            if known.figures.price_index.get(one, Decimal(0)) <= 0:
                fields.reading.wrong("no_index", fields.at("price_year"), one)
    return year


def _hours(fields: _Fields) -> Hours | None:
    if fields.take("hours") is None:
        return None
    inner = _Fields(fields.given["hours"], fields.at("hours"), fields.reading)
    found = Hours(inner.text("whose", needed=True), inner.text("task", needed=True))
    inner.done()
    return found


def _freed_time(fields: _Fields) -> FreedTime | None:
    if fields.take("freed_time") is None:
        return None
    inner = _Fields(fields.given["freed_time"], fields.at("freed_time"), fields.reading)
    on = inner.day("decided_on", needed=True)
    found = FreedTime(on or date.min, inner.text("use", needed=True), inner.text("by"))
    inner.done()
    return found


def _risk(fields: _Fields, span: range | None, lines: frozenset[str]) -> Risk:
    consequence = _quantity(fields, "consequence", None)
    year, links = fields.whole("year"), fields.names("lines")
    if year is not None and span is not None and year not in span:
        fields.reading.wrong("year_outside", fields.at("year"), year)
    for name in links:
        if name not in lines:
            fields.reading.wrong("no_line", fields.at("lines"), name)
    found = Risk(
        id=fields.text("id", needed=True),
        title=fields.text("title"),
        probability=_probability(fields, "probability"),
        consequence=consequence if isinstance(consequence, Known | Estimate) else Known(Decimal(0)),
        year=year,
        lines=links,
        owner=fields.text("owner"),
        closed=fields.flag("closed"),
    )
    fields.done()
    return found


# --- figures -----------------------------------------------------------------------------------------------


def _quantity(fields: _Fields, name: str, figures: KeyFigures | None) -> Quantity | None:
    value = fields.take(name, needed=True)
    if value is None:
        return None
    if not isinstance(value, dict):
        found = number(value, fields.at(name), fields.reading)
        return Known(found) if found is not None else None
    inner = _Fields(value, fields.at(name), fields.reading)
    if "hourly_cost" in value and figures is not None:
        return _hourly_cost(inner, figures)
    return _known(inner) if "value" in value else _estimate(inner)


def _hourly_cost(fields: _Fields, figures: KeyFigures) -> HourlyCost | None:
    name = fields.text("hourly_cost", needed=True)
    fields.done()
    if name and name not in figures.hourly_costs:
        fields.reading.wrong("no_hourly_cost", fields.place, name)
    return HourlyCost(name)


def _known(fields: _Fields) -> Known | None:
    value, source = fields.number("value", needed=True), fields.text("source")
    fields.done()
    return Known(value, source) if value is not None else None


def _estimate(fields: _Fields) -> Estimate | None:
    low, high = fields.number("low", needed=True), fields.number("high", needed=True)
    likely, source, estimator = fields.number("likely"), fields.text("source"), fields.text("estimator")
    meaning = fields.choice("meaning", Meaning) if fields.given.get("meaning") is not None else None
    fields.take("meaning")
    fields.done()
    if fields.given.get("meaning") is None:
        fields.reading.wrong("no_meaning", fields.at("meaning"), "", Meaning)
    if low is None or high is None or meaning is None:
        return None
    found = Estimate(low, high, meaning, likely, source, estimator)
    return found if _holds(found, fields) else None


def _holds(one: Estimate, fields: _Fields) -> bool:
    """Whether the three points can be read as they are meant; the fault is written down where they cannot."""
    if one.low > one.high:
        fields.reading.wrong("low_above_high", fields.place, f"{one.low} > {one.high}")
    elif one.likely is not None and not one.low <= one.likely <= one.high:
        fields.reading.wrong("likely_outside", fields.at("likely"), f"{one.low}, {one.likely}, {one.high}")
    elif one.likely is None and one.meaning in ASKS_FOR_LIKELY:
        fields.reading.wrong("no_likely", fields.at("likely"))
    elif one.meaning is Meaning.RANGE_90_LOGNORMAL and one.low <= 0:
        fields.reading.wrong("not_above_zero", fields.at("low"), one.low)
    else:
        return True
    return False
