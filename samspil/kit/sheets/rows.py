"""Tables out of a file as plain rows: XLSX, CSV, JSON, and CSV files together in a ZIP archive.

Strict on purpose. What two programs could read differently is not read at all: a damaged part, a cell out of
its place, a name given twice. Formulas are not computed; the value that was stored with them is taken.

A table is `{"name", "headings", "rows", "epoch"}`. The first row that holds anything is the headings. A row
is `[number, cells]` with the number it has in the file; a cell is a text, a number, a truth value or nothing.
`epoch` is the year from which the file counts its days, should a number mean a date.

Runs in the worker, so it needs the standard library and nothing else.
"""

import csv
import io
import json
import math
import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import PurePosixPath
from typing import Any
from xml.parsers import expat  # nosec B407 - declarations are refused before anything is made of them

LARGEST_UNPACKED = 50 * 1024 * 1024
HIGHEST_RATIO = 100
MOST_PARTS = 1_000
MOST_TABLES = 50
MOST_ROWS = 60_000
MOST_COLUMNS = 100
LONGEST_CELL = 32_767
STEP = 64 * 1024

Cell = str | int | float | bool | None
Table = dict[str, Any]


class NotReadableError(Exception):
    """The file is damaged, no table, or not what its name says."""


class TooMuchError(Exception):
    """The file holds more than a list of people ever does."""


def tables(kind: str, name: str, data: bytes) -> list[Table]:
    """All tables of a file; raises `NotReadableError` or `TooMuchError` and never reads a part of it."""
    try:
        found = READERS[kind](name, data)
    except _DAMAGE as damage:
        raise NotReadableError(type(damage).__name__) from None
    if len(found) > MOST_TABLES or sum(len(one["rows"]) for one in found) > MOST_ROWS:
        raise TooMuchError("rows")
    return found


# What the readers of zip, XML, CSV and JSON raise when bytes are broken.
_DAMAGE = (
    zipfile.BadZipFile, zlib.error, struct.error, expat.ExpatError, csv.Error, RecursionError,
    NotImplementedError, RuntimeError, EOFError, OSError, ValueError, LookupError, OverflowError,
)  # fmt: skip


def _table(name: str, rows: Iterator[tuple[int, list[Cell]]], epoch: int = 1900) -> Table:
    headings: list[str] | None = None
    kept: list[tuple[int, list[Cell]]] = []
    for number, cells in rows:
        while cells and cells[-1] is None:
            cells.pop()
        if not cells:
            continue
        if len(cells) > MOST_COLUMNS:
            raise TooMuchError("columns")
        if headings is None:
            headings = [_words(cell) for cell in cells]
            continue
        kept.append((number, cells))
        if len(kept) > MOST_ROWS:
            raise TooMuchError("rows")
    return {"name": name, "headings": headings or [], "rows": kept, "epoch": epoch}


def _words(cell: Cell) -> str:
    return "" if cell is None else str(cell)


def _text(text: str) -> Cell:
    if len(text) > LONGEST_CELL:
        raise TooMuchError("cell")
    return text or None


# --- CSV ------------------------------------------------------------------------------------------------

CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")


def _csv(name: str, data: bytes) -> list[Table]:
    text = _decoded(data)
    csv.field_size_limit(LONGEST_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text), strict=True)
    rows: Iterator[tuple[int, list[Cell]]] = (
        (number, [_text(cell) for cell in cells]) for number, cells in enumerate(reader, start=1)
    )
    return [_table(PurePosixPath(name).stem, rows)]


def _decoded(data: bytes) -> str:
    """UTF-8, UTF-16 with its mark, or the older Western encoding that spreadsheets in our countries write."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = data.decode("utf-16")
    else:
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = data.decode("cp1252")
    if CONTROL.search(text):
        raise ValueError("control characters")
    return text


def _separator(text: str) -> str:
    """What stands most often in the first line, outside of quotes."""
    first = re.sub(r'"[^"]*"', "", text.lstrip("\r\n").split("\n", 1)[0])
    return max(";,\t", key=first.count)


# --- CSV files in one archive ---------------------------------------------------------------------------

NOT_OURS = ("__MACOSX/", ".DS_Store")  # what a computer puts in beside them


def _zip(_name: str, data: bytes) -> list[Table]:
    """Each CSV file is a table under its own name. Anything else among them, and nothing is read."""
    with _whole_archive(data) as archive:
        parts = [part for part in archive.infolist() if not part.is_dir() and not _not_ours(part.filename)]
        names = [PurePosixPath(part.filename).stem.casefold() for part in parts]
        if not parts or len(set(names)) != len(names):
            raise ValueError("no table, or two of one name")
        if not all(_is_csv(part) for part in parts):
            raise ValueError("something else than CSV files")
        if struct.unpack_from("<H", data, len(data) - 12) != (len(archive.infolist()),):
            raise ValueError("another number of parts than it says")
        for part in parts:
            _ends_where_it_says(part, data)
        return [table for part in parts for table in _csv(part.filename, archive.read(part))]


def _ends_where_it_says(part: zipfile.ZipInfo, data: bytes) -> None:
    """What is packed beyond the size a part claims is cut off without a word by the library: refused here."""
    if part.compress_type != zipfile.ZIP_DEFLATED:
        return
    name, extra = struct.unpack_from("<HH", data, part.header_offset + 26)
    begins = part.header_offset + 30 + name + extra
    stream = zlib.decompressobj(-zlib.MAX_WBITS)
    stream.decompress(data[begins : begins + part.compress_size], part.file_size + 1)
    if not stream.eof or stream.unused_data:
        raise ValueError("a part that does not end where it says")


def _is_csv(part: zipfile.ZipInfo) -> bool:
    known = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
    return part.filename.lower().endswith(".csv") and part.compress_type in known


def _not_ours(name: str) -> bool:
    return name.startswith(NOT_OURS[0]) or PurePosixPath(name).name == NOT_OURS[1]


# --- JSON -----------------------------------------------------------------------------------------------


def _json(_name: str, data: bytes) -> list[Table]:
    text = data.decode("utf-8-sig")
    found = json.loads(
        text, object_pairs_hook=_once_each, parse_constant=_no_such_number, parse_float=_measured
    )
    if not isinstance(found, dict) or not all(isinstance(rows, list) for rows in found.values()):
        raise ValueError("not one object with lists")
    return [_json_table(name, rows) for name, rows in found.items()]


def _json_table(name: str, rows: list[Any]) -> Table:
    if not all(isinstance(row, dict) for row in rows):
        raise ValueError("not a list of objects")
    headings = list(dict.fromkeys(key for row in rows for key in row))
    cells = ((number, [_plain(row.get(key)) for key in headings]) for number, row in enumerate(rows, start=1))
    if len(headings) > MOST_COLUMNS or len(rows) > MOST_ROWS:
        raise TooMuchError("rows")
    kept = [(number, row) for number, row in cells if any(cell is not None for cell in row)]
    return {"name": name, "headings": headings, "rows": kept, "epoch": 1900}


def _plain(value: Any) -> Cell:
    if isinstance(value, str):
        if CONTROL.search(value):
            raise ValueError("control characters")
        value.encode()  # half a character is none
        return _text(value)
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, float) and math.isfinite(value):
        return value
    raise ValueError("neither a text nor a number")


def _once_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name given twice")
    return found


def _no_such_number(_word: str) -> Any:
    raise ValueError("no number")


def _measured(digits: str) -> float | str:
    """The number; one beyond all measure stays a text, so that whoever reads the list can name its cell."""
    found = float(digits)
    return found if math.isfinite(found) else digits


# --- XLSX -----------------------------------------------------------------------------------------------

MAIN = (
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    "http://purl.oclc.org/ooxml/spreadsheetml/main",
)
LINKS = (
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "http://purl.oclc.org/ooxml/officeDocument/relationships",
)
PACKAGE_LINKS = ("http://schemas.openxmlformats.org/package/2006/relationships",)
PLACE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?([eE][-+]?[0-9]{1,3})?")
NO_NUMBERS = ("NaN", "nan", "INF", "-INF", "inf", "-inf")  # written by programs into cells of numbers
FAILURES = ("#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!")
ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
SPACE, BLANKS = "http://www.w3.org/XML/1998/namespace space", " \t\r\n"
WORKBOOK, WORKBOOK_LINKS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"


def _xlsx(_name: str, data: bytes) -> list[Table]:
    with _whole_archive(data) as archive:
        _read(archive, "[Content_Types].xml", _ContentTypes())
        if _read(archive, "_rels/.rels", _Links("")).one("/officeDocument") != WORKBOOK:
            raise ValueError("another workbook than the one that is there")
        book = _read(archive, WORKBOOK, _Workbook())
        links = _read(archive, WORKBOOK_LINKS, _Links("xl/"))
        if links.has("/styles"):
            _read(archive, links.one("/styles"), _Styles())
        texts = (
            _read(archive, links.one("/sharedStrings"), _Texts()).texts if links.has("/sharedStrings") else []
        )
        _read_the_rest(archive, {WORKBOOK, WORKBOOK_LINKS})
        return [
            _table(name, iter(_read(archive, links.sheet(ref), _Sheet(texts)).rows), book.epoch)
            for name, ref in book.sheets
        ]


@contextmanager
def _whole_archive(data: bytes) -> Iterator[zipfile.ZipFile]:
    """An archive from its first byte to its last, that claims no more than a list needs."""
    if not data.startswith(b"PK\x03\x04") or data[-22:-18] != b"PK\x05\x06":
        raise ValueError("not a zip archive from its first byte to its last")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        _check_archive(archive)
        yield archive


def _check_archive(archive: zipfile.ZipFile) -> None:
    parts = archive.infolist()
    unpacked, packed = sum(part.file_size for part in parts), sum(part.compress_size for part in parts)
    if len(parts) > MOST_PARTS or unpacked > LARGEST_UNPACKED or unpacked > HIGHEST_RATIO * max(packed, 1):
        raise TooMuchError("archive")
    names = [part.filename for part in parts]
    if len(set(names)) != len(names) or any(part.flag_bits & 1 for part in parts):
        raise ValueError("a part twice, or locked")
    if any(name.lower().endswith((".bin", ".exe", ".dll")) and "vba" in name.lower() for name in names):
        raise ValueError("macros")


def _read_the_rest(archive: zipfile.ZipFile, done: set[str]) -> None:
    """Parts that hold no rows are read as well, so that a damaged file is refused as a whole."""
    for part in archive.infolist():
        name = part.filename.lower()
        if part.filename in done or (name.startswith("xl/worksheets/") and name.endswith(".xml")):
            continue
        if name.endswith((".xml", ".rels")):
            _read(archive, part.filename, _Part())
        else:
            with archive.open(part) as stream:
                while stream.read(STEP):
                    pass


class _Part:
    """Reads one XML part from its first element to its last. Names come without their namespace once it is
    known to be the right one."""

    spaces: tuple[str, ...] = ()
    root = ""

    def begin(self, name: str, facts: dict[str, str]) -> None:
        """An element opens; `name` is its local name in one of our namespaces, else empty."""

    def end(self, name: str) -> None:
        """An element closes."""

    def words(self, text: str) -> None:
        """Text between elements."""


def _read(archive: zipfile.ZipFile, name: str, part: Any) -> Any:
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
    first = True

    def local(name: str) -> str:
        space, _blank, word = name.rpartition(" ")
        return word if space in part.spaces else ""

    def begin(name: str, facts: dict[str, str]) -> None:
        nonlocal first
        if first and part.root and local(name) != part.root:
            raise ValueError("another kind of part")
        first = False
        part.begin(local(name), facts)

    parser.StartElementHandler = begin
    parser.EndElementHandler = lambda name: part.end(local(name))
    parser.CharacterDataHandler = part.words
    parser.StartDoctypeDeclHandler = _no_declarations
    parser.EntityDeclHandler = _no_declarations
    with archive.open(name) as stream:
        while piece := stream.read(STEP):
            parser.Parse(piece, False)
        parser.Parse(b"", True)
    return part


def _no_declarations(*_what: Any) -> None:
    raise ValueError("a document type declaration")


class _ContentTypes(_Part):
    spaces, root = ("http://schemas.openxmlformats.org/package/2006/content-types",), "Types"


class _Styles(_Part):
    spaces, root = MAIN, "styleSheet"


class _Workbook(_Part):
    """The names of the sheets and where they lie."""

    spaces, root = MAIN, "workbook"

    def __init__(self) -> None:
        self.sheets: list[tuple[str, str]] = []
        self.epoch = 1900

    def begin(self, name: str, facts: dict[str, str]) -> None:
        if name == "sheet":
            self.sheets.append(
                (facts["name"], next(facts[f"{space} id"] for space in LINKS if f"{space} id" in facts))
            )
        elif name == "workbookPr" and facts.get("date1904", "0") in ("1", "true"):
            self.epoch = 1904


class _Links(_Part):
    """Which part is meant by which name."""

    spaces, root = PACKAGE_LINKS, "Relationships"

    def __init__(self, folder: str) -> None:
        self.folder = folder
        self.known: dict[str, tuple[str, str]] = {}

    def begin(self, name: str, facts: dict[str, str]) -> None:
        if name == "Relationship" and facts.get("TargetMode", "Internal") == "Internal":
            if facts["Id"] in self.known:
                raise ValueError("a name given twice")
            self.known[facts["Id"]] = (facts["Type"], facts["Target"])

    def has(self, kind: str) -> bool:
        return any(known.endswith(kind) for known, _target in self.known.values())

    def one(self, kind: str) -> str:
        (target,) = [target for known, target in self.known.values() if known.endswith(kind)]
        return self._path(target)

    def sheet(self, ref: str) -> str:
        kind, target = self.known[ref]
        if not kind.endswith("/worksheet"):
            raise ValueError("a sheet without rows")
        return self._path(target)

    def _path(self, target: str) -> str:
        if ".." in target or "\\" in target:
            raise ValueError("a part outside of the file")
        return target.lstrip("/") if target.startswith("/") else f"{self.folder}{target}"


class _Text:
    """One text of a cell, piece by piece. Blanks around a piece count only where the file says so; what helps
    to pronounce it is left out."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._long = 0
        self._kept = False

    def begin(self, facts: dict[str, str]) -> None:
        self._pieces.append("")
        self._kept = facts.get(SPACE) == "preserve"

    def add(self, words: str) -> None:
        self._pieces[-1] += words
        self._long += len(words)
        if self._long > LONGEST_CELL:
            raise TooMuchError("cell")

    def end(self) -> None:
        if not self._kept:
            self._pieces[-1] = self._pieces[-1].strip(BLANKS)

    @property
    def cell(self) -> Cell:
        return _text(_unescaped("".join(self._pieces)))


class _Texts(_Part):
    """The texts that cells refer to."""

    spaces, root = MAIN, "sst"

    def __init__(self) -> None:
        self.texts: list[Cell] = []
        self._text = _Text()
        self._within: list[str] = []

    def begin(self, name: str, facts: dict[str, str]) -> None:
        if name == "si":
            if self._within != ["sst"]:
                raise ValueError("a text within a text")
            self._text = _Text()
        elif name not in KNOWN_TEXT_PARTS and "rPr" not in self._within and self._within:
            raise ValueError("something else among the texts")
        self._within.append(name)
        if self._is_text():
            self._text.begin(facts)

    def end(self, name: str) -> None:
        if self._is_text():
            self._text.end()
        self._within.pop()
        if name == "si":
            self.texts.append(self._text.cell)

    def words(self, text: str) -> None:
        if self._is_text():
            self._text.add(text)

    def _is_text(self) -> bool:
        return self._within[-1:] == ["t"] and "rPh" not in self._within


KNOWN_TEXT_PARTS = {"sst", "t", "r", "rPr", "rPh", "phoneticPr", "extLst"}
KNOWN_PARTS = {"row", "c", "v", "f", "is", "t", "r", "rPr", "rPh", "phoneticPr", "extLst"}


class _Sheet(_Part):
    """The rows of one sheet."""

    spaces, root = MAIN, "worksheet"

    def __init__(self, texts: list[Cell]) -> None:
        self.texts = texts
        self.rows: list[tuple[int, list[Cell]]] = []
        self._row = 0
        self._column = 0
        self._cells: list[Cell] = []
        self._kind = ""
        self._value: list[str] | None = None
        self._inline: _Text | None = None
        self._within: list[str] = []
        self._in_data = False
        self._seen = False
        self._long = 0

    def begin(self, name: str, facts: dict[str, str]) -> None:
        if self._in_data:
            self._begin_inside(name, facts)
        elif name == "sheetData":
            if self._seen or self._within != ["worksheet"]:
                raise ValueError("rows twice")
            self._in_data = self._seen = True
        self._within.append(name)

    def _begin_inside(self, name: str, facts: dict[str, str]) -> None:
        above = self._within[-1]
        if name == "row" and above == "sheetData":
            self._begin_row(facts)
        elif name == "c" and above == "row":
            self._begin_cell(facts)
        elif name == "v" and above == "c" and self._value is None:
            self._value, self._long = [], 0
        elif name == "is" and above == "c" and self._inline is None:
            self._inline = _Text()
        elif name in ("row", "c", "v", "is") or (name not in KNOWN_PARTS and "rPr" not in self._within):
            raise ValueError("something else among the cells")
        elif name == "t" and self._inline and "rPh" not in self._within:
            self._inline.begin(facts)

    def _begin_row(self, facts: dict[str, str]) -> None:
        number = int(facts["r"]) if "r" in facts else self._row + 1
        if number <= self._row or number > 1_048_576:
            raise ValueError("a row out of its place")
        self._row, self._column, self._cells = number, 0, []

    def _begin_cell(self, facts: dict[str, str]) -> None:
        column = self._column_of(facts["r"]) if "r" in facts else self._column + 1
        if column <= self._column or column > 16_384:
            raise ValueError("a cell out of its place")
        self._column, self._kind = column, facts.get("t", "n")
        self._value = self._inline = None

    def _column_of(self, place: str) -> int:
        found = PLACE.fullmatch(place)
        if found is None or int(found[2]) != self._row:
            raise ValueError("a cell out of its place")
        column = 0
        for letter in found[1]:
            column = column * 26 + ord(letter) - 64
        return column

    def end(self, name: str) -> None:
        if name == "t" and self._inline and "rPh" not in self._within:
            self._inline.end()
        self._within.pop()
        if not self._in_data:
            return
        if name == "c":
            self._keep(_cell(self._kind, self._value, self._inline, self.texts))
        elif name == "row" and self._cells:
            self.rows.append((self._row, self._cells))
            if len(self.rows) > MOST_ROWS:
                raise TooMuchError("rows")
        elif name == "sheetData":
            self._in_data = False

    def _keep(self, cell: Cell) -> None:
        if cell is None:
            return
        if self._column > MOST_COLUMNS:
            raise TooMuchError("columns")
        self._cells.extend([None] * (self._column - 1 - len(self._cells)))
        self._cells.append(cell)

    def words(self, text: str) -> None:
        within = self._within[-1:]
        if within == ["v"] and self._value is not None:
            self._value.append(text)
            self._long += len(text)
            if self._long > LONGEST_CELL:
                raise TooMuchError("cell")
        elif within == ["t"] and self._inline is not None and "rPh" not in self._within:
            self._inline.add(text)


def _cell(kind: str, value: list[str] | None, inline: _Text | None, texts: list[Cell]) -> Cell:
    if kind == "inlineStr":
        return inline.cell if inline else None
    if value is None:
        return None
    return _KINDS_OF_CELLS[kind]("".join(value), texts)


def _number(value: str, _texts: list[Cell]) -> Cell:
    if not value:
        return None
    if value in NO_NUMBERS:
        return value
    if not NUMBER.fullmatch(value):
        raise ValueError("no number")
    found = _measured(value)
    return int(found) if isinstance(found, float) and found.is_integer() and abs(found) < 1e15 else found


def _shared(value: str, texts: list[Cell]) -> Cell:
    if not re.fullmatch("[0-9]{1,9}", value):
        raise ValueError("no number")
    return texts[int(value)]


def _truth(value: str, _texts: list[Cell]) -> Cell:
    return {"0": False, "1": True}[value]


def _as_it_is(value: str, _texts: list[Cell]) -> Cell:
    return _text(_unescaped(value))


def _failure(value: str, _texts: list[Cell]) -> Cell:
    if value not in FAILURES:
        raise ValueError("no failure of a formula")
    return value


_KINDS_OF_CELLS: dict[str, Callable[[str, list[Cell]], Cell]] = {
    "n": _number,
    "s": _shared,
    "b": _truth,
    "str": _as_it_is,
    "e": _failure,
    "d": _as_it_is,
}


def _unescaped(text: str) -> str:
    return ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text


READERS: dict[str, Callable[[str, bytes], list[Table]]] = {
    "xlsx": _xlsx,
    "csv": _csv,
    "json": _json,
    "zip": _zip,
}
