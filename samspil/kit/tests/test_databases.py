"""From an address to the settings of a database, and the warnings when they promise too much."""

import sqlite3
from pathlib import Path
from typing import Any

import pytest
from django.core.checks import Error, Warning
from django.db import connections

from samspil.kit.checks import sqlite_is_sound
from samspil.kit.databases import profile


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("sqlite:///var/house.sqlite3", "var/house.sqlite3"),
        ("sqlite:////srv/house.sqlite3", "/srv/house.sqlite3"),
        ("sqlite://:memory:", ":memory:"),
        ("/srv/house.sqlite3", "/srv/house.sqlite3"),
        (Path("/srv/house.sqlite3"), "/srv/house.sqlite3"),
    ],
)
def test_a_file_is_named_by_address_or_path(address: str | Path, name: str) -> None:
    entry = profile(address)
    assert (entry["ENGINE"], entry["NAME"]) == ("samspil.kit.sqlite", name)


def test_a_postgresql_address_is_taken_apart() -> None:
    entry = profile("postgres://anna:se%2Fcret@db.fjordby.example:5433/samspil?sslmode=verify-full")
    assert entry["ENGINE"] == "django.db.backends.postgresql"
    assert [entry[key] for key in ("USER", "PASSWORD", "HOST", "PORT", "NAME")] == [
        "anna",
        "se/cret",
        "db.fjordby.example",
        "5433",
        "samspil",
    ]
    assert entry["OPTIONS"]["sslmode"] == "verify-full"


def test_a_postgresql_server_may_be_reached_through_a_socket_file() -> None:
    entry = profile("postgresql://samspil@/samspil?host=/run/postgresql")
    assert (entry["HOST"], entry["PORT"]) == ("/run/postgresql", "")


def test_postgresql_connections_are_pooled_and_kept_by_the_pool_alone() -> None:
    entry = profile("postgresql:///samspil")
    assert entry["CONN_MAX_AGE"] == 0
    assert entry["OPTIONS"]["pool"] == {"min_size": 4, "max_size": 16, "timeout": 20}


@pytest.mark.parametrize("address", ["mysql://somewhere/else", "sqlite://", ""])
def test_an_address_that_means_nothing_is_refused(address: str) -> None:
    with pytest.raises(ValueError, match="address"):
        profile(address)


@pytest.mark.parametrize("address", ["sqlite:///house.sqlite3", "postgresql:///samspil"])
def test_reading_requests_open_no_transaction(address: str) -> None:
    assert profile(address)["ATOMIC_REQUESTS"] is False


@pytest.mark.parametrize(
    ("version", "mode", "found"),
    [
        ((3, 40, 1), "demo", [(Warning, "samspil.W002")]),
        ((3, 51, 2), "test", [(Warning, "samspil.W002")]),
        ((3, 51, 2), "production", [(Error, "samspil.E002")]),
        ((3, 51, 3), "production", []),
    ],
)
def test_a_library_that_may_damage_files_is_not_for_production(
    version: tuple[int, ...], mode: str, found: list[Any], monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    settings.SAMSPIL_MODE = mode
    monkeypatch.setitem(connections.settings, "default", profile("house.sqlite3"))
    monkeypatch.setattr(sqlite3, "sqlite_version_info", version)
    assert [(type(message), message.id) for message in sqlite_is_sound(None)] == found


def test_a_house_on_postgresql_needs_no_sqlite(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(connections.settings, "default", profile("postgresql:///samspil"))
    monkeypatch.setattr(sqlite3, "sqlite_version_info", (3, 7, 0))
    assert sqlite_is_sound(None) == []


def test_djangos_plain_sqlite_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(
        connections.settings, "default", {"ENGINE": "django.db.backends.sqlite3", "NAME": "x"}
    )
    assert [message.id for message in sqlite_is_sound(None)] == ["samspil.E001"]
