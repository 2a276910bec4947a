"""Rows of a spreadsheet as lines, drivers and risks in the published format, each with the place it is from.

Nothing is guessed here: a cell that cannot be understood is a fault with its sheet, row and column, and what
the core finds wrong with a line is led back to the cell that says it. One fault, and nothing is taken over.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from samspil.core.business_case.exact import plain
from samspil.core.business_case.problems import Problem
from samspil.core.lists import EXAMPLES, Fault, Table, read_cell, same

from .columns import COLUMNS
from .mapping import AMOUNTS, EVERY, FIRST, SheetMapping, headings, rows

LIST_OF = {"lines": "line", "drivers": "driver", "risks": "risk"}
SUMS = ("i alt", "total", "totalt", "sum", "summa", "samlet", "together", "tilsammen", "delsum")
FINEST = Decimal(1).scaleb(-12)
_PLACE = re.compile(r"(lines|drivers|risks)\[(\d+)\](?:\.(.*))?")


@dataclass(frozen=True)
class Part:
    """One line, driver or risk of the file. `headings` are those of the columns it was read from."""

    use: str
    content: Mapping[str, Any]
    sheet: str
    row: int
    headings: Mapping[str, str] = field(default_factory=dict)

    @property
    def title(self) -> str:
        return str(self.content.get("title", ""))

    def fault(self, key: str, reason: str, **facts: Any) -> Fault:
        return Fault(self.sheet, self.row, self.headings.get(key, ""), reason, facts)


@dataclass(frozen=True)
class Brought:
    """All there is in the file; `left_out` are rows that say nothing by themselves, such as sums."""

    parts: tuple[Part, ...]
    faults: tuple[Fault, ...]
    left_out: tuple[Fault, ...]


@dataclass(frozen=True)
class Span:
    """The years of the case, and its currency."""

    years: range
    currency: str


def read(tables: Iterable[Table], mappings: Iterable[SheetMapping], span: Span) -> Brought:
    """Every sheet that is used, in the order of the file."""
    by_name = {one.sheet: one for one in mappings}
    reader = _Reader(span)
    for table in tables:
        mapping = by_name.get(table.name)
        if mapping and mapping.use:
            reader.read(table, mapping)
    if not reader.parts and not reader.faults:
        reader.faults.append(Fault("", 0, "", "nothing_in_it"))
    return Brought(tuple(reader.parts), tuple(reader.faults), tuple(reader.left_out))


def led_back(problems: Iterable[Problem], parts: Mapping[tuple[str, int], Part]) -> list[Fault]:
    """What the core finds wrong, at the cell it was read from. `parts`: each by its list and number there."""
    return [_led_back(one, parts) for one in problems]


def _led_back(problem: Problem, parts: Mapping[tuple[str, int], Part]) -> Fault:
    facts = {"problem": problem}
    found = _PLACE.match(problem.place)
    part = parts.get((found[1], int(found[2]))) if found else None
    if part is None or found is None:
        return Fault("", 0, "", "problem", facts)
    return Fault(part.sheet, part.row, _heading(part, found[3] or "", problem.value), "problem", facts)


def _heading(part: Part, place: str, value: str) -> str:
    """The heading of the column that a field of the format was read from; a year may be in the value."""
    first, _, rest = place.partition(".")
    if first == "share_by_year":
        return part.headings.get(rest or value, "")
    if first in ("amount", "quantity", "value", "consequence"):
        return part.headings.get(rest or "likely", "")
    if first == "price":
        return part.headings.get(f"price_{rest or 'likely'}", "")
    if first == "freed_time":
        return part.headings.get({"decided_on": "used_since", "by": "decided_by"}.get(rest, "use"), "")
    return part.headings.get(rest if first == "hours" else first, "")


# --- rows -------------------------------------------------------------------------------------------------


class _Reader:
    def __init__(self, span: Span) -> None:
        self.span = span
        self.parts: list[Part] = []
        self.faults: list[Fault] = []
        self.left_out: list[Fault] = []
        self.ids: dict[tuple[str, str], int] = {}

    def read(self, table: Table, mapping: SheetMapping) -> None:
        heads = headings(table, mapping.head)
        for row in rows(table, mapping.head):
            reason = _why_left_out(row.cells, mapping)
            if reason:
                self.left_out.append(Fault(table.name, row.number, "", reason, {"cell": _first(row.cells)}))
                continue
            line = _Row(table, row, mapping, heads, self.span)
            content = line.content()
            self.faults += line.faults
            part = Part(mapping.use, content, table.name, row.number, line.headings)
            self._once(part)
            self.parts.append(part)

    def _once(self, part: Part) -> None:
        name = str(part.content.get("id", ""))
        if not name:
            return
        first = self.ids.setdefault((part.use, name), part.row)
        if first != part.row:
            self.faults.append(part.fault("id", "twice", cell=name, first=first))


def _why_left_out(cells: Sequence[Any], mapping: SheetMapping) -> str:
    first = same(_first(cells))
    if first.startswith(tuple(same(one) for one in EXAMPLES.values())):
        return "an_example"
    if not first or first.rstrip(":") in SUMS or first.split(" ")[0].rstrip(":") in ("total", "summa", "sum"):
        return "a_sum"
    title = next((at for at, key in mapping.columns.items() if key == "title"), None)
    said = [at for at in mapping.columns if at < len(cells) and _is_said(cells[at])]
    if title not in said or (said == [title] and mapping.worth != "qualitative"):
        return "a_heading"
    return ""


def _first(cells: Sequence[Any]) -> str:
    return next((str(cell) for cell in cells if _is_said(cell)), "")


def _is_said(cell: Any) -> bool:
    return cell is not None and bool(str(cell).strip())


class _Row:
    """One row: its cells by their fields, what is wrong with them, and the part they make."""

    def __init__(
        self, table: Table, row: Any, mapping: SheetMapping, heads: Sequence[str], span: Span
    ) -> None:
        self.table, self.row, self.mapping, self.span = table, row, mapping, span
        self.faults: list[Fault] = []
        self.headings = {key: heads[at] for at, key in mapping.columns.items() if at < len(heads)}
        self.values = {key: self._cell(at, key) for at, key in mapping.columns.items()}

    def _cell(self, at: int, key: str) -> Any:
        cell = self.row.cells[at] if at < len(self.row.cells) else None
        column = COLUMNS["low"] if key.isdigit() else COLUMNS[key]
        heading = self.headings.get(key, "")
        found, fault = read_cell(column, cell, self.table, self.row.number, heading)
        self.faults += [fault] if fault else []
        return found

    def wrong(self, key: str, reason: str, **facts: Any) -> None:
        self.faults.append(Fault(self.table.name, self.row.number, self.headings.get(key, ""), reason, facts))

    def text(self, key: str) -> str:
        return str(self.values.get(key) or "")

    # --- what it makes -------------------------------------------------------------------------------------

    def content(self) -> dict[str, Any]:
        made = {"lines": self._line, "drivers": self._driver, "risks": self._risk}[self.mapping.use]()
        common = {"id": self.text("id"), "title": self.text("title")}
        return {key: value for key, value in {**common, **made}.items() if _says(value)}

    def _line(self) -> dict[str, Any]:
        kind, worth = self._kind(), self._worth()
        if self.text("currency") and self.text("currency").upper() != self.span.currency.upper():
            self.wrong("currency", "other_currency", cell=self.text("currency"), currency=self.span.currency)
        return {
            "kind": kind,
            "class": worth,
            "scenario": self.text("scenario"),
            "payer": self.text("payer") or (self.text("beneficiary") if kind == "cost" else ""),
            "beneficiary": self.text("beneficiary") if kind == "benefit" else "",
            "owner": self.text("owner"),
            "unit": self.text("unit"),
            "price_year": self.values.get("price_year"),
            **(self._figures() if worth != "qualitative" else {}),
            "drivers": self._names("drivers"),
            "hours": self._hours(),
            "freed_time": self._freed_time(),
            "corner": self.text("corner"),
        }

    def _driver(self) -> dict[str, Any]:
        return {"value": self._one_figure()}

    def _risk(self) -> dict[str, Any]:
        if self.values.get("probability") is None:
            self.wrong("probability", "empty")
        return {
            "probability": _number(self.values.get("probability")),
            "consequence": self._one_figure(),
            "year": self.values.get("year"),
            "lines": self._names("lines"),
            "owner": self.text("owner"),
            "closed": self.values.get("closed") or False,
        }

    def _kind(self) -> str:
        found = self.text("kind") or self.mapping.kind
        if not found:
            self.wrong("kind", "cost_or_benefit")
        return found

    def _worth(self) -> str:
        found = self.text("class") or self.mapping.worth
        if not found:
            self.wrong("class", "which_class")
        return found

    def _names(self, key: str) -> list[str]:
        return [one.strip() for one in re.split(r"[;,]", self.text(key)) if one.strip()]

    def _hours(self) -> dict[str, str]:
        whose, task = self.text("whose"), self.text("task")
        if bool(whose) != bool(task):
            self.wrong("task" if whose else "whose", "whose_and_task")
        return {"whose": whose, "task": task} if whose and task else {}

    def _freed_time(self) -> dict[str, str]:
        use, since = self.text("use"), self.values.get("used_since")
        if bool(use) != bool(since):
            self.wrong("used_since" if use else "use", "use_and_day")
        if not (use and since):
            return {}
        return {"use": use, "decided_on": since.isoformat(), **_if_said("by", self.text("decided_by"))}

    # --- its figures and years -----------------------------------------------------------------------------

    def _figures(self) -> dict[str, Any]:
        first, price = self._figure(""), self._figure("price_")
        amounts = {year: one for year, one in self._by_year().items() if one} if self._is_money else {}
        total = sum(amounts.values(), Decimal(0))
        if first is None and total:
            first = self._known(total, "")
        if first is None and price is None:
            self._missing()
        shares = self._shares_of(amounts, total) if amounts else self._shares()
        names = {"quantity": first, "price": price} if price is not None else {"amount": first}
        return {**names, "share_by_year": shares}

    def _one_figure(self) -> Any:
        found = self._figure("")
        if found is None:
            self._missing()
        return found

    @property
    def _is_money(self) -> bool:
        return self.mapping.years == AMOUNTS

    def _missing(self) -> None:
        wanted = any(fault.row == self.row.number for fault in self.faults)
        if not wanted:  # a cell that cannot be read is one fault, not two
            self.wrong("likely", "no_figure")

    def _figure(self, prefix: str) -> Any:
        low, likely, high = (self.values.get(f"{prefix}{key}") for key in ("low", "likely", "high"))
        if self.text(f"{prefix}hourly_cost"):
            return {"hourly_cost": self.text(f"{prefix}hourly_cost")}
        if low is None and high is None:
            return None if likely is None else self._known(likely, prefix)
        if low is None or high is None:
            self.wrong(f"{prefix}low" if low is None else f"{prefix}high", "half_a_range")
            return None
        meaning = self.text(f"{prefix}meaning") or self.mapping.meaning
        if not meaning:
            self.wrong(f"{prefix}meaning", "which_meaning")
            return None
        return {
            "low": plain(low),
            **({"likely": plain(likely)} if likely is not None else {}),
            "high": plain(high),
            "meaning": meaning,
            **_if_said("source", self.text(f"{prefix}source") or self.mapping.source),
            **_if_said("estimator", self.text(f"{prefix}estimator")),
        }

    def _known(self, value: Decimal, prefix: str) -> Any:
        source = self.text(f"{prefix}source") or self.mapping.source
        return {"value": plain(value), "source": source} if source else plain(value)

    def _by_year(self) -> dict[int, Decimal]:
        """What stands under each year."""
        found = {year: self.values.get(str(year)) for year in self.mapping.year_columns.values()}
        return {year: value for year, value in sorted(found.items()) if value is not None}

    def _shares(self) -> dict[str, str]:
        found = self._by_year()
        if not found:
            found = dict.fromkeys(self._years_told(), Decimal(1))
        return {str(year): plain(share) for year, share in found.items()}

    def _years_told(self) -> range:
        first, last = self.values.get("from_year"), self.values.get("to_year")
        years = self.span.years
        if first or last:
            return range(first or years[0], (last or years[-1]) + 1)
        if self.mapping.otherwise == EVERY:
            return years
        return years[:1] if self.mapping.otherwise == FIRST else range(0)

    def _shares_of(self, amounts: Mapping[int, Decimal], total: Decimal) -> dict[str, str]:
        """Amounts as shares of what they come to together; the last bears what rounding leaves."""
        if not total:
            self.wrong(str(next(iter(amounts))), "years_cancel")
            return {}
        shares = {year: (amount / total).quantize(FINEST) for year, amount in amounts.items()}
        last = max(shares)
        shares[last] += 1 - sum(shares.values())
        return {str(year): plain(share) for year, share in shares.items()}


def _says(value: Any) -> bool:
    return value is not None and value is not False and value not in ("", [], {})


def _if_said(name: str, value: str) -> dict[str, str]:
    return {name: value} if value else {}


def _number(value: Decimal | None) -> str | None:
    return None if value is None else plain(value)
