"""The pictures of a case: cash flow, how sure it is, what it hangs on, who pays and who gains."""

from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import Any

from django.utils.translation import gettext as _

from samspil.business_case.drawing.told import Told, whole
from samspil.kit.charts import Basis, Chart, Picture, draw
from samspil.kit.spread_charts import Course, Part, Point, Sides, Spread, TwoSides

MOST_INFLUENCES = 10
MOST_PARTS = 14  # of a spread: a table longer than that nobody reads
TAIL = 0.005  # of the draws: what is left out at each end, so that the rest can be seen


def charts(told: Told) -> list[Chart]:
    """All that can be drawn, in the order in which they are read."""
    return [draw(one, told.language) for one in pictures(told)]


def pictures(told: Told) -> Iterator[Picture]:
    if told.is_drawn:
        yield cash_flow(told)
        yield how_sure(told)
        hangs_on = what_it_hangs_on(told)
        if hangs_on:
            yield hangs_on
    yield who_pays(told)


def cash_flow(told: Told) -> Course:
    """Each year's net, and what has come together so far with the band that holds nine draws in ten."""
    points = tuple(
        Point(str(year.year), whole(year.net), whole(band["p5"]), whole(year.cumulated), whole(band["p95"]))
        for year, band in zip(told.mean.years, told.data["by_year"], strict=True)
    )
    parts = (_("Net of the year"), _("Come together so far"), _("Nine in ten draws"))
    return Course(_("Cash flow, not discounted"), told.case.currency, parts, points, _drawn(told))


def how_sure(told: Told) -> Spread:
    """How often the discounted net came out at which amount."""
    found = told.data["distribution"]
    bars = told.data["histogram"]
    under, over = _tail(bars), _tail(bars[::-1])
    parts = tuple(_fewer(bars[under : len(bars) - over]))
    marks = tuple((name, whole(found[key])) for name, key in (("P5", "p5"), ("P50", "p50"), ("P95", "p95")))
    sides = (
        _("Below zero: %(share)s of the draws") % {"share": told.percent(1 - found["p_positive"])},
        _("Above zero: %(share)s") % {"share": told.percent(found["p_positive"])},
    )
    return Spread(
        _("How sure the net present value is"),
        told.case.currency,
        parts,
        marks,
        sides,
        _drawn(told),
        under=sum(bar["draws"] for bar in bars[:under]),
        over=sum(bar["draws"] for bar in bars[len(bars) - over :]),
    )


def _tail(bars: Sequence[dict[str, Any]]) -> int:
    """How many bars at this end hold too little to be seen."""
    seen = accumulate(bar["draws"] for bar in bars)
    most = TAIL * sum(bar["draws"] for bar in bars)
    return sum(1 for so_far in seen if so_far < most)


def _fewer(bars: Sequence[dict[str, Any]]) -> list[Part]:
    """Neighbouring bars put together, until there are as few as a table can hold."""
    together = -(-len(bars) // MOST_PARTS)
    groups = [bars[at : at + together] for at in range(0, len(bars), together)]
    return [
        Part(whole(group[0]["from"]), whole(group[-1]["to"]), sum(bar["draws"] for bar in group))
        for group in groups
    ]


def what_it_hangs_on(told: Told) -> TwoSides | None:
    """The mean net when a figure is among its lowest tenth, and its highest; the widest swing first."""
    found = told.data["sensitivity"][:MOST_INFLUENCES]
    if not found:
        return None
    rows = tuple(
        Sides(
            _influence(told, one),
            whole(one["swing_low"]),
            whole(one["swing_high"]),
            beside=told.percent(one["variance_share"]),
        )
        for one in found
    )
    parts = (_("Net in the tenth where the figure is lowest"), _("Net in the tenth where it is highest"))
    middle = whole(told.data["distribution"]["mean"])
    return TwoSides(
        _("What the result hangs on"), told.case.currency, parts, rows, _drawn(told), middle, "",
        _("Share of the spread"),
    )  # fmt: skip


def _influence(told: Told, one: dict[str, Any]) -> str:
    name = told.name(one["line"])
    return f"{name} ({_('driver')})" if one["shared"] else name


def who_pays(told: Told) -> TwoSides:
    """What each pays and gains over all years, and what that comes to."""
    rows = tuple(
        Sides(
            one.name or _("Nobody named"),
            whole(-one.costs),
            whole(one.benefits),
            whole(one.benefits - one.costs),
        )
        for one in told.mean.accounts
    )
    parts = (_("Pays"), _("Gains"))
    basis = Basis(None, _("the case, every figure at its mean"), told.as_of, counted=False)
    title = _("Who pays, who gains, not discounted")
    return TwoSides(title, told.case.currency, parts, rows, basis, 0, _("Together"))


def _drawn(told: Told) -> Basis:
    return Basis(told.data["draws"], _("draws of this case, all figures at once"), told.as_of)
