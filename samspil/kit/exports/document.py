"""What can stand in a document, whatever file it becomes: plain values and the order they are read in."""

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from samspil.kit.charts import Chart, Column, Table, day


@dataclass(frozen=True)
class Heading:
    level: int
    text: str


@dataclass(frozen=True)
class Paragraph:
    """Running text; an empty line begins a new paragraph. `small`: to look up rather than to read."""

    text: str
    small: bool = False


@dataclass(frozen=True)
class Bullets:
    items: Sequence[str]


@dataclass(frozen=True)
class Definitions:
    """Names and what they stand for: place, time, present, absent."""

    pairs: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class TableBlock:
    table: Table


@dataclass(frozen=True)
class ChartBlock:
    """A drawing with its table. `small`: drawn small, so that both fit on a page with more."""

    chart: Chart
    small: bool = False


@dataclass(frozen=True)
class Quote:
    text: str
    by: str = ""


@dataclass(frozen=True)
class Notice:
    """One remark the reader must not miss, such as that minutes are not yet approved."""

    text: str


@dataclass(frozen=True)
class AnswerLines:
    """Ruled lines to write on by hand."""

    count: int
    label: str = ""


@dataclass(frozen=True)
class Card:
    """A question to discuss: what is asked, in plain words, hints under their labels, room to write.

    `brief`: one of many to choose from, set small and without a frame.
    """

    title: str
    body: str = ""
    hints: Sequence[tuple[str, str]] = ()
    topic: str = ""
    answer_lines: int = 0
    brief: bool = False


@dataclass(frozen=True)
class Signatures:
    """A line for each person who signs."""

    names: Sequence[str]


@dataclass(frozen=True)
class PageBreak:
    pass


Block = (
    Heading
    | Paragraph
    | Bullets
    | Definitions
    | TableBlock
    | ChartBlock
    | Quote
    | Notice
    | AnswerLines
    | Card
    | Signatures
    | PageBreak
)


@dataclass(frozen=True)
class Metadata:
    """What is known about the document itself. Its date is handed in; no clock is read.

    `fingerprint` stands at the foot of every page: the hash of what was signed.
    """

    author: str = ""
    subject: str = ""
    organisation: str = ""
    case_number: str = ""
    date: datetime.date | None = None
    fingerprint: str = ""


@dataclass(frozen=True)
class Document:
    title: str
    language: str
    blocks: Sequence[Block]
    metadata: Metadata = field(default_factory=Metadata)


_SHORT, _LINE = 1000, 60  # letters; a line that is begun counts as one that is full


def is_short(texts: Sequence[str]) -> bool:
    """Whether texts that belong together are to stand on one page; what may fill a page may be parted."""
    return sum(len(text) + _LINE * (1 + text.count("\n")) for text in texts) <= _SHORT


def date_below(document: Document) -> str:
    """The document's date in full; nothing where the title says it already."""
    known = document.metadata.date
    words = day(known, document.language, in_full=True) if known else ""
    return "" if words in document.title.replace("\u00a0", " ") else words


def levels(blocks: Sequence[Block]) -> list[int]:
    """For each block the level its heading gets; none is skipped, and a card stands under the last heading.

    Screen readers move by headings, and PDF/UA refuses a level that comes from nowhere.
    """
    found, deepest = [], 0
    for block in blocks:
        if isinstance(block, Heading):
            deepest = max(1, min(block.level, deepest + 1, 6))
        found.append(min(deepest + 1, 6) if isinstance(block, Card) else deepest)
    return found


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a text: parts between empty lines, without the empty ones."""
    parts = text.replace("\r\n", "\n").replace("\r", "\n").split("\n\n")
    return [part.strip("\n") for part in parts if part.strip()]


def column_widths(table: Table, language: str) -> list[float]:
    """Each column's share of the page, with 1 for the whole width."""
    rows = table.worded(language)
    needs = [_need(column, [row[i] for row in rows]) for i, column in enumerate(table.headings())]
    return [need / sum(needs) for need in needs]


LONGEST_FIGURE = 22
NARROWEST = 6  # letters: two figures stay together in whatever typeface a reader has


def _need(column: Column, cells: list[str]) -> float:
    """What the longest word takes, and more the more there is to say. A figure is one word, whatever parts
    its thousands, and is never broken."""
    texts = [column.heading, *cells]
    longest_word = max((len(word) for text in texts for word in re.split("[ \t\n]+", text)), default=1)
    if column.numeric:
        return max(min(longest_word, LONGEST_FIGURE) + 3, NARROWEST)
    longest_text = max(len(text) for text in texts)
    return max(min(longest_word, 16) + 2, NARROWEST) + min(longest_text, 120) / 4
