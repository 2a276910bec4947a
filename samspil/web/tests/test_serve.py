"""Serving: the demo only on this machine, production never by accident."""

import json
import os
import socket
import time
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from samspil.kit import jobs
from samspil.kit.models import Heartbeat
from tests.cast import AT


def serve_module():  # type: ignore[no-untyped-def]
    from samspil.web.management.commands import serve

    return serve


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1", "[::1]", "127.0.0.9"])
def test_this_machine_is_this_machine(host: str) -> None:
    assert serve_module().is_loopback(host)


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.4", "fjordby.example", "127.0.0.1.example", ""])
def test_everything_else_is_outside(host: str) -> None:
    assert not serve_module().is_loopback(host)


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """The commands that would run, instead of running them."""
    commands: list[list[str]] = []
    monkeypatch.setattr(serve_module(), "run", lambda wanted: commands.extend(wanted) or 0)
    monkeypatch.setattr(connection, "close", lambda: None)
    return commands


def test_the_demo_refuses_to_be_reached_from_outside(db: None, settings, started: list[list[str]]) -> None:  # type: ignore[no-untyped-def]
    settings.DEMO = True
    with pytest.raises(CommandError, match="this machine only"):
        call_command("serve", host="0.0.0.0")
    assert started == []


def test_the_demo_starts_web_and_worker(db: None, settings, started: list[list[str]]) -> None:  # type: ignore[no-untyped-def]
    settings.DEMO, settings.PRODUCTION = True, False
    with pytest.raises(SystemExit):
        call_command("serve", port=8123)
    web, worker = started
    assert web[web.index("--port") + 1] == "8123"
    assert web[web.index("--interface") + 1] == "wsgi"
    assert worker[-1] == "worker"


def test_posters_and_mails_of_the_demo_lead_to_where_it_answers(
    db: None,
    settings,  # type: ignore[no-untyped-def]
    started: list[list[str]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    settings.DEMO, settings.PRODUCTION = True, False
    monkeypatch.setattr(os, "environ", {**os.environ})
    os.environ.pop("SAMSPIL_BASE_URL", None)
    with pytest.raises(SystemExit):
        call_command("serve", port=8123)
    assert os.environ["SAMSPIL_BASE_URL"] == "http://127.0.0.1:8123"


def test_a_port_that_is_taken_is_not_shared(db: None, settings, started: list[list[str]]) -> None:  # type: ignore[no-untyped-def]
    settings.DEMO, settings.PRODUCTION = True, False
    with socket.socket() as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        other.bind(("127.0.0.1", 0))
        other.listen()
        with pytest.raises(CommandError, match="already"):
            call_command("serve", port=other.getsockname()[1])
    assert started == []


def test_production_says_what_to_run(
    db: None, settings, started: list[list[str]], capsys: pytest.CaptureFixture[str]
) -> None:  # type: ignore[no-untyped-def]
    settings.DEMO, settings.PRODUCTION = False, True
    call_command("serve", host="0.0.0.0")
    assert started == []
    assert "granian" in capsys.readouterr().out


def test_there_are_as_many_web_processes_as_asked_for(db: None, settings, started: list[list[str]]) -> None:  # type: ignore[no-untyped-def]
    settings.DEMO, settings.PRODUCTION = False, True
    with pytest.raises(SystemExit):
        call_command("serve", workers=4, port=8123)
    (web,) = started
    assert web[web.index("--workers") + 1] == "4"


def test_what_runs_side_by_side_ends_together() -> None:
    import sys

    lasting, short = [sys.executable, "-c", "import time; time.sleep(60)"], [sys.executable, "-c", "pass"]
    assert serve_module().run([lasting, short]) == 1


def test_what_does_not_listen_is_ended_with_everything_it_started(monkeypatch: pytest.MonkeyPatch) -> None:
    import subprocess
    import sys

    deaf = "import signal, subprocess, sys; signal.signal(signal.SIGTERM, signal.SIG_IGN); "
    parent = (
        deaf
        + f"print(subprocess.Popen([sys.executable, '-c', {deaf + 'signal.pause()'!r}]).pid, flush=True); "
    )
    monkeypatch.setattr(serve_module(), "PATIENCE", 0.5)
    child = subprocess.Popen(
        [sys.executable, "-c", parent + "signal.pause()"],
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert child.stdout is not None
    grandchild = int(child.stdout.readline())
    serve_module()._stop([child], asked=True)
    child.wait(10)
    assert _ends(grandchild)


def _ends(process: int, seconds: float = 10) -> bool:
    """Whether a process is gone, or only its name is left, before the time is up."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        try:
            if not Path(f"/proc/{process}/cmdline").read_bytes():
                return True
        except OSError:
            return True
        time.sleep(0.05)
    return False


def test_the_house_says_what_is_amiss(db: None, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        call_command("check-house")
    said = capsys.readouterr().out
    assert "No worker has shown itself lately" in said
    assert "The database is up to date." in said


def test_the_house_says_that_all_is_well(
    standing_clock: object, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("django.core.checks.run_checks", lambda **_options: [])
    for name in ("worker", "backup", "chain"):
        jobs.beat(name, AT)
    call_command("check-house", json=True)
    assert json.loads(capsys.readouterr().out)["fine"]


@pytest.mark.django_db(transaction=True)
def test_a_backup_that_fails_is_known(tmp_path: Path) -> None:
    there = tmp_path / "safe.backup"
    there.write_text("an older backup")
    with pytest.raises(CommandError):
        call_command("backup", str(there))
    assert there.read_text() == "an older backup"
    assert not Heartbeat.objects.get(name="backup").fine


def test_a_restore_without_a_backup_changes_nothing(db: None, tmp_path: Path) -> None:
    with pytest.raises(CommandError):
        call_command("restore", str(tmp_path / "nothing.backup"))
    with pytest.raises(CommandError, match="erasures"):
        call_command("restore", str(tmp_path / "x"), erasures=tmp_path / "nothing.jsonl")
