"""A workbook that computes: cells with formulas, each with the value it has now.

Other exports write no formula at all (`as_xlsx`); here they are the point. A formula is written only where
the caller says so: text is text, whatever it begins with. Needs no web and no settings.
"""

import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Protocol

import xlsxwriter
from xlsxwriter.format import Format

from samspil.kit.charts import printable

LONGEST_CELL = 32_767
WIDEST, LINE_HEIGHT, MOST_LINES = 50, 15, 20
FORMS = {
    "text": {"text_wrap": True, "valign": "top"},
    "head": {"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#e6eef0"},
    "money": {"num_format": "#,##0.00", "valign": "top"},
    "number": {"num_format": "#,##0.########", "valign": "top"},
    "factor": {"num_format": "0.0000000000", "valign": "top"},
    "share": {"num_format": "0.00####", "valign": "top"},
    "whole": {"num_format": "#,##0", "valign": "top"},
    "year": {"num_format": "0", "valign": "top", "bold": True},
}
_NO_CLOCK = datetime(2000, 1, 1, tzinfo=UTC)


class Cell(Protocol):
    """A text or number in a form; with a formula the value is what it comes to."""

    @property
    def value(self) -> str | float: ...
    @property
    def form(self) -> str: ...
    @property
    def formula(self) -> str: ...


class Sheet(Protocol):
    @property
    def name(self) -> str: ...
    @property
    def rows(self) -> Sequence[Sequence[Cell | None]]: ...
    @property
    def frozen_rows(self) -> int: ...
    @property
    def frozen_columns(self) -> int: ...


def written(sheets: Iterable[Sheet], title: str) -> bytes:
    """The workbook. The same sheets give the same bytes: its date is fixed."""
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(out, options)
    book.set_properties({"title": printable(title), "created": _NO_CLOCK})
    forms = {name: book.add_format(form) for name, form in FORMS.items()}
    for sheet in sheets:
        _write(book, sheet, forms)
    book.close()
    return out.getvalue()


def _write(book: xlsxwriter.Workbook, sheet: Sheet, forms: Mapping[str, Format]) -> None:
    page = book.add_worksheet(sheet.name)
    page.set_paper(9)
    page.set_landscape()
    page.fit_to_pages(1, 0)
    page.freeze_panes(sheet.frozen_rows, sheet.frozen_columns)
    widths = _widths(sheet)
    for column, width in enumerate(widths):
        page.set_column(column, column, width)
    for at, row in enumerate(sheet.rows):
        page.set_row(at, LINE_HEIGHT * _lines(row, widths))
        for column, cell in enumerate(row):
            if cell is None:
                continue
            if cell.formula:
                page.write_formula(at, column, cell.formula, forms[cell.form], cell.value)
            elif isinstance(cell.value, str):
                page.write_string(at, column, printable(cell.value)[:LONGEST_CELL], forms[cell.form])
            else:
                page.write_number(at, column, cell.value, forms[cell.form])


def _lines(row: Sequence[Cell | None], widths: Sequence[int]) -> int:
    """How many lines its longest text needs: programs other than Excel do not find that out themselves."""
    needed = [
        1 + len(cell.value) // width
        for cell, width in zip(row, widths, strict=False)
        if cell and isinstance(cell.value, str) and not cell.formula
    ]
    return min(MOST_LINES, max(needed, default=1))


def _widths(sheet: Sheet) -> list[int]:
    columns = max((len(row) for row in sheet.rows), default=0)
    widths = [10] * columns
    for row in sheet.rows[:200]:
        for place, cell in enumerate(row):
            if cell is not None:
                longest = len(cell.value) if isinstance(cell.value, str) else 14
                widths[place] = max(widths[place], min(longest + 2, WIDEST))
    return widths
