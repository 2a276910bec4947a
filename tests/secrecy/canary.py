"""The canary walk: somebody with an unmistakable name, address and browser gives unmistakable answers.

    DATABASE_URL=… SAMSPIL_VAR=FOLDER python -m tests.secrecy.canary FOLDER [--every 1]

They answer without script, so that the server sees the answer before it seals it; then again and again while
the database fails at one statement after the other. Backups are made before and after closing. Prints what was
looked for and where each of it was found, moment by moment.
"""

import argparse
import json
import logging
import subprocess
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.secrecy import house

if TYPE_CHECKING:
    from django.test import Client

    from tests.urns import SecretRound

WORDS = "kanarifuglesvar"
NAME, ADDRESS, BROWSER = "Kanarifuglesen", "203.0.113.77", "Kanarifuglebrowser/7.7"
LOG = "house.log"
MAIL = "mail"


def listen(folder: Path) -> None:
    """Everything that a production house would log, and more, into one file."""
    from samspil.web.logs import JsonLines

    to_file = logging.FileHandler(folder / LOG)
    to_file.setFormatter(JsonLines())
    logging.getLogger().addHandler(to_file)
    logging.getLogger().setLevel(logging.INFO)
    for name in ("samspil", "samspil.request", "django", "django.request"):
        logging.getLogger(name).setLevel(logging.INFO)


def walk(folder: Path, every: int) -> dict[str, Any]:
    from django.core.management import call_command

    from samspil.organisation.models import Person
    from samspil.organisation.scope import scope
    from samspil.participation.urn import actions
    from tests.urns import answered, ballot_of

    listen(folder)
    with house.statements():
        round_ = house.opened_round(longest_text=200)
        with scope(round_.cast.organisation):
            person = round_.cast.people["employee"]
            Person.objects.filter(pk=person.pk).update(family_name=NAME, email=f"{NAME}@fjordby.example")
            answered(round_, [ballot_of(1, 1, 1, 1), *[ballot_of(-1, -1, 0, 1)] * 6])
            client = _client(round_)
            failed = faults(round_, client, every)
            assert answer(round_, client, 0).status_code == 200
            seen = {"open": look(folder)}
            call_command("backup", str(folder / "open.backup"), verbosity=0, stdout=_nowhere())
            round_.close()
            seen["closed"] = look(folder)
            call_command("backup", str(folder / "closed.backup"), verbosity=0, stdout=_nowhere())
            round_.open_urn()
            seen["opened"] = look(folder)
            for who in ("steward", "secretary"):
                sha256 = round_.urn.result_sha256
                actions.confirm_recount(urn=round_.urn, sha256=sha256, **round_.by(who))
            actions.destroy_urn(urn=round_.urn, **round_.by("steward"))
            call_command("backup", str(folder / "destroyed.backup"), verbosity=0, stdout=_nowhere())
            seen["destroyed"] = look(folder)
            together = list(rows_with_both(round_))
    return {"failed": failed, "seen": seen, "together": together, "lines": lines_with(folder)}


def faults(round_: "SecretRound", client: "Client", every: int) -> int:
    """An exception at one statement of the request after the other; how many of them were refused."""
    from django.db import OperationalError, connection

    refused = 0
    for number in count(1, every):
        seen = 0

        def fail(execute: Callable[..., Any], *arguments: Any, at: int = number) -> Any:
            nonlocal seen
            seen += 1
            if seen == at:
                raise OperationalError("the disk is on fire")
            return execute(*arguments)

        with connection.execute_wrapper(fail):
            found = answer(round_, client, number)
        if seen < number:
            assert found.status_code == 200
            return refused
        refused += found.status_code != 200
    raise AssertionError("a counter that ends")


def answer(round_: "SecretRound", client: "Client", number: int) -> Any:
    """What a browser without script sends."""
    form = {f"answer-q{one}": "1" for one in range(1, 5)}
    sent = {"order": "q1 q2 q3 q4", "sealed": "", "text": f"{WORDS}{number}x", **form}
    return client.post(f"/p/{round_.round.code}/ballot/", sent)


def _client(round_: "SecretRound") -> "Client":
    from django.test import Client

    client = Client(REMOTE_ADDR=ADDRESS, HTTP_USER_AGENT=BROWSER, raise_request_exception=False)
    account = round_.cast.account("employee")
    client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    return client


def look(folder: Path) -> dict[str, list[str]]:
    """In which files the answer stands, and in which the address and the browser do."""
    from django.db import connection

    tells = {"answer": WORDS, "address": ADDRESS, "browser": BROWSER}
    texts = {str(path.relative_to(folder)): _text_of(path) for path in _files(folder)}
    if connection.vendor == "postgresql":
        texts["dump"] = house.PostgreSQL().image()
    return {
        what: sorted(name for name, data in texts.items() if word.encode() in data)
        for what, word in tells.items()
    }


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in folder.rglob("*") if path.is_file() and "static" not in path.parts)


def _text_of(path: Path) -> bytes:
    """What stands in a file; an archive of `pg_dump` is compressed and is unpacked first."""
    data = path.read_bytes()
    if not data.startswith(b"PGDMP"):
        return data
    from samspil.kit.backup import _program

    command = [_program("pg_restore"), "--data-only", "--file=-", str(path)]
    return subprocess.run(command, capture_output=True, check=True).stdout


def rows_with_both(round_: "SecretRound") -> Iterator[str]:
    """Rows in which an answer stands beside anything that leads to the person."""
    from django.apps import apps

    from samspil.participation.models import Elector

    elector = Elector.objects.get(round=round_.round, person=round_.cast.people["employee"])
    person = round_.cast.people["employee"]
    leads = {elector.ref, person.ref, person.subject, NAME, ADDRESS, BROWSER}
    for model in apps.get_models():
        for row in model._base_manager.all().values():
            said = json.dumps(row, default=_readable)
            if WORDS in said and (
                any(one in said for one in leads) or {"elector_id", "person_id"} & set(row)
            ):
                yield model._meta.label


def _readable(value: Any) -> str:
    return bytes(value).decode(errors="replace") if isinstance(value, bytes | memoryview) else str(value)


def lines_with(folder: Path) -> list[str]:
    """Log lines that tell of the ballot's address, of the answer or of the person."""
    lines = (folder / LOG).read_text().splitlines()
    return [
        line for line in lines if any(one in line for one in (WORDS, NAME, ADDRESS, BROWSER, "/ballot/ "))
    ]


def _nowhere() -> Any:
    from io import StringIO

    return StringIO()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--every", type=int, default=1)
    wanted = parser.parse_args()
    house.set_up()
    print(json.dumps(walk(wanted.folder, wanted.every)))


if __name__ == "__main__":
    main()
