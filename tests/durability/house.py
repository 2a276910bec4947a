"""The real house as the harnesses see it: pages and worker, needs raised and questions answered over HTTP.

    python -m tests.durability.house DESKS

prepares the empty database in `DATABASE_URL`: Fjordby with its cast and content, and so many desks. At a desk sits
a committee member, signed in, with a question of an item put before them. They write on their answer, which is
everything they have said so far, a line for each key; every fourth time they raise a need instead.
"""

import argparse
import json
import os
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException, HTTPResponse
from pathlib import Path
from subprocess import PIPE, run
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import urlencode

import django
from django.db import connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from tests.durability.product import ROOT, Found, environment, python

MODULE = "tests.durability.house"
SLUG = "fjordby"
MEMBERS = ("chair", "vice_chair")  # one of each side, so that two desks share an item
TOKEN = "t" * 32
LONGEST = 3900
PATIENCE = 60


@dataclass
class Desk:
    """Where one member sits: their session, their item and question, and what they know of their answer."""

    session: str
    item: str
    question: str
    said: list[str] = field(default_factory=list)
    version: int | None = 0  # None: a request went unanswered, so they look first


class House:
    """`samspil.web.wsgi` under granian beside `samspil worker`, as `samspil serve` runs them.

    On PostgreSQL so many web processes; on SQLite one.
    """

    def __init__(self, desks: int = 200, web: int = 2) -> None:
        self._number, self._web = desks, web
        self._desks: list[Desk] = []
        self._var = TemporaryDirectory(prefix="samspil-house-")
        _set_up(self._var.name)

    def prepare(self, database: str) -> None:
        command = python("-m", MODULE, str(self._number))
        told = run(command, env=environment(database) | self._mode, check=True, stdout=PIPE).stdout
        self._desks = [Desk(**entry) for entry in json.loads(told)]

    def commands(self, database: str, port: int, notes: Path) -> Sequence[Sequence[str]]:
        from samspil.web.management.commands import serve

        workers = 1 if database.startswith("sqlite") else self._web
        both = [serve.web_command("127.0.0.1", port, workers), serve.worker_command()]
        return [["env", *(f"{name}={value}" for name, value in self._mode.items()), *one] for one in both]

    @property
    def _mode(self) -> dict[str, str]:
        return {"SAMSPIL_MODE": "test", "SAMSPIL_VAR": self._var.name}

    def ready(self, port: int) -> bool:
        return _asked(port, "GET", "/healthz")[0] == 200

    def write(self, port: int, key: str) -> bool:
        """Raise a need or answer a question; True only when the redirect to what was saved came back."""
        _round, place, number = key.rsplit("-", 2)
        desk = self._desks[int(place) % len(self._desks)]
        lines = "\n".join([*desk.said, key])
        if (int(place) + int(number)) % 4 == 0 or len(lines) > LONGEST:
            return _raise_need(port, desk, key)
        return _answer_question(port, desk, key, lines)

    @property
    def answers(self) -> int:
        """How many answers were acknowledged; the rest were needs."""
        return sum(len(desk.said) for desk in self._desks)

    def read(self, connection: BaseDatabaseWrapper) -> Found:
        """Needs and answers as the room's own models find them, held against the journal."""
        with _as_default(connection), transaction.atomic():
            if connection.vendor == "postgresql":
                with connection.cursor() as cursor:
                    cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            return self.look(connection)

    def look(self, connection: BaseDatabaseWrapper) -> Found:
        """The same inside a transaction that is open already."""
        with _as_default(connection):
            return _look()


# --- over HTTP ----------------------------------------------------------------------------------------------


def _raise_need(port: int, desk: Desk, key: str) -> bool:
    typed = {"problem": key, "for_whom": "Hjemmeplejen", "if_nothing": f"{key} bliver ved."}
    status, place, _page = _asked(port, "POST", f"/{SLUG}/needs/new/", desk, typed)
    return status == 302 and place.startswith(f"/{SLUG}/needs/")


def _answer_question(port: int, desk: Desk, key: str, lines: str) -> bool:
    """Write down everything said so far. Whoever does not know whether they were heard looks first."""
    if desk.version is None:
        desk.version = _version_at(port, desk)
    if desk.version is None:
        return False
    typed = {f"text_{desk.question}": lines, f"version_{desk.question}": str(desk.version)}
    known, desk.version = desk.version, None
    status, place, _page = _asked(port, "POST", f"/{SLUG}/items/{desk.item}/answers/", desk, typed)
    if status != 302 or place != f"/{SLUG}/items/{desk.item}/":
        return False
    desk.said.append(key)
    desk.version = known + 1
    return True


def _version_at(port: int, desk: Desk) -> int | None:
    """The version that the form on the page of the item carries now."""
    _status, _place, page = _asked(port, "GET", f"/{SLUG}/items/{desk.item}/", desk)
    hidden = re.search(rf'name="version_{desk.question}" value="(\d+)"', page)
    return int(hidden[1]) if hidden else None


def _asked(
    port: int, method: str, path: str, desk: Desk | None = None, typed: Mapping[str, str] | None = None
) -> tuple[int, str, str]:
    """Status, where it leads, and the page; 0 when there was no answer."""
    line = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    cookies = f"sessionid={desk.session}; csrftoken={TOKEN}" if desk else ""
    headers = {"Cookie": cookies, "Content-Type": "application/x-www-form-urlencoded"}
    body = urlencode({**typed, "csrfmiddlewaretoken": TOKEN}) if typed else None
    try:
        line.request(method, path, body, headers)
        return _read(line.getresponse())
    except (OSError, HTTPException):
        return 0, "", ""
    finally:
        line.close()


def _read(answer: HTTPResponse) -> tuple[int, str, str]:
    return answer.status, answer.getheader("Location") or "", answer.read().decode()


# --- in the database ----------------------------------------------------------------------------------------


def _set_up(var: str) -> None:
    """Let this process know the house's models, unless it does already."""
    import samspil  # noqa: F401 - the newest SQLite, before Django looks for one

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samspil.web.settings")
    os.environ.setdefault("SAMSPIL_MODE", "test")
    os.environ.setdefault("SAMSPIL_VAR", var)
    django.setup()


@contextmanager
def _as_default(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """Let the models of this thread live in another database for a while."""
    usual = connections["default"]
    connections["default"] = connection
    try:
        yield
    finally:
        connections["default"] = usual


def _look() -> Found:
    from samspil.organisation import journal
    from samspil.organisation.models import Organisation
    from samspil.organisation.scope import scope

    organisation = Organisation.objects.get(slug=SLUG)
    with scope(organisation):
        faults = journal.verify(organisation)
        keys = frozenset(_keys_of_needs() | _keys_of_answers())
        halves = frozenset(_half_needs() | _half_answers() | _half_searched(organisation))
    return Found(keys, halves, "; ".join(fault.sentence for fault in faults))


def _keys_of_needs() -> set[str]:
    from samspil.initiative.models import Need

    return set(Need.objects.values_list("problem", flat=True))


def _keys_of_answers() -> set[str]:
    from samspil.dialogue.models import PreparatoryAnswer

    return {key for text in PreparatoryAnswer.objects.values_list("text", flat=True) for key in text.split()}


def _half_needs() -> set[str]:
    """Needs, their things and their rows in the journal that do not all stand together."""
    from samspil.initiative.models import Need, Thing
    from samspil.organisation.models import JournalRow

    told = JournalRow.objects.filter(verb="initiative.need_raised").values_list("thing", flat=True)
    needs = set(Need.objects.values_list("thing__ref", flat=True))
    things = set(Thing.objects.filter(kind="need").values_list("ref", flat=True))
    return (needs ^ set(told)) | (needs ^ things)


def _half_answers() -> set[str]:
    """Answers whose version is not the number of rows about them, or whose text is not the newest row's."""
    from samspil.core.journal import commitment
    from samspil.dialogue.models import PreparatoryAnswer

    written, newest = _rows_about_answers()
    found = set()
    for answer in PreparatoryAnswer.objects.select_related("question"):
        place = (answer.question.ref, answer.side)
        sealed = commitment(bytes.fromhex(answer.salt), answer.text)
        if (written.pop(place, 0), newest.get(place)) != (answer.version, sealed):
            found.add(f"{place} version {answer.version}")
    return found | {f"{place} is only in the journal" for place in written}


def _rows_about_answers() -> tuple[Counter[tuple[str, str]], dict[tuple[str, str], str]]:
    from samspil.organisation.models import JournalWords

    rows = JournalWords.objects.filter(row__verb="dialogue.question_answered").order_by("row__sequence")
    written: Counter[tuple[str, str]] = Counter()
    newest = {}
    for facts in rows.values_list("facts", flat=True):
        place = (facts.get("question", ""), facts.get("side", ""))
        written[place] += 1
        newest[place] = facts.get("commitment", "")
    return written, newest


def _half_searched(organisation: Any) -> set[str]:
    """Needs that the worker says it has read, but that cannot be found by searching."""
    from samspil.initiative.models import Cursor, SearchText
    from samspil.organisation.models import JournalRow

    cursor = Cursor.objects.filter(organisation=organisation, consumer="search").first()
    rows = JournalRow.objects.filter(sequence__lte=cursor.sequence if cursor else 0)
    read = rows.filter(verb="initiative.need_raised").values_list("thing", flat=True)
    return set(read) - set(SearchText.objects.values_list("thing__ref", flat=True))


# --- before the first write ---------------------------------------------------------------------------------


def furnish(desks: int) -> list[dict[str, str]]:
    """Tables, content, cast, and the desks."""
    from django.core.management import call_command

    from samspil.organisation.content import load_house
    from samspil.organisation.scope import scope
    from tests.cast import AT, gather

    call_command("migrate", verbosity=0, skip_checks=True)
    load_house(AT)
    cast = gather(SLUG, "MED")
    with scope(cast.organisation), transaction.atomic():
        return list(_desks(cast, desks))


def _desks(cast: Any, number: int) -> Iterator[dict[str, str]]:
    initiative = _initiative(cast)
    for first in range(0, number, len(MEMBERS)):
        item, question = _asked_item(cast, initiative)
        for who in MEMBERS[: number - first]:
            yield {"session": _signed_in(cast.account(who)), "item": item, "question": question}


def _asked_item(cast: Any, initiative: Any) -> tuple[str, str]:
    """An item with one question."""
    from samspil.dialogue import actions
    from samspil.dialogue.models import ItemQuestion

    item = actions.request_item(initiative=initiative, by=cast.viewer("lead"), at=cast.at)
    question, *others = ItemQuestion.objects.filter(item=item)
    ItemQuestion.objects.filter(pk__in=[one.pk for one in others]).delete()
    return item.ref, question.ref


def _initiative(cast: Any) -> Any:
    from samspil.initiative import actions as hall

    by = {"by": cast.viewer("lead"), "at": cast.at}
    need = hall.raise_need(problem="before-the-first-write", for_whom="Alle", if_nothing="Intet", **by)
    place = {"units": [cast.units["workplace"]], "owner": cast.people["owner"]}
    return hall.start_initiative(needs=[need], **place, **by)


def _signed_in(account: Any) -> str:
    """A session as signing in leaves it."""
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    session = SessionStore()
    session[SESSION_KEY] = str(account.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = account.get_session_auth_hash()
    session.create()
    return str(session.session_key)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("desks", type=int)
    wanted = parser.parse_args()
    _set_up(str(ROOT / "var"))
    print(json.dumps(furnish(wanted.desks)))


if __name__ == "__main__":
    main()
