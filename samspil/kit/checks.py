"""What must be true of the database before we promise to lose nothing."""

import sqlite3
from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.db import connections

SOUND_SQLITE = (3, 51, 3)
DJANGO_SQLITE = "django.db.backends.sqlite3"
OUR_SQLITE = "samspil.kit.sqlite"


@register(Tags.compatibility)
def sqlite_is_sound(app_configs: Sequence[AppConfig] | None, **_: Any) -> list[CheckMessage]:
    """SQLite 3.7.0 to 3.51.2 could, rarely, damage a file that two connections wrote to at once."""
    engines = {entry["ENGINE"] for entry in connections.settings.values()}
    messages: list[CheckMessage] = []
    if DJANGO_SQLITE in engines:
        messages.append(_other_backend())
    if engines & {DJANGO_SQLITE, OUR_SQLITE} and sqlite3.sqlite_version_info < SOUND_SQLITE:
        messages.append(_old_library())
    return messages


@register(Tags.database)
def postgresql_waits_for_the_disk(
    app_configs: Sequence[AppConfig] | None, databases: Sequence[str] | None = None, **_: Any
) -> list[CheckMessage]:
    """A server that answers before its log is on disk may lose what it acknowledged."""
    postgresql = [
        connections[alias] for alias in databases or () if connections[alias].vendor == "postgresql"
    ]
    return [_hasty(connection.alias, name) for connection in postgresql for name in _switched_off(connection)]


def _switched_off(connection: Any) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name FROM pg_settings WHERE setting = 'off'"
            " AND name IN ('fsync', 'full_page_writes', 'synchronous_commit') ORDER BY name"
        )
        return [name for (name,) in cursor.fetchall()]


def _other_backend() -> CheckMessage:
    return Error(
        "SQLite is used without the settings that keep acknowledged writes.",
        hint=f'Set ENGINE to "{OUR_SQLITE}", as samspil.kit.databases.profile does.',
        id="samspil.E001",
    )


def _old_library() -> CheckMessage:
    have = sqlite3.sqlite_version
    need = ".".join(map(str, SOUND_SQLITE))
    return _grave(
        f"SQLite {have} can, rarely, damage a database with several connections; {need} does not.",
        "Install the pysqlite3 package, or use PostgreSQL.",
        "002",
    )


def _hasty(alias: str, name: str) -> CheckMessage:
    return _grave(
        f"PostgreSQL ({alias}) runs with {name} = off and may lose what it acknowledged.",
        f"Set {name} = on in the server's configuration.",
        "003",
    )


def _grave(message: str, hint: str, number: str) -> CheckMessage:
    """An error where real work is done, a warning where one tries things out."""
    if settings.SAMSPIL_MODE == "production":
        return Error(message, hint=hint, id=f"samspil.E{number}")
    return Warning(message, hint=hint, id=f"samspil.W{number}")
