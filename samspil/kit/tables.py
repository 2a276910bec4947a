"""A new database gets its tables as they are today, without walking through every version before them.

`tests/tags/` holds the two ways against each other: tables, columns, indexes, constraints and triggers
are the same whether laid here or migrated to.
"""

from collections.abc import Callable
from typing import cast

from django.apps import apps
from django.db import migrations, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.state import StateApps


class ByHand(migrations.RunPython):
    """What the models cannot say, such as a trigger: laid in a new database too. Changes of rows are not."""


def is_new(connection: BaseDatabaseWrapper) -> bool:
    """Whether nothing at all lies in the database."""
    return not connection.introspection.table_names()


def lay(connection: BaseDatabaseWrapper, models: Callable[[], None]) -> None:
    """Tables of the models, then what is by hand, then every migration noted as applied. All or nothing."""
    executor = MigrationExecutor(connection)
    plan = [migration for migration, _ in executor.migration_plan(executor.loader.graph.leaf_nodes())]
    with connection.constraint_checks_disabled(), transaction.atomic(using=connection.alias):
        models()
        with connection.schema_editor() as schema:
            for operation in (one for migration in plan for one in migration.operations):
                if isinstance(operation, ByHand):
                    operation.code(cast(StateApps, apps), schema)
        for migration in plan:
            executor.record_migration(migration)  # type: ignore[arg-type, call-arg]  # the stubs err
