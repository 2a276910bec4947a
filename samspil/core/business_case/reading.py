"""A case as JSON: read with every fault named, written in one way only.

The shape is docs/business-case.schema.json. Reading is all or nothing: what is wrong is told all at once,
each with its place in the file and what to do about it.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from itertools import pairwise

from .case import Case, Corner, Driver, FreedTime, Hours, Kind, Line, Payback, Risk, Scenario, Worth
from .estimates import ASKS_FOR_LIKELY, Estimate, HourlyCost, Known, Meaning, Quantity
from .fields import LARGEST, Fields, Reading, number, pairs_of
from .key_figures import Band, Discounting, DiscountRates, KeyFigures, holding_on
from .problems import Misread, Problem

FORMAT = "samspil-business-case-1"
MOST_LINES = 1_000
MOST_YEARS = 150
MOST_FIGURES = 3_000
CORRELATIONS = (Decimal(0), Decimal("0.3"), Decimal("0.6"))


def read_case(text: str | bytes, sets: Iterable[KeyFigures] = ()) -> Case:
    """The case in a JSON text, with the key figures of its country on the day it was decided."""
    reading = Reading()
    try:
        given = json.loads(
            text,
            parse_float=Decimal,
            parse_int=Decimal,
            parse_constant=lambda word: word,
            object_pairs_hook=pairs_of,
        )
    except (ValueError, RecursionError) as fault:
        raise Misread([Problem("not_json", "", str(fault)[:200])]) from fault
    if not isinstance(given, dict) or given.get("format") != FORMAT:
        raise Misread([Problem("not_a_case", "format", FORMAT)])
    found = _case(Fields(given, "", reading), tuple(sets))
    if reading.problems:
        raise Misread(reading.problems)
    return found


# --- the case ----------------------------------------------------------------------------------------------


def _case(fields: Fields, sets: Sequence[KeyFigures]) -> Case:
    fields.take("format")
    frame = _frame(fields, sets)
    drivers = tuple(_driver(one, frame.figures) for one in fields.objects("drivers"))
    lines = _lines(fields, replace(frame, drivers=frozenset(one.id for one in drivers)))
    named = frozenset(line.id for line in lines)
    risks = tuple(_risk(one, frame.span, named) for one in fields.objects("risks"))
    for name, ids in (("lines", lines), ("drivers", drivers), ("risks", risks)):
        _no_id_twice(name, [one.id for one in ids], fields.reading)
    _none_beyond_measure(lines, drivers, frame.figures, fields.reading)
    case = Case(
        title=fields.text("title", needed=True),
        currency=frame.currency,
        first_year=frame.span.start,
        years=len(frame.span),
        price_year=frame.price_year,
        decided_on=frame.decided_on,
        lines=lines,
        figures=frame.figures,
        country=frame.country,
        key_figures_on=frame.figures_on,
        own_rates=frame.own_rates,
        own_hourly_costs=frame.own_costs,
        own_price_index=frame.own_index,
        own_source=fields.text("own_figures_source"),
        discounting=frame.discounting,
        payback=fields.choice("payback", Payback, Payback.UNDISCOUNTED) or Payback.UNDISCOUNTED,
        drivers=drivers,
        risks=risks,
        cost_correlation=_correlation(fields),
        years_independent=fields.flag("years_independent"),
        coverage=_probability(fields, "coverage", Decimal("0.8")),
    )
    fields.done()
    if _to_draw(case) > MOST_FIGURES:
        fields.reading.wrong("too_many_figures", "", _to_draw(case))
    return case


@dataclass(frozen=True)
class _Frame:
    """What stands around the lines and is checked against them. `span` is empty where it cannot be told."""

    currency: str
    span: range
    price_year: int
    decided_on: date
    country: str
    figures_on: date | None
    figures: KeyFigures
    own_rates: DiscountRates | None
    own_costs: Mapping[str, Decimal]
    own_index: Mapping[int, Decimal]
    discounting: Discounting
    drivers: frozenset[str] = frozenset()


def _frame(fields: Fields, sets: Sequence[KeyFigures]) -> _Frame:
    span, price_year = _span(fields), fields.whole("price_year", needed=True)
    decided_on, figures_on = fields.day("decided_on", needed=True), fields.day("key_figures_on")
    country, own_rates = fields.text("country"), _rates(fields)
    own_costs, own_index = fields.numbers("hourly_costs"), fields.years("price_index")
    discounting = fields.choice("discounting", Discounting, Discounting.START_OF_YEAR)
    figures = _figures(fields, sets, country, figures_on or decided_on, own_rates)
    if span and not _reaches(own_rates or figures.rates, len(span), discounting):
        fields.reading.wrong("bands_end", "discount_rates" if own_rates else "country")
    return _Frame(
        currency=fields.text("currency", needed=True),
        span=span,
        price_year=price_year or 0,
        decided_on=decided_on or date.min,
        country=country,
        figures_on=figures_on,
        figures=replace(
            figures,
            hourly_costs={**figures.hourly_costs, **own_costs},
            price_index={**figures.price_index, **own_index},
        ),
        own_rates=own_rates,
        own_costs=own_costs,
        own_index=own_index,
        discounting=discounting or Discounting.START_OF_YEAR,
    )


def _span(fields: Fields) -> range:
    first, years = fields.whole("first_year", needed=True), fields.whole("years", needed=True)
    if years is not None and not 1 <= years <= MOST_YEARS:
        fields.reading.wrong("years", fields.at("years"))
    elif first is not None and years is not None:
        return range(first, first + years)
    return range(0)


def _lines(fields: Fields, frame: _Frame) -> tuple[Line, ...]:
    given = fields.list("lines")
    if not given:
        fields.reading.wrong("no_lines", "lines")
    if len(given) > MOST_LINES:
        fields.reading.wrong("too_many_lines", "lines", len(given))
        return ()
    return tuple(_line(Fields(one, place, fields.reading), frame) for one, place in given)


def _to_draw(case: Case) -> int:
    """How many figures are uncertain; where years are independent, each counts once a year."""
    quantities = [one for line in case.lines for one in line.quantities]
    quantities += [driver.quantity for driver in case.drivers]
    ranges = sum(isinstance(one, Estimate) for one in quantities)
    return ranges * (case.years if case.years_independent else 1) + len(case.open_risks)


def _none_beyond_measure(
    lines: Sequence[Line], drivers: Sequence[Driver], figures: KeyFigures, reading: Reading
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


def _no_id_twice(name: str, ids: Sequence[str], reading: Reading) -> None:
    for place, one in enumerate(ids, start=1):
        if one and one in ids[: place - 1]:
            reading.wrong("twice", f"{name}[{place}].id", one)


def _rates(fields: Fields) -> DiscountRates | None:
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


def _band(fields: Fields) -> Band | None:
    since, until = fields.whole("from_year", needed=True), fields.whole("to_year")
    rate = fields.number("rate", needed=True)
    fields.done()
    if rate is not None and not 0 <= rate < Decimal("0.5"):
        fields.reading.wrong("not_a_rate", fields.at("rate"), rate)
        return None
    return Band(since, until, rate) if since is not None and rate is not None else None


def _figures(
    fields: Fields,
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


def _correlation(fields: Fields) -> Decimal:
    found = fields.number("cost_correlation")
    if found is None:
        return Decimal(0)
    if found not in CORRELATIONS:
        fields.reading.wrong("no_choice", fields.at("cost_correlation"), found, map(str, CORRELATIONS))
    return found


def _probability(fields: Fields, name: str, otherwise: Decimal | None = None) -> Decimal:
    found = fields.number(name, needed=otherwise is None)
    if found is not None and not 0 <= found <= 1:
        fields.reading.wrong("not_a_probability", fields.at(name), found)
    return found if found is not None else otherwise or Decimal(0)


def _driver(fields: Fields, figures: KeyFigures) -> Driver:
    found = Driver(
        id=fields.text("id", needed=True),
        title=fields.text("title"),
        quantity=_quantity(fields, "value", figures) or Known(Decimal(0)),
    )
    fields.done()
    return found


def _line(fields: Fields, frame: _Frame) -> Line:
    worth = fields.choice("class", Worth)
    currency = fields.text("currency")
    if currency and currency != frame.currency:
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
        quantities=_quantities(fields, frame, worth),
        drivers=_drivers(fields, frame),
        share_by_year=_shares(fields, frame, worth),
        price_year=_price_year(fields, frame),
        hours=_hours(fields),
        freed_time=_freed_time(fields),
        corner=_corner(fields),
    )
    fields.done()
    return found


def _quantities(fields: Fields, frame: _Frame, worth: Worth | None) -> tuple[Quantity, ...]:
    given = [name for name in ("amount", "quantity", "price") if fields.given.get(name) is not None]
    found = [_quantity(fields, name, frame.figures) for name in given]
    if worth is Worth.QUALITATIVE:
        if given:
            fields.reading.wrong("figures_in_words", fields.place)
    elif not given or given in (["quantity"], ["price"]):
        fields.reading.wrong("no_quantity", fields.place)
    elif "amount" in given and len(given) > 1:
        fields.reading.wrong("both_quantities", fields.place)
    return tuple(one for one in found if one is not None)


def _drivers(fields: Fields, frame: _Frame) -> tuple[str, ...]:
    names = fields.names("drivers")
    for name in names:
        if name not in frame.drivers:
            fields.reading.wrong("no_driver", fields.at("drivers"), name)
        elif names.count(name) > 1:
            fields.reading.wrong("twice", fields.at("drivers"), name)
    return names


def _shares(fields: Fields, frame: _Frame, worth: Worth | None) -> dict[int, Decimal]:
    shares = fields.years("share_by_year")
    if not shares and worth is not Worth.QUALITATIVE:
        fields.reading.wrong("no_years", fields.at("share_by_year"))
    for year in shares:
        if frame.span and year not in frame.span:
            fields.reading.wrong("year_outside", fields.at("share_by_year"), year)
    return shares


def _price_year(fields: Fields, frame: _Frame) -> int | None:
    year = fields.whole("price_year")
    if year is not None and frame.price_year and year != frame.price_year:
        for one in (year, frame.price_year):
            if frame.figures.price_index.get(one, Decimal(0)) <= 0:
                fields.reading.wrong("no_index", fields.at("price_year"), one)
    return year


def _hours(fields: Fields) -> Hours | None:
    if fields.take("hours") is None:
        return None
    inner = Fields(fields.given["hours"], fields.at("hours"), fields.reading)
    found = Hours(inner.text("whose", needed=True), inner.text("task", needed=True))
    inner.done()
    return found


def _corner(fields: Fields) -> Corner | None:
    return fields.choice("corner", Corner) if fields.take("corner") is not None else None


def _freed_time(fields: Fields) -> FreedTime | None:
    if fields.take("freed_time") is None:
        return None
    inner = Fields(fields.given["freed_time"], fields.at("freed_time"), fields.reading)
    on = inner.day("decided_on", needed=True)
    found = FreedTime(on or date.min, inner.text("use", needed=True), inner.text("by"))
    inner.done()
    return found


def _risk(fields: Fields, span: range, lines: frozenset[str]) -> Risk:
    consequence = _quantity(fields, "consequence", None)
    year, links = fields.whole("year"), fields.names("lines")
    if year is not None and span and year not in span:
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


def _quantity(fields: Fields, name: str, figures: KeyFigures | None) -> Quantity | None:
    value = fields.take(name, needed=True)
    if value is None:
        return None
    if not isinstance(value, dict):
        found = number(value, fields.at(name), fields.reading)
        return Known(found) if found is not None else None
    inner = Fields(value, fields.at(name), fields.reading)
    if "hourly_cost" in value and figures is not None:
        return _hourly_cost(inner, figures)
    return _known(inner) if "value" in value else _estimate(inner)


def _hourly_cost(fields: Fields, figures: KeyFigures) -> HourlyCost | None:
    name = fields.text("hourly_cost", needed=True)
    fields.done()
    if name and name not in figures.hourly_costs:
        fields.reading.wrong("no_hourly_cost", fields.place, name)
    return HourlyCost(name)


def _known(fields: Fields) -> Known | None:
    value, source = fields.number("value", needed=True), fields.text("source")
    fields.done()
    return Known(value, source) if value is not None else None


def _estimate(fields: Fields) -> Estimate | None:
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


def _holds(one: Estimate, fields: Fields) -> bool:
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
