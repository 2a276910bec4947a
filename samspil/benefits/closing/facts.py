"""What a closing report keeps: figures and sentences as they stood, without anybody's name."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from samspil.benefits import queries
from samspil.benefits.closing.promised import Row, promised
from samspil.benefits.models import Baseline, FreedTime, Target
from samspil.benefits.queries import Followed
from samspil.business_case.format import role_of
from samspil.core.benefits.promises import calibration
from samspil.initiative.models import Initiative
from samspil.organisation.viewer import day_in

FORMAT = "samspil-closing-report-1"


def facts_of(
    initiative: Initiative, found: Sequence[Followed], gone: Sequence[Followed] = ()
) -> dict[str, Any]:
    """The report as canonical JSON values: numbers and days as text. `gone`: what was promised and has been
    taken out since."""
    held = promised(initiative, found)
    forecasts = calibration(one.forecast for one in [*found, *gone] if one.forecast)
    return {
        "format": FORMAT,
        "title": initiative.title,
        "currency": held.currency,
        "case_version": held.version.number if held.version else None,
        "case_sha256": held.version.input_sha256 if held.version else "",
        "counts": queries.counts(found),
        "promised_amount": _text(held.amount) if held.counted else "",
        "realised_amount": _text(held.came) if held.counted else "",
        "forecasts": {"n": forecasts.n, "inside": forecasts.inside},
        "benefits": [_benefit(row) for row in held.rows],
        "taken_out": [_gone(one) for one in gone],
    }


def _gone(one: Followed) -> dict[str, Any]:
    return {
        "ref": one.benefit.ref,
        "title": one.benefit.title,
        "unit": one.benefit.unit,
        "first_target": _target(one.first_target),
        "on": _day(day_in(one.benefit.organisation, one.benefit.taken_out_at))
        if one.benefit.taken_out_at
        else "",
    }


def _benefit(row: Row) -> dict[str, Any]:
    one = row.followed
    standing, first = one.standing, one.first_standing
    newest = standing.newest
    return {
        "ref": one.benefit.ref,
        "title": one.benefit.title,
        "harm": one.benefit.harm,
        "class": one.benefit.worth,
        "measured_as": one.benefit.measured_as,
        "unit": one.benefit.unit,
        "owner": role_of(one.benefit.owner) if one.benefit.accepted_at else "",
        "excuse": one.benefit.excuse,
        "baseline": _baseline(one.first_baseline or one.baseline),
        "first_target": _target(one.first_target),
        "target": _target(one.target),
        "moved_because": one.target.because if one.moved and one.target else "",
        "newest": {
            "on": _day(newest.on),
            "value": _text(newest.value),
            "low": _text(newest.low),
            "high": _text(newest.high),
        }
        if newest
        else None,
        "status": str(standing.status),
        "first_status": str(first.status) if one.first_target else "",
        "overdue": _day(standing.overdue),
        "share": _to_a_tenth(first.share if one.first_target else standing.share),
        "certain": standing.certain,
        "place": str(row.forecast.place) if row.forecast else "",
        "line": row.line,
        "amount": _text(row.amount),
        "came": _text(row.came),
        "waits": row.waits,
        "freed_time": _freed(one.freed_time),
        "deviations": [{"cause": d.cause, "text": d.text, "does": d.does} for d in one.deviations],
    }


def _to_a_tenth(share: Decimal | None) -> str:
    return _text(share.quantize(Decimal("0.1"))) if share is not None else ""


def _baseline(row: Baseline | None) -> dict[str, str] | None:
    return {"value": _text(row.value), "on": _day(row.measured_on), "method": row.method} if row else None


def _target(row: Target | None) -> dict[str, str] | None:
    if row is None:
        return None
    points = {name: _text(getattr(row, name)) for name in ("cautious", "likely", "optimistic", "p10", "p90")}
    return {**points, "by": _day(row.by)}


def _freed(row: FreedTime | None) -> dict[str, str] | None:
    if row is None:
        return None
    return {
        "use": row.use,
        "what_for": row.what_for,
        "decided_on": _day(row.decided_on),
        "not_heard_because": row.not_heard_because,
    }


def _text(value: Decimal | None) -> str:
    return "" if value is None else f"{value.normalize():f}"


def _day(on: date | None) -> str:
    return on.isoformat() if on else ""
