"""The connection: how the file is opened, and which statements wait for the right to write."""

import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import Any

from django.db import OperationalError
from django.db.backends.sqlite3 import base

from samspil.kit.sqlite.creation import DatabaseCreation
from samspil.kit.write_lock import WaitedTooLongError, WriteLock

TIMEOUT = 20
PRAGMAS = (
    "synchronous = FULL",
    "foreign_keys = ON",
    "secure_delete = ON",
    "temp_store = MEMORY",
    "mmap_size = 0",
    "journal_size_limit = 67108864",
)
READING = re.compile(
    r"\s*(SELECT|EXPLAIN|VALUES|PRAGMA(?![^=]*=)|WITH(?!.*\b(INSERT|UPDATE|DELETE|REPLACE)\b))\b",
    re.IGNORECASE | re.DOTALL,
)
RETURNING = re.compile(r"\bRETURNING\b", re.IGNORECASE)

Writing = Callable[[], AbstractContextManager[None]]


class DatabaseWrapper(base.DatabaseWrapper):
    """WAL, IMMEDIATE, synchronous FULL; each outermost write holds the write lock beside the file.

    The lock is taken before a transaction or a lone statement writes and given back as soon as the connection
    is in no transaction any more, whatever ended it. A database in memory has no file and needs no lock.
    """

    creation_class = DatabaseCreation
    creation: DatabaseCreation
    write_lock: WriteLock | None = None
    _promised = False

    def get_connection_params(self) -> dict[str, Any]:
        params = super().get_connection_params()
        self.transaction_mode = "IMMEDIATE"
        params.setdefault("timeout", TIMEOUT)
        return params

    def get_new_connection(self, conn_params: dict[str, Any]) -> sqlite3.Connection:
        connection: sqlite3.Connection = super().get_new_connection(conn_params)
        file = connection.execute("PRAGMA database_list").fetchone()[2]
        self.write_lock = WriteLock(file, conn_params["timeout"]) if file else None
        if self.write_lock:
            _keep_a_write_ahead_log(connection, self.write_lock)
        for pragma in PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")
        return connection

    def create_cursor(self, name: str | None = None) -> "WaitingCursor":
        writing = self.writing if self.write_lock else nullcontext[None]
        return WaitingCursor(self.connection, writing)

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the write lock for what follows, and longer if it leaves a transaction open."""
        try:
            if self.write_lock:
                self.write_lock.acquire()
            yield
        except WaitedTooLongError as timeout:
            raise OperationalError("The database is locked: another writer does not finish.") from timeout
        finally:
            self._settle()

    def _settle(self) -> None:
        if self.write_lock and not (self.connection and self.connection.in_transaction):
            self.write_lock.release()

    def _set_autocommit(self, autocommit: bool) -> None:
        with self.wrap_database_errors:
            self.connection.isolation_level = None if autocommit else self.transaction_mode

    def _start_transaction_under_autocommit(self) -> None:
        super()._start_transaction_under_autocommit()  # type: ignore[misc]
        self._promised = True

    def _commit(self) -> None:
        """Commit, or say that SQLite has already rolled back by itself (disk full, interrupted, …)."""
        promised, self._promised = self._promised, False
        if promised and self.connection is not None and not self.connection.in_transaction:
            raise OperationalError("The database gave this transaction up; nothing in it was saved.")
        try:
            super()._commit()  # type: ignore[misc]
        finally:
            self._settle()

    def _rollback(self) -> None:
        self._promised = False
        try:
            super()._rollback()  # type: ignore[misc]
        finally:
            self._settle()

    def _close(self) -> None:
        self._promised = False
        try:
            super()._close()  # type: ignore[misc]
        finally:
            if self.write_lock:
                self.write_lock.release()


class WaitingCursor(base.SQLiteCursorWrapper):
    """A cursor whose writes wait in line first, unless their transaction is already served."""

    def __init__(self, connection: sqlite3.Connection, writing: Writing) -> None:
        super().__init__(connection)
        self.writing = writing
        self._fetched: Iterator[Any] | None = None

    def execute(self, query: str, params: Any = None) -> "WaitingCursor":
        self._fetched = None
        with self._in_line(query):
            super().execute(query, params)
            if RETURNING.search(query) and not READING.match(query):
                self._fetch_at_once()
        return self

    def executemany(self, query: str, param_list: Any) -> "WaitingCursor":
        self._fetched = None
        with self._in_line(query):
            super().executemany(query, param_list)
        return self

    def executescript(self, sql_script: str) -> "WaitingCursor":
        with self.writing():
            super().executescript(sql_script)
        return self

    def _in_line(self, query: str) -> AbstractContextManager[None]:
        return nullcontext() if READING.match(query) else self.writing()

    def _fetch_at_once(self) -> None:
        """A lone `INSERT … RETURNING` is saved once its last row is read; read while we hold the lock."""
        if not self.connection.in_transaction:
            self._fetched = iter(super().fetchall())

    def __iter__(self) -> "WaitingCursor":
        return self

    def __next__(self) -> Any:
        return next(self._fetched) if self._fetched is not None else super().__next__()

    def fetchone(self) -> Any:
        return next(self._fetched, None) if self._fetched is not None else super().fetchone()

    def fetchmany(self, size: int | None = None) -> list[Any]:
        wanted = self.arraysize if size is None else size
        if self._fetched is None:
            return super().fetchmany(wanted)
        return [row for _, row in zip(range(wanted), self._fetched, strict=False)]

    def fetchall(self) -> list[Any]:
        return list(self._fetched) if self._fetched is not None else super().fetchall()


def _keep_a_write_ahead_log(connection: sqlite3.Connection, lock: WriteLock) -> None:
    """The first to open a new file turns its log on, alone: SQLite does not wait for others here."""
    if _journal_mode(connection) == "wal":
        return
    lock.acquire()
    try:
        mode = _journal_mode(connection, " = WAL")
    finally:
        lock.release()
    if mode != "wal":
        raise OperationalError("SQLite can keep no write-ahead log here; the file must lie on a local disk.")


def _journal_mode(connection: sqlite3.Connection, wanted: str = "") -> str:
    return str(connection.execute(f"PRAGMA journal_mode{wanted}").fetchone()[0])
