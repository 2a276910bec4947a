"""What every engine has to give, asserted against the oracle; the tests hand the engine in."""

import numpy as np

from tests.opinion_map.conversations import Conversation, real
from tests.opinion_map.engines import Engine, as_tables, counted, merged, projected, rows_of
from tests.opinion_map.oracle import PairTables, dense_map, pair_tables

MUNICIPALITIES = 5


def small() -> Conversation:
    """Four people, three statements, one of which nobody has seen together with another."""
    votes = {("a", "0"): 1, ("a", "1"): -1, ("b", "0"): 0, ("b", "1"): 1, ("c", "0"): -1, ("d", "2"): 1}
    return Conversation("small", votes, ("0", "1", "2"), frozenset())


def brexit() -> Conversation:
    return real("brexit")


def the_same(one: PairTables, other: PairTables) -> bool:
    return all(
        np.array_equal(getattr(one, table), getattr(other, table))
        for table in ("together", "sums", "products")
    )


def counts_the_same_integers(engine: Engine, conversation: Conversation) -> None:
    known = dense_map(conversation)
    tables = as_tables(counted(engine, rows_of(known.matrix)), len(known.statements))
    assert the_same(tables, pair_tables(known.matrix))


def shards_sum_to_the_whole(engine: Engine, conversation: Conversation) -> None:
    """Each municipality counts its own people; only the sums travel."""
    known = dense_map(conversation)
    people = range(len(known.participants))
    municipalities = [rows_of(known.matrix, people[of::MUNICIPALITIES]) for of in range(MUNICIPALITIES)]
    shards = [counted(engine, votes) for votes in municipalities if votes]
    tables = as_tables(merged(engine, shards), len(known.statements))
    assert the_same(tables, pair_tables(known.matrix))


def projects_to_nine_digits(engine: Engine, conversation: Conversation) -> None:
    known = dense_map(conversation)
    people, coordinates = projected(engine, rows_of(known.matrix), known.means, known.axes)
    voted = np.flatnonzero((~np.isnan(known.matrix)).any(axis=1))
    assert people == voted.tolist()
    assert np.abs(coordinates - known.coordinates[voted]).max() < 1e-9


CONVERSATIONS = [small, brexit]
PROMISES = [counts_the_same_integers, shards_sum_to_the_whole, projects_to_nine_digits]
