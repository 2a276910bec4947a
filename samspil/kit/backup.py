"""One file that holds everything, looked through before anyone relies on it, and the way back.

On SQLite the file is a database, on PostgreSQL an archive of `pg_dump`. Either is one moment of the data,
taken while everybody goes on writing. What a room wants in no backup is not in it: those tables are empty.
"""

import hashlib
import os
import shutil
import sqlite3
import subprocess  # nosec B404
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Protocol

from django.apps import apps
from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.postgresql.client import DatabaseClient
from django.utils.translation import gettext as _

from samspil.kit import house
from samspil.kit.sqlite.base import DatabaseWrapper as SQLite

Rows = dict[str, int]
UNFINISHED = ".unfinished"


class BackupError(Exception):
    """The backup could not be made, or the file is no whole backup; nothing has been changed."""


@dataclass(frozen=True)
class Backup:
    """A backup that was looked through: the rows of each table, and the file's size and hash."""

    path: Path
    rows: Mapping[str, int]
    size: int
    sha256: str


def backup(path: str | Path, using: str = DEFAULT_DB_ALIAS) -> Backup:
    """Write a new backup to `path`, whole and looked through, or leave nothing there."""
    target = Path(path)
    if target.exists():
        raise BackupError(_("%(file)s is there already; a backup never replaces another.") % {"file": target})
    unfinished = target.with_name(target.name + UNFINISHED)
    unfinished.unlink(missing_ok=True)
    try:
        database = _database(using)
        rows = database.write(unfinished)
        _compare(rows, _look_through(database, unfinished))
        _onto_the_disk(unfinished, target)
    finally:
        unfinished.unlink(missing_ok=True)
    return _described(target, rows)


def restore(path: str | Path, using: str = DEFAULT_DB_ALIAS) -> Backup:
    """Put everything back as it was in the backup: in one transaction, or not at all.

    What was written since is gone afterwards: make a backup of that first, and let web and worker rest.
    """
    source = Path(path)
    if not source.is_file():
        raise BackupError(_("There is no backup at %(file)s.") % {"file": source})
    database = _database(using)
    rows = _look_through(database, source)
    database.read(source)
    _compare(rows, database.count())
    return _described(source, rows)


class _Database(Protocol):
    def write(self, path: Path) -> Rows:
        """Write the backup; tells the rows of the very moment it holds."""

    def look_through(self, path: Path) -> Rows:
        """Read a whole backup and count its rows, or refuse it."""

    def read(self, path: Path) -> None:
        """Replace everything by what is in the backup."""

    def count(self) -> Rows:
        """The rows of each table now."""


class _SQLiteFile:
    """Copied in one step from one snapshot, then vacuumed into a file without old leftovers or a log."""

    def __init__(self, connection: SQLite) -> None:
        self.connection = connection

    def write(self, path: Path) -> Rows:
        with closing(self._snapshot()) as snapshot, TemporaryDirectory(dir=path.parent) as folder:
            rows = _count_sqlite(snapshot)
            with closing(sqlite3.connect(Path(folder, "copy"), isolation_level=None)) as copy:
                snapshot.backup(copy)
                for table in _left_out() & set(rows):
                    copy.execute(f"DELETE FROM {table}")  # noqa: S608  # nosec B608 - a table of ours
                    rows[table] = 0
                copy.execute("VACUUM INTO ?", [str(path)])
        return rows

    def look_through(self, path: Path) -> Rows:
        try:
            with closing(_only_read(path)) as file:
                faults = [row[0] for row in file.execute("PRAGMA integrity_check") if row[0] != "ok"]
                faults += [f"{row[0]}: {row[2]}" for row in file.execute("PRAGMA foreign_key_check")]
                rows = _count_sqlite(file)
        except sqlite3.DatabaseError as error:
            faults = [str(error)]
        if faults:
            raise BackupError(_("%(file)s is not whole: %(fault)s") % {"file": path, "fault": faults[0]})
        return rows

    def read(self, path: Path) -> None:
        """Page by page into the open database, which others may have open too; they see all or nothing."""
        self.connection.ensure_connection()
        with closing(_only_read(path)) as file, self.connection.writing():
            file.backup(self.connection.connection)

    def count(self) -> Rows:
        with closing(self._snapshot()) as snapshot:
            return _count_sqlite(snapshot)

    def _snapshot(self) -> sqlite3.Connection:
        """A connection of its own that stays at the moment of its first reading."""
        name = str(self.connection.settings_dict["NAME"])
        snapshot = sqlite3.connect(name, uri=True, isolation_level=None, timeout=20)
        snapshot.execute("BEGIN")
        return snapshot


class _PostgreSQLArchive:
    """Written by `pg_dump` on the snapshot in which we counted, read back by `psql` in one transaction."""

    def __init__(self, connection: BaseDatabaseWrapper) -> None:
        self.connection = connection

    def write(self, path: Path) -> Rows:
        with transaction.atomic(self.connection.alias, durable=True), self.connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            cursor.execute("SELECT pg_export_snapshot()")
            [snapshot] = cursor.fetchone()
            options = ["--format=custom", "--no-owner", "--no-privileges", f"--snapshot={snapshot}"]
            options += [f"--exclude-table-data={table}" for table in _left_out()]
            self._run("pg_dump", *options, f"--file={path}")
            return self.count()

    def look_through(self, path: Path) -> Rows:
        with self._open("pg_restore", "--data-only", "--file=-", str(path)) as lines:
            return _but_left_out(_count_copied(lines))

    def read(self, path: Path) -> None:
        with TemporaryDirectory(dir=path.parent) as folder:
            script = Path(folder, "script.sql")
            self._run("pg_restore", "--no-owner", "--no-privileges", f"--file={script}", str(path))
            options = ["--no-psqlrc", "--quiet", "--single-transaction", "--set=ON_ERROR_STOP=1"]
            self._run("psql", *options, f"--command={self._drop_everything()}", f"--file={script}")

    def count(self) -> Rows:
        with self.connection.cursor() as cursor:
            return _but_left_out({table: _count_one(cursor, table) for table in self._tables()})

    def _tables(self) -> list[str]:
        with self.connection.cursor() as cursor:
            cursor.execute(
                "SELECT format('%I.%I', schemaname, tablename) FROM pg_tables"
                " WHERE schemaname NOT IN ('pg_catalog', 'information_schema')"
            )
            return sorted(table for (table,) in cursor.fetchall())

    def _drop_everything(self) -> str:
        tables = ", ".join(self._tables())
        return f"DROP TABLE {tables} CASCADE" if tables else "SELECT 1"

    def _run(self, program: str, *arguments: str) -> None:
        with self._open(program, *arguments) as lines:
            for _line in lines:
                pass

    @contextmanager
    def _open(self, program: str, *arguments: str) -> Iterator[Iterable[bytes]]:
        """What a program of PostgreSQL says, line by line; its failure is ours."""
        with TemporaryDirectory() as folder, Path(folder, "errors").open("w+b") as errors:
            with subprocess.Popen(  # noqa: S603  # nosec B603 - PostgreSQL's own programs, no shell
                [_program(program), *arguments],
                env=self._environment(),
                stdout=subprocess.PIPE,
                stderr=errors,
            ) as process:
                yield process.stdout or ()
            if process.returncode:
                errors.seek(0)
                raise BackupError(f"{program}: {errors.read().decode(errors='replace').strip()}")

    def _environment(self) -> dict[str, str]:
        """Where the server is and how to sign in, out of sight of other users' process lists."""
        settings = self.connection.settings_dict
        _arguments, environment = DatabaseClient.settings_to_cmd_args_env(settings, [])
        names = {"PGHOST": "HOST", "PGPORT": "PORT", "PGUSER": "USER", "PGDATABASE": "NAME"}
        given = {name: str(settings[key]) for name, key in names.items() if settings[key]}
        return {**os.environ, **(environment or {}), **given}


def _database(using: str) -> _Database:
    connection = connections[using]
    if isinstance(connection, SQLite):
        return _SQLiteFile(connection)
    if connection.vendor == "postgresql":
        return _PostgreSQLArchive(connection)
    raise BackupError(_("This kind of database has no backup here: %(kind)s.") % {"kind": connection.vendor})


def _left_out() -> set[str]:
    """The tables whose rows no backup may hold, as SQL names them."""
    labels = (label for room in house.rooms() for label in room.left_out_of_backups)
    return {f'"{apps.get_model(label)._meta.db_table}"' for label in labels}


def _but_left_out(rows: Rows) -> Rows:
    """An archive says nothing of a table whose rows it leaves out; names there have their schema."""
    left_out = {name.strip('"') for name in _left_out()}
    return {table: n for table, n in rows.items() if table.rpartition(".")[2].strip('"') not in left_out}


def _look_through(database: _Database, path: Path) -> Rows:
    """An empty file passes for an empty SQLite database, and must not be put back as one."""
    rows = database.look_through(path)
    if not rows:
        raise BackupError(_("%(file)s holds no tables.") % {"file": path})
    return rows


def _compare(expected: Rows, found: Rows) -> None:
    differing = sorted(table for table in expected | found if expected.get(table) != found.get(table))
    if differing:
        raise BackupError(_("The rows do not agree in: %(tables)s.") % {"tables": ", ".join(differing)})


def _only_read(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, isolation_level=None)


def _count_sqlite(connection: sqlite3.Connection) -> Rows:
    names = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite~_%' ESCAPE '~'"
    tables = ['"{}"'.format(name.replace('"', '""')) for (name,) in connection.execute(names)]
    return {table: _count_one(connection.cursor(), table) for table in tables}


class _Counting(Protocol):
    def execute(self, sql: str, /) -> object: ...
    def fetchone(self) -> tuple[int]: ...


def _count_one(cursor: _Counting, quoted_table: str) -> int:
    cursor.execute(f"SELECT count(*) FROM {quoted_table}")  # noqa: S608  # nosec B608 - from the catalogue
    [number] = cursor.fetchone()
    return number


def _count_copied(lines: Iterable[bytes]) -> Rows:
    """In the text of an archive each row of a table is one line between its COPY line and a full stop."""
    rows: Rows = {}
    table = None
    for line in lines:
        if table is None and line.startswith(b"COPY ") and line.endswith(b" FROM stdin;\n"):
            table = line[5:].decode().rpartition(" (")[0]
            rows[table] = 0
        elif line == b"\\.\n":
            table = None
        elif table is not None:
            rows[table] += 1
    return rows


def _program(name: str) -> str:
    """The newest one installed: an older `pg_dump` refuses a newer server."""
    folders = Path("/usr/lib/postgresql").glob(f"*/bin/{name}")
    newest = max(folders, key=lambda program: float(program.parents[1].name), default=None)
    found = str(newest) if newest else shutil.which(name)
    if found is None:
        words = _("%(program)s is missing; an administrator can run: apt-get install postgresql-client")
        raise BackupError(words % {"program": name})
    return found


def _onto_the_disk(unfinished: Path, target: Path) -> None:
    """Give the file its name once its content is safe, and readable to nobody else."""
    unfinished.chmod(0o600)
    _sync(unfinished)
    unfinished.rename(target)
    _sync(target.parent)


def _sync(path: Path) -> None:
    opened = os.open(path, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def _described(path: Path, rows: Rows) -> Backup:
    with path.open("rb") as file:
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    return Backup(path, rows, path.stat().st_size, sha256)
