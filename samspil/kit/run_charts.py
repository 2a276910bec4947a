"""A run chart: figures by their days, what they are held against, and what happened meanwhile.

Drawn like the other charts (`charts`, `spread_charts`): heights are fixed, places across are shares of the
width. The scale need not begin at zero: what counts is the way from the starting point to the target.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from django.utils.translation import gettext, pgettext

from samspil.kit.charts import (
    ACCENT,
    INK,
    LABEL_SIZE,
    LINE,
    PAPER,
    QUIET,
    RULE,
    SMALL_SIZE,
    TODAY,
    Basis,
    Canvas,
    Cell,
    Column,
    Number,
    Scale,
    Table,
    basis_line,
    day,
    figure,
    percent,
)

PLOT_HEIGHT = 200.0
EDGE = 4.0  # per cent of air at both ends
STROKES = ("7 4", "2 4", "1 0")


@dataclass(frozen=True)
class RunPoint:
    """A figure of a day, with the ends of its interval where it is a sample."""

    on: date
    value: Number
    low: Number | None = None
    high: Number | None = None


@dataclass(frozen=True)
class HeldAgainst:
    """Something the figures are held against, as a line across: the starting point, a target."""

    label: str
    value: Number


@dataclass(frozen=True)
class RunMark:
    """Something that happened on a day."""

    label: str
    on: date


@dataclass(frozen=True)
class RunChart:
    """At most three lines to hold the figures against; each has a stroke of its own."""

    title: str
    unit: str
    points: tuple[RunPoint, ...]
    lines: tuple[HeldAgainst, ...]
    marks: tuple[RunMark, ...]
    basis: Basis

    def draw_on(self, canvas: Canvas) -> Table:
        _draw(self, canvas)
        return _table(self, canvas.language)


def _draw(picture: RunChart, canvas: Canvas) -> None:
    scale, place = _scale(picture), _calendar(picture)
    for line, stroke in zip(picture.lines, STROKES, strict=False):
        _name_line(line, stroke, picture.unit, canvas)
    for number, mark in enumerate(picture.marks, start=1):
        _name_mark(number, mark, canvas)
    top = canvas.y + LINE + 4

    def height(value: Number) -> float:
        return top + PLOT_HEIGHT * (1 - scale.at(value) / 100)

    for number, mark in enumerate(picture.marks, start=1):
        _draw_mark(number, place(mark.on), top, canvas)
    for line, stroke in zip(picture.lines, STROKES, strict=False):
        looks = {"stroke": TODAY, "stroke-width": 2, "stroke-dasharray": stroke}
        ends = {"x1": "0", "x2": "100%", "y1": height(line.value), "y2": height(line.value)}
        canvas.add("line", "chart-target", **ends, **looks)
    for one in picture.points:
        _draw_interval(one, place(one.on), height, canvas)
    for before, after in pairwise(picture.points):
        across = {"x1": percent(place(before.on)), "x2": percent(place(after.on))}
        down = {"y1": height(before.value), "y2": height(after.value)}
        canvas.add("line", "chart-run", **across, **down, **{"stroke": ACCENT, "stroke-width": 2})
    for one in picture.points:
        looks = {"fill": ACCENT, "stroke": PAPER, "stroke-width": 1.5}
        canvas.add("circle", "chart-point", cx=percent(place(one.on)), cy=height(one.value), r=5, **looks)
    _draw_ends(picture, top, canvas)
    canvas.y = top + PLOT_HEIGHT + LINE + 4
    canvas.rest()


def _scale(picture: RunChart) -> Scale:
    values = [float(one.value) for one in picture.points] + [float(line.value) for line in picture.lines]
    values += [float(end) for one in picture.points for end in (one.low, one.high) if end is not None]
    low, high = min(values, default=0.0), max(values, default=1.0)
    air = (high - low) * 0.08 or abs(high) * 0.1 or 1.0
    return Scale(low - air, high + air)


def _calendar(picture: RunChart) -> Callable[[date], float]:
    days = [on.toordinal() for on in _days(picture)]
    first, last = min(days, default=0), max(days, default=1)
    return lambda on: EDGE + (100 - 2 * EDGE) * (on.toordinal() - first) / max(last - first, 1)


def _days(picture: RunChart) -> list[date]:
    """Every day that something stands on, each once, the first one first."""
    return sorted({one.on for one in picture.points} | {mark.on for mark in picture.marks})


def _name_line(line: HeldAgainst, stroke: str, unit: str, canvas: Canvas) -> None:
    """A piece of the line, its name, and the value it stands for."""
    canvas.y += LINE
    looks = {"stroke": TODAY, "stroke-width": 2, "stroke-dasharray": stroke}
    canvas.add("line", "chart-key", x1=0, x2=26, y1=canvas.y - 10, y2=canvas.y - 10, **looks)
    words = f"{line.label}: {figure(line.value, canvas.language)} {unit}".strip()
    canvas.words(words, "34", canvas.y - 5, **{"font-size": SMALL_SIZE + 1})


def _name_mark(number: int, mark: RunMark, canvas: Canvas) -> None:
    canvas.y += LINE
    _number(number, "10", canvas.y - 10, canvas)
    words = f"{day(mark.on, canvas.language)}: {mark.label}"
    canvas.words(words, "34", canvas.y - 5, **{"font-size": SMALL_SIZE + 1})


def _draw_mark(number: int, at: float, top: float, canvas: Canvas) -> None:
    looks = {"stroke": RULE, "stroke-width": 1.5, "stroke-dasharray": "3 4"}
    canvas.upright("chart-phase", at, top, top + PLOT_HEIGHT, **looks)
    _number(number, percent(at), top - 8, canvas)


def _number(number: int, x: str, y: float, canvas: Canvas) -> None:
    canvas.add("circle", "chart-number", cx=x, cy=y, r=9, fill=QUIET)
    looks = {"font-size": SMALL_SIZE - 1, "font-weight": 600, "fill": PAPER, "text-anchor": "middle"}
    canvas.words(str(number), x, y + 4.5, **looks)


def _draw_interval(one: RunPoint, at: float, height: Callable[[Number], float], canvas: Canvas) -> None:
    if one.low is None or one.high is None:
        return
    looks = {"stroke": ACCENT, "stroke-width": 5, "stroke-opacity": 0.35}
    canvas.upright("chart-interval", at, height(one.high), height(one.low), **looks)


def _draw_ends(picture: RunChart, top: float, canvas: Canvas) -> None:
    """The axis with its first and its last day."""
    foot = top + PLOT_HEIGHT
    canvas.add(
        "line", "chart-axis", x1="0", x2="100%", y1=foot, y2=foot, **{"stroke": INK, "stroke-width": 1.5}
    )
    days = _days(picture)
    looks = {"font-size": SMALL_SIZE, "fill": QUIET}
    if days:
        canvas.words(day(days[0], canvas.language), "0", foot + LINE, **looks)
    if len(days) > 1:
        canvas.words(day(days[-1], canvas.language), "100%", foot + LINE, **looks, **{"text-anchor": "end"})
    if not picture.points:
        told = {"font-size": LABEL_SIZE, "fill": QUIET, "text-anchor": "middle"}
        canvas.words(gettext("Nothing has been measured yet"), "50%", top + PLOT_HEIGHT / 2, **told)


def _table(picture: RunChart, language: str) -> Table:
    """Everything that is drawn, by its day; lines across have none."""
    sampled = any(one.low is not None for one in picture.points)
    columns: tuple[Column | str, ...] = (
        gettext("Date"),
        pgettext("chart", "What"),
        Column(picture.unit or gettext("Value"), numeric=True),
        *((Column(gettext("Low"), numeric=True), Column(gettext("High"), numeric=True)) if sampled else ()),
    )
    rows: list[tuple[Cell, ...]] = [("–", line.label, line.value, "–", "–") for line in picture.lines]
    dated: list[tuple[date, tuple[Cell, ...]]] = [
        (one.on, (one.on, gettext("Measured"), one.value, *_ends(one))) for one in picture.points
    ]
    dated += [(mark.on, (mark.on, mark.label, "–", "–", "–")) for mark in picture.marks]
    rows += [row for _on, row in sorted(dated, key=lambda pair: pair[0])]
    return Table(
        picture.title,
        columns,
        tuple(row[: len(columns)] for row in rows),
        basis_line(picture.basis, language),
    )


def _ends(one: RunPoint) -> tuple[Cell, Cell]:
    return ("–", "–") if one.low is None or one.high is None else (one.low, one.high)
