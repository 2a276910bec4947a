"""The evidence board: is what a gate asks for there?

Rooms are asked for many initiatives at once and their answers are stored, so that lists read rows and ask
nobody. People answer what no room can know. At a gate decision the board is frozen.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from samspil.core.gates import Demand, Line, Status, board
from samspil.core.gates import Evidence as Answer
from samspil.initiative import queries
from samspil.initiative.models import Evidence, Initiative
from samspil.initiative.process import Gate, gates
from samspil.initiative.words import in_words
from samspil.kit import house
from samspil.kit.room import EvidenceSource, Found

SWITCHED_OFF = "room_switched_off"
SWITCHED_OFF_SENTENCE = _("This part of Samspil is switched off in the organisation.")
Looks = dict[tuple[Any, tuple[int, ...]], Any]
_put_off: ContextVar[bool] = ContextVar("evidence_put_off", default=False)


@contextmanager
def put_off() -> Iterator[None]:
    """No room is asked inside. For many actions in a row, as when a history is entered: whoever opens this
    refreshes the initiatives afterwards."""
    token = _put_off.set(True)
    try:
        yield
    finally:
        _put_off.reset(token)


def open_board(initiative: Initiative, at: datetime) -> None:
    """Give a new initiative one row per demand of its process, all unknown, then ask the rooms."""
    Evidence.objects.bulk_create(
        [
            Evidence(
                organisation_id=initiative.organisation_id,
                initiative=initiative,
                gate=gate.key,
                phase=gate.phase,
                demand=demand.key,
                by_hand=not answered_by_a_room(demand),
            )
            for gate in gates(initiative)
            for demand in gate.demands
        ],
        ignore_conflicts=True,
    )
    refresh([initiative], at)


def open_anew(initiative: Initiative, at: datetime) -> list[Evidence]:
    """The board of another process model: what it asks for as well keeps its answer. What it does not ask
    for leaves the board and is given back."""
    asked = {(gate.key, demand.key) for gate in gates(initiative) for demand in gate.demands}
    rows = Evidence.objects.filter(initiative=initiative).select_related("source")
    gone = [row for row in rows if (row.gate, row.demand) not in asked]
    Evidence.objects.filter(pk__in=[row.pk for row in gone]).delete()
    open_board(initiative, at)
    return gone


def answered_by_a_room(demand: Demand) -> bool:
    """Whether a room of this house can answer; what no room answers, people do."""
    return bool(demand.evidence and house.evidence_source(demand.evidence))


def refresh(initiatives: Sequence[Initiative], at: datetime) -> None:
    """Ask every room again what it knows about these initiatives, and store what changed."""
    if _put_off.get():
        return
    initiatives = queries.for_evidence(
        one.pk for one in initiatives
    )  # as they stand now, whatever was handed in
    asked = _asked(initiatives)
    looks: Looks = {}
    found = {name: _ask(name, group, at, looks) for name, group in asked.items()}
    rows = {
        (row.initiative_id, row.gate, row.demand): row
        for row in Evidence.objects.filter(initiative__in=initiatives)
    }
    changed = [
        row
        for initiative in initiatives
        for gate in gates(initiative)
        for demand in gate.demands
        if (row := rows.get((initiative.pk, gate.key, demand.key)))
        and (answer := found.get(demand.evidence, {}).get(initiative.pk))
        and _take_over(row, answer, at)
    ]
    Evidence.objects.bulk_update(
        changed, ["status", "because", "because_key", "because_facts", "source", "answered_at"]
    )


def board_of(initiative: Initiative, gate: Gate) -> tuple[Line, ...]:
    """The board of one gate with its words, as the reader reads it."""
    rows = Evidence.objects.filter(initiative=initiative, gate=gate.key).select_related("source")
    return lines_of(gate, rows)


def lines_of(gate: Gate, rows: Iterable[Evidence]) -> tuple[Line, ...]:
    """Stored rows as the lines of their gate."""
    return board(gate.demands, [answer_of(row) for row in rows])


def answer_of(row: Evidence) -> Answer:
    """A stored row as an answer; what a room found is put into words here."""
    return Answer(
        key=row.demand,
        status=Status(row.status),
        because=row.because or because_of(row),
        ref=row.source.ref if row.source else "",
        as_of=row.answered_at.date() if row.answered_at else None,
    )


def because_of(row: Evidence) -> str:
    """The sentence of what a room found, in the reader's language."""
    if row.because_key == SWITCHED_OFF:
        return str(SWITCHED_OFF_SENTENCE)
    sentence = _words().get(row.because_key)
    return str(sentence) % in_words(row.because_facts) if sentence else ""


def _words() -> dict[str, "str | Promise"]:
    sources = [source for room in house.rooms() for source in room.evidence.values()]
    return {key: sentence for source in sources for key, sentence in source.words.items()}


def _asked(initiatives: Iterable[Initiative]) -> dict[str, list[Initiative]]:
    asked: dict[str, list[Initiative]] = {}
    for initiative in initiatives:
        names = {demand.evidence for gate in gates(initiative) for demand in gate.demands}
        for name in sorted(names - {""}):
            asked.setdefault(name, []).append(initiative)
    return asked


def _ask(name: str, initiatives: Sequence[Initiative], at: datetime, looks: Looks) -> dict[int, Found]:
    found = house.evidence_source(name)
    if found is None:
        return {}
    room, source = found
    off = [one for one in initiatives if room.name in one.organisation.rooms_off]
    on = [one for one in initiatives if room.name not in one.organisation.rooms_off]
    answers = dict(source.find(on, at, *_looked(source, on, looks))) if on else {}
    return answers | {one.pk: Found("not_relevant", SWITCHED_OFF) for one in off}


def _looked(source: EvidenceSource, initiatives: Sequence[Initiative], looks: Looks) -> list[Any]:
    """What the source wants to look at, read once for all sources that look at the same."""
    if source.look is None:
        return []
    key = (source.look, tuple(one.pk for one in initiatives))
    if key not in looks:
        looks[key] = source.look(initiatives)
    return [looks[key]]


def _take_over(row: Evidence, answer: Found, at: datetime) -> bool:
    """Put the room's answer into the row; tells whether anything changed. Where somebody set it aside their
    answer stands, and what the room found is kept behind it."""
    new: dict[str, Any] = {"because_key": answer.because, "because_facts": dict(answer.facts)}
    if not row.by_hand:
        new |= {"status": answer.status, "because": "", "source_id": answer.source_id}
    if all(getattr(row, name) == value for name, value in new.items()):
        return False
    for name, value in new.items():
        setattr(row, name, value)
    row.answered_at = row.answered_at if row.by_hand else at
    return True
