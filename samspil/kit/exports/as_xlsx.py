"""A document as an Excel workbook: the text on a first sheet, each table on one of its own.

Text is always written as text, so no cell is ever a formula; figures and dates are real figures and dates.
"""

import io
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

import xlsxwriter
from django.utils.translation import gettext
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from samspil.kit.charts import ACCENT, Cell, Column, Number, Table, in_words, printable
from samspil.kit.exports.document import Block, ChartBlock, Document, PageBreak, TableBlock
from samspil.kit.exports.plain import Line, lines

LONGEST_CELL = 32_767  # units of UTF-16, in which a smiley counts as two; Excel drops what is longer
LARGEST_EXACT = 999_999_999_999_999  # Excel keeps fifteen digits
_NO_CLOCK = datetime(2000, 1, 1, tzinfo=UTC)


def written(document: Document) -> bytes:
    """The workbook. Its creation date is the document's own date, or a fixed one when it has none."""
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(out, options)
    book.set_properties(_properties(document))
    _Sheets(book, document).write()
    book.close()
    return out.getvalue()


def _properties(document: Document) -> dict[str, object]:
    known = document.metadata
    created = datetime.combine(known.date, time(), UTC) if known.date else _NO_CLOCK
    told = {
        "title": document.title,
        "subject": known.subject,
        "author": known.author,
        "company": known.organisation,
    }
    return {name: printable(text) for name, text in told.items()} | {"created": created}


@dataclass
class _Sheets:
    """Fills a workbook sheet by sheet."""

    book: xlsxwriter.Workbook
    document: Document

    def __post_init__(self) -> None:
        wrap = {"text_wrap": True, "valign": "top"}
        self.text = self.book.add_format(wrap)
        self.strong = self.book.add_format({**wrap, "bold": True})
        self.title = self.book.add_format({**wrap, "bold": True, "font_size": 16, "font_color": ACCENT})
        self.heading = self.book.add_format({**wrap, "bold": True, "font_size": 12, "font_color": ACCENT})
        self.header = self.book.add_format(
            {**wrap, "bold": True, "font_color": "#ffffff", "bg_color": ACCENT, "border": 1}
        )
        self.day = self.book.add_format({"valign": "top", "num_format": "yyyy-mm-dd", "align": "left"})
        self.number = self.book.add_format({"valign": "top", "num_format": "#,##0.########"})
        self.whole = self.book.add_format({"valign": "top", "num_format": "#,##0"})
        self.quiet = self.book.add_format({"valign": "top", "italic": True, "font_color": "#46575c"})
        self.names: set[str] = set()

    def write(self) -> None:
        words = [block for block in self.document.blocks if not isinstance(block, (*_TABLES, PageBreak))]
        if words or not self.document.blocks:
            self._text_sheet(words)
        for block in self.document.blocks:
            if isinstance(block, TableBlock | ChartBlock):
                self._table_sheet(block.table if isinstance(block, TableBlock) else block.chart.table)

    def _sheet(self, caption: str) -> Worksheet:
        sheet = self.book.add_worksheet(_sheet_name(caption, self.names))
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.hide_gridlines(2)
        return sheet

    def _text_sheet(self, blocks: Sequence[Block]) -> None:
        sheet = self._sheet(gettext("Document"))
        sheet.set_column(0, 1, 60)
        _text(sheet, 0, 0, self.document.title, self.title)
        row = 2
        for block in blocks:
            for line in lines(block):
                row = self._line(sheet, row, line)

    def _line(self, sheet: Worksheet, row: int, line: Line) -> int:
        """Write a line and say where the next one begins; what is too long for a cell runs on below."""
        form = {"heading": self.heading, "strong": self.strong}.get(line.kind, self.text)
        columns = [_parts(text) for text in line.texts]
        for column, parts in enumerate(columns):
            own = self.strong if line.kind == "pair" and column == 0 else form
            for below, part in enumerate(parts):
                _text(sheet, row + below, column, part, own)
        return row + max(len(parts) for parts in columns)

    def _table_sheet(self, table: Table) -> None:
        """Headings in the first row, so that the table can be sorted, filtered and read by programs."""
        sheet = self._sheet(table.caption)
        headings = table.headings()
        for index, column in enumerate(headings):
            sheet.set_column(index, index, _column_width(table, index, column))
            _text(sheet, 0, index, column.heading, self.header)
        for at, row in enumerate(table.rows, start=1):
            for index, cell in enumerate(row):
                self._cell(sheet, at, index, cell)
        sheet.freeze_panes(1, 1)
        sheet.repeat_rows(0)
        if table.rows and headings:
            sheet.autofilter(0, 0, len(table.rows), len(headings) - 1)
        for below, text in enumerate((table.caption, table.note)):
            _text(sheet, len(table.rows) + 2 + below, 0, text, self.quiet)

    def _cell(self, sheet: Worksheet, row: int, column: int, cell: Cell) -> None:
        if isinstance(cell, date):
            sheet.write_datetime(row, column, datetime.combine(cell, time()), self.day)
        elif isinstance(cell, str) or cell is None or not _fits(cell):
            _text(sheet, row, column, in_words(cell, self.document.language), self.text)
        else:
            form = self.whole if cell == int(cell) else self.number
            sheet.write_number(row, column, float(cell), form)


_TABLES = (TableBlock, ChartBlock)


def _fits(number: Number) -> bool:
    """Whether Excel can hold the number; infinities and very long ones are written as text instead."""
    return math.isfinite(number) and -LARGEST_EXACT <= number <= LARGEST_EXACT


def _text(sheet: Worksheet, row: int, column: int, text: str, form: Format) -> None:
    sheet.write_string(row, column, _parts(text)[0], form)


def _parts(text: str) -> list[str]:
    text = printable(text)
    step = LONGEST_CELL // 2 if any(sign > "\uffff" for sign in text) else LONGEST_CELL
    return [text[i : i + step] for i in range(0, len(text), step)] or [""]


def _column_width(table: Table, index: int, column: Column) -> int:
    longest = max([len(column.heading), *(len(in_words(row[index], "en")) for row in table.rows[:200])])
    return max(10, min(longest + 3, 60))


def _sheet_name(caption: str, taken: set[str]) -> str:
    """A name Excel accepts: up to 31 characters, some of them forbidden, none given twice."""
    cleaned = re.sub(r"[\[\]:*?/\\]", " ", printable(caption)).replace("\n", " ").strip(" '\t")
    plain = "".join(sign for sign in cleaned if sign <= "\uffff")
    stem = plain[:31].strip(" '") or gettext("Table")
    name, number = stem, 2
    while name.casefold() in taken | {"history"}:
        name, number = f"{stem[:26]} {number}", number + 1
    taken.add(name.casefold())
    return name
