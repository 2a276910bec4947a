"""What a guideline proposes before anybody has chosen anything: where, before which step, on what, by when.

For an initiative there is a discussion in each phase that lies ahead and on each line of those affected: in
the right committee, at its last planned meeting before the phase's first binding step that can still be
reached. A general guideline names the phases and steps; the right committee follows from each initiative.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from samspil.core.procedure import ComingMeeting, Slot, next_slot, slot_before
from samspil.dialogue import proposal, questions
from samspil.dialogue.guidelines.terms import Terms
from samspil.dialogue.models import Meeting
from samspil.dialogue.queries import meetings_to_come
from samspil.dialogue.right_level import lines_of
from samspil.initiative.models import Initiative
from samspil.initiative.queries import StepHistory, steps
from samspil.organisation.holidays import holidays_of
from samspil.organisation.models import Committee
from samspil.organisation.viewer import Viewer


@dataclass(frozen=True)
class NewDiscussion:
    """A discussion that is to be promised. Without a committee: the right one for each initiative."""

    phase: str = ""
    before: str = ""
    committee: Committee | None = None
    by: date | None = None
    request_by: date | None = None
    meeting: Meeting | None = None
    topics: str = ""


@dataclass(frozen=True)
class Year:
    """What is planned: the meetings to come of each committee, and the days on which nobody works."""

    meetings: Mapping[int, Sequence[Meeting]]
    holidays: frozenset[date]
    today: date

    def slot(self, committee: Committee, step: date | None) -> Slot | None:
        """When this committee can discuss what a step on that day binds; without a step its next meeting."""
        known = [
            ComingMeeting(one.ref, one.on, one.request_by or one.on)
            for one in self.meetings.get(committee.pk, ())
        ]
        return slot_before(step, known, self.today, self.holidays) if step else next_slot(known, self.today)

    def meeting(self, committee: Committee, ref: str) -> Meeting | None:
        return next((one for one in self.meetings.get(committee.pk, ()) if one.ref == ref), None)


def right_committees(initiative: Initiative) -> tuple[Committee, ...]:
    """The right committee of each line of those affected."""
    return tuple(line.right for line in lines_of([initiative])[initiative.pk] if line.right)


def for_initiative(initiative: Initiative, terms: Terms, by: Viewer) -> list[NewDiscussion]:
    """The discussions of the phases that lie ahead."""
    rights = right_committees(initiative)
    year = _year(rights, by)
    histories = steps([initiative])[initiative.pk]
    return [
        _discussion(
            phase, before, committee, _first_step(histories, phase), phase == initiative.phase, year, by
        )
        for phase, before in _ahead(terms, initiative.phase)
        for committee in rights
    ]


def in_general(terms: Terms, committee: Committee, by: Viewer) -> list[NewDiscussion]:
    """A discussion in each phase of whatever initiative; no day, for that follows from the initiative."""
    return [
        NewDiscussion(phase=phase, before=before, topics=topics_of(phase, committee.level, by))
        for phase, before in terms.discussions
    ]


def topics_of(phase: str, level: str, by: Viewer) -> str:
    """The core questions of the phase for the level, a line each."""
    model = proposal.model_of(phase, by)
    asked = questions.core(questions.of_level(model, level)) if model else ()
    return "\n".join(one.ask for one in asked)


def _discussion(
    phase: str,
    before: str,
    committee: Committee,
    step: StepHistory | None,
    now: bool,
    year: Year,
    by: Viewer,
) -> NewDiscussion:
    """A later phase without a step gets no day: nobody knows yet when it comes."""
    on = step.newest.on if step else None
    slot = year.slot(committee, on) if on or now else None
    return NewDiscussion(
        phase=phase,
        before=step.step.kind if step else before,
        committee=committee,
        by=slot.by if slot else None,
        request_by=slot.request_by if slot else None,
        meeting=year.meeting(committee, slot.meeting) if slot else None,
        topics=topics_of(phase, committee.level, by),
    )


def _ahead(terms: Terms, phase: str) -> Iterator[tuple[str, str]]:
    order = questions.PHASES
    here = order.index(phase) if phase in order else len(order)
    return ((one, before) for one, before in terms.discussions if order.index(one) >= here)


def _first_step(histories: Iterable[StepHistory], phase: str) -> StepHistory | None:
    """The earliest step of a phase that is still planned."""
    planned = (one for one in histories if one.step.phase == phase and not one.newest.taken)
    return min(planned, key=lambda one: one.newest.on, default=None)


def _year(committees: Sequence[Committee], by: Viewer) -> Year:
    found: dict[int, list[Meeting]] = {}
    rows = meetings_to_come(by.today).filter(committee__in=committees, cancelled_at=None)
    for meeting in rows.exclude(kind=Meeting.Kind.WRITTEN).order_by("on", "pk"):
        found.setdefault(meeting.committee_id, []).append(meeting)
    years = range(by.today.year - 1, by.today.year + 6)
    return Year(found, holidays_of(by.organisation.country, years), by.today)
