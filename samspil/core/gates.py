"""Gates: what a phase asks for, what is there, and what may be decided on it.

Four answers and no others: met, missing, unknown, not relevant because. Nothing is guessed: what nobody
answered is unknown. A decision freezes the answers it rests on.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from samspil.core.journal import canonical


class Status(StrEnum):
    MET = "met"
    MISSING = "missing"
    UNKNOWN = "unknown"
    NOT_RELEVANT = "not_relevant"


class Outcome(StrEnum):
    GO = "go"
    GO_WITH_CONDITIONS = "go_with_conditions"
    ADJUST = "adjust"
    STOP = "stop"
    POSTPONE = "postpone"


class Phase(StrEnum):
    IDEA = "idea"
    DEVELOPMENT = "development"
    IMPLEMENTATION = "implementation"
    FOLLOW_UP = "follow_up"
    CLOSED = "closed"
    STOPPED = "stopped"


GOING_ON = frozenset({Outcome.GO, Outcome.GO_WITH_CONDITIONS})
OPEN = frozenset({Status.MISSING, Status.UNKNOWN})
ENDED = frozenset({Phase.CLOSED, Phase.STOPPED})
AFTER: Mapping[Phase, Phase] = MappingProxyType(
    {
        Phase.IDEA: Phase.DEVELOPMENT,
        Phase.DEVELOPMENT: Phase.IMPLEMENTATION,
        Phase.IMPLEMENTATION: Phase.FOLLOW_UP,
        Phase.FOLLOW_UP: Phase.CLOSED,
    }
)


@dataclass(frozen=True, slots=True)
class Demand:
    """What a gate asks for. `evidence` names what a room can answer; empty means a person answers it.
    `sign`: S signs, D discussed before the decision, A agreed as a guideline, C consulted."""

    key: str
    title: str
    explanation: str
    evidence: str
    owed_by: str
    sign: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """An answer: from a room (`key` is the demand's `evidence`) or from a person (`key` is the demand's)."""

    key: str
    status: Status
    because: str = ""
    ref: str = ""
    as_of: date | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One demand with its answer."""

    demand: Demand
    status: Status
    because: str = ""
    ref: str = ""
    as_of: date | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a decision cannot be taken like this. `kind` is for programs and translations."""

    kind: str
    field: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Frozen:
    """A board as it stood: canonical JSON and its SHA-256."""

    text: str
    sha256: str


def board(demands: Iterable[Demand], evidence: Iterable[Evidence]) -> tuple[Line, ...]:
    """One line per demand, in the order asked. Of two answers with the same key the last one counts."""
    answers = {answer.key: answer for answer in evidence if answer.key}
    return tuple(_line(demand, answers.get(demand.key), answers.get(demand.evidence)) for demand in demands)


def _line(demand: Demand, person: Evidence | None, room: Evidence | None) -> Line:
    chosen = _chosen(person, room)
    if chosen is None or _lacks_because(chosen):
        return Line(demand, Status.UNKNOWN)
    return Line(demand, chosen.status, chosen.because, chosen.ref, chosen.as_of)


def _chosen(person: Evidence | None, room: Evidence | None) -> Evidence | None:
    """A room that knows is believed; a person may still say that the demand is not relevant, because …."""
    if person and person.status is Status.NOT_RELEVANT and not _lacks_because(person):
        return person
    if room and room.status is not Status.UNKNOWN:
        return room
    return person or room


def _lacks_because(answer: Evidence) -> bool:
    return answer.status is Status.NOT_RELEVANT and not answer.because.strip()


def open_lines(board: Iterable[Line]) -> tuple[Line, ...]:
    """The lines that are missing or unknown."""
    return tuple(line for line in board if line.status in OPEN)


DECISION_MAKER_MISSING = Problem(
    "decision_maker_missing",
    "decided_by",
    "Something is missing or unknown. Name the person who decides to go on all the same.",
)
REASON_MISSING = Problem(
    "reason_missing",
    "override_reason",
    "Something is missing or unknown. Write why you go on all the same; it stays visible.",
)
CONDITIONS_MISSING = Problem(
    "conditions_missing", "conditions", "Write at least one condition, or choose to go on without conditions."
)
CONDITIONS_NOT_ASKED_FOR = Problem(
    "conditions_not_asked_for",
    "outcome",
    "There are conditions. Choose to go on with conditions, or remove them.",
)


def check_decision(
    board: Iterable[Line],
    outcome: str,
    override_reason: str,
    conditions: Sequence[str],
    *,
    decided_by: str,
) -> tuple[Problem, ...]:
    """All that stands in the way of this decision; empty when it may be taken. Open lines stop nobody from
    going on: they ask for a named person and a reason, and they stay visible."""
    if outcome not in set(Outcome):
        return (Problem("unknown_outcome", "outcome", "Choose one of the outcomes."),)
    going_on_regardless = outcome in GOING_ON and bool(open_lines(board))
    stated = any(condition.strip() for condition in conditions)
    checks = (
        (going_on_regardless and not decided_by.strip(), DECISION_MAKER_MISSING),
        (going_on_regardless and not override_reason.strip(), REASON_MISSING),
        (outcome == Outcome.GO_WITH_CONDITIONS and not stated, CONDITIONS_MISSING),
        (outcome == Outcome.GO and stated, CONDITIONS_NOT_ASKED_FOR),
    )
    return tuple(problem for broken, problem in checks if broken)


def next_phase(phase: str, outcome: str) -> Phase:
    """Where the initiative is after the decision. Adjusting and postponing stay in the phase."""
    here, decided = Phase(phase), Outcome(outcome)
    if here in ENDED:
        raise ValueError(f"An initiative that is {here} has no gate ahead.")
    if decided is Outcome.STOP:
        return Phase.STOPPED
    return AFTER[here] if decided in GOING_ON else here


def freeze(board: Iterable[Line]) -> Frozen:
    """The board as text that can be kept, shown and recomputed; the demands' words are kept too."""
    lines = [asdict(line) | {"as_of": line.as_of and line.as_of.isoformat()} for line in board]
    text = canonical({"format": "samspil-board-1", "lines": lines}).decode()
    return Frozen(text, _sha256(text))


def thaw(frozen: Frozen) -> tuple[Line, ...]:
    """The board that was frozen; a text that does not fit its hash is refused."""
    if _sha256(frozen.text) != frozen.sha256:
        raise ValueError("The frozen evidence does not fit its hash.")
    return tuple(_thawed(**line) for line in json.loads(frozen.text)["lines"])


def _thawed(demand: dict[str, str], status: str, because: str, ref: str, as_of: str | None) -> Line:
    day = date.fromisoformat(as_of) if as_of else None
    return Line(Demand(**demand), Status(status), because, ref, day)


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
