"""`samspil load-content`: load question models, process models and regimes; safe to run again."""

from typing import Any

from django.core.management.base import BaseCommand

from samspil.kit import clock
from samspil.organisation.content import load_house


class Command(BaseCommand):
    help = "Load the content of every room into immutable rows."

    def handle(self, *args: Any, **options: Any) -> None:
        loaded = load_house(clock.now())
        self.stdout.write(f"{loaded.new} new, {loaded.unchanged} unchanged")
