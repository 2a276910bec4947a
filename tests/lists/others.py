"""Readers of our own tests, written without looking at the house's: what they see, the house must see.

They are lenient where the house is strict: they read what can be read at all.
"""

import datetime
import io
import math
import struct
import zlib
from collections.abc import Sequence
from typing import Any

import pydantic_core
from python_calamine import CalamineWorkbook

NO_TIME = datetime.timedelta(0)
FAILURES = ("#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!")
Seen = list[tuple[str, list[str], list[tuple[int, list[Any]]]]]


def xlsx(data: bytes) -> Seen:
    """By calamine, a reader in another language by other people."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    found: Seen = []
    for name in book.sheet_names:
        sheet = book.get_sheet_by_name(name)
        start = sheet.start or (0, 0)
        rows = []
        for offset, row in enumerate(sheet.to_python(skip_empty_area=True)):
            cells = [None] * start[1] + [_cell(cell) for cell in row]
            rows.append((start[0] + offset + 1, cells))
        found.append(_seen(name, rows))
    return found


def _cell(cell: Any) -> Any:
    """Days and hours are numbers to us: which of them is a date, its column knows."""
    if isinstance(cell, datetime.datetime | datetime.date):
        day = cell.date() if isinstance(cell, datetime.datetime) else cell
        hours = cell - cell.replace(hour=0, minute=0, second=0, microsecond=0) if day != cell else NO_TIME
        return _number((day - datetime.date(1899, 12, 30)).days + hours / datetime.timedelta(days=1))
    if isinstance(cell, datetime.time):
        return _number((cell.hour * 3600 + cell.minute * 60 + cell.second) / 86400)
    if isinstance(cell, datetime.timedelta):
        return _number(cell / datetime.timedelta(days=1))
    if isinstance(cell, float):
        return _number(cell)
    return _text(cell) if isinstance(cell, str) else cell


def _number(number: float) -> Any:
    return int(number) if number.is_integer() and abs(number) < 1e15 else number


def _text(text: str) -> Any:
    return text.replace("\r\n", "\n") or None


def csv(name: str, data: bytes) -> Seen:
    """A small machine that walks letter by letter."""
    text = _decoded(data)
    rows, row, cell = [], [], ""
    quoted = False
    separator = _separator(text)
    place = 0
    while place < len(text):
        sign = text[place]
        if quoted:
            if sign == '"' and text[place + 1 : place + 2] == '"':
                cell, place = cell + '"', place + 1
            elif sign == '"':
                quoted = False
            else:
                cell += sign
        elif sign == '"' and not cell:
            quoted = True
        elif sign == separator:
            row, cell = [*row, cell], ""
        elif sign in "\r\n":
            place += text[place : place + 2] == "\r\n"
            rows.append([*row, cell])
            row, cell = [], ""
        else:
            cell += sign
        place += 1
    if row or cell:
        rows.append([*row, cell])
    cells = [(number, [one or None for one in line]) for number, line in enumerate(rows, start=1)]
    return [_seen(name.rpartition(".")[0], cells)]


def zip_of_csv(data: bytes) -> Seen:
    """By the list at the archive's end, as its inventors describe it."""
    count, place = struct.unpack_from("<H4xI", data, len(data) - 12)
    found: Seen = []
    for _number in range(count):
        packed_as, packed, names, extra, comment, at = struct.unpack_from("<10xH8xI4xHHH8xI", data, place)
        name = data[place + 46 : place + 46 + names].decode("utf-8", errors="replace")
        place += 46 + names + extra + comment
        own_name, own_extra = struct.unpack_from("<HH", data, at + 26)
        start = at + 30 + own_name + own_extra
        content = data[start : start + packed]
        content = zlib.decompress(content, -15) if packed_as == 8 else content
        found += csv(name.rpartition("/")[2], content)
    return found


def _decoded(data: bytes) -> str:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return str(data, "utf-16")
    try:
        return str(data.removeprefix(b"\xef\xbb\xbf"), "utf-8")
    except UnicodeDecodeError:
        return str(data, "cp1252")


def _separator(text: str) -> str:
    line = text.lstrip("\r\n").split("\n")[0]
    outside, counts, pending = True, {";": 0, ",": 0, "\t": 0}, dict.fromkeys(";,\t", 0)
    for sign in line:
        if sign == '"':
            if not outside:
                pending = dict.fromkeys(";,\t", 0)
            outside = not outside
        elif sign in counts and outside:
            counts[sign] += 1
        elif sign in counts:
            pending[sign] += 1
    if not outside:  # a quote that never ends hides nothing
        counts = {sign: counts[sign] + pending[sign] for sign in counts}
    return max(";,\t", key=lambda sign: counts[sign])


def json(data: bytes) -> Seen:
    """By jiter, a reader in another language by other people."""
    found = pydantic_core.from_json(data.removeprefix(b"\xef\xbb\xbf"))
    seen: Seen = []
    for name, rows in found.items():
        headings = list(dict.fromkeys(key for row in rows for key in row))
        lines = [
            (number, [row.get(key) if row.get(key) != "" else None for key in headings])
            for number, row in enumerate(rows, start=1)
        ]
        seen.append((name, [_beyond_measure(one) for one in headings], _trimmed(lines)))
    return seen


def _seen(name: str, rows: Sequence[tuple[int, list[Any]]]) -> Any:
    kept = _trimmed(rows)
    headings = [] if not kept else ["" if cell is None else str(cell) for cell in kept[0][1]]
    return (name, headings, kept[1:])


def _trimmed(rows: Sequence[tuple[int, list[Any]]]) -> list[tuple[int, list[Any]]]:
    found = []
    for number, row in rows:
        cells = [_beyond_measure(cell) for cell in row]
        while cells and cells[-1] is None:
            cells.pop()
        if cells:
            found.append((number, cells))
    return found


def _beyond_measure(cell: Any) -> Any:
    """A number too large for a computer, or none at all: some keep its digits and some call it infinite."""
    try:
        number = float(cell)
    except (TypeError, ValueError, OverflowError):
        return cell
    return cell if math.isfinite(number) else repr(number)


def ours(tables: list[dict[str, Any]]) -> Seen:
    """What the house's worker said, in the same shape. Calamine shows a failed formula as an empty cell."""
    return [
        (
            one["name"],
            [_beyond_measure(heading) for heading in one["headings"]],
            _trimmed(
                [(number, [None if c in FAILURES else c for c in cells]) for number, cells in one["rows"]]
            ),
        )
        for one in tables
    ]
