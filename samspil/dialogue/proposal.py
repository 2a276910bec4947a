"""What an item about an initiative looks like when nobody chooses anything: committee, meeting, questions."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from samspil.core.working_days import working_days_before
from samspil.dialogue import queries, questions
from samspil.dialogue import regime as regimes
from samspil.dialogue.models import Item, Meeting
from samspil.dialogue.right_level import lines_of
from samspil.initiative.models import BindingStep, Initiative
from samspil.initiative.queries import steps
from samspil.kit.refusal import Refused
from samspil.organisation.holidays import holidays_of
from samspil.organisation.models import Committee, Content
from samspil.organisation.viewer import Viewer

NO_COMMITTEE = _(
    "No committee is attached to those affected at the right level. Ask an administrator to attach one."
)


def request_day(committee: Committee, on: date, by: Viewer) -> date:
    """The last day to ask for an item at a meeting, counted in working days of the country."""
    regime = regimes.in_force(by.organisation, on)
    days = regimes.procedure(committee, on, regime).request_working_days
    holidays = holidays_of(by.organisation.country, (on.year - 1, on.year))
    return working_days_before(on, days, holidays)


def request_by_the_rules(committee: Committee, on: date, kind: str, by: Viewer) -> date:
    """An extraordinary meeting is called for its items, so they can be asked for up to its day."""
    return request_day(committee, on, by) if kind == Meeting.Kind.ORDINARY else on


def request_by_anew(meeting: Meeting, on: date, by: Viewer) -> date:
    """The last day to ask for an item follows the meeting, unless it was chosen by hand and still fits."""
    by_the_rules = request_by_the_rules(meeting.committee, meeting.on, meeting.kind, by)
    if meeting.request_by and by_the_rules != meeting.request_by <= on:
        return meeting.request_by
    return request_by_the_rules(meeting.committee, on, meeting.kind, by)


@dataclass(frozen=True)
class Proposal:
    """What an item about an initiative looks like when nobody chooses anything."""

    committee: Committee
    meeting: Meeting | None
    title: str
    questions: tuple[questions.Question, ...]  # all that fit; the core ones are chosen
    committees: tuple[Committee, ...]  # the right one of each line
    before: date | None  # the binding step it has to precede


def propose(initiative: Initiative, by: Viewer, committee: Committee | None = None) -> Proposal:
    """The right committee, its next reachable meeting, and the core questions for phase and level."""
    rights = tuple(line.right for line in lines_of([initiative])[initiative.pk] if line.right)
    chosen = committee or _not_asked_yet(initiative, rights)
    if chosen is None:
        raise Refused(NO_COMMITTEE)
    model = model_of(initiative.phase, by)
    step = step_ahead(initiative)
    return Proposal(
        committee=chosen,
        meeting=queries.next_reachable(chosen, by.today),
        title=initiative.title,
        questions=questions.of_level(model, chosen.level) if model else (),
        committees=rights,
        before=step[1] if step else None,
    )


def model_of(phase: str, by: Viewer) -> Content | None:
    key = regimes.regime_key(by.organisation, by.today)
    return questions.model_for(key, phase, by.organisation) if key else None


def _not_asked_yet(initiative: Initiative, rights: Sequence[Committee]) -> Committee | None:
    """The first right committee that has no item about the present phase; else the first."""
    asked = set(
        Item.objects.filter(initiative=initiative, phase=initiative.phase)
        .exclude(status=Item.Status.WITHDRAWN)
        .values_list("committee_id", flat=True)
    )
    return next((one for one in rights if one.pk not in asked), rights[0] if rights else None)


def step_ahead(initiative: Initiative) -> tuple[BindingStep, date] | None:
    """The earliest step of the present phase, with its newest date."""
    known = [one for one in steps([initiative])[initiative.pk] if one.step.phase == initiative.phase]
    return (known[0].step, known[0].newest.on) if known else None
