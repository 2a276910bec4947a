"""The smallest product: a key is spent once, and an answer lies beside it, both or neither.

    python -m tests.durability.tiny prepare | worker NOTES

The database is named by `DATABASE_URL`; `application` serves `/write/<key>` over HTTP.
"""

import argparse
import json
import os
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from subprocess import run

import django
from django.conf import settings
from django.db import connection, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created

from samspil.kit.databases import profile
from tests.durability.product import Found, environment, python

MODULE = "tests.durability.tiny"
FAULT = "TINY_FAULT"
TABLES = (
    "CREATE TABLE token (key varchar(80) PRIMARY KEY)",
    "CREATE TABLE answer (id {id}, key varchar(80) NOT NULL UNIQUE, body text NOT NULL)",
)
ID = {"sqlite": "integer PRIMARY KEY AUTOINCREMENT", "postgresql": "bigserial PRIMARY KEY"}


def open_house(database: str) -> None:
    """Set Django up on one database; once in a process."""
    settings.configure(DATABASES={"default": profile(database)}, USE_TZ=True, SAMSPIL_MODE="test")
    django.setup()
    if os.environ.get(FAULT) == "hasty":
        connection_created.connect(_be_hasty, weak=False)


def _be_hasty(connection: BaseDatabaseWrapper, **_: object) -> None:
    connection.connection.execute("PRAGMA synchronous = NORMAL")


def prepare() -> None:
    with connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(table.format(id=ID[connection.vendor]))


def write(key: str) -> None:
    """One action: look, spend the key, answer."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM answer WHERE key = %s", [key])
        cursor.fetchone()
        cursor.execute("INSERT INTO token (key) VALUES (%s)", [key])
        cursor.execute(
            "INSERT INTO answer (key, body) VALUES (%s, %s)", [key, json.dumps({"words": key * 5})]
        )


def application(environ: dict[str, str], start_response: Callable[..., object]) -> Iterable[bytes]:
    """201 when the key is saved, and not before."""
    if not settings.configured:
        open_house(os.environ["DATABASE_URL"])
    _, verb, *key = environ["PATH_INFO"].split("/")
    if verb == "write" and os.environ.get(FAULT) == "early":
        threading.Timer(0.05, write, ["/".join(key)]).start()
    elif verb == "write":
        write("/".join(key))
    start_response("201 Created" if verb == "write" else "200 OK", [("Content-Length", "0")])
    return [b""]


def work(notes: Path) -> None:
    """A worker writes on until it is killed, and notes each key once it is saved."""
    with notes.open("a", buffering=1) as saved:
        for number in range(1_000_000):
            key = f"worker-{os.getpid()}-{number}"
            write(key)
            saved.write(f"{key}\n")
            time.sleep(0.002)


class Tiny:
    """The tiny product as the harnesses see it: two web processes and a worker."""

    def prepare(self, database: str) -> None:
        run(python("-m", MODULE, "prepare"), env=environment(database), check=True)

    def commands(self, database: str, port: int, notes: Path) -> Sequence[Sequence[str]]:
        serve = ["--interface", "wsgi", "--workers", "2", "--blocking-threads", "4", "--no-ws"]
        web = python(
            "-m", "granian", *serve, "--host", "127.0.0.1", "--port", str(port), f"{MODULE}:application"
        )
        return [web, python("-m", MODULE, "worker", str(notes))]

    def write(self, port: int, key: str) -> bool:
        return _request(port, f"/write/{key}") == 201

    def ready(self, port: int) -> bool:
        return _request(port, "/") == 200

    def read(self, connection: BaseDatabaseWrapper) -> Found:
        """Both tables in one statement, for others may be writing."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT 'token', key FROM token UNION ALL SELECT 'answer', key FROM answer")
            rows = cursor.fetchall()
        tokens = frozenset(key for table, key in rows if table == "token")
        answers = frozenset(key for table, key in rows if table == "answer")
        return Found(tokens & answers, tokens ^ answers)


class Hasty(Tiny):
    """A planted fault: SQLite answers before its log is on disk."""

    def commands(self, database: str, port: int, notes: Path) -> Sequence[Sequence[str]]:
        return _with_fault("hasty", super().commands(database, port, notes))


class Early(Tiny):
    """A planted fault: the answer goes out before the write is done."""

    def commands(self, database: str, port: int, notes: Path) -> Sequence[Sequence[str]]:
        return _with_fault("early", super().commands(database, port, notes))


def _with_fault(fault: str, commands: Sequence[Sequence[str]]) -> Sequence[Sequence[str]]:
    return [["env", f"{FAULT}={fault}", *command] for command in commands]


def _request(port: int, path: str) -> int:
    """The status, or 0 when there was no answer."""
    line = HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        line.request("POST", path)
        return line.getresponse().status
    except (OSError, HTTPException):
        return 0
    finally:
        line.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=["prepare", "worker"])
    parser.add_argument("notes", nargs="?", type=Path)
    wanted = parser.parse_args()
    open_house(os.environ["DATABASE_URL"])
    if wanted.what == "prepare":
        prepare()
    else:
        work(wanted.notes)


if __name__ == "__main__":
    main()
