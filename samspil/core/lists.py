"""Lists that people bring: what stands in which column, and what is wrong with a line.

A list has kinds of sheets, a kind has columns, and a column has one heading per language; whichever of them a
file uses is understood. A line whose first cell begins with “Example:” shows how to fill in and is left out.

`read(tables, kinds)` gives the lines of each kind and every fault at once. Nothing is guessed: a cell that
cannot be understood is a fault with its sheet, row and heading.

Shapes: a table has `name`, `headings`, `rows` (each with `number` and `cells`) and `epoch`, the year from
which numbers count days (1900 or 1904). Source of the day numbers: ECMA-376 part 1, 18.17.4.1.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any, Protocol

LANGUAGES = ("da", "sv", "en")
EXAMPLES = {"da": "Eksempel:", "sv": "Exempel:", "en": "Example:"}
GUIDANCE = {"da": "Vejledning", "sv": "Vägledning", "en": "Guide"}
YES = ("ja", "yes", "x", "true", "sand", "sant", "1")
NO = ("nej", "no", "false", "falsk", "falskt", "0", "-")
EMAIL = re.compile(r"[^@\s,;<>\"()]+@[^@\s,;<>\"()]+\.[^@\s,;<>\".()]{2,}")
FORMULA_FAULT = re.compile(r"#(REF!|N/A|VALUE!|NAME\?|DIV/0!|NUM!|NULL!|SPILL!|CALC!)")
ISO_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]00:00(?::00)?)?")
OUR_DAY = re.compile(r"(\d{1,2})[-./](\d{1,2})[-./](\d{4})")
MOST = 10_000_000
FIRST_YEAR, LAST_YEAR = 1900, 2199

Cell = str | int | float | bool | None


class Row(Protocol):
    @property
    def number(self) -> int: ...
    @property
    def cells(self) -> Sequence[Cell]: ...


class Table(Protocol):
    @property
    def name(self) -> str: ...
    @property
    def headings(self) -> Sequence[str]: ...
    @property
    def rows(self) -> Sequence[Any]: ...
    @property
    def epoch(self) -> int: ...


@dataclass(frozen=True)
class Column:
    """What may stand in a column. `kind`: text · email · whole · yes_no · day · choice · amount · figure."""

    key: str
    words: Mapping[str, str]
    kind: str = "text"
    required: bool = False
    longest: int = 200
    choices: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def heading(self, language: str) -> str:
        return self.words.get(language, self.words["en"])


@dataclass(frozen=True)
class Kind:
    """A kind of sheet: the names it may have, its columns and lines that show how to fill it in."""

    key: str
    names: Mapping[str, str]
    columns: tuple[Column, ...]
    examples: tuple[Mapping[str, Mapping[str, str]], ...] = ()

    def name(self, language: str) -> str:
        return self.names.get(language, self.names["en"])


@dataclass(frozen=True)
class Fault:
    """What is wrong, and where: `column` is the heading in the file, row 0 the sheet itself."""

    sheet: str
    row: int
    column: str
    reason: str
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Line:
    """One line that was understood: a value for each column the sheet has."""

    sheet: str
    number: int
    values: Mapping[str, Any]
    headings: Mapping[str, str]

    def fault(self, column: str, reason: str, **facts: Any) -> Fault:
        return Fault(self.sheet, self.number, self.headings.get(column, ""), reason, facts)

    def __getitem__(self, column: str) -> Any:
        return self.values.get(column)


@dataclass(frozen=True)
class Lines:
    """Every line by the kind of its sheet, what is wrong, and how many examples were left out."""

    of: Mapping[str, tuple[Line, ...]]
    faults: tuple[Fault, ...]
    examples: int


def read(tables: Iterable[Table], kinds: Sequence[Kind]) -> Lines:
    """The lines of all tables. A sheet with a fault in its headings brings no lines, only that fault."""
    of: dict[str, list[Line]] = {kind.key: [] for kind in kinds}
    faults: list[Fault] = []
    examples = 0
    found = [table for table in tables if _folded(table.name) not in _all(GUIDANCE)]
    for table in found:
        if not table.headings and not table.rows:
            continue
        kind = _kind_of(table, kinds)
        if kind is None:
            faults.append(Fault(table.name, 0, "", "unknown_sheet"))
            continue
        columns, wrong = _columns_of(table, kind)
        faults += wrong
        if wrong:
            continue
        for row in table.rows:
            if _is_example(row.cells):
                examples += 1
                continue
            line, wrong = _line(table, row, columns)
            faults += wrong
            of[kind.key].append(line)
    if not faults and not any(of.values()):
        faults.append(Fault(found[0].name if found else "", 0, "", "no_lines"))
    return Lines({key: tuple(lines) for key, lines in of.items()}, tuple(faults), examples)


def same(text: str) -> str:
    """How two texts are compared: neither case nor width of blanks tells them apart."""
    return " ".join(unicodedata.normalize("NFC", text).split()).casefold()


_folded = same


def _all(words: Mapping[str, str]) -> set[str]:
    return {_folded(word) for word in words.values()}


# --- sheets and headings --------------------------------------------------------------------------------


def _kind_of(table: Table, kinds: Sequence[Kind]) -> Kind | None:
    """By the sheet's name, else by headings that fit one kind alone."""
    name = _folded(table.name)
    for kind in kinds:
        if name in _all(kind.names) | {kind.key}:
            return kind
    fitting = [kind for kind in kinds if _fits(table, kind)]
    return fitting[0] if len(fitting) == 1 else None


def _fits(table: Table, kind: Kind) -> bool:
    known = _headings(kind)
    there = [known.get(_folded(heading)) for heading in table.headings if heading.strip()]
    needed = [column for column in kind.columns if column.required]
    return None not in there and all(column in there for column in needed)


def _headings(kind: Kind) -> dict[str, Column]:
    return {_folded(word): column for column in kind.columns for word in (column.key, *column.words.values())}


def _columns_of(table: Table, kind: Kind) -> tuple[dict[int, tuple[Column, str]], list[Fault]]:
    known = _headings(kind)
    columns: dict[int, tuple[Column, str]] = {}
    faults = []
    seen: set[str] = set()
    for index, heading in enumerate(table.headings):
        column = known.get(_folded(heading))
        if not heading.strip():
            continue
        if column is None:
            faults.append(Fault(table.name, 0, heading, "unknown_heading"))
        elif column.key in seen:
            faults.append(Fault(table.name, 0, heading, "heading_twice"))
        else:
            seen.add(column.key)
            columns[index] = (column, heading)
    for column in kind.columns:
        if column.required and column.key not in seen:
            needed = " · ".join(dict.fromkeys(column.words.values()))
            faults.append(Fault(table.name, 0, needed, "missing_heading"))
    return columns, faults


def _is_example(cells: Sequence[Cell]) -> bool:
    first = next((cell for cell in cells if cell is not None and str(cell).strip()), "")
    return _folded(str(first)).startswith(tuple(_all(EXAMPLES)))


# --- cells ----------------------------------------------------------------------------------------------


class _WrongError(Exception):
    def __init__(self, reason: str, **facts: Any) -> None:
        super().__init__(reason)
        self.reason, self.facts = reason, facts


def _line(table: Table, row: Any, columns: Mapping[int, tuple[Column, str]]) -> tuple[Line, list[Fault]]:
    values: dict[str, Any] = {}
    faults = []
    for index, cell in enumerate(row.cells):
        if cell is not None and index not in columns and str(cell).strip():
            faults.append(Fault(table.name, row.number, "", "no_heading", {"cell": str(cell)[:40]}))
    for index, (column, heading) in columns.items():
        cell = row.cells[index] if index < len(row.cells) else None
        values[column.key], fault = read_cell(column, cell, table, row.number, heading)
        faults += [fault] if fault else []
    headings = {column.key: heading for column, heading in columns.values()}
    return Line(table.name, row.number, values, headings), faults


def read_cell(column: Column, cell: Cell, table: Table, row: int, heading: str) -> tuple[Any, Fault | None]:
    """What a cell says, or what is wrong with it."""
    try:
        return value(column, cell, table.epoch), None
    except _WrongError as wrong:
        return None, Fault(table.name, row, heading, wrong.reason, wrong.facts)


def value(column: Column, cell: Cell, epoch: int = 1900) -> Any:
    """What a cell says: None when it is empty. Raises the fault as an exception inside this module."""
    if isinstance(cell, str):
        cell = " ".join(unicodedata.normalize("NFC", cell).split()) or None
    if isinstance(cell, str) and FORMULA_FAULT.fullmatch(cell):
        raise _WrongError("formula_fault", cell=cell)
    if cell is None:
        if column.required:
            raise _WrongError("empty")
        return None
    return _READS[column.kind](column, cell, epoch)


def _text(column: Column, cell: Cell, _epoch: int) -> str:
    if isinstance(cell, bool):
        raise _WrongError("not_a_text")
    text = cell if isinstance(cell, str) else plain(cell)
    if len(text) > column.longest:
        raise _WrongError("too_long", longest=column.longest)
    return text


def plain(number: Cell) -> str:
    """A number as one would type it."""
    return str(int(number)) if isinstance(number, float) and number.is_integer() else str(number)


def _email(column: Column, cell: Cell, epoch: int) -> str:
    text = _text(column, cell, epoch)
    if not EMAIL.fullmatch(text):
        raise _WrongError("not_an_email", cell=text[:60])
    return text


def _whole(_column: Column, cell: Cell, _epoch: int) -> int:
    if isinstance(cell, str):
        digits = re.sub(r"[\s\u00a0]", "", cell)
        number: Any = int(digits) if re.fullmatch(r"[0-9]{1,9}", digits) else None
    else:
        number = cell
    if isinstance(number, bool) or number is None or number != int(number) or not 0 <= number <= MOST:
        raise _WrongError("not_a_number", cell=str(cell)[:40])
    return int(number)


def _amount(_column: Column, cell: Cell, _epoch: int) -> Decimal:
    """An amount of money, digit by digit as it was given; nothing is computed with it."""
    if isinstance(cell, bool):
        raise _WrongError("not_an_amount", cell=str(cell))
    text = plain(cell) if not isinstance(cell, str) else re.sub(r"[\s\u00a0]", "", cell)
    if isinstance(cell, str):
        text = _with_point(text)
    try:
        amount = Decimal(text)
    except InvalidOperation:
        raise _WrongError("not_an_amount", cell=str(cell)[:40]) from None
    if not amount.is_finite() or abs(amount) >= Decimal(10) ** 15 or amount != round(amount, 2):
        raise _WrongError("not_an_amount", cell=str(cell)[:40])
    return amount


def _with_point(text: str) -> str:
    """1.250.000,50 and 1250000.50 are the same; a lone separator before three digits could be either."""
    if re.fullmatch(r"-?\d{1,3}(\.\d{3})+(,\d+)?", text) and ("," in text or text.count(".") > 1):
        return text.replace(".", "").replace(",", ".")
    if re.fullmatch(r"-?\d+(,\d{1,2})?", text):
        return text.replace(",", ".")
    if re.fullmatch(r"-?\d+\.\d{1,2}", text):
        return text
    raise _WrongError("not_an_amount", cell=text[:40])


NUMBER = re.compile(r"[-+]?[0-9]+(?:[.,][0-9]+)?(?:[eE][-+]?[0-9]{1,4})?")
IN_GROUPS = re.compile(r"[-+]?[1-9][0-9]{0,2}(?:(\.|,)[0-9]{3})(?:\1[0-9]{3})*(?:[.,][0-9]+)?")
EITHER = re.compile(r"[-+]?[1-9][0-9]{0,2}[.,][0-9]{3}")


def _figure(_column: Column, cell: Cell, _epoch: int) -> Decimal:
    """A number with as many decimals as it has; 80 % is 0.8. What could be read in two ways is refused."""
    if isinstance(cell, bool):
        raise _WrongError("not_a_figure", cell=str(cell))
    text = plain(cell) if not isinstance(cell, str) else re.sub(r"[\s\u00a0\u202f]", "", cell)
    hundredth = text.endswith("%")
    text = text.removesuffix("%").replace("\u2212", "-")
    if isinstance(cell, str) and EITHER.fullmatch(text):
        raise _WrongError("not_a_figure", cell=str(cell)[:40])
    if isinstance(cell, str) and IN_GROUPS.fullmatch(text):
        text = _ungrouped(text)
    if not NUMBER.fullmatch(text):
        raise _WrongError("not_a_figure", cell=str(cell)[:40])
    found = Decimal(text.replace(",", "."))
    if found and not -12 <= found.adjusted() <= 15:
        raise _WrongError("beyond_measure", cell=str(cell)[:40])
    return found / 100 if hundredth else found


def _ungrouped(text: str) -> str:
    """1.250.000,50 and 1,250,000.50 without what parts the thousands."""
    group = next(sign for sign in text if sign in ".,")
    decimal = "," if group == "." else "."
    return text.replace(group, "").replace(decimal, ".")


def _yes_no(_column: Column, cell: Cell, _epoch: int) -> bool:
    word = _folded(plain(cell) if not isinstance(cell, str | bool) else str(cell))
    if word in YES or word in NO:
        return word in YES
    raise _WrongError("not_yes_or_no", cell=str(cell)[:40])


def _day(_column: Column, cell: Cell, epoch: int) -> date:
    found = _day_of_text(cell) if isinstance(cell, str) else day_of_number(cell, epoch)
    if found is None or not FIRST_YEAR <= found.year <= LAST_YEAR:
        raise _WrongError("not_a_day", cell=str(cell)[:40])
    return found


def _day_of_text(text: str) -> date | None:
    iso, ours = ISO_DAY.fullmatch(text), OUR_DAY.fullmatch(text)
    if iso:
        parts = (int(iso[1]), int(iso[2]), int(iso[3]))
    elif ours:
        parts = (int(ours[3]), int(ours[2]), int(ours[1]))
    else:
        return None
    try:
        return date(*parts)
    except ValueError:
        return None


def day_of_number(number: Cell, epoch: int) -> date | None:
    """The day that a spreadsheet counts as this number; None for what is no day of our times."""
    if isinstance(number, bool) or not isinstance(number, int | float) or not 61 <= number < 120_000:
        return None
    start = date(1899, 12, 30) if epoch == 1900 else date(1904, 1, 1)
    return start + timedelta(days=int(number))


def _choice(column: Column, cell: Cell, _epoch: int) -> str:
    word = _folded(str(cell))
    for key, words in column.choices.items():
        if word == key or word in {_folded(one) for one in words}:
            return key
    raise _WrongError("not_a_choice", cell=str(cell)[:40], allowed=choice_words(column))


def choice_words(column: Column) -> dict[str, str]:
    """What may be chosen, in each language: the first words of a choice stand in the order of `LANGUAGES`."""
    return {
        language: ", ".join(
            words[min(place, len(words) - 1)]
            for words in column.choices.values()
            if words[min(place, len(words) - 1)]
        )
        for place, language in enumerate(LANGUAGES)
    }


_READS: Mapping[str, Any] = {
    "text": _text,
    "email": _email,
    "whole": _whole,
    "amount": _amount,
    "figure": _figure,
    "yes_no": _yes_no,
    "day": _day,
    "choice": _choice,
}
