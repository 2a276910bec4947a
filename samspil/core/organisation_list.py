"""What a list of units, people, roles, unions, committees, seats and groups would change in an organisation.

`plan(lines, known)` compares what a file says with what is known and gives, in one go: what is new, what
changes (before and after), what stays, who is known and not in the file, and every fault. It decides nothing
else: a plan with faults is carried out by nobody.

Keys: a unit by its key, else by its name below its parent · a person by key, else by e-mail address · a
union, a committee and a group by name · a seat by committee and person · a role by person, kind and unit.
Whom a row means in the plan is told by a *handle*: a positive number is the row that is known under it, a
negative one the nth new entry of that kind (-1 is the first).

What a column says wins, also when a cell is empty; what has no column stays as it is. A key is never emptied.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from samspil.core.lists import Fault, Line, Lines, same
from samspil.core.organisation_sheets import COMMITTEES as COMMITTEES
from samspil.core.organisation_sheets import GROUPS as GROUPS
from samspil.core.organisation_sheets import ORDER as ORDER
from samspil.core.organisation_sheets import PEOPLE as PEOPLE
from samspil.core.organisation_sheets import ROLES as ROLES
from samspil.core.organisation_sheets import SEATS as SEATS
from samspil.core.organisation_sheets import UNIONS as UNIONS
from samspil.core.organisation_sheets import UNITS as UNITS

# --- what is known ---------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Known:
    """A row that is there: its number, and its values by column."""

    number: int
    values: Mapping[str, Any]

    def __getitem__(self, column: str) -> Any:
        return self.values.get(column)


@dataclass(frozen=True)
class Organisation:
    """Everything a list is compared with.

    References between rows are the numbers of rows. Units are those that are open, people those who are here
    (with `guest`: comes from elsewhere), seats and roles all that people here ever had, `levels` those of the
    regime. `today` is the day on which the list is read; `elects_together`: whether unions form election
    groups here.
    """

    of: Mapping[str, Sequence[Known]]
    today: date
    levels: tuple[str, ...] = ("main", "area", "local")
    elects_together: bool = True


@dataclass(frozen=True)
class Change:
    """One value that becomes another, as people read them."""

    column: str
    before: Any
    after: Any


@dataclass(frozen=True)
class Entry:
    """One line of the file as it would be written. `handle`: the known row or the new one it stands for."""

    kind: str
    handle: int
    label: str
    values: Mapping[str, Any]
    changes: tuple[Change, ...] = ()

    @property
    def is_new(self) -> bool:
        return self.handle < 0


@dataclass(frozen=True)
class Gone:
    """A row that is known and not in the file. `what`: the kind of a role, which its label does not say."""

    kind: str
    number: int
    label: str
    what: str = ""


@dataclass(frozen=True)
class Plan:
    """What the file would do. `unchanged` counts the lines that say what is known already, by kind."""

    new: Mapping[str, tuple[Entry, ...]]
    changed: Mapping[str, tuple[Entry, ...]]
    unchanged: Mapping[str, int]
    gone: Mapping[str, tuple[Gone, ...]]
    faults: tuple[Fault, ...]
    examples: int = 0

    @property
    def changes_anything(self) -> bool:
        return any(self.new.values()) or any(self.changed.values())

    @property
    def fingerprint(self) -> str:
        """The same exactly when a person would be shown the same changes and the same people who are gone."""
        shown = {
            "new": [[one.kind, one.label, dict(one.values)] for kind in ORDER for one in self.new[kind]],
            "changed": [
                [one.kind, one.handle, dict(one.values), [[c.column, c.before, c.after] for c in one.changes]]
                for kind in ORDER
                for one in self.changed[kind]
            ],
            "gone": [[one.kind, one.number] for kind in ORDER for one in self.gone[kind]],
            "faults": len(self.faults),
        }
        text = json.dumps(shown, sort_keys=True, default=str, ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()


def plan(lines: Lines, known: Organisation) -> Plan:
    """Compare a file with what is known. Every fault is found in one go."""
    return _Planner(lines, known).plan()


# --- how it is compared ---------------------------------------------------------------------------------


@dataclass
class _Found:
    """The rows of one kind while they are matched: which line is which row, and what it would say."""

    kind: str
    known: dict[int, Known]
    handles: dict[int, int] = field(default_factory=dict)  # number of the line in its list -> handle
    by_handle: dict[int, int] = field(default_factory=dict)
    new: int = 0

    def take(self, index: int, match: Known | None) -> int:
        if match is None:
            self.new += 1
        handle = match.number if match else -self.new
        self.handles[index], self.by_handle[handle] = handle, index
        return handle


class _Planner:
    def __init__(self, lines: Lines, known: Organisation) -> None:
        self.lines, self.known = lines, known
        self.faults: list[Fault] = list(lines.faults)
        self.found = {
            kind: _Found(kind, {row.number: row for row in known.of.get(kind, ())}) for kind in ORDER
        }
        self.entries: dict[str, list[Entry]] = {kind: [] for kind in ORDER}

    def plan(self) -> Plan:
        self.units = _Units(self)
        self._people()
        self._roles()
        self._by_name(
            UNIONS, lambda line, _handle: {"name": line["name"], "election_group": line["election_group"]}
        )
        self._committees()
        self._seats()
        self._by_name(GROUPS, lambda line, _handle: {name: line[name] for name in ("name", "kind", "size")})
        if not self.known.elects_together:
            self._no_election_groups()
        return self._plan()

    def _plan(self) -> Plan:
        by_kind = self.entries
        return Plan(
            new={kind: tuple(one for one in by_kind[kind] if one.is_new) for kind in ORDER},
            changed={
                kind: tuple(one for one in by_kind[kind] if not one.is_new and one.changes) for kind in ORDER
            },
            unchanged={
                kind: sum(1 for one in by_kind[kind] if not one.is_new and not one.changes) for kind in ORDER
            },
            gone={kind: tuple(self._gone(kind)) for kind in ORDER},
            faults=tuple(sorted(self.faults, key=lambda one: (one.sheet, one.row))),
            examples=self.lines.examples,
        )

    def of(self, kind: str) -> Sequence[Line]:
        return self.lines.of.get(kind, ())

    def fault(self, line: Line, column: str, reason: str, **facts: Any) -> None:
        self.faults.append(line.fault(column, reason, **facts))

    # --- one entry ---------------------------------------------------------------------------------------

    def add(self, kind: str, line: Line, handle: int, values: Mapping[str, Any], label: str) -> None:
        """An entry with what differs from what is known; only columns the sheet has are looked at."""
        values = {name: value for name, value in values.items() if name in line.values}
        match = self.found[kind].known.get(handle)
        if match is not None and values.get("key", "") is None:
            values = {name: value for name, value in values.items() if name != "key"}
        changes = () if match is None else tuple(self._changes(kind, match, values))
        self.entries[kind].append(Entry(kind, handle, label, values, changes))

    def _changes(self, kind: str, match: Known, values: Mapping[str, Any]) -> Iterable[Change]:
        for name, after in values.items():
            before = match[name]
            if _differ(before, after):
                yield Change(name, self._shown(kind, name, before), self._shown(kind, name, after))

    def _shown(self, kind: str, name: str, value: Any) -> Any:
        """A reference as the name of the row it leads to."""
        leads_to = REFERENCES.get((kind, name))
        if leads_to is None or value is None:
            return value
        return self.label(leads_to, value)

    def label(self, kind: str, handle: int) -> str:
        index = self.found[kind].by_handle.get(handle)
        if kind == SEATS:
            seat = self.found[kind].known.get(handle)
            person = seat["person"] if seat else self.seat_persons.get(handle)
            return self.label(PEOPLE, person) if person is not None else ""
        if kind == ROLES:
            return self._role_label(self.found[kind].known[handle].values)
        if index is not None:
            return _label(self.of(kind)[index].values)
        return _label(self.found[kind].known[handle].values)

    def _gone(self, kind: str) -> Iterable[Gone]:
        """Only of kinds the file speaks of; guests, and seats and roles that are over, are not missed."""
        if not self.of(kind):
            return
        for number, row in self.found[kind].known.items():
            missed = number not in self.found[kind].by_handle and not row["guest"]
            if kind in (SEATS, ROLES):
                missed = missed and self._is_open(row)
            if missed:
                label = self.label(kind, number)
                if kind == SEATS:
                    label = f"{self.label(COMMITTEES, row['committee'])}: {label}"
                yield Gone(kind, number, label, row["kind"] if kind == ROLES else "")

    def _once(self, kind: str, column: str, name: Callable[[str], str] = same) -> dict[str, int]:
        """Each text of a column with the line that has it first; a second one is a fault."""
        first: dict[str, int] = {}
        for index, line in enumerate(self.of(kind)):
            text = line[column]
            if text and name(text) in first:
                self.fault(line, column, "twice", first=self.of(kind)[first[name(text)]].number, cell=text)
            elif text:
                first[name(text)] = index
        return first

    # --- people ------------------------------------------------------------------------------------------

    def _people(self) -> None:
        people = self.found[PEOPLE]
        keys, emails = self._once(PEOPLE, "key"), self._once(PEOPLE, "email")
        by_key = {same(row["key"]): row for row in people.known.values() if row["key"]}
        by_email = {same(row["email"]): row for row in people.known.values() if row["email"]}
        self.persons: dict[str, int] = {}
        for index, line in enumerate(self.of(PEOPLE)):
            key, email = same(line["key"] or ""), same(line["email"] or "")
            unit = self.units.meant(line, "unit")
            if not key and not email:
                self._without_a_key(line)
            elif keys.get(key, index) == emails.get(email, index) == index:
                match = self._person(line, by_key.get(key), by_email.get(email))
                self._take_person(index, line, match, unit)
        for row in people.known.values():
            if row.number not in people.by_handle:
                self.persons = {
                    same(row[name]): row.number for name in NAMES_OF_PEOPLE if row[name]
                } | self.persons

    def _take_person(self, index: int, line: Line, match: Known | None, unit: int | None) -> None:
        people = self.found[PEOPLE]
        if match is not None and match.number in people.by_handle:
            first = self.of(PEOPLE)[people.by_handle[match.number]].number
            self.fault(line, "key", "twice", first=first, cell=_label(match.values))
            return
        handle = people.take(index, match)
        self.persons |= {same(line[name]): handle for name in NAMES_OF_PEOPLE if line[name]}
        values = {name: line[name] for name in ("key", "email", "given_name", "family_name", "title")}
        values["unit"] = unit
        self.add(PEOPLE, line, handle, values, _label(line.values))

    def _without_a_key(self, line: Line) -> None:
        """An address that could not be read is a fault already."""
        place = (line.sheet, line.number, line.headings.get("email"))
        if all((one.sheet, one.row, one.column) != place for one in self.lines.faults):
            self.fault(line, "email", "no_key")

    def _person(self, line: Line, by_key: Known | None, by_email: Known | None) -> Known | None:
        if by_key and by_email and by_key is not by_email:
            self.fault(line, "email", "two_people", one=_label(by_key.values), other=_label(by_email.values))
        match = by_key or by_email
        if match and match["guest"]:
            self.fault(line, "email", "is_a_guest", name=_label(match.values))
        if (
            match
            and match is by_email
            and line["key"]
            and match["key"]
            and same(match["key"]) != same(line["key"])
        ):
            self.fault(line, "key", "other_key", name=_label(match.values), key=match["key"])
        return match

    def person(self, line: Line, column: str) -> int | None:
        text = line[column]
        if not text:
            return None
        handle = self.persons.get(same(text))
        if handle is None:
            self.fault(line, column, "unknown_person", cell=text)
        return handle

    # --- roles -------------------------------------------------------------------------------------------

    def _roles(self) -> None:
        found = self.found[ROLES]
        held: dict[_RoleOf, list[Known]] = {}
        for row in found.known.values():
            held.setdefault((row["person"], row["kind"], row["unit"]), []).append(row)
        first: dict[_RoleOf, int] = {}
        for index, line in enumerate(self.of(ROLES)):
            person, unit = self.person(line, "person"), self.units.meant(line, "unit")
            if line["kind"] == LEADS_A_UNIT and not line["unit"]:
                self.fault(line, "unit", "leads_which_unit")
            if person is None or not line["kind"]:
                continue
            role = (person, line["kind"], unit)
            if role in first:
                self.fault(line, "person", "twice", first=first[role], cell=line["person"])
                continue
            first[role] = line.number
            self._role(index, line, role, held.get(role, ()))

    def _role(self, index: int, line: Line, role: "_RoleOf", held: Sequence[Known]) -> None:
        match = next((row for row in held if self._is_open(row)), None)
        handle = self.found[ROLES].take(index, match)
        since, until = self._days(line, match)
        if match is None and any(_overlap(row, since) for row in held):
            self.fault(line, "since", "has_role_then", cell=since.isoformat())
        values = {"person": role[0], "kind": role[1], "unit": role[2], "since": since, "until": until}
        given = line if match else Line(line.sheet, line.number, {**values, **line.values}, line.headings)
        self.add(ROLES, given, handle, values, self._role_label(values))

    def _role_label(self, values: Mapping[str, Any]) -> str:
        person = self.label(PEOPLE, values["person"])
        return f"{person}: {self.label(UNITS, values['unit'])}" if values["unit"] is not None else person

    def _days(self, line: Line, match: Known | None) -> tuple[date, date | None]:
        """First and last day; a new one without a first day begins today."""
        since = line["since"] or (match["since"] if match else self.known.today)
        until = line["until"] if "until" in line.values else (match["until"] if match else None)
        if until and until < since:
            self.fault(line, "until", "ends_before", cell=until.isoformat())
        return since, until

    # --- unions and groups: known by their names ---------------------------------------------------------

    def _by_name(self, kind: str, values: Callable[[Line, int], Mapping[str, Any]]) -> None:
        found, once = self.found[kind], self._once(kind, "name")
        names = {same(row["name"]): row for row in found.known.values()}
        for index, line in enumerate(self.of(kind)):
            name = same(line["name"] or "")
            if name and once.get(name) == index:
                handle = found.take(index, names.get(name))
                self.add(kind, line, handle, values(line, handle), line["name"])

    def _named(self, kind: str, line: Line, column: str, reason: str) -> int | None:
        """The row of that name, in the file or known."""
        text = line[column]
        if not text:
            return None
        handle = self.names(kind).get(same(text))
        if handle is None:
            self.fault(line, column, reason, cell=text)
        return handle

    def names(self, kind: str) -> Mapping[str, int]:
        if not hasattr(self, f"_names_{kind}"):
            found = self.found[kind]
            names = {same(row["name"]): number for number, row in found.known.items()}
            names |= {same(self.of(kind)[index]["name"]): handle for index, handle in found.handles.items()}
            setattr(self, f"_names_{kind}", names)
        return getattr(self, f"_names_{kind}")  # type: ignore[no-any-return]

    def _no_election_groups(self) -> None:
        for line in self.of(UNIONS):
            if line["election_group"]:
                self.fault(line, "election_group", "no_election_groups")

    # --- committees --------------------------------------------------------------------------------------

    def _committees(self) -> None:
        found, once = self.found[COMMITTEES], self._once(COMMITTEES, "name")
        names = {same(row["name"]): row for row in found.known.values()}
        mine = [
            (index, line)
            for index, line in enumerate(self.of(COMMITTEES))
            if line["name"] and once.get(same(line["name"])) == index
        ]
        for index, line in mine:
            found.take(index, names.get(same(line["name"])))
        above: dict[int, int | None] = {number: row["parent"] for number, row in found.known.items()}
        for index, line in mine:
            handle = found.handles[index]
            parent = self._named(COMMITTEES, line, "parent", "unknown_committee")
            if "parent" in line.values:
                above[handle] = parent
            if line["level"] and line["level"] not in self.known.levels:
                self.fault(line, "level", "not_a_level", cell=line["level"])
            values = {name: line[name] for name in ("name", "level", "staff_meeting")}
            values |= {"parent": parent, "unit": self.units.meant(line, "unit")}
            values["staff_meeting"] = bool(line["staff_meeting"])
            self.add(COMMITTEES, line, handle, values, line["name"])
        for index, line in mine:
            if _in_a_circle(found.handles[index], above):
                self.fault(line, "parent", "circle", cell=line["parent"] or line["name"])

    # --- seats -------------------------------------------------------------------------------------------

    def _seats(self) -> None:
        found = self.found[SEATS]
        held: dict[tuple[int, int], list[Known]] = {}
        for row in found.known.values():
            held.setdefault((row["committee"], row["person"]), []).append(row)
        self.seat_persons: dict[int, int] = {}
        places: dict[tuple[int, int], int] = {}
        mine = []
        for index, line in enumerate(self.of(SEATS)):
            committee = self._named(COMMITTEES, line, "committee", "unknown_committee")
            person = self.person(line, "person")
            leads_to = self._union_and_other(line)
            if committee is None or person is None:
                continue
            pair = (committee, person)
            if pair in places:
                first = self.of(SEATS)[found.by_handle[places[pair]]].number
                self.fault(line, "person", "twice", first=first, cell=line["person"])
                continue
            match = next((row for row in held.get(pair, ()) if self._is_open(row)), None)
            places[pair] = found.take(index, match)
            self.seat_persons[places[pair]] = person
            mine.append((line, pair, match, leads_to))
        for (committee, person), rows in held.items():
            for row in rows:
                if self._is_open(row):
                    places.setdefault((committee, person), row.number)
        for line, pair, match, (union, other) in mine:
            values = {"union": union, "substitute_for": self._stands_in(line, pair, other, places)}
            self._seat(line, pair, match, values, places[pair], held.get(pair, ()))

    def _union_and_other(self, line: Line) -> tuple[int | None, int | None]:
        return self._named(UNIONS, line, "union", "unknown_union"), self.person(line, "substitute_for")

    def _seat(
        self,
        line: Line,
        pair: tuple[int, int],
        match: Known | None,
        leads_to: Mapping[str, int | None],
        handle: int,
        held: Sequence[Known],
    ) -> None:
        committee, person = pair
        since, until = self._days(line, match)
        if match is None and any(_overlap(row, since) for row in held):
            self.fault(line, "since", "has_seat_then", cell=since.isoformat())
        values = {
            "committee": committee,
            "person": person,
            "side": line["side"],
            "kind": line["kind"] or "member",
            "steward": bool(line["steward"]),
            "safety_rep": bool(line["safety_rep"]),
            "since": since,
            "until": until,
            **leads_to,
        }
        label = f"{self.label(COMMITTEES, committee)}: {self.label(PEOPLE, person)}"
        self.add(SEATS, _with_day(line, match), handle, values, label)

    def _stands_in(
        self, line: Line, pair: tuple[int, int], other: int | None, places: Mapping[tuple[int, int], int]
    ) -> int | None:
        """The seat of the other person in the same committee."""
        if other is None:
            return None
        seat = places.get((pair[0], other))
        if seat is None or seat == places[pair]:
            self.fault(line, "substitute_for", "not_in_the_committee", cell=line["substitute_for"])
        return seat

    def _is_open(self, row: Known) -> bool:
        return row["until"] is None or row["until"] >= self.known.today


class _Units:
    """Units lie in a tree, and a file may name a parent before or after its children."""

    def __init__(self, planner: _Planner) -> None:
        self.planner, self.found = planner, planner.found[UNITS]
        self.lines = planner.of(UNITS)
        self.keys = planner._once(UNITS, "key")
        self.names = self._lines_by_name()
        self.known_keys = {same(row["key"]): row for row in self.found.known.values() if row["key"]}
        self.known_names: dict[str, list[Known]] = {}
        for row in self.found.known.values():
            self.known_names.setdefault(same(row["name"]), []).append(row)
        self.parents: dict[int, int | None] = {}
        self._walking: set[int] = set()
        self.done: set[int] = set()
        for index in range(len(self.lines)):
            self._take(index)
        self._finish()

    def _lines_by_name(self) -> dict[str, list[int]]:
        names: dict[str, list[int]] = {}
        for index, line in enumerate(self.lines):
            if line["name"]:
                names.setdefault(same(line["name"]), []).append(index)
        return names

    def _take(self, index: int) -> int | None:
        """The handle of a line, once its parent has one."""
        if index in self.done:
            return self.found.handles.get(index)
        line = self.lines[index]
        if index in self._walking:
            self.planner.fault(line, "parent", "circle", cell=line["parent"])
            return None
        self._walking.add(index)
        parent = self._parent_of(line)
        self._walking.discard(index)
        self.done.add(index)
        if not line["name"] or (line["key"] and self.keys.get(same(line["key"])) != index):
            return None
        match = self._match(line, parent)
        if match and match.number in self.found.by_handle:
            first = self.lines[self.found.by_handle[match.number]].number
            self.planner.fault(line, "name", "twice", first=first, cell=line["name"])
            return None
        handle = self.found.take(index, match)
        self.parents[handle] = parent if "parent" in line.values or match is None else match["parent"]
        return handle

    def _parent_of(self, line: Line) -> int | None:
        return self._meant(line, "parent") if line["parent"] else None

    def _match(self, line: Line, parent: int | None) -> Known | None:
        if line["key"] and same(line["key"]) in self.known_keys:
            return self.known_keys[same(line["key"])]
        named = self.known_names.get(same(line["name"]), [])
        if "parent" in line.values:
            named = [row for row in named if row["parent"] == parent]
        named = [row for row in named if not (line["key"] and row["key"])]
        return named[0] if len(named) == 1 else None

    def meant(self, line: Line, column: str) -> int | None:
        return self._meant(line, column) if line[column] else None

    def _meant(self, line: Line, column: str) -> int | None:
        """A unit by key, by a name that only one unit has, or by its path from the top."""
        text = line[column]
        name = same(text)
        if name in self.keys:
            return self._take(self.keys[name])
        if name in self.known_keys:
            return self.known_keys[name].number
        inside = self.names.get(name, [])
        outside = [row for row in self.known_names.get(name, []) if not self._is_in_file(row)]
        if len(inside) + len(outside) == 1:
            return self._take(inside[0]) if inside else outside[0].number
        by_path = self._by_path(text)
        if by_path is not None:
            return by_path
        reason = "several_units" if inside or outside else "unknown_unit"
        self.planner.fault(line, column, reason, cell=text)
        return None

    def _is_in_file(self, row: Known) -> bool:
        """Whether a line of the file speaks of this unit; asked before all lines have their handles."""
        if row["key"] and same(row["key"]) in self.keys:
            return True
        if row.number in self.found.by_handle:
            return True
        lines = [self.lines[index] for index in self.names.get(same(row["name"]), [])]
        return any(not (line["key"] and row["key"]) for line in lines)

    def _by_path(self, text: str) -> int | None:
        parts = [same(part) for part in text.replace(" > ", " / ").split(" / ")]
        if len(parts) < 2:
            return None
        here: int | None = None
        for part in parts:
            below = [index for index in self.names.get(part, []) if index not in self._walking]
            handles = {handle for index in below if (handle := self._take(index)) is not None}
            handles |= {
                row.number for row in self.known_names.get(part, []) if row.number not in self.parents
            }
            fitting = [one for one in handles if self._parent(one) == here]
            if len(fitting) != 1:
                return None
            here = fitting[0]
        return here

    def _parent(self, handle: int) -> int | None:
        if handle in self.parents:
            return self.parents[handle]
        return self.found.known[handle]["parent"] if handle in self.found.known else None

    def _finish(self) -> None:
        above = {number: self._parent(number) for number in (*self.found.known, *self.parents)}
        taken: dict[tuple[int | None, str], int] = {}
        for number, row in self.found.known.items():
            if number not in self.found.by_handle:
                taken[above[number], same(row["name"])] = number
        for index, handle in sorted(self.found.handles.items()):
            line = self.lines[index]
            place = (above[handle], same(line["name"]))
            if place in taken:
                self.planner.fault(line, "name", "name_taken", cell=line["name"])
            taken[place] = handle
            if _in_a_circle(handle, above):
                self.planner.fault(line, "parent", "circle", cell=line["parent"] or line["name"])
            values = {name: line[name] for name in ("key", "name", "headcount")}
            values |= {"parent": above[handle], "staff_function": bool(line["staff_function"])}
            self.planner.add(UNITS, line, handle, values, line["name"])


_RoleOf = tuple[int, str, int | None]  # whose, which, where
LEADS_A_UNIT = "line_manager"
NAMES_OF_PEOPLE = ("key", "email")
REFERENCES = {
    (UNITS, "parent"): UNITS,
    (PEOPLE, "unit"): UNITS,
    (ROLES, "person"): PEOPLE,
    (ROLES, "unit"): UNITS,
    (COMMITTEES, "parent"): COMMITTEES,
    (COMMITTEES, "unit"): UNITS,
    (SEATS, "committee"): COMMITTEES,
    (SEATS, "person"): PEOPLE,
    (SEATS, "union"): UNIONS,
    (SEATS, "substitute_for"): SEATS,
}


def _differ(before: Any, after: Any) -> bool:
    """Nothing and an empty text are the same."""
    return (None if before == "" else before) != (None if after == "" else after)


def _label(values: Mapping[str, Any]) -> str:
    if "given_name" in values:
        return f"{values.get('given_name') or ''} {values.get('family_name') or ''}".strip()
    return str(values.get("name") or "")


def _with_day(line: Line, match: Known | None) -> Line:
    """A new seat has a first day even where the sheet has no column for it; so has a kind."""
    given = dict(line.values)
    if match is None:
        given |= {name: given.get(name) for name in ("kind", "since", "until", "union", "substitute_for")}
        given |= {name: given.get(name) for name in ("steward", "safety_rep")}
    return Line(line.sheet, line.number, given, line.headings)


def _overlap(row: Known, since: date) -> bool:
    return row["since"] <= since and (row["until"] is None or row["until"] >= since)


def _in_a_circle(start: int, above: Mapping[int, int | None]) -> bool:
    """Whether one comes back to where one started by going up."""
    here, met = above.get(start), {start}
    while here is not None and here not in met:
        met.add(here)
        here = above.get(here)
    return here == start
