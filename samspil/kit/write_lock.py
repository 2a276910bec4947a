"""The right to write to one database file, held by one thread of one process at a time.

SQLite lets writers who find the file taken sleep and try again, and some sleep for seconds. Here they stand
in line. Two small files lie beside the database, each locked with `flock`: whoever is first in the queue
holds the *turn* and waits for the *write* lock; all others wait for the turn, in the order the kernel keeps.
The kernel gives both back when a process dies.
"""

import fcntl
import os
import time
from io import FileIO
from pathlib import Path
from weakref import WeakSet

PAUSE = 0.0002
TURN, WRITE = "-turn", "-write"


class WaitedTooLongError(Exception):
    """Someone else has held the right to write for too long."""


class WriteLock:
    """The lock of one connection. Taking it twice is taking it once, and so is giving it back."""

    def __init__(self, database: str | Path, timeout: float) -> None:
        self.database = str(database)
        self.timeout = timeout
        self._file: FileIO | None = None

    @property
    def held(self) -> bool:
        return self._file is not None

    def acquire(self) -> None:
        """Wait in line for the right to write; raises `WaitedTooLongError` if it does not come."""
        if self.held:
            return
        deadline = time.monotonic() + self.timeout
        with _open(self.database + TURN) as turn:
            fcntl.flock(turn, fcntl.LOCK_EX)
            try:
                self._file = _locked(self.database + WRITE, deadline)
            finally:
                fcntl.flock(turn, fcntl.LOCK_UN)

    def release(self) -> None:
        """Let the next in line write."""
        file, self._file = self._file, None
        if file is not None and not file.closed:
            fcntl.flock(file, fcntl.LOCK_UN)
            file.close()


def lock_files(database: str | Path) -> list[Path]:
    """The files that lie beside the database because of its lock."""
    return [Path(f"{database}{ending}") for ending in (TURN, WRITE)]


_open_files: WeakSet[FileIO] = WeakSet()


def _open(path: str) -> FileIO:
    file = FileIO(path, "ab")
    _open_files.add(file)
    return file


def _locked(path: str, deadline: float) -> FileIO:
    file = _open(path)
    try:
        while not _taken(file):
            if time.monotonic() > deadline:
                raise WaitedTooLongError
            time.sleep(PAUSE)
    except BaseException:
        file.close()
        raise
    return file


def _taken(file: FileIO) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _forget_what_the_parent_holds() -> None:
    """A forked child shares the open files, and would keep its dead parent's lock alive."""
    for file in list(_open_files):
        file.close()


os.register_at_fork(after_in_child=_forget_what_the_parent_holds)
