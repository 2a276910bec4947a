"""Pictures of amounts and how sure they are: a course over years with its band, a spread, and two sides.

Like all charts each is drawn on the server and comes with its table (`charts`). Heights are fixed, places
across are shares of the width, so that words keep their size on a phone.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import floor, log10

from babel.numbers import format_compact_decimal
from django.utils.translation import gettext, pgettext

from samspil.kit.charts import (
    ACCENT,
    INK,
    LINE,
    PAPER,
    QUIET,
    RULE,
    SLANTS,
    SMALL_SIZE,
    SOLID,
    TODAY,
    Basis,
    Canvas,
    Cell,
    Column,
    Number,
    Scale,
    Table,
    basis_line,
    draw_legend,
    figure,
    locale_of,
    paint,
    percent,
    scale_over,
    text_width,
)

BAND = "#cfe3e6"
PLOT_HEIGHT = 220.0
SPREAD_HEIGHT = 150.0
SHOWN_HEIGHT = 16
WIDEST_GUTTER = 26.0  # per cent left for the figures beside the lines
MOST_LINES = 5  # of the grid


# --- a course: one column for each year, and what has come together so far --------------------------------


@dataclass(frozen=True)
class Point:
    """One year: its own amount, and the low, middle and high of what has come together by its end."""

    label: str
    value: Number
    low: Number
    middle: Number
    high: Number


@dataclass(frozen=True)
class Course:
    """`parts` names the columns, the line through the middles and the band."""

    title: str
    unit: str
    parts: tuple[str, str, str]
    points: tuple[Point, ...]
    basis: Basis

    def draw_on(self, canvas: Canvas) -> Table:
        _draw_course(self, canvas)
        return _course_table(self, canvas.language)


def _draw_course(picture: Course, canvas: Canvas) -> None:
    values = [one for point in picture.points for one in (point.value, point.low, point.middle, point.high)]
    scale = scale_over(values)
    draw_legend(picture.parts, [paint(SOLID, 0, canvas), TODAY, BAND], canvas)
    top = canvas.y + LINE
    gutter = _draw_grid(scale, top, PLOT_HEIGHT, canvas)
    place, step = _places(gutter, len(picture.points))
    height = _heights(scale, top, PLOT_HEIGHT)
    _draw_band(picture.points, gutter, top, height, canvas)
    _draw_course_columns(picture.points, place, step, height, canvas)
    for edge in ("low", "high"):
        ends = [height(getattr(one, edge)) for one in picture.points]
        _draw_path(place, ends, canvas, "chart-edge", {"stroke": ACCENT, "stroke-dasharray": "4 3"})
    middles = [height(one.middle) for one in picture.points]
    _draw_path(place, middles, canvas, "chart-middle", {"stroke": TODAY, "stroke-width": 2.5})
    for at, end in enumerate(middles):
        looks = {"fill": TODAY, "stroke": PAPER, "stroke-width": 1}
        canvas.add("circle", "chart-point", cx=percent(place(at)), cy=end, r=4, **looks)
    _draw_zero(gutter, height(0), canvas)
    canvas.y = top + PLOT_HEIGHT
    _draw_names([one.label for one in picture.points], place, canvas)
    canvas.rest()


def _draw_band(
    points: Sequence[Point], gutter: float, top: float, height: Callable[[Number], float], canvas: Canvas
) -> None:
    """The band as one shape on a small canvas that is stretched to the width there is."""
    wide = 1000 / max(len(points), 1)
    across = [(at + 0.5) * wide for at in range(len(points))]
    above = [f"{x:.1f},{height(one.high) - top:.1f}" for x, one in zip(across, points, strict=True)]
    below = [f"{x:.1f},{height(one.low) - top:.1f}" for x, one in zip(across, points, strict=True)]
    canvas.shapes.append(
        f'<svg class="chart-band" x="{percent(gutter)}" y="{top:g}" width="{percent(100 - gutter)}"'
        f' height="{PLOT_HEIGHT:g}" viewBox="0 0 1000 {PLOT_HEIGHT:g}" preserveAspectRatio="none">'
        f'<polygon points="{" ".join([*above, *reversed(below)])}" fill="{BAND}"/></svg>'
    )


def _draw_course_columns(
    points: Sequence[Point],
    place: Callable[[float], float],
    step: float,
    height: Callable[[Number], float],
    canvas: Canvas,
) -> None:
    zero = height(0)
    for at, one in enumerate(points):
        end = height(one.value)
        canvas.y = min(zero, end)
        left = place(at) - step * 0.22
        looks = {"fill": ACCENT, "stroke": PAPER, "stroke-width": 1}
        canvas.rectangle("chart-bar", left, step * 0.44, max(abs(end - zero), 1.5), **looks)


def _draw_path(
    place: Callable[[float], float],
    ends: Sequence[float],
    canvas: Canvas,
    css: str,
    looks: dict[str, object],
) -> None:
    for at, (one, other) in enumerate(pairwise(ends)):
        ways = {"x1": percent(place(at)), "x2": percent(place(at + 1)), "y1": one, "y2": other}
        canvas.add("line", css, **ways, **{"stroke-width": 1.5, **looks})


def _course_table(picture: Course, language: str) -> Table:
    unit = f" ({picture.unit})" if picture.unit else ""
    low = gettext("{what}: low").format(what=picture.parts[2])
    high = gettext("{what}: high").format(what=picture.parts[2])
    heads = (picture.parts[0] + unit, low, picture.parts[1], high)
    columns: tuple[Column | str, ...] = (
        gettext("Year"),
        *(Column(head, numeric=True) for head in heads),
    )
    rows = tuple((one.label, one.value, one.low, one.middle, one.high) for one in picture.points)
    return Table(picture.title, columns, rows, basis_line(picture.basis, language))


# --- a spread: how often which amount came out --------------------------------------------------------------


@dataclass(frozen=True)
class Part:
    """How many of the draws came out from `low` up to `high`."""

    low: Number
    high: Number
    count: int


@dataclass(frozen=True)
class Spread:
    """`marks` are amounts worth telling, each with its name. `sides`: what lies below zero, what above.
    `under` and `over` are the draws that lie further out than is drawn."""

    title: str
    unit: str
    parts: tuple[Part, ...]
    marks: tuple[tuple[str, Number], ...]
    sides: tuple[str, str]
    basis: Basis
    under: int = 0
    over: int = 0

    def draw_on(self, canvas: Canvas) -> Table:
        _draw_spread(self, canvas)
        return _spread_table(self, canvas.language)


def _draw_spread(picture: Spread, canvas: Canvas) -> None:
    fills = [paint(SLANTS, 1, canvas), paint(SOLID, 0, canvas)]
    draw_legend(picture.sides, fills, canvas)
    scale = Scale(float(picture.parts[0].low), float(picture.parts[-1].high))
    if scale.high <= scale.low:
        scale = Scale(scale.low - 1, scale.high + 1)
    canvas.y += 4
    marks_begin = canvas.y
    top = canvas.y + LINE * len(picture.marks) + 6
    most = max((one.count for one in picture.parts), default=0) or 1
    for one in picture.parts:
        tall = SPREAD_HEIGHT * one.count / most
        canvas.y = top + SPREAD_HEIGHT - tall
        left, right = scale.at(one.low), scale.at(one.high)
        looks = {"fill": fills[_middle(one) >= 0], "stroke": PAPER, "stroke-width": 1}
        canvas.rectangle("chart-bar", left, right - left, tall, **looks)
    foot = top + SPREAD_HEIGHT
    for number, (_name, value) in enumerate(picture.marks, start=1):
        looks = {"stroke": TODAY, "stroke-width": 2}
        canvas.upright("chart-mark", scale.at(value), marks_begin + number * LINE - LINE + 4, foot, **looks)
    canvas.y = marks_begin
    for name, value in picture.marks:
        _name_mark(f"{name}: {figure(value, canvas.language)}", scale.at(value), canvas)
    canvas.add("line", "chart-axis", x1="0", x2="100%", y1=foot, y2=foot, stroke=INK, **{"stroke-width": 1.5})
    canvas.y = foot
    _draw_amounts(scale, canvas)
    if picture.under or picture.over:
        further = gettext("Further out than is drawn: {under} draws below, {over} above.")
        numbers = (figure(one, canvas.language) for one in (picture.under, picture.over))
        canvas.small(further.format(**dict(zip(("under", "over"), numbers, strict=True))), gap=4)
    canvas.rest()


def _middle(one: Part) -> float:
    return (float(one.low) + float(one.high)) / 2


def _name_mark(words: str, at: float, canvas: Canvas) -> None:
    """The name of a mark on a line of its own, beside where the mark stands."""
    canvas.y += LINE
    wide = text_width(words, SMALL_SIZE) / canvas.width * 100
    anchor = "start" if at + wide < 98 else "end"
    aside = at + (1.2 if anchor == "start" else -1.2)
    halo = {"stroke": PAPER, "stroke-width": 4, "paint-order": "stroke"}  # a line may pass behind the words
    looks = {"font-size": SMALL_SIZE, "font-weight": 600, "fill": TODAY, "text-anchor": anchor, **halo}
    canvas.words(words, percent(aside), canvas.y - 5, **looks)


def _draw_amounts(scale: Scale, canvas: Canvas) -> None:
    """Round amounts under the axis, as many as fit."""
    canvas.y += LINE
    for value in _round_steps(scale, max(4, canvas.width // 90)):
        at = scale.at(value)
        canvas.upright("chart-tick", at, canvas.y - LINE, canvas.y - LINE + 5, stroke=RULE)
        anchor = "start" if at < 8 else "end" if at > 92 else "middle"
        looks = {"font-size": SMALL_SIZE, "fill": QUIET, "text-anchor": anchor}
        canvas.words(_short(value, canvas.language), percent(at), canvas.y - 2, **looks)
    canvas.y += 4


def _spread_table(picture: Spread, language: str) -> Table:
    columns = (
        gettext("From – to"),
        Column(gettext("Draws"), numeric=True),
        Column(gettext("Share (%)"), numeric=True),
    )
    told = [
        (f"{figure(one.low, language)} – {figure(one.high, language)}", one.count) for one in picture.parts
    ]
    ends = (figure(picture.parts[0].low, language), figure(picture.parts[-1].high, language))
    if picture.under:
        told.insert(0, (gettext("under {amount}").format(amount=ends[0]), picture.under))
    if picture.over:
        told.append((gettext("over {amount}").format(amount=ends[1]), picture.over))
    total = sum(count for _range, count in told) or 1
    rows = tuple((words, count, round(100 * count / total, 1)) for words, count in told)
    return Table(picture.title, columns, rows, basis_line(picture.basis, language))


# --- two sides of one middle: what pulls down and what pulls up ---------------------------------------------


@dataclass(frozen=True)
class Sides:
    """A row with an amount on each side and, where there is one, what it comes to together."""

    label: str
    one: Number
    other: Number
    net: Number | None = None
    beside: str = ""


@dataclass(frozen=True)
class TwoSides:
    """Rows that reach from `middle` to an amount on each side. `parts` names the two, `net` their sum, and
    `beside` what is told of each row besides."""

    title: str
    unit: str
    parts: tuple[str, str]
    rows: tuple[Sides, ...]
    basis: Basis
    middle: Number = 0
    net: str = ""
    beside: str = ""

    def draw_on(self, canvas: Canvas) -> Table:
        _draw_sides(self, canvas)
        return _sides_table(self, canvas.language)


def _draw_sides(picture: TwoSides, canvas: Canvas) -> None:
    fills = [paint(SLANTS, 0, canvas), paint(SOLID, 1, canvas)]
    draw_legend(picture.parts, fills, canvas)
    if picture.net:
        _draw_net_key(picture.net, canvas)
    ends = [end for row in picture.rows for end in (row.one, row.other, row.net) if end is not None]
    low, high = (pick([float(picture.middle), *map(float, ends)]) for pick in (min, max))
    aside = 0.02 * (high - low) or 1  # so that a mark at the end is whole
    scale = Scale(low - aside, high + aside)
    for row in picture.rows:
        canvas.y += 6
        canvas.label(row.label, _told(row, canvas.language))
        for end, fill in ((row.one, fills[0]), (row.other, fills[1])):
            _draw_side(scale, picture.middle, end, fill, canvas)
        middle = scale.at(picture.middle)
        canvas.upright("chart-zero", middle, canvas.y - 2, canvas.y + SHOWN_HEIGHT + 2)
        if row.net is not None:
            _draw_net(scale.at(row.net), canvas)
        canvas.y += SHOWN_HEIGHT + 6
        canvas.rest()


def _draw_side(scale: Scale, middle: Number, end: Number, fill: str, canvas: Canvas) -> None:
    left, right = sorted((scale.at(middle), scale.at(end)))
    if right > left:
        looks = {"fill": fill, "stroke": INK, "stroke-width": 0.75}
        canvas.rectangle("chart-bar", left, right - left, SHOWN_HEIGHT, **looks)


def _draw_net(at: float, canvas: Canvas) -> None:
    middle = canvas.y + SHOWN_HEIGHT / 2
    looks = {"fill": PAPER, "stroke": INK, "stroke-width": 2.5}
    canvas.add("circle", "chart-net", cx=percent(at), cy=middle, r=5.5, **looks)


def _draw_net_key(words: str, canvas: Canvas) -> None:
    canvas.y += LINE + 2
    looks = {"fill": PAPER, "stroke": INK, "stroke-width": 2.5}
    canvas.add("circle", "chart-key", cx=8.5, cy=canvas.y - 9.5, r=5.5, **looks)
    canvas.words(words, "24", canvas.y - 5)
    canvas.y += 2


def _told(row: Sides, language: str) -> str:
    if row.net is not None:
        return figure(row.net, language)
    return f"{figure(row.one, language)} / {figure(row.other, language)}"


def _sides_table(picture: TwoSides, language: str) -> Table:
    unit = f" ({picture.unit})" if picture.unit else ""
    heads = [*(part + unit for part in picture.parts)]
    heads += [picture.net] if picture.net else []
    heads += [picture.beside] if picture.beside else []
    rows = tuple(_sides_row(picture, row) for row in picture.rows)
    columns: tuple[Column | str, ...] = (
        pgettext("chart", "What"),
        *(Column(head, numeric=True) for head in heads),
    )
    return Table(picture.title, columns, rows, basis_line(picture.basis, language))


def _sides_row(picture: TwoSides, row: Sides) -> tuple[Cell, ...]:
    cells: list[Cell] = [row.label, row.one, row.other]
    cells += [row.net] if picture.net else []
    cells += [row.beside] if picture.beside else []
    return tuple(cells)


# --- the ground they are drawn on ---------------------------------------------------------------------------


def _draw_grid(scale: Scale, top: float, tall: float, canvas: Canvas) -> float:
    """Lines across at round amounts, each named on the left; gives the per cent that the names take."""
    values = _round_steps(scale, MOST_LINES)
    words = {value: _short(value, canvas.language) for value in values}
    widest = max((text_width(one, SMALL_SIZE) for one in words.values()), default=0) + 10
    gutter = min(WIDEST_GUTTER, 100 * widest / canvas.width)
    height = _heights(scale, top, tall)
    for value, told in words.items():
        at = height(value)
        ends = {"x1": percent(gutter), "x2": "100%", "y1": at, "y2": at}
        canvas.add("line", "chart-grid", **ends, **{"stroke": RULE, "stroke-width": 0.75})
        canvas.words(told, "0", at + 4, **{"font-size": SMALL_SIZE, "fill": QUIET})
    return gutter


def _draw_zero(gutter: float, at: float, canvas: Canvas) -> None:
    looks = {"stroke": INK, "stroke-width": 1.5}
    canvas.add("line", "chart-zero", x1=percent(gutter), x2="100%", y1=at, y2=at, **looks)


def _heights(scale: Scale, top: float, tall: float) -> Callable[[Number], float]:
    return lambda value: top + tall * (1 - scale.at(value) / 100)


def _places(gutter: float, count: int) -> tuple[Callable[[float], float], float]:
    """Where the middle of each column stands, and how far it is from one to the next."""
    step = (100 - gutter) / max(count, 1)
    return (lambda at: gutter + (at + 0.5) * step), step


def _draw_names(names: Sequence[str], place: Callable[[float], float], canvas: Canvas) -> None:
    """As many names as fit beside each other, at even distances."""
    canvas.y += LINE
    widest = max((text_width(name, SMALL_SIZE) for name in names), default=0) + 8
    between = (place(1) - place(0)) / 100 * canvas.width
    every = max(1, -int(-widest // between)) if between else 1
    for at in range(0, len(names), every):
        looks = {"font-size": SMALL_SIZE, "fill": QUIET, "text-anchor": "middle"}
        canvas.words(names[at], percent(place(at)), canvas.y - 3, **looks)
    canvas.y += 2


def _round_steps(scale: Scale, most: int) -> list[float]:
    """Amounts such as 0, 50, 100 between low and high: as many as there may be, and no more."""
    width = scale.high - scale.low
    power = 10.0 ** floor(log10(width / most)) if width > 0 else 1.0
    steps: Iterable[float] = (power * factor for factor in (1, 2, 5, 10, 20, 50, 100))
    for step in steps:
        first, last = -floor(-scale.low / step + 1e-9), floor(scale.high / step + 1e-9)
        if last - first + 1 <= most:
            return [number * step for number in range(int(first), int(last) + 1)]
    return [0.0]


def _short(value: float, language: str) -> str:
    """A round amount; millions in few letters."""
    number = round(value, 6) + 0.0
    if abs(number) < 1_000_000:
        return figure(number, language)
    return str(format_compact_decimal(number, locale=locale_of(language), fraction_digits=2))
