"""What can be read in the hall."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from samspil.core.decision_clock import BindingStep as ClockStep
from samspil.core.decision_clock import StepKind, VerdictKind
from samspil.initiative.models import (
    Admission,
    AffectedGroup,
    AffectedUnit,
    AnsweredNeed,
    BindingStep,
    Condition,
    Evidence,
    GateDecision,
    Initiative,
    MondayStatement,
    MoneyAsGiven,
    Need,
    StepDate,
    Thing,
)
from samspil.organisation.models import Person, Unit
from samspil.organisation.viewer import Viewer

OPEN_STATUSES = (Evidence.Status.MISSING, Evidence.Status.UNKNOWN)
ENDED = (Initiative.Phase.CLOSED, Initiative.Phase.STOPPED)
OWNER_OUTSIDE = ("owner_in_staff_function", "owner_outside_line")  # as the evidence board words it
CAME_TOO_LATE = (VerdictKind.TOO_LATE.value, "not_discussed_step_taken", "not_discussed_step_passed")
LINE = "parent__parent__parent__parent__parent"  # as far up as trees of units reach


@dataclass(frozen=True)
class StepHistory:
    """A binding step with every date that was given for it, the newest last."""

    step: BindingStep
    dates: tuple[StepDate, ...]

    @property
    def newest(self) -> StepDate:
        return self.dates[-1]

    @property
    def corrected(self) -> tuple[tuple[StepDate, StepDate], ...]:
        """Each earlier date that no longer holds, beside the one that replaced it and says why."""
        pairs = zip(self.dates, self.dates[1:], strict=False)
        return tuple((before, after) for before, after in pairs if before.on != after.on)


@dataclass(frozen=True)
class Affected:
    """A unit or group that notices the change, with what it says about Monday."""

    name: str
    kind: str  # unit · group
    ref: str
    said: MondayStatement | None = None


@dataclass(frozen=True)
class Surroundings:
    """The needs an initiative answers and those who notice it: (name, ref) of each."""

    needs: tuple[tuple[str, str], ...]
    affected: tuple[Affected, ...]


# --- needs -------------------------------------------------------------------------------------------------


def needs() -> QuerySet[Need]:
    """The need inbox, newest first; merged needs are reached from the one they live on in."""
    return (
        Need.objects.exclude(status=Need.Status.MERGED)
        .select_related("thing", "raised_by")
        .annotate(answers=Count("initiatives", distinct=True))
        .order_by("-raised_at", "-pk")
    )


def need(ref: str) -> Need | None:
    rows = Need.objects.select_related("thing", "raised_by__unit", "merged_into__thing")
    return rows.filter(thing__ref=ref).first()


def needs_of(refs: Iterable[str]) -> list[Need]:
    """The needs with these refs that can be answered, in the order they were raised."""
    rows = Need.objects.select_related("thing", "raised_by__unit").filter(thing__ref__in=list(refs))
    return list(rows.exclude(status=Need.Status.MERGED).order_by("raised_at", "pk"))


# --- initiatives -------------------------------------------------------------------------------------------


def initiatives(viewer: Viewer) -> QuerySet[Initiative]:
    """The initiatives a viewer may see, as list pages show them: stored rows only, no room is asked."""
    rows = Initiative.objects.select_related("thing", "owner__unit", "lead").annotate(
        open_demands=Coalesce(Subquery(_open_demands()), 0),
        owner_outside=Exists(_owner_outside_line()),
        asked_too_late=Exists(_asked_too_late()),
    )
    if viewer.is_guest:
        rows = rows.filter(Exists(Admission.objects.filter(initiative=OuterRef("pk"), person=viewer.person)))
    return rows.order_by("-started_at", "-pk")


def with_open_demands(rows: QuerySet[Initiative]) -> QuerySet[Initiative]:
    """Those whose next gate asks for something that is missing or unknown."""
    return rows.filter(Exists(_open_rows()))


def affecting(rows: QuerySet[Initiative], units: Iterable[Unit]) -> QuerySet[Initiative]:
    """Those that some of the units, or a unit below them, will notice."""
    below = units_below(unit.pk for unit in units)
    return rows.filter(Exists(AffectedUnit.objects.filter(initiative=OuterRef("pk"), unit__in=below)))


def units_below(units: Iterable[int]) -> set[int]:
    """The keys of units and of every unit below them."""
    children: dict[int | None, list[int]] = {}
    for key, parent in Unit.objects.values_list("pk", "parent_id"):
        children.setdefault(parent, []).append(key)
    waiting = list(units)
    found = set(waiting)
    while waiting:
        below = children.get(waiting.pop(), [])
        found.update(below)
        waiting.extend(below)
    return found


def initiative(ref: str) -> Initiative | None:
    rows = Initiative.objects.select_related(
        "thing", "organisation", "owner__unit", "lead", "process", "ai_duty"
    ).annotate(owner_outside=Exists(_owner_outside_line()), **_newest_money())
    return rows.filter(thing__ref=ref).first()


def running() -> QuerySet[Initiative]:
    """Those that have not ended."""
    return Initiative.objects.exclude(phase__in=ENDED)


def for_evidence(keys: Iterable[int]) -> list[Initiative]:
    """Initiatives as they stand now, with all that rooms look at when they are asked about many."""
    line = Prefetch("units", Unit.objects.select_related(LINE))
    rows = Initiative.objects.filter(pk__in=list(keys)).select_related(
        "thing", "organisation", "owner__unit", "process"
    )
    return list(rows.prefetch_related(line, "groups"))


def surroundings(initiative: Initiative) -> Surroundings:
    """Needs, units and groups of an initiative, in one question to the database."""
    mine = {"initiative": initiative}
    rows = list(
        AnsweredNeed.objects.filter(**mine)
        .values_list("need__problem", "need__thing__ref", Value("need"))
        .order_by()
        .union(
            AffectedUnit.objects.filter(**mine)
            .values_list("unit__name", "unit__ref", Value("unit"))
            .order_by(),
            AffectedGroup.objects.filter(**mine)
            .values_list("group__name", "group__ref", Value("group"))
            .order_by(),
            all=True,
        )
    )
    affected = sorted((row for row in rows if row[2] != "need"), key=lambda row: (row[2] != "unit", row[0]))
    return Surroundings(
        tuple((name, ref) for name, ref, kind in rows if kind == "need"),
        tuple(Affected(name, kind, ref) for name, ref, kind in affected),
    )


def affected(initiative: Initiative) -> list[Affected]:
    """Every affected unit and group with its Monday statement."""
    return with_monday(initiative, surroundings(initiative).affected)


def with_monday(initiative: Initiative, affected: Iterable[Affected]) -> list[Affected]:
    """The same units and groups with what each of them says about Monday."""
    rows = MondayStatement.objects.filter(initiative=initiative).select_related(
        "thing", "said_by", "unit", "group"
    )
    said = {whom.ref: row for row in rows if (whom := row.unit or row.group)}
    return [Affected(one.name, one.kind, one.ref, said.get(one.ref)) for one in affected]


def evidence_rows(initiative: Initiative, gate: str) -> dict[str, Evidence]:
    """The stored answers to what one gate asks for, by demand."""
    rows = Evidence.objects.filter(initiative=initiative, gate=gate).select_related("source", "answered_by")
    return {row.demand: row for row in rows}


def guests() -> QuerySet[Person]:
    """People from partner organisations who can be admitted."""
    return Person.objects.exclude(guest_of="").filter(left_on__isnull=True, erased_at__isnull=True)


# --- binding steps, decisions ------------------------------------------------------------------------------


def step(ref: str) -> BindingStep | None:
    rows = BindingStep.objects.select_related(
        "thing", "initiative__thing", "initiative__organisation", "initiative__process"
    )
    return rows.filter(thing__ref=ref).first()


def newest_date(step: BindingStep) -> StepDate | None:
    return StepDate.objects.filter(step=step).order_by("given_at", "pk").last()


def history(step: BindingStep) -> StepHistory:
    """All dates of one step."""
    rows = StepDate.objects.filter(step=step).select_related("given_by").order_by("given_at", "pk")
    return StepHistory(step, tuple(rows))


def steps(initiatives: Sequence[Initiative]) -> dict[int, list[StepHistory]]:
    """The binding steps of many initiatives with all dates given for them, soonest first."""
    rows = (
        StepDate.objects.filter(step__initiative__in=initiatives)
        .select_related("step__thing", "given_by")
        .order_by("given_at", "pk")
    )
    dates: dict[BindingStep, list[StepDate]] = {}
    for row in rows:
        dates.setdefault(row.step, []).append(row)
    found: dict[int, list[StepHistory]] = {one.pk: [] for one in initiatives}
    for step, given in dates.items():
        found[step.initiative_id].append(StepHistory(step, tuple(given)))
    for histories in found.values():
        histories.sort(key=lambda history: history.newest.on)
    return found


def coming_dates(viewer: Viewer, most: int = 20) -> QuerySet[StepDate]:
    """The next planned steps of running initiatives; of each step only the date that holds."""
    later = StepDate.objects.filter(step=OuterRef("step"), pk__gt=OuterRef("pk"))
    rows = StepDate.objects.filter(~Exists(later), on__gte=viewer.today, taken=False)
    rows = rows.exclude(step__initiative__phase__in=ENDED)
    if viewer.is_guest:
        rows = rows.filter(step__initiative__admissions__person=viewer.person)
    return rows.select_related("step__initiative__thing").order_by("on", "pk")[:most]


def clock_steps(histories: Iterable[StepHistory], phase: str) -> list[ClockStep]:
    """The steps of a phase as the decision clock reads them: only the newest date of each."""
    return [
        ClockStep(StepKind(history.step.kind), history.newest.on, history.newest.taken)
        for history in histories
        if history.step.phase == phase
    ]


def decisions(initiative: Initiative) -> list[GateDecision]:
    """The decisions taken so far with their conditions, newest first."""
    rows = GateDecision.objects.filter(initiative=initiative).select_related("thing", "decided_by")
    conditions = Prefetch("conditions", Condition.objects.select_related("owner").order_by("pk"))
    return list(rows.prefetch_related(conditions).order_by("-decided_at", "-pk"))


def decision(ref: str) -> GateDecision | None:
    rows = GateDecision.objects.select_related(
        "thing", "decided_by", "initiative__thing", "initiative__organisation", "initiative__process"
    )
    return rows.filter(thing__ref=ref).first()


def condition(ref: str) -> Condition | None:
    rows = Condition.objects.select_related("decision__thing", "decision__initiative", "owner")
    return rows.filter(ref=ref).first()


def money_of(initiatives: Iterable[Initiative]) -> dict[int, list[MoneyAsGiven]]:
    """The money that holds for each of many initiatives: of what says the same, the newest."""
    newest: dict[tuple[int, str], MoneyAsGiven] = {}
    for row in MoneyAsGiven.objects.filter(initiative__in=list(initiatives)).order_by("since", "pk"):
        newest[row.initiative_id, row.what] = row
    found: dict[int, list[MoneyAsGiven]] = {}
    for row in newest.values():
        if row.amount is not None:
            found.setdefault(row.initiative_id, []).append(row)
    return found


def whole_money(initiatives: Iterable[Initiative]) -> dict[int, MoneyAsGiven]:
    """The figure that holds for each initiative as a whole: what was given without saying what it covers."""
    return {key: row for key, rows in money_of(initiatives).items() for row in rows if not row.what}


def _newest_money() -> dict[str, Subquery]:
    """What was given last, read along with the initiative: `money_amount`, `money_currency` …"""
    rows = MoneyAsGiven.objects.filter(initiative=OuterRef("pk")).order_by("-since", "-pk")
    parts = ("amount", "currency", "what", "price_year", "source")
    return {f"money_{part}": Subquery(rows.values(part)[:1]) for part in parts}


def with_money(rows: QuerySet[Initiative], given: bool = True) -> QuerySet[Initiative]:
    """Those for which money was given that still holds, or the others."""
    said_again = Q(since__gt=OuterRef("since")) | Q(since=OuterRef("since"), pk__gt=OuterRef("pk"))
    later = MoneyAsGiven.objects.filter(said_again, initiative=OuterRef("initiative"), what=OuterRef("what"))
    holds = Exists(
        MoneyAsGiven.objects.filter(~Exists(later), initiative=OuterRef("pk"), amount__isnull=False)
    )
    return rows.filter(holds if given else ~holds)


def money_given(initiative: Initiative) -> list[MoneyAsGiven]:
    """Everything that was given for one initiative, the newest first."""
    rows = MoneyAsGiven.objects.filter(initiative=initiative).select_related("entered_by")
    return list(rows.order_by("-since", "-pk"))


def undated(rows: QuerySet[Initiative], today: date) -> QuerySet[Initiative]:
    """Those whose next gate has no day: the decision of their phase is not planned for today or later."""
    later = StepDate.objects.filter(step=OuterRef("step"), pk__gt=OuterRef("pk"))
    planned = StepDate.objects.filter(
        ~Exists(later),
        step__initiative=OuterRef("pk"),
        step__phase=OuterRef("phase"),
        step__kind=BindingStep.Kind.DECISION,
        on__gte=today,
        taken=False,
    )
    return rows.exclude(phase__in=ENDED).filter(~Exists(planned))


def open_conditions() -> QuerySet[Condition]:
    """Conditions that decisions asked for and nobody has met yet, the first due first."""
    rows = Condition.objects.filter(met_on__isnull=True).select_related(
        "decision__thing", "decision__initiative"
    )
    return rows.order_by(F("due").asc(nulls_last=True), "pk")


def thing(ref: str) -> Thing | None:
    return Thing.objects.filter(ref=ref).first()


def _open_rows() -> QuerySet[Evidence]:
    """What the next gate of an initiative asks for and is missing or unknown."""
    return Evidence.objects.filter(
        initiative=OuterRef("pk"), phase=OuterRef("phase"), status__in=OPEN_STATUSES
    )


def _open_demands() -> QuerySet[Evidence, Any]:
    counted = _open_rows().order_by().values("initiative").annotate(count=Count("pk"))
    return counted.values("count")


def _owner_outside_line() -> QuerySet[Evidence]:
    return Evidence.objects.filter(initiative=OuterRef("pk"), because_key__in=OWNER_OUTSIDE, by_hand=False)


def _asked_too_late() -> QuerySet[Evidence]:
    """What the clock found is stored under the name of its verdict, also where it was set aside by hand."""
    late = Q(*(("because_key__startswith", name) for name in CAME_TOO_LATE), _connector=Q.OR)
    return Evidence.objects.filter(late, initiative=OuterRef("pk"))
