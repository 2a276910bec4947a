"""Which sheet of a file holds what, and which column means what: guessed from words, settled by a person."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from samspil.core.lists import GUIDANCE, Cell, Table, same

from .columns import BY_USE, SHEETS, known_heading

SHARES, AMOUNTS = "shares", "amounts"
EVERY, FIRST = "every", "first"
FIRST_ROW = 0
LOOKED_THROUGH = 40  # rows in which headings are sought
_YEAR = re.compile(r"(?:år|aar|year|ar)?\s*((?:19|20|21)[0-9]{2})")
_KINDS = (
    ("cost", ("omkost", "udgift", "kostnad", "utgift", "cost")),
    ("benefit", ("gevinst", "nytt", "benefit", "effekt", "besparelse", "besparing")),
)
_WITHOUT_AMOUNT = ("ikke-økonom", "ikke økonom", "kvalitativ", "fler nyttor", "icke-finans", "qualitative")
_RISKS = ("risi", "risk")
_DRIVERS = ("driver", "drivare", "nøgletal", "kalkylfaktor")


@dataclass(frozen=True)
class SheetMapping:
    """How a sheet is read. `use` is lines, drivers or risks, or nothing: then it is left out.

    `head` is the number of the row with the headings; 0 is the first that holds anything. `columns` says of a
    column (counted from 0) which field it is, or which year. The rest holds for every row that does not say
    it itself.
    """

    sheet: str
    use: str = ""
    head: int = FIRST_ROW
    columns: Mapping[int, str] = field(default_factory=dict)
    kind: str = ""
    worth: str = ""
    meaning: str = ""
    years: str = SHARES
    otherwise: str = ""
    source: str = ""

    @property
    def year_columns(self) -> dict[int, int]:
        return {at: int(key) for at, key in self.columns.items() if key.isdigit()}

    def as_data(self) -> dict[str, Any]:
        return {**asdict(self), "columns": {str(at): key for at, key in self.columns.items()}}


def from_data(given: Mapping[str, Any]) -> SheetMapping:
    columns = {int(at): str(key) for at, key in given["columns"].items()}
    return SheetMapping(**{**given, "columns": columns})


def headings(table: Table, head: int) -> list[str]:
    """The cells of the row that was taken as headings."""
    if head == FIRST_ROW:
        return list(table.headings)
    row = next((one for one in table.rows if one.number == head), None)
    return [_words(cell) for cell in row.cells] if row else []


def rows(table: Table, head: int) -> Iterator[Any]:
    """The rows under the headings."""
    return (row for row in table.rows if row.number > head)


def guessed(tables: Iterable[Table]) -> list[SheetMapping]:
    """What each sheet seems to be. Whoever brings it looks at it before anything is read."""
    return [_guess(table) for table in tables if table.headings and not _is_guide(table)]


def is_template(tables: Sequence[Table]) -> bool:
    """Whether every sheet has the name and the headings of our template, so that nothing need be asked."""
    found = [table for table in tables if table.headings and not _is_guide(table)]
    return bool(found) and all(_is_ours(table) for table in found)


def column_for(heading: str, use: str) -> str:
    """The field or the year that a heading means; nothing where it is not clear."""
    year = year_in(heading) if use == "lines" else None
    return str(year) if year else known_heading(heading, use)


def year_in(heading: str) -> int | None:
    found = _YEAR.fullmatch(same(heading))
    return int(found[1]) if found else None


def _is_guide(table: Table) -> bool:
    return same(table.name) in {same(word) for word in GUIDANCE.values()}


def _is_ours(table: Table) -> bool:
    use = _named(table.name)
    return bool(use) and all(column_for(one, use) for one in table.headings if one.strip())


def _named(name: str) -> str:
    """The use of a sheet that bears a name of our template."""
    word = same(name)
    return next((use for use, names in SHEETS.items() if word in {same(one) for one in names.values()}), "")


def _guess(table: Table) -> SheetMapping:
    use = _named(table.name) or _use_of(table.name)
    head = max(_heads(table), key=lambda one: (_score(headings(table, one), use), -one))
    heads = headings(table, head)
    if _score(heads, use) < 2:
        return SheetMapping(table.name)
    columns = dict(_columns(heads, use))
    return SheetMapping(
        table.name,
        use,
        head,
        columns,
        kind=_first(_KINDS, table.name) if use == "lines" else "",
        worth="qualitative" if _says(table.name, _WITHOUT_AMOUNT) else "",
        years=AMOUNTS if _are_amounts(table, head, columns) else SHARES,
    )


def _heads(table: Table) -> list[int]:
    return [FIRST_ROW, *(row.number for row in table.rows[:LOOKED_THROUGH])]


def _use_of(name: str) -> str:
    if _says(name, _RISKS):
        return "risks"
    return "drivers" if _says(name, _DRIVERS) else "lines"


def _columns(heads: Sequence[str], use: str) -> Iterator[tuple[int, str]]:
    seen: set[str] = set()
    for at, heading in enumerate(heads):
        key = column_for(heading, use)
        if key and key not in seen:
            seen.add(key)
            yield at, key


def _score(heads: Sequence[str], use: str) -> int:
    return len(dict(_columns(heads, use)))


def _are_amounts(table: Table, head: int, columns: Mapping[int, str]) -> bool:
    """Shares of a year are seldom above five; money nearly always is."""
    years = [at for at, key in columns.items() if key.isdigit()]
    values = [row.cells[at] for row in rows(table, head) for at in years if at < len(row.cells)]
    return any(isinstance(one, int | float) and abs(one) > 5 for one in values)


def _first(words: Iterable[tuple[str, tuple[str, ...]]], name: str) -> str:
    return next((key for key, parts in words if _says(name, parts)), "")


def _says(name: str, parts: Iterable[str]) -> bool:
    word = same(name)
    return any(part in word for part in parts)


def _words(cell: Cell) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None else str(cell)


USES = tuple(BY_USE)
