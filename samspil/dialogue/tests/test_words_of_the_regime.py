"""The room is called what the regime calls it, and an outcome says in its words what it counts as."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import translation

from samspil.dialogue import pages, regime
from samspil.dialogue.room import ROOM
from samspil.dialogue.tests.conftest import Play
from samspil.kit import clock

CALLED = {
    "MED": "MED-udvalg",
    "SU": "Samarbejdsudvalg",
    "samverkan": "Samverkansgrupper",
    "MBL": "Förhandlingar",
}


@pytest.mark.parametrize(("key", "word"), CALLED.items())
def test_menu_title_and_trail_use_the_regimes_own_word(
    play_under: Callable[[str], Play], key: str, word: str
) -> None:
    viewer = play_under(key).cast.viewer("chair")
    with translation.override(regime.NATIVE[key]):
        (entry,) = ROOM.menu
        assert entry.named
        assert entry.named(viewer) == word
        shown = pages.committee(viewer.seats[0].committee, viewer)
    assert shown["breadcrumbs"][1]["title"] == word


def test_where_no_regime_is_known_the_menu_has_the_plain_word(play_under: Callable[[str], Play]) -> None:
    from samspil.organisation.models import RegimePeriod

    viewer = play_under("MBL").cast.viewer("chair")
    RegimePeriod.objects.all().delete()
    with translation.override("en"):
        assert regime.committees_word(viewer.organisation, viewer.today) == "Committees"


def test_the_menu_asks_once(
    play_under: Callable[[str], Play], django_assert_num_queries: Callable[[int], object]
) -> None:
    viewer = play_under("MBL").cast.viewer("chair")
    with django_assert_num_queries(1):  # type: ignore[attr-defined]
        regime.committees_word(viewer.organisation, viewer.today)


def test_the_page_of_an_mbl_organisation_speaks_of_negotiations(play_under: Callable[[str], Play]) -> None:
    cast = play_under("MBL").cast
    clock.move_to(cast.at)
    client = Client()
    client.force_login(cast.account("chair"))
    client.cookies["django_language"] = "sv"
    shown = client.get(f"/{cast.organisation.slug}/committees/").content.decode()
    assert "Förhandlingar" in shown
    assert "amverkansgrupp" not in shown


COUNTS = {
    "MED": ("Tæller som drøftet.", "Tæller ikke som drøftet."),
    "samverkan": ("Samverkan räknas som klar för den här fasen.", "Samverkan räknas inte som klar."),
    "MBL": (
        "Räknas som färdigförhandlat med det här facket.",
        "Räknas inte som färdigförhandlat med det här facket.",
    ),
}


@pytest.mark.parametrize(("key", "sentences"), COUNTS.items())
def test_what_an_outcome_counts_as_is_said_in_the_regimes_words(
    play_under: Callable[[str], Play], key: str, sentences: tuple[str, str]
) -> None:
    cast = play_under(key).cast
    with translation.override(regime.NATIVE[key]):
        table = regime.in_force(cast.organisation, cast.at.date())
        assert (str(table.words["counts"]), str(table.words["counts_not"])) == sentences


CONCLUDING = {
    "MED": {"discussed", "disagreement", "guideline_agreed", "guideline_not_agreed"},
    "SU": {"discussed", "disagreement", "guideline_agreed", "guideline_not_agreed"},
    "samverkan": {"discussed", "concluded_agreed", "concluded_disagreed"},
    "MBL": {"concluded_agreed", "concluded_disagreed", "central_agreed", "central_disagreed"},
}


@pytest.mark.parametrize(("key", "counting"), CONCLUDING.items())
def test_only_what_was_heard_to_the_end_counts(
    play_under: Callable[[str], Play], key: str, counting: set[str]
) -> None:
    cast = play_under(key).cast
    table = regime.in_force(cast.organisation, cast.at.date())
    assert {one.key for one in table.outcomes if one.counts} == counting
    assert all(one.per_union == (key == "MBL") for one in table.outcomes)
