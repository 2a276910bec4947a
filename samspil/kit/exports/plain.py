"""A document's text blocks as plain lines, for formats that have rows and no typography."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from samspil.kit.exports.document import (
    AnswerLines,
    Block,
    Bullets,
    Card,
    Definitions,
    Heading,
    Notice,
    Paragraph,
    Quote,
    Signatures,
    paragraphs,
)


@dataclass(frozen=True)
class Line:
    """The texts that stand side by side, and how much they weigh on the page."""

    texts: tuple[str, ...]
    kind: Literal["heading", "strong", "text", "pair"] = "text"


def lines(block: Block) -> Iterator[Line]:
    """Every word of a text block, in reading order. Tables and charts have rows of their own."""
    match block:
        case Heading(text=text):
            yield Line((text,), "heading")
        case Paragraph(text=text) | Notice(text=text):
            yield from (Line((part,)) for part in paragraphs(text))
        case Bullets(items=items):
            yield from (Line((f"• {item}",)) for item in items)
        case Definitions(pairs=pairs):
            yield from (Line((name, text), "pair") for name, text in pairs)
        case Quote():
            yield Line((f"“{block.text}”",))
            yield from [Line((f"— {block.by}",))] if block.by else []
        case Card():
            yield from _card_lines(block)
        case AnswerLines(label=text):
            yield from [Line((text,), "strong")] if text else []
        case Signatures(names=names):
            yield from (Line((name,)) for name in names)


def _card_lines(card: Card) -> Iterator[Line]:
    if card.topic:
        yield Line((card.topic,), "strong")
    yield Line((card.title,), "heading")
    yield from (Line((part,)) for part in paragraphs(card.body))
    yield from (Line((label, text), "pair") for label, text in card.hints)
