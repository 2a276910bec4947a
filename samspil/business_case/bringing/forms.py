"""Choosing a spreadsheet, and saying what its sheets and columns mean."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samspil.business_case.bringing.words import OTHERWISE, USES, YEARS
from samspil.core.business_case.brought.columns import BY_USE, COLUMNS
from samspil.core.business_case.brought.mapping import (
    FIRST_ROW,
    LOOKED_THROUGH,
    SheetMapping,
    column_for,
    headings,
    rows,
)
from samspil.core.business_case.workbook import WORDS
from samspil.kit.sheets.reader import Table
from samspil.organisation.lists.words import language

SAMPLES = 3
MOST_HEADINGS = 40
LONGEST = 40  # letters of a cell that is shown as a sample
KINDS = ("cost", "benefit")
CLASSES = ("cashable", "reallocation", "qualitative")
MEANINGS = ("min_max_pert", "min_max_triangular", "p10_p90_metalog", "range_90_lognormal", "range_90_normal")

SAID_ONCE = ("kind", "worth", "meaning", "years", "otherwise", "source")


class BringForm(forms.Form):
    """The field is called as the reader of files calls it when it refuses one."""

    files = forms.FileField(  # type: ignore[assignment]
        label=_("File"), help_text=_("One XLSX or CSV file, up to 10 MB, without a password and macros.")
    )


class TakeOverForm(forms.Form):
    """What was seen."""

    seen = forms.CharField(widget=forms.HiddenInput, max_length=64)


class SheetForm(forms.Form):
    """How one sheet is read. Its columns are shown under the use and the headings that were settled last."""

    def __init__(self, data: Any, *, table: Table, mapping: SheetMapping, years: range, number: int) -> None:
        super().__init__(data, prefix=f"sheet{number}")
        self.table, self.mapping, self.years = table, mapping, years
        self.fields["use"] = _chosen(
            _("What stands on this sheet?"), _spoken(USES), mapping.use, needed=False
        )
        self.fields["head"] = forms.TypedChoiceField(
            label=_("Which row has the headings?"),
            choices=list(_heads(table)),
            coerce=int,
            initial=mapping.head,
        )
        if mapping.use:
            self._ask_of_columns()
            self._ask_of_all_rows()

    def _ask_of_columns(self) -> None:
        self.columns = [
            (f"column{at}", heading, _samples(self.table, self.mapping.head, at))
            for at, heading in enumerate(headings(self.table, self.mapping.head)[:MOST_HEADINGS])
            if heading.strip()
        ]
        choices = _columns(self.mapping.use, self.years, self.mapping)
        for name, heading, _cells in self.columns:
            at = int(name.removeprefix("column"))
            field = _chosen(heading, choices, self.mapping.columns.get(at, ""), needed=False)
            self.fields[name] = field

    def _ask_of_all_rows(self) -> None:
        one = self.mapping
        if one.use == "lines":
            self.fields["kind"] = _every_row(_("Cost or benefit?"), KINDS, one.kind)
            self.fields["worth"] = _every_row(_("Which class?"), CLASSES, one.worth)
            self.fields["years"] = _chosen(
                _("What stands under a year?"), _spoken(YEARS), one.years, needed=False
            )
            self.fields["otherwise"] = _chosen(
                _("Where no year is told, it falls in"), _spoken(OTHERWISE), one.otherwise, needed=False
            )
        self.fields["meaning"] = _every_row(_("What do low and high mean?"), MEANINGS, one.meaning)
        self.fields["source"] = forms.CharField(
            label=_("Source, where a row names none"), required=False, max_length=200, initial=one.source
        )

    @property
    def column_fields(self) -> Iterator[tuple[Any, str, list[str]]]:
        """Each column of the file: what it is taken for, its heading, and what stands in its first rows."""
        return ((self[name], heading, cells) for name, heading, cells in getattr(self, "columns", ()))

    @property
    def other_fields(self) -> list[Any]:
        return [self[name] for name in SAID_ONCE if name in self.fields]

    def settled(self) -> SheetMapping:
        """How the sheet is read from now on. Another use or another row of headings is guessed anew."""
        facts = self.cleaned_data
        if (facts["use"], facts["head"]) != (self.mapping.use, self.mapping.head):
            return _guessed_anew(self.table, self.mapping, facts["use"], facts["head"])
        if not facts["use"]:
            return self.mapping
        columns = {
            int(name.removeprefix("column")): facts[name]
            for name, _heading, _cells in self.columns
            if facts.get(name)
        }
        told = {key: facts[key] for key in SAID_ONCE if key in facts}
        told["years"] = facts.get("years") or self.mapping.years
        return replace(self.mapping, columns=columns, **told)

    def clean(self) -> dict[str, Any]:
        facts = super().clean() or {}
        taken: dict[str, str] = {}
        for name, heading, _cells in getattr(self, "columns", ()):
            key = facts.get(name)
            if key and key in taken:
                self.add_error(name, gettext("“%(other)s” is taken for the same.") % {"other": taken[key]})
            elif key:
                taken[key] = heading
        return facts


def _chosen(
    label: Any, choices: Sequence[tuple[str, Any]], initial: str, *, needed: bool = True
) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=choices, initial=initial, required=needed)


def _every_row(label: Any, keys: Sequence[str], initial: str) -> forms.ChoiceField:
    """One of these for all rows, unless each row says it."""
    choices = [("", gettext("each row says it")), *((key, gettext(WORDS[key])) for key in keys)]
    return _chosen(label, choices, initial, needed=False)


def _spoken(words: Any) -> list[tuple[str, Any]]:
    return list(words.items())


def _columns(use: str, years: range, mapping: SheetMapping) -> list[tuple[str, str]]:
    named = [(key, COLUMNS[key].heading(language())) for key in BY_USE[use]]
    if use != "lines":
        return [("", gettext("not used")), *named]
    every = sorted({*years, *mapping.year_columns.values()})
    return [("", gettext("not used")), *named, *((str(year), str(year)) for year in every)]


def _heads(table: Table) -> Iterator[tuple[int, str]]:
    """The first rows of a sheet, each by what stands in it."""
    yield FIRST_ROW, _in_short(table.headings)
    for row in table.rows[:LOOKED_THROUGH]:
        yield row.number, f"{row.number}: {_in_short(row.cells)}"


def _in_short(cells: Sequence[Any]) -> str:
    said = [str(cell)[:LONGEST] for cell in cells if cell is not None and str(cell).strip()]
    return " · ".join(said[:4]) + (" …" if len(said) > 4 else "")


def _samples(table: Table, head: int, at: int) -> list[str]:
    cells = (row.cells[at] for row in rows(table, head) if at < len(row.cells))
    said = (str(cell)[:LONGEST] for cell in cells if cell is not None and str(cell).strip())
    return [cell for cell, _place in zip(said, range(SAMPLES), strict=False)]


def _guessed_anew(table: Table, mapping: SheetMapping, use: str, head: int) -> SheetMapping:
    columns: dict[int, str] = {}
    for at, heading in enumerate(headings(table, head) if use else []):
        key = column_for(heading, use)
        if key and key not in columns.values():
            columns[at] = key
    return replace(mapping, use=use, head=head, columns=columns)
