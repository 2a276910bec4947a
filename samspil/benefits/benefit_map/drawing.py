"""The benefit map as a drawing: four columns, boxes in them, and arrows that help or hinder.

Drawn in its own size and never shrunk, so that words can be read; a small screen moves it sideways. The table
beside it holds every box and every arrow.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from samspil.benefits.words import EFFECTS, KINDS
from samspil.core.benefits.benefit_map import ORDER, Arrow, Effect, Kind, Node, columns
from samspil.kit.charts import ACCENT, INK, PAPER, TODAY, printable, wrapped

BOX, GAP, BETWEEN, EDGE = 190.0, 70.0, 22.0, 8.0
HEAD, LINE, SIZE, PAD = 34.0, 18.0, 14, 10.0
FACE = "IBM Plex Sans, Segoe UI, Arial, sans-serif"
GROUNDS = {
    Kind.SOLUTION: "#ece6d8",
    Kind.CHANGE: "#f6efe0",
    Kind.BENEFIT: "#dcecee",
    Kind.GOAL: "#ffffff",
}


@dataclass(frozen=True)
class Box:
    node: Node
    x: float
    y: float
    lines: tuple[str, ...]

    @property
    def height(self) -> float:
        return len(self.lines) * LINE + 2 * PAD

    @property
    def middle(self) -> float:
        return self.y + self.height / 2


def drawn(nodes: Sequence[Node], arrows: Sequence[Arrow], title: str) -> SafeString:
    """The map as SVG; nothing where nothing is on it."""
    if not nodes:
        return SafeString("")
    boxes = _boxes(nodes, arrows)
    wide = len(ORDER) * BOX + (len(ORDER) - 1) * GAP + 2 * EDGE
    high = max(box.y + box.height for box in boxes.values()) + EDGE
    shapes = [_heading(number, kind) for number, kind in enumerate(ORDER)]
    shapes += [_arrow(one, boxes) for one in arrows]
    shapes += [_box(one) for one in boxes.values()]
    told = ". ".join(_sentences(nodes, arrows))
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="benefit-map" role="img" width="{wide:g}"'
        f' height="{high:g}" viewBox="0 0 {wide:g} {high:g}" aria-labelledby="benefit-map-title'
        f' benefit-map-told" font-family="{FACE}"><title id="benefit-map-title">{escape(title)}</title>'
        f'<desc id="benefit-map-told">{escape(printable(told))}</desc>'
    )
    return SafeString(head + _tips() + "".join(shapes) + "</svg>")  # nosec B703 - escaped or numbers


def _boxes(nodes: Sequence[Node], arrows: Sequence[Arrow]) -> Mapping[str, Box]:
    found: dict[str, Box] = {}
    for number, kind in enumerate(ORDER):
        y = HEAD
        for node in columns(nodes, arrows)[kind]:
            lines = tuple(wrapped(node.title, BOX - 2 * PAD, SIZE))
            found[node.id] = Box(node, EDGE + number * (BOX + GAP), y, lines)
            y += found[node.id].height + BETWEEN
    return found


def _heading(number: int, kind: Kind) -> str:
    x = EDGE + number * (BOX + GAP)
    return (
        f'<text x="{x:g}" y="20" font-size="{SIZE}" font-weight="600" fill="{INK}">'
        f"{escape(str(KINDS[kind]))}</text>"
    )


def _box(box: Box) -> str:
    frame = (
        f'<rect x="{box.x:g}" y="{box.y:g}" width="{BOX:g}" height="{box.height:g}" rx="4"'
        f' fill="{GROUNDS[box.node.kind]}" stroke="{INK}" stroke-width="1.5"/>'
    )
    words = "".join(
        f'<text x="{box.x + PAD:g}" y="{box.y + PAD + LINE * number - 4:g}" font-size="{SIZE}"'
        f' fill="{INK}">{escape(printable(line))}</text>'
        for number, line in enumerate(box.lines, start=1)
    )
    return frame + words


def _arrow(one: Arrow, boxes: Mapping[str, Box]) -> str:
    """A curve from the right side of one box to the left of the next; within a column it goes round."""
    start, end = boxes[one.start], boxes[one.end]
    x1, y1, y2 = start.x + BOX, start.middle, end.middle
    if start.x == end.x:
        x2, bend = end.x + BOX + 4, GAP * 0.6
        y2 = end.y + PAD if y1 < y2 else end.y + end.height - PAD  # beside where its own arrows leave
        path = f"M{x1:g} {y1:g}C{x1 + bend:g} {y1:g} {x2 + bend:g} {y2:g} {x2:g} {y2:g}"
    else:
        x2 = end.x - 4
        bend = (x2 - x1) / 2
        path = f"M{x1:g} {y1:g}C{x1 + bend:g} {y1:g} {x2 - bend:g} {y2:g} {x2:g} {y2:g}"
    hinders = one.effect is Effect.HINDERS
    colour, dashes = (TODAY, ' stroke-dasharray="6 4"') if hinders else (ACCENT, "")
    tip = "benefit-map-hinders" if hinders else "benefit-map-helps"
    return (
        f'<path d="{path}" fill="none" stroke="{colour}" stroke-width="2"{dashes} marker-end="url(#{tip})"/>'
    )


def _tips() -> str:
    """The tips of the arrows: a filled one helps, a hollow one hinders."""
    looks = 'viewBox="0 0 10 10" refX="8" refY="5" markerWidth="7" markerHeight="7" orient="auto"'
    tip = "M0 0L10 5L0 10z"
    return (
        f'<defs><marker id="benefit-map-helps" {looks}><path d="{tip}" fill="{ACCENT}"/></marker>'
        f'<marker id="benefit-map-hinders" {looks}>'
        f'<path d="{tip}" fill="{PAPER}" stroke="{TODAY}" stroke-width="1.5"/></marker></defs>'
    )


def _sentences(nodes: Sequence[Node], arrows: Sequence[Arrow]) -> list[str]:
    titles = {node.id: node.title for node in nodes}
    said = _("“%(start)s” %(effect)s “%(end)s”")
    return [
        said % {"start": titles[one.start], "effect": EFFECTS[one.effect], "end": titles[one.end]}
        for one in arrows
    ]
