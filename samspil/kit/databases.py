"""Two databases and how we use them: SQLite in one file on one machine, PostgreSQL when it grows."""

from pathlib import Path
from typing import Any

POOL = {"min_size": 4, "max_size": 16, "timeout": 20}
SQLITE_URL = "sqlite://"
POSTGRESQL_URLS = ("postgres://", "postgresql://")


def profile(url_or_path: str | Path) -> dict[str, Any]:
    """The `DATABASES` entry for a `sqlite:///…` or `postgresql://…` address, or for an SQLite file.

    Transactions are opened by actions, never by requests: on SQLite each one holds the only right to write.
    """
    address = str(url_or_path)
    if address.startswith(POSTGRESQL_URLS):
        return _postgresql(address)
    return _sqlite(_file_of(address))


def _file_of(address: str) -> str:
    """As usual in such addresses three slashes are a relative path, four an absolute one."""
    name = address.removeprefix(SQLITE_URL)
    if address.startswith(SQLITE_URL):
        name = name.removeprefix("/")
    elif "://" in address:
        raise ValueError("A database address starts with sqlite:// or postgresql://.")
    if not name:
        raise ValueError("The database address names no file.")
    return name


def _sqlite(name: str) -> dict[str, Any]:
    return {
        "ENGINE": "samspil.kit.sqlite",
        "NAME": name,
        "CONN_MAX_AGE": None,
        "ATOMIC_REQUESTS": False,
        "TEST": {"NAME": ":memory:"},
    }


def _postgresql(address: str) -> dict[str, Any]:
    """What libpq reads in the address holds; the pool asks that Django itself keeps no connection."""
    from psycopg.conninfo import conninfo_to_dict

    parts = conninfo_to_dict(address)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.pop("dbname", ""),
        "USER": parts.pop("user", ""),
        "PASSWORD": parts.pop("password", ""),
        "HOST": parts.pop("host", ""),
        "PORT": str(parts.pop("port", "")),
        "CONN_MAX_AGE": 0,
        "ATOMIC_REQUESTS": False,
        "OPTIONS": {**parts, "pool": dict(POOL)},
    }
