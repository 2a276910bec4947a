"""Outcomes that come back from another agenda system: read line by line, checked, every fault named.

A table (CSV, Excel) has one line for each item, or for each item and union; JSON has the same names. What
comes in is text and nothing else; what is not understood is refused with its line.
"""

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import xlsxwriter
from django.utils.translation import gettext as _

from samspil.core.lists import day_of_number
from samspil.dialogue.models import Item, Meeting
from samspil.dialogue.regime import Regime
from samspil.kit import uploads
from samspil.kit.exports import Export
from samspil.kit.exports.as_csv import guarded
from samspil.kit.refusal import Refused
from samspil.kit.sheets import reader as sheets
from samspil.organisation.models import Union

COLUMNS = ("item", "title", "date", "outcome", "union", "text", "file")
LONGEST_TEXT = 40_000
MOST_LINES = 500
NOT_UNDERSTOOD = "the file cannot be read"
UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True)
class Row:
    """One line as it came: text only."""

    line: int
    item: str = ""
    date: str = ""
    outcome: str = ""
    union: str = ""
    text: str = ""
    file: str = ""


@dataclass(frozen=True)
class Fault:
    """A line that cannot be taken in, and why."""

    line: int
    sentence: str

    def __str__(self) -> str:
        return _("Line %(line)s: %(why)s") % {"line": self.line, "why": self.sentence}


@dataclass
class Result:
    """What came of one item: the outcomes as (key, union's ref), what was said, the name of a file."""

    line: int
    item: Item
    outcomes: list[tuple[str, str]] = field(default_factory=list)
    text: str = ""
    file: str = ""
    titles: list[str] = field(default_factory=list)
    replaces: bool = False


@dataclass(frozen=True)
class Read:
    """The results, or the faults: never both are used."""

    results: tuple[Result, ...]
    faults: tuple[Fault, ...]


# --- reading a file ----------------------------------------------------------------------------------------


def rows_of(name: str, data: bytes) -> list[Row]:
    """The lines of a file, or a refusal that says what to do."""
    if name.lower().endswith(".json"):
        rows = list(_of_json(data))
    else:
        accepted = uploads.check(name, data, ("csv", "xlsx"))
        rows = list(_of_table(accepted.name, data))
    if not rows:
        raise Refused(_("There is no outcome in the file. Fill in the table and choose it again."), "table")
    if len(rows) > MOST_LINES:
        raise Refused(_("There are more than 500 lines in the file. Divide it."), "table")
    return rows


def _of_json(data: bytes) -> Iterator[Row]:
    """A list of lines, or an agenda as it went out, with what came of each item."""
    if len(data) > uploads.LARGEST:
        raise Refused(_("The file is larger than 10 MB. Make it smaller or divide it into parts."), "table")
    try:
        body = json.loads(data.decode("utf-8-sig"))
        given = body["items"] if isinstance(body, dict) else body
        for number, one in enumerate(given, 1):
            yield from _lines_of(number, one)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as fault:
        raise _not_understood() from fault


def _lines_of(number: int, one: Mapping[str, Any]) -> Iterator[Row]:
    decision = one.get("decision")
    if decision is None:
        yield Row(number, **{name: _plain(one.get(name, "")) for name in COLUMNS if name != "title"})
        return
    for outcome in decision.get("outcomes", []):
        yield Row(
            number,
            item=_plain(one.get("ref", "")),
            date=_plain(decision.get("date", "")),
            outcome=_plain(outcome.get("key") or outcome.get("title", "")),
            union=_plain(outcome.get("union", "")),
            text=_plain(decision.get("text", "")),
            file=_plain(decision.get("file", "")),
        )


def _plain(value: object) -> str:
    """A text or a number as text, without what can be neither shown nor kept."""
    if isinstance(value, str | int | float) and not isinstance(value, bool):
        text = str(value).strip()
        if not UNWRITABLE.search(text):
            return text
    raise ValueError(NOT_UNDERSTOOD)


def _of_table(name: str, data: bytes) -> Iterator[Row]:
    """The first line names the columns; a line without an outcome is left out. Of several sheets the first
    counts. The file is opened by the worker that reads tables, and nowhere in this process."""
    try:
        table = sheets.read(name, data)[0]
    except sheets.NoTable as fault:
        raise Refused(fault.sentence, "table") from fault
    names = [heading.strip().lower() for heading in table.headings]
    if "item" not in names or "outcome" not in names:
        raise Refused(
            _(
                "The first line must name the columns, “item” and “outcome” among them."
                " Use the table from here."
            ),
            "table",
        )
    try:
        for row in table.rows:
            cells = {
                name: _of_cell(name, cell, table.epoch) for name, cell in zip(names, row.cells, strict=False)
            }
            if cells.get("outcome") or cells.get("text"):
                yield Row(row.number, **{name: cells.get(name, "") for name in COLUMNS if name != "title"})
    except ValueError as fault:
        raise _not_understood() from fault


def _of_cell(name: str, cell: sheets.Cell, epoch: int) -> str:
    """A cell as text; a spreadsheet stores a day as the number it counts it by."""
    if cell is None:
        return ""
    day = day_of_number(cell, epoch) if name == "date" else None
    return day.isoformat() if day else _unguarded(_plain(cell))


def _unguarded(text: str) -> str:
    """Without the apostrophe that our own tables put before what looks like a formula."""
    return text[1:] if text.startswith("'") and guarded(text[1:]) == text else text


def _not_understood() -> Refused:
    return Refused(
        _("The file cannot be read. Use the table from this page, saved as Excel, CSV or JSON."), "table"
    )


# --- checking what was read --------------------------------------------------------------------------------


def check(
    rows: Iterable[Row], meeting: Meeting, items: Sequence[Item], regime: Regime, unions: Sequence[Union]
) -> Read:
    """Every line against the agenda, the regime's outcomes and the unions. `items` may be written by them."""
    known = {one.ref: one for one in items}
    results: dict[str, Result] = {}
    faults: list[Fault] = []
    for row in rows:
        try:
            _take(row, meeting, known, regime, unions, results)
        except ValueError as fault:
            faults.append(Fault(row.line, str(fault)))
    return Read(tuple(results.values()), tuple(faults))


def _take(
    row: Row,
    meeting: Meeting,
    known: Mapping[str, Item],
    regime: Regime,
    unions: Sequence[Union],
    results: dict[str, Result],
) -> None:
    item = known.get(row.item)
    if item is None:
        raise ValueError(_("“%(item)s” is no item on this agenda.") % {"item": row.item[:40]})
    _check_date(row, meeting)
    wanted = _folded(row.outcome)
    outcome = next((one for one in regime.outcomes if wanted in (_folded(one.key), _folded(one.title))), None)
    if outcome is None:
        raise ValueError(_("“%(outcome)s” is no outcome of your agreement.") % {"outcome": row.outcome[:60]})
    union = _union(row, outcome.per_union, unions)
    if len(row.text) > LONGEST_TEXT:
        raise ValueError(_("The text is longer than 40,000 characters."))
    result = results.setdefault(
        item.ref,
        Result(row.line, item, replaces=any(one.meeting_id == meeting.pk for one in item.outcomes.all())),
    )
    _add(result, row, outcome.key, union)
    result.titles.append(f"{union.name}: {outcome.title}" if union else outcome.title)


def _check_date(row: Row, meeting: Meeting) -> None:
    if not row.date:
        return
    try:
        on = date.fromisoformat(row.date[:10])
    except ValueError:
        raise ValueError(
            _("“%(date)s” is no date. Write it as 2026-03-12.") % {"date": row.date[:20]}
        ) from None
    if on != meeting.on:
        raise ValueError(_("This meeting was held on %(day)s.") % {"day": meeting.on.isoformat()})


def _union(row: Row, per_union: bool, unions: Sequence[Union]) -> Union | None:
    if not row.union and not per_union:
        return None
    if not per_union:
        raise ValueError(_("This outcome holds for the whole committee, not for one union."))
    found = next((one for one in unions if _folded(row.union) in (_folded(one.name), one.ref.lower())), None)
    if found is None:
        raise ValueError(_("“%(union)s” is no union with a seat here.") % {"union": row.union[:60]})
    return found


def _add(result: Result, row: Row, key: str, union: Union | None) -> None:
    ref = union.ref if union else ""
    if any(there == ref for _key, there in result.outcomes):
        raise ValueError(_("This item has an outcome on line %(line)s already.") % {"line": result.line})
    if (result.text and row.text and row.text != result.text) or (
        result.file and row.file and row.file != result.file
    ):
        raise ValueError(
            _("The text or the file is another one than on line %(line)s.") % {"line": result.line}
        )
    result.outcomes.append((key, ref))
    result.text, result.file = result.text or row.text, result.file or row.file


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())


# --- the table to fill in ----------------------------------------------------------------------------------


def table_of(meeting: Meeting, items: Iterable[Item], regime: Regime) -> list[list[str]]:
    """One line an item, with what is recorded so far."""
    rows = [list(COLUMNS)]
    for item in items:
        here = [one for one in item.outcomes.all() if one.meeting_id == meeting.pk]
        said = [(_title(regime, one.key), one.union.name if one.union else "") for one in here] or [("", "")]
        rows += [
            [item.ref, item.title, meeting.on.isoformat(), outcome, union, "", ""] for outcome, union in said
        ]
    return rows


def as_csv(rows: Sequence[Sequence[str]], name: str) -> Export:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=";", lineterminator="\r\n").writerows(
        [guarded(cell) for cell in row] for row in rows
    )
    return Export(f"{name}.csv", "text/csv; charset=utf-8", out.getvalue().encode("utf-8-sig"))


def as_xlsx(rows: Sequence[Sequence[str]], regime: Regime, name: str) -> Export:
    """With a list to choose the outcome from."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(
        out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    book.set_properties({"created": datetime(2000, 1, 1)})  # noqa: DTZ001 - the same table gives the same bytes
    sheet, bold = book.add_worksheet("outcomes"), book.add_format({"bold": True})
    choices = book.add_worksheet("choices")
    for number, one in enumerate(regime.outcomes):
        choices.write_string(number, 0, one.title)
    for line, row in enumerate(rows):
        for column, cell in enumerate(row):
            sheet.write_string(line, column, cell, bold if line == 0 else None)
    for column, width in enumerate((16, 44, 12, 36, 24, 60, 24)):
        sheet.set_column(column, column, width)
    sheet.freeze_panes(1, 0)
    source = f"=choices!$A$1:$A${len(regime.outcomes)}"
    sheet.data_validation(1, 3, max(len(rows), 2), 3, {"validate": "list", "source": source})
    book.close()
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return Export(f"{name}.xlsx", kind, out.getvalue())


def _title(regime: Regime, key: str) -> str:
    known = regime.outcome(key)
    return known.title if known else key
