"""One way to write a document as PDF, Word, Excel or CSV.

    write(Document("Minutes", "da", [Heading(1, "Budget"), Paragraph("…")]), "pdf")

The same document gives the same bytes: no clock is read and nothing is drawn by lot. Text from people is
never code: not a spreadsheet formula, not markup, not a template.
"""

from dataclasses import dataclass
from typing import Literal

from django.utils import translation
from django.utils.text import slugify

from samspil.kit.charts import Chart, Column, Table
from samspil.kit.exports import as_csv, as_docx, as_pdf, as_xlsx
from samspil.kit.exports.document import (
    AnswerLines,
    Block,
    Bullets,
    Card,
    ChartBlock,
    Definitions,
    Document,
    Heading,
    Metadata,
    Notice,
    PageBreak,
    Paragraph,
    Quote,
    Signatures,
    TableBlock,
)

__all__ = [
    "AnswerLines",
    "Block",
    "Bullets",
    "Card",
    "Chart",
    "ChartBlock",
    "Column",
    "Definitions",
    "Document",
    "Export",
    "Format",
    "Heading",
    "Metadata",
    "Notice",
    "PageBreak",
    "Paragraph",
    "Quote",
    "Signatures",
    "Table",
    "TableBlock",
    "write",
]

Format = Literal["pdf", "docx", "xlsx", "csv"]

_WRITERS = {"pdf": as_pdf.written, "docx": as_docx.written, "xlsx": as_xlsx.written, "csv": as_csv.written}
_CONTENT_TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}


@dataclass(frozen=True)
class Export:
    filename: str
    content_type: str
    bytes: bytes


def write(document: Document, format: Format) -> Export:
    """The document as a file of that format, worded in the document's language."""
    with translation.override(document.language):
        content = _WRITERS[format](document)
    stem = slugify(document.title, allow_unicode=True)[:80].strip("-") or "samspil"
    return Export(f"{stem}.{format}", _CONTENT_TYPES[format], content)
