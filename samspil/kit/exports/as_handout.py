"""What is printed and handed out with a QR code on it: a poster, slips to cut out, sheets to answer on.

Tagged PDF (PDF/UA-1) from one Typst template, like documents; the words come in as data.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, cast

import typst

from samspil.kit.charts import ACCENT, INK, QUIET, RULE
from samspil.kit.exports.as_pdf import _fonts, _letter_by_letter, _showable, _shown
from samspil.kit.exports.qr import svg_of

_TEMPLATE = Path(__file__).with_name("handout.typ")


@dataclass(frozen=True)
class Handout:
    """What every piece says: whose it is, what it is about, where to go and until when."""

    language: str
    organisation: str
    title: str
    text: str  # why, in a few sentences
    scan: str  # what to do with the QR code
    alt: str  # what the QR code is, for whoever cannot see it
    facts: Sequence[tuple[str, str]] = ()
    small: str = ""


@dataclass(frozen=True)
class Piece:
    """One poster, slip or sheet: where its QR code leads, and what is typed instead."""

    address: str
    typed: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Answers:
    """The lines of a sheet, each with its number, and the words of the boxes to tick."""

    how: str
    boxes: Sequence[str]
    lines: Sequence[tuple[int, str]]


def poster(handout: Handout, piece: Piece) -> bytes:
    return _written("poster", handout, [piece])


def slips(handout: Handout, pieces: Sequence[Piece]) -> bytes:
    """Eight to a page, to cut apart."""
    return _written("slips", handout, pieces)


def sheets(handout: Handout, pieces: Sequence[Piece], answers: Answers) -> bytes:
    """One sheet a piece, with the same lines on each."""
    return _written("sheets", handout, pieces, asdict(answers))


def _written(
    kind: str, handout: Handout, pieces: Sequence[Piece], answers: dict[str, Any] | None = None
) -> bytes:
    data = {
        **asdict(handout),
        "kind": kind,
        "answers": answers or {},
        "looks": {"accent": ACCENT, "ink": INK, "quiet": QUIET, "rule": RULE},
    }
    codes = [{"typed": [list(pair) for pair in one.typed], "svg": svg_of(one.address)} for one in pieces]
    try:
        return _compiled({**_shown(data, _showable), "pieces": codes})
    except typst.TypstError:
        return _compiled({**_shown(data, _letter_by_letter), "pieces": codes})


def _compiled(data: dict[str, Any]) -> bytes:
    inputs = {"handout": json.dumps(data, ensure_ascii=False, sort_keys=True)}
    pdf = typst.compile(_TEMPLATE.read_bytes(), sys_inputs=inputs, pdf_standards="ua-1", **_fonts())
    return cast(bytes, pdf)
