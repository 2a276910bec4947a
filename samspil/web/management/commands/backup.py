"""`samspil backup PATH`: one file that holds everything, looked through before it counts."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from samspil.kit import backup, clock, jobs


class Command(BaseCommand):
    help = "Write a backup while everybody goes on working. Keep the file of erasures with it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            made = backup.backup(options["path"])
        except backup.BackupError as fault:
            jobs.beat("backup", clock.now(), fine=False, word=str(fault)[:300])
            raise CommandError(str(fault)) from fault
        number = sum(made.rows.values())
        jobs.beat("backup", clock.now(), word=f"{number} rows, {made.size} bytes")
        said = {"path": str(made.path), "rows": number, "bytes": made.size, "sha256": made.sha256}
        words = "{path}: {rows} rows, {bytes} bytes, sha256 {sha256}".format(**said)
        self.stdout.write(json.dumps(said) if options["json"] else words)
