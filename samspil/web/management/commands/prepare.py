"""`samspil prepare`: bring the database up to date, load content and, in demo mode, the demo."""

from time import perf_counter
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = "Migrate, load content and build the demo. Safe to run again."

    def handle(self, *args: Any, **options: Any) -> None:
        steps = ["migrate", "load-content", *(["demo"] if settings.DEMO else [])]
        for step in steps:
            start = perf_counter()
            call_command(step, verbosity=0)
            self.stdout.write(f"{step}: {perf_counter() - start:.1f} s")
