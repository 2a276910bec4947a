"""Many write at once, on both databases: no error, no fork, no gap; and two workers share their work."""

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.databases import postgres


@contextmanager
def database(kind: str, folder: Path) -> Iterator[dict[str, str]]:
    """The environment of a program that finds an empty database."""
    environment = {**os.environ, "SAMSPIL_VAR": str(folder), "SAMSPIL_MODE": "test"}
    if kind == "sqlite":
        yield environment | {"DATABASE_URL": f"sqlite:///{folder}/house.sqlite3"}
    else:
        with postgres() as url:
            yield environment | {"DATABASE_URL": url}


def run(*command: str, environment: dict[str, str]) -> str:
    done = subprocess.run([sys.executable, "-m", *command], env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-3000:]
    return done.stdout


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_sixteen_writers_append_to_one_journal(kind: str, tmp_path: Path) -> None:
    with database(kind, tmp_path) as environment:
        said = json.loads(run("tests.writers", "16", "10", environment=environment))
    assert (said["acknowledged"], said["failed"], said["faults"]) == (160, 0, [])
    assert sorted(said["rows"]) == list(range(1, 161))


ADD_MAIL = """
import samspil, django
django.setup()
from samspil.kit import clock, mail
for number in range(20):
    mail.write(str(number), f"person{number}@fjordby.example", "Emne", "Tekst", clock.now())
"""
LOOK = """
import samspil, django, json
django.setup()
from samspil.kit.models import Job, Mail
print(json.dumps([Job.objects.filter(done_at=None).count(), Mail.objects.exclude(sent_at=None).count()]))
"""


def script(code: str, environment: dict[str, str]) -> str:
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-3000:]
    return done.stdout


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_two_workers_send_each_mail_once_and_stop_when_asked(kind: str, tmp_path: Path) -> None:
    with database(kind, tmp_path) as given:
        environment = given | {
            "DJANGO_SETTINGS_MODULE": "samspil.web.settings",
            "SAMSPIL_EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend",
        }
        run("samspil", "migrate", "-v0", environment=environment)
        workers = [
            subprocess.Popen([sys.executable, "-m", "samspil", "worker"], env=environment)
            for _each in range(2)
        ]
        _wait_until(lambda: all(_listens_to_the_end(worker.pid) for worker in workers))
        script(ADD_MAIL, environment)
        _wait_until(lambda: len(_addresses(tmp_path / "mail")) >= 20)
        for worker in workers:
            worker.send_signal(signal.SIGTERM)
        assert [worker.wait(20) for worker in workers] == [0, 0]
        assert json.loads(script(LOOK, environment)) == [0, 20]
    assert len(_addresses(tmp_path / "mail")) == 20


def _wait_until(it_is_so: Callable[[], bool], seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while not it_is_so() and time.monotonic() < deadline:
        time.sleep(0.1)


def _listens_to_the_end(process: int) -> bool:
    """Whether a process has said what it does when it is asked to end; before that it is still starting."""
    status = Path(f"/proc/{process}/status").read_text()
    caught = int(re.search(r"SigCgt:\s*(\w+)", status)[1], 16)  # type: ignore[index]
    return bool(caught & 1 << signal.SIGTERM - 1)


def _addresses(folder: Path) -> list[str]:
    """To whom letters were sent, one entry a letter."""
    lines = [line for file in folder.glob("*.log") for line in file.read_text().splitlines()]
    return [line for line in lines if line.startswith("To: ")]


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_sixteen_first_answers_of_one_ticket_are_one_participant(kind: str, tmp_path: Path) -> None:
    with database(kind, tmp_path) as given:
        environment = given | {"DJANGO_SETTINGS_MODULE": "samspil.web.settings"}
        said = json.loads(run("tests.one_ticket", environment=environment).splitlines()[-1])
    assert said == {"answers": {"302": 16}, "sheets": {"200": 1, "422": 15}, "participants": 2, "votes": 3}
