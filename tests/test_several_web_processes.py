"""One SQLite file, several web processes and a worker: each write that was acknowledged is there, once."""

import json
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode

WEB_PROCESSES, PEOPLE, NEEDS = 3, 9, 4
PREPARE = """
import samspil, django, json
django.setup()
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.core.management import call_command
from samspil.organisation.content import load_house
from tests.cast import AT, gather
call_command("migrate", verbosity=0)
load_house(AT)
account = gather().account("employee")
session = SessionStore()
session[SESSION_KEY] = str(account.pk)
session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
session[HASH_SESSION_KEY] = account.get_session_auth_hash()
session.create()
print(session.session_key)
"""
LOOK = """
import samspil, django, json
django.setup()
from samspil.initiative.models import Need
from samspil.organisation import journal
from samspil.organisation.models import Organisation
from samspil.organisation.scope import scope
organisation = Organisation.objects.get()
with scope(organisation):
    rows = [entry.sequence for entry in journal.entries(organisation)]
    needs = sorted(Need.objects.values_list("problem", flat=True))
    faults = [fault.sentence for fault in journal.verify(organisation)]
    print(json.dumps({"rows": rows, "needs": needs, "faults": faults}))
"""


def script(code: str, environment: dict[str, str]) -> str:
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-3000:]
    return done.stdout


@contextmanager
def served(environment: dict[str, str], port: int) -> Iterator[int]:
    """The product as `samspil serve` starts it; gives the number of its first process."""
    command = [sys.executable, "-m", "samspil", "serve", "--port", str(port), "--workers", str(WEB_PROCESSES)]
    house = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)
    try:
        _wait_until_it_answers(port)
        yield house.pid
    finally:
        house.send_signal(signal.SIGTERM)
        assert house.wait(30) == 0


def raise_needs(port: int, session: str, who: int) -> list[int]:
    """One person sends one form after another, each over a connection of its own."""
    return [_send(port, session, f"Behov {who:02}-{number}") for number in range(NEEDS)]


def _send(port: int, session: str, problem: str) -> int:
    token = secrets.token_hex(16)
    typed = {"problem": problem, "for_whom": "Nord", "if_nothing": "Vikarer", "csrfmiddlewaretoken": token}
    headers = {
        "Cookie": f"sessionid={session}; csrftoken={token}",
        "Content-Type": "application/x-www-form-urlencoded",
    }
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("POST", "/fjordby/needs/new/", urlencode(typed), headers)
    status = connection.getresponse().status
    connection.close()
    return status


def _wait_until_it_answers(port: int, seconds: float = 90) -> None:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            connection = HTTPConnection("127.0.0.1", port, timeout=5)
            connection.request("GET", "/healthz")
            if connection.getresponse().status == 200:
                return
        except OSError:
            time.sleep(0.2)
    raise AssertionError("the house did not answer")


def _free_port() -> int:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return int(asked.getsockname()[1])


def _web_processes_that_hold(database: Path, first: int) -> set[int]:
    """The web processes below the first that have the database open."""
    return {
        process
        for process in _below(first)
        if b"granian" in Path(f"/proc/{process}/cmdline").read_bytes()
        and any(_leads_to(link) == str(database) for link in Path(f"/proc/{process}/fd").iterdir())
    }


def _below(process: int) -> set[int]:
    children = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    return {int(child) for child in children}.union(*(_below(int(child)) for child in children))


def _leads_to(link: Path) -> str:
    try:
        return os.readlink(link)
    except OSError:
        return ""


def test_what_several_web_processes_acknowledged_is_there_once_and_the_chain_is_whole(tmp_path: Path) -> None:
    database = tmp_path / "house.sqlite3"
    environment = {
        **os.environ,
        "SAMSPIL_VAR": str(tmp_path),
        "SAMSPIL_MODE": "test",
        "DATABASE_URL": f"sqlite:///{database}",
        "DJANGO_SETTINGS_MODULE": "samspil.web.settings",
    }
    session, port = script(PREPARE, environment).strip(), _free_port()
    with served(environment, port) as first:
        with ThreadPoolExecutor(PEOPLE) as people:
            answers = list(people.map(lambda who: raise_needs(port, session, who), range(PEOPLE)))
        assert len(_web_processes_that_hold(database, first)) > 1
    assert {status for person in answers for status in person} == {302}
    found = json.loads(script(LOOK, environment))
    assert found["needs"] == [f"Behov {who:02}-{number}" for who in range(PEOPLE) for number in range(NEEDS)]
    assert found["rows"] == list(range(1, PEOPLE * NEEDS + 1))
    assert found["faults"] == []
