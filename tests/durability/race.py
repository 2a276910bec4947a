"""Many writers at once: how many writes a second reach the disk, how long they wait, and what goes wrong.

python -m tests.durability.race [--database sqlite|postgresql] [--writers 16] [--each 200] [--threads 1]
"""

import argparse
import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tests.databases import postgres
from tests.durability import tiny
from tests.durability.product import Found, environment, python, read_back

MODULE = "tests.durability.race"


@dataclass(frozen=True)
class Race:
    """How a race went; waits in seconds, sorted."""

    seconds: float
    waits: tuple[float, ...]
    slowest_writer: float
    quickest_writer: float
    errors: tuple[str, ...]
    found: Found

    @property
    def writes_per_second(self) -> float:
        return len(self.waits) / self.seconds

    def wait_at(self, share: float) -> float:
        return self.waits[min(len(self.waits) - 1, int(share * len(self.waits)))]

    def __str__(self) -> str:
        p50, p95, most = (self.wait_at(share) * 1000 for share in (0.5, 0.95, 1))
        return (
            f"{len(self.waits)} writes, {self.writes_per_second:.0f}/s,"
            f" median {p50:.1f} ms, p95 {p95:.1f} ms, longest {most:.1f} ms,"
            f" writers done after {self.quickest_writer:.2f} to {self.slowest_writer:.2f} s,"
            f" {len(self.errors)} errors"
        )


def race(database: str, writers: int, threads: int, each: int) -> Race:
    """`writers` processes of `threads` threads, each thread doing `each` writes, all starting together."""
    command = python("-m", MODULE, "run", str(threads), str(each))
    processes = [_open(command, database) for _ in range(writers)]
    for process in processes:
        process.stdout.readline()  # type: ignore[union-attr]
    start = time.monotonic()
    for process in processes:
        print(start, file=process.stdin, flush=True)
    lines = [line for process in processes for line in json.loads(process.communicate()[0])]
    return _result(lines, read_back(tiny.Tiny(), database))


def _open(command: list[str], database: str) -> subprocess.Popen[str]:
    pipe = subprocess.PIPE
    return subprocess.Popen(command, env=environment(database), stdin=pipe, stdout=pipe, text=True)


def _result(lines: list[dict[str, Any]], found: Found) -> Race:
    waits = sorted(wait for line in lines for wait in line["waits"])
    errors = tuple(error for line in lines for error in line["errors"])
    ends = [line["seconds"] for line in lines]
    return Race(max(ends), tuple(waits), max(ends), min(ends), errors, found)


@contextmanager
def fresh(kind: str, durable: bool = True) -> Iterator[str]:
    """An empty database on SQLite or PostgreSQL, ready for the tiny product."""
    if kind == "postgresql":
        with postgres(durable=durable) as database:
            tiny.Tiny().prepare(database)
            yield database
        return
    with TemporaryDirectory(prefix="samspil-race-") as folder:
        database = f"sqlite:///{Path(folder, 'race.sqlite3')}"
        tiny.Tiny().prepare(database)
        yield database


def _run(threads: int, each: int) -> None:
    """One process of the race: get ready, wait for the start, tell how it went."""
    tiny.open_house(os.environ["DATABASE_URL"])
    tiny.Tiny().read(tiny.connection)
    told: list[dict[str, Any]] = []
    print("ready", flush=True)
    start = float(sys.stdin.readline())
    writers = [threading.Thread(target=_write, args=(start, each, told)) for _ in range(threads)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    json.dump(told, sys.stdout)


def _write(start: float, each: int, told: list[dict[str, Any]]) -> None:
    waits, errors = [], []
    for number in range(each):
        begun = time.monotonic()
        try:
            tiny.write(f"{os.getpid()}-{threading.get_ident()}-{number}")
        except Exception as error:
            errors.append(repr(error))
        waits.append(time.monotonic() - begun)
    told.append({"waits": waits, "errors": errors, "seconds": time.monotonic() - start})
    tiny.connection.close()


def main() -> None:
    if sys.argv[1:2] == ["run"]:
        _run(int(sys.argv[2]), int(sys.argv[3]))
        return
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--database", choices=["sqlite", "postgresql"], default="sqlite")
    parser.add_argument("--writers", type=int, default=16)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--each", type=int, default=200)
    wanted = parser.parse_args()
    with fresh(wanted.database) as database:
        print(race(database, wanted.writers, wanted.threads, wanted.each))


if __name__ == "__main__":
    main()
