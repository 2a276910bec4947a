"""The worker: each job by one, each round by one, and what a dead worker left is done by another."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from threading import Event
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.core import mail as outbox
from django.core.management import call_command
from django.db import InterfaceError, OperationalError

from samspil.kit import house, jobs, mail
from samspil.kit.models import Heartbeat, Job, Mail
from samspil.kit.permission import Permissions
from samspil.kit.room import Room
from samspil.organisation import drafts, rounds, worker
from samspil.organisation.models import Draft, Organisation
from tests.cast import Cast

MINUTE = timedelta(minutes=1)


@pytest.fixture
def done() -> list[str]:
    return []


@pytest.fixture
def one_room(done: list[str]) -> Iterator[None]:
    """A house with one room that notes what it was asked to do."""

    def note(payload: Mapping[str, Any], _at: datetime) -> None:
        done.append(payload["name"])

    def tick(organisation: Organisation, at: datetime) -> None:
        done.append(f"{organisation.slug} {at:%H:%M}")

    rooms = house.rooms()
    house.furnish((Room("room", "", Permissions("room", {}), works={"note": note}, ticks=(tick,)),))
    yield
    house.furnish(rooms)


def jobs_waiting(number: int, at: datetime) -> None:
    for n in range(number):
        jobs.add("note", str(n), {"name": f"job {n}"}, at)


def test_two_workers_do_each_job_once(db: None, one_room: None, done: list[str], at: datetime) -> None:
    jobs_waiting(6, at)
    works = rounds.works()
    while jobs.run_next(works, at) | jobs.run_next(works, at):
        pass
    assert sorted(done) == [f"job {n}" for n in range(6)]


def test_a_killed_workers_job_is_done_by_another(
    db: None, one_room: None, done: list[str], at: datetime
) -> None:
    jobs_waiting(1, at)
    Job.objects.update(claimed_at=at, attempts=1)
    assert worker.once(lambda: at) == 0
    assert worker.once(lambda: at + jobs.CLAIM_LASTS + MINUTE) == 1
    assert [one for one in done if one.startswith("job")] == ["job 0"]


def test_a_round_is_done_once_a_minute_however_many_workers(
    cast: Cast, one_room: None, done: list[str], at: datetime
) -> None:
    for seconds in (0, 1, 30, 59):
        worker.once(lambda seconds=seconds: at + timedelta(seconds=seconds))
    worker.once(lambda: at + MINUTE)
    assert done == ["fjordby 09:00", "fjordby 09:01"]


def test_a_switched_off_room_is_left_alone(cast: Cast, one_room: None, done: list[str], at: datetime) -> None:
    Organisation.objects.update(rooms_off=["room"])
    worker.once(lambda: at)
    assert done == []


def test_a_tick_that_fails_keeps_no_other_back(cast: Cast, done: list[str], at: datetime) -> None:
    def broken(_organisation: Organisation, _at: datetime) -> None:
        raise ZeroDivisionError

    def fine(organisation: Organisation, _at: datetime) -> None:
        done.append(organisation.slug)

    rooms = house.rooms()
    house.furnish((Room("room", "", Permissions("room", {}), ticks=(broken, fine)),))
    rounds.round_of(at)
    house.furnish(rooms)
    assert done == ["fjordby"]


def test_a_mail_is_sent_and_its_words_are_dropped(db: None, at: datetime) -> None:
    for _twice in range(2):
        mail.write("key", "erik@fjordby.example", "Emne", "Kære Erik", at)
        worker.once(lambda: at)
    assert [letter.to for letter in outbox.outbox] == [["erik@fjordby.example"]]
    assert (Mail.objects.get().to, Mail.objects.get().body) == ("", "")


def test_a_mail_that_fails_is_tried_again(db: None, at: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_server(_letter: object) -> None:
        raise ConnectionRefusedError

    mail.write("key", "erik@fjordby.example", "Emne", "Kære Erik", at)
    with monkeypatch.context() as broken:
        broken.setattr("django.core.mail.EmailMessage.send", no_server)
        worker.once(lambda: at)
    assert outbox.outbox == []
    worker.once(lambda: at + MINUTE)
    assert len(outbox.outbox) == 1


def test_each_round_shows_that_the_worker_lives(db: None, at: datetime) -> None:
    worker.once(lambda: at)
    assert Heartbeat.objects.get(name="worker").at == at


def test_a_worker_that_is_asked_to_stop_finishes_its_job_and_takes_no_other(
    db: None, one_room: None, done: list[str], at: datetime
) -> None:
    stopped = Event()

    def note(payload: Mapping[str, Any], _at: datetime) -> None:
        stopped.set()
        done.append(payload["name"])

    house.furnish((Room("room", "", Permissions("room", {}), works={"note": note}),))
    jobs_waiting(2, at)
    worker.work_until(stopped, lambda: at, pause=0)
    assert done == ["job 0"]


@pytest.mark.parametrize("fault", [OperationalError, InterfaceError])
def test_a_worker_outlives_a_database_that_does_not_answer(
    fault: type[Exception], at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    rounds_begun, stopped = [], Event()

    def once(_now: object, _stopped: Event) -> None:
        rounds_begun.append(at)
        if len(rounds_begun) == 1:
            raise fault("the connection is closed")
        stopped.set()

    monkeypatch.setattr(worker, "once", once)
    monkeypatch.setattr(worker, "close_old_connections", lambda: None)
    worker.work_until(stopped, lambda: at, pause=0)
    assert len(rounds_begun) == 2


def test_once_does_what_is_due_and_ends(db: None) -> None:
    call_command("worker", once=True)
    assert Heartbeat.objects.filter(name="worker").exists()


def test_what_nobody_needs_goes(cast: Cast, at: datetime) -> None:
    mail.write("never sent", "erik@fjordby.example", "Emne", "Kære Erik", at - timedelta(days=31))
    mail.write("young", "erik@fjordby.example", "Emne", "Kære Erik", at - timedelta(days=29))
    Session.objects.create(session_key="old", expire_date=at - MINUTE)
    Session.objects.create(session_key="open", expire_date=at + MINUTE)
    rounds.tidy(at)
    assert list(Mail.objects.order_by("pk").values_list("body", flat=True)) == ["", "Kære Erik"]
    assert Session.objects.get().session_key == "open"


def test_an_empty_house_can_be_ready(db: None, at: datetime) -> None:
    worker.once(lambda: at)
    assert Heartbeat.objects.get(name="chain").fine


def test_old_drafts_go_with_the_round(cast: Cast, at: datetime) -> None:
    drafts.keep(cast.viewer("employee"), "/needs/new/", {"problem": "Ikke sendt"}, at - timedelta(days=31))
    rounds.round_of(at)
    assert not Draft.objects.exists()


def test_a_period_is_taken_once(db: None, at: datetime) -> None:
    asked = (0, 59, 60, 61, 3600, 3601)
    taken = [rounds.is_due("round", MINUTE, at + timedelta(seconds=seconds)) for seconds in asked]
    assert taken == [True, False, True, False, True, False]
