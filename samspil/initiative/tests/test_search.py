"""Searching: contains every word, keeps å, æ and ø, and shows nobody what they may not see."""

from collections.abc import Callable
from datetime import date, datetime

import pytest

from samspil.initiative import actions, consumers
from samspil.initiative.models import Initiative, Need, SearchText
from samspil.initiative.search import search
from samspil.organisation.scope import scope
from tests.cast import Cast


@pytest.fixture
def indexed(outside_scope: Cast, initiative: Initiative, at: datetime) -> Initiative:
    consumers.read_on(outside_scope.organisation, at)
    return initiative


def found(cast: Cast, words: str, who: str = "employee") -> list[str]:
    return [card.kind for card in search(words, cast.viewer(who)).cards]


def test_part_of_a_word_is_found_and_big_letters_do_not_matter(cast: Cast, indexed: Initiative) -> None:
    assert found(cast, "VAGTPLAN telefon") == ["initiative", "need"]


def test_every_word_must_be_there(cast: Cast, indexed: Initiative) -> None:
    assert found(cast, "vagtplanen zebra") == []


def test_letters_of_our_own_are_letters(cast: Cast, indexed: Initiative) -> None:
    assert found(cast, "læses") == ["initiative", "need"]
    assert found(cast, "laeses") == []


def test_no_words_find_nothing(cast: Cast, indexed: Initiative) -> None:
    assert found(cast, " – ") == []


def test_a_guest_finds_only_what_they_are_admitted_to(cast: Cast, indexed: Initiative, at: datetime) -> None:
    assert found(cast, "vagtplanen", "guest") == []
    actions.admit_guest(initiative=indexed, person=cast.people["guest"], by=cast.viewer("lead"), at=at)
    assert found(cast, "vagtplanen", "guest") == ["initiative"]


def test_the_words_of_a_decision_are_found(cast: Cast, indexed: Initiative, at: datetime) -> None:
    actions.decide_gate(
        initiative=indexed,
        gate="explore",
        outcome="stop",
        decided_on=date(2026, 2, 1),
        reason="Leverandøren gik konkurs.",
        by=cast.viewer("owner"),
        at=at,
    )
    consumers.read_on(cast.organisation, at)
    assert found(cast, "konkurs") == ["gate_decision"]


def test_a_changed_title_takes_the_place_of_the_old_one(
    cast: Cast, indexed: Initiative, at: datetime
) -> None:
    actions.change_initiative(
        initiative=indexed,
        version=1,
        title="Kalenderen i lommen",
        owner=indexed.owner,
        lead=indexed.lead,
        decision_level="local",
        ai_involved="no",
        case_number="",
        units=[cast.units["workplace"]],
        groups=[],
        by=cast.viewer("lead"),
        at=at,
    )
    consumers.read_on(cast.organisation, at)
    assert found(cast, "lommen") == ["initiative"]
    assert found(cast, "vagtplanen") == ["need"]


def test_after_an_erasure_nothing_stays_that_is_gone_elsewhere(
    cast: Cast, indexed: Initiative, need: Need
) -> None:
    SearchText.objects.filter(thing=need.thing).update(words="ord som blev slettet")
    Initiative.objects.filter(pk=indexed.pk).update(title="Uden navn")
    consumers.index_all(cast.organisation)
    assert found(cast, "slettet") == []
    assert found(cast, "uden navn") == ["initiative"]


def test_the_page_shows_what_was_found(
    outside_scope: Cast, indexed: Initiative, look: Callable[..., str]
) -> None:
    assert f"/initiatives/{indexed.ref}/" in look("employee", "search/?q=vagtplanen")
    assert "Nothing found" in look("employee", "search/?q=zebra")
    look("guest", "search/?q=vagtplanen", 403)


def test_another_organisation_is_not_searched(outside_scope: Cast, indexed: Initiative, at: datetime) -> None:
    from tests.cast import gather

    other = gather("sjovik", "samverkan")
    with scope(other.organisation):
        assert found(other, "vagtplanen") == []
