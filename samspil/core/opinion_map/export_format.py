"""Reading finished conversations in the export format of Polis, from lines of text.

Votes come as one row a vote (`timestamp, comment-id, voter-id, vote`; the latest counts) or as one row a person
(`participant, …`, then one column a statement). What the statements say and whether they were taken out comes
from the list of comments (`comment-id, moderated, comment-body`). What is wrong is told with file, row and reason.
"""

import csv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

import numpy as np

from .votes import Key, Votes

MOST_FAULTS = 20
ABOUT_A_PERSON = frozenset({"participant", "xid", "group-id", "n-comments", "n-votes", "n-agree", "n-disagree"})
_VALUES = {"-1": -1, "0": 0, "1": 1}
_VOTES_NEED = ("comment-id", "voter-id", "vote")
_COMMENTS_NEED = ("comment-id", "moderated")


def _(text: str) -> str:
    """Marks a text for the translators; it is said by whoever shows it."""
    return text


REASONS: Mapping[str, str] = {
    "not_a_table": _("this is not a table of comma-separated values (%(detail)s)."),
    "empty": _("the file is empty."),
    "no_votes": _("it holds no votes."),
    "neither": _("there are neither votes (votes.csv) nor a table of people and votes (participants-votes.csv)."),
    "unknown": _("its heading is neither that of votes nor that of a table of people and votes."),
    "columns_missing": _("the heading has no column %(detail)s."),
    "column_without_name": _("a column has no name."),
    "column_twice": _("column “%(detail)s” stands there more than once."),
    "cells": _("this row has %(detail)s cells and the heading %(wanted)s."),
    "value": _("“%(column)s” is “%(detail)s”; a vote is -1 (disagree), 0 (pass) or 1 (agree)."),
    "moderated": _("“moderated” is “%(detail)s”; it is -1 (taken out), 0 or 1."),
    "timestamp": _("“timestamp” is “%(detail)s”; it is a whole number of milliseconds."),
    "nobody": _("it does not say who voted on what."),
    "person_twice": _("participant “%(detail)s” stands in an earlier row."),
    "comment_without_id": _("the comment has no id."),
    "comment_twice": _("comment “%(detail)s” stands in an earlier row."),
}


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong in which row of which file; row 1 is the heading, 0 stands for the file.

    `kind` is one of REASONS, `about` what its sentence names.
    """

    file: str
    row: int
    kind: str
    about: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        reason = REASONS[self.kind] % dict(self.about)
        return f"{self.file}, row {self.row}: {reason}" if self.row else f"{self.file}: {reason}"


class Misread(ValueError):  # noqa: N818 - named for what it says
    """Files that are not a conversation; `faults` says why, the first of them if there are many."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(map(str, self.faults)))


@dataclass(frozen=True, slots=True, eq=False)
class Conversation:
    """What a finished conversation holds. `unvoted` are statements in the list on which nobody voted."""

    votes: Votes
    moderated: frozenset[Key] = frozenset()
    texts: Mapping[Key, str] = field(default_factory=dict)
    unvoted: tuple[Key, ...] = ()


@dataclass(slots=True)
class _Rows:
    """One file being read: its name, its heading, and what was found wrong."""

    name: str
    heading: list[str]
    rows: Iterator[list[str]]
    faults: list[Fault]
    at: int = 1

    @classmethod
    def of(cls, name: str, lines: Iterable[str]) -> "_Rows":
        reader = csv.reader(lines)
        try:
            heading = [cell.strip().lstrip("\ufeff") for cell in next(reader, [])]
        except csv.Error as fault:
            raise Misread([Fault(name, 1, "not_a_table", {"detail": fault})]) from fault
        if not any(heading):
            raise Misread([Fault(name, 0, "empty")])
        return cls(name, heading, reader, [])

    def need(self, names: Iterable[str]) -> None:
        missing = [name for name in names if name not in self.heading]
        if missing:
            listed = ", ".join(f"“{name}”" for name in missing)
            raise Misread([Fault(self.name, 1, "columns_missing", {"detail": listed})])

    def __iter__(self) -> Iterator[list[str]]:
        try:
            for row in self.rows:
                self.at += 1
                if not row:
                    continue
                if len(row) != len(self.heading):
                    self.wrong("cells", detail=len(row), wanted=len(self.heading))
                    continue
                yield row
        except csv.Error as fault:
            self.wrong("not_a_table", detail=fault)
        self.end()

    def wrong(self, kind: str, **about: object) -> None:
        self.faults.append(Fault(self.name, self.at, kind, about))
        if len(self.faults) >= MOST_FAULTS:
            self.end()

    def end(self) -> None:
        if self.faults:
            raise Misread(self.faults)


def conversation_of(
    *,
    votes: Iterable[str] | None = None,
    matrix: Iterable[str] | None = None,
    comments: Iterable[str] | None = None,
    names: Mapping[str, str] | None = None,
) -> Conversation:
    """A conversation from the lines of its files; `names` says what they are called in what is told of faults."""
    called = {"votes": "votes", "matrix": "participants-votes", "comments": "comments", "folder": "."} | dict(names or {})
    if votes is not None:
        people, things, values = _votes(_Rows.of(called["votes"], votes))
    elif matrix is not None:
        people, things, values = _matrix(_Rows.of(called["matrix"], matrix))
    else:
        raise Misread([Fault(called["folder"], 0, "neither")])
    if not values:
        raise Misread([Fault(called["votes" if votes is not None else "matrix"], 0, "no_votes")])
    keyed = _as_numbers(things)
    cast = Votes.from_rows(_as_numbers(people), keyed, values)
    if comments is None:
        return Conversation(cast)
    return _with_comments(cast, _comments(_Rows.of(called["comments"], comments)))


def kind_of(line: str) -> str | None:
    """Which of the files this heading belongs to: votes, matrix, comments or none of them."""
    heading = {cell.strip().lstrip("\ufeff") for cell in next(csv.reader([line]), [])}
    if {"voter-id", "vote"} & heading:
        return "votes"
    if "participant" in heading:
        return "matrix"
    return "comments" if "comment-body" in heading else None


def _votes(table: _Rows) -> tuple[list[str], list[str], list[int]]:
    table.need(_VOTES_NEED)
    thing, person, vote = map(table.heading.index, _VOTES_NEED)
    when = table.heading.index("timestamp") if "timestamp" in table.heading else None
    people, things, values, times = [], [], [], []
    for row in table:
        value = _value(table, row[vote].strip(), "vote")
        if not row[person].strip() or not row[thing].strip():
            table.wrong("nobody")
        moment = _moment(table, row[when]) if when is not None else 0
        if value is not None:
            people.append(row[person].strip())
            things.append(row[thing].strip())
            values.append(value)
            times.append(moment)
    order = np.argsort(np.array(times, dtype=np.int64), kind="stable").tolist()
    return [people[at] for at in order], [things[at] for at in order], [values[at] for at in order]


def _matrix(table: _Rows) -> tuple[list[str], list[str], list[int]]:
    table.need(["participant"])
    person = table.heading.index("participant")
    columns = [(at, name) for at, name in enumerate(table.heading) if name not in ABOUT_A_PERSON]
    _no_name_twice(table, [name for _at, name in columns])
    people: list[str] = []
    things: list[str] = []
    values: list[int] = []
    seen: set[str] = set()
    for row in table:
        who = row[person].strip()
        if not who or who in seen:
            table.wrong("person_twice" if who else "nobody", detail=who)
        seen.add(who)
        for at, name in columns:
            if row[at] == "":
                continue
            value = _value(table, row[at].strip(), name)
            if value is not None:
                people.append(who)
                things.append(name)
                values.append(value)
    return people, things, values


def _no_name_twice(table: _Rows, names: list[str]) -> None:
    if "" in names:
        raise Misread([Fault(table.name, 1, "column_without_name")])
    twice = sorted({name for name in names if names.count(name) > 1}) if len(set(names)) < len(names) else []
    if twice:
        raise Misread([Fault(table.name, 1, "column_twice", {"detail": twice[0]})])


def _comments(table: _Rows) -> dict[str, tuple[bool, str]]:
    table.need(_COMMENTS_NEED)
    thing, moderated = map(table.heading.index, _COMMENTS_NEED)
    body = table.heading.index("comment-body") if "comment-body" in table.heading else None
    found: dict[str, tuple[bool, str]] = {}
    for row in table:
        state = row[moderated].strip()
        if state not in _VALUES:
            table.wrong("moderated", detail=state)
        key = row[thing].strip()
        if not key or key in found:
            table.wrong("comment_twice" if key else "comment_without_id", detail=key)
        found[key] = state == "-1", row[body] if body is not None else ""
    return found


def _with_comments(cast: Votes, listed: Mapping[str, tuple[bool, str]]) -> Conversation:
    name = {str(key): key for key in cast.statements.tolist()}
    return Conversation(
        votes=cast,
        moderated=frozenset(name[text] for text, (out, _body) in listed.items() if out and text in name),
        texts={name[text]: body for text, (_out, body) in listed.items() if text in name},
        unvoted=tuple(text for text in listed if text not in name),
    )


def _value(table: _Rows, text: str, column: str) -> int | None:
    if text not in _VALUES:
        table.wrong("value", column=column, detail=text)
        return None
    return _VALUES[text]


def _moment(table: _Rows, text: str) -> int:
    try:
        return int(text)
    except ValueError:
        table.wrong("timestamp", detail=text)
        return 0


def _as_numbers(keys: list[str]) -> list[int] | list[str]:
    """Keys as numbers when all are written as such, so that 2 comes before 10."""
    different = set(keys)
    plain = all(key.isascii() and key.isdigit() and str(int(key)) == key for key in different)
    if not plain or max(map(len, different), default=0) > 18:
        return keys
    number = {key: int(key) for key in different}
    return [number[key] for key in keys]
