"""What stands in the database, table by table, so that a test can say what changed."""

import hashlib
from functools import cache
from typing import Any

from django.apps import apps
from django.db import connection
from django.db.models import DateTimeField, Field

from samspil.kit.refs import RefField

NOT_LOOKED_AT = {
    "kit.Heartbeat",  # the worker's pulse
    "organisation.Content.body",  # large, never changed once loaded, and its hash stands beside it
}

DRAWN_ANEW = {  # never twice the same
    *("subject", "salt", "counts_salt", "token_sha256", "password", "request"),
    *("code_sha256", "roster_sha256", "secret"),  # of a round and of whoever is asked in it
}
SALTED = {"dialogue.Minutes.record", "dialogue.Minutes.sha256", "dialogue.Signature.sha256"}  # nor are these
SALTED |= {"kit.Job.key", "kit.Job.payload"}  # they name by ref what was made a moment before
OF_THE_CHAIN = {"organisation.JournalRow", "organisation.JournalWords", "organisation.JournalHead"}


def fingerprint() -> dict[str, str]:
    """Every table of ours -> the hash of its rows. Sessions are not ours."""
    with connection.cursor() as cursor:
        return {table: _hash(cursor, table, columns) for table, columns in _tables()}


def changed(before: dict[str, str], after: dict[str, str]) -> list[str]:
    """The tables that are not what they were."""
    return sorted(table for table in before if before[table] != after[table])


class Before:
    """What stood in the database when a test began."""

    def __init__(self, laid: dict[str, str]) -> None:
        self.laid, self.written = laid, _written()

    def changed(self) -> list[str]:
        """The tables that are not what they were; no row is read where none was written since."""
        return changed(self.laid, fingerprint()) if _written() != self.written else []


def _written() -> int:
    """How many rows this connection has ever inserted, changed or deleted, also where it was undone."""
    connection.ensure_connection()
    return int(connection.connection.total_changes)


def _hash(cursor: Any, table: str, columns: str) -> str:
    cursor.execute(f"SELECT {columns} FROM {table} ORDER BY 1")
    return hashlib.sha256(repr(cursor.fetchall()).encode()).hexdigest()


def shape() -> dict[str, str]:
    """The same without what is drawn anew each time, so that two ways of doing one thing can be compared."""
    with connection.cursor() as cursor:
        return {table: _hash(cursor, table, columns) for table, columns in _tables(lasting=True)}


@cache
def _tables(lasting: bool = False) -> tuple[tuple[str, str], ...]:
    quote = connection.ops.quote_name
    found = []
    for model in apps.get_models():
        label = f"{model._meta.app_label}.{model.__name__}"
        if not model.__module__.startswith("samspil.") or label in NOT_LOOKED_AT:
            continue
        if lasting and label in OF_THE_CHAIN:
            continue
        columns = [_asked(field, lasting) for field in model._meta.concrete_fields if _counts(field, lasting)]
        found.append((quote(model._meta.db_table), ", ".join(columns)))
    return tuple(found)


def _counts(field: "Field[object, object]", lasting: bool) -> bool:
    label = f"{field.model._meta.app_label}.{field.model.__name__}.{field.name}"
    if label in NOT_LOOKED_AT:
        return False
    return not lasting or not (isinstance(field, RefField) or field.name in DRAWN_ANEW or label in SALTED)


def _asked(field: "Field[object, object]", lasting: bool) -> str:
    """Of an instant it lasts whether there is one; the milliseconds do not."""
    column = connection.ops.quote_name(str(field.column))
    return f"{column} IS NULL" if lasting and isinstance(field, DateTimeField) else column
