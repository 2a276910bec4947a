"""`samspil worker`: sends mail, reads the journal on, checks the chain; run at least one beside the web."""

import signal
from argparse import ArgumentParser
from threading import Event
from types import FrameType
from typing import Any

from django.core.management.base import BaseCommand

from samspil.kit import clock
from samspil.organisation import worker


class Command(BaseCommand):
    help = "Do the jobs that wait, until told to stop. Several at once are safe."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="do what is due now and end")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["once"]:
            worker.once(clock.now)
            return
        stopped = Event()

        def stop(_signal: int, _frame: FrameType | None) -> None:
            stopped.set()

        signal.signal(signal.SIGTERM, stop)
        signal.signal(signal.SIGINT, stop)
        worker.work_until(stopped)
