"""`samspil demo`: build the living demo. What is there already is left as it is."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from samspil.kit import clock
from samspil.web.demo_house import Built, build


class Command(BaseCommand):
    help = "Build the three organisations of the demo, relative to today. Safe to run again."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--quick", action="store_true", help="only the cast and two initiatives per organisation"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.SAMSPIL_MODE == "production":
            raise CommandError("The demo is not built in a production house.")
        for built in build(clock.now(), quick=options["quick"]):
            self.stdout.write(_told(built))


def _told(built: Built) -> str:
    if built.was_here:
        return f"{built.name}: was here already, left as it is"
    return (
        f"{built.name}: {built.people} people, {built.initiatives} initiatives, "
        f"{built.events} events in {built.seconds:.1f} s"
    )
