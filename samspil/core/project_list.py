"""What a list of projects would change among the initiatives.

`plan(lines, known)` compares a list with the initiatives that are there: new ones, what changes, what stays.
A project is found again by its number, else by its title. A phase changes at a gate and nowhere else, so
another phase in the list is a *note* and changes nothing. Money is kept as it was given; nothing is computed
with it.

People and units are numbers of known rows; `people` maps every e-mail address and employee number to them,
`units` every key, name and path to the units so called.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from samspil.core.lists import Column, Fault, Kind, Line, Lines, same
from samspil.core.organisation_list import Change, Known

PROJECTS = "projects"
PHASES = {
    "idea": ("idé", "idé", "idea", "idéfase", "idéfas"),
    "development": ("udvikling", "utveckling", "development", "udviklingsfase", "utvecklingsfas"),
    "implementation": (
        "implementering",
        "införande",
        "implementation",
        "implementeringsfase",
        "införandefas",
    ),
    "follow_up": ("opfølgning", "uppföljning", "follow-up", "opfølgningsfase", "uppföljningsfas"),
    "closed": ("afsluttet", "avslutat", "closed"),
    "stopped": ("stoppet", "stoppat", "stopped"),
}
CURRENCIES = {"DKK": ("dkk",), "SEK": ("sek",), "EUR": ("eur",)}
MONEY = ("amount", "currency", "price_year")


def _column(key: str, da: str, sv: str, en: str, kind: str = "text", **more: Any) -> Column:
    return Column(key, {"da": da, "sv": sv, "en": en}, kind, **more)


KIND = Kind(
    PROJECTS,
    {"da": "Projekter", "sv": "Projekt", "en": "Projects"},
    (
        _column("key", "Projektnummer", "Projektnummer", "Project number", longest=60),
        _column("title", "Titel", "Titel", "Title", required=True, longest=300),
        _column("phase", "Fase", "Fas", "Phase", "choice", required=True, choices=PHASES),
        _column("owner", "Ejer", "Ägare", "Owner", required=True, longest=254),
        _column("lead", "Projektleder", "Projektledare", "Project lead", longest=254),
        _column("unit", "Berørt enhed", "Berörd enhet", "Affected unit", required=True, longest=700),
        _column("need", "Behov", "Behov", "Need", longest=300),
        _column("amount", "Beløb", "Belopp", "Amount", "amount"),
        _column("currency", "Valuta", "Valuta", "Currency", "choice", choices=CURRENCIES),
        _column("price_year", "Prisår", "Prisår", "Price year", "whole"),
        _column("next_decision", "Næste beslutning", "Nästa beslut", "Next decision", "day"),
    ),
    (
        {
            "da": {"key": "P-17", "title": "Digital ruteplan", "phase": "udvikling", "amount": "1250000"},
            "sv": {
                "key": "P-17",
                "title": "Digital ruttplanering",
                "phase": "utveckling",
                "amount": "1250000",
            },
            "en": {"key": "P-17", "title": "Digital routes", "phase": "development", "amount": "1250000"},
        },
    ),
)


@dataclass(frozen=True)
class Projects:
    """The initiatives that are there, and whom and what a list can name."""

    initiatives: Sequence[Known]
    people: Mapping[str, int]
    units: Mapping[str, tuple[int, ...]]


@dataclass(frozen=True)
class Project:
    """One line as it would be taken over. `number` is the known initiative, none for a new one."""

    line: int
    number: int | None
    label: str
    values: Mapping[str, Any]
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True)
class Plan:
    """What the list would do."""

    new: tuple[Project, ...]
    changed: tuple[Project, ...]
    unchanged: int
    gone: tuple[str, ...]
    notes: tuple[Fault, ...]
    faults: tuple[Fault, ...]
    examples: int = 0

    @property
    def changes_anything(self) -> bool:
        return bool(self.new or self.changed)

    @property
    def fingerprint(self) -> str:
        """The same exactly when a person would be shown the same changes."""
        shown = [
            [one.number, dict(one.values), [[c.column, c.before, c.after] for c in one.changes]]
            for one in (*self.new, *self.changed)
        ]
        text = json.dumps([shown, len(self.faults)], sort_keys=True, default=str, ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()


def plan(lines: Lines, known: Projects) -> Plan:
    """Compare a list with the initiatives that are there. Every fault is found in one go."""
    planner = _Planner(lines, known)
    found = [one for one in map(planner.project, lines.of[PROJECTS]) if one]
    planner.numbers_and_titles_once()
    matched = {one.number for one in found}
    return Plan(
        new=tuple(one for one in found if one.number is None),
        changed=tuple(one for one in found if one.number is not None and one.changes),
        unchanged=sum(1 for one in found if one.number is not None and not one.changes),
        gone=tuple(row["title"] for row in known.initiatives if row.number not in matched),
        notes=tuple(planner.notes),
        faults=tuple(sorted(planner.faults, key=lambda one: (one.sheet, one.row))),
        examples=lines.examples,
    )


class _Planner:
    def __init__(self, lines: Lines, known: Projects) -> None:
        self.lines, self.known = lines, known
        self.faults: list[Fault] = list(lines.faults)
        self.notes: list[Fault] = []
        self.by_key = {same(row["key"]): row for row in known.initiatives if row["key"]}
        self.by_title: dict[str, list[Known]] = {}
        for row in known.initiatives:
            self.by_title.setdefault(same(row["title"]), []).append(row)
        self.taken: dict[int, int] = {}

    def project(self, line: Line) -> Project | None:
        values = {name: line[name] for name in line.values}
        values |= {name: self._person(line, name) for name in ("owner", "lead") if name in line.values}
        values["unit"] = self._unit(line)
        self._money(line)
        if not line["title"]:
            return None
        match = self._match(line)
        if match is None:
            return Project(line.number, None, line["title"], values)
        if match.number in self.taken:
            first = self.taken[match.number]
            self.faults.append(line.fault("title", "twice", first=first, cell=line["title"]))
        self.taken[match.number] = line.number
        return Project(
            line.number, match.number, line["title"], values, tuple(self._changes(line, match, values))
        )

    def _match(self, line: Line) -> Known | None:
        if line["key"] and same(line["key"]) in self.by_key:
            return self.by_key[same(line["key"])]
        named = self.by_title.get(same(line["title"]), [])
        named = [row for row in named if not (line["key"] and row["key"])]
        if len(named) > 1:
            self.faults.append(line.fault("title", "several_projects", cell=line["title"]))
        return named[0] if len(named) == 1 else None

    def _changes(self, line: Line, match: Known, values: Mapping[str, Any]) -> Iterable[Change]:
        """Phase, need and unit are said once, when an initiative is new; an empty cell changes nothing."""
        if line["phase"] and line["phase"] != match["phase"]:
            self.notes.append(line.fault("phase", "phase_differs", title=match["title"]))
        names = ["key", "title", "owner", "lead", "next_decision"]
        for name in (*names, *(MONEY if values.get("amount") is not None else ())):
            after = values.get(name)
            if after is not None and after != match[name]:
                yield Change(name, match[name], after)

    def _person(self, line: Line, column: str) -> int | None:
        text = line[column]
        found = self.known.people.get(same(text)) if text else None
        if text and found is None:
            self.faults.append(line.fault(column, "unknown_person", cell=text))
        return found

    def _unit(self, line: Line) -> int | None:
        text = line["unit"]
        found = self.known.units.get(same(text), ()) if text else ()
        if text and len(found) != 1:
            reason = "several_units" if found else "unknown_unit"
            self.faults.append(line.fault("unit", reason, cell=text))
        return found[0] if len(found) == 1 else None

    def _money(self, line: Line) -> None:
        """An amount says in which currency; which prices it is in may be unknown."""
        if line["amount"] is not None and not line["currency"]:
            self.faults.append(line.fault("amount", "no_currency", cell=str(line["amount"])))
        if line["price_year"] is not None and not 1990 <= line["price_year"] <= 2100:
            self.faults.append(line.fault("price_year", "not_a_year", cell=str(line["price_year"])))

    def numbers_and_titles_once(self) -> None:
        """Two new lines with one number are one project twice; so are two with one title and no numbers."""
        seen: dict[tuple[str, str], int] = {}
        for line in self.lines.of[PROJECTS]:
            column = "key" if line["key"] else "title"
            name = (column, same(line[column] or ""))
            if name[1] and name in seen:
                self._say_once(line.fault(column, "twice", first=seen[name], cell=line[column]))
            seen.setdefault(name, line.number)

    def _say_once(self, fault: Fault) -> None:
        places = {(one.sheet, one.row, one.reason) for one in self.faults}
        if (fault.sheet, fault.row, fault.reason) not in places:
            self.faults.append(fault)
