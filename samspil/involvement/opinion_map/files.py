"""The files of a finished conversation, as a folder or as one table, gzipped or not."""

import gzip
import zlib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TextIO

from samspil.core.opinion_map.export_format import Conversation, Fault, Misread, conversation_of, kind_of

NAMES = {"votes": "votes.csv", "matrix": "participants-votes.csv", "comments": "comments.csv"}


def read(path: Path) -> Conversation:
    """The conversation in a folder (its votes, else its table; its comments if they are there) or in one file.

    Raises `Misread` when files do not say what a conversation says, `OSError` when they cannot be read.
    """
    found = _in_folder(path) if path.is_dir() else {_kind(path): path}
    with ExitStack() as open_files:
        lines = {kind: open_files.enter_context(_opened(file)) for kind, file in found.items()}
        names = {kind: file.name for kind, file in found.items()} | {"folder": str(path)}
        return conversation_of(**lines, names=names)


def _in_folder(folder: Path) -> dict[str, Path]:
    found = {}
    for kind, name in NAMES.items():
        here = [file for file in (folder / name, folder / f"{name}.gz") if file.is_file()]
        if here and not (kind == "matrix" and "votes" in found):
            found[kind] = here[0]
    return found


def _kind(file: Path) -> str:
    with _opened(file) as lines:
        heading = next(lines, "")
    kind = kind_of(heading)
    if kind not in ("votes", "matrix"):
        raise Misread([Fault(file.name, 1, "unknown") if heading.strip() else Fault(file.name, 0, "empty")])
    return kind


@contextmanager
def _opened(file: Path) -> Iterator[TextIO]:
    with file.open("rb") as raw:
        zipped = raw.read(2) == b"\x1f\x8b"
    with (
        gzip.open(file, "rt", encoding="utf-8-sig", newline="")
        if zipped
        else file.open(encoding="utf-8-sig", newline="")
    ) as lines:
        try:
            yield lines
        except (UnicodeDecodeError, EOFError, zlib.error) as fault:
            raise Misread([Fault(file.name, 0, "not_a_table", {"detail": fault})]) from fault
