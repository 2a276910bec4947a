"""The worker's round over the clocks: each reminder once, none after the end, whenever the worker comes."""

from collections.abc import Collection, Iterable
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


def remind(organisation: Organisation, at: datetime) -> None:
    """Remind those who owe a step, and the unions while they can call for central negotiation."""
    today = day_in(organisation, at)
    for step in queries.owed_steps().filter(due__isnull=False):
        _of_step(organisation, step, today, at)
    _of_calls(organisation, today, at)


@transaction.atomic
def _of_step(organisation: Organisation, step: RemedyStep, today: date, at: datetime) -> None:
    """The case is held while it is looked at, so that nobody is reminded of what ends at the same moment."""
    remedies = tables.read(step.case.table)
    clock = f"step {step.pk}"
    if step.due is None or not _come_due(clock, step.opened_on, step.due, remedies.reminders, today):
        return
    RemedyCase.objects.select_for_update().get(pk=step.case_id)
    now = queries.owed_steps().filter(pk=step.pk).first()
    if now is None or now.due is None:
        return
    days = _keep(organisation, clock, now.opened_on, now.due, remedies.reminders, today)
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
