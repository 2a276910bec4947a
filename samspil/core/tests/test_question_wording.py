"""An organisation's own words beside the house's: what differs, what is lacking, what a newer text brings."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samspil.core.question_wording import (
    Change,
    Entry,
    Text,
    asked_twice,
    differences,
    incomplete,
    moved,
    place_of,
    renewed,
    reordered,
    without_core,
    without_level,
)


def words(ask: str) -> Text:
    return Text(ask, "Forklaring", "Hvorfor", ("Et svar",))


def entry(key: str, *levels: str, ask: str = "", core: bool = True, left_out: str = "") -> Entry:
    levels = levels or ("local",)
    text = words(ask or key)
    return Entry(place_of(key, levels), key, text, text, levels, "decision", core, left_out)


HOUSE = (entry("need", "main"), entry("need", "area", "local"), entry("money", "main", "local"))


def test_a_topic_has_a_place_for_each_group_of_levels() -> None:
    assert [one.place for one in HOUSE] == ["need@main", "need@area+local", "money@main+local"]


def test_what_reads_differently_is_named_part_by_part() -> None:
    new = replace(HOUSE[0], native=words("Nyt"), before="budget")
    (one,) = differences(HOUSE, (new, *HOUSE[1:]))
    assert (one.change, one.fields) == (Change.REWORDED, ("ask", "before"))


def test_a_reading_version_that_changes_is_a_change() -> None:
    (one,) = differences(HOUSE, (replace(HOUSE[0], reading=words("New")), *HOUSE[1:]))
    assert (one.change, one.fields) == (Change.REWORDED, ("ask",))


def test_what_is_added_left_out_taken_back_or_gone_is_told() -> None:
    before = (HOUSE[0], replace(HOUSE[1], left_out="Ikke her"), HOUSE[2])
    after = (replace(HOUSE[0], left_out="Ikke nu"), HOUSE[1], entry("own"))
    assert [one.change for one in differences(before, after)] == [
        Change.LEFT_OUT,
        Change.TAKEN_BACK,
        Change.ADDED,
        Change.GONE,
    ]


def test_another_order_is_told_apart_from_new_words() -> None:
    assert reordered(HOUSE, HOUSE[::-1])
    assert not reordered(HOUSE, (entry("own"), *HOUSE[:2]))
    assert differences(HOUSE, HOUSE[::-1]) == ()


@pytest.mark.parametrize("part", ["ask", "explanation", "why", "good_answer"])
@pytest.mark.parametrize("language", ["native", "reading"])
def test_a_question_that_lacks_words_in_either_language_is_found(language: str, part: str) -> None:
    text = replace(words("Hvad"), **{part: () if part == "good_answer" else " "})
    lacking = replace(HOUSE[0], **{language: text})
    assert incomplete((lacking, HOUSE[1])) == (lacking,)
    assert incomplete((replace(lacking, left_out="Ikke her"),)) == ()


def test_a_topic_is_asked_once_a_level() -> None:
    twice = replace(HOUSE[1], levels=("main", "local"))
    assert asked_twice((HOUSE[0], twice)) == (twice,)
    assert asked_twice((replace(HOUSE[0], left_out="Ikke her"), twice)) == ()
    assert asked_twice(HOUSE) == ()


def test_each_level_keeps_a_core_question() -> None:
    assert without_core(HOUSE, ("main", "area", "local")) == ()
    assert without_core([replace(one, core=False) for one in HOUSE[1:]], ("main", "area")) == ("main", "area")


def test_what_is_asked_on_no_level_is_found() -> None:
    nowhere = replace(HOUSE[0], levels=())
    assert without_level((nowhere, *HOUSE)) == (nowhere,)


def test_the_houses_newer_text_comes_in_where_nothing_was_reworded() -> None:
    own = (replace(HOUSE[0], native=words("Vores")), replace(HOUSE[1], left_out="Ikke her"), HOUSE[2])
    new = tuple(replace(one, native=words(f"{one.key} ny")) for one in HOUSE)
    assert renewed(own, HOUSE, new) == (own[0], replace(new[1], left_out="Ikke her"), new[2])


def test_what_the_house_adds_comes_in_behind_what_precedes_it_there() -> None:
    new = (HOUSE[0], entry("fresh"), *HOUSE[1:])
    own = (HOUSE[2], HOUSE[0], entry("ours"), HOUSE[1])
    assert [one.key for one in renewed(own, HOUSE, new)] == ["money", "need", "fresh", "ours", "need"]


def test_what_the_house_drops_goes_unless_it_was_reworded() -> None:
    own = (replace(HOUSE[0], native=words("Vores")), *HOUSE[1:])
    assert renewed(own, HOUSE, HOUSE[2:]) == (own[0], HOUSE[2])


entries = st.lists(
    st.builds(
        entry,
        st.sampled_from(["a", "b", "c", "d", "e"]),
        st.sampled_from(["main", "local"]),
        ask=st.sampled_from(["", "x", "y"]),
        left_out=st.sampled_from(["", "Ikke her"]),
    ),
    unique_by=lambda one: one.place,
    max_size=7,
).map(tuple)


@given(entries, entries, entries)
def test_a_newer_text_never_loses_ones_own_words(
    own: tuple[Entry, ...], old: tuple[Entry, ...], new: tuple[Entry, ...]
) -> None:
    house = {one.place: one for one in old}
    found = renewed(own, old, new)
    mine = [
        one
        for one in own
        if one.place not in house or replace(one, left_out="") != replace(house[one.place], left_out="")
    ]
    assert all(one in found for one in mine)
    assert len({one.place for one in found}) == len(found)


@given(entries, entries)
def test_who_reworded_nothing_gets_the_newer_text(old: tuple[Entry, ...], new: tuple[Entry, ...]) -> None:
    old, new = (tuple(replace(one, left_out="") for one in which) for which in (old, new))
    assert set(renewed(old, old, new)) == set(new)


@given(entries, entries)
def test_nothing_differs_from_itself_and_what_differs_is_seen(
    one: tuple[Entry, ...], other: tuple[Entry, ...]
) -> None:
    assert differences(one, one) == ()
    asked = [{entry for entry in which if not entry.left_out} for which in (one, other)]
    assert bool(differences(one, other)) or asked[0] == asked[1]


@given(entries, st.integers(-9, 9))
def test_moving_keeps_every_question(found: tuple[Entry, ...], steps: int) -> None:
    for each in found:
        assert sorted(e.place for e in moved(found, each.place, steps)) == sorted(e.place for e in found)
    assert moved(found, "nowhere", steps) == found
