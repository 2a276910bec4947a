"""How the statements of a round have been answered until a moment ago, kept in memory for a moment.

The next statement is drawn from it. One question to the database serves everybody who comes within that
moment; where counting takes long, the moment is longer.
"""

import threading
import time
from collections.abc import Callable, Hashable
from dataclasses import dataclass

from django.db.models import Count, Q

from samspil.core.routing import Board, Standing
from samspil.involvement.opinions.models import RoundStatement, Vote
from samspil.participation.models import Round

MOMENT = 1.0  # seconds
PATIENCE = 20  # a count that takes a second is looked at for twenty
MOST_ROUNDS = 200


@dataclass(frozen=True)
class Said:
    """A statement as participants read it."""

    key: int
    number: int
    text: str
    language: str


@dataclass(frozen=True)
class Tallies:
    """What is asked, in its order, and how it was answered."""

    said: dict[int, Said]
    board: Board


@dataclass(frozen=True)
class _Kept:
    tallies: Tallies
    until: float


_kept: dict[str, _Kept] = {}  # by the code of the round
_counting = threading.Lock()


def of(round_: Round) -> Tallies:
    """At most a moment old."""
    kept = _kept.get(round_.code)
    if kept and time.monotonic() < kept.until:
        return kept.tallies
    if not _counting.acquire(blocking=kept is None):
        assert kept is not None  # noqa: S101 - somebody else is counting, and the old ones will do
        return kept.tallies
    try:
        return _look_again(round_, count)
    finally:
        _counting.release()


def forget(round_: Round) -> None:
    """Those who ask have changed something, and look at what came of it."""
    _kept.pop(round_.code, None)


def _look_again(round_: Round, counted: Callable[[Round], Tallies]) -> Tallies:
    began = time.monotonic()
    tallies = counted(round_)
    ended = time.monotonic()
    if len(_kept) >= MOST_ROUNDS:
        _kept.clear()
    _kept[round_.code] = _Kept(tallies, ended + max(MOMENT, PATIENCE * (ended - began)))
    return tallies


def count(round_: Round) -> Tallies:
    """As it is now."""
    rows = RoundStatement.objects.filter(round=round_, state=RoundStatement.State.ACCEPTED)
    statements = list(rows.order_by("place", "number"))
    answers = _answers(round_)
    return Tallies(
        {one.number: Said(one.pk, one.number, one.text, one.language) for one in statements},
        Board(tuple(_standing(one, answers.get(one.pk, {})) for one in statements)),
    )


def _answers(round_: Round) -> dict[int, dict[int | None, list[int]]]:
    """By statement and asked group: how many agree, disagree and pass; those set apart are left out."""
    counted: dict[int, dict[int | None, list[int]]] = {}
    votes = Vote.objects.filter(statement__round=round_, participant__quarantined="")
    rows = (
        votes.order_by()
        .values("statement", "participant__asked")
        .annotate(
            agree=Count("pk", filter=Q(value=Vote.Value.AGREE)),
            disagree=Count("pk", filter=Q(value=Vote.Value.DISAGREE)),
            passed=Count("pk", filter=Q(value=Vote.Value.PASS)),
        )
    )
    for row in rows:
        by_group = counted.setdefault(row["statement"], {})
        by_group[row["participant__asked"]] = [row["agree"], row["disagree"], row["passed"]]
    return counted


def _standing(statement: RoundStatement, by_group: dict[int | None, list[int]]) -> Standing:
    agree, disagree, passed = (sum(counts[place] for counts in by_group.values()) for place in range(3))
    here: dict[Hashable, int] = {group: sum(counts) for group, counts in by_group.items()}
    return Standing(statement.number, statement.core, agree, disagree, passed, here)
