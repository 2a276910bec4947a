"""The SQL texts run by DuckDB, PostgreSQL and Spark: rows in, rows out, not a word changed between them."""

from collections.abc import Sequence
from typing import Any, Protocol

import numpy as np

from samspil.core.opinion_map import sql
from tests.opinion_map.oracle import Floats, PairTables

Row = tuple[Any, ...]
Columns = dict[str, type]

VOTES: Columns = {"participant": int, "statement": int, "value": int}
AXES: Columns = {"statement": int, "mean": float, "x": float, "y": float}
TABLES: Columns = dict.fromkeys(("one", "other", "together", "sum_of_one", "sum_of_other", "products"), int)
KINDS = {int: "INTEGER", float: "DOUBLE PRECISION"}


class Engine(Protocol):
    """Somewhere SQL runs."""

    def lay(self, name: str, columns: Columns, rows: Sequence[Row]) -> None:
        """Put the rows there under that name, in place of what had it before."""

    def ask(self, text: str) -> list[Row]:
        """What the text gives."""


class Duck:
    """DuckDB in this process."""

    def __init__(self, connection: Any) -> None:
        self.connection = connection

    def lay(self, name: str, columns: Columns, rows: Sequence[Row]) -> None:
        laid = dict(zip(columns, map(np.array, zip(*rows, strict=True)), strict=True))
        chosen = ", ".join(f"CAST({column} AS {KINDS[kind]}) AS {column}" for column, kind in columns.items())
        self.connection.register("laid", laid)
        self.connection.execute(f"CREATE OR REPLACE TABLE {name} AS SELECT {chosen} FROM laid")
        self.connection.unregister("laid")

    def ask(self, text: str) -> list[Row]:
        return list(self.connection.execute(text).fetchall())


class Postgres:
    """A connection to PostgreSQL."""

    def __init__(self, connection: Any) -> None:
        self.connection = connection

    def lay(self, name: str, columns: Columns, rows: Sequence[Row]) -> None:
        described = ", ".join(f"{column} {KINDS[kind]}" for column, kind in columns.items())
        self.connection.execute(f"DROP TABLE IF EXISTS {name}")
        self.connection.execute(f"CREATE TABLE {name} ({described})")
        with self.connection.cursor().copy(f"COPY {name} FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)

    def ask(self, text: str) -> list[Row]:
        return list(self.connection.execute(text).fetchall())


# --- what is asked -----------------------------------------------------------------------------------------------


def rows_of(matrix: Floats, people: Sequence[int] | None = None) -> list[Row]:
    """(participant, statement, value) of the cells that hold a vote, of these people or of all."""
    wanted = range(len(matrix)) if people is None else people
    return [(int(i), int(j), int(matrix[i, j])) for i in wanted for j in np.flatnonzero(~np.isnan(matrix[i]))]


def counted(engine: Engine, votes: Sequence[Row]) -> list[Row]:
    """The rows of the pair tables."""
    engine.lay("votes", VOTES, votes)
    return engine.ask(sql.text("pair_tables"))


def merged(engine: Engine, shards: Sequence[Sequence[Row]]) -> list[Row]:
    engine.lay("shards", TABLES, [row for shard in shards for row in shard])
    return engine.ask(sql.text("merged_tables"))


def as_tables(rows: Sequence[Row], statements: int) -> PairTables:
    """The rows laid out as three square matrices."""
    assert all(type(number) is int for row in rows for number in row), (
        "the engine gave something but integers"
    )
    one, other, together, of_one, of_other, products = np.array(rows, dtype=np.int64).T
    square = [np.zeros((statements, statements), dtype=np.int64) for _ in range(3)]
    for table, upper, lower in zip(
        square, (together, of_one, products), (together, of_other, products), strict=True
    ):
        table[one, other] = upper
        table[other, one] = lower
    return PairTables(*square)


def projected(
    engine: Engine, votes: Sequence[Row], means: Floats, loadings: Floats
) -> tuple[list[int], Floats]:
    """Participants and their coordinates."""
    engine.lay("votes", VOTES, votes)
    axes = [
        (at, *map(float, (mean, *both))) for at, (mean, both) in enumerate(zip(means, loadings, strict=True))
    ]
    engine.lay("axes", AXES, axes)
    rows = sorted(engine.ask(sql.text("coordinates")))
    return [row[0] for row in rows], np.array([row[2:] for row in rows], dtype=float)
