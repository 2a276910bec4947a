"""What can be read in the hall."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Count, Prefetch, Q, QuerySet

from samspil.core.decision_clock import BindingStep as ClockStep
from samspil.core.decision_clock import StepKind
from samspil.initiative.models import (
    AffectedGroup,
    AffectedUnit,
    BindingStep,
    Evidence,
    Initiative,
    MondayStatement,
    Need,
    StepDate,
)
from samspil.organisation.viewer import Viewer

OPEN_STATUSES = (Evidence.Status.MISSING, Evidence.Status.UNKNOWN)


@dataclass(frozen=True)
class StepHistory:
    """A binding step with every date that was given for it, the newest last."""

    step: BindingStep
    dates: tuple[StepDate, ...]

    @property
    def newest(self) -> StepDate:
        return self.dates[-1]

    @property
    def corrected(self) -> tuple[StepDate, ...]:
        return self.dates[:-1]


@dataclass(frozen=True)
class Affected:
    """A unit or group that notices the change, with what it says about Monday."""

    name: str
    kind: str  # unit · group
    ref: str
    said: MondayStatement | None


def needs() -> QuerySet[Need]:
    """The need inbox, newest first; merged needs are reached from the one they live on in."""
    return (
        Need.objects.exclude(status=Need.Status.MERGED)
        .select_related("thing", "raised_by")
        .annotate(answers=Count("initiatives", distinct=True))
        .order_by("-raised_at")
    )


def need(ref: str) -> Need | None:
    return (
        Need.objects.select_related("thing", "raised_by", "merged_into__thing").filter(thing__ref=ref).first()
    )


def initiatives(viewer: Viewer) -> QuerySet[Initiative]:
    """The initiatives a viewer may see, as list pages show them: stored rows only, no room is asked."""
    rows = Initiative.objects.select_related("thing", "owner__unit", "lead").annotate(
        open_demands=Count("evidence", filter=Q(evidence__status__in=OPEN_STATUSES), distinct=True)
    )
    if viewer.is_guest:
        rows = rows.filter(admissions__person=viewer.person)
    return rows.order_by("-started_at")


def initiative(ref: str) -> Initiative | None:
    return (
        Initiative.objects.select_related("thing", "organisation", "owner__unit", "lead", "process")
        .prefetch_related("units", "groups", "needs__thing")
        .filter(thing__ref=ref)
        .first()
    )


def step(ref: str) -> BindingStep | None:
    rows = BindingStep.objects.select_related(
        "thing", "initiative__thing", "initiative__organisation", "initiative__process"
    )
    return rows.filter(thing__ref=ref).first()


def newest_date(step: BindingStep) -> StepDate | None:
    return StepDate.objects.filter(step=step).order_by("given_at", "pk").last()


def steps(initiatives: Sequence[Initiative]) -> dict[int, list[StepHistory]]:
    """The binding steps of many initiatives with all dates given for them."""
    rows = (
        BindingStep.objects.filter(initiative__in=initiatives)
        .select_related("thing")
        .prefetch_related(
            Prefetch("dates", StepDate.objects.select_related("given_by").order_by("given_at", "pk"))
        )
    )
    found: dict[int, list[StepHistory]] = {one.pk: [] for one in initiatives}
    for row in rows:
        dates = tuple(row.dates.all())
        if dates:
            found[row.initiative_id].append(StepHistory(row, dates))
    for histories in found.values():
        histories.sort(key=lambda history: history.newest.on)
    return found


def clock_steps(histories: Iterable[StepHistory], phase: str) -> list[ClockStep]:
    """The steps of a phase as the decision clock reads them: only the newest date of each."""
    return [
        ClockStep(StepKind(history.step.kind), history.newest.on, history.newest.taken)
        for history in histories
        if history.step.phase == phase
    ]


def affected(initiative: Initiative) -> list[Affected]:
    """Every affected unit and group with its Monday statement."""
    said = {
        (row.unit_id, row.group_id): row
        for row in MondayStatement.objects.filter(initiative=initiative).select_related("said_by")
    }
    units = AffectedUnit.objects.filter(initiative=initiative).select_related("unit").order_by("unit__name")
    groups = (
        AffectedGroup.objects.filter(initiative=initiative).select_related("group").order_by("group__name")
    )
    return [
        *(Affected(row.unit.name, "unit", row.unit.ref, said.get((row.unit_id, None))) for row in units),
        *(Affected(row.group.name, "group", row.group.ref, said.get((None, row.group_id))) for row in groups),
    ]
