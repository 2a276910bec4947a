"""A backup is whole, of one moment, and can be put back; on both databases."""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.db import connections, transaction
from django.db.utils import ConnectionHandler
from django.utils import translation

from samspil.kit import backup as module
from samspil.kit.backup import BackupError, backup, restore
from samspil.kit.checks import postgresql_waits_for_the_disk
from samspil.kit.databases import profile
from tests.databases import Server, server

ALIAS = "backed_up"
TABLES = (
    "CREATE TABLE note (id integer PRIMARY KEY, words text NOT NULL)",
    'CREATE TABLE "Odd (name)" (words text)',
    "CREATE TABLE since (words text)",
)
WORDS = ["one", "a\nline", "\\.", "tab\tand \\ slash", "COPY x (y) FROM stdin;", "æøå"]


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture(params=["sqlite", "postgresql"])
def house(request: pytest.FixtureRequest, tmp_path: Path, django_db_blocker: Any) -> Iterator[str]:
    """A small database under an alias of its own, once on each kind."""
    address = f"sqlite:///{tmp_path / 'house.sqlite3'}"
    if request.param == "postgresql":
        address = request.getfixturevalue("own_postgresql")
    connections.settings[ALIAS] = ConnectionHandler({"default": profile(address)}).settings["default"]
    with django_db_blocker.unblock():
        _fill()
        yield request.param
        connections[ALIAS].close()
        if request.param == "postgresql":
            connections[ALIAS].close_pool()
    del connections[ALIAS], connections.settings[ALIAS]


@pytest.fixture(scope="module")
def own_server() -> Iterator[Server]:
    with server() as own:
        yield own


@pytest.fixture
def own_postgresql(own_server: Server, monkeypatch: pytest.MonkeyPatch) -> str:
    """An empty database, and programs that fit the server."""
    monkeypatch.setenv("PATH", str(own_server.binaries), prepend=":")
    with psycopg.connect(own_server.url.replace("/samspil?", "/postgres?"), autocommit=True) as connection:
        connection.execute("DROP DATABASE IF EXISTS samspil WITH (FORCE)")
        connection.execute("CREATE DATABASE samspil")
    return own_server.url


def _fill() -> None:
    with transaction.atomic(ALIAS), connections[ALIAS].cursor() as cursor:
        for table in TABLES:
            cursor.execute(table)
        for number, words in enumerate(WORDS):
            cursor.execute("INSERT INTO note (id, words) VALUES (%s, %s)", [number, words])
        cursor.execute("INSERT INTO \"Odd (name)\" (words) VALUES (NULL), ('x')")


def _run(sql: str) -> None:
    with connections[ALIAS].cursor() as cursor:
        cursor.execute(sql)


def _words() -> list[str]:
    with connections[ALIAS].cursor() as cursor:
        cursor.execute("SELECT words FROM note ORDER BY id")
        return [words for (words,) in cursor.fetchall()]


def test_a_backup_put_back_makes_everything_as_it_was(house: str, tmp_path: Path) -> None:
    made = backup(tmp_path / "monday", using=ALIAS)
    _run("DELETE FROM note WHERE id > 2")
    _run("UPDATE note SET words = 'spoiled'")
    _run("CREATE TABLE newer (words text)")

    restored = restore(tmp_path / "monday", using=ALIAS)

    assert _words() == WORDS
    assert (restored.rows, restored.sha256) == (made.rows, made.sha256)
    assert sorted(made.rows.values()) == [0, 2, len(WORDS)]
    assert not any("newer" in table for table in restored.rows)


def test_a_backup_is_one_file_that_only_its_owner_reads(house: str, tmp_path: Path) -> None:
    made = backup(tmp_path / "monday", using=ALIAS)
    assert made.size == made.path.stat().st_size > 0
    assert made.path.stat().st_mode & 0o077 == 0
    assert [path.name for path in tmp_path.glob("monday*")] == ["monday"]


def test_a_backup_is_of_one_moment_while_others_write(house: str, tmp_path: Path) -> None:
    stopped = threading.Event()

    def write_on() -> None:
        number = 100
        while not stopped.is_set():
            with transaction.atomic(ALIAS):
                _run(f"INSERT INTO note (id, words) VALUES ({number}, 'new')")
                _run("INSERT INTO since (words) VALUES ('new')")
            number += 1
        connections[ALIAS].close()

    writer = threading.Thread(target=write_on)
    writer.start()
    try:
        made = [backup(tmp_path / f"backup {number}", using=ALIAS) for number in range(3)]
    finally:
        stopped.set()
        writer.join()
    for one in made:
        rows = {table.split(".")[-1].strip('"'): count for table, count in one.rows.items()}
        assert rows["note"] - len(WORDS) == rows["since"]


def test_a_damaged_backup_is_refused_and_nothing_is_changed(house: str, tmp_path: Path) -> None:
    path = backup(tmp_path / "monday", using=ALIAS).path
    content = path.read_bytes()
    _run("INSERT INTO note (id, words) VALUES (100, 'since')")

    for damaged in (b"", b"rubbish" * 1000, content[: len(content) // 2]):
        path.write_bytes(damaged)
        with pytest.raises(BackupError):
            restore(path, using=ALIAS)
    assert _words() == [*WORDS, "since"]


def test_a_backup_never_replaces_another(house: str, tmp_path: Path) -> None:
    path = backup(tmp_path / "monday", using=ALIAS).path
    before = path.read_bytes()
    with pytest.raises(BackupError, match="already"):
        backup(path, using=ALIAS)
    assert path.read_bytes() == before


def test_a_backup_that_is_not_there_is_refused(house: str, tmp_path: Path) -> None:
    with pytest.raises(BackupError, match="no backup"):
        restore(tmp_path / "nowhere", using=ALIAS)


@pytest.mark.parametrize("house", ["sqlite"], indirect=True)
def test_what_is_written_while_a_backup_counts_belongs_to_the_next_one(
    house: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def count_and_be_overtaken(connection: sqlite3.Connection) -> dict[str, int]:
        rows = count(connection)
        monkeypatch.setattr(module, "_count_sqlite", count)
        _run("INSERT INTO note (id, words) VALUES (100, 'late')")
        return rows

    count = module._count_sqlite
    monkeypatch.setattr(module, "_count_sqlite", count_and_be_overtaken)
    assert backup(tmp_path / "monday", using=ALIAS).rows['"note"'] == len(WORDS)
    assert backup(tmp_path / "tuesday", using=ALIAS).rows['"note"'] == len(WORDS) + 1


@pytest.mark.parametrize("house", ["sqlite"], indirect=True)
def test_what_was_deleted_is_in_no_backup(house: str, tmp_path: Path) -> None:
    _run("INSERT INTO note (id, words) VALUES (100, 'Birgitte Hemmelig')")
    _run("DELETE FROM note WHERE id = 100")
    made = backup(tmp_path / "monday", using=ALIAS)
    assert b"Birgitte" not in made.path.read_bytes()


@pytest.mark.parametrize("house", ["sqlite"], indirect=True)
def test_others_who_have_the_file_open_see_what_was_put_back(house: str, tmp_path: Path) -> None:
    path = backup(tmp_path / "monday", using=ALIAS).path
    _run("DELETE FROM note")
    with closing(sqlite3.connect(tmp_path / "house.sqlite3")) as other:
        assert other.execute("SELECT count(*) FROM note").fetchone() == (0,)
        restore(path, using=ALIAS)
        assert other.execute("SELECT count(*) FROM note").fetchone() == (len(WORDS),)
        assert other.execute("PRAGMA journal_mode").fetchone() == ("wal",)


@pytest.mark.parametrize("house", ["postgresql"], indirect=True)
def test_a_server_that_does_not_wait_for_the_disk_is_found(house: str, settings: Any) -> None:
    settings.SAMSPIL_MODE = "production"
    found = postgresql_waits_for_the_disk(None, [ALIAS])
    assert [message.id for message in found] == ["samspil.E003"] * 3
    for message, name in zip(found, ["fsync", "full_page_writes", "synchronous_commit"], strict=True):
        assert name in message.msg
