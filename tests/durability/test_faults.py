"""The database fails at any statement of a write: nothing is saved by half, and what was typed is kept."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from html import unescape
from itertools import count
from typing import Any

import pytest
from django.db import OperationalError, ProgrammingError, connection
from django.test import Client
from django.utils.html import escape

from samspil.initiative import actions
from samspil.initiative.models import GateDecision, Initiative, Need
from samspil.kit import clock
from samspil.organisation import journal
from samspil.organisation.content import load_house
from samspil.organisation.models import JournalRow
from samspil.organisation.scope import scope
from tests.cast import AT, Cast, gather
from tests.permissions.fingerprint import changed, fingerprint

pytestmark = pytest.mark.django_db(transaction=True)
Execute = Callable[..., Any]
Deed = tuple[str, str, dict[str, str]]
NEED = {
    "problem": "Vagtplanen passer ikke",
    "for_whom": "Hjemmeplejen om natten",
    "if_nothing": "Så kommer der flere vikarer.\n" * 60,
}
REASON = "Behovet er klart, og “ventetiden” er <målt>."


class Fault:
    """Fails at one statement of a request."""

    def __init__(self, at: int, fail: Callable[[], object]) -> None:
        self.at, self.fail, self.seen = at, fail, 0

    def __call__(self, execute: Execute, sql: str, parameters: Any, many: bool, context: Any) -> Any:
        self.seen += 1
        if self.seen == self.at:
            self.fail()
        return execute(sql, parameters, many, context)


def _locked() -> None:
    raise OperationalError("database is locked")


def _drop_the_connection() -> None:
    """As when the server goes; a database in memory would be gone with its last connection."""
    if connection.vendor == "postgresql":
        connection.connection.close()
    else:
        raise OperationalError("server closed the connection unexpectedly")


def _fill_the_disk() -> None:
    """No page more than there is; in PostgreSQL nobody but the disk can say so."""
    if connection.vendor == "postgresql":
        raise OperationalError("could not extend file: No space left on device")
    raw = connection.connection
    raw.execute(f"PRAGMA max_page_count = {raw.execute('PRAGMA page_count').fetchone()[0]}")


def _make_room_again() -> None:
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        connection.connection.execute("PRAGMA max_page_count = 1073741823")


FAULTS = {"locked": _locked, "dropped": _drop_the_connection, "full": _fill_the_disk}


@contextmanager
def _failing(at: int, kind: str) -> Iterator[Fault]:
    fault = Fault(at, FAULTS[kind])
    try:
        with connection.execute_wrapper(fault):
            yield fault
    finally:
        connection.close_if_unusable_or_obsolete()  # what the server does after every request
        _make_room_again()


@pytest.fixture
def house(db: None) -> Cast:
    load_house(AT)
    cast = gather()
    clock.move_to(AT)
    return cast


def _signed_in(cast: Cast, who: str) -> Client:
    client = Client()
    client.force_login(cast.account(who), backend="django.contrib.auth.backends.ModelBackend")
    return client


def _need(cast: Cast) -> Deed:
    return "employee", "/fjordby/needs/new/", NEED


def _gate(cast: Cast) -> Deed:
    initiative = _initiative(cast)
    facts = {"outcome": "stop", "decided_on": "2026-02-01", "reason": REASON, "seen": _seen(cast, initiative)}
    return "owner", f"/fjordby/initiatives/{initiative.ref}/gate/", facts


def _initiative(cast: Cast) -> Initiative:
    with scope(cast.organisation):
        by = {"by": cast.viewer("lead"), "at": AT}
        need = actions.raise_need(**NEED, **by)
        units, owner = [cast.units["workplace"]], cast.people["owner"]
        return actions.start_initiative(needs=[need], units=units, owner=owner, **by)


def _seen(cast: Cast, initiative: Initiative) -> str:
    page = _signed_in(cast, "owner").get(f"/fjordby/initiatives/{initiative.ref}/gate/")
    return str(page.context["form"]["seen"].value())


def _assert_kept(typed: dict[str, str], page: str) -> None:
    for text in typed.values():
        assert escape(text) in page


def _assert_whole(cast: Cast) -> None:
    """Every need and every decision stands in the journal, and nothing else does."""
    with scope(cast.organisation):
        told = Counter(JournalRow.objects.values_list("verb", flat=True))
        assert told["initiative.need_raised"] == Need.objects.count()
        assert told["initiative.gate_decided"] == GateDecision.objects.count()
        assert journal.verify(cast.organisation) == []


def _fail_everywhere(house: Cast, deed: Callable[[Cast], Deed], kind: str, every: int) -> tuple[int, int]:
    """Let the deed fail at one statement after the other; tells how often it was refused and how often borne.

    Only the clock of the tests, the two statements that let go of a draft once all is saved, and a disk with
    a little room left let the request bear a fault.
    """
    who, path, typed = deed(house)
    client, before, refused, borne = _signed_in(house, who), fingerprint(), 0, 0
    for at in count(1, every):
        with _failing(at, kind) as fault:
            answer = client.post(path, typed)
        if fault.seen < at:
            assert answer.status_code == 302
            return refused, borne
        if answer.status_code == 302:
            borne += 1
            _assert_whole(house)
            who, path, typed = deed(house)
            before = fingerprint()
        else:
            refused += 1
            assert answer.status_code == 503
            assert changed(before, fingerprint()) == []
            _assert_kept(typed, answer.content.decode())
    raise AssertionError("a counter that ends")


@pytest.mark.both_databases
@pytest.mark.parametrize("kind", FAULTS)
@pytest.mark.parametrize(("deed", "every"), [(_need, 1), (_gate, 19)])
def test_whichever_statement_fails_all_of_it_is_saved_or_nothing(
    deed: Callable[[Cast], Deed], every: int, kind: str, house: Cast
) -> None:
    refused, borne = _fail_everywhere(house, deed, kind, every)
    _assert_whole(house)
    assert refused > 2 or kind == "full"
    assert borne <= 3 or kind == "full"


@pytest.mark.prove
@pytest.mark.both_databases
@pytest.mark.parametrize("kind", FAULTS)
def test_whichever_statement_of_a_decision_fails_it_is_saved_or_nothing(kind: str, house: Cast) -> None:
    refused, borne = _fail_everywhere(house, _gate, kind, every=1)
    print(f"{kind}: refused at {refused} statements, borne at {borne}")
    _assert_whole(house)
    assert refused > (10 if kind == "full" else 60)


@pytest.mark.both_databases
@pytest.mark.parametrize("deed", [_need, _gate])
def test_what_cannot_be_saved_in_the_end_is_not_there_at_all(
    deed: Callable[[Cast], Deed], house: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    who, path, typed = deed(house)
    client, before = _signed_in(house, who), fingerprint()
    with monkeypatch.context() as patch:
        patch.setattr(connection, "_commit", _locked)
        answer = client.post(path, typed)
    assert answer.status_code == 503
    assert changed(before, fingerprint()) == []
    assert client.post(path, typed).status_code == 302
    _assert_whole(house)


def _sent_from(page: str) -> tuple[str, dict[str, str]]:
    """Where the form of a page leads, and what it sends."""
    form = page.split('<form class="form"', 1)[1].split("</form>", 1)[0]
    inputs = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)"', form)
    action = re.search(r'action="([^"]*)"', form)
    assert action
    return unescape(action[1]), {name: unescape(value) for name, value in inputs}


def test_one_press_sends_everything_once_more(house: Cast) -> None:
    client = _signed_in(house, "employee")
    with _failing(12, "locked"):
        answer = client.post("/fjordby/needs/new/?because=", NEED)
    assert answer["Retry-After"]
    assert "no-store" in answer["Cache-Control"]
    address, typed = _sent_from(answer.content.decode())
    assert client.post(address, typed).status_code == 302
    with scope(house.organisation):
        assert {name: getattr(Need.objects.get(), name) for name in NEED} == {
            name: text.strip() for name, text in NEED.items()
        }


def test_a_page_that_cannot_be_read_asks_to_be_opened_again(house: Cast) -> None:
    client = _signed_in(house, "employee")
    with _failing(5, "locked"):
        answer = client.get("/fjordby/needs/?words=vagt")
    assert answer.status_code == 503
    assert 'href="/fjordby/needs/?words=vagt"' in answer.content.decode()


def test_a_password_is_never_shown_again(house: Cast) -> None:
    secret = {"login": "employee@fjordby", "password": "a very secret password"}
    for at in (2, 4):
        with _failing(at, "locked"):
            answer = Client().post("/sign-in/login/", secret)
        assert answer.status_code in (200, 503)
        assert secret["password"] not in answer.content.decode()


def test_a_fault_of_our_own_is_not_said_to_pass(house: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    def mistaken() -> None:
        raise ProgrammingError("no such column")

    monkeypatch.setitem(FAULTS, "mistaken", mistaken)
    client = _signed_in(house, "employee")
    client.raise_request_exception = False
    with _failing(5, "mistaken"):
        assert client.get("/fjordby/needs/").status_code == 500
