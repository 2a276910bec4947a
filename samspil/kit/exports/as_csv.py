"""A document as CSV: UTF-8 with byte-order mark, semicolons where the decimal sign is a comma.

A cell that a spreadsheet would take for a formula gets an apostrophe in front (the guard OWASP describes
under "CSV injection"). Figures and dates are ours and stay as they are.
"""

import csv
import io
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from samspil.kit.charts import Cell, Table, in_words, printable
from samspil.kit.exports.document import Block, ChartBlock, Document, TableBlock
from samspil.kit.exports.plain import lines

_STARTS_FORMULA = tuple("=+-@\t\r\n＝＋－＠﹢﹣﹫")
_IGNORED_BEFORE_FORMULA = " \u00a0\u200b\u2060\ufeff"


def written(document: Document) -> bytes:
    """A document that is one table becomes just that table; any other is written in reading order."""
    out = io.StringIO(newline="")
    separator = "," if document.language == "en" else ";"
    writer = csv.writer(out, delimiter=separator, lineterminator="\r\n")
    writer.writerows(_rows(document))
    return out.getvalue().encode("utf-8-sig")


def guarded(text: str) -> str:
    """The text, made harmless for a program that runs cells as formulas."""
    text = printable(text.replace("\r\n", "\n").replace("\r", "\n"))
    bare = text.lstrip(_IGNORED_BEFORE_FORMULA)
    return f"'{text}" if bare.startswith(_STARTS_FORMULA) else text


def _rows(document: Document) -> Iterator[list[str]]:
    only = document.blocks[0] if len(document.blocks) == 1 else None
    if isinstance(only, TableBlock):
        yield from _table_rows(only.table, document.language)
        return
    yield [guarded(document.title)]
    for block in document.blocks:
        yield from _block_rows(block, document.language)


def _block_rows(block: Block, language: str) -> Iterator[list[str]]:
    if isinstance(block, TableBlock | ChartBlock):
        table = block.table if isinstance(block, TableBlock) else block.chart.table
        yield [guarded(table.caption)]
        yield from _table_rows(table, language)
        yield from [[guarded(table.note)]] if table.note else []
        return
    for line in lines(block):
        yield [guarded(text) for text in line.texts]


def _table_rows(table: Table, language: str) -> Iterator[list[str]]:
    yield [guarded(column.heading) for column in table.headings()]
    for row in table.rows:
        yield [_cell(cell, language) for cell in row]


def _cell(cell: Cell, language: str) -> str:
    """Figures without thousands separators and dates as year-month-day: made to be read by programs."""
    match cell:
        case str():
            return guarded(cell)
        case None:
            return in_words(cell, language)
        case date():
            return cell.isoformat()
    figure = f"{cell:f}" if isinstance(cell, Decimal) else str(cell)
    return figure if language == "en" else figure.replace(".", ",")
