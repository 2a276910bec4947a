"""Files made to hurt: each gets the one refusal, quickly, and the house that asked stays as it was."""

import gzip
import io
import json
import os
import signal
import socket
import struct
import time
import zipfile
from collections.abc import Iterator
from typing import Any

import pytest

from samspil.kit.sheets import reader, rows
from tests.lists import town

MEMORY = 200 * 1024 * 1024
MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
HEAD = f'<?xml version="1.0"?><worksheet {MAIN}><sheetData>'
TAIL = "</sheetData></worksheet>"


def whole() -> dict[str, bytes]:
    data = town.workbook({"Enheder": [["Navn"], ["Nord"]]})
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def with_sheet(xml: str) -> bytes:
    return zipped({**whole(), "xl/worksheets/sheet1.xml": xml.encode()})


def cells(count: int, letter: str = "a") -> str:
    return "".join(
        f'<row r="{n}"><c t="inlineStr"><is><t>{letter}</t></is></c></row>' for n in range(1, count)
    )


LAUGHS = "".join(
    f'<!ENTITY l{n} "{"&l" + str(n - 1) + ";" * 1}{"&l" + str(n - 1) + ";"}">' for n in range(1, 30)
)
HOSTILE = {
    "zip bomb": lambda: zipped({**whole(), "xl/media/image.png": bytes(60 * 1024 * 1024)}),
    "nested bomb": lambda: zipped({**whole(), "xl/worksheets/sheet1.xml": b" " * 45_000_000}),
    "a thousand laughs": lambda: with_sheet(
        f'<?xml version="1.0"?><!DOCTYPE w [<!ENTITY l0 "ha">{LAUGHS}]><worksheet {MAIN}><sheetData>'
        f'<row r="1"><c t="inlineStr"><is><t>&l29;</t></is></c></row>{TAIL}'
    ),
    "a file of the machine": lambda: with_sheet(
        f'<?xml version="1.0"?><!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]><worksheet {MAIN}>'
        f'<sheetData><row r="1"><c t="inlineStr"><is><t>&x;</t></is></c></row>{TAIL}'
    ),
    "an address outside": lambda: with_sheet(
        f'<?xml version="1.0"?><!DOCTYPE w SYSTEM "http://192.0.2.1/w.dtd"><worksheet {MAIN}><sheetData/></worksheet>'
    ),
    "macros": lambda: zipped({**whole(), "xl/vbaProject.bin": b"\xd0\xcf\x11\xe0"}),
    "very many rows": lambda: with_sheet(HEAD + cells(70_000) + TAIL),
    "a huge cell": lambda: with_sheet(
        HEAD + f'<row r="1"><c t="inlineStr"><is><t>{"a" * 40_000}</t></is></c></row>' + TAIL
    ),
    "a cell of many pieces": lambda: with_sheet(
        HEAD + f'<row r="1"><c t="inlineStr"><is>{"<r><t>aaaaaaaaaa</t></r>" * 4_000}</is></c></row>' + TAIL
    ),
    "a cell far out": lambda: with_sheet(HEAD + '<row r="1"><c r="XFD1"><v>1</v></c></row>' + TAIL),
    "a row below the last": lambda: with_sheet(HEAD + '<row r="9999999"><c><v>1</v></c></row>' + TAIL),
    "a part outside": lambda: zipped(
        {
            **whole(),
            "xl/_rels/workbook.xml.rels": whole()["xl/_rels/workbook.xml.rels"].replace(
                b"worksheets/", b"../../etc/"
            ),
        }
    ),
    "a part twice": lambda: whole_twice(),
    "not a workbook at all": lambda: gzip.compress(b"hello"),
    "deep nesting": lambda: with_sheet(f'<?xml version="1.0"?><worksheet {MAIN}>' + "<a>" * 400_000),
}


def whole_twice() -> bytes:
    """The names in the archive's own list are patched, since the library warns of what it writes twice."""
    data = zipped({**whole(), "xl/worksheets/sheet2.xml": whole()["xl/worksheets/sheet1.xml"]})
    return data.replace(b"xl/worksheets/sheet2.xml", b"xl/worksheets/sheet1.xml")


@pytest.mark.parametrize("name", list(HOSTILE))
def test_a_hostile_workbook_is_turned_away(name: str) -> None:
    data = HOSTILE[name]()
    answered = reader.ask("liste.xlsx", data)
    assert answered["refused"] in reader.SENTENCES
    assert answered["peak"] <= MEMORY
    with pytest.raises(reader.NoTable):
        reader.read("liste.xlsx", data)


def tables_and(**more: bytes) -> bytes:
    """A ZIP of CSV files with something else beside it."""
    return zipped(
        {"Enheder.csv": b"Navn\r\nNord", **{name.replace("_", "."): data for name, data in more.items()}}
    )


def locked() -> bytes:
    """The archive's list says that its parts are locked."""
    data = bytearray(tables_and())
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


def counted_wrongly() -> bytes:
    """Its end claims one part more than there is."""
    data = bytearray(tables_and())
    data[-12] += 1
    return bytes(data)


def without_an_end() -> bytes:
    """What is packed has lost the mark of its last block, though all of it is there."""
    data = bytearray(tables_and())
    name, extra = struct.unpack_from("<HH", data, 26)
    data[30 + name + extra] &= 0xFE
    return bytes(data)


HOSTILE_ZIP = {
    "a bomb": lambda: zipped({"Enheder.csv": b"a" * 60_000_000}),
    "a bomb beside": lambda: zipped({"Enheder.csv": b"Navn\r\nNord", "Andet.csv": b" " * 45_000_000}),
    "an archive within": lambda: tables_and(mere_zip=tables_and()),
    "a program": lambda: tables_and(liste_exe=b"MZ"),
    "two of one name": lambda: zipped({"a/Enheder.csv": b"Navn\r\nNord", "b/Enheder.csv": b"Navn\r\nSyd"}),
    "very many files": lambda: zipped({f"{number}.csv": b"Navn\r\nNord" for number in range(1_500)}),
    "more sheets than a list has": lambda: zipped({f"{number}.csv": b"Navn\r\nNord" for number in range(60)}),
    "very many rows in all": lambda: zipped({f"{n}.csv": b"a\r\nb\r\nc;d\r\n" * 10_000 for n in range(4)}),
    "locked": locked,
    "nothing in it": lambda: zipped({"__MACOSX/._Enheder.csv": b"\x00\x05"}),
    "counted wrongly": counted_wrongly,
    "without an end": without_an_end,
    "cut off": lambda: tables_and()[:-30],
    "something before it": lambda: b"#!/bin/sh\n" + tables_and(),
    "a workbook called zip": lambda: zipped(whole()),
}


@pytest.mark.parametrize("name", list(HOSTILE_ZIP))
def test_a_hostile_archive_is_turned_away(name: str) -> None:
    answered = reader.ask("lister.zip", HOSTILE_ZIP[name]())
    assert answered["refused"] in reader.SENTENCES
    assert answered["peak"] <= MEMORY


def test_what_a_computer_puts_in_beside_the_lists_is_passed_over() -> None:
    beside = {"__MACOSX/lister/._Enheder.csv": b"\x00", "lister/.DS_Store": b"\x00"}
    data = zipped({"lister/Enheder.csv": b"Navn\r\nNord", **beside})
    assert [one["name"] for one in reader.ask("lister.zip", data)["tables"]] == ["Enheder"]


OTHERS: dict[str, tuple[str, bytes]] = {
    "csv with a null": ("liste.csv", b"navn;enhed\r\nBo\x00;Nord"),
    "csv with a quote that never ends": ("liste.csv", b'navn;enhed\r\n"Bo;Nord'),
    "csv in no encoding": ("liste.csv", b"navn;enhed\r\n\x81\x8d;Nord"),
    "utf-16 cut in the middle": ("liste.csv", "navn;enhed".encode("utf-16")[:-1]),
    "csv with a huge cell": ("liste.csv", b"navn\r\n" + b"a" * 40_000),
    "csv with very many rows": ("liste.csv", b"a\r\n" * 100_000),
    "csv with very many columns": ("liste.csv", b";".join([b"a"] * 200)),
    "json too deep": ("liste.json", b"[" * 200_000),
    "json deep in a cell": ("liste.json", b'{"a": [{"b": ' + b"[" * 5_000 + b"]" * 5_000 + b"}]}"),
    "json with a name twice": ("liste.json", b'{"a": [], "a": []}'),
    "json with no number": ("liste.json", b'{"a": [{"b": NaN}]}'),
    "json with a number without end": ("liste.json", b'{"a": [{"b": ' + b"9" * 100_000 + b"}]}"),
    "json of another shape": ("liste.json", b'[{"a": 1}]'),
    "json with half a character": ("liste.json", b'{"a": [{"b": "\\ud800"}]}'),
    "a workbook called csv": ("liste.csv", town.workbook({"Enheder": [["Navn"]]})),
    "csv called a workbook": ("liste.xlsx", b"navn;enhed"),
    "an old workbook": ("liste.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
    "without an ending": ("liste", b"navn;enhed"),
    "nothing": ("liste.xlsx", b""),
}


@pytest.mark.parametrize("name", list(OTHERS))
def test_a_hostile_text_is_turned_away(name: str) -> None:
    answered = reader.ask(*OTHERS[name])
    assert answered["refused"] in reader.SENTENCES
    assert answered["peak"] <= MEMORY


def test_a_million_empty_rows_are_no_rows() -> None:
    empty = "".join(f'<row r="{n}"/>' for n in range(3, 1_000_000))
    data = with_sheet(f'{HEAD}<row r="1"><c><v>1</v></c></row><row r="2"><c><v>2</v></c></row>{empty}{TAIL}')
    answered = reader.ask("liste.xlsx", data)
    assert answered["tables"][0]["rows"] == [[2, [2]]]
    assert answered["peak"] <= MEMORY


def test_of_a_formula_only_the_stored_value_is_read() -> None:
    formula = '<row r="2"><c><f>1+WEBSERVICE("http://192.0.2.1")</f><v>7</v></c><c><f>A1</f></c></row>'
    data = with_sheet(f'{HEAD}<row r="1"><c><v>1</v></c><c><v>2</v></c></row>{formula}{TAIL}')
    assert reader.ask("liste.xlsx", data)["tables"][0]["rows"] == [[2, [7]]]


def test_a_number_beyond_all_measure_keeps_its_place_as_a_text() -> None:
    cells = '<row r="2"><c><v>1e400</v></c><c><v>NaN</v></c></row>'
    data = with_sheet(f'{HEAD}<row r="1"><c><v>1</v></c><c><v>2</v></c></row>{cells}{TAIL}')
    assert reader.ask("liste.xlsx", data)["tables"][0]["rows"] == [[2, ["1e400", "NaN"]]]
    assert reader.ask("liste.json", b'{"a": [{"b": -1e400}]}')["tables"][0]["rows"] == [[1, ["-1e400"]]]


def test_an_office_that_counts_from_1904_says_so() -> None:
    parts = whole()
    parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace(b"<workbookPr ", b'<workbookPr date1904="1" ')
    assert reader.ask("liste.xlsx", zipped(parts))["tables"][0]["epoch"] == 1904


# --- the worker ---------------------------------------------------------------------------------------------


@pytest.fixture
def worker() -> Iterator[Any]:
    one = reader._Worker()
    yield one
    one.end()


def question(data: bytes, ending: str = "json") -> dict[str, Any]:
    return {"kind": ending, "name": f"liste.{ending}", "size": len(data)}


def test_a_worker_that_hangs_is_replaced(worker: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    data = b'{"a": [{"b": 1}]}'
    assert "tables" in worker.ask(question(data), data)
    first = worker._process.pid
    monkeypatch.setattr(reader, "LONGEST", 0.3)
    os.kill(first, signal.SIGSTOP)
    began = time.monotonic()
    assert worker.ask(question(data), data)["refused"] == "too_much"
    assert time.monotonic() - began < 5
    assert "tables" in worker.ask(question(data), data)
    assert worker._process.pid != first


def test_a_worker_that_died_is_replaced(worker: Any) -> None:
    data = b'{"a": [{"b": 1}]}'
    worker.ask(question(data), data)
    os.kill(worker._process.pid, signal.SIGKILL)
    worker._process.wait()
    assert "tables" in worker.ask(question(data), data)


def test_the_worker_stays_warm(worker: Any) -> None:
    data = b'{"a": [{"b": 1}]}'
    pids = {worker.ask(question(data), data) and worker._process.pid for _time in range(3)}
    assert len(pids) == 1


LOCKED = """
import json, socket, subprocess, sys
sys.path[:0] = [{house!r}]
from samspil.kit.sheets import worker
worker.lock_down()
tried = {{}}
def attempt(name, what):
    try:
        what()
        tried[name] = "done"
    except BaseException as refusal:
        tried[name] = type(refusal).__name__
attempt("read a file", lambda: open("/etc/hostname"))
attempt("write a file", lambda: open("/tmp/samspil-lists", "w"))
attempt("open a socket", socket.socket)
attempt("start a program", lambda: subprocess.run(["true"]))
attempt("take memory", lambda: bytearray(300 * 1024 * 1024))
sys.stdout.write(json.dumps(tried))
"""


def test_the_worker_can_open_nothing_write_nothing_and_start_nothing() -> None:
    import subprocess
    import sys
    from pathlib import Path

    house = str(Path(rows.__file__).parents[3])
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", LOCKED.format(house=house)], capture_output=True, text=True
    )
    tried = json.loads(done.stdout)
    assert set(tried) == {"read a file", "write a file", "open a socket", "start a program", "take memory"}
    assert "done" not in tried.values(), tried
    assert socket.socket  # the one who asks still can
