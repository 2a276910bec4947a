"""Answering what a gate asks for: by hand, by a room, and two people at once."""

from collections.abc import Callable
from datetime import datetime

import pytest

from samspil.initiative import actions, things
from samspil.initiative.models import Evidence, Initiative
from samspil.kit.refusal import ChangedMeanwhile, NotAllowed, Refused
from samspil.organisation.scope import scope
from tests.cast import Cast


def answer(cast: Cast, initiative: Initiative, at: datetime, who: str = "lead", **facts: object) -> Evidence:
    usual = {"gate": "go", "demand": "analogue_channel", "status": "met", "because": "Papir.", "version": 1}
    return actions.answer_demand(initiative=initiative, by=cast.viewer(who), at=at, **(usual | facts))  # type: ignore[arg-type]


def address(initiative: Initiative, demand: str = "analogue_channel") -> str:
    return f"initiatives/{initiative.ref}/asks/go/{demand}/"


def test_an_answer_stands_on_the_board_with_who_gave_it(
    cast: Cast, initiative: Initiative, at: datetime
) -> None:
    row = answer(cast, initiative, at, because="Telefon alle hverdage.")
    assert (row.status, row.because, row.answered_by) == (
        "met",
        "Telefon alle hverdage.",
        cast.people["lead"],
    )


def test_met_asks_what_it_rests_on(cast: Cast, initiative: Initiative, at: datetime) -> None:
    with pytest.raises(Refused) as refusal:
        answer(cast, initiative, at, because="  ")
    assert refusal.value.field == "because"


def test_unknown_needs_no_reason(cast: Cast, initiative: Initiative, at: datetime) -> None:
    assert answer(cast, initiative, at, status="unknown", because="").status == "unknown"


def test_the_second_of_two_sees_both_texts_and_nothing_is_overwritten(
    cast: Cast, initiative: Initiative, at: datetime
) -> None:
    answer(cast, initiative, at, because="Papir i receptionen.")
    with pytest.raises(ChangedMeanwhile) as meanwhile:
        answer(cast, initiative, at, who="owner", because="Telefon.")
    assert (meanwhile.value.theirs, meanwhile.value.yours) == ("Papir i receptionen.", "Telefon.")
    assert Evidence.objects.get(demand="analogue_channel").because == "Papir i receptionen."


def test_on_the_page_the_second_one_decides_with_both_texts_in_view(
    outside_scope: Cast, initiative: Initiative, send: Callable[..., str]
) -> None:
    mine = {"status": "met", "because": "Telefon.", "version": 1}
    send("lead", address(initiative), **(mine | {"because": "Papir i receptionen."}))
    read = send("owner", address(initiative), 409, **mine)
    assert "Papir i receptionen." in read
    assert "Telefon." in read
    assert 'name="version" value="2"' in read
    send("owner", address(initiative), **(mine | {"version": 2}))
    with scope(outside_scope.organisation):
        assert Evidence.objects.get(demand="analogue_channel").because == "Telefon."


def test_what_a_room_works_out_is_not_answered_over_its_head(
    cast: Cast, initiative: Initiative, at: datetime
) -> None:
    with pytest.raises(Refused) as refusal:
        answer(cast, initiative, at, demand="ai_duty")
    assert refusal.value.field == "status"


def test_it_may_be_set_aside_with_a_reason_but_not_turned_into_met_afterwards(
    cast: Cast, initiative: Initiative, at: datetime
) -> None:
    row = answer(cast, initiative, at, demand="ai_duty", status="not_relevant", because="Kun et opslag.")
    with pytest.raises(Refused):
        answer(cast, initiative, at, demand="ai_duty", version=row.version)


def test_it_is_given_back_to_the_room_by_answering_unknown(
    cast: Cast, initiative: Initiative, at: datetime
) -> None:
    aside = answer(cast, initiative, at, demand="ai_duty", status="not_relevant", because="Kun et opslag.")
    answer(cast, initiative, at, demand="ai_duty", status="unknown", because="", version=aside.version)
    row = Evidence.objects.get(demand="ai_duty")
    assert (row.by_hand, row.because_key) == (False, "ai_unknown")


def test_a_manager_of_those_affected_answers_and_a_stranger_to_it_does_not(
    cast: Cast, initiative: Initiative, at: datetime
) -> None:
    assert answer(cast, initiative, at, who="management_member").status == "met"
    with pytest.raises(NotAllowed):
        answer(cast, initiative, at, who="employee")


def test_the_short_form_on_the_initiative_page_keeps_the_source(
    outside_scope: Cast, initiative: Initiative, at: datetime, send: Callable[..., str]
) -> None:
    with scope(outside_scope.organisation):
        answer(outside_scope, initiative, at, source=initiative.needs.get().ref)
    send("lead", address(initiative), status="met", because="Papir og telefon.", version=2)
    with scope(outside_scope.organisation):
        row = Evidence.objects.get(demand="analogue_channel")
        assert row.because == "Papir og telefon."
        assert row.source == initiative.needs.get().thing


def test_what_hangs_on_the_initiative_can_be_named_as_source(cast: Cast, initiative: Initiative) -> None:
    cards = things.cards_near(initiative.thing, cast.viewer("lead"))
    assert [card.kind for card in cards] == ["need"]


def test_an_address_that_asks_for_nothing_is_not_there(
    initiative: Initiative, look: Callable[..., str]
) -> None:
    look("lead", address(initiative, "happiness"), 404)
