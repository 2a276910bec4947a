"""A release in words: no surer than its numbers, and sums that add up."""

import re
from typing import Any

import pytest

from samspil.involvement.models import Consultation
from samspil.involvement.results import pages
from samspil.involvement.results.boards import result_cards
from samspil.involvement.results.drawing import HIGH, WIDE, Dot, _part, _whereabouts
from samspil.involvement.results.models import OpinionResult
from samspil.involvement.results.reading import Reading
from tests.cast import Cast

from .held import source_of


def with_release(parted: Consultation, **facts: Any) -> Reading:
    """The result, with something else told in it."""
    found = pages.reading_of(source_of(parted))
    assert found
    found.result.release |= facts
    return found


@pytest.mark.parametrize(
    ("certainty", "halves", "word"),
    [
        ("clear", 0.6, "Clear groups"),
        ("clear", 0.59, "Groups that are clear only as wholes"),
        ("clear", 0.3, "Groups that are clear only as wholes"),
        ("loose", 0.29, "Groups that overlap"),
    ],
)
def test_how_sure_follows_the_number_and_tells_it(
    parted: Consultation, certainty: str, halves: float, word: str
) -> None:
    reading = with_release(parted, certainty=certainty, split_half_ari=halves)
    assert reading.in_short == word
    assert f"{halves}, where 1 is the same groups and 0 is chance" in reading.how_sure
    assert re.search(r"about [89] of 10 stay in their group", reading.how_sure)


def test_a_card_is_as_sure_as_the_page(parted: Consultation, cast: Cast) -> None:
    result = OpinionResult.objects.get()
    OpinionResult.objects.update(release=result.release | {"split_half_ari": 0.45})
    (card,) = result_cards([result.ref], cast.viewer("employee")).values()
    assert card.line == "Groups that are clear only as wholes"


@pytest.mark.parametrize(
    ("second", "said"),
    [
        ({"group_count": 2, "same_group": 0.5}, "50% stand in the same group there"),
        ({"group_count": 0, "same_group": None}, "it has no clear groups"),
        ({"group_count": 3, "same_group": None}, "it has 3 groups instead of 2"),
        (None, "agree with much"),
    ],
)
def test_what_a_second_map_leaves_of_the_groups_is_told(
    parted: Consultation, second: dict[str, Any] | None, said: str
) -> None:
    style = {"flag": True, "correlation": 0.4}
    reading = with_release(parted, response_style=style, second_map=second)
    assert said in reading.answering
    assert "correlation" not in reading.answering


def test_what_became_of_all_statements_adds_up(parted: Consultation) -> None:
    reading = with_release(parted)
    (everything, parts) = zip(*map(sums, reading.statements_counted()[:3]), strict=True)
    assert [sum(part) for part in parts] == list(everything)
    assert everything == (12, parts[0][0], parts[1][0])


def test_a_statement_that_is_agreed_on_and_divides_is_counted_as_both(parted: Consultation) -> None:
    reading = with_release(parted)
    before = sums(reading.statements_counted()[2])[1]
    agreed = reading.release["agreed"][0]["statement"]
    reading = with_release(parted, dividing=[*reading.release["dividing"], agreed])
    after = sums(reading.statements_counted()[2])[1]
    assert after == [before[0] - 1, before[1], before[2] + 1, before[3]]
    assert any(one.startswith("Both means") for one in reading.statements_counted())


def sums(sentence: str) -> tuple[int, list[int]]:
    """The whole and its parts in “Listed: 12 = 10 (compared) + 2 …”."""
    whole, parts = sentence.split(" = ")
    return int(whole.split()[-1]), [int(part.split()[0]) for part in parts.split(" + ")]


def test_the_map_is_cut_in_nine_equal_parts() -> None:
    shares = (0.0, 0.32, 0.34, 0.66, 0.68, 1.0)
    assert [_part((share * WIDE, 0))[1] for share in shares] == [0, 0, 1, 1, 2, 2]
    assert [_part((0, share * HIGH))[0] for share in shares] == [0, 0, 1, 1, 2, 2]


@pytest.mark.parametrize(
    ("to_the_right", "said"),
    [
        (11, "Group A: 20 people, most of them to the right (11 of 20)"),
        (10, "Group A: 20 people, more of them to the right than in any other part (10 of 20)"),
    ],
)
def test_most_is_more_than_half(to_the_right: int, said: str) -> None:
    right, left, top = (0.9 * WIDE, HIGH / 2), (0.1 * WIDE, HIGH / 2), (WIDE / 2, 0.1 * HIGH)
    dots = [Dot(right, to_the_right, 1), Dot(left, 5, 1), Dot(top, 15 - to_the_right, 1)]
    assert _whereabouts(1, dots) == said
