"""`samspil migrate`: Django's own; a new database gets its tables in one go."""

from functools import partial
from typing import Any

from django.core.management.commands import migrate
from django.db import connections
from django.db.migrations.loader import MigrationLoader

from samspil.kit import tables

HALFWAY = ("app_label", "check_unapplied", "fake", "fake_initial", "plan", "prune")


class Command(migrate.Command):
    def handle(self, *args: Any, **options: Any) -> None:
        self.verbosity = options["verbosity"]
        connection = connections[options["database"]]
        if not any(options[option] for option in HALFWAY) and tables.is_new(connection):
            migrated = MigrationLoader(connection).migrated_apps
            tables.lay(connection, partial(self.sync_apps, connection, migrated))
        super().handle(*args, **options)
