"""`samspil restore PATH`: everything as it was in the backup, except those who have been erased since."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from samspil.kit import backup, clock
from samspil.organisation import erasure
from samspil.organisation.models import Erasure, Organisation
from samspil.organisation.scope import every_organisation, scope
from samspil.participation.urn import closing


class Command(BaseCommand):
    help = "Put a backup back. Stop web and worker first, and back up what is there now."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path")
        parser.add_argument("--erasures", type=Path, help="the file of erasures, when it lies elsewhere")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["erasures"] and not options["erasures"].is_file():
            raise CommandError(f"There is no file of erasures at {options['erasures']}.")
        known = _erased_until_now()
        try:
            found = backup.restore(options["path"])
        except backup.BackupError as fault:
            raise CommandError(str(fault)) from fault
        call_command("migrate", verbosity=0)
        again = sum(_erase_again(one, known, options["erasures"]) for one in Organisation.objects.all())
        emptied = sum(_empty_urns(one) for one in Organisation.objects.all())
        said = {"rows": sum(found.rows.values()), "erased_again": again, "emptied_urns": emptied}
        words = "{rows} rows are back; {erased_again} people were erased again.".format(**said)
        if emptied:
            words += f" {emptied} secret rounds are without ballots: no backup holds them. They say so."
        self.stdout.write(json.dumps(said) if options["json"] else words)


def _erased_until_now() -> set[str]:
    """Those whom the database knows as erased before it is replaced, if there is one that can be read."""
    try:
        with every_organisation():
            return set(Erasure.objects.values_list("subject", flat=True))
    except DatabaseError:
        return set()


def _erase_again(organisation: Organisation, known: set[str], file: Path | None) -> int:
    with scope(organisation):
        return erasure.replay(organisation, clock.now(), {*known, *erasure.written_down(organisation, file)})


def _empty_urns(organisation: Organisation) -> int:
    with scope(organisation):
        return closing.restored(clock.now())
