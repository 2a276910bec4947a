"""Following a benefit: when it is to be measured, and what its last measurement says of the promise.

Five answers: realised, partly, not realised, unknown, and not yet. A measurement that is overdue makes the
answer *unknown*, whatever the one before it said: nobody knows what became of it since.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from samspil.core.months import months_after

MOST_DAYS = 200  # of one plan: more would be no plan
ONCE = 6  # months that count as the step of a plan with one day
DAYS_A_MONTH = 30.5


class Status(StrEnum):
    REALISED = "realised"
    PARTLY = "partly"
    NOT_REALISED = "not_realised"
    UNKNOWN = "unknown"
    NOT_YET = "not_yet"


@dataclass(frozen=True, slots=True)
class Plan:
    """By which days it is measured: the first, then every so many months until a last day; 0: only once."""

    first: date
    every_months: int = 0
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Promise:
    """What is to be reached by a day. `cautious` is the least that was promised; without it half the way
    from the starting point counts as a part. `harm`: it is something to be kept small, and the way from the
    starting point to the target leads to the worse."""

    likely: Decimal
    by: date
    cautious: Decimal | None = None
    optimistic: Decimal | None = None
    harm: bool = False


@dataclass(frozen=True, slots=True)
class Measured:
    """A figure of a day; `low` and `high` are the ends of its interval where it is a sample."""

    on: date
    value: Decimal
    low: Decimal | None = None
    high: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """What is known of a benefit on a day.

    `share` of the way from the starting point to the likely target has been gone. `certain`: the whole
    interval of the newest figure lies on the same side. `overdue` is the day by which a figure was wanted
    that is not there; `next_due` the next one to come.
    """

    status: Status
    newest: Measured | None = None
    share: Decimal | None = None
    certain: bool = True
    overdue: date | None = None
    next_due: date | None = None


def due_days(plan: Plan) -> tuple[date, ...]:
    """Every day by which a figure is wanted, the first one first."""
    if not plan.every_months or plan.until is None:
        return (plan.first,)
    found = []
    for number in range(MOST_DAYS):
        day = months_after(plan.first, number * plan.every_months)
        if day > plan.until:
            break
        found.append(day)
    return tuple(found) or (plan.first,)


def unanswered(plan: Plan, measured: Iterable[Measured], today: date) -> tuple[date, ...]:
    """The due days that are over without a figure. A figure answers the due day it lies nearest to; one from
    long before the first answers none."""
    days = due_days(plan)
    answered = {_answers(one.on, days, plan) for one in measured}
    return tuple(day for day in days if day < today and day not in answered)


def _answers(on: date, days: Sequence[date], plan: Plan) -> date | None:
    """As if a due day lay one step before the first as well."""
    early = (days[0] - on).days
    if early * 2 > (plan.every_months or ONCE) * DAYS_A_MONTH:
        return None
    return min(days, key=lambda day: (abs((day - on).days), day))


def standing(
    plan: Plan | None,
    promise: Promise | None,
    baseline: Decimal | None,
    measured: Iterable[Measured],
    today: date,
) -> Standing:
    """What is known of the benefit today."""
    figures = sorted((one for one in measured if one.on <= today), key=lambda one: one.on)
    newest = figures[-1] if figures else None
    late = unanswered(plan, figures, today) if plan else ()
    overdue = late[-1] if late and (newest is None or _is_open(late[-1], newest, plan)) else None
    coming = next((day for day in due_days(plan) if day >= today), None) if plan else None
    share = gone(promise, baseline, newest.value) if promise and newest else None
    status, certain = _status(promise, baseline, newest, overdue, today)
    return Standing(status, newest, share, certain, overdue, coming)


def _is_open(day: date, newest: Measured, plan: Plan | None) -> bool:
    """A figure that came for a later day makes good what was left out before."""
    found = _answers(newest.on, due_days(plan), plan) if plan else day
    return found is None or found < day


def _status(
    promise: Promise | None,
    baseline: Decimal | None,
    newest: Measured | None,
    overdue: date | None,
    today: date,
) -> tuple[Status, bool]:
    if overdue:
        return Status.UNKNOWN, True
    if promise is None or newest is None:
        return Status.NOT_YET, True
    found = reached(promise, baseline, newest.value)
    ends = [end for end in (newest.low, newest.high) if end is not None]
    certain = all(reached(promise, baseline, end) is found for end in ends)
    if found is not Status.REALISED and today < promise.by:
        return Status.NOT_YET, certain
    return found, certain


def reached(promise: Promise, baseline: Decimal | None, value: Decimal) -> Status:
    """Whether a value reaches the likely target, at least the cautious one, or neither."""
    more = wants_more(promise, baseline)
    if _is_there(value, promise.likely, more):
        return Status.REALISED
    least = promise.cautious
    if least is None and baseline is not None and not promise.harm:
        least = (baseline + promise.likely) / 2
    return Status.PARTLY if least is not None and _is_there(value, least, more) else Status.NOT_REALISED


def wants_more(promise: Promise, baseline: Decimal | None) -> bool:
    """Whether a larger figure is the better one: as the optimistic target lies, else as the likely one lies
    seen from the start. A harm without a range is better the nearer it stays to where it began."""
    if promise.cautious is not None and promise.optimistic is not None:
        if promise.cautious != promise.optimistic:
            return promise.optimistic > promise.cautious
    elif promise.cautious is not None and promise.cautious != promise.likely:
        return promise.likely > promise.cautious
    if baseline is None or baseline == promise.likely:
        return not promise.harm
    return (promise.likely > baseline) is not promise.harm


def gone(promise: Promise, baseline: Decimal | None, value: Decimal) -> Decimal | None:
    """The share of the way from the starting point to the likely target, in per cent; None without a way,
    and where the way leads to the worse."""
    if baseline is None or baseline == promise.likely:
        return None
    if wants_more(promise, baseline) is not (promise.likely > baseline):
        return None
    return ((value - baseline) / (promise.likely - baseline) * 100).quantize(Decimal("0.0001")) + 0


def _is_there(value: Decimal, target: Decimal, more: bool) -> bool:
    return value >= target if more else value <= target


# --- reminding ---------------------------------------------------------------------------------------------

STOOD_STILL = timedelta(days=60)  # a worker that stood still for long does not make good every old reminder


def to_remind(plan: Plan, measured: Iterable[Measured], today: date) -> tuple[date, ...]:
    """The due days of which somebody is to be told today, each once: it has come, and there is no figure."""
    late = unanswered(plan, measured, today + timedelta(days=1))
    return tuple(day for day in late if day >= today - STOOD_STILL)
