"""The run chart of a benefit: its figures, starting point and targets, and the gates it passed."""

from decimal import Decimal

from django.utils.translation import gettext as _

from samspil.benefits.queries import Followed
from samspil.core.gates import GOING_ON
from samspil.initiative import process
from samspil.initiative.models import GateDecision
from samspil.kit.charts import Basis, Chart, draw
from samspil.kit.run_charts import HeldAgainst, RunChart, RunMark, RunPoint


def run_chart(one: Followed, language: str) -> Chart | None:
    """Nothing where there is neither a figure nor a starting point to draw."""
    if not one.measurements and one.baseline is None:
        return None
    points = [RunPoint(row.on, row.value, _end(row.low), _end(row.high)) for row in one.measurements]
    start = one.baseline
    if start:
        points.insert(0, RunPoint(start.measured_on, start.value))
    newest = one.measurements[-1] if one.measurements else None
    basis = Basis(
        newest.n if newest else start.n if start else None,
        (newest.source if newest else start.method if start else "") or one.benefit.measured_as,
        newest.on if newest else start.measured_on if start else None,
        counted=bool(newest and newest.n),
    )
    picture = RunChart(
        one.benefit.measured_as,
        one.benefit.unit,
        tuple(sorted(points, key=lambda point: point.on)),
        tuple(_lines(one)),
        tuple(_marks(one)),
        basis,
    )
    return draw(picture, language)


def _end(value: Decimal | None) -> Decimal | None:
    """The end of an interval, no finer than it is sure."""
    return value.quantize(Decimal("0.1")) if value is not None else None


def _lines(one: Followed) -> list[HeldAgainst]:
    found = []
    if one.baseline:
        found.append(HeldAgainst(_("Starting point"), one.baseline.value))
    if one.moved and one.first_target:
        found.append(HeldAgainst(_("Target at the gate"), one.first_target.likely))
    if one.target:
        found.append(HeldAgainst(_("Target now") if one.moved else _("Target"), one.target.likely))
    return found


def _marks(one: Followed) -> list[RunMark]:
    """The gates at which the initiative was let go on."""
    titles = {gate.key: gate.title for gate in process.gates(one.benefit.initiative)}
    rows = GateDecision.objects.filter(initiative=one.benefit.initiative, outcome__in=GOING_ON)
    return [
        RunMark(titles.get(row.gate, row.gate), row.decided_on)
        for row in rows.order_by("decided_on", "pk")
        if row.gate != "explore"
    ]
