"""A finished consultation: statements, and who agreed, passed or disagreed, counted again from the votes.

Reads the tables of the Polis export: comments, votes, participants-votes (a row a person, a column a
statement) and summary. Files are opened elsewhere. In words: docs/calculations/consultation.md.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from samspil.core.marking import marked as _

Tables = Mapping[str, Iterable[Mapping[str, str]]]
COMMENTS, VOTES, MATRIX, SUMMARY = "comments", "votes", "participants-votes", "summary"
AGREE, PASS, DISAGREE = 1, 0, -1
CHOICES = {"1": AGREE, "0": PASS, "-1": DISAGREE}
WHOLE_NUMBER = re.compile(r"0|-?[1-9][0-9]{0,17}")  # written in one way only: 07 could be 7 or another
STATEMENT_COLUMN = re.compile(r"[0-9]{1,18}")


class Moderation(StrEnum):
    ACCEPTED = "accepted"
    UNMODERATED = "unmoderated"
    REJECTED = "rejected"


MODERATED = {"1": Moderation.ACCEPTED, "0": Moderation.UNMODERATED, "-1": Moderation.REJECTED}


PROBLEMS = {
    "table_missing": _("This table is missing."),
    "column_missing": _("The column “{value}” is missing."),
    "cells_differ": _("The row has more or fewer cells than the table has columns."),
    "no_number": _("“{value}” is not a whole number."),
    "no_choice": _("“{value}” is not a vote; a vote is 1 (agree), 0 (pass) or -1 (disagree)."),
    "no_moderation": _(
        "“{value}” is not a moderation; it is 1 (accepted), 0 (not moderated) or -1 (rejected)."
    ),
    "no_text": _("The accepted statement {value} has no text."),
    "statement_twice": _("The statement {value} is there more than once."),
    "statement_unknown": _("There is no statement {value}."),
    "person_twice": _("The person {value} is there more than once."),
    "nothing_said": _("There are no statements."),
    "no_votes": _("There are no votes in it."),
    "unknown_table": _(
        "Its first line is neither that of a vote list nor that of a table of persons and votes."
    ),
    "too_large": _("The file is larger than {value} MB."),
    "table_twice": _("This table is there more than once."),
    "unreadable": _("The file cannot be opened or unpacked."),
    "not_utf_8": _("The file is not written in UTF-8. Save it again as “CSV UTF-8”."),
    "not_csv": _("The row is not valid CSV; look for a quotation mark that is never closed."),
    "column_twice": _("The column “{value}” is there more than once."),
}

NOTES = {
    "repeated_votes": (
        "Of {rows} rows in the vote list, {repeated} repeat a person's vote on the same statement. "
        "The last one counts: {counted} votes."
    ),
    "matrix_differs": (
        "Vote list and matrix differ: {only_in_list} votes are only in the list ({on_rejected} of them on "
        "rejected statements), {only_in_matrix} only in the matrix, {different} say something else. "
        "The list counts."
    ),
    "counts_differ": (
        "For {statements} statements comments.csv has other counts than the last votes give. For {explained} "
        "of them it counted repeated votes too; {unexplained} remain unexplained."
    ),
    "counts_differ_without_list": (
        "For {statements} statements comments.csv has other counts than the matrix, in all {more} more and "
        "{fewer} fewer. There is no vote list to explain them by. The matrix counts."
    ),
    "summary_statements": (
        "The summary names {stated} statements; comments.csv has {read}, of which {never_voted_on} never got "
        "a vote."
    ),
    "summary_voters": "The summary names {stated} voters; {read} persons have voted.",
}


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a table is refused. `line` counts records as a spreadsheet does, the heading included."""

    table: str
    line: int
    kind: str
    value: str = ""

    @property
    def sentence(self) -> str:
        return PROBLEMS[self.kind].format(value=self.value)


class ConsultationRejected(ValueError):  # noqa: N818 - a refusal, as everywhere in the house
    """Nothing was taken in; every problem is named."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(f"{p.table}, line {p.line}: {p.sentence}" for p in self.problems))


@dataclass(frozen=True, slots=True)
class Participant:
    """`group` is what the original software stored; it is not computed here."""

    id: int
    group: int | None
    n: int


@dataclass(frozen=True, slots=True)
class Statement:
    """`n` counts persons: agree + passed + disagree. The export names no language, and none is guessed."""

    id: int
    text: str
    moderation: Moderation
    agree: int
    passed: int
    disagree: int
    n: int
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Vote:
    person: int
    statement: int
    choice: int


@dataclass(frozen=True, slots=True)
class Note:
    """A difference between the files, with its figures by name."""

    kind: str
    figures: tuple[tuple[str, int], ...]

    @property
    def sentence(self) -> str:
        return NOTES[self.kind].format(**dict(self.figures))


@dataclass(frozen=True, slots=True)
class Consultation:
    title: str
    participants: tuple[Participant, ...]
    statements: tuple[Statement, ...]
    votes: tuple[Vote, ...]
    notes: tuple[Note, ...]


def read(tables: Tables, *, without_texts: bool = False) -> Consultation:
    """The consultation, its statements counted from each person's last vote; or ConsultationRejected with all
    problems at once. The vote list is preferred; the matrix counts when it is all there is.

    `without_texts`: the table of statements may be missing; then statements are those that were voted on."""
    problems: list[Problem] = []
    named = COMMENTS in tables or not without_texts
    written = _statements(_Table(tables, COMMENTS, problems)) if named else None
    cast = _vote_list(_Table(tables, VOTES, problems), written)
    matrix = _matrix(_Table(tables, MATRIX, problems), written)
    summary = _summary(_Table(tables, SUMMARY, problems))
    if not (cast.last or matrix.cells or VOTES in tables or MATRIX in tables):
        problems.append(Problem(VOTES, 0, "table_missing"))
    if problems:
        raise ConsultationRejected(problems)
    counted = cast.last or matrix.cells
    if written is None:
        written = {
            statement: _Written("", Moderation.UNMODERATED, None, None) for _person, statement in counted
        }
    statements = _counted(written, counted)
    return Consultation(
        summary.get("topic", ""),
        _participants(matrix.groups, counted),
        statements,
        tuple(Vote(person, statement, choice) for (person, statement), choice in sorted(counted.items())),
        tuple(_notes(written, cast, matrix, summary, statements)),
    )


Cell = tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Written:
    """A statement as comments.csv has it, with the counts that stand there."""

    text: str
    moderation: Moderation
    agrees: int | None
    disagrees: int | None


@dataclass(frozen=True, slots=True)
class _VoteList:
    """The last vote of each person on each statement, and how often each choice stands in the rows."""

    last: dict[Cell, int]
    rows: Counter[Cell]


@dataclass(frozen=True, slots=True)
class _Matrix:
    groups: dict[int, int | None]
    cells: dict[Cell, int]


class _Table:
    """One table: its rows with their lines, and where problems are reported."""

    def __init__(self, tables: Tables, name: str, problems: list[Problem]) -> None:
        self.name, self.problems = name, problems
        self.given = tables.get(name)

    def rows(self, *columns: str, heading: int = 1) -> Iterator[tuple[int, Mapping[str, str]]]:
        for line, row in enumerate(self.given or (), start=1 + heading):
            missing = [column for column in columns if column not in row]
            if missing:
                for column in missing:
                    self.report(1, "column_missing", column)
                return
            if None in row or None in row.values():
                self.report(line, "cells_differ")
            else:
                yield line, row

    def report(self, line: int, kind: str, value: str = "") -> None:
        self.problems.append(Problem(self.name, line, kind, value))

    def number(self, line: int, text: str) -> int | None:
        if WHOLE_NUMBER.fullmatch(text):
            return int(text)
        self.report(line, "no_number", text)
        return None

    def number_or_empty(self, line: int, text: str) -> int | None:
        return self.number(line, text) if text else None


def _statements(table: _Table) -> dict[int, _Written]:
    written: dict[int, _Written] = {}
    if table.given is None:
        table.report(0, "table_missing")
        return written
    for line, row in table.rows("comment-id", "moderated", "comment-body"):
        number = table.number(line, row["comment-id"])
        if number in written:
            table.report(line, "statement_twice", str(number))
        elif number is not None:
            written[number] = _statement(table, line, row)
    if not written and not table.problems:
        table.report(1, "nothing_said")
    return written


def _statement(table: _Table, line: int, row: Mapping[str, str]) -> _Written:
    text, moderation = row["comment-body"].strip(), MODERATED.get(row["moderated"])
    if moderation is None:
        table.report(line, "no_moderation", row["moderated"])
    elif moderation is Moderation.ACCEPTED and not text:
        table.report(line, "no_text", row["comment-id"])
    agrees, disagrees = (table.number_or_empty(line, row.get(name, "")) for name in ("agrees", "disagrees"))
    return _Written(text, moderation or Moderation.UNMODERATED, agrees, disagrees)


def _vote_list(table: _Table, written: Mapping[int, _Written] | None) -> _VoteList:
    """Of a person's votes on a statement the latest counts; with equal times the one further down."""
    found = _VoteList({}, Counter())
    latest: dict[Cell, int] = {}
    for line, row in table.rows("timestamp", "comment-id", "voter-id", "vote"):
        when, statement, person = (
            table.number(line, row[name]) for name in ("timestamp", "comment-id", "voter-id")
        )
        choice = _choice(table, line, row["vote"])
        if statement is not None and written is not None and statement not in written:
            table.report(line, "statement_unknown", str(statement))
        if when is None or statement is None or person is None or choice is None:
            continue
        found.rows[statement, choice] += 1
        if when >= latest.get((person, statement), when):
            latest[person, statement], found.last[person, statement] = when, choice
    return found


def _choice(table: _Table, line: int, text: str) -> int | None:
    if text not in CHOICES:
        table.report(line, "no_choice", text)
    return CHOICES.get(text)


def _matrix(table: _Table, written: Mapping[int, _Written] | None) -> _Matrix:
    found, columns = _Matrix({}, {}), None
    for line, row in table.rows("participant"):
        columns = columns if columns is not None else _statement_columns(table, row, written)
        person = table.number(line, row["participant"])
        if person in found.groups:
            table.report(line, "person_twice", str(person))
        elif person is not None:
            found.groups[person] = table.number_or_empty(line, row.get("group-id", ""))
            _cells(table, line, row, columns, person, found)
    return found


def _statement_columns(
    table: _Table, row: Mapping[str, str], written: Mapping[int, _Written] | None
) -> dict[str, int]:
    columns = {name: int(name) for name in row if STATEMENT_COLUMN.fullmatch(name)}
    for name, statement in columns.items():
        table.number(1, name)
        if written is not None and statement not in written:
            table.report(1, "statement_unknown", name)
    return columns


def _cells(
    table: _Table, line: int, row: Mapping[str, str], columns: Mapping[str, int], person: int, found: _Matrix
) -> None:
    for name, statement in columns.items():
        choice = _choice(table, line, row[name]) if row[name] else None
        if choice is not None:
            found.cells[person, statement] = choice


def _summary(table: _Table) -> dict[str, str]:
    """Lines of a name and a value, without a heading. Voters and comments are numbers when they are there."""
    summary: dict[str, str] = {}
    for line, row in table.rows("key", "value", heading=0):
        summary[row["key"]] = row["value"]
        if row["key"] in {"voters", "comments"}:
            table.number(line, row["value"])
    return summary


def _counted(written: Mapping[int, _Written], votes: Mapping[Cell, int]) -> tuple[Statement, ...]:
    counts = Counter((statement, choice) for (_, statement), choice in votes.items())
    statements = []
    for number, one in sorted(written.items()):
        agree, passed, disagree = (counts[number, choice] for choice in (AGREE, PASS, DISAGREE))
        total = agree + passed + disagree
        statements.append(Statement(number, one.text, one.moderation, agree, passed, disagree, total))
    return tuple(statements)


def _participants(groups: Mapping[int, int | None], votes: Mapping[Cell, int]) -> tuple[Participant, ...]:
    cast = Counter(person for person, _ in votes)
    return tuple(
        Participant(person, groups.get(person), cast[person]) for person in sorted(groups.keys() | cast)
    )


def _notes(
    written: Mapping[int, _Written],
    cast: _VoteList,
    matrix: _Matrix,
    summary: Mapping[str, str],
    statements: tuple[Statement, ...],
) -> Iterator[Note]:
    """What does not fit between the files. Nothing is mended; what counts is said."""
    rows = cast.rows.total()
    if rows > len(cast.last):
        yield _note("repeated_votes", rows=rows, repeated=rows - len(cast.last), counted=len(cast.last))
    if cast.last and matrix.cells and cast.last != matrix.cells:
        yield _matrix_differs(cast.last, matrix.cells, written)
    yield from _counts_differ(written, cast, statements)
    yield from _summary_differs(summary, statements, {person for person, _ in cast.last or matrix.cells})


def _note(kind: str, **figures: int) -> Note:
    return Note(kind, tuple(figures.items()))


def _matrix_differs(
    listed: Mapping[Cell, int], matrix: Mapping[Cell, int], written: Mapping[int, _Written]
) -> Note:
    only_in_list = listed.keys() - matrix.keys()
    rejected = [cell for cell in only_in_list if written[cell[1]].moderation is Moderation.REJECTED]
    return _note(
        "matrix_differs",
        only_in_list=len(only_in_list),
        on_rejected=len(rejected),
        only_in_matrix=len(matrix.keys() - listed.keys()),
        different=sum(listed[cell] != matrix[cell] for cell in listed.keys() & matrix.keys()),
    )


def _counts_differ(
    written: Mapping[int, _Written], cast: _VoteList, statements: tuple[Statement, ...]
) -> Iterator[Note]:
    """Compares the counts that stand in comments.csv with those of the last votes."""
    gaps: list[int] = []
    differing = explained = 0
    for statement in statements:
        gap = _gap(written[statement.id], statement.agree, statement.disagree)
        gaps += gap
        differing += any(gap)
        agreed, disagreed = (cast.rows[statement.id, choice] for choice in (AGREE, DISAGREE))
        explained += any(gap) and not any(_gap(written[statement.id], agreed, disagreed))
    if differing and cast.last:
        figures = {"statements": differing, "explained": explained, "unexplained": differing - explained}
        yield _note("counts_differ", **figures)
    elif differing:
        more, fewer = sum(gap for gap in gaps if gap > 0), -sum(gap for gap in gaps if gap < 0)
        yield _note("counts_differ_without_list", statements=differing, more=more, fewer=fewer)


def _gap(there: _Written, agree: int, disagree: int) -> tuple[int, ...]:
    """By how much the stated counts exceed these; a count that is not stated cannot differ."""
    pairs = ((there.agrees, agree), (there.disagrees, disagree))
    return tuple(stated - counted for stated, counted in pairs if stated is not None)


def _summary_differs(
    summary: Mapping[str, str], statements: tuple[Statement, ...], voters: set[int]
) -> Iterator[Note]:
    stated = {name: int(summary[name]) for name in ("comments", "voters") if name in summary}
    if stated.get("comments", len(statements)) != len(statements):
        never = sum(statement.n == 0 for statement in statements)
        figures = {"stated": stated["comments"], "read": len(statements), "never_voted_on": never}
        yield _note("summary_statements", **figures)
    if stated.get("voters", len(voters)) != len(voters):
        yield _note("summary_voters", stated=stated["voters"], read=len(voters))
