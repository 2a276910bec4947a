"""The table: written in like a spreadsheet, saved as a whole or not at all, two people at a time."""

import re
from collections.abc import Callable

import pytest

from samspil.business_case import actions
from samspil.business_case.format import parts_of
from samspil.business_case.models import Case, Part
from samspil.business_case.table import columns
from samspil.business_case.table.grid import Grid
from samspil.business_case.tests.conftest import a_range, licences, overtime, who
from samspil.organisation import drafts
from samspil.organisation.scope import scope
from tests.cast import AT, Cast

pytestmark = pytest.mark.django_db
YEARS = [2027, 2028, 2029]
Look = Callable[..., str]


def fields_of(page: str) -> dict[str, str]:
    """What a browser would send of the table: every field with what stands in it."""
    found = dict(re.findall(r'<input[^>]*?name="([\w.]+)"[^>]*?value="([^"]*)"', page))
    for name, options in re.findall(r'<select data-cell name="([\w.]+)".*?>(.*?)</select>', page, re.DOTALL):
        chosen = re.search(r'value="([^"]*)" selected', options)
        found[name] = chosen[1] if chosen else ""
    wanted = {name: value for name, value in found.items() if "." in name or name == "seen"}
    return {
        name: value
        for name, value in wanted.items()
        if not name.startswith("new0") and not name.endswith(".gone")
    }


@pytest.fixture
def inside(outside_scope: Cast) -> Callable[[Case], list[Part]]:
    def parts(case: Case) -> list[Part]:
        with scope(outside_scope.organisation):
            return parts_of(case)

    return parts


def test_sending_the_table_back_changes_nothing(
    case: Case, look: Look, send: Look, inside: Callable[[Case], list[Part]]
) -> None:
    path = f"cases/{case.ref}/lines/"
    answer = send("lead", path, **fields_of(look("lead", path)))
    assert "Nothing was changed" in answer
    assert [one.version for one in inside(case)] == [1, 1]


def test_a_cell_is_changed_and_a_line_is_added(
    case: Case, look: Look, send: Look, inside: Callable[[Case], list[Part]]
) -> None:
    path = f"cases/{case.ref}/lines/"
    first, second = inside(case)
    typed = {
        f"{first.ref}.likely": "120,000",
        "new1.title": "Training",
        "new1.sort": "cost.reallocation",
        "new1.low": "1,000",
        "new1.likely": "2,000",
        "new1.high": "4,000",
        "new1.meaning": "min_max_pert",
        "new1.source": "plan",
        "new1.y2028": "50",
        "new1.y2029": "",
    }
    answer = send("lead", path, **{**fields_of(look("lead", path)), **typed})
    assert "Saved: 2 lines." in answer
    changed, same, new = inside(case)
    assert changed.content["amount"] == {"value": "120000", "source": "offer"}
    assert same.version == second.version
    assert new.content["amount"] == a_range(1000, 2000, 4000, source="plan")
    assert new.content["share_by_year"] == {"2027": "1", "2028": "0.5"}


def test_what_no_column_shows_stays(
    outside_scope: Cast, case: Case, look: Look, send: Look, inside: Callable[[Case], list[Part]]
) -> None:
    second = inside(case)[1]
    hours = {"whose": "night team", "task": "handover"}
    with scope(outside_scope.organisation):
        actions.change(
            part=second,
            version=1,
            content={**second.content, "hours": hours},
            owner=second.owner,
            **who(outside_scope, "lead"),
        )
    path = f"cases/{case.ref}/lines/"
    send("lead", path, **{**fields_of(look("lead", path)), f"{second.ref}.title": "Fewer extra hours"})
    kept = inside(case)[1]
    assert (kept.content["title"], kept.content["hours"], kept.owner) == (
        "Fewer extra hours",
        hours,
        second.owner,
    )


def test_every_fault_stands_at_its_cell_and_nothing_is_saved(
    case: Case, look: Look, send: Look, inside: Callable[[Case], list[Part]]
) -> None:
    path = f"cases/{case.ref}/lines/"
    first, second = inside(case)
    typed = {
        f"{first.ref}.title": "Another name",
        f"{second.ref}.low": "999999",
        "new1.title": "Training",
        "new1.likely": "many",
        "new2.title": "Half",
        "new2.low": "1",
        "new2.high": "2",
    }
    page = send("lead", path, **{**fields_of(look("lead", path)), **typed})
    assert "Low is above high" in page
    assert f'href="#id_{second.ref}.likely"' in page or f'href="#id_{second.ref}.low"' in page
    assert '<a href="#id_new1.likely">Line 3, “Training”, amount: “many” is not a number' in page
    assert '<a href="#id_new2.meaning">Line 4, “Half”, amount, what low and high mean' in page
    assert 'value="Another name"' in page
    assert [str(one) for one in inside(case)] == ["Licences", "Less overtime"]


def test_two_editors_see_both_texts_and_the_second_decides(
    case: Case, look: Look, send: Look, inside: Callable[[Case], list[Part]]
) -> None:
    path = f"cases/{case.ref}/lines/"
    first, second = inside(case)
    opened = fields_of(look("lead", path))
    send("owner", path, **{**fields_of(look("owner", path)), f"{first.ref}.who": "Administration"})
    page = send("lead", path, 409, **{**opened, f"{first.ref}.who": "Home care"})
    assert "Who pays: Administration" in page
    assert 'value="Home care"' in page
    assert inside(case)[0].content["payer"] == "Administration"
    send("lead", path, **fields_of(page))
    assert inside(case)[0].content["payer"] == "Home care"


def test_a_line_that_others_changed_and_i_did_not_is_no_conflict(
    case: Case, look: Look, send: Look, inside: Callable[[Case], list[Part]]
) -> None:
    path = f"cases/{case.ref}/lines/"
    first, second = inside(case)
    opened = fields_of(look("lead", path))
    send("owner", path, **{**fields_of(look("owner", path)), f"{first.ref}.who": "Administration"})
    send("lead", path, **{**opened, f"{second.ref}.who": "Elder care"})
    assert [inside(case)[0].content["payer"], inside(case)[1].content["beneficiary"]] == [
        "Administration",
        "Elder care",
    ]


def test_what_somebody_was_writing_when_it_was_taken_out_becomes_a_new_line(
    case: Case, look: Look, send: Look, inside: Callable[[Case], list[Part]]
) -> None:
    path = f"cases/{case.ref}/lines/"
    first, second = inside(case)
    opened = fields_of(look("lead", path))
    send("owner", path, **{**fields_of(look("owner", path)), f"{first.ref}.gone": "yes"})
    page = send("lead", path, 409, **{**opened, f"{first.ref}.who": "Home care"})
    assert "was taken out" in page
    send("lead", path, **fields_of(page))
    assert [one.content["title"] for one in inside(case)] == ["Less overtime", "Licences"]


def test_rows_are_pasted_with_danish_numbers_and_words(
    case: Case, sign_in: Callable[..., object], outside_scope: Cast, inside: Callable[[Case], list[Part]]
) -> None:
    from django.utils.translation import override

    from samspil.business_case.table.pasting import as_sent, rows_of

    with override("da"):
        shown = columns.full(YEARS)
        text = "cost.cashable\tUddannelse\tHR\ttimer\t1.000\t1.250,5\t2.000\tmin_max_pert\t\tplan\t100\t50 %\r\n\r\n"
        grid = Grid(as_sent(rows_of(text, shown, "da")), parts=[], columns=shown, years=YEARS)
        content = grid.written()[0][1].content
    assert content["amount"] == {
        "low": "1000",
        "likely": "1250.5",
        "high": "2000",
        "meaning": "min_max_pert",
        "source": "plan",
    }
    assert content["share_by_year"] == {"2027": "1", "2028": "0.5", "2029": "1"}


def test_pasted_rows_are_taken_in_by_their_headings_or_not_at_all(
    case: Case, send: Look, inside: Callable[[Case], list[Part]]
) -> None:
    path = f"cases/{case.ref}/lines/paste/"
    good = "Name\tLikely\tSource\tWhat it is\nServers\t5000\toffer\tcost: money\nCourses\t100\tplan\tcost: own hours\n"
    page = send("lead", path, rows=good + "Half\tmany\t\t\n")
    assert "Line 3, “Half”, amount: “many” is not a number" in page
    assert len(inside(case)) == 2
    assert "Saved: 2 lines." in send("lead", path, rows=good)
    assert [(one.content["title"], one.content["class"]) for one in inside(case)[2:]] == [
        ("Servers", "cashable"),
        ("Courses", "reallocation"),
    ]


def test_ten_thousand_pasted_rows_are_refused_with_what_to_do(
    case: Case, send: Look, inside: Callable[[Case], list[Part]]
) -> None:
    rows = "\n".join(f"cost.cashable\tLine {number}\tIT" for number in range(10_000))
    page = send("lead", f"cases/{case.ref}/lines/paste/", rows=rows)
    assert "at most 1,000 lines" in page
    assert len(inside(case)) == 2


def test_what_i_saved_last_is_taken_back(
    case: Case, look: Look, send: Look, inside: Callable[[Case], list[Part]]
) -> None:
    path = f"cases/{case.ref}/lines/"
    first = inside(case)[0]
    page = send(
        "lead",
        path,
        **{**fields_of(look("lead", path)), f"{first.ref}.who": "HR", "new1.title": "x", "new1.likely": "1"},
    )
    step = re.search(r'name="step" value="(\d+)"', page)
    assert step is not None
    send("lead", f"cases/{case.ref}/undo/", step=step[1], back="table")
    assert [one.content.get("payer") for one in inside(case)] == ["IT", None]


def test_others_do_not_open_the_table(case: Case, look: Look) -> None:
    assert "Ask one of them" in look("employee", f"cases/{case.ref}/lines/", 403)


@pytest.mark.parametrize(
    "content",
    [
        licences(),
        overtime(),
        {**licences(), "share_by_year": {"2027": "0.125", "2029": "1.5"}},
        {**overtime(), "class": "qualitative", "amount": None},
        {
            "title": "x",
            "kind": "cost",
            "class": "reallocation",
            "quantity": a_range(1, 2, 3),
            "price": {"value": "310", "source": "pilot in two teams"},
            "share_by_year": {"2027": "1"},
        },
        {
            "title": "x",
            "kind": "cost",
            "class": "reallocation",
            "quantity": "5",
            "price": {"hourly_cost": "carer"},
            "share_by_year": {"2027": "1"},
        },
        {
            "title": "x",
            "kind": "benefit",
            "class": "cashable",
            "quantity": "5",
            "price": a_range(1, 2, 3),
            "scenario": "with",
            "share_by_year": {"2027": "-0.5"},
        },
    ],
)
@pytest.mark.parametrize("language", ["da", "sv", "en"])
def test_a_row_says_what_its_line_says(content: dict[str, object], language: str) -> None:
    from django.utils.translation import override

    before = {name: value for name, value in content.items() if value is not None}
    if before["class"] == "qualitative":
        before.pop("share_by_year")
    with override(language):
        said = columns.said(columns.row_of(before, YEARS), columns.full(YEARS), YEARS)
        assert columns.merged(before, said) == before


def test_more_than_a_cell_holds_is_told_and_nothing_is_cut(
    case: Case, look: Look, send: Look, inside: Callable[[Case], list[Part]]
) -> None:
    path = f"cases/{case.ref}/lines/"
    sent = {**fields_of(look("lead", path)), "new1.title": "x" * 201, "new1.likely": "5"}
    assert "That is too long; " in send("lead", path, **sent)
    assert len(inside(case)) == 2


@pytest.mark.parametrize(
    "hostile",
    [
        {"new².title": "x"},
        {"new99999999999999999999.title": "x", "new99999999999999999999.likely": "5"},
        {"new1.title": "a\x00b", "new1.likely": "5"},
        {"new1.sort": "nothing.at all", "new1.title": "x", "new1.likely": "5"},
        {"new1.title": "x", "new1.likely": "9" * 200},
        {"seen": "9" * 5_000},
    ],
)
def test_nonsense_from_a_browser_is_no_fault_of_the_house(
    case: Case, send: Look, hostile: dict[str, str]
) -> None:
    send("lead", f"cases/{case.ref}/lines/", **hostile)


@pytest.mark.parametrize("version", ["9" * 5_000, "²", "-1", "x"])
def test_a_version_that_nobody_had_is_somebody_elses(
    case: Case, send: Look, inside: Callable[[Case], list[Part]], version: str
) -> None:
    first = inside(case)[0]
    sent = {f"{first.ref}.version": version, f"{first.ref}.who": "HR"}
    send("lead", f"cases/{case.ref}/lines/", 409, **sent)
    send("lead", f"cases/{case.ref}/undo/", step=version)
    assert inside(case)[0].content["payer"] == "IT"


def test_what_was_typed_and_not_sent_is_there_again(
    outside_scope: Cast, case: Case, look: Look, inside: Callable[[Case], list[Part]]
) -> None:
    path, first = f"cases/{case.ref}/lines/", inside(case)[0]
    typed = {f"{first.ref}.who": "HR", f"{first.ref}.version": "1", "new7.title": "Courses", "seen": "3"}
    with scope(outside_scope.organisation):
        drafts.keep(outside_scope.viewer("lead"), f"/fjordby/{path}", typed, AT)
    page = look("lead", path)
    assert "This is your draft" in page
    assert 'value="HR"' in page
    assert 'name="new7.title" id="id_new7.title" value="Courses"' in page
    assert 'value="HR"' not in look("owner", path)
