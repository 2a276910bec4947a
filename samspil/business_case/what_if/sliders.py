"""What if: the figures a case hangs on as sliders. Nothing is drawn, nothing is stored."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from samspil.business_case.results import Standing
from samspil.core.business_case.case import Case as CoreCase
from samspil.core.business_case.exact import to_the_ore
from samspil.core.business_case.mean_case import MeanCase, discount_factors, mean_case
from samspil.core.business_case.what_if import with_factors

LOWEST, USUAL, HIGHEST, STEP = 50, 100, 150, 5
MOST = 12


@dataclass(frozen=True)
class Slider:
    """A line or a shared figure, and at how many percent of today's figure it stands."""

    ref: str
    title: str
    percent: int
    shared: bool
    present_value: Decimal | None


def sliders_of(standing: Standing, asked: Mapping[str, str]) -> list[Slider]:
    """The shared figures, then the lines that weigh most."""
    mean = standing.mean
    if mean is None or standing.content is None:
        return []
    titles = {one.ref: str(one) for one in standing.parts}
    moving = {ref for one in mean.lines for ref in one.line.drivers}
    shared = [
        Slider(one.id, titles[one.id], _percent(asked, one.id), True, None)
        for one in standing.content.drivers
        if one.id in moving
    ]
    heavy = sorted(mean.lines, key=lambda one: (-abs(one.present_value), one.line.id))
    lines = [
        Slider(
            one.line.id,
            titles[one.line.id],
            _percent(asked, one.line.id),
            False,
            to_the_ore(one.present_value),
        )
        for one in heavy
        if one.line.quantities
    ]
    return [*shared, *lines][:MOST]


def then(content: CoreCase, sliders: Sequence[Slider]) -> MeanCase:
    """The mean case with the sliders where they stand."""
    factors = {one.ref: Decimal(one.percent) / 100 for one in sliders if one.percent != USUAL}
    return mean_case(with_factors(content, factors))


def for_the_script(content: CoreCase, mean: MeanCase, sliders: Sequence[Slider]) -> dict[str, object]:
    """What the script needs to follow a slider at once: each line's worth in each year, and what moves it."""
    known = {one.ref for one in sliders}
    factors = [float(one) for one in discount_factors(content)]
    rows = []
    for one in mean.lines:
        moved = [ref for ref in (one.line.id, *one.line.drivers) if ref in known]
        shares = [float(one.line.share_by_year.get(year, 0)) for year in content.all_years]
        rows.append({"full": float(one.at_full_effect), "shares": shares, "moved": moved})
    return {
        "lines": rows,
        "factors": factors,
        "years": list(content.all_years),
        "discounted": content.payback.value == "discounted",
    }


def _percent(asked: Mapping[str, str], ref: str) -> int:
    typed = asked.get(ref, "")
    return min(max(int(typed), 0), 1_000) if typed.isdecimal() and len(typed) < 6 else USUAL
