"""One vote a person and statement, the last one; nothing after the end; nothing in a secret round."""

from datetime import date, datetime, timedelta

import pytest
from django.db import connection

from samspil.involvement.opinions import tallies, voting
from samspil.involvement.opinions.models import RoundStatement, RoutingTotal, Vote
from samspil.involvement.opinions.tests.conftest import AtTheDoor, Planned
from samspil.kit.refusal import Refused
from samspil.organisation.models import JournalRow
from samspil.organisation.viewer import Viewer
from samspil.participation import actions as rounds
from samspil.participation.entering import Entrance
from samspil.participation.models import Participant, Round

ON = date(2026, 2, 1)


def kept() -> list[tuple[int, int]]:
    return list(Vote.objects.order_by("statement__number").values_list("statement__number", "value"))


def vote(entrance: Entrance, number: int, value: int, **more: float) -> None:
    voting.cast_vote(entrance=entrance, number=number, value=value, on=ON, **more)


def test_a_later_answer_takes_the_place_of_the_first(opened: Planned, at_the_door: AtTheDoor) -> None:
    person = at_the_door(opened())
    vote(person, 1, 1)
    voting.cast_vote(entrance=person, number=1, value=-1, on=ON + timedelta(days=3))
    assert kept() == [(1, -1)]
    assert Vote.objects.get().day == ON + timedelta(days=3)


def test_sending_a_vote_again_leaves_one(opened: Planned, at_the_door: AtTheDoor) -> None:
    person = at_the_door(opened())
    for _time in range(3):
        vote(person, 2, 0)
    assert kept() == [(2, 0)]
    assert Participant.objects.count() == 1


def test_a_vote_that_is_taken_back_was_never_there(opened: Planned, at_the_door: AtTheDoor) -> None:
    person = at_the_door(opened())
    vote(person, 1, 1)
    vote(person, 2, -1)
    voting.take_back_vote(entrance=person, number=1)
    voting.take_back_vote(entrance=person, number=1)
    assert kept() == [(2, -1)]


def test_two_people_answer_for_themselves(opened: Planned, at_the_door: AtTheDoor) -> None:
    round_ = opened()
    vote(at_the_door(round_, "employee"), 1, 1)
    vote(at_the_door(round_, "steward"), 1, -1)
    voting.take_back_vote(entrance=at_the_door(round_, "steward"), number=1)
    assert kept() == [(1, 1)]


@pytest.mark.parametrize("number", [99, 1])
def test_what_is_not_asked_about_takes_no_vote(number: int, opened: Planned, at_the_door: AtTheDoor) -> None:
    round_ = opened()
    RoundStatement.objects.filter(number=1).update(state="rejected", rule="unclear")
    with pytest.raises(Refused, match="not asked about"):
        vote(at_the_door(round_), number, 1)
    assert kept() == []


def test_when_the_round_has_closed_nothing_is_taken_or_changed(
    opened: Planned, at_the_door: AtTheDoor, by: Viewer, at: datetime
) -> None:
    round_ = opened()
    came_before = at_the_door(round_)
    vote(came_before, 1, 1)
    rounds.close_round(round_=round_, by=by, at=at)
    for late in (
        lambda: vote(came_before, 1, -1),
        lambda: voting.take_back_vote(entrance=came_before, number=1),
    ):
        with pytest.raises(Refused, match="not open any more"):
            late()
    assert kept() == [(1, 1)]


def test_a_vote_on_its_way_when_the_round_closes_is_refused_and_not_kept(
    opened: Planned, at_the_door: AtTheDoor
) -> None:
    person = at_the_door(opened(level="named"))
    Round.objects.update(state=Round.State.CLOSED)
    with pytest.raises(Refused, match="not open any more"):
        vote(person, 1, 1)
    assert (kept(), Participant.objects.count()) == ([], 0)


def test_a_secret_round_holds_no_votes(opened: Planned, at_the_door: AtTheDoor) -> None:
    person = at_the_door(opened())
    person.round.level = Round.Level.SECRET
    with pytest.raises(Refused, match="sealed envelope"):
        vote(person, 1, 1)
    assert kept() == []


def test_no_vote_is_journalled(opened: Planned, at_the_door: AtTheDoor) -> None:
    person = at_the_door(opened())
    before = JournalRow.objects.count()
    vote(person, 1, 1)
    voting.take_back_vote(entrance=person, number=1)
    assert JournalRow.objects.count() == before


def test_a_vote_asks_the_database_little(
    opened: Planned, at_the_door: AtTheDoor, django_assert_max_num_queries: object
) -> None:
    person = at_the_door(opened())
    tallies.MOMENT = 60
    vote(person, 1, 1)
    most = 7 if connection.vendor == "postgresql" else 6  # with those that begin and end it
    with django_assert_max_num_queries(most):  # type: ignore[operator]
        vote(person, 2, 1)


def test_what_closing_leaves_are_sums_of_the_draws_and_votes_in_no_order_of_time(
    opened: Planned, at_the_door: AtTheDoor, by: Viewer, at: datetime
) -> None:
    round_ = opened()
    people = ["employee", "steward", "chair", "secretary", "lead", "owner", "auditor"]
    for who in people:
        vote(at_the_door(round_, who), 2, 1, drawn_with=0.5)
        vote(at_the_door(round_, who), 1, -1, drawn_with=0.25)
    rounds.close_round(round_=round_, by=by, at=at)
    assert not Vote.objects.filter(drawn_with__isnull=False).exists()
    totals = RoutingTotal.objects.order_by("statement__number")
    assert list(totals.values_list("drawn", "probability_sum", "inverse_sum")) == [
        (7, pytest.approx(1.75), pytest.approx(28)),
        (7, pytest.approx(3.5), pytest.approx(14)),
    ]
    lying = list(Vote.objects.order_by("pk").values_list("participant__key", "statement__number"))
    assert lying == sorted(lying)
    assert len(lying) == 14


def test_when_it_has_closed_no_row_says_in_which_order_people_came(
    opened: Planned, at_the_door: AtTheDoor, by: Viewer, at: datetime
) -> None:
    """Whoever knows when people signed in could else lay one order beside the other."""
    round_ = opened(by_link=True)
    for nth in range(12):
        vote(at_the_door(round_, f"browser {nth}"), nth % 2 + 1, nth % 3 - 1)
    said = set(Vote.objects.values_list("participant__key", "statement__number", "value"))
    came = list(Participant.objects.order_by("pk").values_list("key", flat=True))
    rounds.close_round(round_=round_, by=by, at=at)
    lying = list(Participant.objects.order_by("pk").values_list("key", flat=True))
    assert (lying, lying == came) == (sorted(came), False)
    assert set(Vote.objects.values_list("participant__key", "statement__number", "value")) == said
    by_participant = list(Vote.objects.order_by("participant").values_list("participant__key", flat=True))
    assert by_participant == sorted(by_participant)
