"""The same votes give the same result hash, in whatever order and form the files bring them."""

import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import combinations
from pathlib import Path
from secrets import randbits
from typing import Any

import pytest

from samspil.core.opinion_map import OpinionMap, Parameters, RunningMap, Tables, Votes, opinion_map
from tests.opinion_map import command
from tests.opinion_map.command import write_matrix, write_votes
from tests.opinion_map.conversations import Conversation, real
from tests.opinion_map.oracle import agreement
from tests.real_inputs import CONVERSATIONS

ORDERS, MUNICIPALITIES = 20, 5
REPLICATES = 5  # of the bootstrap; its hundred take seconds and show no more here


def mapped(folder: Path) -> dict[str, Any]:
    return command.mapped(folder, "--replicates", str(REPLICATES))


def published(votes: Votes) -> OpinionMap:
    return opinion_map(votes, parameters=Parameters(replicates=REPLICATES))


@pytest.fixture(autouse=True)
def seed() -> Iterator[None]:
    """Drawn afresh; a failing test shows it."""
    drawn = randbits(32)
    random.seed(drawn)
    yield
    print("seed:", drawn)


@pytest.fixture(scope="module")
def brexit() -> Conversation:
    """Eighty people of it, which is enough here and quicker."""
    whole = real("brexit")
    return _of_people(whole, whole.participants[:80])


@pytest.fixture(scope="module")
def as_it_came(brexit: Conversation, tmp_path_factory: pytest.TempPathFactory) -> dict[str, object]:
    return mapped(write_votes(tmp_path_factory.mktemp("plain"), brexit.votes.items(), brexit))


def shuffled(things: list[Any]) -> list[Any]:
    random.shuffle(things)
    return things


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


# --- the same through the house's own doors -------------------------------------------------------------------


def by_number(conversation: Conversation) -> Votes:
    """As the command reads them: ids that are numbers are numbers."""
    people, statements = zip(*((int(person), int(one)) for person, one in conversation.votes), strict=True)
    return Votes.from_rows(people, statements, list(conversation.votes.values()))


def test_votes_one_by_one_give_the_hash_of_the_file(
    brexit: Conversation, as_it_came: dict[str, object]
) -> None:
    """With second thoughts, a vote taken back, and somebody who came and was erased."""
    running = RunningMap(parameters=Parameters(replicates=REPLICATES))
    for person, one in random.sample(list(brexit.votes), 400):
        running.cast(int(person), int(one), random.choice([-1, 0, 1]))
    running.cast(999_999, 3, 1)
    for (person, one), vote in shuffled(list(brexit.votes.items())):
        running.cast(int(person), int(one), vote)
    running.cast(999_999, 49, -1)
    running.cast(999_998, 7, 1)
    running.withdraw(999_998, 7)
    running.refresh()
    running.erase(999_999)
    assert running.publish().result_hash == as_it_came["result_hash"]


def test_shards_merged_give_the_hash_of_the_file(brexit: Conversation, as_it_came: dict[str, object]) -> None:
    shards = [
        by_number(_of_people(brexit, brexit.participants[at::MUNICIPALITIES])) for at in range(MUNICIPALITIES)
    ]
    assert published(Votes.merge(*shards)).result_hash == as_it_came["result_hash"]
    merged = Tables.merge(*map(Tables.of, shuffled(shards)))
    assert merged.same_as(Tables.of(by_number(brexit)))


def test_who_is_erased_was_never_there(brexit: Conversation, tmp_path: Path) -> None:
    """A file without them, and the votes or the running map from which they were taken."""
    gone = random.sample(brexit.participants, 3)
    left = _of_people(brexit, [one for one in brexit.participants if one not in gone])
    never_there = mapped(write_votes(tmp_path, left.votes.items(), left))
    running = RunningMap(by_number(brexit), parameters=Parameters(replicates=REPLICATES))
    for person in gone:
        running.erase(int(person))
    taken_out = by_number(brexit).without([int(person) for person in gone])
    assert running.publish().result_hash == never_there["result_hash"]
    assert published(taken_out).result_hash == never_there["result_hash"]
    assert running.tables.same_as(Tables.of(by_number(left)))


def _of_people(conversation: Conversation, people: list[str]) -> Conversation:
    theirs = {key: vote for key, vote in conversation.votes.items() if key[0] in set(people)}
    return replace(conversation, votes=theirs)


# --- other keys ---------------------------------------------------------------------------------------------------


def test_people_renamed_and_mixed_are_in_the_same_groups(tmp_path: Path) -> None:
    _same_groups(real("canadian-electoral-reform"), 2, tmp_path)


@pytest.mark.prove
@pytest.mark.parametrize("name", CONVERSATIONS)
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
    return {person: str(number) for person, number in zip(people, numbers, strict=True)}
