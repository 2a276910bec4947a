"""The ledger: what was promised at the gate stays beside what is promised now."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from samspil.benefits import queries
from samspil.benefits.ledger.actions import set_target
from samspil.benefits.tests.conftest import Play
from samspil.kit.refusal import Refused

pytestmark = pytest.mark.django_db


def test_before_the_gate_a_target_is_a_draft(play: Play) -> None:
    found = play.register()
    play.target(found, "4")
    play.target(found, "5")
    one = play.followed(found)
    assert one.first_target is None
    assert [row.likely for row in one.targets] == [4, 5]


def test_after_the_gate_both_stand_with_who_when_and_why(play: Play) -> None:
    found = play.ready()
    play.go_until("implementation")
    with pytest.raises(Refused, match="Write why it changes") as refusal:
        play.target(found, "6", cautious=Decimal(7), optimistic=Decimal(5))
    assert refusal.value.field == "because"
    play.later(30)
    play.target(found, "6", cautious=Decimal(7), optimistic=Decimal(5), because="Færre har fået appen")
    one = play.followed(found)
    assert (one.first_target.likely, one.target.likely, one.moved) == (4, 6, True)
    assert one.target.because == "Færre har fået appen"
    assert one.target.set_by == play.cast.people["lead"]
    assert one.target.set_at == play.at


def test_what_came_is_held_against_both(play: Play) -> None:
    found = play.ready()
    play.go_until("follow_up")
    play.target(found, "7", cautious=None, optimistic=None, meaning="", because="Lavere mål")
    play.until(date(2026, 9, 1))
    play.measure(found, "6.5")
    one = play.followed(found)
    assert one.standing.status == "realised"
    assert one.first_standing.status == "not_realised"
    assert one.first_standing.share == Decimal("58.3333")
    assert queries.counts([one])["not_realised"] == 1, "a lowered target makes no success"


def test_a_promise_made_after_the_gate_is_the_first_one(play: Play) -> None:
    play.go_until("implementation")
    found = play.register()
    play.target(found, "4")
    play.target(found, "5", because="For stramt")
    assert play.followed(found).first_target.likely == 4


def test_a_new_starting_point_says_why_after_the_gate(play: Play) -> None:
    found = play.ready()
    play.go_until("implementation")
    with pytest.raises(Refused, match="Write why"):
        play.baseline(found, "12")
    play.baseline(found, "12", because="Nætterne manglede")
    one = play.followed(found)
    assert (one.first_baseline.value, one.baseline.value) == (10, 12)


def test_the_forecast_is_kept_with_the_target(play: Play) -> None:
    found = play.register()
    play.target(found)
    row = play.followed(found).target
    assert (row.p10, row.p90) == (3, 6)


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"cautious": Decimal(6), "optimistic": None}, "optimistic"),
        ({"cautious": Decimal(6), "optimistic": Decimal(5)}, "likely"),
        ({"meaning": ""}, "meaning"),
        ({"meaning": "anything"}, "meaning"),
    ],
)
def test_a_range_that_says_nothing_is_refused(play: Play, facts: dict[str, object], field: str) -> None:
    with pytest.raises(Refused) as refusal:
        play.target(play.register(), **facts)
    assert refusal.value.field == field


@pytest.mark.parametrize("value", ["NaN", "Infinity", "1e400"])
def test_what_is_no_number_is_refused(play: Play, value: str) -> None:
    with pytest.raises(Refused, match="Write a number"):
        set_target(benefit=play.register(), likely=Decimal(value), target_day=play.today, **play.by())


def test_a_starting_point_is_measured_not_foreseen(play: Play) -> None:
    found = play.register()
    with pytest.raises(Refused, match="has not come yet"):
        play.baseline(found, measured_on=play.today + timedelta(days=1))
    with pytest.raises(Refused, match="how it was measured"):
        play.baseline(found, method=" ")


def test_a_starting_point_moved_after_the_gate_does_not_move_the_promise(play: Play) -> None:
    found = play.ready()
    play.go_until("implementation")
    play.until(date(2026, 9, 1))
    play.measure(found, "8")
    play.baseline(found, "40", because="Talt om")
    one = play.followed(found)
    assert (one.standing.share, one.first_standing.share) == (Decimal("88.8889"), Decimal("33.3333"))
    assert one.judged.share == Decimal("33.3333")


def test_a_starting_point_from_after_go_live_says_why(play: Play) -> None:
    found = play.register()
    play.target(found)
    play.go_until("follow_up")
    play.later(10)
    with pytest.raises(Refused, match="after that asks for a reason") as refusal:
        play.baseline(found)
    assert refusal.value.field == "because"
    play.baseline(found, measured_on=play.today - timedelta(days=60))
    play.baseline(found, because="Ingen målte før")
    assert play.followed(found).baseline.because == "Ingen målte før"


def test_more_people_than_there_are_is_a_sentence(play: Play) -> None:
    with pytest.raises(Refused, match="at most nine digits") as refusal:
        play.baseline(play.register(), n=10**30)
    assert refusal.value.field == "n"
