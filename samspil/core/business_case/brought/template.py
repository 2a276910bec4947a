"""Our template as sheets: empty with an example, or filled with a case so that it can be brought back."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from samspil.core.business_case.case import Case, Driver, Line, Risk
from samspil.core.business_case.estimates import Estimate, HourlyCost, Known, Quantity
from samspil.core.business_case.workbook import Cell, Row, Sheet

from .columns import (
    CLASSES,
    CORNERS,
    DRIVERS,
    KINDS,
    LINES,
    MEANINGS,
    RISKS,
    SCENARIOS,
    SHEETS,
    in_template,
    word_for,
)

EXAMPLE = {
    "da": ("Eksempel: Licenser", "omkostning", "i budgettet", "It-afdelingen"),
    "sv": ("Exempel: Licenser", "kostnad", "i budgeten", "It-avdelningen"),
    "en": ("Example: Licences", "cost", "cashable", "IT"),
}
MOST_YEARS = 60  # a column each; a file may have a hundred columns


def template(case: Case, language: str) -> tuple[Sheet, ...]:
    """One sheet each for lines, drivers and risks, with what the case says already."""
    years = list(case.all_years)[:MOST_YEARS]
    return (
        _sheet(
            "lines",
            (*in_template(LINES, language), *map(str, years)),
            language,
            _lines(case, years, language),
        ),
        _sheet("drivers", in_template(DRIVERS, language), language, _drivers(case, language)),
        _sheet("risks", in_template(RISKS, language), language, _risks(case, language)),
    )


def _sheet(use: str, heads: Iterable[str], language: str, rows: Iterable[Sequence[Any]]) -> Sheet:
    first: Row = tuple(Cell(head, "head") for head in heads)
    return Sheet(SHEETS[use][language], (first, *(tuple(map(_cell, row)) for row in rows)), 1, 2)


def _cell(value: Any) -> Cell | None:
    if value is None or value == "":
        return None
    return Cell(value) if isinstance(value, str) else Cell(float(value), "number")


def _lines(case: Case, years: Sequence[int], language: str) -> Iterator[list[Any]]:
    if not case.lines:
        yield _example(years, language)
    for line in case.lines:
        told = _line(line, language)
        yield [*(told.get(key) for key in LINES), *(line.share_by_year.get(year) for year in years)]


def _example(years: Sequence[int], language: str) -> list[Any]:
    """One line that shows how to fill in; it is never taken over."""
    title, kind, worth, payer = EXAMPLE[language]
    meaning = word_for(MEANINGS, "min_max_pert", language)
    told: dict[str, Any] = {"title": title, "kind": kind, "class": worth, "payer": payer, "meaning": meaning}
    told |= {"low": 90_000, "likely": 100_000, "high": 140_000}
    return [*(told.get(key) for key in LINES), *(1 for _year in years)]


def _line(line: Line, language: str) -> dict[str, Any]:
    first, second = (*line.quantities, None, None)[:2]
    hours, freed = line.hours, line.freed_time
    return {
        "id": line.id,
        "title": line.title or line.id,
        "kind": word_for(KINDS, line.kind.value, language),
        "class": word_for(CLASSES, line.worth.value, language),
        "scenario": word_for(SCENARIOS, line.scenario.value, language),
        "payer": line.payer,
        "beneficiary": line.beneficiary,
        "owner": line.owner,
        "unit": line.unit,
        "price_year": line.price_year,
        **_figure(first, "", language),
        **_figure(second, "price_", language),
        "drivers": "; ".join(line.drivers),
        "whose": hours.whose if hours else "",
        "task": hours.task if hours else "",
        "use": freed.use if freed else "",
        "used_since": freed.on.isoformat() if freed else "",
        "decided_by": freed.by if freed else "",
        "corner": word_for(CORNERS, line.corner.value, language) if line.corner else "",
    }


def _drivers(case: Case, language: str) -> Iterator[list[Any]]:
    for driver in case.drivers:
        told = _driver(driver, language)
        yield [told.get(key) for key in DRIVERS]


def _driver(driver: Driver, language: str) -> dict[str, Any]:
    return {
        "id": driver.id,
        "title": driver.title or driver.id,
        **_figure(driver.quantity, "", language),
    }


def _risks(case: Case, language: str) -> Iterator[list[Any]]:
    for risk in case.risks:
        told = _risk(risk, language)
        yield [told.get(key) for key in RISKS]


def _risk(risk: Risk, language: str) -> dict[str, Any]:
    return {
        "id": risk.id,
        "title": risk.title or risk.id,
        "probability": risk.probability,
        **_figure(risk.consequence, "", language),
        "year": risk.year,
        "lines": "; ".join(risk.lines),
        "owner": risk.owner,
        "closed": "x" if risk.closed else "",
    }


def _figure(one: Quantity | None, prefix: str, language: str) -> dict[str, Any]:
    told: dict[str, Any] = {}
    match one:
        case Known():
            told = {"likely": one.value, "source": one.source}
        case HourlyCost():
            told = {"hourly_cost": one.name}
        case Estimate():
            told = {
                "low": one.low,
                "likely": one.likely,
                "high": one.high,
                "meaning": word_for(MEANINGS, one.meaning.value, language),
                "source": one.source,
                "estimator": one.estimator,
            }
    return {f"{prefix}{key}": value for key, value in told.items()}
