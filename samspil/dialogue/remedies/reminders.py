"""The worker's round over the clocks: each reminder once, none after the end, whenever the worker comes."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime, timedelta

from django.db import transaction

from samspil.core.remedy_clock import Stand, come_due
from samspil.dialogue import queries as committees
from samspil.dialogue.models import Item, Outcome
from samspil.dialogue.remedies import notices, queries, tables
from samspil.dialogue.remedies.models import ClockReminder, RemedyCase, RemedyStep
from samspil.dialogue.remedies.waits import DISAGREED, UnionWait, Waits
from samspil.initiative.consumers import notify
from samspil.kit.room import Tell
from samspil.organisation.models import Organisation
from samspil.organisation.viewer import day_in

LOOKED_BACK = timedelta(days=60)  # a disagreement that lies longer behind needs no reminder
LOOKED_AHEAD = timedelta(days=60)  # no table reminds earlier than that


def remind(organisation: Organisation, at: datetime) -> None:
    """Remind those who owe a step, and the unions while they can call for central negotiation."""
    today = day_in(organisation, at)
    for step in _with_something_due(today):
        _of_step(organisation, step, today, at)
    _of_calls(organisation, today, at)


def _with_something_due(today: date) -> list[RemedyStep]:
    """The steps of which a reminder has come due, in two questions: the worker asks every minute."""
    steps = list(queries.owed_steps().filter(due__lte=today + LOOKED_AHEAD))
    kept: dict[tuple[str, date], set[int]] = {}
    rows = ClockReminder.objects.filter(clock__in=[_clock(one) for one in steps])
    for clock, due, days in rows.values_list("clock", "due", "days") if steps else ():
        kept.setdefault((clock, due), set()).add(days)
    return [one for one in steps if _is_due(one, kept, today)]


def _is_due(step: RemedyStep, kept: Mapping[tuple[str, date], set[int]], today: date) -> bool:
    assert step.due is not None  # noqa: S101 - only what has a day is asked for
    offsets = tables.read(step.case.table).reminders
    return bool(come_due(step.opened_on, step.due, offsets, today, kept.get((_clock(step), step.due), ())))


def _clock(step: RemedyStep) -> str:
    return f"step {step.pk}"


@transaction.atomic
def _of_step(organisation: Organisation, step: RemedyStep, today: date, at: datetime) -> None:
    """The case is held while it is looked at, so that nobody is reminded of what ends at the same moment."""
    RemedyCase.objects.select_for_update().get(pk=step.case_id)
    now = queries.owed_steps().filter(pk=step.pk).first()
    if now is None or now.due is None:
        return
    offsets = tables.read(now.case.table).reminders
    days = _keep(organisation, _clock(now), now.opened_on, now.due, offsets, today)
    if days is not None:
        _tell_all(organisation, notices.reminders(now, days, today), at)


def _of_calls(organisation: Organisation, today: date, at: datetime) -> None:
    items = _with_disagreement(today)
    if not items:
        return
    regimes = committees.regimes_of(items)
    waits = Waits(items, regimes, today)
    for item in items:
        outcomes = sorted(committees.outcomes_of(item), key=lambda one: one.meeting.on)
        for one in waits.of(item, outcomes):
            if one.wait.stand in (Stand.MAY_BE_CALLED, Stand.NOT_CALLED):
                table = tables.of_regime(regimes[item.regime_id].key, organisation)
                _of_call(organisation, item, one, table.central_reminders if table else (), today, at)


@transaction.atomic
def _of_call(
    organisation: Organisation,
    item: Item,
    one: UnionWait,
    offsets: Collection[int],
    today: date,
    at: datetime,
) -> None:
    if one.wait.call_by is None or one.signed_on is None:
        return
    clock = f"call {item.pk} {one.outcome.meeting_id} {one.outcome.union_id or 0}"
    days = _keep(organisation, clock, one.signed_on, one.wait.call_by, offsets, today)
    if days is not None:
        _tell_all(organisation, notices.of_calls(item, one, days, today), at)


def _with_disagreement(today: date) -> list[Item]:
    rows = Outcome.objects.filter(key=DISAGREED, meeting__on__gte=today - LOOKED_BACK).values("item")
    found = Item.objects.filter(pk__in=rows).exclude(status=Item.Status.WITHDRAWN)
    return list(
        found.select_related(*committees.ITEM_ROWS, "initiative__lead", "initiative__owner").order_by("pk")
    )


def _come_due(clock: str, opened: date, due: date, offsets: Collection[int], today: date) -> tuple[int, ...]:
    kept = ClockReminder.objects.filter(clock=clock, due=due).values_list("days", flat=True)
    return come_due(opened, due, offsets, today, set(kept))


def _keep(
    organisation: Organisation,
    clock: str,
    opened: date,
    due: date,
    offsets: Collection[int],
    today: date,
) -> int | None:
    """Keep every reminder that has come due; the last one is to be told, unless another worker was"
    " quicker."""
    told = None
    for days in _come_due(clock, opened, due, offsets, today):
        _row, new = ClockReminder.objects.get_or_create(
            organisation=organisation, clock=clock, due=due, days=days, defaults={"given_on": today}
        )
        told = days if new else None
    return told


def _tell_all(organisation: Organisation, found: Iterable[Tell], at: datetime) -> None:
    for one in found:
        notify(organisation, one, at)
