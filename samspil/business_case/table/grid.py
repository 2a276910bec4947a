"""The table as a form: what its cells held when it was shown, what was typed since, what is wrong with it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext

from samspil.business_case.actions import Written
from samspil.business_case.models import Part
from samspil.business_case.parts.facts import in_short
from samspil.business_case.refusals import Fault, Unreadable
from samspil.business_case.table import columns as cells
from samspil.business_case.table.columns import Column

NEW = "new"
TYPED_ANEW = ("title", "who", "unit", "low", "likely", "high", "price", "source")


@dataclass(frozen=True)
class Cell:
    """One cell as the page shows it."""

    name: str
    column: Column
    value: str
    label: str
    error: str = ""

    @property
    def options(self) -> "list[tuple[str, str | Promise, bool]]":
        return [(key, title, key == self.value) for key, title in (self.column.choices or {}).items()]


@dataclass
class Row:
    """One line, or room for a new one. `key`: the ref of its part, or `new3`."""

    key: str
    number: int
    part: Part | None
    typed: dict[str, str]
    version: int = 0
    seen: str = ""
    gone: bool = False
    errors: dict[str, str] = field(default_factory=dict)
    theirs: str = ""

    @property
    def title(self) -> str:
        return self.typed["title"] or (str(self.part) if self.part else "")


class Grid:
    """The lines of a case as rows, with room for new ones.

    `data` is what was sent, `initial` what somebody had typed before as a draft. A row counts as written when
    it says something else than it did when it was shown. `meaning`: of all ranges, where no column asks it.
    """

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        parts: Sequence[Part],
        columns: Sequence[Column],
        years: Sequence[int],
        start: int = 1,
        new: int = 0,
        initial: Mapping[str, Any] | None = None,
        meaning: str | None = None,
    ) -> None:
        self.data, self.initial, self.is_bound = data, initial or {}, data is not None
        self.columns, self.years, self.meaning = columns, list(years), meaning
        self.faults: list[tuple[str, str]] = []
        self.rows = [self._row(number, part) for number, part in enumerate(parts, start)]
        numbers = sorted({*range(1, new + 1), *self._numbers_sent()})
        self.rows += [self._new_row(*one) for one in enumerate(numbers, start + len(parts))]

    # --- reading what was sent ---------------------------------------------------------------------------

    def written(self) -> list[tuple[Row, Written]]:
        """The rows that say something new, and what."""
        return [(row, self._written(row)) for row in self.rows if not row.gone and self._touched(row)]

    def taken_out(self) -> list[tuple[Part, int]]:
        return [(row.part, row.version) for row in self.rows if row.gone and row.part]

    def _touched(self, row: Row) -> bool:
        if row.part is None:
            return any(row.typed.get(name, "").strip() for name in TYPED_ANEW)
        return cells.fingerprint(self._said(row)) != row.seen

    def _written(self, row: Row) -> Written:
        part = row.part
        content = cells.merged(part.content if part else {}, self._said(row))
        if part is None:
            return Written(Part.Kind.LINE, content)
        return Written(part.kind, content, part.owner, part.estimator, part, row.version)

    def _said(self, row: Row) -> cells.Content:
        ranged = row.typed["low"].strip() or row.typed["high"].strip()
        asked_once = {} if self.meaning is None else {"meaning": self.meaning if ranged else ""}
        return cells.said(row.typed | asked_once, self.columns, self.years)

    def too_long(self) -> bool:
        """Whether somebody typed more into a cell than it holds; it is told at the cell."""
        for row in self.rows:
            for one in self.columns:
                if len(row.typed.get(one.key, "")) > one.most:
                    sentence = gettext("That is too long; write at most %(most)s characters.") % {
                        "most": one.most
                    }
                    row.errors[one.key] = sentence
                    self.faults.append((f"{row.key}.{one.key}", self._with_number(row, sentence)))
        return bool(self.faults)

    # --- what is wrong -----------------------------------------------------------------------------------

    def refused(self, fault: Unreadable, written: Sequence[tuple[Row, Written]]) -> None:
        """Put each fault at its cell. Written rows are named by where they stood among them."""
        by_place = {place: row for place, (row, _one) in enumerate(written)}
        by_ref = {row.part.ref: row for row in self.rows if row.part}
        for one in fault.faults:
            row = by_ref.get(one.ref) or by_place.get(fault.rows.get(one.ref, -1))
            self._at_cell(row, one)

    def _at_cell(self, row: Row | None, one: Fault) -> None:
        if row is None:
            self.faults.append(("", one.sentence))
            return
        key = self._column_of(one.field)
        row.errors.setdefault(key, one.bare.partition(". ")[0])
        self.faults.append((f"{row.key}.{key}", self._with_number(row, one.sentence)))

    def _with_number(self, row: Row, sentence: str) -> str:
        return gettext("Line %(number)s, %(sentence)s") % {"number": row.number, "sentence": sentence}

    def _column_of(self, path: str) -> str:
        """The column that shows a field of the format."""
        there = {one.key for one in self.columns}
        first, _dot, rest = path.partition(".")
        named = {"kind": "sort", "class": "sort", "payer": "who", "beneficiary": "who"}.get(first, first)
        if first in ("amount", "quantity"):
            named = rest if rest in there else "likely"
        if first == "share_by_year":
            named = next(one for one in (f"y{rest}", "when", f"y{self.years[0]}") if one in there)
        return named if named in there else "title"

    def meet(self) -> None:
        """Rows that somebody else changed first get what is stored beside them, and its version: who sends
        again has both before them. What was taken out meanwhile stays as a new line."""
        last = max(self._numbers_sent(), default=0)
        others = [row.part for row in self.rows if row.part]
        for row in self.rows:
            if row.part is None or row.part.version == row.version or not (row.gone or self._touched(row)):
                continue
            if row.part.taken_out_at:
                last += 1
                row.key, row.part, row.theirs = f"{NEW}{last}", None, gettext("was taken out")
            else:
                row.version, row.theirs = row.part.version, in_short(row.part, others)

    # --- the rows ----------------------------------------------------------------------------------------

    def cells_of(self, row: Row) -> list[Cell]:
        named = row.title or gettext("new line")
        return [
            Cell(
                f"{row.key}.{one.key}",
                one,
                row.typed[one.key],
                gettext("%(line)s, line %(number)s: %(column)s")
                % {"line": named, "number": row.number, "column": one.title},
                row.errors.get(one.key, ""),
            )
            for one in self.columns
        ]

    @property
    def empty_cells(self) -> list[Cell]:
        """A line that a script copies when there is no room left; its number is put in there."""
        cells_ = self.cells_of(self._new_row(0, 0))
        label = gettext("new line, line {number}: %(column)s")
        return [replace(one, label=label % {"column": one.column.title}) for one in cells_]

    @property
    def hidden_fields(self) -> list[str]:
        return []

    def shown(self) -> list[tuple[Row, list[Cell]]]:
        return [(row, self.cells_of(row)) for row in self.rows]

    def _row(self, number: int, part: Part) -> Row:
        there = cells.row_of(part.content, self.years)
        row = Row(part.ref, number, part, there, part.version)
        row.seen = cells.fingerprint(cells.said(there, self.columns, self.years))
        row.typed = there | self._given(part.ref)
        row.version = cells.whole(str(self._one(f"{part.ref}.version", part.version)))
        row.seen = self._one(f"{part.ref}.seen", row.seen)
        row.gone = bool(self._one(f"{part.ref}.gone", ""))
        return row

    def _new_row(self, number: int, place: int) -> Row:
        key = f"{NEW}{place}"
        usual = {"sort": "cost.cashable", "when": "every"} | {f"y{year}": "100" for year in self.years}
        typed = {one.key: usual.get(one.key, "") for one in self.columns}
        return Row(key, number, None, typed | self._given(key))

    def _given(self, key: str) -> dict[str, str]:
        given = {one.key: self._one(f"{key}.{one.key}", None) for one in self.columns}
        return {name: value for name, value in given.items() if value is not None}

    def _one(self, name: str, otherwise: Any) -> Any:
        found = (self.initial if self.data is None else self.data).get(name, otherwise)
        return found.replace("\x00", "") if isinstance(found, str) else found  # no database keeps that sign

    def _numbers_sent(self) -> Iterable[int]:
        names = self.data if self.data is not None else self.initial
        for name in names:
            key, _dot, column = name.partition(".")
            number = key.removeprefix(NEW)
            if column == "title" and key != number and cells.whole(number):
                yield cells.whole(number)
