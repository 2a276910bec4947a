"""Jobs: work that is done by the worker, at least once.

A job is a row, inserted in the transaction of the action that needs it, under a natural key: adding it twice
is adding it once. A worker that dies leaves a claimed row behind; after a while it is claimed again, so what
a job does must bear being done twice.
"""

import logging
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q

from samspil.kit.models import Heartbeat, Job
from samspil.kit.tracing import in_the_wake_of, request_id

Work = Callable[[Mapping[str, Any], datetime], None]
CLAIM_LASTS = timedelta(minutes=5)
FIRST_WAIT = timedelta(seconds=30)
MOST_ATTEMPTS = 10
logger = logging.getLogger("samspil.jobs")


def add(kind: str, key: str, payload: Mapping[str, Any], at: datetime) -> bool:
    """Insert the job unless its key is there already; tells whether it was new."""
    facts = {"kind": kind, "payload": dict(payload), "not_before": at, "request": request_id()}
    _job, new = Job.objects.get_or_create(key=f"{kind}:{key}", defaults=facts)
    return new


def run_next(works: Mapping[str, Work], at: datetime) -> bool:
    """Claim one job that is due and do it; tells whether there was one."""
    job = _claim(at)
    if job is None:
        return False
    with in_the_wake_of(job.request):
        _do(job, works, at)
    return True


def beat(name: str, at: datetime, *, fine: bool = True, word: str = "") -> None:
    """Show that something lives; `/readyz` reads it."""
    Heartbeat.objects.update_or_create(name=name, defaults={"at": at, "fine": fine, "word": word})


def _claim(at: datetime) -> Job | None:
    free = Q(claimed_at__isnull=True) | Q(claimed_at__lt=at - CLAIM_LASTS)
    with transaction.atomic():
        due = Job.objects.filter(free, done_at__isnull=True, not_before__lte=at, attempts__lt=MOST_ATTEMPTS)
        job = due.select_for_update(skip_locked=True).order_by("not_before", "pk").first()
        if job:
            job.claimed_at, job.attempts = at, job.attempts + 1
            job.save(update_fields=["claimed_at", "attempts"])
    return job


def _do(job: Job, works: Mapping[str, Work], at: datetime) -> None:
    try:
        works[job.kind](job.payload, at)  # in no transaction of ours: it may wait for the network
        Job.objects.filter(pk=job.pk).update(done_at=at, fault="", payload={})
        logger.info("job %s done, attempt %s", job.kind, job.attempts)
    except Exception as fault:
        logger.exception("job %s failed, attempt %s", job.kind, job.attempts)
        _put_back(job, fault, at)


def _put_back(job: Job, fault: Exception, at: datetime) -> None:
    wait = FIRST_WAIT * 2 ** (job.attempts - 1)
    Job.objects.filter(pk=job.pk).update(
        claimed_at=None, not_before=at + wait, fault=type(fault).__name__[:200]
    )
