"""What a database is made of, in words that do not depend on the order in which it was made."""

from collections.abc import Iterator
from pathlib import Path

from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

OF_SQLITE = "SELECT type || ' ' || name, sql FROM sqlite_master WHERE sql IS NOT NULL"
OF_POSTGRESQL = """
    SELECT 'column ' || table_name || '.' || column_name,
           concat_ws(' ', data_type, character_maximum_length, is_nullable, column_default, is_identity)
      FROM information_schema.columns WHERE table_schema = current_schema()
    UNION ALL SELECT 'index ' || indexname, indexdef FROM pg_indexes WHERE schemaname = current_schema()
    UNION ALL SELECT 'constraint ' || conrelid::regclass || '.' || conname, pg_get_constraintdef(oid)
      FROM pg_constraint WHERE connamespace = current_schema()::regnamespace
    UNION ALL SELECT 'trigger ' || tgname, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal
"""
# Django's own table, which the house does not use: made by a migration its id is bigint, made by the model integer.
BESIDE_THE_HOUSE = "column auth_group_permissions.id"


def shape() -> set[tuple[str, ...]]:
    """Tables, columns, indexes, constraints and triggers, and the migrations noted as applied."""
    with connection.cursor() as cursor:
        cursor.execute(OF_SQLITE if connection.vendor == "sqlite" else OF_POSTGRESQL)
        parts = {(name, *_unordered(text)) for name, text in cursor.fetchall() if name != BESIDE_THE_HOUSE}
    return parts | {("migration", *applied) for applied in MigrationRecorder(connection).applied_migrations()}


def _unordered(text: str) -> Iterator[str]:
    """SQLite keeps the sentence a table was made with, whose columns stand in the order they came."""
    yield from sorted(text.removesuffix(")").split(", ")) if text.startswith("CREATE TABLE") else [text]


def throw_away() -> None:
    """Empty the database this process works on."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("DROP SCHEMA public CASCADE")
            cursor.execute("CREATE SCHEMA public")
        return
    connection.close()
    for path in Path(connection.settings_dict["NAME"]).parent.glob(
        f"{Path(connection.settings_dict['NAME']).name}*"
    ):
        path.unlink()
