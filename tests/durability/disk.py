"""A disk that keeps what was synced and may forget, keep or tear everything else.

Contents are safe once their file is synced, names (created, removed, renamed) once the folder is. When the power
goes, of the contents not yet synced any choice may have arrived, in any order, in whole sectors of 512 bytes;
of the names any first part, for file systems keep those in order.
"""

import random
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from tests.durability.trace import CREATE, RENAME, SYNC, TRUNCATE, UNLINK, WRITE, Event

SECTOR = 512
Chance = Callable[[], bool]


@dataclass
class File:
    """One file: what is safe, and what was done to it since the last sync."""

    safe: bytearray = field(default_factory=bytearray)
    pending: list[Event] = field(default_factory=list)

    def sync(self) -> None:
        for event in self.pending:
            _apply(self.safe, event)
        self.pending.clear()

    def after_power_cut(self, arrives: Chance, torn: bool) -> bytearray:
        content = bytearray(self.safe)
        for event in self.pending:
            for part in _sectors(event) if torn else [event]:
                if arrives():
                    _apply(content, part)
        return content


class Disk:
    """The folder of one database, fed with events in their order."""

    def __init__(self, files: dict[str, bytes]) -> None:
        self._seen = {name: File(bytearray(content)) for name, content in files.items()}
        self._safe = dict(self._seen)
        self._pending: list[Callable[[dict[str, File]], None]] = []

    def feed(self, event: Event) -> None:
        if event.kind in (WRITE, TRUNCATE):
            self._file(event.name).pending.append(event)
        elif event.kind == SYNC and event.name:
            self._file(event.name).sync()
        elif event.kind == SYNC:
            self._sync_names()
        else:
            self._rearrange(event)

    def after_power_cut(self, dice: random.Random, torn: bool) -> dict[str, bytes]:
        """What is found when the power is back; a third of the time nothing unsynced had arrived."""
        share = dice.choice((0.0, 0.5, 0.9))
        names = dict(self._safe)
        for change in self._pending[: dice.randint(0, len(self._pending)) if share else 0]:
            change(names)

        def arrives() -> bool:
            return dice.random() < share

        return {name: bytes(file.after_power_cut(arrives, torn)) for name, file in names.items()}

    def _file(self, name: str) -> File:
        return self._seen.setdefault(name, File())

    def _sync_names(self) -> None:
        for change in self._pending:
            change(self._safe)
        self._pending.clear()

    def _rearrange(self, event: Event) -> None:
        change = _CHANGES[event.kind](event, self._seen)
        change(self._seen)
        self._pending.append(change)


Change = Callable[[dict[str, File]], None]


def _created(event: Event, seen: dict[str, File]) -> Change:
    file = File()
    return lambda names: names.__setitem__(event.name, file)


def _unlinked(event: Event, seen: dict[str, File]) -> Change:
    return lambda names: names.pop(event.name, None) and None


def _renamed(event: Event, seen: dict[str, File]) -> Change:
    file = seen.get(event.name, File())

    def change(names: dict[str, File]) -> None:
        names.pop(event.name, None)
        names[event.data.decode()] = file

    return change


_CHANGES = {CREATE: _created, UNLINK: _unlinked, RENAME: _renamed}


def _apply(content: bytearray, event: Event) -> None:
    if event.kind == TRUNCATE:
        del content[event.offset :]
        content.extend(bytes(event.offset - len(content)))
        return
    content.extend(bytes(max(0, event.offset - len(content))))
    content[event.offset : event.offset + len(event.data)] = event.data


def _sectors(event: Event) -> Iterable[Event]:
    """A write as the sectors it falls into; all else in one piece."""
    if event.kind != WRITE:
        yield event
        return
    start, end = event.offset, event.offset + len(event.data)
    while start < end:
        stop = min(end, (start // SECTOR + 1) * SECTOR)
        yield Event(WRITE, event.name, start, event.data[start - event.offset : stop - event.offset])
        start = stop
