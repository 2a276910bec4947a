"""One number leads from the answer a person got to the log, the journal, and the mails that followed."""

import json
import logging
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.core.management import call_command
from django.test import Client

from samspil.initiative.models import Need
from samspil.kit.models import Job
from samspil.organisation import actions, journal, worker
from samspil.organisation.models import JournalWords
from samspil.web.logs import JsonLines
from tests.cast import Cast

SignIn = Callable[[str], Client]
NEED = {"problem": "Vagtplanen", "for_whom": "Nord", "if_nothing": "Vikarer"}


@pytest.fixture
def log(caplog: pytest.LogCaptureFixture) -> Callable[[], list[dict[str, str]]]:
    """What was written to the log so far, line by line."""
    written: list[str] = []
    caplog.handler.emit = lambda record: written.append(JsonLines().format(record))  # type: ignore[method-assign]
    for name in ("samspil.request", "samspil.jobs"):
        caplog.set_level(logging.INFO, logger=name)
    return lambda: [json.loads(line) for line in written]


def send(client: Client, cast: Cast) -> str:
    """Start an initiative on a need, of which its owner is told; the number of the request that did it."""
    client.post("/fjordby/needs/new/", NEED)
    form = {
        "needs": [Need.objects.latest("pk").ref],
        "affected": [f"unit:{cast.units['workplace'].ref}"],
        "owner": cast.people["owner"].ref,
        "decision_level": "local",
        "ai_involved": "unknown",
        "origin": "need",
    }
    answer = client.post("/fjordby/initiatives/new/", form)
    assert answer.status_code == 302
    return str(answer["X-Request-Id"])


def _told_and_mailed(at: datetime) -> None:
    """What is not urgent goes with the mail of the next morning."""
    for when in (at, at + timedelta(days=1)):
        worker.once(lambda when=when: when)  # type: ignore[misc]


def test_the_number_of_a_request_stands_beside_the_journal_and_not_in_the_chain(
    cast: Cast, sign_in: SignIn
) -> None:
    number = send(sign_in("lead"), cast)
    rows = list(journal.rows_of_request(number))
    assert [row.verb for row in rows] == ["initiative.started"]
    assert number not in str(list(journal.entries(cast.organisation)))
    JournalWords.objects.update(request="")
    assert journal.verify(cast.organisation) == []


def test_the_mails_that_follow_carry_the_number_into_the_workers_log(
    cast: Cast, sign_in: SignIn, at: datetime, log: Callable[[], list[dict[str, str]]]
) -> None:
    number = send(sign_in("lead"), cast)
    _told_and_mailed(at)
    assert set(Job.objects.values_list("kind", "request")) == {("send_mail", number)}
    request, job = [line["message"] for line in log() if line["request"] == number]
    assert request.startswith("POST /<slug:organisation>/initiatives/new/ 302")
    assert job == "job send_mail done, attempt 1"


def test_what_fails_in_a_job_is_logged_under_the_same_number(
    cast: Cast,
    sign_in: SignIn,
    at: datetime,
    log: Callable[[], list[dict[str, str]]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def no_server(_letter: object) -> None:
        raise ConnectionRefusedError

    monkeypatch.setattr("django.core.mail.EmailMessage.send", no_server)
    number = send(sign_in("lead"), cast)
    _told_and_mailed(at)
    assert [line["fault"] for line in log() if line["request"] == number and "fault" in line] == [
        "ConnectionRefusedError"
    ]


def test_what_nobody_asked_for_has_no_number(cast: Cast, at: datetime) -> None:
    actions.add_person(given_name="Nana", by=cast.viewer("administrator"), at=at)
    assert JournalWords.objects.get().request == ""


def test_the_number_goes_with_the_words_of_whoever_is_erased(
    cast: Cast, sign_in: SignIn, at: datetime
) -> None:
    number = send(sign_in("lead"), cast)
    actions.erase_person(person=cast.people["lead"], by=cast.viewer("administrator"), at=at)
    assert list(journal.rows_of_request(number)) == []
    assert journal.verify(cast.organisation) == []


def test_the_operator_finds_what_a_request_wrote_down(
    cast: Cast, sign_in: SignIn, capsys: pytest.CaptureFixture[str]
) -> None:
    number = send(sign_in("lead"), cast)
    call_command("journal", "request", number)
    said = capsys.readouterr().out
    assert "fjordby 2 initiative.started" in said
    assert "Vagtplanen" not in said
    call_command("journal", "request", number, "--json")
    assert [one["verb"] for one in json.loads(capsys.readouterr().out)] == ["initiative.started"]
    call_command("journal", "request", "0" * 16)
    assert "Nothing was written down" in capsys.readouterr().out
