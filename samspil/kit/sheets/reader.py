"""The door to the worker that reads files. One is kept warm for each process of the house.

A worker that takes too long, or dies, is replaced by a new one; the file it was reading is refused.
"""

import atexit
import json
import os
import subprocess  # nosec B404 - starts our own worker and nothing else
import sys
from dataclasses import dataclass
from pathlib import Path
from threading import Lock, Timer
from typing import Any, cast

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from samspil.kit import uploads
from samspil.kit.refusal import Refused

LONGEST = 45.0  # seconds until a worker is replaced
ENDINGS = ("xlsx", "csv", "json", "zip")
SENTENCES: "dict[str, str | Promise]" = {
    "damaged": _(
        "This file cannot be read as a table. Save it again as XLSX, as CSV in UTF-8, as JSON or as a ZIP of"
        " CSV files, without a password and without macros, and choose it again."
    ),
    "too_much": _("This file holds far more than a list like this does. Leave out what is not asked for."),
}

Cell = str | int | float | bool | None


class NoTable(Refused):
    """The file was not read, not even a part of it."""


@dataclass(frozen=True)
class Row:
    """The number it has in the file, and what stands in it."""

    number: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Table:
    """One sheet, one CSV file or one list. `epoch` is the year from which the file counts days."""

    name: str
    headings: tuple[str, ...]
    rows: tuple[Row, ...]
    epoch: int = 1900


def read(name: str, data: bytes) -> list[Table]:
    """The tables of a file, or `NoTable` with a sentence. Nothing of the file is opened in this process."""
    answered = ask(name, data)
    if "refused" in answered:
        raise NoTable(SENTENCES[answered["refused"]], "files")
    return [
        Table(
            one["name"],
            tuple(one["headings"]),
            tuple(Row(number, tuple(cells)) for number, cells in one["rows"]),
            one["epoch"],
        )
        for one in answered["tables"]
    ]


def ask(name: str, data: bytes) -> dict[str, Any]:
    """The worker's own answer: `tables` or `refused`, and its `peak` of memory in bytes."""
    ending = name.rpartition(".")[2].lower()
    if ending not in ENDINGS:
        return {"refused": "damaged", "peak": 0}
    if len(data) > uploads.LARGEST:
        return {"refused": "too_much", "peak": 0}
    return _worker.ask({"kind": ending, "name": name, "size": len(data)}, data)


class _Worker:
    """One process, asked by one thread at a time."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._of = 0

    def ask(self, question: dict[str, Any], data: bytes) -> dict[str, Any]:
        with self._lock:
            process = self._warm()
            too_long = Timer(LONGEST, process.kill)
            too_long.start()
            try:
                return self._answer(process, question, data)
            except (OSError, ValueError, EOFError):
                self.end()
                return {"refused": "too_much", "peak": 0}
            finally:
                too_long.cancel()

    def _answer(
        self, process: "subprocess.Popen[bytes]", question: dict[str, Any], data: bytes
    ) -> dict[str, Any]:
        asks, answers = process.stdin, process.stdout
        if asks is None or answers is None:
            raise EOFError
        asks.write(json.dumps(question).encode() + b"\n" + data)
        asks.flush()
        size = json.loads(answers.readline())["size"]
        text = answers.read(size)
        if len(text) != size:
            raise EOFError
        return cast("dict[str, Any]", json.loads(text))

    def _warm(self) -> "subprocess.Popen[bytes]":
        if self._process is None or self._process.poll() is not None or self._of != os.getpid():
            self._process, self._of = _started(), os.getpid()
        return self._process

    def end(self) -> None:
        """Let the process go; the next question starts another."""
        process, self._process = self._process, None
        if process is not None and self._of == os.getpid():
            process.kill()
            for pipe in (process.stdin, process.stdout):
                if pipe:
                    try:
                        pipe.close()
                    except OSError:
                        continue
            process.wait()


def _started() -> "subprocess.Popen[bytes]":
    house = str(Path(__file__).parents[3])
    start = f"import sys; sys.path[:0] = [{house!r}]; from samspil.kit.sheets import worker; worker.main()"
    return subprocess.Popen(  # noqa: S603  # nosec B603 - fixed words, no shell
        [sys.executable, "-I", "-S", "-c", start],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={},
        cwd="/",
    )


_worker = _Worker()
atexit.register(_worker.end)
