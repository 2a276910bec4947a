"""`make test-spark`: Spark in local mode runs the very texts that DuckDB and PostgreSQL run, with the same answers.

Not named test_… : the daily suite does not know Spark, which weighs half a gigabyte and needs Java.
"""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import duckdb
import pytest
from pyspark.sql import SparkSession

from tests.opinion_map.conversations import Conversation
from tests.opinion_map.engines import Columns, Duck, Engine, Row, counted, rows_of
from tests.opinion_map.oracle import dense_map
from tests.opinion_map.sql_promises import CONVERSATIONS, PROMISES, brexit


class Spark:
    """Spark on this machine."""

    def __init__(self, session: SparkSession) -> None:
        self.session = session

    def lay(self, name: str, columns: Columns, rows: Sequence[Row]) -> None:
        kinds = {int: "INT", float: "DOUBLE"}
        described = ", ".join(f"{column} {kinds[kind]}" for column, kind in columns.items())
        self.session.createDataFrame(list(rows), described).createOrReplaceTempView(name)

    def ask(self, text: str) -> list[Row]:
        return [tuple(row) for row in self.session.sql(text).collect()]


@pytest.fixture(scope="module")
def spark(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    folder: Path = tmp_path_factory.mktemp("spark")
    settings: dict[str, Any] = {
        "spark.driver.host": "127.0.0.1",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.ui.enabled": "false",
        "spark.sql.shuffle.partitions": "2",
        "spark.sql.warehouse.dir": str(folder / "warehouse"),
        "spark.local.dir": str(folder),
    }
    session = SparkSession.builder.master("local[2]").config(map=settings).getOrCreate()
    yield Spark(session)
    session.stop()


@pytest.mark.parametrize("of", CONVERSATIONS, ids=lambda one: one.__name__)
@pytest.mark.parametrize("promise", PROMISES, ids=lambda promise: promise.__name__)
def test_the_texts_keep_their_promise_on_spark(
    promise: Callable[[Engine, Conversation], None], of: Callable[[], Conversation], spark: Engine
) -> None:
    promise(spark, of())


def test_spark_gives_the_rows_that_duckdb_gives(spark: Engine) -> None:
    rows = rows_of(dense_map(brexit()).matrix)
    assert sorted(counted(spark, rows)) == sorted(counted(Duck(duckdb.connect()), rows))
