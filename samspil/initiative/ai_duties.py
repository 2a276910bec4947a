"""The duty to tell staff and their representatives before artificial intelligence is used: by when, and is it
late? In words and with its source: docs/calculations/ai_duty.md.
"""

from collections.abc import Iterable
from datetime import date, timedelta

from django.db.models import Q, QuerySet

from samspil.initiative import queries
from samspil.initiative.models import AIDuty, BindingStep, Initiative
from samspil.initiative.queries import ENDED, StepHistory
from samspil.organisation.viewer import Viewer

SOON = timedelta(days=14)
SOMEBODY_WAITS = Q(representatives_on=None) | Q(staff_on=None)


def redate(initiatives: Iterable[Initiative]) -> None:
    """Let what nobody dated and nobody did yet fall due with the steps as they stand now."""
    duties = list(AIDuty.objects.filter(SOMEBODY_WAITS, initiative__in=initiatives, due_given=False))
    steps = queries.steps([duty.initiative for duty in duties])
    moved = []
    for duty in duties:
        due = due_from(steps[duty.initiative_id])
        if due != duty.due:
            duty.due = due
            moved.append(duty)
    AIDuty.objects.bulk_update(moved, ["due"])


def due_from(steps: Iterable[StepHistory]) -> date | None:
    """The earliest step that is still planned; once there is none, the decision to put it into use."""
    histories = list(steps)
    planned = [one.newest.on for one in histories if not one.newest.taken]
    in_use = [one.newest.on for one in histories if one.newest.taken and _puts_into_use(one.step)]
    return min(planned or in_use, default=None)


def is_late(duty: AIDuty, today: date) -> bool:
    """Somebody was told after the day, or has not been told although the day has passed."""
    return duty.due is not None and (duty.informed_on or today) > duty.due


def open_duties() -> QuerySet[AIDuty]:
    """What running initiatives still owe, the first due first."""
    rows = AIDuty.objects.filter(SOMEBODY_WAITS, initiative__ai_involved=Initiative.AI.YES)
    rows = rows.exclude(initiative__phase__in=ENDED)
    return rows.select_related("initiative__thing", "initiative__organisation", "initiative__lead").order_by(
        "due", "pk"
    )


def due_soon(today: date) -> QuerySet[AIDuty]:
    """What is owed within two weeks, or was owed already."""
    return open_duties().filter(due__lte=today + SOON)


def seen_by(rows: QuerySet[AIDuty], viewer: Viewer) -> QuerySet[AIDuty]:
    """Guests see those of the initiatives they are admitted to."""
    return rows.filter(initiative__admissions__person=viewer.person) if viewer.is_guest else rows


def _puts_into_use(step: BindingStep) -> bool:
    return step.kind == BindingStep.Kind.DECISION and step.phase == Initiative.Phase.IMPLEMENTATION
