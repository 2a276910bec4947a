"""What can be read of benefits. Many are read at once; what they come to is worked out from the same rows."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import TypeVar

from django.db.models import QuerySet

from samspil.benefits.models import (
    Baseline,
    Benefit,
    ClosingReport,
    Deviation,
    FreedTime,
    MapArrow,
    MapNode,
    Measurement,
    Prerequisite,
    Target,
)
from samspil.core.benefits import following
from samspil.core.benefits.following import Measured, Plan, Promise, Standing
from samspil.core.benefits.promises import Forecast
from samspil.core.gates import GOING_ON, Phase
from samspil.initiative import process
from samspil.initiative.models import GateDecision, Initiative

Kept = TypeVar("Kept", Baseline, Target, Measurement, Prerequisite, Deviation, FreedTime)
PROMISED_AT = frozenset({Phase.DEVELOPMENT, Phase.IMPLEMENTATION, Phase.FOLLOW_UP})


@dataclass(frozen=True)
class Followed:
    """A benefit with its whole ledger, and what is known of it on a day.

    `promised_at` is when the initiative was let go on: what stood then is the first promise, and changes
    after it stand beside it.
    """

    benefit: Benefit
    baselines: tuple[Baseline, ...]
    targets: tuple[Target, ...]
    measurements: tuple[Measurement, ...]  # one a day, the newest of each
    prerequisites: tuple[Prerequisite, ...]
    deviations: tuple[Deviation, ...]
    freed_time: FreedTime | None
    promised_at: datetime | None
    today: date

    @property
    def baseline(self) -> Baseline | None:
        return self.baselines[-1] if self.baselines else None

    @property
    def target(self) -> Target | None:
        return self.targets[-1] if self.targets else None

    @property
    def first_target(self) -> Target | None:
        """The promise of the gate; what was set first after it where nothing was promised there."""
        return _as_promised(self.targets, [row.set_at for row in self.targets], self.promised_at)

    @property
    def first_baseline(self) -> Baseline | None:
        return _as_promised(self.baselines, [row.recorded_at for row in self.baselines], self.promised_at)

    @property
    def moved(self) -> bool:
        """Whether the target that holds is another than the one promised at the gate."""
        return self.first_target is not None and self.target != self.first_target

    @cached_property
    def standing(self) -> Standing:
        """What is known against the target that holds."""
        return self._standing(self.target, self.baseline)

    @cached_property
    def first_standing(self) -> Standing:
        """What is known against the promise of the gate, from the starting point it was made on."""
        return self._standing(self.first_target, self.first_baseline or self.baseline)

    @property
    def judged(self) -> Standing:
        """What it is counted as: held against the first promise, for a target can be lowered afterwards."""
        return self.first_standing if self.first_target else self.standing

    def _standing(self, target: Target | None, baseline: Baseline | None) -> Standing:
        start = baseline.value if baseline else None
        promise = promise_of(target, self.benefit) if target else None
        return following.standing(plan_of(self.benefit), promise, start, self.figures, self.today)

    @cached_property
    def figures(self) -> tuple[Measured, ...]:
        return tuple(Measured(row.on, row.value, row.low, row.high) for row in self.measurements)

    @property
    def forecast(self) -> Forecast | None:
        """The first promise beside what came, where there was a range and a figure after its day."""
        target, start = self.first_target, self.first_baseline
        newest = self.first_standing.newest
        if target is None or target.p10 is None or target.p90 is None or newest is None:
            return None
        if newest.on < target.by:
            return None
        before = start.value if start else None
        more = following.wants_more(promise_of(target, self.benefit), before)
        return Forecast(target.p10, target.p90, target.likely, newest.value, more, before)

    @property
    def lacks(self) -> tuple[str, ...]:
        """What has to be there before go-live and is not."""
        owner = self.benefit.owner
        present = {
            "owner": bool(owner and not owner.left_on and self.benefit.accepted_at),
            "baseline": self.baseline is not None,
            "first_on": self.benefit.first_on is not None,
        }
        return tuple(name for name, there in present.items() if not there)

    @property
    def gone(self) -> bool:
        """It was promised at the gate and has been taken out of the register since."""
        first, out = self.first_target, self.benefit.taken_out_at
        return bool(first and self.promised_at and first.set_at <= self.promised_at and out)

    @property
    def waits_for_a_decision(self) -> bool:
        """It frees time, and nobody has decided what the time is used for."""
        frees = self.benefit.worth == Benefit.Worth.REALLOCATION and not self.benefit.harm
        return frees and self.freed_time is None


def _as_promised(
    rows: Sequence[Kept], instants: Sequence[datetime], promised_at: datetime | None
) -> Kept | None:
    if promised_at is None or not rows:
        return None
    before = [row for row, instant in zip(rows, instants, strict=True) if instant <= promised_at]
    return before[-1] if before else rows[0]


def plan_of(benefit: Benefit) -> Plan | None:
    """By which days it is measured. What was stopped brings no benefit any more, so nothing is asked for."""
    if benefit.first_on is None or benefit.initiative.phase == Phase.STOPPED:
        return None
    return Plan(benefit.first_on, benefit.every_months, benefit.until)


def promise_of(target: Target, benefit: Benefit) -> Promise:
    return Promise(target.likely, target.by, target.cautious, target.optimistic, benefit.harm)


# --- one, and many -----------------------------------------------------------------------------------------


def benefit(ref: str) -> Benefit | None:
    return _rows().filter(thing__ref=ref).first()


def prerequisite(ref: str) -> Prerequisite | None:
    rows = Prerequisite.objects.select_related("benefit__initiative__organisation", "benefit__thing")
    return rows.filter(ref=ref).first()


def closing_report(ref: str) -> ClosingReport | None:
    rows = ClosingReport.objects.select_related("thing", "initiative__thing", "initiative__organisation")
    return rows.filter(thing__ref=ref).first()


def closing_reports(initiative: Initiative) -> list[ClosingReport]:
    rows = ClosingReport.objects.filter(initiative=initiative).select_related("thing", "written_by")
    return list(rows.order_by("-number"))


def standing_rows() -> "QuerySet[Benefit]":
    """Every benefit that has not been taken out."""
    return _rows().filter(taken_out_at=None)


def followed(found: Benefit, today: date) -> Followed:
    return follow([found], today)[0]


def of_initiative(initiative: Initiative, today: date) -> list[Followed]:
    return follow(standing_rows().filter(initiative=initiative), today)


def with_what_is_gone(initiative: Initiative, today: date) -> tuple[list[Followed], list[Followed]]:
    """The register, and what was promised at the gate and taken out of it since."""
    return parted(_rows().filter(initiative=initiative), today)


def everything(today: date) -> tuple[list[Followed], list[Followed]]:
    """The same of all initiatives."""
    return parted(_rows(), today)


def parted(rows: Iterable[Benefit], today: date) -> tuple[list[Followed], list[Followed]]:
    found = follow(rows, today)
    standing = [one for one in found if one.benefit.taken_out_at is None]
    return standing, [one for one in found if one.gone]


def follow(benefits: Iterable[Benefit], today: date) -> list[Followed]:
    """These benefits with all that is known of them, in a number of questions that does not grow."""
    found = list(benefits)
    if not found:
        return []
    keys = [one.pk for one in found]
    baselines = _by_benefit(Baseline.objects.filter(benefit__in=keys).select_related("recorded_by"))
    targets = _by_benefit(Target.objects.filter(benefit__in=keys).select_related("set_by"))
    measured = _by_benefit(Measurement.objects.filter(benefit__in=keys).select_related("measured_by"))
    asked = _by_benefit(Prerequisite.objects.filter(benefit__in=keys))
    said = _by_benefit(Deviation.objects.filter(benefit__in=keys))
    freed = _by_benefit(FreedTime.objects.filter(benefit__in=keys).select_related("thing", "heard_in"))
    promised = promised_at({one.initiative_id: one.initiative for one in found}.values())
    return [
        Followed(
            one,
            tuple(baselines.get(one.pk, ())),
            tuple(targets.get(one.pk, ())),
            tuple({row.on: row for row in measured.get(one.pk, ())}.values()),
            tuple(asked.get(one.pk, ())),
            tuple(said.get(one.pk, ())),
            freed[one.pk][-1] if one.pk in freed else None,
            promised.get(one.initiative_id),
            today,
        )
        for one in found
    ]


def promised_at(initiatives: Iterable[Initiative]) -> dict[int, datetime]:
    """When each initiative was first let go on at a gate after the idea; others are left out."""
    phases = {one.pk: {gate.key: gate.phase for gate in process.gates(one)} for one in initiatives}
    rows = GateDecision.objects.filter(initiative__in=phases, outcome__in=GOING_ON).order_by("-decided_at")
    return {
        row.initiative_id: row.decided_at
        for row in rows
        if phases[row.initiative_id].get(row.gate) in PROMISED_AT
    }


def live_on(initiative: Initiative) -> date | None:
    """The day on which it was first decided that the initiative goes live."""
    gates = [gate.key for gate in process.gates(initiative) if gate.phase == Phase.IMPLEMENTATION]
    rows = GateDecision.objects.filter(initiative=initiative, outcome__in=GOING_ON, gate__in=gates)
    return rows.order_by("decided_at").values_list("decided_on", flat=True).first()


def _rows() -> "QuerySet[Benefit]":
    return Benefit.objects.select_related(
        "thing",
        "initiative__thing",
        "initiative__organisation",
        "initiative__process",
        "initiative__owner",
        "initiative__lead",
        "owner__unit",
        "deputy",
        "excused_by",
        "line__thing",
    )


def _by_benefit(rows: "QuerySet[Kept]") -> Mapping[int, list[Kept]]:
    found: dict[int, list[Kept]] = {}
    for row in rows:
        found.setdefault(row.benefit_id, []).append(row)
    return found


# --- the map -----------------------------------------------------------------------------------------------


def map_node(ref: str) -> MapNode | None:
    rows = MapNode.objects.select_related("initiative__thing", "initiative__organisation", "benefit")
    return rows.filter(ref=ref).first()


def map_arrow(ref: str) -> MapArrow | None:
    rows = MapArrow.objects.select_related(
        "initiative__thing", "initiative__organisation", "start__benefit", "end__benefit"
    )
    return rows.filter(ref=ref).first()


def map_of(initiative: Initiative) -> tuple[list[MapNode], list[MapArrow]]:
    """The nodes and arrows of the map; what was taken out of the register is not on it."""
    nodes = MapNode.objects.filter(initiative=initiative, benefit__taken_out_at=None)
    arrows = MapArrow.objects.filter(
        initiative=initiative, start__benefit__taken_out_at=None, end__benefit__taken_out_at=None
    )
    return (
        list(nodes.select_related("benefit__thing")),
        list(arrows.select_related("start__benefit", "end__benefit")),
    )


# --- sums --------------------------------------------------------------------------------------------------


def counts(found: Iterable[Followed]) -> dict[str, int]:
    """How many benefits stand how; harms are not counted among them."""
    statuses = [one.judged.status for one in found if not one.benefit.harm]
    return {str(status): statuses.count(status) for status in following.Status}
