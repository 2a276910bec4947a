"""Opens the files of a finished consultation: CSV, gzipped or not, never larger than agreed.

What the tables mean is read in `samspil.core.consultation`; here only the files are opened.
"""

import csv
import gzip
import hashlib
import io
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from samspil.core.consultation import COMMENTS, MATRIX, SUMMARY, VOTES, ConsultationRejected, Problem

LARGEST_TABLE = 64 * 1024 * 1024
MOST_PARTS = 50  # of an archive; an export has five
NAMES = (COMMENTS, VOTES, MATRIX, SUMMARY)
ALSO_CALLED = {"participant-votes": MATRIX}


@dataclass(frozen=True)
class Given:
    """A file that somebody has sent, opened as one on a disk is."""

    name: str
    data: bytes

    @property
    def suffix(self) -> str:
        return PurePosixPath(self.name).suffix

    def open(self, _mode: str) -> io.BytesIO:
        return io.BytesIO(self.data)


Opened = Path | Given


def tables_in(directory: Path, largest: int = LARGEST_TABLE) -> dict[str, Iterable[Mapping[str, str]]]:
    """The tables of the export that lie in `directory`; ConsultationRejected names every file that cannot be
    read. `largest` is the most bytes a table may have once unpacked."""
    return _tables(_found_in(directory), largest)


def tables_of(
    files: Mapping[str, bytes], largest: int = LARGEST_TABLE
) -> dict[str, Iterable[Mapping[str, str]]]:
    """The same from files that were sent, by name: one by one, or in a ZIP archive."""
    return _tables(_found_among(files, largest), largest)


def _tables(found: Mapping[str, Opened], largest: int) -> dict[str, Iterable[Mapping[str, str]]]:
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
    return _fingerprint(_found_in(directory), largest)


def fingerprint_of(files: Mapping[str, bytes], largest: int = LARGEST_TABLE) -> str:
    """The same of files that were sent."""
    return _fingerprint(_found_among(files, largest), largest)


def _fingerprint(found: Mapping[str, Opened], largest: int) -> str:
    told = hashlib.sha256()
    for name in NAMES:
        content = hashlib.sha256(_content(name, found[name], largest)).hexdigest() if name in found else ""
        told.update(f"{name}:{content}\n".encode())
    return told.hexdigest()


def _found_in(directory: Path) -> dict[str, Opened]:
    return {name: path for name in NAMES if (path := _path(directory, name))}


def _path(directory: Path, name: str) -> Path | None:
    choices = (directory / f"{name}.csv", directory / f"{name}.csv.gz")
    return next((path for path in choices if path.is_file()), None)


def _found_among(files: Mapping[str, bytes], largest: int) -> dict[str, Opened]:
    """Each table once, whatever folder of an archive it lay in; other files of an export are left alone."""
    found: dict[str, Opened] = {}
    for given in _out_of_archives(files, largest):
        last = PurePosixPath(given.name.replace("\\", "/")).name.lower()
        stem = last.removesuffix(".gz").removesuffix(".csv")
        table = ALSO_CALLED.get(stem, stem)
        if last.endswith((".csv", ".csv.gz")) and table in NAMES:
            if table in found:
                raise _refused(table, 0, "table_twice")
            found[table] = Given(last, given.data)
    return found


def _out_of_archives(files: Mapping[str, bytes], largest: int) -> Iterator[Given]:
    for name, data in files.items():
        if name.lower().endswith(".zip"):
            yield from _unzipped(name, data, largest)
        else:
            yield Given(name, data)


def _unzipped(name: str, data: bytes, largest: int) -> Iterator[Given]:
    """The files in an archive, of which what they claim to hold is added up before any of them is read."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = [part for part in archive.infolist() if not part.is_dir()]
            if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > largest:
                raise _refused(name, 0, "too_large", str(largest // (1024 * 1024)))
            for part in parts:
                with archive.open(part) as file:
                    yield Given(part.filename, file.read(largest + 1))
    except (zipfile.BadZipFile, EOFError, OSError, RuntimeError, NotImplementedError, zlib.error) as trouble:
        raise _refused(name, 0, "unreadable") from trouble


def _text(name: str, path: Opened, largest: int) -> str:
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


def _content(name: str, path: Opened, largest: int) -> bytes:
    """At most one byte more than `largest`, so that a small file cannot unpack into a huge one."""
    try:
        with path.open("rb") as file:
            return (gzip.GzipFile(fileobj=file) if path.suffix == ".gz" else file).read(largest + 1)
    except (EOFError, OSError, zlib.error) as trouble:
        raise _refused(name, 0, "unreadable") from trouble


def _rows(name: str, text: str) -> Iterator[Mapping[str, str]]:
    """The rows by column name. The summary has no heading; its columns are called key and value."""
    names = ["key", "value"] if name == SUMMARY else None
    reader = csv.DictReader(io.StringIO(text, newline=""), fieldnames=names, strict=True)
    try:
        heading = list(reader.fieldnames or ())
        for column in sorted(one for one, count in Counter(heading).items() if count > 1):
            raise _refused(name, 1, "column_twice", column)
        yield from reader
    except csv.Error as trouble:
        raise _refused(name, reader.line_num + 1, "not_csv") from trouble


def _refused(name: str, line: int, kind: str, value: str = "") -> ConsultationRejected:
    return ConsultationRejected([Problem(name, line, kind, value)])
