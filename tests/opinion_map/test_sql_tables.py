"""The plain SQL texts count the same integers on DuckDB and PostgreSQL as in memory, and project to 1e-9.

Spark is asked by `make test-spark` (spark.py).
"""

from collections.abc import Callable, Iterator
from dataclasses import astuple

import duckdb
import numpy as np
import psycopg
import pytest

from samspil.core.opinion_map import Tables, sql
from samspil.core.opinion_map.axes import axes_of_tables
from tests.databases import postgres
from tests.opinion_map.conversations import Conversation
from tests.opinion_map.engines import Duck, Engine, Postgres, as_tables, counted, merged, projected, rows_of
from tests.opinion_map.oracle import dense, dense_map
from tests.opinion_map.ours import map_of, votes_of
from tests.opinion_map.sql_promises import CONVERSATIONS, MUNICIPALITIES, PROMISES, brexit


@pytest.fixture(scope="module")
def engines() -> Iterator[dict[str, Engine]]:
    with postgres() as url, psycopg.connect(url) as connection:
        yield {"DuckDB": Duck(duckdb.connect()), "PostgreSQL": Postgres(connection)}


@pytest.fixture(params=["DuckDB", "PostgreSQL"])
def engine(request: pytest.FixtureRequest, engines: dict[str, Engine]) -> Engine:
    return engines[request.param]


@pytest.mark.parametrize("of", CONVERSATIONS, ids=lambda one: one.__name__)
@pytest.mark.parametrize("promise", PROMISES, ids=lambda promise: promise.__name__)
def test_the_texts_keep_their_promise(
    promise: Callable[[Engine, Conversation], None], of: Callable[[], Conversation], engine: Engine
) -> None:
    promise(engine, of())


def test_both_give_the_same_rows_down_to_the_type(engines: dict[str, Engine]) -> None:
    rows = rows_of(dense_map(brexit()).matrix)
    one, other = (sorted(counted(engine, rows)) for engine in engines.values())
    assert one == other
    assert {tuple(map(type, row)) for row in one + other} == {(int,) * 6}


def test_they_are_the_tables_in_memory(engine: Engine) -> None:
    votes = votes_of(brexit())
    rows = zip(votes.rows.tolist(), votes.columns.tolist(), votes.values.tolist(), strict=True)
    found = as_tables(counted(engine, list(rows)), len(votes.statements))
    for of_engine, in_memory in zip(astuple(found), Tables.of(votes).all, strict=True):
        assert np.array_equal(of_engine, in_memory)


def test_a_map_over_municipalities_is_the_map_of_all(engine: Engine) -> None:
    """Each counts its own people; the sums give the axes, and each then places its own people by them."""
    whole = map_of(brexit(), replicates=0)
    matrix = dense(brexit(), whole.participants.tolist(), whole.statements.tolist())
    municipalities = [rows_of(matrix, range(at, len(matrix), MUNICIPALITIES)) for at in range(MUNICIPALITIES)]
    summed = as_tables(merged(engine, [counted(engine, votes) for votes in municipalities]), matrix.shape[1])
    axes = axes_of_tables(Tables(whole.statements, *astuple(summed)))
    for votes in municipalities:
        people, coordinates = projected(engine, votes, axes.means, axes.loadings)
        assert np.abs(coordinates - whole.coordinates[people]).max() < 1e-9


def test_a_text_that_is_not_there_is_an_error() -> None:
    with pytest.raises(FileNotFoundError):
        sql.text("nothing")
