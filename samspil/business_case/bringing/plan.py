"""What a spreadsheet would do to a case: which parts are new, which say something else, what is wrong."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from samspil.business_case.bringing import waiting
from samspil.business_case.bringing.models import BroughtFile
from samspil.business_case.bringing.people import People
from samspil.business_case.format import as_format, parts_of, read_format
from samspil.business_case.models import Case
from samspil.business_case.models import Part as Row
from samspil.core.business_case.brought import parts as reading
from samspil.core.business_case.brought.parts import LIST_OF, Part, Span
from samspil.core.business_case.case import Case as CoreCase
from samspil.core.business_case.mean_case import mean_case
from samspil.core.business_case.problems import Misread
from samspil.core.business_case.writing import as_data
from samspil.core.lists import Fault, same
from samspil.organisation.models import Person

FIGURES = ("amount", "quantity", "price", "value", "consequence")
ORDER = ("drivers", "lines", "risks")  # what others name comes first


@dataclass(frozen=True)
class Coming:
    """One part as it would be taken over. Without `row` it is new; `handle` is its id until it has a ref."""

    part: Part
    handle: str
    content: Mapping[str, Any]
    owner: Person | None = None
    estimator: Person | None = None
    row: Row | None = None

    @property
    def use(self) -> str:
        return self.part.use


@dataclass(frozen=True)
class Plan:
    """All that would come. `before` and `after` are what the case comes to, in hundredths, where it can be
    said."""

    coming: tuple[Coming, ...] = ()
    unchanged: int = 0
    faults: tuple[Fault, ...] = ()
    notes: tuple[Fault, ...] = ()
    left_out: tuple[Fault, ...] = ()
    before: Any = None
    after: Any = None

    @property
    def new(self) -> list[Coming]:
        return [one for one in self.coming if one.row is None]

    @property
    def changed(self) -> list[Coming]:
        return [one for one in self.coming if one.row is not None]

    @property
    def fingerprint(self) -> str:
        """The same exactly when a person would be shown the same."""
        shown = [
            [
                one.handle,
                dict(one.content),
                one.row.version if one.row else 0,
                one.row.content if one.row else {},
            ]
            for one in self.coming
        ]
        text = json.dumps([shown, len(self.faults)], sort_keys=True, default=str, ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()


def plan_of(brought: BroughtFile) -> Plan:
    """What the file would do now, with the mapping it has."""
    case = brought.case
    span = Span(_years(case), str(case.frame.get("currency", "")))
    found = reading.read(waiting.tables(brought), waiting.mappings(brought), span)
    return _Planner(case, brought.file.name).plan(found)


def _years(case: Case) -> range:
    first = int(case.frame["first_year"])
    return range(first, first + int(case.frame["years"]))


class _Planner:
    def __init__(self, case: Case, file: str) -> None:
        self.case, self.file = case, file
        self.rows = parts_of(case)
        self.people = People(case.organisation.language)
        self.notes: list[Fault] = []
        self.faults: list[Fault] = []

    def plan(self, found: reading.Brought) -> Plan:
        known = {(f"{one.kind}s", one.ref): one for one in self.rows}
        rough = [self._coming(part, place, known) for place, part in enumerate(found.parts, start=1)]
        names = _Names(self.rows, rough)
        coming = [self._named(one, names) for one in rough]
        faults = [*found.faults, *self.faults]
        if faults:
            return Plan(faults=tuple(faults), notes=tuple(self.notes), left_out=found.left_out)
        return self._against(coming, found.left_out)

    def _coming(self, part: Part, place: int, known: Mapping[tuple[str, str], Row]) -> Coming:
        row = known.get((part.use, str(part.content.get("id", ""))))
        owner = self._person(part, "owner", str(part.content.get("owner", "")), row.owner if row else None)
        named = next((str(value["estimator"]) for value in _ranges(part.content) if "estimator" in value), "")
        estimator = self._person(part, "estimator", named, row.estimator if row else None)
        content = {key: value for key, value in part.content.items() if key not in ("id", "owner")}
        content = {key: self._figure(value, estimator) for key, value in content.items()}
        return Coming(part, row.ref if row else f"new {place}", content, owner, estimator, row)

    def _person(self, part: Part, column: str, name: str, until_now: Person | None) -> Person | None:
        if not name:
            return None
        found = self.people.find(name, until_now)
        if found is None:
            self.notes.append(part.fault(column, "nobody_so_called", cell=name))
        return found

    def _figure(self, value: Any, estimator: Person | None) -> Any:
        """Who estimated stands beside the part; a name that nobody here has stays with the source."""
        if not isinstance(value, dict) or "estimator" not in value:
            return value
        told = {key: one for key, one in value.items() if key != "estimator"}
        if estimator is None:
            told["source"] = ", ".join(filter(None, (told.get("source", ""), value["estimator"])))
        return told

    def _named(self, one: Coming, names: "_Names") -> Coming:
        """What it names of other parts, by their ids."""
        content = dict(one.content)
        for column, use in (("drivers", "drivers"), ("lines", "lines")):
            if column not in content:
                continue
            found = [(name, names.find(use, name)) for name in content[column]]
            content[column] = [handle for _name, handle in found if handle]
            self.faults += [
                one.part.fault(column, f"unknown_{column}", cell=name) for name, handle in found if not handle
            ]
        return replace(one, content=content)

    # --- against the case as it stands ---------------------------------------------------------------------

    def _against(self, coming: Sequence[Coming], left_out: tuple[Fault, ...]) -> Plan:
        given, places = self._together(coming)
        try:
            after = read_format(given)
        except Misread as wrong:
            faults = reading.led_back(wrong.problems, places)
            return Plan(faults=tuple(faults), notes=tuple(self.notes), left_out=left_out)
        before = self._before()
        really = [one for one in coming if one.row is None or _differs(one, before, after)]
        return Plan(
            tuple(really),
            len(coming) - len(really),
            notes=tuple(self.notes),
            left_out=left_out,
            before=mean_case(before).npv if before else None,
            after=mean_case(after).npv,
        )

    def _together(self, coming: Sequence[Coming]) -> tuple[dict[str, Any], dict[tuple[str, int], Part]]:
        """The case as it would be, and where in the file each part of it is from."""
        given = as_format(self.case, self.rows)
        here = {(use, row["id"]): at for use in ORDER for at, row in enumerate(given[use])}
        places: dict[tuple[str, int], Part] = {}
        for one in coming:
            rows = given[one.use]
            at = here.setdefault((one.use, one.handle), len(rows))
            rows[at:] = [{"id": one.handle, **one.content}, *rows[at + 1 :]]
            places[(one.use, at + 1)] = one.part
        return given, places

    def _before(self) -> CoreCase | None:
        try:
            return read_format(as_format(self.case, self.rows))
        except Misread:
            return None  # it has no line yet


class _Names:
    """Drivers and lines by what a file may call them: the id it gives, or the name."""

    def __init__(self, rows: Iterable[Row], coming: Iterable[Coming]) -> None:
        self.handles: dict[tuple[str, str], str] = {}
        for row in rows:
            self._add(f"{row.kind}s", row.ref, row.ref, str(row))
        for one in coming:
            self._add(one.use, one.handle, str(one.part.content.get("id", "")), one.part.title)

    def _add(self, use: str, handle: str, *names: str) -> None:
        for name in filter(None, names):
            self.handles[(use, same(name))] = handle

    def find(self, use: str, name: str) -> str:
        return self.handles.get((use, same(name)), "")


def _ranges(content: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    return (content[name] for name in FIGURES if isinstance(content.get(name), dict))


def _differs(one: Coming, before: CoreCase | None, after: CoreCase) -> bool:
    """Whether the part says something else than it did, whatever way its numbers are written."""
    row = one.row
    if row is None or before is None:
        return True
    people = (one.owner, one.estimator) != (row.owner, row.estimator)
    return people or _without_people(before, one) != _without_people(after, one)


def _without_people(case: CoreCase, one: Coming) -> str:
    part = next(row for row in as_data(case)[one.use] if row["id"] == one.handle)
    told = {
        key: {name: each for name, each in value.items() if name != "estimator"}
        if isinstance(value, dict)
        else value
        for key, value in part.items()
        if key != "owner"
    }
    return json.dumps(told, sort_keys=True)


KINDS = dict(LIST_OF)
