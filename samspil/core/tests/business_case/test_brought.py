"""Lines from spreadsheets: our template comes back as it went, other models' figures through a mapping."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from samspil.core.business_case.brought import parts as reading
from samspil.core.business_case.brought.columns import BY_USE, COLUMNS, SHEETS
from samspil.core.business_case.brought.mapping import (
    AMOUNTS,
    EVERY,
    SheetMapping,
    from_data,
    guessed,
    is_template,
)
from samspil.core.business_case.brought.parts import LIST_OF, Brought, Span
from samspil.core.business_case.brought.template import template
from samspil.core.business_case.case import Case
from samspil.core.business_case.problems import Misread
from samspil.core.business_case.workbook import Sheet
from samspil.core.business_case.writing import as_data, input_hash
from samspil.core.lists import LANGUAGES
from samspil.core.tests.business_case.cases import a_case, a_line, a_random_case, a_range, forty_lines, read

SPAN = Span(range(2027, 2030), "DKK")


@dataclass(frozen=True)
class Row:
    number: int
    cells: tuple[Any, ...]


@dataclass(frozen=True)
class Table:
    name: str
    headings: tuple[str, ...]
    rows: tuple[Row, ...]
    epoch: int = 1900


def table(name: str, *rows: Sequence[Any], begins: int = 1) -> Table:
    """A sheet whose first row stands at `begins`."""
    first, *rest = rows
    numbered = tuple(Row(begins + at, tuple(row)) for at, row in enumerate(rest, start=1))
    return Table(name, tuple("" if one is None else str(one) for one in first), numbered)


def as_table(sheet: Sheet) -> Table:
    first, *rest = ([cell.value if cell else None for cell in row] for row in sheet.rows)
    return table(sheet.name, first, *rest)


def brought(*tables: Table, span: Span = SPAN, **settled: Any) -> Brought:
    return reading.read(tables, [replace(one, **settled) for one in guessed(tables)], span)


def faults(*tables: Table, **settled: Any) -> list[tuple[str, int, str, str]]:
    return [(one.sheet, one.row, one.column, one.reason) for one in brought(*tables, **settled).faults]


# --- our template --------------------------------------------------------------------------------------------


def titled(given: dict[str, Any]) -> Case:
    """The case with a name on everything, as it has in the room."""
    named = {
        key: [{"title": f"Name of {one['id']}", **one} for one in given.get(key, [])]
        for key in ("lines", "drivers", "risks")
    }
    return read({**given, **named})


def came_back(case: Case, language: str) -> Case:
    """The case after its lines, drivers and risks went into the template and came back from it."""
    tables = [as_table(sheet) for sheet in template(case, language)]
    assert is_template(tables)
    found = brought(*tables, span=Span(case.all_years, case.currency))
    assert found.faults == ()
    frame = {key: value for key, value in as_data(case).items() if key not in ("lines", "drivers", "risks")}
    lists = {use: [dict(one.content) for one in found.parts if one.use == use] for use in LIST_OF}
    return read({**frame, **lists})


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_case_comes_back_from_the_template_with_the_same_hash(language: str) -> None:
    case = titled(forty_lines("p10_p90_metalog"))
    assert input_hash(came_back(case, language)) == input_hash(case)


def test_whatever_a_case_holds_comes_back() -> None:
    line = a_line(
        "minutes", "benefit", quantity=a_range(300, 400, 450), price={"hourly_cost": "carer"}, unit="timer",
        drivers=["uptake"], corner="employee", hours={"whose": "night team", "task": "handover"},
        freed_time={"decided_on": "2026-10-01", "use": "more visits", "by": "head of care"},
    ) | {"class": "reallocation"}  # fmt: skip
    given = a_case(
        line, a_line("old", amount={"value": "50", "source": "ledger"}, price_year=2024, scenario="without"),
        hourly_costs={"carer": "310"}, own_figures_source="payroll", price_index={"2024": "98", "2026": "100"},
        drivers=[{"id": "uptake", "value": a_range("0.5", "0.8", "0.9")}],
        risks=[{"id": "late", "probability": "0.3", "consequence": a_range(10, 20, 60), "lines": ["old"],
                "year": 2027, "owner": "head of care"}, {"id": "gone", "probability": "0.1",
                "consequence": "5", "closed": True}],
    )  # fmt: skip
    case = titled(given)
    assert input_hash(came_back(case, "da")) == input_hash(case)


@pytest.mark.parametrize("seed", range(8))
def test_random_cases_come_back(seed: int) -> None:
    case = titled(a_random_case(seed))
    assert input_hash(came_back(case, LANGUAGES[seed % 3])) == input_hash(case)


def test_the_empty_template_holds_an_example_that_is_never_taken_over() -> None:
    empty = replace(read(a_case()), lines=())
    for language in LANGUAGES:
        found = brought(*(as_table(sheet) for sheet in template(empty, language)))
        assert found.parts == ()
        assert [one.reason for one in found.left_out] == ["an_example"]
        assert [one.reason for one in found.faults] == ["nothing_in_it"]


def test_every_column_has_headings_of_its_own_in_each_language() -> None:
    for keys in BY_USE.values():
        for language in LANGUAGES:
            headings = [COLUMNS[key].heading(language).casefold() for key in keys]
            assert len(set(headings)) == len(headings)
    assert set(SHEETS) == set(BY_USE) == set(LIST_OF)


# --- other models --------------------------------------------------------------------------------------------

DANISH = table(
    "Omkostninger",
    ("Statens business case-model", None, None),
    ("Projekt: Vagtplan",),
    (),
    ("Post", "Minimum", "Mest sandsynlig", "Maksimum", "Kilde/begrundelse", "Afholdes af", 2027, 2028, 2029),
    ("Udvikling",),
    ("Licenser", 90000, 100000, 140000, "To tilbud", "IT", 60000, 20000, 20000),
    ("Uddannelse", None, None, None, "Plan", "Ældre", 30000.5, None, None),
    ("I alt", None, None, None, None, None, 90000.5, 20000, 20000),
    begins=1,
)
SWEDISH = table(
    "Nyttor",
    ("Nytta", "Intressent", "Lägsta värde", "Högsta värde", "Källhänvisning", "Från och med år", "Till och med år"),
    ("Färre resor", "Hemtjänsten", 20000, 45000, "Körjournal", 2028, 2029),
)  # fmt: skip


def test_the_danish_models_years_of_money_become_a_total_and_its_shares() -> None:
    (mapping,) = guessed([DANISH])
    assert (mapping.head, mapping.kind, mapping.years) == (4, "cost", AMOUNTS)
    found = brought(DANISH, worth="cashable", meaning="min_max_triangular", source="Model v4")
    assert found.faults == ()
    first, second = (one.content for one in found.parts)
    assert first["amount"] == {
        "low": "90000",
        "likely": "100000",
        "high": "140000",
        "meaning": "min_max_triangular",
        "source": "To tilbud",
    }
    assert first["share_by_year"] == {"2027": "0.6", "2028": "0.2", "2029": "0.2"}
    assert second["amount"] == {"value": "30000.5", "source": "Plan"}
    assert (first["payer"], second["payer"]) == ("IT", "Ældre")
    assert [(one.row, one.reason) for one in found.left_out] == [(5, "a_heading"), (8, "a_sum")]


def test_the_swedish_lowest_and_highest_need_a_meaning_and_a_class() -> None:
    places = [("Nyttor", 2, "", "which_class"), ("Nyttor", 2, "", "which_meaning")]
    assert faults(SWEDISH) == places
    (line,) = brought(SWEDISH, worth="reallocation", meaning="range_90_normal").parts
    assert line.content["beneficiary"] == "Hemtjänsten"
    assert line.content["share_by_year"] == {"2028": "1", "2029": "1"}
    assert line.content["amount"]["low"] == "20000"


def test_thirds_of_a_total_come_to_the_whole_again() -> None:
    rows = table("Gevinster", ("Post", 2027, 2028, 2029), ("Porto", 100, 100, 100))
    (line,) = brought(rows, worth="cashable").parts
    shares = line.content["share_by_year"]
    assert sum(map(Decimal, shares.values())) == 1
    assert line.content["amount"] == "300"


def test_a_line_without_years_is_asked_about_or_put_where_it_was_said() -> None:
    rows = table("Udgifter", ("Post", "Beløb"), ("Licenser", 100))
    (line,) = brought(rows, worth="cashable", otherwise=EVERY).parts
    assert list(line.content["share_by_year"]) == ["2027", "2028", "2029"]
    (line,) = brought(rows, worth="cashable").parts
    assert "share_by_year" not in line.content  # and the core says so at this row


def test_sheets_that_say_nothing_of_a_case_are_left_out_and_guesses_can_be_kept() -> None:
    notes = table("Noter", ("Hej",), ("Husk at ringe til Inger",))
    guide = table("Vejledning", ("Post", "Beløb"), ("Sådan gør du", 1))
    found = guessed([notes, guide, DANISH])
    assert [(one.sheet, one.use) for one in found] == [("Noter", ""), ("Omkostninger", "lines")]
    assert [from_data(one.as_data()) for one in found] == found


def test_qualitative_benefits_need_nothing_but_their_name() -> None:
    rows = table(
        "Ikke-økonomiske gevinster", ("Gevinst", "Modtager"), ("Større tryghed", "Borgerne"), ("Overblik",)
    )
    found = brought(rows)
    assert found.faults == ()
    assert [one.content["class"] for one in found.parts] == ["qualitative", "qualitative"]


# --- what is wrong ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ("#DIV/0!", "formula_fault"),
        ("#N/A", "formula_fault"),
        ("NaN", "not_a_figure"),
        ("1e400", "beyond_measure"),
        (1e300, "beyond_measure"),
        ("about 5", "not_a_figure"),
        ("1.250", "not_a_figure"),
        ("1,250", "not_a_figure"),
        (True, "not_a_figure"),
    ],
)
def test_a_cell_that_is_no_figure_is_named_by_sheet_row_and_column(cell: Any, reason: str) -> None:
    rows = table("Udgifter", ("Post", "Beløb", 2027), ("Papir", 5, 1), ("Licenser", cell, 1))
    assert faults(rows, worth="cashable") == [("Udgifter", 3, "Beløb", reason)]


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("1.250.000,50", "1250000.5"),
        ("1,250,000.50", "1250000.5"),
        ("1 250,5", "1250.5"),
        ("0,125", "0.125"),
        ("−3,5", "-3.5"),
        ("80 %", "0.8"),
        (0.1, "0.1"),
        ("1e3", "1000"),
    ],
)
def test_figures_are_read_as_people_write_them(cell: Any, value: str) -> None:
    rows = table("Udgifter", ("Post", "Beløb", 2027), ("Licenser", cell, 1))
    (line,) = brought(rows, worth="cashable").parts
    assert line.content["amount"] == value


def test_rows_that_say_half_are_named() -> None:
    heads = ("Navn", "Art", "Klasse", "Valuta", "Lav", "Sandsynlig eller kendt", "Høj", "Hvad lav og høj betyder",
             "Hvis timer", "Fra hvilken opgave", "Frigjort tid bruges til", "Besluttet den", "2027")  # fmt: skip
    rows = table(
        "Linjer",
        heads,
        ("a", None, "i budgettet", "DKK", None, 5, None, None, None, None, None, None, 1),
        ("b", "omkostning", "måske", "DKK", None, 5, None, None, None, None, None, None, 1),
        ("c", "omkostning", "i budgettet", "SEK", None, 5, None, None, None, None, None, None, 1),
        ("d", "omkostning", "i budgettet", "DKK", 3, 5, None, None, None, None, None, None, 1),
        ("e", "omkostning", "i budgettet", "DKK", 3, 5, 9, None, None, None, None, None, 1),
        ("f", "gevinst", "omfordeling", "DKK", None, 5, None, None, "natholdet", None, None, None, 1),
        ("g", "gevinst", "omfordeling", "DKK", None, 5, None, None, None, None, "besøg", None, 1),
        ("h", "omkostning", "i budgettet", "DKK", None, None, None, None, None, None, None, None, 1),
    )
    assert faults(rows) == [
        ("Linjer", 2, "Art", "cost_or_benefit"),
        ("Linjer", 3, "Klasse", "not_a_choice"),
        ("Linjer", 3, "Klasse", "which_class"),
        ("Linjer", 4, "Valuta", "other_currency"),
        ("Linjer", 5, "Høj", "half_a_range"),
        ("Linjer", 6, "Hvad lav og høj betyder", "which_meaning"),
        ("Linjer", 7, "Fra hvilken opgave", "whose_and_task"),
        ("Linjer", 8, "Besluttet den", "use_and_day"),
        ("Linjer", 9, "Sandsynlig eller kendt", "no_figure"),
    ]


def test_what_the_core_finds_wrong_is_led_back_to_its_cell() -> None:
    rows = table(
        "Linjer",
        ("Navn", "Art", "Klasse", "Lav", "Sandsynlig eller kendt", "Høj", "Hvad lav og høj betyder", "2027", "2041"),
        ("a", "omkostning", "i budgettet", 9, 9, 3, "P10–P90", 1, None),
        ("b", "omkostning", "i budgettet", None, 5, None, None, 1, 1),
        ("c", "omkostning", "i budgettet", None, 5, None, None, None, None),
    )  # fmt: skip
    found = brought(rows)
    given = a_case(*({"id": one.title, **one.content} for one in found.parts))
    with pytest.raises(Misread) as caught:
        read(given)
    places = {("lines", at): one for at, one in enumerate(found.parts, start=1)}
    led = reading.led_back(caught.value.problems, places)
    assert [(one.row, one.column, one.facts["problem"].key) for one in led] == [
        (2, "Sandsynlig eller kendt", "low_above_high"),
        (3, "2041", "year_outside"),
        (4, "", "no_years"),
    ]


def test_a_name_given_twice_is_named_with_its_first_row() -> None:
    rows = table(
        "Risici",
        ("Id", "Risiko", "Sandsynlighed", "Beløb"),
        ("r", "Forsinket", 0.2, 9),
        ("r", "Dyrere", 0.1, 9),
    )
    (fault,) = brought(rows).faults
    assert (fault.row, fault.column, fault.reason, fault.facts["first"]) == (3, "Id", "twice", 2)


def test_a_day_is_read_as_a_day() -> None:
    heads = (
        "Navn",
        "Art",
        "Klasse",
        "Sandsynlig eller kendt",
        "Frigjort tid bruges til",
        "Besluttet den",
        "2027",
    )
    rows = table("Linjer", heads, ("a", "gevinst", "omfordeling", 5, "flere besøg", 46300, 1))
    (line,) = brought(rows).parts
    assert date.fromisoformat(line.content["freed_time"]["decided_on"]).year == 2026
    assert SheetMapping("x").year_columns == {}
