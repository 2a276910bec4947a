"""The production profile: Django's own checks find nothing, and nothing starts without what it needs."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

NEEDED = {
    "SAMSPIL_MODE": "production",
    "SAMSPIL_SECRET_KEY": "Nok-lange-ord-1-som-ingen-gætter-2-og-som-kun-står-her-3-" + "aZ9!" * 5,
    "SAMSPIL_HOSTS": "samspil.fjordby.example",
    "SAMSPIL_BASE_URL": "https://samspil.fjordby.example",
}

NOT_OURS = ("DATABASE_URL", "DJANGO_ALLOW_ASYNC_UNSAFE")  # the tests' own surroundings


def check(folder: Path, **environment: str) -> "subprocess.CompletedProcess[str]":
    """`samspil check --deploy` as an operator runs it, in a process of its own."""
    kept = {name: value for name, value in os.environ.items() if name not in (*NOT_OURS, *NEEDED)}
    command = [sys.executable, "-m", "samspil", "check", "--deploy", "--fail-level", "WARNING"]
    whole = kept | {"SAMSPIL_VAR": str(folder)} | environment
    return subprocess.run(command, env=whole, capture_output=True, text=True)


@pytest.mark.parametrize(
    "more",
    [
        {},
        {"DATABASE_URL": ""},
        {"DATABASE_URL": "postgresql://samspil@localhost/samspil"},
        {"SAMSPIL_BEHIND_PROXY": "true"},
    ],
    ids=["as the guide says", "an empty address of the database", "PostgreSQL", "behind a proxy"],
)
def test_the_checks_for_production_find_nothing(more: dict[str, str], tmp_path: Path) -> None:
    done = check(tmp_path, **NEEDED, **more)
    assert (done.returncode, done.stdout) == (0, "System check identified no issues (0 silenced).\n"), (
        done.stderr
    )
    assert done.stderr == ""


def test_the_checks_are_those_of_production(tmp_path: Path) -> None:
    done = check(tmp_path, **NEEDED | {"SAMSPIL_SECRET_KEY": "short"})
    assert done.returncode == 1
    assert "security.W009" in done.stderr


def test_production_does_not_start_without_a_key(tmp_path: Path) -> None:
    done = check(tmp_path, SAMSPIL_MODE="production")
    assert done.returncode == 1
    assert "SAMSPIL_SECRET_KEY" in done.stderr
