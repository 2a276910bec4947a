"""What a cell says, and what is said when it says nothing clear."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from samspil.core import lists
from samspil.core.lists import Cell, Column, Kind


@dataclass
class Row:
    number: int
    cells: list[Cell]


@dataclass
class Table:
    name: str
    headings: list[str]
    rows: list[Row] = field(default_factory=list)
    epoch: int = 1900


def column(kind: str, **more: Any) -> Column:
    return Column("it", {"da": "Det", "sv": "Den", "en": "It"}, kind, **more)


def read(kind: str, cell: Cell, epoch: int = 1900, **more: Any) -> Any:
    """The value of a cell, or the reason why there is none."""
    table = Table("Ark", ["Det", "Andet"], [Row(2, [cell, "x"])], epoch)
    other = Column("other", {"da": "Andet", "sv": "Annat", "en": "Other"})
    kinds = [Kind("sheet", {"da": "Ark", "sv": "Blad", "en": "Sheet"}, (column(kind, **more), other))]
    found = lists.read([table], kinds)
    return found.faults[0].reason if found.faults else found.of["sheet"][0]["it"]


@pytest.mark.parametrize(
    ("kind", "cell", "says"),
    [
        ("text", "  Åse \u00a0 Holm ", "Åse Holm"),
        ("text", 4711, "4711"),
        ("text", 12.0, "12"),
        ("text", "A\u030ase", "Åse"),
        ("text", True, "not_a_text"),
        ("text", "#REF!", "formula_fault"),
        ("text", "x" * 201, "too_long"),
        ("text", "", None),
        ("email", "a@b.dk", "a@b.dk"),
        ("email", "a@b", "not_an_email"),
        ("email", "a@b.dk; c@d.dk", "not_an_email"),
        ("whole", "1 200", 1200),
        ("whole", 12.0, 12),
        ("whole", 12.5, "not_a_number"),
        ("whole", -1, "not_a_number"),
        ("whole", True, "not_a_number"),
        ("yes_no", "Ja", True),
        ("yes_no", False, False),
        ("yes_no", 1, True),
        ("yes_no", "måske", "not_yes_or_no"),
        ("day", "2026-03-31", date(2026, 3, 31)),
        ("day", "31.3.2026", date(2026, 3, 31)),
        ("day", "31/03/2026", date(2026, 3, 31)),
        ("day", 46112, date(2026, 3, 31)),
        ("day", "31. marts", "not_a_day"),
        ("day", "2026-02-30", "not_a_day"),
        ("day", 7, "not_a_day"),
        ("amount", "1.250.000,50", Decimal("1250000.50")),
        ("amount", "1 250 000", Decimal("1250000")),
        ("amount", 1250000.5, Decimal("1250000.5")),
        ("amount", "1.250", "not_an_amount"),
        ("amount", "ca. 3 mio.", "not_an_amount"),
    ],
)
def test_a_cell_says_what_it_says_or_why_not(kind: str, cell: Cell, says: Any) -> None:
    assert read(kind, cell) == says


def test_days_are_counted_from_the_year_the_file_names() -> None:
    assert read("day", 44650, 1904) == read("day", 46112) == date(2026, 3, 31)


def test_a_required_cell_is_missed() -> None:
    assert read("text", None, required=True) == "empty"


KINDS = [
    Kind(
        "units",
        {"da": "Enheder", "sv": "Enheter", "en": "Units"},
        (
            Column("name", {"da": "Navn", "sv": "Namn", "en": "Name"}, required=True),
            Column("size", {"da": "Antal", "sv": "Antal", "en": "Size"}, "whole"),
        ),
    )
]


@pytest.mark.parametrize(
    "headings", [["Navn", "Antal"], ["namn", "ANTAL"], ["Name", "size"], ["name", "Size"]]
)
@pytest.mark.parametrize("name", ["Enheder", "enheter", "Units", "a file of mine"])
def test_every_language_is_understood(headings: list[str], name: str) -> None:
    found = lists.read([Table(name, headings, [Row(2, ["Nord", 3])])], KINDS)
    assert not found.faults
    assert found.of["units"][0].values == {"name": "Nord", "size": 3}


@pytest.mark.parametrize("word", ["Eksempel: 100", "exempel: 100", "EXAMPLE: 100"])
def test_examples_are_left_out(word: str) -> None:
    found = lists.read([Table("Enheder", ["Navn"], [Row(2, [word]), Row(3, ["Nord"])])], KINDS)
    assert (found.examples, [line.number for line in found.of["units"]]) == (1, [3])


def test_the_page_of_guidance_is_no_list() -> None:
    guide = Table("Vejledning", ["", "Udfyld et ark"], [Row(2, ["Navn", "Tekst"])])
    assert not lists.read([guide, Table("Enheder", ["Navn"], [Row(2, ["Nord"])])], KINDS).faults


@pytest.mark.parametrize(
    ("name", "headings", "reason"),
    [
        ("Ukendt", ["Noget"], "unknown_sheet"),
        ("Enheder", ["Navn", "Farve"], "unknown_heading"),
        ("Enheder", ["Navn", "Namn"], "heading_twice"),
        ("Enheder", ["Antal"], "missing_heading"),
    ],
)
def test_headings_that_are_not_clear_are_faults(name: str, headings: list[str], reason: str) -> None:
    found = lists.read([Table(name, headings, [Row(2, ["x", "y"][: len(headings)])])], KINDS)
    assert [fault.reason for fault in found.faults] == [reason]
    assert not found.of["units"]


def test_what_stands_beside_the_headings_is_a_fault() -> None:
    found = lists.read([Table("Enheder", ["Navn"], [Row(2, ["Nord", "husk!"])])], KINDS)
    assert [(fault.row, fault.reason) for fault in found.faults] == [(2, "no_heading")]


def test_a_list_without_lines_says_so() -> None:
    assert [fault.reason for fault in lists.read([], KINDS).faults] == ["no_lines"]
    only_example = Table("Enheder", ["Navn"], [Row(2, ["Eksempel: Nord"])])
    assert [fault.reason for fault in lists.read([only_example], KINDS).faults] == ["no_lines"]
