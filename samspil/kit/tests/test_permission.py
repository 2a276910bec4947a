"""A rule reads as it is enforced, in the reader's language."""

from typing import Any

import pytest
from django.utils import translation

from samspil.kit.permission import Permission, predicate


@predicate("the owner")
def owner(viewer: str, _thing: Any) -> bool:
    return viewer == "owner"


@predicate("the project lead")
def lead(viewer: str, _thing: Any) -> bool:
    return viewer == "lead"


@predicate("somebody away")
def away(viewer: str, _thing: Any) -> bool:
    return viewer == "away"


@pytest.mark.parametrize(
    ("who", "words"),
    [
        (owner, "the owner"),
        (owner | lead, "the owner or the project lead"),
        (owner | (lead | away), "the owner, the project lead or somebody away"),
        (owner & ~away, "the owner and not somebody away"),
        (owner | lead & ~away, "the owner or (the project lead and not somebody away)"),
        (~(owner | lead), "not (the owner or the project lead)"),
    ],
)
def test_a_rule_reads_as_its_conditions_are_joined(who: Any, words: str) -> None:
    with translation.override("en"):
        assert Permission(who, "").in_words == words


def test_a_rule_reads_in_the_readers_language() -> None:
    with translation.override("da"):
        assert Permission(owner | lead, "").in_words == "the owner eller the project lead"


def test_joined_conditions_let_in_whom_they_name() -> None:
    rule = Permission((owner | lead) & ~away, "")
    assert [rule.allows(viewer) for viewer in ("owner", "lead", "away", "somebody")] == [
        True,
        True,
        False,
        False,
    ]
