"""A case as JSON values, in one way only: what is written is read back as the same, with the same hash."""

import hashlib
import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from .case import Case, Driver, Line, Risk
from .estimates import Estimate, HourlyCost, Known, Quantity
from .exact import plain
from .key_figures import DiscountRates
from .reading import FORMAT


def as_data(case: Case) -> dict[str, Any]:
    """The case as it is read; lines, drivers and risks in the order of their ids, for theirs says nothing."""
    return _said(
        {
            "format": FORMAT,
            "title": case.title,
            "currency": case.currency,
            "country": case.country,
            "decided_on": case.decided_on.isoformat(),
            "key_figures_on": case.key_figures_on.isoformat() if case.key_figures_on else "",
            "first_year": case.first_year,
            "years": case.years,
            "price_year": case.price_year,
            "discounting": case.discounting.value,
            "payback": case.payback.value,
            "discount_rates": bands(case.own_rates) if case.own_rates else None,
            "discount_rates_source": case.own_rates.source if case.own_rates else "",
            "hourly_costs": _numbers(case.own_hourly_costs),
            "price_index": _numbers(case.own_price_index),
            "own_figures_source": case.own_source,
            "cost_correlation": plain(case.cost_correlation),
            "years_independent": case.years_independent,
            "coverage": plain(case.coverage),
            "drivers": [_driver(one) for one in sorted(case.drivers, key=lambda one: one.id)],
            "lines": [_line(one) for one in sorted(case.lines, key=lambda one: one.id)],
            "risks": [_risk(one) for one in sorted(case.risks, key=lambda one: one.id)],
        }
    )


def bands(rates: DiscountRates) -> list[dict[str, Any]]:
    return [
        _said({"from_year": one.from_year, "to_year": one.to_year, "rate": plain(one.rate)})
        for one in rates.bands
    ]


def input_hash(case: Case) -> str:
    """SHA-256 of the case and of the key figures it is computed with."""
    used = {
        "rates": bands(case.own_rates or case.figures.rates),
        "hourly_costs": _numbers(case.figures.hourly_costs),
        "price_index": _numbers(case.figures.price_index),
    }
    return sha256({"case": as_data(case), "key_figures": used})


def sha256(value: object) -> str:
    return hashlib.sha256(canonical(value)).hexdigest()


def canonical(value: object) -> bytes:
    return json.dumps(
        value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    ).encode()


def _said(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Without what says nothing, so that an empty field and none are the same."""
    return {
        name: value
        for name, value in fields.items()
        if value is not None and value is not False and value not in ("", [], {})
    }


def _numbers(given: Mapping[Any, Decimal]) -> dict[str, str]:
    return {str(name): plain(value) for name, value in sorted(given.items())}


def _driver(one: Driver) -> dict[str, Any]:
    return _said({"id": one.id, "title": one.title, "value": _quantity(one.quantity)})


def _line(one: Line) -> dict[str, Any]:
    names = ("amount",) if len(one.quantities) == 1 else ("quantity", "price")
    hours, freed = one.hours, one.freed_time
    return _said(
        {
            "id": one.id,
            "title": one.title,
            "kind": one.kind.value,
            "class": one.worth.value,
            "scenario": one.scenario.value,
            "payer": one.payer,
            "beneficiary": one.beneficiary,
            "owner": one.owner,
            "unit": one.unit,
            "price_year": one.price_year,
            **{name: _quantity(value) for name, value in zip(names, one.quantities, strict=False)},
            "drivers": sorted(one.drivers),
            "share_by_year": _numbers(one.share_by_year),
            "hours": {"whose": hours.whose, "task": hours.task} if hours else None,
            "freed_time": _said({"decided_on": freed.on.isoformat(), "use": freed.use, "by": freed.by})
            if freed
            else None,
            "corner": one.corner.value if one.corner else None,
        }
    )


def _risk(one: Risk) -> dict[str, Any]:
    return _said(
        {
            "id": one.id,
            "title": one.title,
            "probability": plain(one.probability),
            "consequence": _quantity(one.consequence),
            "year": one.year,
            "lines": sorted(one.lines),
            "owner": one.owner,
            "closed": one.closed,
        }
    )


def _quantity(one: Quantity) -> Any:
    match one:
        case HourlyCost():
            return {"hourly_cost": one.name}
        case Known():
            return {"value": plain(one.value), "source": one.source} if one.source else plain(one.value)
        case Estimate():
            return _said(
                {
                    "low": plain(one.low),
                    "likely": plain(one.likely) if one.likely is not None else None,
                    "high": plain(one.high),
                    "meaning": one.meaning.value,
                    "source": one.source,
                    "estimator": one.estimator,
                }
            )
