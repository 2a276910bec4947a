"""A town as its lists tell of it: a tree of units, everybody who works there, committees and their members."""

import csv
import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from typing import Any

import xlsxwriter

from samspil.core.organisation_sheets import KINDS

Rows = list[dict[str, Any]]
Sheets = dict[str, Rows]
UNIONS = ("FOA", "DSR", "HK", "BUPL", "Djøf", "3F", "DLF", "Socialpædagogerne")


def town(people: int = 9_000, locals_: int = 130) -> Sheets:
    """A municipality: one main committee, six area committees and a local one for most workplaces."""
    areas = 6
    units: Rows = [{"key": "1", "name": "Fjordby Kommune", "parent": None, "headcount": people}]
    units += [
        {"key": f"1{area}", "name": f"Område {area}", "parent": "1", "headcount": people // areas}
        for area in range(areas)
    ]
    units += [
        {"key": f"2{place}", "name": f"Arbejdsplads {place}", "parent": f"1{place % areas}", "headcount": 60}
        for place in range(locals_)
    ]
    everybody: Rows = [
        {
            "key": str(10_000 + number),
            "email": f"medarbejder{number}@fjordby.example",
            "given_name": ("Anne", "Bo", "Åse", "Øjvind", "Mette")[number % 5],
            "family_name": f"Prøvesen{number}",
            "title": ("sygeplejerske", "pædagog", "socialrådgiver")[number % 3],
            "unit": f"2{number % locals_}",
        }
        for number in range(people)
    ]
    committees: Rows = [{"name": "Hoved-MED", "level": "main", "parent": None, "unit": "1"}]
    committees += [
        {"name": f"Område-MED {area}", "level": "area", "parent": "Hoved-MED", "unit": f"1{area}"}
        for area in range(areas)
    ]
    committees += [
        {
            "name": f"Lokal-MED {place}",
            "level": "local",
            "parent": f"Område-MED {place % areas}",
            "unit": f"2{place}",
        }
        for place in range(locals_)
    ]
    return {
        "units": units,
        "people": everybody,
        "roles": [
            {
                "person": str(10_000 + place % people),
                "kind": "line_manager",
                "unit": unit["key"],
                "since": "2026-01-01",
            }
            for place, unit in enumerate(units)
        ],
        "unions": [{"name": name, "election_group": f"Valggruppe {n % 3}"} for n, name in enumerate(UNIONS)],
        "committees": committees,
        "seats": _seats(committees, everybody),
        "groups": [
            {"name": f"Målgruppe {number}", "kind": "citizens", "size": number} for number in range(12)
        ],
    }


def _seats(committees: Rows, everybody: Rows) -> Rows:
    seats: Rows = []
    for number, committee in enumerate(committees):
        for place in range(min(8, len(everybody))):
            person = everybody[(number * 8 + place) % len(everybody)]
            staff = place % 2 == 1
            seats.append(
                {
                    "committee": committee["name"],
                    "person": person["email"] if place % 3 else person["key"],
                    "side": "staff" if staff else "management",
                    "kind": {0: "chair", 1: "vice_chair"}.get(place, "member"),
                    "union": UNIONS[number % len(UNIONS)] if staff else None,
                    "steward": staff and place == 3,
                    "since": "2026-01-01",
                }
            )
    return seats


def headings(kind: str, rows: Rows) -> list[str]:
    known = next(one for one in KINDS if one.key == kind)
    used = {name for row in rows for name in row}
    return [column.key for column in known.columns if column.key in used]


def table(kind: str, rows: Rows, language: str = "da") -> list[list[Any]]:
    """Headings and rows, side by side."""
    known = next(one for one in KINDS if one.key == kind)
    keys = headings(kind, rows)
    names = {column.key: column.heading(language) for column in known.columns}
    return [[names[key] for key in keys], *([row.get(key) for key in keys] for row in rows)]


def name_of(kind: str, language: str = "da") -> str:
    return next(one for one in KINDS if one.key == kind).name(language)


def as_xlsx(sheets: Mapping[str, Rows], language: str = "da") -> bytes:
    tables = {name_of(kind, language): table(kind, rows, language) for kind, rows in sheets.items()}
    return workbook(tables)


def workbook(tables: Mapping[str, Sequence[Sequence[Any]]]) -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(
        out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    for name, rows in tables.items():
        sheet = book.add_worksheet(name)
        for number, row in enumerate(rows):
            for column, cell in enumerate(row):
                if cell is not None:
                    sheet.write(number, column, cell)
    book.close()
    return out.getvalue()


def as_csv(kind: str, rows: Rows, language: str = "da", separator: str = ";") -> bytes:
    return separated(table(kind, rows, language), separator).encode("utf-8-sig")


def as_zip(sheets: Mapping[str, Rows], language: str = "da") -> bytes:
    """As a folder of CSV files that somebody packed."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for kind, rows in sheets.items():
            archive.writestr(f"lister/{name_of(kind, language)}.csv", as_csv(kind, rows, language))
    return out.getvalue()


def separated(rows: Sequence[Sequence[Any]], separator: str = ";") -> str:
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=separator, lineterminator="\r\n")
    writer.writerows([["" if cell is None else cell for cell in row] for row in rows])
    return out.getvalue()


def as_json(sheets: Mapping[str, Rows], language: str = "da") -> bytes:
    found = {}
    for kind, rows in sheets.items():
        names, *lines = table(kind, rows, language)
        found[name_of(kind, language)] = [dict(zip(names, line, strict=True)) for line in lines]
    return json.dumps(found, ensure_ascii=False, indent=1).encode()
