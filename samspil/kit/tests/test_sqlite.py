"""SQLite as we use it: who may write, for how long, and what is true once a write returned."""

import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, OperationalError, connections, transaction
from django.db.utils import ConnectionHandler

import samspil
from samspil.kit.databases import profile
from samspil.kit.sqlite.base import READING, DatabaseWrapper
from samspil.kit.write_lock import WaitedTooLongError, WriteLock, lock_files

ROOT = Path(samspil.__file__).parents[1]
ALIAS = "a_file"


@pytest.fixture
def file(tmp_path: Path, django_db_blocker: Any) -> Iterator[Path]:
    """A database file with one table, open to all threads under an alias of its own."""
    path = tmp_path / "house.sqlite3"
    connections.settings[ALIAS] = ConnectionHandler({"default": profile(path)}).settings["default"]
    with django_db_blocker.unblock():
        run("CREATE TABLE note (id integer PRIMARY KEY, words text UNIQUE)")
        yield path
        connections[ALIAS].close()
    del connections[ALIAS], connections.settings[ALIAS]


def house() -> DatabaseWrapper:
    connection = connections[ALIAS]
    assert isinstance(connection, DatabaseWrapper)
    return connection


def held() -> bool:
    lock = house().write_lock
    return bool(lock and lock.held)


def run(sql: str, *parameters: object) -> list[tuple[Any, ...]]:
    with house().cursor() as cursor:
        cursor.execute(sql, parameters or None)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows


def write(words: str) -> None:
    run("INSERT INTO note (words) VALUES (%s)", words)


def notes() -> list[str]:
    return [words for (words,) in run("SELECT words FROM note ORDER BY id")]


def in_a_thread(work: Callable[[], object]) -> list[BaseException]:
    """Do it over another connection; tells what went wrong there."""
    faults: list[BaseException] = []

    def guarded() -> None:
        try:
            work()
        except BaseException as fault:
            faults.append(fault)
        finally:
            connections[ALIAS].close()

    thread = threading.Thread(target=guarded)
    thread.start()
    thread.join(30)
    assert not thread.is_alive()
    return faults


def is_free(file: Path) -> bool:
    """Whether somebody else could write at this moment."""
    lock = WriteLock(file, timeout=0)
    try:
        lock.acquire()
    except WaitedTooLongError:
        return False
    lock.release()
    return True


@pytest.mark.parametrize(
    ("pragma", "value"),
    [
        ("journal_mode", "wal"),
        ("synchronous", 2),
        ("foreign_keys", 1),
        ("secure_delete", 1),
        ("temp_store", 2),
        ("mmap_size", 0),
        ("journal_size_limit", 64 * 1024 * 1024),
        ("busy_timeout", 20_000),
    ],
)
def test_every_connection_is_set_up_to_lose_nothing(file: Path, pragma: str, value: object) -> None:
    def look() -> None:
        assert run(f"PRAGMA {pragma}") == [(value,)]

    look()
    assert in_a_thread(look) == []


def test_a_lone_write_gives_the_right_to_write_back(file: Path) -> None:
    write("one")
    assert not held()
    assert is_free(file)


def test_a_transaction_keeps_the_right_to_write_until_it_is_saved(file: Path) -> None:
    with transaction.atomic(ALIAS):
        assert not is_free(file)
        with transaction.atomic(ALIAS):
            write("one")
        assert not is_free(file)
    assert is_free(file)


def test_a_transaction_shuts_out_other_programs_from_its_beginning(file: Path) -> None:
    with transaction.atomic(ALIAS), closing(sqlite3.connect(file, timeout=0)) as other_program:
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            other_program.execute("BEGIN IMMEDIATE")
        assert other_program.execute("SELECT count(*) FROM note").fetchone() == (0,)


def test_a_transaction_that_fails_gives_the_right_to_write_back(file: Path) -> None:
    @transaction.atomic(ALIAS)
    def stumble() -> None:
        write("one")
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        stumble()
    assert is_free(file)
    assert notes() == []


def test_a_refused_write_gives_the_right_to_write_back(file: Path) -> None:
    write("one")
    with pytest.raises(IntegrityError):
        write("one")
    assert is_free(file)


def test_a_commit_that_is_refused_gives_the_right_to_write_back(file: Path) -> None:
    run("CREATE TABLE reply (note integer REFERENCES note (id) DEFERRABLE INITIALLY DEFERRED)")
    with pytest.raises(IntegrityError), transaction.atomic(ALIAS):
        run("INSERT INTO reply (note) VALUES (7)")
    assert is_free(file)


def test_a_connection_closed_in_a_transaction_gives_the_right_to_write_back(file: Path) -> None:
    with transaction.atomic(ALIAS):
        write("one")
        house().close()
        assert is_free(file)
    assert notes() == []


def test_a_thread_that_dies_in_a_transaction_gives_the_right_to_write_back(file: Path) -> None:
    def die() -> None:
        transaction.atomic(ALIAS).__enter__()
        write("one")

    assert in_a_thread(die) == []
    assert is_free(file)
    assert notes() == []


def test_transactions_opened_by_hand_wait_in_line_too(file: Path) -> None:
    run("BEGIN EXCLUSIVE")
    assert not is_free(file)
    run("ROLLBACK")
    assert is_free(file)


def test_without_autocommit_the_first_write_takes_the_right_and_the_commit_returns_it(file: Path) -> None:
    house().set_autocommit(False)
    assert is_free(file)
    write("one")
    assert not is_free(file)
    house().commit()
    assert is_free(file)
    house().set_autocommit(True)
    assert notes() == ["one"]


def test_many_rows_and_scripts_are_written_in_one_turn(file: Path) -> None:
    with house().cursor() as cursor:
        cursor.executemany("INSERT INTO note (words) VALUES (%s)", [["one"], ["two"]])
        cursor.cursor.executescript(
            "INSERT INTO note (words) VALUES ('three'); DELETE FROM note WHERE id = 1;"
        )
    assert is_free(file)
    assert notes() == ["two", "three"]


def test_a_lone_write_that_returns_rows_is_saved_before_they_are_read(file: Path) -> None:
    with house().cursor() as cursor:
        cursor.execute("INSERT INTO note (words) VALUES ('a'), ('b'), ('c'), ('d'), ('e') RETURNING words")
        assert is_free(file)
        assert in_a_thread(lambda: write("f")) == []
        assert cursor.fetchone() == ("a",)
        assert cursor.fetchmany(2) == [("b",), ("c",)]
        assert list(cursor) == [("d",), ("e",)]
        assert cursor.fetchone() is None
        cursor.execute("SELECT count(*) FROM note")
        assert cursor.fetchall() == [(6,)]


def test_reading_never_waits_for_a_writer(file: Path) -> None:
    write("one")
    questions = [
        "SELECT words FROM note",
        " \n select 1",
        "VALUES (1)",
        "EXPLAIN SELECT 1",
        "PRAGMA table_info(note)",
        "WITH one AS (SELECT 1) SELECT * FROM one",
    ]

    def read_all() -> None:
        house().ensure_connection()
        for question in questions:
            assert run(question)

    with transaction.atomic(ALIAS):
        write("two")
        assert in_a_thread(read_all) == []


@pytest.mark.parametrize(
    "sql",
    [
        "INSERT INTO note VALUES (1, 'x')",
        "UPDATE note SET words = ''",
        "WITH one AS (SELECT 1)\nDELETE FROM note",
        "PRAGMA user_version = 3",
        "BEGIN IMMEDIATE",
        "/* first */ SELECT 1",
        "VACUUM",
        "SELECTED",
    ],
)
def test_whatever_may_write_waits_in_line(sql: str) -> None:
    assert not READING.match(sql)


def test_a_writer_who_waits_too_long_is_told_so(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(connections.settings[ALIAS], "OPTIONS", {"timeout": 0.1})

    with transaction.atomic(ALIAS):
        write("one")
        [fault] = in_a_thread(lambda: write("two"))
    assert isinstance(fault, OperationalError)
    assert "is locked" in str(fault)
    assert in_a_thread(lambda: write("three")) == []
    assert notes() == ["one", "three"]


def test_a_transaction_that_sqlite_gave_up_is_not_acknowledged(file: Path) -> None:
    write("one")

    @transaction.atomic(ALIAS)
    def overlook_the_fault() -> None:
        write("two")
        with suppress(IntegrityError):
            run("INSERT OR ROLLBACK INTO note (words) VALUES ('one')")

    with pytest.raises(OperationalError, match="nothing in it was saved"):
        overlook_the_fault()
    assert is_free(file)
    assert notes() == ["one"]


def test_a_full_disk_is_an_error_and_no_half_is_saved(file: Path) -> None:
    [(pages,)] = run("PRAGMA page_count")
    run(f"PRAGMA max_page_count = {pages + 1}")

    @transaction.atomic(ALIAS)
    def write_too_much() -> None:
        write("small")
        write("large" * 10_000)

    with pytest.raises(OperationalError, match="full"):
        write_too_much()
    assert is_free(file)
    assert notes() == []


def test_a_killed_process_leaves_the_right_to_write_behind(file: Path) -> None:
    process = _another_process(file, "lock.acquire(); print('held', flush=True); time.sleep(60)")
    assert process.stdout
    assert process.stdout.readline() == "held\n"
    assert not is_free(file)
    process.send_signal(signal.SIGKILL)
    process.wait()
    process.stdout.close()
    assert is_free(file)


def test_a_child_of_a_writer_does_not_keep_the_right_to_write(file: Path) -> None:
    process = _another_process(
        file,
        "lock.acquire(); child = os.fork()\nif not child: print(os.getpid(), flush=True)\ntime.sleep(60)",
    )
    assert process.stdout
    child = int(process.stdout.readline())
    assert not is_free(file)
    process.kill()
    process.wait()
    process.stdout.close()
    try:
        assert is_free(file)
    finally:
        os.kill(child, signal.SIGKILL)


def _another_process(file: Path, work: str) -> "subprocess.Popen[str]":
    begin = (
        f"import os, time\nfrom samspil.kit.write_lock import WriteLock\nlock = WriteLock({str(file)!r}, 5)\n"
    )
    return subprocess.Popen(
        [sys.executable, "-c", begin + work],
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        text=True,
    )


def test_those_who_came_first_are_served_first(file: Path) -> None:
    served: list[int] = []

    def queue_up(number: int) -> None:
        lock = WriteLock(file, timeout=20)
        lock.acquire()
        served.append(number)
        lock.release()

    threads = [threading.Thread(target=queue_up, args=(number,)) for number in range(8)]
    with transaction.atomic(ALIAS):
        for thread in threads:
            thread.start()
            time.sleep(0.05)
    for thread in threads:
        thread.join()
    assert served == list(range(8))


def test_sixteen_writers_are_served_in_turn(file: Path) -> None:
    waits: dict[int, list[float]] = {writer: [] for writer in range(16)}
    everybody = threading.Barrier(16)

    def work(writer: int) -> None:
        everybody.wait()
        for number in range(20):
            begun = time.monotonic()
            with transaction.atomic(ALIAS):
                write(f"{writer} {number}")
            waits[writer].append(time.monotonic() - begun)
        connections[ALIAS].close()

    threads = [threading.Thread(target=work, args=(writer,)) for writer in waits]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(notes()) == 16 * 20
    order = [int(words.split()[0]) for words in notes()]
    middle = order[80:240]
    assert all(middle.count(writer) >= 3 for writer in waits), "somebody was passed over"


def test_a_database_in_memory_needs_no_lock(django_db_blocker: Any) -> None:
    names = [":memory:", "file:a_shared_one?mode=memory&cache=shared"]
    for name in names:
        connection = ConnectionHandler({"default": profile(name)})["default"]
        with django_db_blocker.unblock(), connection.cursor() as cursor:
            cursor.execute("CREATE TABLE note (words text)")
            assert connection.write_lock is None
            connection.connection.close()


def test_a_place_without_a_write_ahead_log_is_refused(tmp_path: Path, django_db_blocker: Any) -> None:
    path = tmp_path / "read-only-log.sqlite3"
    connection = ConnectionHandler({"default": profile(f"file:{path}?vfs=unix-dotfile")})["default"]
    with django_db_blocker.unblock(), pytest.raises(OperationalError, match="local disk"):
        connection.ensure_connection()


def test_a_test_database_in_a_file_leaves_nothing_behind(tmp_path: Path, django_db_blocker: Any) -> None:
    path = tmp_path / "test.sqlite3"
    beside = [Path(f"{path}-wal"), Path(f"{path}-shm"), *lock_files(path)]
    for leftover in beside:
        leftover.write_bytes(b"from an older run")
    entry = {**profile(tmp_path / "real.sqlite3"), "TEST": {"NAME": str(path), "MIGRATE": False}}
    connection = ConnectionHandler({"default": entry})["default"]
    with django_db_blocker.unblock():
        name = connection.creation._create_test_db(verbosity=0, autoclobber=True)
        assert not any(leftover.exists() for leftover in beside)
        connection.settings_dict["NAME"] = name
        with connection.cursor() as cursor:
            cursor.execute("CREATE TABLE note (words text)")
        connection.creation._clone_test_db("2", verbosity=0)
        with ConnectionHandler({"default": profile(tmp_path / "test_2.sqlite3")})[
            "default"
        ].cursor() as cursor:
            cursor.execute("SELECT count(*) FROM note")
        connection.close()
        connection.creation._destroy_test_db(name, verbosity=0)
    assert not list(tmp_path.glob("test.sqlite3*"))


@pytest.mark.parametrize("name", [pytest.param("None", marks=pytest.mark.prove), "'{folder}/tests.sqlite3'"])
def test_djangos_own_test_cases_and_their_live_server_can_write(tmp_path: Path, name: str) -> None:
    script = Path(__file__).with_name("django_test_cases.py")
    database = name.format(folder=tmp_path)
    done = subprocess.run(
        [sys.executable, str(script), database],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "Ran 3 tests" in done.stderr


def test_sqlite3_means_a_library_without_the_known_fault() -> None:
    look = (
        "import samspil, sqlite3; from django.db.backends.sqlite3.base import Database;"
        "print(sqlite3.sqlite_version_info >= (3, 51, 3) and Database.connect is sqlite3.dbapi2.connect)"
    )
    done = subprocess.run([sys.executable, "-c", look], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == "True\n"
