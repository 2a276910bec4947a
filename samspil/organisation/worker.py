"""The worker: jobs as they come, rounds every minute, a heartbeat with each.

Several may run at once; a job is claimed by one, and a round is done by one. Asked to stop, a worker finishes
what it is doing.
"""

import logging
from collections.abc import Callable
from datetime import datetime
from threading import Event

from django.db import Error, close_old_connections

from samspil.kit import clock, jobs
from samspil.organisation import rounds

PAUSE = 1.0
logger = logging.getLogger("samspil.worker")


def work_until(stopped: Event, now: Callable[[], datetime] = clock.now, pause: float = PAUSE) -> None:
    """Go round after round until somebody says stop."""
    while not stopped.is_set():
        try:
            once(now, stopped)
        except Error:  # of every kind: a connection that was cut is an InterfaceError
            logger.exception("the database did not answer; trying again")
            close_old_connections()
        stopped.wait(pause)


def once(now: Callable[[], datetime], stopped: Event | None = None) -> int:
    """One round and every job that is due; tells how many jobs there were."""
    rounds.round_of(now())
    works, done = rounds.works(), 0
    while not (stopped and stopped.is_set()) and jobs.run_next(works, now()):
        done += 1
    jobs.beat("worker", now())
    return done
