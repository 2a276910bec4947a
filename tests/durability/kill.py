"""Kill web and worker processes with signal 9 in the middle of concurrent writes, again and again.

    python -m tests.durability.kill [--database sqlite|postgresql] [--with-server] [--kills 20] [--clients 200]
        [--writes 1] [--product tests.durability.tiny:Tiny]

Every key that was acknowledged before a kill must be there after each restart, and no key by half.
"""

import argparse
import os
import random
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Set
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.databases import Server, server, unwind_when_told_to_end
from tests.durability.product import Found, Product, environment, named, read_back

PATIENCE = 60
PAUSE = 0.05  # after a request without an answer


@dataclass(frozen=True)
class Look:
    """What was found after a restart, and what had been acknowledged until then."""

    acknowledged: frozenset[str]
    found: Found

    @property
    def lost(self) -> frozenset[str]:
        return self.acknowledged - self.found.keys


@dataclass(frozen=True)
class Toll:
    """What the kills cost, looked at after each restart."""

    kills: int
    over_http: frozenset[str]
    by_workers: frozenset[str]
    looks: tuple[Look, ...]

    @property
    def acknowledged(self) -> frozenset[str]:
        return self.over_http | self.by_workers

    @property
    def lost(self) -> frozenset[str]:
        return frozenset[str]().union(*(look.lost for look in self.looks))

    @property
    def halves(self) -> frozenset[str]:
        return frozenset[str]().union(*(look.found.halves for look in self.looks))

    @property
    def faults(self) -> tuple[str, ...]:
        return tuple(look.found.fault for look in self.looks if look.found.fault)

    @property
    def harmless(self) -> bool:
        return len(self.looks) == self.kills and not (self.lost or self.halves or self.faults)

    def __str__(self) -> str:
        return (
            f"{self.kills} kills, {len(self.acknowledged)} acknowledged ({len(self.over_http)} over HTTP),"
            f" {len(self.lost)} lost, {len(self.halves)} by half, {len(self.faults)} faults"
            f" {sorted(self.lost | self.halves)[:5]} {self.faults[:2]}"
        )


def kill_again_and_again(
    product: Product,
    database: str,
    kills: int,
    clients: int,
    seed: int = 1,
    own_server: Server | None = None,
    writes: int = 1,
) -> Toll:
    """Start, write, kill, start again, compare; a database server handed in is killed along with the rest.

    A kill comes up to half a second after so many writes were acknowledged.
    """
    dice = random.Random(seed)
    over_http, looks = set[str](), list[Look]()
    product.prepare(database)
    with TemporaryDirectory(prefix="samspil-kill-") as folder:
        notes = Path(folder, "notes")
        for number in range(kills):
            with _started(product, database, notes) as group:
                if number:
                    looks.append(_look(product, database, over_http | _noted(notes)))
                writing = Clients(product, group.port, f"round{number}", clients)
                writing.wait_for(writes)
                time.sleep(dice.uniform(0, 0.5))
                if own_server:
                    own_server.kill()
                group.kill()
                over_http |= writing.stop()
            if own_server:
                own_server.start()
        with _started(product, database, notes):
            by_workers = _noted(notes)
            looks.append(_look(product, database, over_http | by_workers))
        return Toll(kills, frozenset(over_http), by_workers, tuple(looks))


def _look(product: Product, database: str, acknowledged: Set[str]) -> Look:
    return Look(frozenset(acknowledged), read_back(product, database))


class Group:
    """The processes of one product, killed together."""

    def __init__(
        self, product: Product, database: str, notes: Path, more: Mapping[str, str] | None = None
    ) -> None:
        self.port = _free_port()
        self._log = notes.with_suffix(".log")
        with self._log.open("ab") as log:
            self._processes = [
                subprocess.Popen(
                    command,
                    env=environment(database) | (more or {}),
                    stdout=log,
                    stderr=log,
                    start_new_session=True,
                )
                for command in product.commands(database, self.port, notes)
            ]

    def kill(self) -> None:
        """Signal 9 to all of them, with everything they started themselves; once, for numbers are given out anew."""
        processes, self._processes = self._processes, []
        for process in processes:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
        for process in processes:
            process.wait()

    def wait_until_ready(self, product: Product) -> None:
        deadline = time.monotonic() + PATIENCE
        while not product.ready(self.port):
            ended = {
                process.returncode: process.args for process in self._processes if process.poll() is not None
            }
            if ended or time.monotonic() > deadline:
                raise RuntimeError(f"The product did not start {ended}:\n{self._log.read_text()[-3000:]}")
            time.sleep(0.02)


@contextmanager
def _started(product: Product, database: str, notes: Path) -> Iterator[Group]:
    group = Group(product, database, notes)
    try:
        group.wait_until_ready(product)
        yield group
    finally:
        group.kill()


class Clients:
    """Many at once, each sending one write after the other and noting what was acknowledged."""

    def __init__(
        self,
        product: Product,
        port: int,
        prefix: str,
        number: int,
        acknowledge: Callable[[str], None] = lambda key: None,
    ) -> None:
        """Returns once the first write is acknowledged."""
        self._acknowledge = acknowledge
        self.product, self.port, self.prefix = product, port, prefix
        self.acknowledged: set[str] = set()
        self._stopped, self._begun = threading.Event(), threading.Event()
        self._threads = [threading.Thread(target=self._send, args=(client,)) for client in range(number)]
        for thread in self._threads:
            thread.start()
        if not self._begun.wait(PATIENCE):
            self.stop()
            raise RuntimeError("The product acknowledged no write.")

    def wait_for(self, writes: int) -> None:
        """Let them write on until so much is acknowledged."""
        deadline = time.monotonic() + PATIENCE + writes / 10
        while len(self.acknowledged) < writes and time.monotonic() < deadline:
            time.sleep(0.01)

    def stop(self) -> set[str]:
        self._stopped.set()
        for thread in self._threads:
            thread.join()
        return self.acknowledged

    def _send(self, client: int) -> None:
        number = 0
        while not self._stopped.is_set():
            key = f"{self.prefix}-{client}-{number}"
            number += 1
            if self.product.write(self.port, key):
                self._acknowledge(key)
                self.acknowledged.add(key)
                self._begun.set()
            else:
                self._stopped.wait(PAUSE)


def _noted(notes: Path) -> frozenset[str]:
    """What workers noted as saved; a line cut short by the kill was not."""
    text = notes.read_text() if notes.exists() else ""
    return frozenset(line.rstrip("\n") for line in text.splitlines(keepends=True) if line.endswith("\n"))


def _free_port() -> int:
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return int(door.getsockname()[1])


@contextmanager
def killable(kind: str) -> Iterator[tuple[str, Server | None]]:
    """An empty database that must bear it, with its server when it has one of its own."""
    if kind == "postgresql":
        with server(durable=True) as own:
            yield own.url, own
        return
    with TemporaryDirectory(prefix="samspil-kill-") as folder:
        yield f"sqlite:///{Path(folder, 'kill.sqlite3')}", None


def main() -> int:
    unwind_when_told_to_end()
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--product", default="tests.durability.tiny:Tiny")
    parser.add_argument("--database", choices=["sqlite", "postgresql"], default="sqlite")
    parser.add_argument("--with-server", action="store_true", help="kill PostgreSQL's processes too")
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--clients", type=int, default=200)
    parser.add_argument("--writes", type=int, default=1, help="acknowledged before each kill")
    parser.add_argument("--seed", type=int, default=1)
    wanted = parser.parse_args()
    product = named(wanted.product)
    with killable(wanted.database) as (database, own):
        dying = own if wanted.with_server else None
        toll = kill_again_and_again(
            product, database, wanted.kills, wanted.clients, wanted.seed, dying, wanted.writes
        )
    print(toll)
    return 0 if toll.harmless else 1


if __name__ == "__main__":
    sys.exit(main())
