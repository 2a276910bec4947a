"""Another hand that computes the same from the JSON values alone, by the formulas of the trade and no code of ours.

Decimals with sixty digits for the mean case; SciPy's own distributions and plain dice for the draws.
"""

from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal, localcontext
from typing import Any

import numpy as np
from scipy import stats

Values = dict[str, Any]


def ore(amount: Decimal) -> str:
    return str(amount.quantize(Decimal("0.01"), ROUND_HALF_UP) + 0)


def mean_case(given: Values) -> Values:
    """npv, payback, by_stakeholder and by_year as text to the øre."""
    with localcontext() as context:
        context.prec = 60
        years = range(given["first_year"], given["first_year"] + given["years"])
        factors = _factors(given)
        net = dict.fromkeys(years, Decimal(0))
        accounts: dict[str, Decimal] = {}
        for line in _counted(given):
            full = _sign(line) * _level(line, given) * _mean_product(line, given)
            who = line.get("payer" if line["kind"] == "cost" else "beneficiary", "")
            accounts.setdefault(who, Decimal(0))
            for year in years:
                amount = full * Decimal(line["share_by_year"].get(str(year), "0"))
                net[year] += amount
                accounts[who] += amount * factors[year - years[0]]
        return {
            "npv": ore(sum(net[year] * factors[year - years[0]] for year in years)),
            "payback": _payback(given, net, factors),
            "by_stakeholder": {who: ore(amount) for who, amount in accounts.items()},
            "net": {year: ore(amount) for year, amount in net.items()},
        }


def _counted(given: Values) -> Iterator[Values]:
    for line in given["lines"]:
        waits = line["kind"] == "benefit" and line["class"] == "reallocation" and not line.get("freed_time")
        if line["class"] != "qualitative" and not waits:
            yield line


def _sign(line: Values) -> int:
    return (1 if line["kind"] == "benefit" else -1) * (-1 if line.get("scenario") == "without" else 1)


def _level(line: Values, given: Values) -> Decimal:
    year = line.get("price_year", given["price_year"])
    if year == given["price_year"]:
        return Decimal(1)
    return Decimal(given["price_index"][str(given["price_year"])]) / Decimal(given["price_index"][str(year)])


def _factors(given: Values) -> list[Decimal]:
    """One rate for all years: the plain power, not our running product."""
    rate, late = Decimal(given["discount_rates"][0]["rate"]), given.get("discounting") == "end_of_year"
    return [1 / (1 + rate) ** (year + late) for year in range(given["years"])]


def _figures(line: Values, given: Values) -> list[Any]:
    drivers = {one["id"]: one["value"] for one in given.get("drivers", [])}
    own = [line[name] for name in ("amount", "quantity", "price") if name in line]
    return own + [drivers[name] for name in line.get("drivers", [])]


def _mean_product(line: Values, given: Values) -> Decimal:
    found = Decimal(1)
    for figure in _figures(line, given):
        found *= mean(figure, given)
    return found


def mean(figure: Any, given: Values) -> Decimal:
    if isinstance(figure, str):
        return Decimal(figure)
    if "hourly_cost" in figure:
        return Decimal(given["hourly_costs"][figure["hourly_cost"]])
    low, high = Decimal(figure["low"]), Decimal(figure["high"])
    likely = Decimal(figure.get("likely", (low + high) / 2))
    match figure["meaning"]:
        case "min_max_pert":
            return (low + 4 * likely + high) / 6
        case "min_max_triangular":
            return (low + likely + high) / 3
        case "range_90_normal":
            return (low + high) / 2
        case "range_90_lognormal":
            sigma = (high / low).ln() / (2 * Decimal("1.644853626951472714863848079"))
            return (low * high).sqrt() * (sigma * sigma / 2).exp()
        case "p10_p90_metalog":
            return likely + metalog_bend(low, likely, high) / 2
    raise ValueError(figure["meaning"])


def metalog_bend(low: Decimal, likely: Decimal, high: Decimal) -> Decimal:
    """a3, from its two conditions: the quantiles at 0.1 and 0.9; held at 1.667 times a2."""
    nine = Decimal(9).ln()
    a2 = (high - low) / (2 * nine)
    a3 = (high + low - 2 * likely) / (Decimal("0.8") * nine)
    return max(-Decimal("1.667") * a2, min(Decimal("1.667") * a2, a3))


def _payback(given: Values, net: dict[int, Decimal], factors: list[Decimal]) -> int | None:
    so_far = Decimal(0)
    for (year, amount), factor in zip(net.items(), factors, strict=True):
        so_far += amount * (factor if given.get("payback") == "discounted" else 1)
        if so_far >= 0:
            return year
    return None


# --- draws -----------------------------------------------------------------------------------------------------


def draws(given: Values, n: int, seed: int) -> np.ndarray[Any, Any]:
    """The net of n independent draws, with plain dice."""
    dice = np.random.default_rng(seed)
    factors = [float(one) for one in _factors(given)]
    drivers = {one["id"]: draw(one["value"], given, n, dice) for one in given.get("drivers", [])}
    net = np.zeros(n)
    for line in _counted(given):
        value = np.full(n, _sign(line) * float(_level(line, given)))
        for name in ("amount", "quantity", "price"):
            if name in line:
                value = value * draw(line[name], given, n, dice)
        for name in line.get("drivers", []):
            value = value * drivers[name]
        for year, share in line["share_by_year"].items():
            net += value * float(share) * factors[int(year) - given["first_year"]]
    return net


def draw(figure: Any, given: Values, n: int, dice: np.random.Generator) -> Any:
    if isinstance(figure, str) or "hourly_cost" in figure:
        return np.full(n, float(mean(figure, given)))
    low, high = float(figure["low"]), float(figure["high"])
    likely = float(figure.get("likely", (low + high) / 2))
    match figure["meaning"]:
        case "min_max_pert":
            width = high - low
            a, b = 1 + 4 * (likely - low) / width, 1 + 4 * (high - likely) / width
            return stats.beta.rvs(a, b, low, width, size=n, random_state=dice)
        case "min_max_triangular":
            return dice.triangular(low, likely, high, n)
        case "range_90_normal":
            return dice.normal((low + high) / 2, (high - low) / (2 * stats.norm.ppf(0.95)), n)
        case "range_90_lognormal":
            return dice.lognormal(np.log(low * high) / 2, np.log(high / low) / (2 * stats.norm.ppf(0.95)), n)
        case "p10_p90_metalog":
            y = dice.random(n)
            logit = np.log(y) - np.log1p(-y)
            bend = float(metalog_bend(*(Decimal(str(one)) for one in (low, likely, high))))
            return likely + (high - low) / (2 * np.log(9)) * logit + bend * (y - 0.5) * logit
    raise ValueError(figure["meaning"])
