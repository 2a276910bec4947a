"""Seeded damage to files: single bytes, and the structure a file has. What is done is told in words."""

import io
import json
import random
import re
import zipfile
from collections.abc import Callable
from typing import Any

Dice = random.Random
PARTS = ("xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml", "xl/sharedStrings.xml", "xl/workbook.xml",
         "xl/_rels/workbook.xml.rels", "xl/styles.xml", "[Content_Types].xml")  # fmt: skip


def bytes_of(data: bytes, dice: Dice) -> bytes:
    """One to three bytes are changed, taken out, put in, doubled or cut off."""
    found = bytearray(data)
    for _time in range(dice.randint(1, 3)):
        place = dice.randrange(len(found)) if found else 0
        match dice.randrange(6):
            case 0:
                found[place : place + 1] = bytes([dice.randrange(256)])
            case 1:
                del found[place : place + dice.randint(1, 4)]
            case 2:
                found[place:place] = bytes(dice.randrange(256) for _n in range(dice.randint(1, 4)))
            case 3:
                found[place:place] = found[place : place + dice.randint(1, 40)]
            case 4 if dice.random() < 0.2:
                del found[place:]
            case _:
                found[place : place + 1] = bytes([dice.choice(b"0123456789,;\"'\n\r\t{}[]:<>&aeAE")])
    return bytes(found)


# --- XLSX ---------------------------------------------------------------------------------------------------

TAG = re.compile(r"<[^<>]+>")
ATTRIBUTE = re.compile(r'([\w:]+)="([^"]*)"')
ELEMENT = re.compile(r"<(row|c|v|si|t|sheet|Relationship)\b[^<>]*?(/>|>.*?</\1>)", re.S)


def xlsx_structure(data: bytes, dice: Dice) -> bytes:
    """Parts, elements, attributes and texts of a workbook are swapped, doubled, dropped or changed."""
    parts = _unzipped(data)
    name = dice.choice([part for part in PARTS if part in parts])
    text = parts[name].decode()
    change = dice.choice((_drop, _double, _swap, _attribute, _words, _tag, _declare, _part))
    if change is _part:
        return _zipped(_of_parts(parts, dice))
    parts[name] = change(text, dice).encode()
    return _zipped(parts)


def _unzipped(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _zipped(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _any(pattern: "re.Pattern[str]", text: str, dice: Dice) -> "re.Match[str] | None":
    found = list(pattern.finditer(text))
    return dice.choice(found) if found else None


def _drop(text: str, dice: Dice) -> str:
    one = _any(ELEMENT, text, dice)
    return text[: one.start()] + text[one.end() :] if one else text


def _double(text: str, dice: Dice) -> str:
    one = _any(ELEMENT, text, dice)
    return text[: one.end()] + one[0] + text[one.end() :] if one else text


def _swap(text: str, dice: Dice) -> str:
    one, other = _any(ELEMENT, text, dice), _any(ELEMENT, text, dice)
    if one is None or other is None or one.end() > other.start():
        return text
    return text[: one.start()] + other[0] + text[one.end() : other.start()] + one[0] + text[other.end() :]


def _attribute(text: str, dice: Dice) -> str:
    one = _any(ATTRIBUTE, text, dice)
    values = ["", "0", "1", "-1", "s", "n", "b", "e", "str", "inlineStr", "d", "A1", "B2", "C3", "XFD1", "7", "99999999999",
              "worksheets/sheet2.xml", "../x.xml", "rId1", "rId2", "a&amp;b"]  # fmt: skip
    return text[: one.start(2)] + dice.choice(values) + text[one.end(2) :] if one else text


def _words(text: str, dice: Dice) -> str:
    one = _any(re.compile(r">([^<>]+)<"), text, dice)
    values = [
        "",
        "0",
        "1",
        "3",
        "-7",
        "1e400",
        "NaN",
        "1.5",
        "2E+2",
        "x" * 40_000,
        "æøå",
        "&#10;",
        " 5 ",
        "&lt;",
        "TRUE",
    ]
    return text[: one.start(1)] + dice.choice(values) + text[one.end(1) :] if one else text


def _tag(text: str, dice: Dice) -> str:
    one = _any(TAG, text, dice)
    return text[: one.start()] + text[one.end() :] if one else text


def _declare(text: str, _dice: Dice) -> str:
    return text.replace("?>", '?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd"><!ENTITY c "cc">]>', 1)


def _part(text: str, _dice: Dice) -> str:
    return text


def _of_parts(parts: dict[str, bytes], dice: Dice) -> dict[str, bytes]:
    names = list(parts)
    one, other = dice.choice(names), dice.choice(names)
    match dice.randrange(3):
        case 0:
            return {name: content for name, content in parts.items() if name != one}
        case 1:
            return {**parts, one: parts[other], other: parts[one]}
        case _:
            return {**parts, f"xl/{dice.randrange(99)}.bin": bytes(dice.randrange(256) for _n in range(50))}


# --- CSV and JSON -------------------------------------------------------------------------------------------


def csv_structure(data: bytes, dice: Dice) -> bytes:
    """Quotes, separators, line ends and the encoding."""
    text = data.decode("utf-8-sig")
    place = dice.randrange(len(text))
    put_in = [
        '"',
        '""',
        ";",
        ",",
        "\t",
        "\n",
        "\r",
        "\r\n",
        "\x00",
        "\x0c",
        "'",
        "ø" * 50,
        '"a;b\n"',
        "=1+1",
        "x" * 40_000,
    ]
    text = text[:place] + dice.choice(put_in) + text[place + dice.randint(0, 2) :]
    encoding = dice.choice(("utf-8", "utf-8-sig", "utf-16", "cp1252", "utf-16-be", "utf-32"))
    return text.encode(encoding, errors="replace")


def zip_structure(data: bytes, dice: Dice) -> bytes:
    """One of the files inside is damaged, renamed, left out or packed twice."""
    parts = _unzipped(data)
    name = dice.choice(list(parts))
    match dice.randrange(4):
        case 0:
            return _zipped({**parts, name: csv_structure(parts[name], dice)})
        case 1:
            del parts[name]
        case 2:
            ending = dice.choice((".csv", ".CSV", ".txt", ".exe", ""))
            parts[f"{dice.choice(('', 'lister/', '../'))}Nyt{ending}"] = parts.pop(name)
        case _:
            parts[f"andre/{name.rpartition('/')[2]}"] = parts[name]
    return _zipped(parts)


def json_structure(data: bytes, dice: Dice) -> bytes:
    """Values, keys and lists of an object; and what only looks like JSON."""
    found = json.loads(data)
    name = dice.choice(list(found))
    rows = found[name]
    row = dice.choice(rows)
    key = dice.choice(list(row))
    strange: list[Any] = [
        None,
        True,
        0,
        -1,
        1.5,
        1e300,
        10**30,
        "",
        " ",
        "æ\u0000",
        "\ud800",
        [],
        {},
        [1],
        {"a": 1},
        "x" * 40_000,
    ]

    def value() -> None:
        row[key] = dice.choice(strange)

    def leave_out() -> None:
        del row[key]

    def add() -> None:
        row[dice.choice(("ny", "", key.upper(), "name"))] = dice.choice(strange)

    def line() -> None:
        rows.insert(dice.randrange(len(rows) + 1), dice.choice(strange))

    def sheet() -> None:
        found[dice.choice(("ny", "", name.upper()))] = dice.choice(strange)

    changes: tuple[Callable[[], None], ...] = (value, leave_out, add, line, sheet)
    dice.choice(changes)()
    text = json.dumps(found, ensure_ascii=dice.random() < 0.5)
    if dice.random() < 0.2:
        text = text.replace("{", dice.choice(("{{", '{"a": NaN, ', '{"x": 1, "x": 2, ', "[{", "{ ")), 1)
    return text.encode("utf-8", errors="surrogatepass")
