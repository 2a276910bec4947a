"""Databases of every released version go forward to the present, on SQLite and on PostgreSQL."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.databases import postgres
from tests.tags.databases import kept_versions


def go_forward(version: str, url: str, folder: Path) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"DATABASE_URL": url, "SAMSPIL_VAR": str(folder), "SAMSPIL_MODE": "test"}
    command = [sys.executable, "-m", "tests.tags.databases", "forward", version]
    return subprocess.run(command, env=environment, capture_output=True, text=True)


def test_there_is_a_database_to_go_forward_from() -> None:
    assert kept_versions()


@pytest.mark.parametrize("version", kept_versions())
def test_a_database_goes_forward_on_sqlite(version: str, tmp_path: Path) -> None:
    done = go_forward(version, f"sqlite:///{tmp_path / 'house.sqlite3'}", tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr[-2000:]


@pytest.mark.prove
@pytest.mark.parametrize("version", kept_versions())
def test_a_database_goes_forward_on_postgresql(version: str, tmp_path: Path) -> None:
    with postgres() as url:
        done = go_forward(version, url, tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr[-2000:]
