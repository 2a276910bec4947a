"""The tests' own PostgreSQL: it is really there, keeps what it should, and never quietly is not."""

import os
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from tests import databases
from tests.databases import GIVEN, find_binaries, postgres, server, wheel_binaries

ROOT = Path(databases.__file__).parents[1]


def _ask(url: str, question: str) -> object:
    with psycopg.connect(url) as connection:
        [answer] = connection.execute(question).fetchone() or [None]
        return answer


def test_a_server_of_our_own_answers_and_is_gone_afterwards(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(GIVEN, raising=False)
    with postgres() as url:
        assert _ask(url, "SELECT lower('ÆØÅ')") == "æøå"
        assert _ask(url, "SHOW fsync") == "off"
    with pytest.raises(psycopg.OperationalError):
        _ask(url, "SELECT 1")


def test_a_server_that_is_given_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(GIVEN, "postgresql://somewhere/else")
    with postgres() as url:
        assert url == "postgresql://somewhere/else"


def test_a_durable_server_that_was_killed_has_what_it_acknowledged() -> None:
    with server(durable=True) as own:
        with psycopg.connect(own.url, autocommit=True) as connection:
            connection.execute("CREATE TABLE note AS SELECT 'one' AS words")
        own.kill()
        own.start()
        assert _ask(own.url, "SELECT words FROM note") == "one"
        assert _ask(own.url, "SHOW fsync") == "on"


def test_the_development_wheel_stands_in_where_the_system_has_no_server() -> None:
    binaries = wheel_binaries()
    assert binaries
    with server(binaries=binaries) as own:
        assert _ask(own.url, "SELECT lower('ÆØÅ')") == "æøå"


def test_without_any_server_the_tests_fail_with_the_command_that_helps(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(databases, "_system_binaries", lambda: None)
    monkeypatch.setattr(databases, "wheel_binaries", lambda: None)
    with pytest.raises(RuntimeError, match="apt-get install postgresql"):
        find_binaries()


def test_a_command_runs_with_the_address_and_its_answer_is_passed_on() -> None:
    look = "import os, psycopg, sys; psycopg.connect(os.environ['DATABASE_URL']).close(); sys.exit(7)"
    environment = {name: value for name, value in os.environ.items() if name != GIVEN}
    command = [sys.executable, "-m", "tests.databases", sys.executable, "-c", look]
    assert subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode == 7
