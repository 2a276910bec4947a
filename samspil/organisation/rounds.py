"""What the worker does every minute and every day, besides the jobs that wait for it.

Each round belongs to a minute. Whoever moves its hand on does it, so however many workers there are, a round
is done once; one that dies in the middle is made good by the next.
"""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import transaction

from samspil.kit import house, jobs, mail
from samspil.kit.models import Heartbeat, Job, Mail
from samspil.organisation import erasure, journal, personal_data
from samspil.organisation.models import Organisation
from samspil.organisation.scope import scope

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
KEYS_KEPT = timedelta(days=400)
logger = logging.getLogger("samspil.worker")


def works() -> dict[str, jobs.Work]:
    """Every kind of job that somebody in the house can do."""
    of_rooms = {kind: work for room in house.rooms() for kind, work in room.works.items()}
    return {"send_mail": mail.send, **of_rooms}


def round_of(at: datetime) -> int:
    """Do what is due this minute; tells how many ticks there were. A tick that fails keeps no other back."""
    done = 0
    for organisation in Organisation.objects.order_by("pk"):
        for room in house.rooms_on(organisation.rooms_off):
            for tick in room.ticks:
                done += is_due(hand_of(tick, organisation), MINUTE, at) and _tick(tick, organisation, at)
    if is_due("tidy", DAY, at):
        tidy(at)
    return done


def hand_of(tick: Callable[..., None], organisation: Organisation) -> str:
    """Whose hand is moved on: told by the module too, for several parts of a room may call theirs alike."""
    return f"tick {organisation.ref} {tick.__module__.removeprefix('samspil.')}.{tick.__name__}"[:60]


def is_due(name: str, period: timedelta, at: datetime) -> bool:
    """Whether a period has begun that nobody has taken yet; asking takes it."""
    start = _start_of(period, at)
    Heartbeat.objects.get_or_create(name=name, defaults={"at": start - period})
    return Heartbeat.objects.filter(name=name, at__lt=start).update(at=start) == 1


def has_come(name: str, period: timedelta, at: datetime) -> bool:
    """Whether a period has begun that nobody has taken yet; asking does not take it."""
    return not Heartbeat.objects.filter(name=name, at__gte=_start_of(period, at)).exists()


def _start_of(period: timedelta, at: datetime) -> datetime:
    midnight = at.replace(hour=0, minute=0, second=0, microsecond=0)
    return midnight + (at - midnight) // period * period


def _tick(tick: Callable[..., None], organisation: Organisation, at: datetime) -> int:
    try:
        with scope(organisation):
            tick(organisation, at)
    except Exception:
        logger.exception("tick %s failed", tick.__name__)
    return 1


def tidy(at: datetime) -> None:
    """Let go of what nobody needs: what the rooms keep for a time that is over, and old keys."""
    with transaction.atomic():
        personal_data.let_go(at, of_organisation=False)
        for organisation in Organisation.objects.order_by("pk"):
            with scope(organisation):
                personal_data.let_go(at, of_organisation=True)
        Mail.objects.filter(written_at__lt=at - KEYS_KEPT).delete()
        Job.objects.filter(done_at__lt=at - KEYS_KEPT).delete()
    erasure.let_the_bytes_go()
    if not Organisation.objects.exists():
        jobs.beat("chain", at, word="there is no organisation yet")


def check_chain_daily(organisation: Organisation, at: datetime) -> None:
    """Once a day the whole chain is verified; `/readyz` reads what came of it."""
    if is_due(f"chain due {organisation.ref}", DAY, at):
        check_chain(organisation, at)


def check_chain(organisation: Organisation, at: datetime) -> int:
    """Verify the chain and note what came of it; tells the number of faults."""
    faults = journal.verify(organisation)
    word = faults[0].sentence[:300] if faults else ""
    jobs.beat(f"chain {organisation.ref}", at, fine=not faults, word=word)
    for fault in faults:
        logger.error("journal of %s: %s", organisation.slug, fault.kind)
    _sum_up_chains()
    return len(faults)


def _sum_up_chains() -> None:
    """One heartbeat for the house: as old as the oldest check, fine when all are."""
    known = [f"chain {ref}" for ref in Organisation.objects.values_list("ref", flat=True)]
    checks = list(Heartbeat.objects.filter(name__in=known).order_by("at"))
    faulty = [check for check in checks if not check.fine]
    if checks:
        word = faulty[0].word if faulty else ""
        jobs.beat("chain", checks[0].at, fine=not faulty, word=word)
