"""The initiative page: where are we, what is missing and who owes it, what comes up, what happened lately."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from samspil.core.gates import OPEN, Demand, Line
from samspil.initiative import ai_duties, evidence, journal, process, queries
from samspil.initiative.forms import DemandForm
from samspil.initiative.models import BindingStep, Condition, Evidence, GateDecision, Initiative
from samspil.initiative.permissions import PERMISSIONS
from samspil.initiative.process import Gate
from samspil.initiative.queries import StepHistory
from samspil.initiative.words import OWED_BY, PHASES
from samspil.kit import house
from samspil.kit.room import Panel
from samspil.organisation.viewer import Viewer

LATELY = 8
PHASES_IN_ORDER = ("idea", "development", "implementation", "follow_up", "closed")
MONDAY_PHASES = ("implementation", "follow_up", "closed")


@dataclass(frozen=True)
class Asked:
    """One line of the board: what is asked, the answer, who owes it, and the form to answer it."""

    demand: Demand
    line: Line
    row: Evidence | None
    owed_by: "str | Promise"
    by_room: bool
    may_answer: bool
    form: DemandForm | None

    @property
    def open(self) -> bool:
        return self.line.status in OPEN


@dataclass(frozen=True)
class Coming:
    """Something with a day ahead: a planned step with all its dates, or a condition that is open."""

    on: date | None
    history: StepHistory | None = None
    condition: Condition | None = None
    may_meet: bool = False


@dataclass(frozen=True)
class Board:
    """What the next gate asks for, with what is missing first in words and in number."""

    gate: Gate
    lines: tuple[Asked, ...]

    @property
    def open_lines(self) -> tuple[Asked, ...]:
        return tuple(one for one in self.lines if one.open)

    @property
    def problems_first(self) -> tuple[Asked, ...]:
        return tuple(sorted(self.lines, key=lambda one: not one.open))


def page_of(initiative: Initiative, viewer: Viewer, at: datetime) -> dict[str, Any]:
    """All that the page shows, in a number of questions that does not grow with the initiative."""
    around = queries.surroundings(initiative)
    decisions = queries.decisions(initiative)
    steps = queries.steps([initiative])[initiative.pk]
    says_monday = initiative.phase in MONDAY_PHASES
    duty = getattr(initiative, "ai_duty", None)
    return {
        "initiative": initiative,
        "needs": around.needs,
        "affected": queries.with_monday(initiative, around.affected) if says_monday else around.affected,
        "says_monday": says_monday,
        "phases": phases_of(initiative, decisions),
        "board": board_of(initiative, viewer),
        "coming": comes_up(steps, decisions, initiative, viewer),
        "taken": _taken(steps, decisions),
        "decisions": decisions,
        "money": queries.money_as_given([initiative]).get(initiative.pk),
        "ai_duty": duty,
        "ai_late": bool(duty and ai_duties.is_late(duty, viewer.today)),
        "happenings": journal.told(journal.rows_about(initiative, viewer)[:LATELY], viewer),
        "may": may(initiative, viewer),
        "ended": initiative.phase in queries.ENDED,
    }


def board_of(initiative: Initiative, viewer: Viewer) -> Board | None:
    """The board of the next gate; none when the initiative has ended."""
    gate = process.gate_of_phase(initiative, initiative.phase)
    if gate is None:
        return None
    rows = queries.evidence_rows(initiative, gate.key)
    may_answer = PERMISSIONS.allows("answer_demand", viewer, initiative)
    lines = evidence.lines_of(gate, rows.values())
    return Board(
        gate, tuple(_asked(initiative, line, rows.get(line.demand.key), may_answer) for line in lines)
    )


def asked_by_hand(initiative: Initiative) -> list[tuple[Gate, Demand]]:
    """What people answer at the nearest gate ahead that asks them for anything."""
    gates = process.gates(initiative)
    ahead = [gate for gate in gates if PHASES_IN_ORDER.index(gate.phase) >= _place_of(initiative)]
    asked = [[(gate, one) for one in gate.demands if not evidence.answered_by_a_room(one)] for gate in ahead]
    return next(filter(None, asked), [])


def _place_of(initiative: Initiative) -> int:
    """How far along the phases an initiative is; one that was stopped has no gate ahead."""
    order = PHASES_IN_ORDER
    return order.index(initiative.phase) if initiative.phase in order else len(order)


def phases_of(initiative: Initiative, decisions: list[GateDecision]) -> list[dict[str, Any]]:
    """The phases for the step guide: what is behind, where we are, what is to come."""
    order = PHASES_IN_ORDER
    stopped = initiative.phase == Initiative.Phase.STOPPED
    here = _stopped_in(initiative, decisions) if stopped else initiative.phase
    place = order.index(here)
    return [
        {"name": PHASES[phase], "state": _state(index, place, stopped, phase)}
        for index, phase in enumerate(order)
    ]


def _state(index: int, place: int, stopped: bool, phase: str) -> str:
    if index < place or (index == place and phase == "closed"):
        return "done"
    if index == place:
        return "stopped" if stopped else "current"
    return "coming"


def _stopped_in(initiative: Initiative, decisions: list[GateDecision]) -> str:
    """The phase whose gate said stop."""
    by_key = {gate.key: gate.phase for gate in process.gates(initiative)}
    stop = next((one for one in decisions if one.outcome == GateDecision.Outcome.STOP), None)
    return by_key.get(stop.gate, "idea") if stop else "idea"


def may(initiative: Initiative, viewer: Viewer) -> Mapping[str, bool]:
    """Which of the hall's doors are open to this viewer, for buttons that are shown or not."""
    actions = (
        "change_initiative",
        "give_step_date",
        "say_monday",
        "inform_about_ai",
        "decide_gate",
        "admit_guest",
        "see_needs",
        "see_initiatives",
    )
    return {action: PERMISSIONS.allows(action, viewer, initiative) for action in actions}


def panels_of(initiative: Initiative) -> list[Panel]:
    """The panels of the rooms an organisation uses, in their order."""
    rooms = house.rooms_on(initiative.organisation.rooms_off)
    return sorted((panel for room in rooms for panel in room.panels), key=lambda panel: panel.order)


def _asked(initiative: Initiative, line: Line, row: Evidence | None, may_answer: bool) -> Asked:
    by_room = evidence.answered_by_a_room(line.demand)
    form = demand_form(line, row, by_room) if may_answer and row and not by_room else None
    return Asked(line.demand, line, row, owed_by(line.demand, initiative), by_room, may_answer, form)


def demand_form(line: Line, row: Evidence, by_room: bool, data: Any = None, **options: Any) -> DemandForm:
    """The form that answers a demand, holding the present answer."""
    options = {"initial": answer_so_far(row), "auto_id": f"{line.demand.key}_%s", **options}
    return DemandForm(data, by_room=by_room, **options)


def answer_so_far(row: Evidence) -> dict[str, Any]:
    return {
        "status": row.status,
        "because": row.because,
        "version": row.version,
        "source": row.source.ref if row.source else "",
    }


def comes_up(
    steps: Iterable[StepHistory], decisions: Iterable[GateDecision], initiative: Initiative, viewer: Viewer
) -> list[Coming]:
    """Planned steps and open conditions in the order of their days; what has no day comes last."""
    planned = [Coming(one.newest.on, history=one) for one in steps if not one.newest.taken]
    open_conditions = [
        Coming(one.due, condition=one, may_meet=may_meet(one, decision, initiative, viewer))
        for decision in decisions
        for one in decision.conditions.all()
        if one.met_on is None
    ]
    return sorted([*planned, *open_conditions], key=lambda one: (one.on is None, one.on or date.max))


def may_meet(condition: Condition, decision: GateDecision, initiative: Initiative, viewer: Viewer) -> bool:
    """Asked of the rows at hand, so that a page with many conditions asks the database nothing more."""
    decision.initiative = initiative
    condition.decision = decision
    return PERMISSIONS.allows("meet_condition", viewer, condition)


def _taken(steps: Iterable[StepHistory], decisions: Iterable[GateDecision]) -> list[StepHistory]:
    """Steps that were taken; a gate decision stands among the decisions and not here as well."""
    decided = {one.decided_on for one in decisions}
    return [
        one
        for one in steps
        if one.newest.taken and not (one.step.kind == BindingStep.Kind.DECISION and one.newest.on in decided)
    ]


def owed_by(demand: Demand, initiative: Initiative) -> "str | Promise":
    """A name where the initiative knows one, else the role."""
    named = {"owner": initiative.owner, "lead": initiative.lead}
    role = OWED_BY.get(demand.owed_by, demand.owed_by)
    if demand.owed_by in named:
        return _("%(name)s, %(role)s") % {"name": named[demand.owed_by], "role": role}
    return role
