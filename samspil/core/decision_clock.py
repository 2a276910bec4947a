"""The decision clock: was it discussed before the binding step, and can it still be?

The binding step is the earliest in date of budget, requirements, tender, contract, decision and political
decision, taken or planned. A later date never moves it. Kinds and dates come out; words are made where they
are shown. In words: docs/calculations/decision_clock.md.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Literal


class StepKind(StrEnum):
    BUDGET = "budget"
    REQUIREMENTS = "requirements"
    TENDER = "tender"
    CONTRACT = "contract"
    DECISION = "decision"
    POLITICAL = "political"


class VerdictKind(StrEnum):
    """The first seven from best to worst; the last says that there is nothing to compare with."""

    IN_TIME = "in_time"
    IN_TIME_SAME_DAY = "in_time_same_day"
    AWAITING_APPROVAL = "awaiting_approval"
    SAME_DAY_WITHOUT_RECORDED_ORDER = "same_day_without_recorded_order"
    DID_NOT_WAIT = "did_not_wait"
    TOO_LATE = "too_late"
    NOT_DISCUSSED = "not_discussed"
    NO_BINDING_STEP_KNOWN = "no_binding_step_known"


class AheadKind(StrEnum):
    DISCUSSED = "discussed"
    MUST_WAIT = "must_wait"
    MEETING_IN_REACH = "meeting_in_reach"
    REQUEST_DATE_PASSED = "request_date_passed"
    NO_MEETING_BEFORE = "no_meeting_before"
    STEPS_PASSED = "steps_passed"
    NO_BINDING_STEP_KNOWN = "no_binding_step_known"


class Severity(StrEnum):
    CALM = "calm"
    SOON = "soon"
    LATE = "late"


class Way(StrEnum):
    """How it can still be heard in time when no ordinary meeting can be reached."""

    EXTRAORDINARY_MEETING = "extraordinary_meeting"
    IN_WRITING = "in_writing"


BEST_FIRST = tuple(VerdictKind)
NOT_AFTER_THE_STEP = frozenset(BEST_FIRST[:4])


@dataclass(frozen=True, slots=True)
class BindingStep:
    kind: StepKind
    on: date
    taken: bool


@dataclass(frozen=True, slots=True)
class Discussion:
    """A meeting that was held. `counts`: its outcome counts as having been heard. `order`: on the day of the
    step itself, whether the minutes or the decision record that the discussion came before it or after.
    `decide_from`: the first day on which the step may be taken, where a union may still call for more."""

    ref: str
    committee: str
    level_ok: bool
    met_on: date
    minutes_approved_on: date | None
    counts: bool
    order: Literal["before", "after"] | None = None
    decide_from: date | None = None


@dataclass(frozen=True, slots=True)
class ComingMeeting:
    """A meeting in the calendar of a committee at the right level, and when an item must be asked for."""

    ref: str
    committee: str
    on: date
    request_by: date


@dataclass(frozen=True, slots=True)
class Verdict:
    """`days`: before the step when in time, after it when too late. `set_aside`: discussions that do not
    count, for their level or their outcome."""

    kind: VerdictKind
    days: int | None = None
    step: BindingStep | None = None
    discussion: Discussion | None = None
    set_aside: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Ahead:
    """`meeting`: the last one before `step` that can still be reached, else the last one before it, else (all
    steps passed) the next one. `passed`: the step that counts, when it came with no discussion before it.
    `decide_from`: the first day on which a step that must wait may be taken."""

    kind: AheadKind
    severity: Severity
    today: date
    step: BindingStep | None = None
    meeting: ComingMeeting | None = None
    ways: tuple[Way, ...] = ()
    passed: BindingStep | None = None
    decide_from: date | None = None

    @property
    def days_to_step(self) -> int | None:
        return (self.step.on - self.today).days if self.step else None

    @property
    def days_to_request(self) -> int | None:
        """Below zero when the request date has passed."""
        return (self.meeting.request_by - self.today).days if self.meeting else None


def look_back(steps: Iterable[BindingStep], discussions: Iterable[Discussion]) -> Verdict:
    """Was it discussed before the binding step? Of several discussions the one that says best is named."""
    held = list(discussions)
    aside = tuple(sorted(one.ref for one in held if not _heard(one)))
    step = binding_step(steps)
    if step is None:
        return Verdict(VerdictKind.NO_BINDING_STEP_KNOWN, set_aside=aside)
    best = min((one for one in held if _heard(one)), key=lambda one: _rank(step, one), default=None)
    if best is None:
        return Verdict(VerdictKind.NOT_DISCUSSED, step=step, set_aside=aside)
    return Verdict(_kind(step, best), abs((step.on - best.met_on).days), step, best, aside)


def binding_step(steps: Iterable[BindingStep]) -> BindingStep | None:
    """The step that counts: the earliest in date, whatever its kind."""
    order = list(StepKind)
    return min(
        steps, key=lambda step: (step.on, not step.taken, order.index(StepKind(step.kind))), default=None
    )


def _heard(discussion: Discussion) -> bool:
    return discussion.level_ok and discussion.counts


def _rank(step: BindingStep, discussion: Discussion) -> tuple[int, date, str]:
    return BEST_FIRST.index(_kind(step, discussion)), discussion.met_on, discussion.ref


def _kind(step: BindingStep, discussion: Discussion) -> VerdictKind:
    same_day = discussion.met_on == step.on
    if discussion.met_on > step.on or (same_day and discussion.order == "after"):
        return VerdictKind.TOO_LATE
    if same_day and discussion.order is None:
        return VerdictKind.SAME_DAY_WITHOUT_RECORDED_ORDER
    if not _approved(discussion):
        return VerdictKind.AWAITING_APPROVAL
    if discussion.decide_from is not None and step.on < discussion.decide_from:
        return VerdictKind.DID_NOT_WAIT
    return VerdictKind.IN_TIME_SAME_DAY if same_day else VerdictKind.IN_TIME


def _approved(discussion: Discussion) -> bool:
    """Minutes cannot be approved before the meeting; such a date is a slip of the pen and does not count."""
    return discussion.minutes_approved_on is not None and discussion.minutes_approved_on >= discussion.met_on


def look_ahead(
    steps: Iterable[BindingStep],
    discussions: Iterable[Discussion],
    coming_meetings: Iterable[ComingMeeting],
    today: date,
    extraordinary_possible: bool,
    soon_days: int = 14,
) -> Ahead:
    """Can it still be discussed before the next binding step, at which meeting, and asked for by when?"""
    known, held, meetings = list(steps), list(discussions), list(coming_meetings)
    if not known:
        return Ahead(AheadKind.NO_BINDING_STEP_KNOWN, Severity.CALM, today)
    passed = _passed_undiscussed(known, held, today)
    step = binding_step(one for one in known if not one.taken and one.on >= today)
    if step is None:
        return _after_all_steps(held, meetings, today, passed)
    verdict = look_back([step], held)
    if verdict.kind in NOT_AFTER_THE_STEP:
        return Ahead(AheadKind.DISCUSSED, Severity.CALM, today, step, passed=passed)
    if verdict.kind == VerdictKind.DID_NOT_WAIT and verdict.discussion:
        wait = verdict.discussion.decide_from
        return Ahead(AheadKind.MUST_WAIT, Severity.SOON, today, step, passed=passed, decide_from=wait)
    ahead = _meeting_before(step, meetings, today, soon_days, extraordinary_possible)
    return replace(ahead, passed=passed, severity=Severity.LATE) if passed else ahead


def _passed_undiscussed(steps: list[BindingStep], held: list[Discussion], today: date) -> BindingStep | None:
    first = binding_step(steps)
    if first is None or not (first.taken or first.on < today):
        return None
    return None if look_back([first], held).kind in NOT_AFTER_THE_STEP else first


def _after_all_steps(
    held: list[Discussion], meetings: list[ComingMeeting], today: date, passed: BindingStep | None
) -> Ahead:
    if any(_heard(one) for one in held):
        return Ahead(AheadKind.DISCUSSED, Severity.CALM, today, passed=passed)
    to_come = [meeting for meeting in meetings if meeting.on >= today]
    meeting = min(to_come, key=lambda one: (one.request_by < today, one.on, one.ref), default=None)
    return Ahead(AheadKind.STEPS_PASSED, Severity.LATE, today, meeting=meeting, passed=passed)


def _meeting_before(
    step: BindingStep,
    meetings: list[ComingMeeting],
    today: date,
    soon_days: int,
    extraordinary_possible: bool,
) -> Ahead:
    before = [meeting for meeting in meetings if today <= meeting.on < step.on]
    reachable = [meeting for meeting in before if meeting.request_by >= today]
    if reachable:
        meeting = max(reachable, key=lambda one: (one.request_by, one.on, one.ref))
        near = (meeting.request_by - today).days <= soon_days
        return Ahead(
            AheadKind.MEETING_IN_REACH, Severity.SOON if near else Severity.CALM, today, step, meeting
        )
    last = max(before, key=lambda one: (one.on, one.ref), default=None)
    kind = AheadKind.REQUEST_DATE_PASSED if last else AheadKind.NO_MEETING_BEFORE
    ways = (Way.EXTRAORDINARY_MEETING, Way.IN_WRITING) if extraordinary_possible else (Way.IN_WRITING,)
    return Ahead(kind, _out_of_reach(step, meetings, today, soon_days), today, step, last, ways)


def _out_of_reach(step: BindingStep, meetings: list[ComingMeeting], today: date, soon_days: int) -> Severity:
    """Late, unless the step is far off and the calendar does not reach it: a meeting may still be planned."""
    planned_past_the_step = any(meeting.on >= step.on for meeting in meetings)
    near = (step.on - today).days <= soon_days
    return Severity.LATE if planned_past_the_step or near else Severity.SOON
