"""What a director, the main committee and those who read along see on one page, gathered once.

Stored rows only, no room is asked, and nothing is worked out that nobody entered: what is not known is said.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from django.db.models import Exists, OuterRef, QuerySet

from samspil.core import change_load
from samspil.core.change_load import Cell, Span
from samspil.core.months import first_days
from samspil.initiative import queries
from samspil.initiative.models import AffectedUnit, BindingStep, Condition, Initiative, MoneyAsGiven, Need
from samspil.initiative.queries import ENDED, StepHistory
from samspil.organisation.models import Unit
from samspil.organisation.viewer import Viewer

RUNNING = ("idea", "development", "implementation", "follow_up")
AHEAD = timedelta(days=90)  # decisions that a leader can still prepare
MONTHS = 6
DECISION = BindingStep.Kind.DECISION
PUT_INTO_USE = Initiative.Phase.IMPLEMENTATION


@dataclass(frozen=True)
class UnitChoice:
    """A unit one can look at by itself, with how deep it lies in the tree."""

    unit: Unit
    depth: int


@dataclass(frozen=True)
class PhaseCount:
    phase: str
    count: int


@dataclass(frozen=True)
class Sum:
    """Money that was given for the same thing, in the same currency and at the same prices."""

    what: str
    currency: str
    price_year: int | None
    total: Decimal
    rows: tuple[MoneyAsGiven, ...]


@dataclass(frozen=True)
class Planned:
    """A binding step to come. `gate`: it is the decision that ends the present phase."""

    history: StepHistory
    initiative: Initiative

    @property
    def on(self) -> date:
        return self.history.newest.on

    @property
    def kind(self) -> str:
        return str(self.history.step.kind)

    @property
    def gate(self) -> bool:
        return self.kind == DECISION and self.history.step.phase == self.initiative.phase


@dataclass(frozen=True)
class Load:
    """What touches one unit, month by month."""

    unit: Unit
    cells: tuple[Cell, ...]
    spans: tuple[tuple[Initiative, Span], ...]

    @property
    def most(self) -> int:
        return max(cell.count for cell in self.cells)


@dataclass(frozen=True)
class Overview:
    """The page as facts. Every count is the length of a list that the page shows or links to."""

    today: date
    unit: Unit | None
    choices: tuple[UnitChoice, ...]
    initiatives: tuple[Initiative, ...]  # running
    over: tuple[Initiative, ...]  # closed or stopped
    phases: tuple[PhaseCount, ...]
    ended: tuple[PhaseCount, ...]
    coming: tuple[Planned, ...]
    passed: tuple[Planned, ...]  # the planned day is over and nobody has said that it was taken
    undated: tuple[Initiative, ...]
    sums: tuple[Sum, ...]
    money: tuple[MoneyAsGiven, ...]
    priced: int
    late: tuple[Initiative, ...]
    outside: tuple[Initiative, ...]
    asked_for: tuple[Initiative, ...]  # their next gate lacks answers
    needs: tuple[Need, ...]
    overdue: tuple[Condition, ...]
    months: tuple[date, ...]
    loads: tuple[Load, ...]
    without_end: tuple[Initiative, ...]
    without_start: tuple[Initiative, ...]

    @property
    def unpriced(self) -> int:
        return len(self.initiatives) - self.priced

    @property
    def waiting(self) -> int:
        return len(self.needs) + len(self.asked_for) + len(self.overdue)

    @property
    def soon(self) -> tuple[Planned, ...]:
        return tuple(one for one in self.coming if one.on <= self.today + AHEAD)

    @property
    def heaviest(self) -> "tuple[Load, date, int] | None":
        """The unit and the first month that most initiatives touch at once; none where nothing piles up."""
        pairs = [(one.most, one) for one in self.loads]
        most, found = max(pairs, key=lambda pair: pair[0], default=(0, None))
        if found is None or most < 2:
            return None
        at = next(at for at, cell in enumerate(found.cells) if cell.count == most)
        return found, self.months[at], most


def overview(viewer: Viewer, unit_ref: str = "") -> Overview:
    """Everything on the page, in a number of questions that does not grow with what is there."""
    units = {unit.pk: unit for unit in Unit.objects.order_by("name")}
    unit = next((one for one in units.values() if one.ref == unit_ref), None) if unit_ref else None
    below = _below(unit, units)
    everything = list(_initiatives(viewer))
    touched = _touched(everything)
    here = [one for one in everything if unit is None or touched.get(one.pk, frozenset()) & below]
    all_running = [one for one in everything if one.phase not in ENDED]
    running = [one for one in here if one.phase not in ENDED]
    steps = queries.steps(all_running)
    money = queries.money_of(running)
    spans = list(_spans(all_running, steps, touched, viewer.today))
    months = first_days(viewer.today, MONTHS)
    coming = [Planned(step, one) for one in running for step in steps[one.pk] if not step.newest.taken]
    coming.sort(key=lambda planned: (planned.on, planned.initiative.title))
    loads = _loads(all_running, spans, units, _rows_of(unit, below, spans), months)
    started = {span.initiative for span in spans}
    return Overview(
        today=viewer.today,
        unit=unit,
        choices=tuple(_choices(units, all_running, touched)),
        initiatives=tuple(running),
        over=tuple(one for one in here if one.phase in ENDED),
        phases=tuple(PhaseCount(phase, _in(phase, here)) for phase in RUNNING),
        ended=tuple(PhaseCount(phase, _in(phase, here)) for phase in ENDED),
        coming=tuple(one for one in coming if one.on >= viewer.today),
        passed=tuple(one for one in coming if one.on < viewer.today),
        undated=tuple(one for one in running if one.undated),  # type: ignore[attr-defined]
        sums=tuple(_sums(money)),
        money=tuple(row for one in running for row in money.get(one.pk, ())),
        priced=len(money),
        late=tuple(one for one in running if one.asked_too_late),  # type: ignore[attr-defined]
        outside=tuple(one for one in running if one.owner_outside),  # type: ignore[attr-defined]
        asked_for=tuple(one for one in running if one.open_demands),  # type: ignore[attr-defined]
        needs=tuple(_needs(unit, below)),
        overdue=tuple(_overdue(running, viewer.today)),
        months=months,
        loads=tuple(loads),
        without_end=_without_end(loads),
        without_start=tuple(
            one for one in running if one.phase == Initiative.Phase.DEVELOPMENT and one.pk not in started
        ),
    )


def sums_in_order(found: Iterable[Sum]) -> list[Sum]:
    """The largest first, currency by currency."""
    return sorted(found, key=lambda one: (one.currency, -one.total, one.what, one.price_year or 0))


def _initiatives(viewer: Viewer) -> QuerySet[Initiative]:
    dated = queries.undated(Initiative.objects.filter(pk=OuterRef("pk")), viewer.today)
    return queries.initiatives(viewer).annotate(undated=Exists(dated)).order_by("title", "pk")


def _touched(initiatives: Sequence[Initiative]) -> dict[int, frozenset[int]]:
    found: dict[int, set[int]] = {}
    for initiative, unit in AffectedUnit.objects.filter(initiative__in=initiatives).values_list(
        "initiative_id", "unit_id"
    ):
        found.setdefault(initiative, set()).add(unit)
    return {key: frozenset(units) for key, units in found.items()}


def _below(unit: Unit | None, units: Mapping[int, Unit]) -> set[int]:
    """The keys of a unit and of everything below it."""
    if unit is None:
        return set()
    return {key for key in units if unit.pk in line_of(key, units)}


def line_of(key: int, units: Mapping[int, Unit]) -> tuple[int, ...]:
    """The keys of a unit and of all units above it, from the rows at hand."""
    line: list[int] = []
    while key in units and key not in line:
        line.append(key)
        key = units[key].parent_id or 0
    return tuple(line)


def _choices(
    units: Mapping[int, Unit], running: Iterable[Initiative], touched: Mapping[int, frozenset[int]]
) -> Iterator[UnitChoice]:
    """The units in which something goes on and those above them, as a tree."""
    named = {key for one in running for key in touched.get(one.pk, frozenset())}
    shown = {key for one in named for key in line_of(one, units)}
    children: dict[int | None, list[int]] = {}
    for key in units:
        if key in shown:
            children.setdefault(units[key].parent_id, []).append(key)
    yield from _branch(None, 0, children, units)


def _branch(
    above: int | None, depth: int, children: Mapping[int | None, list[int]], units: Mapping[int, Unit]
) -> Iterator[UnitChoice]:
    for key in children.get(above, ()):
        yield UnitChoice(units[key], depth)
        yield from _branch(key, depth + 1, children, units)


def _in(phase: str, here: Iterable[Initiative]) -> int:
    return sum(one.phase == phase for one in here)


def _sums(money: Mapping[int, Sequence[MoneyAsGiven]]) -> Iterator[Sum]:
    """Only what covers the same, in one currency and at the same prices, is added up."""
    groups: dict[tuple[str, str, int | None], list[MoneyAsGiven]] = {}
    for rows in money.values():
        for row in rows:
            groups.setdefault((row.what, row.currency, row.price_year), []).append(row)
    found = [
        Sum(what, currency, year, _total(rows), tuple(rows))
        for (what, currency, year), rows in groups.items()
    ]
    yield from sums_in_order(found)


def _total(rows: Iterable[MoneyAsGiven]) -> Decimal:
    """In whole units, rounded once, at the total."""
    exact = sum((row.amount for row in rows if row.amount is not None), Decimal(0))
    return exact.quantize(Decimal(1), ROUND_HALF_UP)


def _needs(unit: Unit | None, below: set[int]) -> QuerySet[Need]:
    rows = Need.objects.filter(status=Need.Status.WAITING).select_related("thing").order_by("raised_at", "pk")
    return rows.filter(raised_by__unit__in=below) if unit else rows


def _overdue(running: Sequence[Initiative], today: date) -> QuerySet[Condition]:
    rows = queries.open_conditions().filter(decision__initiative__in=running, due__lt=today)
    return rows.select_related("decision__thing", "decision__initiative", "owner")


def _spans(
    running: Iterable[Initiative],
    steps: Mapping[int, Sequence[StepHistory]],
    touched: Mapping[int, frozenset[int]],
    today: date,
) -> Iterator[Span]:
    for one in running:
        places, known = touched.get(one.pk, frozenset()), steps[one.pk]
        if one.phase == PUT_INTO_USE:
            yield Span(one.pk, today, _end(known, today), False, places)
        elif one.phase == Initiative.Phase.DEVELOPMENT:
            begins = _day(known, one.phase, today, DECISION)
            if begins:
                yield Span(one.pk, begins, _end(known, begins), True, places)


def _end(steps: Sequence[StepHistory], after: date) -> date | None:
    """The decision that ends the implementation, where it has a day to come."""
    return _day(steps, PUT_INTO_USE, after, DECISION)


def _day(steps: Sequence[StepHistory], phase: str, after: date, kind: str) -> date | None:
    days = (
        one.newest.on
        for one in steps
        if one.step.phase == phase and one.step.kind == kind and not one.newest.taken
    )
    return next((day for day in days if day >= after), None)


def _rows_of(unit: Unit | None, below: set[int], spans: Iterable[Span]) -> set[int]:
    """The units that something put into use names; of a chosen unit it and those below it."""
    named = {place for span in spans for place in span.places}
    return named if unit is None else (named & below) | {unit.pk}


def _without_end(loads: Iterable[Load]) -> tuple[Initiative, ...]:
    """What is counted in every month, because nobody has said when it ends."""
    found = {one.pk: one for load in loads for one, span in load.spans if span.ends is None}
    return tuple(sorted(found.values(), key=lambda one: one.title))


def _loads(
    running: Iterable[Initiative],
    spans: Sequence[Span],
    units: Mapping[int, Unit],
    rows: Iterable[int],
    months: Sequence[date],
) -> list[Load]:
    """A row for each unit that is touched in these months, the heaviest first. What touches a unit above
    touches it too, whichever unit one looks at."""
    by_key = {one.pk: one for one in running}
    lines = {key: line_of(key, units) for key in rows if key in units}
    loads = [
        Load(
            units[key],
            cells,
            tuple((by_key[span.initiative], span) for span in spans if span.places & set(lines[key])),
        )
        for key, cells in change_load.load(spans, lines, months).items()
    ]
    found = [one for one in loads if one.most]
    return sorted(found, key=lambda one: (-one.most, -sum(c.count for c in one.cells), one.unit.name))
