"""Opens the files of a finished consultation: CSV, gzipped or not, never larger than agreed.

What the tables mean is read in `samspil.core.consultation`; here only the files are opened.
"""

import csv
import gzip
import hashlib
import io
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from samspil.core.consultation import COMMENTS, MATRIX, SUMMARY, VOTES, ConsultationRejected, Problem

LARGEST_TABLE = 64 * 1024 * 1024


def tables_in(directory: Path, largest: int = LARGEST_TABLE) -> dict[str, Iterable[Mapping[str, str]]]:
    """The tables of the export that lie in `directory`; ConsultationRejected names every file that cannot be
    read. `largest` is the most bytes a table may have once unpacked."""
    found = {name: path for name in (COMMENTS, VOTES, MATRIX, SUMMARY) if (path := _path(directory, name))}
    texts: dict[str, str] = {}
    problems: list[Problem] = []
    for name, path in found.items():
        try:
            texts[name] = _text(name, path, largest)
        except ConsultationRejected as refused:
            problems += refused.problems
    if problems:
        raise ConsultationRejected(problems)
    return {name: _rows(name, text) for name, text in texts.items()}


def table_in(file: Path, largest: int = LARGEST_TABLE) -> dict[str, Iterable[Mapping[str, str]]]:
    """One file as the table it is: a vote list or a matrix, told apart by their headings."""
    text = _text(file.name, file, largest)
    heading = set(next(csv.reader(io.StringIO(text, newline="")), []))
    name = VOTES if heading & {"voter-id", "vote"} else MATRIX if "participant" in heading else None
    if name is None:
        raise _refused(file.name, 1, "unknown_table")
    return {name: _rows(name, text)}


def fingerprint(directory: Path, largest: int = LARGEST_TABLE) -> str:
    """The SHA-256 of what the tables say; the same whether they are gzipped or not."""
    told = hashlib.sha256()
    for name in (COMMENTS, VOTES, MATRIX, SUMMARY):
        path = _path(directory, name)
        content = hashlib.sha256(_content(name, path, largest)).hexdigest() if path else ""
        told.update(f"{name}:{content}\n".encode())
    return told.hexdigest()


def _path(directory: Path, name: str) -> Path | None:
    choices = (directory / f"{name}.csv", directory / f"{name}.csv.gz")
    return next((path for path in choices if path.is_file()), None)


def _text(name: str, path: Path, largest: int) -> str:
    content = _content(name, path, largest)
    if len(content) > largest:
        raise _refused(name, 0, "too_large", str(largest // (1024 * 1024)))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as trouble:
        raise _refused(name, content.count(b"\n", 0, trouble.start) + 1, "not_utf_8") from trouble
    if "\0" in text:
        raise _refused(name, text.count("\n", 0, text.index("\0")) + 1, "not_utf_8")
    return text


def _content(name: str, path: Path, largest: int) -> bytes:
    """At most one byte more than `largest`, so that a small file cannot unpack into a huge one."""
    try:
        with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as file:
            return file.read(largest + 1)
    except (EOFError, OSError, zlib.error) as trouble:
        raise _refused(name, 0, "unreadable") from trouble


def _rows(name: str, text: str) -> Iterator[Mapping[str, str]]:
    """The rows by column name. The summary has no heading; its columns are called key and value."""
    names = ["key", "value"] if name == SUMMARY else None
    reader = csv.DictReader(io.StringIO(text, newline=""), fieldnames=names, strict=True)
    try:
        heading = Counter(reader.fieldnames or ())
        for column in sorted(one for one, times in heading.items() if times > 1):
            raise _refused(name, 1, "column_twice", column)
        yield from reader
    except csv.Error as trouble:
        raise _refused(name, reader.line_num + 1, "not_csv") from trouble


def _refused(name: str, line: int, kind: str, value: str = "") -> ConsultationRejected:
    return ConsultationRejected([Problem(name, line, kind, value)])
