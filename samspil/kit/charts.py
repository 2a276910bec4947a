"""Server-drawn charts, each with its table.

A chart is plain SVG with presentation attributes: no script, no style attribute, so it passes a strict
Content-Security-Policy, prints, and goes unchanged into a PDF. Heights and text are fixed in pixels and
widths are shares of the space there is: on a phone the bars get shorter, the words do not get smaller.

Meaning is never carried by colour alone: fills have patterns, values stand in figures beside the bar.
What is not known is drawn as an empty dashed frame with the word "unknown", never as nothing or zero.
"""

import hashlib
import itertools
import re
import textwrap
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Protocol

from babel.core import Locale
from babel.dates import format_date
from babel.numbers import format_decimal, format_percent
from django.utils import translation
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext, pgettext

from samspil.core.months import first_day, number_of

Number = int | float | Decimal
Cell = str | Number | date | None  # None is "unknown"


class Link(str):
    """Words in a cell that lead somewhere, in a form that can hold that; elsewhere they are words."""

    __slots__ = ("url",)
    url: str

    def __new__(cls, words: str, url: str) -> "Link":
        found = super().__new__(cls, words)
        found.url = url
        return found


def url_of(words: str) -> str:
    """Where words lead; nowhere in most cases."""
    return words.url if isinstance(words, Link) else ""


NARROWEST = 288  # px left for a chart on the smallest screen we promise (320 px, or 1280 px at 400 % zoom)
INK, QUIET, RULE, PAPER = "#1d2b2f", "#46575c", "#8a989c", "#ffffff"
ACCENT, TODAY, WARNING = "#0b4f5c", "#a33b12", "#8c1d18"
FACE = "IBM Plex Sans, Segoe UI, Arial, sans-serif"
LABEL_SIZE, SMALL_SIZE, LINE = 15, 13, 20

_LOCALES = {"da": "da_DK", "sv": "sv_SE", "en": "en_GB"}


# --- what a chart is made from ---------------------------------------------------------------


@dataclass(frozen=True)
class Basis:
    """What a published figure rests on. Each part may be unknown; then the chart says so. Where nothing is
    counted, as in a list of dates, there is no number to tell."""

    n: int | None
    source: str | None
    as_of: date | None
    counted: bool = True


@dataclass(frozen=True)
class Bar:
    label: str
    value: Number | None
    low: Number | None = None
    high: Number | None = None


@dataclass(frozen=True)
class Bars:
    """One figure for each of several things; `low` and `high` are the ends of an estimate's interval."""

    title: str
    unit: str
    bars: tuple[Bar, ...]
    basis: Basis


@dataclass(frozen=True)
class Stack:
    """Counts in the order of the chart's parts. One unknown count makes the shares unknown."""

    label: str
    counts: tuple[int | None, ...]


@dataclass(frozen=True)
class StackedBars:
    """How answers divide, as shares of the whole: agree, pass, disagree, say. Two to five parts."""

    title: str
    parts: tuple[str, ...]
    stacks: tuple[Stack, ...]
    basis: Basis
    named: str = ""  # what the stacks are, for the head of the table; without a word, statements
    with_shares: bool = True  # in the table too; the drawing always tells them


@dataclass(frozen=True)
class Moment:
    """Something that happened, or is planned, on a date that may be unknown. `square` tells one kind from the
    other; a `warning` is crossed out and has the colour of warnings."""

    label: str
    on: date | None
    planned: bool = False
    square: bool = False
    warning: bool = False


@dataclass(frozen=True)
class TimeLine:
    """Moments by their dates. Without `today` no day is marked, as on a paper that is read much later."""

    title: str
    moments: tuple[Moment, ...]
    today: date | None
    basis: Basis


@dataclass(frozen=True)
class Panel:
    """One small chart: values for the points of the whole picture, in their order."""

    label: str
    values: tuple[Number | None, ...]


@dataclass(frozen=True)
class SmallMultiples:
    """The same columns for several units side by side, all on one scale."""

    title: str
    unit: str
    points: tuple[str, ...]
    panels: tuple[Panel, ...]
    basis: Basis


class DrawsItself(Protocol):
    """A picture of another module: it draws on the canvas and says the same as a table."""

    @property
    def title(self) -> str: ...
    def draw_on(self, canvas: "Canvas") -> "Table": ...


Picture = Bars | StackedBars | TimeLine | SmallMultiples | DrawsItself


# --- what comes out --------------------------------------------------------------------------


@dataclass(frozen=True)
class Column:
    heading: str
    numeric: bool = False


@dataclass(frozen=True)
class Table:
    """A caption, column headings and rows; the first cell of a row names it. None is "unknown"."""

    caption: str
    columns: tuple[Column | str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: str = ""

    def headings(self) -> tuple[Column, ...]:
        return tuple(c if isinstance(c, Column) else Column(c) for c in self.columns)

    def worded(self, language: str) -> tuple[tuple[str, ...], ...]:
        """The rows as a reader of that language expects to see them."""
        return tuple(tuple(in_words(cell, language) for cell in row) for row in self.rows)


@dataclass(frozen=True)
class Chart:
    """A drawing and the table that says the same."""

    svg: SafeString
    table: Table
    title: str
    description: str
    language: str
    picture: Picture
    rests: tuple[float, ...]  # heights where it may be cut, the last being its own

    @property
    def words(self) -> tuple[tuple[str, ...], ...]:
        """The table's rows in the chart's language, for a template."""
        return self.table.worded(self.language)

    def sheets(self, pixels: int, tallest: int) -> tuple[SafeString, ...]:
        """The same picture for paper of known width, cut between rows where it is taller than a page."""
        drawn = draw(self.picture, self.language, width=pixels)
        edges = _edges(drawn.rests, tallest)
        return tuple(_cut(drawn, pixels, top, end) for top, end in itertools.pairwise(edges))


def _edges(rests: tuple[float, ...], tallest: int) -> list[float]:
    edges, last = [0.0], 0.0
    for rest in rests:
        if rest - edges[-1] > tallest and last > edges[-1]:
            edges.append(last)
        last = rest
    return [*edges, last]


def _cut(drawn: Chart, pixels: int, top: float, end: float) -> SafeString:
    whole = f'width="100%" height="{_n(drawn.rests[-1])}"'
    height = _n(end - top)
    window = f'width="{pixels}" height="{height}" viewBox="0 {_n(top)} {pixels} {height}"'
    return SafeString(drawn.svg.replace(whole, window, 1))  # nosec B703 - escaped or cleaned above


def draw(picture: Picture, language: str, *, width: int = NARROWEST, name: str = "") -> Chart:
    """Draw a picture in a language.

    `width` is the narrowest space, in pixels, in which every word must still be whole. `name` keeps ids
    apart when the very same picture stands twice on a page.
    """
    with translation.override(language):
        canvas = Canvas(language, width, _stem(picture, language, name))
        table, description = _draw_and_describe(picture, canvas)
        canvas.small(table.note, gap=10)
        canvas.y += 4
        canvas.rest()
        svg = canvas.svg(picture.title, description)
    return Chart(svg, table, picture.title, description, language, picture, tuple(canvas.rests))


def _draw_and_describe(picture: Picture, canvas: "Canvas") -> tuple[Table, str]:
    match picture:
        case Bars():
            _draw_bars(picture, canvas)
            table = _bars_table(picture, canvas.language)
        case StackedBars():
            _draw_stacks(picture, canvas)
            table = _stacks_table(picture, canvas.language)
        case TimeLine():
            _draw_time_line(picture, canvas)
            table = _time_table(picture, canvas.language)
        case SmallMultiples():
            _draw_panels(picture, canvas)
            table = _panels_table(picture, canvas.language)
        case _:
            table = picture.draw_on(canvas)
    return table, _description(table, canvas.language)


def _stem(picture: Picture, language: str, name: str) -> str:
    content = repr((picture, language, name)).encode("utf-8", "replace")
    return "chart-" + hashlib.sha256(content).hexdigest()[:12]


# --- words and figures -----------------------------------------------------------------------


def in_words(cell: Cell, language: str) -> str:
    """A cell as text: figures and dates by the reader's custom, None as "unknown"."""
    if cell is None:
        with translation.override(language):
            return gettext("unknown")
    if isinstance(cell, date):
        return day(cell, language)
    return cell if isinstance(cell, str) else figure(cell, language)


def figure(value: Number, language: str) -> str:
    """A number with the separators of the language."""
    return format_decimal(value, locale=locale_of(language))


def day(on: date, language: str, *, in_full: bool = False) -> str:
    """A date such as 4 Mar 2026, or in full 4 March 2026, in the words of the language."""
    return format_date(on, format="long" if in_full else "medium", locale=locale_of(language))


def locale_of(language: str) -> Locale:
    """The locale whose customs figures and dates follow."""
    return Locale.parse(_LOCALES.get(language, language.replace("-", "_")))


def share(part: int, whole: int) -> Decimal:
    """A share in whole per cent, halves upwards."""
    return (Decimal(100) * part / whole).quantize(Decimal(1), ROUND_HALF_UP)


def printable(text: str) -> str:
    """The text without characters that no document format may hold (controls, half surrogates)."""
    return "".join(c for c in text if c in "\n\t" or not _is_unprintable(c))


def _is_unprintable(character: str) -> bool:
    return unicodedata.category(character) in ("Cc", "Cs") or ord(character) & 0xFFFE == 0xFFFE


def basis_line(basis: Basis, language: str) -> str:
    unknown = gettext("unknown")
    told = gettext("n = {n} · Source: {source} · As of {date}")
    if not basis.counted:
        told = gettext("Source: {source} · As of {date}")
    return told.format(
        n=unknown if basis.n is None else figure(basis.n, language),
        source=basis.source or unknown,
        date=unknown if basis.as_of is None else day(basis.as_of, language),
    )


def _description(table: Table, language: str, longest: int = 12) -> str:
    rows = table.worded(language)
    headings = [column.heading for column in table.headings()]
    told = [f"{row[0]}: " + _pairs(headings[1:], row[1:]) for row in rows[:longest]]
    if len(rows) > longest:
        told.append(gettext("The table has all {count} rows").format(count=figure(len(rows), language)))
    return ". ".join([*told, table.note])


def _pairs(headings: Sequence[str], cells: Sequence[str]) -> str:
    return ", ".join(f"{heading} {cell}".strip() for heading, cell in zip(headings, cells, strict=True))


# --- the canvas ------------------------------------------------------------------------------

_NARROW = frozenset("fijlrtI.,:;'!|()[]·- /")
_BROAD = frozenset("mwMWÆŒ@%—…")


def text_width(text: str, size: float) -> float:
    """About how many pixels a text takes; a little generous, so that nothing is cut off."""
    return sum(_em(c) for c in text) * size


def _em(character: str) -> float:
    if character in _NARROW:
        return 0.36
    if character in _BROAD or unicodedata.east_asian_width(character) in "WF":
        return 1.0
    return 0.72 if character.isupper() else 0.62


def wrapped(text: str, width: float, size: float) -> list[str]:
    """The text in lines that fit; a word longer than a line is broken."""
    words = [
        piece
        for word in re.split("[ \t\n]+", printable(text).strip())
        for piece in _pieces(word, width, size)
    ]
    lines = words[:1]
    for word in words[1:]:
        longer = f"{lines[-1]} {word}"
        if text_width(longer, size) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines or [""]


def _pieces(word: str, width: float, size: float) -> list[str]:
    if text_width(word, size) <= width:
        return [word]
    return textwrap.wrap(word, max(1, int(width / size)), break_on_hyphens=False)


@dataclass
class Canvas:
    """Collects shapes from the top down; `y` is where the next line begins."""

    language: str
    width: int
    stem: str
    y: float = 0
    shapes: list[str] = field(default_factory=list)
    patterns: dict[str, str] = field(default_factory=dict)
    rests: list[float] = field(default_factory=list)

    def rest(self) -> None:
        """Here one row has ended and the next not begun."""
        self.rests.append(float(self.y))

    def add(self, tag: str, css: str, **attributes: object) -> None:
        self.shapes.append(_element(tag, css, attributes))

    def words(self, text: str, x: str, y: float, **looks: object) -> None:
        attributes = _element("text", "chart-text", {"x": x, "y": y, "font-size": LABEL_SIZE, **looks})
        self.shapes.append(attributes[:-2] + f">{escape(printable(text))}</text>")

    def small(self, text: str, gap: float = 0) -> None:
        """A paragraph of quiet text over the whole width."""
        self.y += gap
        for line in wrapped(text, self.width, SMALL_SIZE):
            self.y += LINE - 2
            self.words(line, "0", self.y - 4, **{"font-size": SMALL_SIZE, "fill": QUIET})

    def label(self, text: str, beside: str = "") -> None:
        """A row's name on the left and its figure on the right; the name wraps, the figure does not."""
        room = self.width - (text_width(beside, LABEL_SIZE) * 1.1 + 12 if beside else 0)
        fits = room >= self.width * 0.4
        for line in wrapped(text, room if fits else self.width, LABEL_SIZE):
            self.y += LINE
            self.words(line, "0", self.y - 5)
        if beside:
            self.y += 0 if fits else LINE
            self.words(beside, "100%", self.y - 5, **{"text-anchor": "end", "font-weight": 600})

    def rectangle(self, css: str, x: float, width: float, height: float, **looks: object) -> None:
        """A rectangle whose place and width are per cent of the space there is."""
        place = {"x": percent(x), "width": percent(max(width, 0)), "y": self.y, "height": height}
        self.add("rect", css, **place, **looks)

    def unknown(self, height: float, x: float = 0, width: float = 100) -> None:
        looks = {"fill": "none", "stroke": RULE, "stroke-width": 1.5, "stroke-dasharray": "5 4"}
        self.rectangle("chart-unknown", x + 0.3, width - 0.6, height, **looks)

    def upright(self, css: str, x: float, top: float, bottom: float, **looks: object) -> None:
        place = {"x1": percent(x), "x2": percent(x), "y1": top, "y2": bottom}
        self.add("line", css, **place, **{"stroke": INK, "stroke-width": 1.5, **looks})

    def svg(self, title: str, description: str) -> SafeString:
        head = (
            f'<svg xmlns="http://www.w3.org/2000/svg" class="chart" role="img" width="100%"'
            f' height="{_n(self.y)}" aria-labelledby="{self.stem}-title {self.stem}-desc"'
            f' font-family="{FACE}" fill="{INK}">'
            f'<title id="{self.stem}-title">{escape(printable(title))}</title>'
            f'<desc id="{self.stem}-desc">{escape(printable(description))}</desc>'
        )
        patterns = f"<defs>{''.join(self.patterns.values())}</defs>" if self.patterns else ""
        return SafeString(head + patterns + "".join(self.shapes) + "</svg>")  # nosec B703 - escaped or cleaned above


def _element(tag: str, css: str, attributes: dict[str, object]) -> str:
    told = "".join(f' {name}="{escape(_n(value))}"' for name, value in attributes.items())
    return f'<{tag} class="{css}"{told}/>'


def _n(value: object) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)


def percent(value: float) -> str:
    return f"{_n(float(value))}%"


# --- bars ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Scale:
    """Places values between the lowest and the highest, zero always included, as per cent of a width."""

    low: float
    high: float

    def at(self, value: Number) -> float:
        return (float(value) - self.low) / (self.high - self.low) * 100


def scale_over(values: Iterable[Number | None]) -> Scale:
    known = [float(value) for value in values if value is not None]
    low, high = min([0.0, *known]), max([0.0, *known])
    return Scale(low, high if high > low else low + 1)


def _draw_bars(picture: Bars, canvas: Canvas) -> None:
    scale = scale_over(value for bar in picture.bars for value in (bar.value, bar.low, bar.high))
    for bar in picture.bars:
        canvas.label(bar.label, _bar_figure(bar, picture.unit, canvas.language))
        _draw_bar(bar, scale, canvas)
        canvas.y += 14 + 12
        canvas.rest()


def _draw_bar(bar: Bar, scale: Scale, canvas: Canvas) -> None:
    if bar.value is None:
        canvas.unknown(14)
        return
    zero, end = scale.at(0), scale.at(bar.value)
    canvas.rectangle("chart-bar", min(zero, end), abs(end - zero), 14, fill=ACCENT)
    canvas.upright("chart-zero", zero, canvas.y - 2, canvas.y + 16)
    if bar.low is not None and bar.high is not None:
        _draw_interval(scale.at(bar.low), scale.at(bar.high), canvas)


def _draw_interval(low: float, high: float, canvas: Canvas) -> None:
    middle = canvas.y + 7
    for colour, thick in ((PAPER, 5.0), (INK, 2.0)):
        looks = {"stroke": colour, "stroke-width": thick}
        ends = {"x1": percent(low), "x2": percent(high), "y1": middle, "y2": middle}
        canvas.add("line", "chart-interval", **ends, **looks)
        for end in (low, high):
            canvas.upright("chart-interval", end, middle - 5, middle + 5, **looks)


def _bar_figure(bar: Bar, unit: str, language: str) -> str:
    if bar.value is None:
        return gettext("unknown")
    told = f"{figure(bar.value, language)} {unit}".strip()
    if bar.low is None or bar.high is None:
        return told
    return f"{told} ({figure(bar.low, language)} – {figure(bar.high, language)})"


def _bars_table(picture: Bars, language: str) -> Table:
    estimated = any(bar.low is not None or bar.high is not None for bar in picture.bars)
    columns = [Column(pgettext("chart", "What")), Column(picture.unit or gettext("Value"), numeric=True)]
    if estimated:
        columns += [Column(gettext("Low"), numeric=True), Column(gettext("High"), numeric=True)]
    rows = tuple((bar.label, bar.value, *_interval(bar))[: len(columns)] for bar in picture.bars)
    return Table(picture.title, tuple(columns), rows, basis_line(picture.basis, language))


def _interval(bar: Bar) -> tuple[Cell, Cell]:
    """The ends of the interval; a figure given without one is counted, not guessed, and has none."""
    if bar.value is not None and bar.low is None and bar.high is None:
        return "–", "–"
    return bar.low, bar.high


# --- stacked bars ----------------------------------------------------------------------------


@dataclass(frozen=True)
class Fill:
    ground: str
    mark: str = ""
    figure: str = ""


SOLID = Fill(ACCENT)
_UPRIGHTS = Fill("#7fb3b8", ACCENT, "M1 0V8M5 0V8")
_DOTS = Fill("#ece6d8", "#6d6a5f", "M1 2h2v2h-2zM5 6h2v2h-2z")
_LEVELS = Fill("#f0b48c", "#a33b12", "M0 2H8M0 6H8")
SLANTS = Fill("#b9501f", "#ffffff", "M-2 2L2 -2M0 8L8 0M6 10L10 6")
_FILLS = {
    2: (SOLID, SLANTS),
    3: (SOLID, _DOTS, SLANTS),
    4: (SOLID, _UPRIGHTS, _LEVELS, SLANTS),
    5: (SOLID, _UPRIGHTS, _DOTS, _LEVELS, SLANTS),
}


def _draw_stacks(picture: StackedBars, canvas: Canvas) -> None:
    fills = _fills(picture, canvas)
    draw_legend(picture.parts, fills, canvas)
    for stack in picture.stacks:
        _check_stack(stack, picture.parts)
        canvas.y += 8
        canvas.label(stack.label)
        _draw_stack(stack, fills, canvas)
        canvas.y += 20
        canvas.small(_stack_figures(stack, picture.parts, canvas.language))
        canvas.rest()


def _check_stack(stack: Stack, parts: tuple[str, ...]) -> None:
    if len(stack.counts) != len(parts):
        raise ValueError(f"{stack.label!r} has {len(stack.counts)} counts for {len(parts)} parts")


def _fills(picture: StackedBars, canvas: Canvas) -> list[str]:
    """Paint for each part: a plain colour, or a pattern that the canvas defines once."""
    if len(picture.parts) not in _FILLS:
        raise ValueError("A stacked bar has two to five parts")
    return [paint(fill, index, canvas) for index, fill in enumerate(_FILLS[len(picture.parts)])]


def paint(fill: Fill, index: int, canvas: Canvas) -> str:
    if not fill.figure:
        return fill.ground
    name = f"{canvas.stem}-{index}"
    canvas.patterns[name] = (
        f'<pattern id="{name}" width="8" height="8" patternUnits="userSpaceOnUse">'
        f'<rect width="8" height="8" fill="{fill.ground}"/>'
        f'<path d="{fill.figure}" stroke="{fill.mark}" stroke-width="1.5" fill="{fill.mark}"/></pattern>'
    )
    return f"url(#{name})"


def draw_legend(parts: tuple[str, ...], fills: list[str], canvas: Canvas) -> None:
    x = 0.0
    canvas.y += LINE
    for part, fill in zip(parts, fills, strict=True):
        wide = 24 + text_width(part, LABEL_SIZE) + 16
        if x and x + wide - 16 > canvas.width:
            x, canvas.y = 0.0, canvas.y + LINE + 2
        looks = {"fill": fill, "stroke": INK, "stroke-width": 1}
        canvas.add("rect", "chart-key", x=x + 0.5, y=canvas.y - 15.5, width=16, height=12, **looks)
        canvas.words(part, _n(x + 24), canvas.y - 5)
        x += wide
    canvas.y += 2


def _draw_stack(stack: Stack, fills: list[str], canvas: Canvas) -> None:
    known = [count for count in stack.counts if count is not None]
    if len(known) < len(fills) or not sum(known):
        canvas.unknown(18)
        return
    x, total = 0.0, sum(known)
    for index, (count, fill) in enumerate(zip(known, fills, strict=True)):
        wide = count / total * 100
        if count:
            looks = {"fill": fill, "stroke": PAPER, "stroke-width": 1.5}
            canvas.rectangle(f"chart-part chart-part-{index + 1}", x, wide, 18, **looks)
        x += wide


def _stack_figures(stack: Stack, parts: tuple[str, ...], language: str) -> str:
    total = _total(stack)
    counts = [_count_figure(count, total, language) for count in stack.counts]
    told = [f"{part}\u00a0{count}" for part, count in zip(parts, counts, strict=True)]
    return " · ".join([*told, f"n\u00a0=\u00a0{in_words(total, language)}"])


def _count_figure(count: int | None, total: int | None, language: str) -> str:
    if count is None or not total:
        return in_words(count, language)
    ratio = format_percent(share(count, total) / 100, locale=locale_of(language))
    return f"{figure(count, language)}\u00a0({ratio})"


def _total(stack: Stack) -> int | None:
    known = [count for count in stack.counts if count is not None]
    return sum(known) if len(known) == len(stack.counts) else None


def _stacks_table(picture: StackedBars, language: str) -> Table:
    counted = [Column(part, numeric=True) for part in picture.parts]
    shares = [Column(f"{part} (%)", numeric=True) for part in picture.parts if picture.with_shares]
    columns = (Column(picture.named or gettext("Statement")), *counted, *shares, Column("n", numeric=True))
    rows = tuple(_stack_row(stack, picture.with_shares) for stack in picture.stacks)
    return Table(picture.title, columns, rows, basis_line(picture.basis, language))


def _stack_row(stack: Stack, with_shares: bool) -> tuple[Cell, ...]:
    total = _total(stack)
    counts = stack.counts if with_shares else ()
    shares = [share(count, total) if count is not None and total else None for count in counts]
    return (stack.label, *stack.counts, *shares, total)


# --- time line -------------------------------------------------------------------------------


def _draw_time_line(picture: TimeLine, canvas: Canvas) -> None:
    marked = [moment.on for moment in picture.moments] + [picture.today]
    dates = [on for on in marked if on is not None]
    place = _calendar(dates) if dates else None
    canvas.y += (2 if picture.today else 1) * LINE
    if place:
        _draw_ticks(min(dates), max(dates), place, canvas)
    for moment in _in_order(picture.moments):
        _draw_moment(moment, place, canvas)
        if place and moment.on and picture.today:
            _mark_today(place(picture.today), canvas.y - 26, canvas.y - 6, canvas)
        canvas.rest()
    if place and picture.today:
        _name_today(picture.today, place(picture.today), canvas)


def _calendar(dates: Sequence[date]) -> Callable[[date], float]:
    """Where a date stands between the first and the last, as per cent with a little air at both ends."""
    first, last = min(dates).toordinal(), max(dates).toordinal()
    return lambda on: 3 + 94 * (on.toordinal() - first) / max(last - first, 1)


def _in_order(moments: tuple[Moment, ...]) -> list[Moment]:
    return sorted(moments, key=lambda moment: (moment.on is None, moment.on or date.max))


def _draw_ticks(first: date, last: date, place: Callable[[date], float], canvas: Canvas) -> None:
    for tick in _ticks(first, last, place, canvas):
        at = place(tick)
        words = _month_words(tick, canvas)
        canvas.upright("chart-tick", at, canvas.y - 4, canvas.y + 2, stroke=RULE)
        looks = {"font-size": SMALL_SIZE, "fill": QUIET, "text-anchor": _anchor(at)}
        canvas.words(words, percent(at), canvas.y - 8, **looks)
    looks = {"stroke": RULE, "stroke-width": 1.5}
    canvas.add("line", "chart-axis", x1="0", x2="100%", y1=canvas.y, y2=canvas.y, **looks)
    canvas.y += 6


TICK_STEPS = (
    1,
    2,
    3,
    6,
    12,
    24,
    60,
    120,
    240,
    600,
    1200,
    12000,
    36000,
)  # months; the last holds for any dates


def _ticks(first: date, last: date, place: Callable[[date], float], canvas: Canvas) -> list[date]:
    """The first days of months or years: as many as fit beside each other, and no more than four on a
    phone."""
    every = (range(number_of(first) // step * step + step, number_of(last) + 1, step) for step in TICK_STEPS)
    most = max(4, canvas.width // 110)
    found = ([first_day(month) for month in months] for months in every if len(months) <= most)
    return next((days for days in found if not _overlap(days, place, canvas)), [])


def _month_words(tick: date, canvas: Canvas) -> str:
    return format_date(tick, format="MMM y", locale=locale_of(canvas.language))


def _overlap(ticks: Sequence[date], place: Callable[[date], float], canvas: Canvas) -> bool:
    ends = [_reach(place(tick), text_width(_month_words(tick, canvas), SMALL_SIZE), canvas) for tick in ticks]
    return any(before[1] + 8 > after[0] for before, after in itertools.pairwise(ends))


def _reach(at: float, wide: float, canvas: Canvas) -> tuple[float, float]:
    """From where to where words run that stand at a place, in pixels."""
    x = at / 100 * canvas.width
    left = {"start": x, "middle": x - wide / 2, "end": x - wide}[_anchor(at)]
    return left, left + wide


def _anchor(at: float) -> str:
    if at < 20:
        return "start"
    return "end" if at > 80 else "middle"


def _draw_moment(moment: Moment, place: Callable[[date], float] | None, canvas: Canvas) -> None:
    canvas.label(_moment_words(moment, canvas.language))
    middle = canvas.y + 8
    if moment.on is None or place is None:
        canvas.unknown(14)
    else:
        looks = {"stroke": RULE, "stroke-width": 1}
        canvas.add("line", "chart-track", x1="0", x2="100%", y1=middle, y2=middle, **looks)
        _draw_mark(moment, place(moment.on), middle, canvas)
    canvas.y += 14 + 10


def _draw_mark(moment: Moment, at: float, middle: float, canvas: Canvas) -> None:
    """A circle or a square, hollow when planned; a warning is a larger square with a cross in it."""
    colour = WARNING if moment.warning else ACCENT
    looks = {"fill": PAPER if moment.planned or moment.warning else colour, "stroke": colour}
    css = "chart-planned" if moment.planned else "chart-happened"
    if not moment.square:
        canvas.add("circle", css, cx=percent(at), cy=middle, r=6, **looks, **{"stroke-width": 2.5})
        return
    box = {"x": -6, "y": -6, "width": 12, "height": 12, **looks, "stroke-width": 2.5}
    shapes = _element("rect", css, box)
    if moment.warning:
        cross = {"d": "M-6 -6L6 6M-6 6L6 -6", "stroke": colour, "stroke-width": 2.5}
        shapes += _element("path", "chart-cross", cross)
    place = f'x="{percent(at)}" y="{_n(float(middle))}"'
    canvas.shapes.append(f'<svg class="chart-mark" {place} overflow="visible">{shapes}</svg>')


def _moment_words(moment: Moment, language: str) -> str:
    if moment.on is None:
        return gettext("Date unknown: {what}").format(what=moment.label)
    sentence = gettext("{date}, planned: {what}") if moment.planned else gettext("{date}: {what}")
    return sentence.format(date=day(moment.on, language), what=moment.label)


def _mark_today(at: float, top: float, bottom: float, canvas: Canvas) -> None:
    """Today's line is drawn on each track but not between them, where it would cross the words."""
    canvas.upright("chart-today", at, top, bottom, **{"stroke": TODAY, "stroke-width": 2})


def _name_today(today: date, at: float, canvas: Canvas) -> None:
    _mark_today(at, LINE - 2, LINE + 4, canvas)
    _mark_today(at, 2 * LINE - 6, 2 * LINE + 4, canvas)
    words = gettext("Today, {date}").format(date=day(today, canvas.language))
    told = {"text-anchor": _anchor(at), "font-size": SMALL_SIZE, "font-weight": 600, "fill": TODAY}
    canvas.words(words, percent(at), LINE - 6, **told)


def _time_table(picture: TimeLine, language: str) -> Table:
    columns = (Column(pgettext("chart", "What")), Column(gettext("Date")), Column(gettext("Status")))
    rows = tuple((m.label, m.on, _status(m)) for m in _in_order(picture.moments))
    note = basis_line(picture.basis, language)
    if picture.today:
        today = gettext("Today is {date}").format(date=day(picture.today, language))
        note = f"{today} · {note}"
    return Table(picture.title, columns, rows, note)


def _status(moment: Moment) -> str:
    return gettext("planned") if moment.planned else gettext("happened")


# --- small multiples -------------------------------------------------------------------------

_GUTTER, _PANEL_HEIGHT = 4.0, 72.0


def _draw_panels(picture: SmallMultiples, canvas: Canvas) -> None:
    scale = scale_over(value for panel in picture.panels for value in panel.values)
    abreast = max(1, min(4, canvas.width // 140))
    for start in range(0, len(picture.panels), abreast):
        _draw_shelf(picture, picture.panels[start : start + abreast], abreast, scale, canvas)


def _draw_shelf(
    picture: SmallMultiples, panels: Sequence[Panel], abreast: int, scale: Scale, canvas: Canvas
) -> None:
    """One row of panels, each on a small canvas of its own, with their feet on one line."""
    wide = (100 - _GUTTER * (abreast - 1)) / abreast
    drawn = [_drawn_panel(picture, panel, scale, canvas, wide) for panel in panels]
    bottom = canvas.y + max(own.y for own in drawn)
    for index, own in enumerate(drawn):
        canvas.shapes.append(
            f'<svg class="chart-panel" x="{percent(index * (wide + _GUTTER))}" y="{_n(bottom - own.y)}"'
            f' width="{percent(wide)}" height="{_n(own.y)}">{"".join(own.shapes)}</svg>'
        )
    canvas.y = bottom + 14
    canvas.rest()


def _drawn_panel(picture: SmallMultiples, panel: Panel, scale: Scale, canvas: Canvas, wide: float) -> Canvas:
    own = replace(canvas, width=int(canvas.width * wide / 100), y=0, shapes=[], patterns={}, rests=[])
    _draw_panel(picture, panel, scale, own)
    return own


def _draw_panel(picture: SmallMultiples, panel: Panel, scale: Scale, canvas: Canvas) -> None:
    if len(panel.values) != len(picture.points):
        raise ValueError(f"{panel.label!r} has {len(panel.values)} values for {len(picture.points)} points")
    canvas.label(panel.label)
    canvas.small(_last_known(picture, panel, canvas.language))
    canvas.y += 6
    _draw_columns(panel, scale, canvas)
    canvas.y += _PANEL_HEIGHT
    _draw_ends(picture.points, canvas)


def _draw_columns(panel: Panel, scale: Scale, canvas: Canvas) -> None:
    top, step = canvas.y, 100 / max(len(panel.values), 1)
    zero = top + _PANEL_HEIGHT * (1 - scale.at(0) / 100)
    for index, value in enumerate(panel.values):
        x = (index + 0.12) * step
        if value is None:
            canvas.unknown(_PANEL_HEIGHT, x, step * 0.76)
            continue
        end = top + _PANEL_HEIGHT * (1 - scale.at(value) / 100)
        canvas.y = min(zero, end)
        canvas.rectangle("chart-bar", x, step * 0.76, max(abs(end - zero), 1.5), fill=ACCENT)
        canvas.y = top
    looks = {"stroke": INK, "stroke-width": 1.5}
    canvas.add("line", "chart-zero", x1="0", x2="100%", y1=zero, y2=zero, **looks)


def _draw_ends(points: tuple[str, ...], canvas: Canvas) -> None:
    canvas.y += LINE
    looks = {"font-size": SMALL_SIZE, "fill": QUIET}
    half = canvas.width / 2 - 4
    if points:
        canvas.words(wrapped(points[0], half, SMALL_SIZE)[0], "0", canvas.y - 4, **looks)
    if len(points) > 1:
        last = wrapped(points[-1], half, SMALL_SIZE)[0]
        canvas.words(last, "100%", canvas.y - 4, **looks, **{"text-anchor": "end"})


def _last_known(picture: SmallMultiples, panel: Panel, language: str) -> str:
    known = [(p, v) for p, v in zip(picture.points, panel.values, strict=True) if v is not None]
    if not known:
        return gettext("unknown")
    point, value = known[-1]
    return f"{point}: {figure(value, language)} {picture.unit}".strip()


def _panels_table(picture: SmallMultiples, language: str) -> Table:
    columns = (Column(gettext("Unit")), *(Column(point, numeric=True) for point in picture.points))
    rows = tuple((panel.label, *panel.values) for panel in picture.panels)
    return Table(picture.title, columns, rows, basis_line(picture.basis, language))
