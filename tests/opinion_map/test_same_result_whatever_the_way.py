"""The same votes give the same result hash, in whatever order and form the files bring them."""

import random
from collections.abc import Callable
from dataclasses import replace
from itertools import combinations
from pathlib import Path

import pytest

from tests.opinion_map.command import Cell, mapped, write_matrix, write_votes
from tests.opinion_map.conversations import NAMES, Conversation, real
from tests.opinion_map.oracle import agreement

ORDERS = 20


@pytest.fixture(scope="module")
def brexit() -> Conversation:
    return real("brexit")


@pytest.fixture(scope="module")
def as_it_came(brexit: Conversation, tmp_path_factory: pytest.TempPathFactory) -> dict[str, object]:
    return mapped(write_votes(tmp_path_factory.mktemp("plain"), brexit.votes.items(), brexit))


def shuffled(cells: list[Cell]) -> list[Cell]:
    random.shuffle(cells)
    return cells


def rows_shuffled(folder: Path, conversation: Conversation) -> Path:
    return write_votes(folder, shuffled(list(conversation.votes.items())), conversation)


def gzipped(folder: Path, conversation: Conversation) -> Path:
    return write_votes(folder, conversation.votes.items(), conversation, zipped=True)


def after_second_thoughts(folder: Path, conversation: Conversation) -> Path:
    """A third of the votes were first cast otherwise; only the later one counts."""
    cells = list(conversation.votes.items())
    first = [(key, random.choice([-1, 0, 1])) for key, _ in cells[::3]]
    return write_votes(folder, first + cells, conversation)


def in_no_order_with_the_times_kept(folder: Path, conversation: Conversation) -> Path:
    """As above, and then somebody sorted the file otherwise; the times still tell which vote is the later one."""
    after_second_thoughts(folder, conversation)
    head, *rows = (folder / "votes.csv").read_text().splitlines()
    random.shuffle(rows)
    (folder / "votes.csv").write_text("\n".join([head, *rows]) + "\n")
    return folder


def as_a_matrix(folder: Path, conversation: Conversation) -> Path:
    return write_matrix(folder, conversation, conversation.participants)


def as_a_matrix_backwards(folder: Path, conversation: Conversation) -> Path:
    """People and statements the other way round, and gzipped."""
    turned = replace(conversation, statements=conversation.statements[::-1])
    return write_matrix(folder, turned, conversation.participants[::-1], zipped=True)


WAYS = [
    rows_shuffled,
    gzipped,
    after_second_thoughts,
    in_no_order_with_the_times_kept,
    as_a_matrix,
    as_a_matrix_backwards,
]


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_the_hash_does_not_depend_on_the_way(
    way: Callable[[Path, Conversation], Path],
    brexit: Conversation,
    as_it_came: dict[str, object],
    tmp_path: Path,
) -> None:
    result = mapped(way(tmp_path, brexit))
    assert result["result_hash"] == as_it_came["result_hash"]
    assert result["groups"] == as_it_came["groups"]
    assert result["statements"] == as_it_came["statements"]


def test_another_vote_is_another_hash(
    brexit: Conversation, as_it_came: dict[str, object], tmp_path: Path
) -> None:
    key, vote = next(iter(brexit.votes.items()))
    other = replace(brexit, votes=brexit.votes | {key: -1 if vote == 1 else 1})
    result = mapped(write_votes(tmp_path, other.votes.items(), other))
    assert result["result_hash"] != as_it_came["result_hash"]
    assert result["input_hash"] != as_it_came["input_hash"]


@pytest.mark.parametrize("name", ["brexit", "canadian-electoral-reform"])
def test_people_renamed_and_mixed_are_in_the_same_groups(name: str, tmp_path: Path) -> None:
    _same_groups(real(name), 2, tmp_path)


@pytest.mark.prove
@pytest.mark.parametrize("name", NAMES)
def test_twenty_orders_give_the_same_groups(name: str, tmp_path: Path) -> None:
    _same_groups(real(name), ORDERS, tmp_path)


def _same_groups(conversation: Conversation, orders: int, folder: Path) -> None:
    """With their keys kept, people would only be sorted back; so every order gives them other keys."""
    found = []
    for order in range(orders):
        names = _other_names(conversation.participants)
        votes = {(names[person], one): vote for (person, one), vote in conversation.votes.items()}
        renamed = replace(conversation, votes=votes)
        result = mapped(write_votes(folder / str(order), shuffled(list(votes.items())), renamed))
        members = result["groups"]["members"] if result["groups"] else {}
        found.append([members.get(names[person], 0) for person in conversation.participants])
    assert min(agreement(one, other) for one, other in combinations(found, 2)) >= 0.99


def _other_names(people: list[str]) -> dict[str, str]:
    numbers = random.sample(range(100_000, 999_999), len(people))
    return {person: f"v{number}" for person, number in zip(people, numbers, strict=True)}
