"""The map as a drawing and as the table that says the same. Each dot stands for several people."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from samspil.involvement.results.models import letter_of
from samspil.involvement.results.reading import Reading, group_name, number, people
from samspil.kit.charts import Basis, Cell, Chart, Column, SmallMultiples, Table

WIDE, HIGH, EDGE = 640.0, 480.0, 48.0
COLOURS = ("#0b4f5c", "#b9501f", "#5b3f8c", "#33691e", "#7a5c00")
GREY, PALE, PAPER = "#6f7d81", "#e7e3da", "#ffffff"
FACE = "IBM Plex Sans, Segoe UI, Arial, sans-serif"
MOST_OF_THEM = 0.9  # of a group lie inside its area
Point = tuple[float, float]


@dataclass(frozen=True)
class Dot:
    """Where it is drawn, for how many people, of which group (0: none)."""

    at: Point
    people: int
    group: int


@dataclass(frozen=True)
class MapChart(Chart):
    """The map among the charts: a picture that is never cut."""

    def sheets(self, pixels: int, tallest: int) -> tuple[SafeString, ...]:
        return (self.svg,)


def drawn(reading: Reading, language: str) -> MapChart | None:
    """The map with its table; nothing where there is no map."""
    dots = _placed(reading.release["dots"])
    if not dots:
        return None
    title = _("Where people stand")
    table, told = _table(reading, dots), ". ".join(_sentences(reading, dots))
    picture = SmallMultiples(title, "", (), (), Basis(reading.participants, None, None))
    return MapChart(_svg(dots, title, told), table, title, told, language, picture, (0.0, HIGH))


def _placed(dots: Sequence[Mapping[str, Any]]) -> list[Dot]:
    """On paper: both directions on one scale, the whole of it in the middle."""
    if not dots:
        return []
    left, right = min(one["x"] for one in dots), max(one["x"] for one in dots)
    low, high = min(one["y"] for one in dots), max(one["y"] for one in dots)
    scale = min((WIDE - 2 * EDGE) / ((right - left) or 1.0), (HIGH - 2 * EDGE) / ((high - low) or 1.0))
    x, y = WIDE / 2 - scale * (left + right) / 2, HIGH / 2 + scale * (low + high) / 2
    return [
        Dot((x + one["x"] * scale, y - one["y"] * scale), one["people"], one["group"] or 0) for one in dots
    ]


# --- the drawing -----------------------------------------------------------------------------------------


def _svg(dots: Sequence[Dot], title: str, told: str) -> SafeString:
    numbers = sorted({dot.group for dot in dots} - {0})
    areas = [_area(_inner([dot for dot in dots if dot.group == one]), one) for one in numbers]
    shapes = [_shape(dot) for dot in sorted(dots, key=lambda dot: (dot.group > 0, -dot.people, dot.at))]
    names = [_name([dot for dot in dots if dot.group == one], one) for one in numbers]
    head = (
        '<svg xmlns="http://www.w3.org/2000/svg" class="opinion-map" role="img"'
        f' viewBox="0 0 {WIDE:g} {HIGH:g}" aria-labelledby="opinion-map-title opinion-map-told"'
        f' font-family="{FACE}"><title id="opinion-map-title">{escape(title)}</title>'
        f'<desc id="opinion-map-told">{escape(told)}</desc>'
        f'<rect width="{WIDE:g}" height="{HIGH:g}" fill="{PAPER}"/>'
    )
    return SafeString(head + _cuts() + "".join([*areas, *shapes, *names]) + "</svg>")  # nosec B703 - escaped or numbers


def _cuts() -> str:
    """Thin lines between the nine parts that words and table name."""
    looks = f'stroke="{GREY}" stroke-width="1" stroke-dasharray="3 5"'
    upright = "".join(
        f'<line x1="{WIDE * at / 3:.1f}" x2="{WIDE * at / 3:.1f}" y1="0" y2="{HIGH:g}" {looks}/>'
        for at in (1, 2)
    )
    across = "".join(
        f'<line y1="{HIGH * at / 3:.1f}" y2="{HIGH * at / 3:.1f}" x1="0" x2="{WIDE:g}" {looks}/>'
        for at in (1, 2)
    )
    return upright + across


def colour(group: int) -> str:
    return COLOURS[(group - 1) % len(COLOURS)] if group else GREY


def _inner(dots: Sequence[Dot]) -> list[Dot]:
    """The dots nearest the middle of a group, with nine of ten of its people."""
    middle, everybody = _middle(dots), sum(dot.people for dot in dots)
    kept: list[Dot] = []
    for dot in sorted(dots, key=lambda dot: (math.dist(dot.at, middle), dot.at)):
        if sum(one.people for one in kept) < MOST_OF_THEM * everybody:
            kept.append(dot)
    return kept


def _middle(dots: Sequence[Dot]) -> Point:
    weight = sum(dot.people for dot in dots)
    x, y = (sum(dot.at[way] * dot.people for dot in dots) / weight for way in (0, 1))
    return x, y


def _area(dots: Sequence[Dot], group: int) -> str:
    corners = _hull([dot.at for dot in dots])
    path = "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in corners) + "Z"
    looks = f'fill="{colour(group)}" stroke="{colour(group)}" stroke-width="28" stroke-linejoin="round"'
    dashes = ' stroke-linecap="round"'
    return f'<path class="map-area" d="{path}" {looks}{dashes} opacity="0.12"/>'


def _hull(points: Sequence[Point]) -> list[Point]:
    """The corners of the smallest convex area that holds all points."""
    ordered = sorted(set(points))
    if len(ordered) < 3:
        return ordered
    return [*_half(ordered)[:-1], *_half(ordered[::-1])[:-1]]


def _half(points: Sequence[Point]) -> list[Point]:
    found: list[Point] = []
    for point in points:
        while len(found) > 1 and _turns_right(found[-2], found[-1], point):
            found.pop()
        found.append(point)
    return found


def _turns_right(a: Point, b: Point, c: Point) -> bool:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]) <= 0


def mark(group: int) -> SafeString:
    """A dot of a group for the legend."""
    head = '<svg width="18" height="18" viewBox="0 0 18 18" aria-hidden="true" focusable="false">'
    return SafeString(f"{head}{_shape(Dot((9.0, 9.5), 16, group))}</svg>")  # nosec B703 - numbers alone


def _shape(dot: Dot) -> str:
    """Circles, squares, triangles and diamonds, for those who tell no colours apart."""
    (x, y), size = dot.at, 2.0 + 1.3 * math.sqrt(dot.people)
    if not dot.group:
        place = f'cx="{x:.1f}" cy="{y:.1f}" r="{size:.1f}"'
        return f'<circle {place} fill="{PALE}" stroke="{GREY}" stroke-width="1"/>'
    looks = f'fill="{colour(dot.group)}" stroke="{PAPER}" stroke-width="1"'
    path = (_circle, _square, _triangle, _diamond)[(dot.group - 1) % 4](x, y, size)
    return f'<path d="{path}" {looks}/>'


def _circle(x: float, y: float, size: float) -> str:
    half = f"a{size:.1f} {size:.1f} 0 1 0"
    return f"M{x - size:.1f} {y:.1f}{half} {2 * size:.1f} 0{half} {-2 * size:.1f} 0z"


def _square(x: float, y: float, size: float) -> str:
    half = size * 0.88
    return f"M{x - half:.1f} {y - half:.1f}h{2 * half:.1f}v{2 * half:.1f}h{-2 * half:.1f}z"


def _triangle(x: float, y: float, size: float) -> str:
    return f"M{x:.1f} {y - 1.2 * size:.1f}l{1.1 * size:.1f} {2 * size:.1f}h{-2.2 * size:.1f}z"


def _diamond(x: float, y: float, size: float) -> str:
    far = 1.25 * size
    return f"M{x:.1f} {y - far:.1f}l{far:.1f} {far:.1f}l{-far:.1f} {far:.1f}l{-far:.1f} {-far:.1f}z"


def _name(dots: Sequence[Dot], group: int) -> str:
    x, y = _middle(dots)
    place = f'x="{x:.1f}" y="{y + 11:.1f}" font-size="32" font-weight="600" text-anchor="middle"'
    halo = f'stroke="{PAPER}" stroke-width="6" paint-order="stroke" stroke-linejoin="round"'
    return f'<text {place} fill="{colour(group)}" {halo}>{letter_of(group)}</text>'


# --- the same in words -----------------------------------------------------------------------------------


def _sentences(reading: Reading, dots: Sequence[Dot]) -> Iterator[str]:
    for group in sorted({dot.group for dot in dots} - {0}):
        yield _whereabouts(group, [dot for dot in dots if dot.group == group])
    apart = sum(dot.people for dot in dots if not dot.group)
    if apart and reading.k:
        yield _("Without a group: %(people)s") % {"people": people(apart)}
    elif apart:
        yield _("%(people)s, in no groups") % {"people": people(apart)}


def _whereabouts(group: int, dots: Sequence[Dot]) -> str:
    """The part of the map with most of a group, and how many of it stand there."""
    everybody = sum(dot.people for dot in dots)
    counts = {part: sum(dot.people for dot in dots if _part(dot.at) == part) for part in _places()}
    part = max(counts, key=lambda one: counts[one])
    if 2 * counts[part] > everybody:
        told = _("%(group)s: %(people)s, most of them %(place)s (%(here)s of %(all)s)")
    else:
        told = _("%(group)s: %(people)s, more of them %(place)s than in any other part (%(here)s of %(all)s)")
    return told % {
        "group": group_name(group),
        "people": people(everybody),
        "place": _places()[part],
        "here": number(counts[part]),
        "all": number(everybody),
    }


def _place(at: Point) -> str:
    """The part of the map a point lies in, in words."""
    return _places()[_part(at)]


def _part(at: Point) -> tuple[int, int]:
    """Which of nine equal parts: its row and its column."""
    return _third(at[1], HIGH), _third(at[0], WIDE)


def _third(value: float, whole: float) -> int:
    return min(2, max(0, int(3 * value / whole)))


def _places() -> dict[tuple[int, int], str]:
    return {
        (0, 0): _("up to the left"),
        (0, 1): _("at the top"),
        (0, 2): _("up to the right"),
        (1, 0): _("to the left"),
        (1, 1): _("in the middle"),
        (1, 2): _("to the right"),
        (2, 0): _("down to the left"),
        (2, 1): _("at the bottom"),
        (2, 2): _("down to the right"),
    }


def _table(reading: Reading, dots: Sequence[Dot]) -> Table:
    """How many people of each group stand in each part of the map."""
    groups = [*range(1, reading.k + 1), *([0] if any(not dot.group for dot in dots) else [])]
    columns = [
        Column(_("Part of the map")),
        *(Column(_column(one, reading.k), numeric=True) for one in groups),
    ]
    rows: list[tuple[Cell, ...]] = []
    for part, name in _places().items():
        here = [dot for dot in dots if _part(dot.at) == part]
        if here:
            sums = [sum(dot.people for dot in here if dot.group == one) for one in groups]
            rows.append((name[:1].upper() + name[1:], *sums))
    return Table(_("People in each part of the map"), tuple(columns), tuple(rows))


def _column(group: int, k: int) -> str:
    return group_name(group) if group else _("Without a group") if k else _("People")


def dots_of(reading: Reading) -> list[dict[str, Any]]:
    """Every dot as the map has it, for the list below it."""
    named = [
        (group_name(one["group"]) if one["group"] else _("Without a group"))
        for one in reading.release["dots"]
    ]
    return [
        {"group": name, "place": _place(dot.at), **one}
        for name, dot, one in zip(
            named, _placed(reading.release["dots"]), reading.release["dots"], strict=True
        )
    ]
