"""A document as tagged PDF (PDF/UA-1) by Typst.

The template never changes; the document goes in as data, so a title that looks like template code is a
title. Only our own typeface and those inside Typst are used, so pages look the same on every machine.
"""

import functools
import json
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, cast

import typst
from django.utils.translation import gettext

from samspil.kit.charts import ACCENT, INK, QUIET, RULE, Chart, Table, printable, url_of
from samspil.kit.exports.document import (
    Block,
    Bullets,
    Card,
    ChartBlock,
    Definitions,
    Document,
    Heading,
    Notice,
    Paragraph,
    Quote,
    TableBlock,
    column_widths,
    date_below,
    is_short,
    levels,
    paragraphs,
)

_TEMPLATE = Path(__file__).with_name("report.typ")
_FACES = Path(__file__).parent.parent / "static" / "vendor" / "fonts" / "ttf"
_CHART_WIDTH = 640  # px over the 166 mm between the margins: a chart's 15 px become about 11 points
_SMALL_CHART_WIDTH = 860  # the same; they become about 8 points
_CHART_HEIGHT = 800  # px; what is left of a page under a heading
# The faces of report.typ: plain, semibold and italic, for a sign may be missing from one of them.
_PROBE = b"""#set document(title: "x", date: none)
#set text(font: ("IBM Plex Sans", "Libertinus Serif"))
#let sign = sys.inputs.sign
#sign
#text(weight: 600, sign)
#emph(sign)"""
_PUNCTUATION = frozenset("–—‘’“”„•…□")
_LONG_CARD = 1400  # characters; a longer card may run on to the next page instead of off the paper


def written(document: Document) -> bytes:
    try:
        return _compiled(_shown(_data(document), _showable))
    except typst.TypstError:
        return _compiled(_shown(_data(document), _letter_by_letter))


def pictures(chart: Chart) -> list[bytes]:
    """The chart as PNG at print quality, for formats that cannot hold SVG; one or more that fit a page."""
    return [_picture(_showable(sheet)) for sheet in chart.sheets(_CHART_WIDTH, _CHART_HEIGHT)]


def _picture(svg: str) -> bytes:
    source = (
        f"#set page(width: {_CHART_WIDTH}pt, height: auto, margin: 2pt)\n"
        '#image(bytes(sys.inputs.svg), format: "svg", width: 100%)'
    )
    return cast(bytes, typst.compile(source.encode(), format="png", sys_inputs={"svg": svg}, **_fonts()))


def _compiled(data: dict[str, Any]) -> bytes:
    inputs = {"document": json.dumps(data, ensure_ascii=False, sort_keys=True)}
    pdf = typst.compile(_TEMPLATE.read_bytes(), sys_inputs=inputs, pdf_standards="ua-1", **_fonts())
    return cast(bytes, pdf)


def _fonts() -> dict[str, Any]:
    return {"font_paths": _faces(), "ignore_system_fonts": True}


@functools.cache
def _faces() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, font_paths=[str(_FACES)] if _FACES.is_dir() else [])


# --- text that the typefaces can show --------------------------------------------------------


def _showable(text: str) -> str:
    """The text with every sign that no typeface here can draw replaced by its name or an empty box.

    PDF/UA forbids text without a glyph, and one smiley must not cost a committee its minutes.
    """
    text = printable(text)
    strange = {sign for sign in text if _is_strange(sign)}
    return text.translate({ord(sign): _stand_in(sign) for sign in strange if not _has_glyph(sign)})


def _is_strange(sign: str) -> bool:
    return ord(sign) > 0x24F or sign == "\u00ad"


def _letter_by_letter(text: str) -> str:
    """The last resort, for signs that exist alone but not joined, such as a digit in a key cap."""
    text = unicodedata.normalize("NFC", printable(text))
    return "".join(
        sign if not _is_strange(sign) or sign in _PUNCTUATION else _stand_in(sign) for sign in text
    )


@functools.lru_cache(maxsize=20_000)
def _has_glyph(sign: str) -> bool:
    try:
        typst.compile(_PROBE, sys_inputs={"sign": sign}, pdf_standards="ua-1", **_fonts())
    except typst.TypstError:
        return False
    return True


def _stand_in(sign: str) -> str:
    kind = unicodedata.category(sign)
    if kind == "So":
        return f"[{unicodedata.name(sign, 'sign').lower()}]"
    return "" if kind in ("Cf", "Mn", "Me", "Mc", "Sk") else "□"


# --- the document as data --------------------------------------------------------------------


def _data(document: Document) -> dict[str, Any]:
    known = document.metadata
    return {
        "title": _named(document.title),
        "language": document.language,
        "author": known.author or known.organisation,
        "subject": known.subject,
        "organisation": known.organisation,
        "foot": " · ".join(part for part in (known.organisation, known.case_number) if part),
        "date": date_below(document),
        "pages": gettext("Page {page} of {pages}"),
        "seal": f"SHA-256 {known.fingerprint}" if known.fingerprint else "",
        "created": [known.date.year, known.date.month, known.date.day] if known.date else [],
        "looks": {"accent": ACCENT, "ink": INK, "quiet": QUIET, "rule": RULE},
        "blocks": list(_blocks(document)),
    }


def _named(heading: str) -> str:
    """The heading, or a dash when there is nothing to see; PDF/UA forbids a heading without words."""
    seen = any(unicodedata.category(sign)[0] not in "CZ" for sign in _showable(heading))
    return heading if seen else "–"


def _shown(value: Any, show: Callable[[str], str]) -> Any:
    if isinstance(value, str):
        return show(value)
    if isinstance(value, dict):
        return {key: _shown(part, show) for key, part in value.items()}
    return [_shown(part, show) for part in value] if isinstance(value, list | tuple) else value


def _blocks(document: Document) -> Iterator[dict[str, Any]]:
    for block, level in zip(document.blocks, levels(document.blocks), strict=True):
        yield {"kind": type(block).__name__, "level": level, **_fields(block, document.language)}


def _fields(block: Block, language: str) -> dict[str, Any]:
    match block:
        case Heading(text=text):
            return {"text": _named(text)}
        case Paragraph(text=text) | Notice(text=text):
            return {"parts": paragraphs(text), "small": getattr(block, "small", False)}
        case Definitions(pairs=pairs):
            return {"pairs": [(name, text, url_of(text)) for name, text in pairs]}
        case Quote(text=text, by=by):
            return {"parts": paragraphs(text), "by": by, "whole": is_short([text])}
        case TableBlock(table=table):
            return {"table": _table(table, language)}
        case ChartBlock(chart=chart, small=small):
            return _chart(chart, language, _SMALL_CHART_WIDTH if small else _CHART_WIDTH)
        case Card():
            return {
                **vars(block),
                "title": _named(block.title),
                "parts": paragraphs(block.body),
                "breakable": _length(block) > _LONG_CARD,
            }
        case Bullets(items=items):
            return {"items": list(items), "whole": is_short(items)}
    return dict(vars(block))


def _chart(chart: Chart, language: str, width: int) -> dict[str, Any]:
    """The drawing already shows the title and the note, so its table says neither again."""
    table = {**_table(chart.table, language), "caption": "", "note": ""}
    sheets = chart.sheets(width, _CHART_HEIGHT * width // _CHART_WIDTH)
    alts = [chart.description, *(f"{chart.title} ({n}/{len(sheets)})" for n in range(2, len(sheets) + 1))]
    pictures = [{"svg": svg, "alt": alt} for svg, alt in zip(sheets, alts, strict=True)]
    return {"title": chart.title, "pictures": pictures, "table": table}


def _length(card: Card) -> int:
    return (
        len(card.title) + len(card.body) + sum(len(text) for _, text in card.hints) + 60 * card.answer_lines
    )


def _table(table: Table, language: str) -> dict[str, Any]:
    headings, rows = table.headings(), table.worded(language)
    return {
        "caption": table.caption,
        "note": table.note,
        "headings": [column.heading for column in headings],
        "numeric": [column.numeric for column in headings],
        "widths": column_widths(table, language),
        "rows": rows,
        "links": [[url_of(cell) for cell in row] for row in rows],
    }
