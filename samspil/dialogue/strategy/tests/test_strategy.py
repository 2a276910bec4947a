"""The strategy is discussed outside any initiative, what was said is answered, and a year later asked again."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client

from samspil.dialogue import actions as room
from samspil.dialogue.keeping import NewOutcome
from samspil.dialogue.models import Item
from samspil.dialogue.strategy import actions, boards, pages, queries
from samspil.dialogue.strategy.models import (
    Strategy,
    StrategyDiscussion,
    StrategyRound,
    StrategyVersion,
)
from samspil.dialogue.tests.conftest import Play, noon
from samspil.initiative.models import Link
from samspil.kit.refusal import ChangedMeanwhile, NotAllowed, Refused
from samspil.organisation.scope import scope
from tests.cast import Cast

MEETING = date(2026, 3, 10)
ITEM = ("thing", "regime", "organisation", "committee", "meeting")


def start(play: Play, who: str = "director", **facts: Any) -> Strategy:
    usual: dict[str, Any] = {
        "title": "Digital strategi 2026–2029",
        "since": date(2026, 1, 1),
        "until": date(2029, 12, 31),
        "goals": "Mindre dobbeltarbejde.",
    }
    return anew(actions.start_strategy(**(usual | facts), **play.by(who)))


def anew(found: Strategy) -> Strategy:
    again = queries.strategy(found.ref)
    assert again is not None
    return again


def put_before(play: Play, found: Strategy, *levels: str, on: date | None = None) -> StrategyRound:
    committees = [play.cast.committees[level] for level in levels or ("main",)]
    return actions.open_strategy_round(strategy=found, committees=committees, **play.by("director", on))


def discussed(play: Play, opened: StrategyRound, on: date = MEETING) -> StrategyDiscussion:
    """The first committee of a round treats it at its meeting."""
    first = opened.discussions.get()
    item = Item.objects.select_related(*ITEM).get(pk=first.item_id)
    room.record_outcome(item=item, outcomes=[NewOutcome("discussed")], **play.by("secretary", on))
    found = queries.discussion(first.ref)
    assert found is not None
    return found


def answer(play: Play, found: StrategyDiscussion, version: int = 0, **facts: Any) -> StrategyDiscussion:
    usual = {"said": "Vi mangler tid til oplæring.", "answer": "Der er sat timer af fra 2027."}
    return actions.answer_strategy_discussion(
        discussion=found, version=version, **(usual | facts), **play.by("digital_lead", MEETING)
    )


def test_a_round_puts_an_item_with_the_core_questions_on_each_next_meeting(play: Play) -> None:
    play.meeting(MEETING, "main")
    opened = put_before(play, start(play), "main", "area")
    main, area = [one.item for one in opened.discussions.order_by("pk")]
    assert (main.meeting.on, main.initiative, main.case) == (MEETING, None, "Mindre dobbeltarbejde.")
    assert area.status == Item.Status.REQUESTED
    assert {one.key for one in main.questions.all()} == {
        "purpose", "core_task", "work_environment", "competences", "follow_up",
    }  # fmt: skip
    assert main.model.key == "MED.strategy"


@pytest.mark.parametrize(("regime", "language"), [("SU", "da"), ("samverkan", "sv"), ("MBL", "sv")])
def test_the_questions_are_native_under_every_regime(
    play_under: Callable[[str], Play], regime: str, language: str
) -> None:
    play = play_under(regime)
    item = put_before(play, start(play)).discussions.get().item
    assert (item.model.key, item.model.language) == (f"{regime}.strategy", language)
    assert item.questions.count() == 5


def test_both_sides_answer_the_questions_as_about_any_item(play: Play) -> None:
    play.meeting(MEETING, "main")
    item = put_before(play, start(play)).discussions.get().item
    answered = room.answer_question(
        question=play.first_question(item), text="Tid til at lære", **play.by("vice_chair")
    )
    assert answered.side == "staff"


def test_a_committee_is_not_asked_twice_at_the_same_time(play: Play) -> None:
    found = start(play)
    put_before(play, found)
    with pytest.raises(Refused) as refusal:
        put_before(play, found)
    assert refusal.value.field == "committees"
    assert put_before(play, found, "area").number == 2


def test_what_was_said_is_answered_once_it_was_discussed_and_the_thread_says_how(play: Play) -> None:
    play.meeting(MEETING, "main")
    found = start(play)
    opened = put_before(play, found)
    waiting = queries.discussion(opened.discussions.get().ref)
    assert waiting is not None
    with pytest.raises(Refused, match="not been discussed"):
        answer(play, waiting)
    treated = discussed(play, opened)
    answer(play, treated)
    kinds = Link.objects.filter(from_thing=treated.item.thing, to_thing=found.thing)
    assert [one.kind for one in kinds] == ["answered_by"]
    second = actions.write_strategy_version(
        strategy=found,
        version=1,
        goals="Mindre dobbeltarbejde, og tid til at lære.",
        because="Hovedudvalget savnede tid til oplæring",
        **play.by("director", MEETING),
    )
    answer(play, treated, version=1, changed=second)
    assert [one.kind for one in kinds.all()] == ["changed"]


def test_versions_stay_and_the_second_of_two_writers_sees_both_texts(play: Play) -> None:
    found = start(play)
    written = {"goals": "Ny tekst", "because": "Budgettet"}
    actions.write_strategy_version(strategy=found, version=1, **written, **play.by("director"))
    with pytest.raises(ChangedMeanwhile) as meanwhile:
        actions.write_strategy_version(strategy=found, version=1, **written, **play.by("digital_lead"))
    assert meanwhile.value.theirs == "Ny tekst"
    assert [one.goals for one in anew(found).versions.all()] == ["Mindre dobbeltarbejde.", "Ny tekst"]


def test_a_new_version_says_what_made_it_change(play: Play) -> None:
    with pytest.raises(Refused) as refusal:
        actions.write_strategy_version(
            strategy=start(play), version=1, goals="Ny", because=" ", **play.by("director")
        )
    assert refusal.value.field == "because"


@pytest.mark.parametrize(
    ("facts", "field"), [({"until": date(2025, 1, 1)}, "until"), ({"goals": " "}, "goals")]
)
def test_a_strategy_has_a_period_and_says_something(play: Play, facts: dict[str, Any], field: str) -> None:
    with pytest.raises(Refused) as refusal:
        start(play, **facts)
    assert refusal.value.field == field


def test_an_address_is_enough(play: Play) -> None:
    assert start(play, goals="", address="https://fjordby.example/strategi").versions.all()[0].link


# --- once a year -----------------------------------------------------------------------------------------


def waits(play: Play, who: str, on: date) -> list[str]:
    return [one.title for one in boards.waiting_for(play.cast.viewer(who, noon(on)), noon(on))]


def test_it_waits_for_whoever_answers_for_it_until_it_is_put_before_a_committee_and_again_a_year_later(
    play: Play,
) -> None:
    found = start(play)
    assert waits(play, "director", date(2026, 2, 1)) == [found.title]
    put_before(play, found, on=date(2026, 11, 30))
    assert anew(found).follow_up_on == date(2027, 11, 30)
    assert waits(play, "director", date(2027, 11, 29)) == []
    assert waits(play, "director", date(2027, 11, 30)) == [found.title]
    assert waits(play, "lead", date(2027, 11, 30)) == []


def test_once_its_period_is_over_nobody_is_asked_any_more(play: Play) -> None:
    found = start(play, until=date(2026, 12, 31))
    assert waits(play, "director", date(2027, 1, 1)) == []
    with pytest.raises(Refused):
        put_before(play, found, on=date(2027, 1, 1))


# --- who may ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["lead", "administrator", "chair", "auditor", "employee"])
def test_only_the_leadership_writes_the_strategy(play: Play, who: str) -> None:
    with pytest.raises(NotAllowed):
        start(play, who)


def test_those_who_run_a_committee_may_put_it_there_too(play: Play) -> None:
    found = start(play)
    opened = actions.open_strategy_round(
        strategy=found, committees=[play.cast.committees["main"]], **play.by("chair")
    )
    assert opened.number == 1


def test_a_closed_item_shows_nothing_of_what_came_of_it_to_others(play: Play) -> None:
    play.meeting(MEETING, "main")
    found = start(play)
    treated = discussed(play, put_before(play, found))
    Item.objects.filter(pk=treated.item_id).update(
        confidential_until=date(2027, 1, 1), confidential_because="Udbud"
    )
    page = pages.strategy(found, play.cast.viewer("auditor", noon(MEETING)))
    part = page["rounds"][0][1][0]
    assert (part.readable, part.outcomes) == (False, [])


def test_it_can_be_cited_and_searched_and_a_guest_sees_nothing(play: Play) -> None:
    found = start(play)
    assert found.ref in boards.cards([found.ref], play.cast.viewer("auditor"))
    assert boards.cards([found.ref], play.cast.viewer("guest")) == {}
    assert "dobbeltarbejde" in next(iter(boards.texts([found.thing])))[2]


# --- pages -----------------------------------------------------------------------------------------------


def test_from_an_empty_page_to_an_answered_discussion(
    outside_scope: Cast, sign_in: Callable[[str], Client]
) -> None:
    def visit(who: str, path: str, send: dict[str, object] | None = None, status: int = 200) -> str:
        client = sign_in(who)
        client.cookies["django_language"] = "en"
        url = f"/fjordby/{path}"
        response = client.get(url) if send is None else client.post(url, send, follow=True)
        assert response.status_code == status, response.content.decode()[:3000]
        return response.content.decode()

    assert "No strategy holds now" in visit("auditor", "strategies/")
    sent: dict[str, object] = {"title": "Digital strategi", "since": "2026-01-01", "until": "2029-12-31"}
    assert "Put it before committees" in visit("director", "strategies/new/", sent | {"goals": "Ro på"})
    with scope(outside_scope.organisation):
        found = Strategy.objects.select_related("thing").get()
    main = outside_scope.committees["main"].ref
    assert "Round 1" in visit("director", f"strategies/{found.ref}/round/", {"committees": [main]})
    with scope(outside_scope.organisation):
        one = StrategyDiscussion.objects.get()
        Item.objects.update(status=Item.Status.APPROVED)
    written = {"version": 1, "goals": "Ro på, og timer", "because": "Udvalget"}
    assert "Version 2" in visit("director", f"strategies/{found.ref}/version/", written)
    assert "Ro på, og timer" in visit("director", f"strategies/{found.ref}/version/", written, 409)
    with scope(outside_scope.organisation):
        second = StrategyVersion.objects.get(number=2).ref
    said = {"version": 0, "said": "Vi mangler timer", "answer": "Sat af", "changed": second}
    assert "Changed in version 2" in visit("director", f"strategy-discussions/{one.ref}/", said)
    assert "Vi mangler timer" in visit("auditor", f"strategies/{found.ref}/")
