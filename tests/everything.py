"""All that stands in the database, as text, whichever database it is."""

import json
from collections.abc import Iterator

from django.db import connection


def texts() -> Iterator[tuple[str, str, str]]:
    """Table, column and value of everything that holds letters."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            columns = [column[0] for column in cursor.description]
            for row in cursor.fetchall():
                for column, value in zip(columns, row, strict=True):
                    if isinstance(value, str | dict | list):
                        yield table, column, _plain(value)


def places_of(*tells: str) -> list[str]:
    """Where any of these words still stands, as table.column."""
    return sorted(
        {f"{table}.{column}" for table, column, text in texts() if any(one in text for one in tells)}
    )


def _plain(value: object) -> str:
    """JSON is stored with letters escaped; here å is å."""
    if isinstance(value, str):
        try:
            value = json.loads(value)
        except ValueError:
            return str(value)
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
