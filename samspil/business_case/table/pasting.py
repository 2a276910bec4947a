"""Rows as a spreadsheet copies them: cells parted by tabs, each row on a line of its own."""

import csv
import io
from collections.abc import Mapping, Sequence

from django import forms
from django.utils.translation import gettext_lazy as _

from samspil.business_case.table.columns import Column
from samspil.business_case.table.grid import NEW
from samspil.kit.refusal import Refused


class PasteForm(forms.Form):
    rows = forms.CharField(
        label=_("Rows"),
        help_text=_("Copy the rows in your spreadsheet and paste them here, with or without the headings."),
        strip=False,
        widget=forms.Textarea(attrs={"rows": 12, "wrap": "off", "spellcheck": "false"}),
    )


def rows_of(text: str, columns: Sequence[Column], language: str) -> list[dict[str, str]]:
    """Each row by its columns, in their order or as the headings name them. Empty rows are left out."""
    read = csv.reader(io.StringIO(text.strip("\r\n")), delimiter="\t" if "\t" in text else ";")
    try:
        rows = [[cell.strip() for cell in row] for row in read if any(cell.strip() for cell in row)]
    except csv.Error as fault:
        raise Refused(_("A cell in it is too long. Copy only the rows of the case.")) from fault
    named = _headings(rows[0], columns) if rows else None
    order = named or list(columns)
    return [_row(row, order) for row in (rows[1:] if named else rows)]


def as_sent(rows: Sequence[Mapping[str, str]]) -> dict[str, str]:
    """The rows as the table would send them."""
    return {
        f"{NEW}{number}.{key}": value
        for number, row in enumerate(rows, start=1)
        for key, value in row.items()
    }


def _headings(row: Sequence[str], columns: Sequence[Column]) -> "list[Column | None] | None":
    by_title = {str(one.title).casefold(): one for one in columns}
    found = [by_title.get(cell.casefold()) for cell in row]
    return found if sum(one is not None for one in found) > 1 else None


def _row(cells: Sequence[str], order: "Sequence[Column | None]") -> dict[str, str]:
    pairs = zip(order, cells, strict=False)
    given = {column.key: _value(column, cell) for column, cell in pairs if column and cell}
    return {"title": "", **given}


def _value(column: Column, cell: str) -> str:
    """A choice by its word; what is none of them stays, to be told."""
    wanted = cell.casefold()
    for key, title in (column.choices or {}).items():
        if wanted in (key.casefold(), str(title).casefold()):
            return key
    return cell
