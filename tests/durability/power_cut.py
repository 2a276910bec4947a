"""Cut the power at thousands of moments of a real run, and look at what the disk still holds.

    python -m tests.durability.power_cut [--points 10000] [--writes 1000] [--product tests.durability.tiny:Tiny]

The product's own processes write to SQLite while every write, sync, truncation, creation and removal is noted together
with the acknowledgements. Each point is a moment in that trace: the disk is rebuilt with unsynced writes dropped
or torn, opened by our own backend, checked, and compared with what had been acknowledged until then.
"""

import argparse
import random
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.databases import unwind_when_told_to_end
from tests.durability.disk import Disk
from tests.durability.kill import Clients, Group
from tests.durability.product import Found, Product, named, opened
from tests.durability.trace import ACKNOWLEDGE, WRITE, Event, Trace

NOTES = "-notes"
QUICK_DISK = Path("/dev/shm")


@dataclass(frozen=True)
class Run:
    """What the product did: the files at the beginning, and everything after."""

    name: str
    before: dict[str, bytes]
    events: list[Event]

    @property
    def acknowledged(self) -> frozenset[str]:
        return frozenset(key for event in self.events for key in _keys(event))


@dataclass(frozen=True)
class Damage:
    """What was found wrong at one point."""

    point: int
    torn: bool
    lost: int
    halves: int
    fault: str


@dataclass(frozen=True)
class Verdict:
    """All points of one run."""

    points: int
    acknowledged: int
    kinds: Counter[str]
    damages: tuple[Damage, ...]

    @property
    def points_with_loss(self) -> int:
        return sum(1 for damage in self.damages if damage.lost)

    @property
    def points_with_corruption(self) -> int:
        return sum(1 for damage in self.damages if damage.fault or damage.halves)

    def __str__(self) -> str:
        worst = max((damage.lost for damage in self.damages), default=0)
        noted = ", ".join(f"{self.kinds[kind]} {kind}" for kind in sorted(self.kinds))
        return (
            f"{self.points} power cuts in a run of {self.acknowledged} acknowledged writes ({noted}):"
            f" {self.points_with_loss} lost something (worst {worst}),"
            f" {self.points_with_corruption} corrupt or by half"
        )


def cut_the_power(product: Product, points: int, writes: int, clients: int = 8, seed: int = 1) -> Verdict:
    """Record one run of the product and cut the power at seeded random points of it."""
    with TemporaryDirectory(prefix="samspil-cut-", dir=QUICK_DISK if QUICK_DISK.is_dir() else None) as folder:
        run = record(product, Path(folder), writes, clients)
        damages = tuple(_damages(product, run, Path(folder, "after"), points, random.Random(seed)))
    kinds = Counter(event.kind.decode() for event in run.events)
    return Verdict(points, len(run.acknowledged), kinds, damages)


def record(product: Product, folder: Path, writes: int, clients: int) -> Run:
    """Let the product's processes run under the shim until enough is acknowledged, then end them."""
    database, trace = folder / "cut.sqlite3", Trace(folder / "trace")
    address = f"sqlite:///{database}"
    product.prepare(address)
    before = {path.name: path.read_bytes() for path in (database, Path(f"{database}-wal")) if path.exists()}
    group = Group(product, address, Path(f"{database}{NOTES}"), trace.watching(database))
    try:
        group.wait_until_ready(product)
        writing = Clients(product, group.port, "cut", clients, trace.acknowledge)
        writing.wait_for(writes)
        writing.stop()
    finally:
        group.kill()
    return Run(database.name, before, trace.events())


def _damages(product: Product, run: Run, folder: Path, points: int, dice: random.Random) -> Iterator[Damage]:
    """Walk through the trace once, stopping at each chosen point."""
    folder.mkdir()
    chosen = Counter(dice.randint(0, len(run.events)) for _ in range(points))
    disk, acknowledged = Disk(run.before), set[str]()
    for point in range(len(run.events) + 1):
        for number in range(chosen[point]):
            torn = number % 2 == point % 2
            found = _look(product, folder / run.name, disk.after_power_cut(dice, torn))
            lost = len(acknowledged - found.keys)
            if lost or found.halves or found.fault:
                yield Damage(point, torn, lost, len(found.halves), found.fault)
        if point < len(run.events):
            acknowledged.update(_keys(run.events[point]))
            if run.events[point].kind != ACKNOWLEDGE:
                disk.feed(run.events[point])


def _look(product: Product, database: Path, files: dict[str, bytes]) -> Found:
    """Open what the disk held, as the product would after the power is back."""
    for old in database.parent.iterdir():
        old.unlink()
    for ending in ("", "-wal", "-journal"):
        if database.name + ending in files:
            Path(f"{database}{ending}").write_bytes(files[database.name + ending])
    try:
        with opened(f"sqlite:///{database}") as connection, connection.cursor() as cursor:
            cursor.execute("PRAGMA integrity_check")
            faults = [row[0] for row in cursor.fetchall() if row[0] != "ok"]
            found = product.read(connection)
        return Found(found.keys, found.halves, "; ".join(filter(None, [*faults, found.fault])))
    except Exception as error:
        return Found(frozenset(), fault=repr(error))


def _keys(event: Event) -> list[str]:
    """The keys acknowledged by an event: one over HTTP, or those a worker noted as saved."""
    if event.kind == ACKNOWLEDGE:
        return [event.data.decode()]
    if event.kind == WRITE and event.name.endswith(NOTES):
        return event.data.decode().split()
    return []


def main() -> int:
    unwind_when_told_to_end()
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--points", type=int, default=10_000)
    parser.add_argument("--writes", type=int, default=1000)
    parser.add_argument("--clients", type=int, default=8)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--product", default="tests.durability.tiny:Tiny")
    wanted = parser.parse_args()
    product = named(wanted.product)
    verdict = cut_the_power(product, wanted.points, wanted.writes, wanted.clients, wanted.seed)
    print(verdict)
    for damage in verdict.damages[:10]:
        print(damage)
    return 1 if verdict.damages else 0


if __name__ == "__main__":
    sys.exit(main())
