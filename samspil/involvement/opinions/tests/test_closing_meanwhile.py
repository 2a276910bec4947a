"""The round closes while people answer: what was acknowledged is kept, what comes later is refused."""

import threading
from datetime import date, datetime

import pytest
from django.db import connection, transaction

from samspil.involvement.opinions import voting
from samspil.involvement.opinions.models import Vote
from samspil.involvement.opinions.tests.conftest import AtTheDoor, Planned
from samspil.kit.refusal import Refused
from samspil.organisation.scope import scope
from samspil.organisation.viewer import Viewer
from samspil.participation import actions as rounds
from samspil.participation.entering import Entrance

pytestmark = [pytest.mark.both_databases, pytest.mark.django_db(transaction=True)]
VOTERS = 6


class Voter(threading.Thread):
    """Somebody who changes their mind until the round has closed; `said` is what was acknowledged last."""

    def __init__(self, entrance: Entrance, started: threading.Barrier) -> None:
        super().__init__()
        self.entrance, self.started = entrance, started
        self.said: dict[int, int] = {}
        self.fault: Exception | None = None

    def run(self) -> None:
        try:
            with scope(self.entrance.round.organisation):
                self._vote()
        except Refused:
            pass
        except Exception as fault:
            self.fault = fault
        finally:
            connection.close()

    def _vote(self) -> None:
        self.started.wait()
        for time in range(2000):
            number, value = time % 4 + 1, time % 3 - 1
            voting.cast_vote(entrance=self.entrance, number=number, value=value, on=date(2026, 2, 1))
            self.said[number] = value


def test_no_acknowledged_vote_is_lost_and_none_comes_after_the_close(
    opened: Planned, at_the_door: AtTheDoor, by: Viewer, at: datetime
) -> None:
    if connection.vendor == "sqlite":
        pytest.skip("there one writes at a time; the tests' database in memory has no threads")
    round_ = opened(by_link=True)
    started = threading.Barrier(VOTERS + 1)
    voters = [Voter(at_the_door(round_, f"browser {nth}"), started) for nth in range(VOTERS)]
    for voter in voters:
        voter.start()
    started.wait()
    threading.Event().wait(0.7)
    rounds.close_round(round_=round_, by=by, at=at)
    closed = _kept()
    for voter in voters:
        voter.join()
    assert [voter.fault for voter in voters if voter.fault] == []
    assert _kept() == closed
    assert closed == sorted((number, value) for voter in voters for number, value in voter.said.items())
    assert len(closed) >= VOTERS


def test_closing_waits_for_a_first_vote_that_is_on_its_way(
    opened: Planned, at_the_door: AtTheDoor, by: Viewer, at: datetime
) -> None:
    if connection.vendor == "sqlite":
        pytest.skip("there one writes at a time; the tests' database in memory has no threads")
    round_ = opened(by_link=True)
    voter = at_the_door(round_, "browser")
    voting.cast_vote(entrance=voter, number=1, value=1, on=date(2026, 2, 1))
    looked, faults = threading.Event(), list[Exception]()

    def vote_slowly() -> None:
        try:
            with scope(round_.organisation), transaction.atomic():
                voting.cast_vote(entrance=voter, number=2, value=1, on=date(2026, 2, 1), drawn_with=0.5)
                looked.set()
                threading.Event().wait(1.5)
        except Exception as fault:
            faults.append(fault)
        finally:
            looked.set()
            connection.close()

    slow = threading.Thread(target=vote_slowly)
    slow.start()
    looked.wait()
    rounds.close_round(round_=round_, by=by, at=at)
    slow.join()
    assert (faults, _kept()) == ([], [(1, 1), (2, 1)])
    assert not Vote.objects.filter(drawn_with__isnull=False).exists()


def _kept() -> list[tuple[int, int]]:
    return sorted(Vote.objects.values_list("statement__number", "value"))
