"""A spreadsheet is brought, its columns are settled, what would come is looked at: all of it comes, or nothing."""

import io
import zipfile
from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from samspil.business_case import actions as room
from samspil.business_case.bringing import actions, waiting
from samspil.business_case.bringing.models import BroughtFile
from samspil.business_case.bringing.plan import plan_of
from samspil.business_case.bringing.words import sentence
from samspil.business_case.format import parts_of, read
from samspil.business_case.models import Case, Edit
from samspil.business_case.tests.conftest import who
from samspil.core.business_case.brought.template import template
from samspil.kit.exports.as_live_xlsx import written
from samspil.kit.refusal import NotAllowed, Refused
from samspil.organisation.lists.actions import ShownAnew
from samspil.organisation.models import File, JournalRow
from samspil.organisation.scope import scope
from tests.cast import AT, Cast

pytestmark = pytest.mark.django_db
Rows = Sequence[Sequence[Any]]


def workbook(sheets: dict[str, Rows]) -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for at, row in enumerate(rows):
            for column, cell in enumerate(row):
                if isinstance(cell, str) and cell.startswith("=#"):
                    sheet.write_formula(at, column, "=1/0", None, cell[1:])
                elif cell is not None:
                    sheet.write(at, column, cell)
    book.close()
    return out.getvalue()


def with_number(book: bytes, number: str, instead: str) -> bytes:
    """The workbook with a number in its first sheet that no office would write."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as old, zipfile.ZipFile(out, "w") as new:
        for part in old.namelist():
            data = old.read(part)
            new.writestr(part, data.replace(f"<v>{number}</v>".encode(), f"<v>{instead}</v>".encode()))
    return out.getvalue()


def filled(case: Case, language: str = "da") -> dict[str, list[list[Any]]]:
    """The template with what the case says, as rows."""
    return {
        sheet.name: [[cell.value if cell else None for cell in row] for row in sheet.rows]
        for sheet in template(read(case), language)
    }


def bring(cast: Cast, case: Case, sheets: dict[str, Rows], name: str = "case.xlsx") -> BroughtFile:
    return actions.bring(case=case, name=name, data=workbook(sheets), **who(cast, "lead"))


def take_over(cast: Cast, brought: BroughtFile) -> actions.TakenOver:
    return actions.take_over(brought=brought, seen=plan_of(brought).fingerprint, **who(cast, "lead"))


def wrong(brought: BroughtFile) -> list[str]:
    return [f"{one.sheet} {one.row} {one.column}: {sentence(one)}" for one in plan_of(brought).faults]


LINE_HEADS = ("Navn", "Art", "Klasse", "Valuta", "Sandsynlig eller kendt", "Kilde", "2027", "2028")


def lines(*rows: Sequence[Any]) -> dict[str, Rows]:
    return {"Linjer": [LINE_HEADS, *rows]}


def licences(title: str = "Papir", amount: Any = 100, currency: str = "DKK") -> tuple[Any, ...]:
    return (title, "omkostning", "i budgettet", currency, amount, "faktura", 1, 1)


# --- our template ----------------------------------------------------------------------------------------


def test_the_cases_own_template_changes_nothing(cast: Cast, case: Case) -> None:
    plan = plan_of(bring(cast, case, filled(case)))
    assert (plan.faults, plan.coming, plan.unchanged, plan.notes) == ((), (), 2, ())
    assert plan.before == plan.after


def test_what_is_changed_in_the_template_changes_that_line_and_nothing_else(cast: Cast, case: Case) -> None:
    sheets = filled(case)
    heads, first, *_others = sheets["Linjer"]
    first[heads.index("Sandsynlig eller kendt")] = 120_000
    before = {one.ref: one.version for one in parts_of(case)}
    done = take_over(cast, bring(cast, case, sheets))
    assert (done.new, done.changed) == (0, 1)
    after = {str(one): one for one in parts_of(case)}
    assert after["Licences"].content["amount"] == {"value": "120000", "source": "offer"}
    assert after["Licences"].version == before[after["Licences"].ref] + 1
    assert after["Less overtime"].version == before[after["Less overtime"].ref]
    assert after["Less overtime"].estimator == cast.people["lead"]


def test_lines_name_drivers_and_risks_name_lines_of_the_same_file(cast: Cast, case: Case) -> None:
    sheets: dict[str, Rows] = {
        "Risici": [
            ("Navn", "Sandsynlighed", "Sandsynlig eller kendt", "Rammer linjer"),
            ("Forsinket", "30 %", 9000, "Færre fejl; Licences"),
        ],
        "Linjer": [
            (*LINE_HEADS, "Drivere"),
            ("Færre fejl", "gevinst", "i budgettet", None, 5000, "optælling", 1, 1, "brug"),
        ],
        "Drivere": [("Id", "Navn", "Sandsynlig eller kendt"), ("brug", "Så mange bruger den", "0,8")],
    }
    done = take_over(cast, bring(cast, case, sheets))
    assert done.new == 3
    by_title = {str(one): one for one in parts_of(case)}
    assert by_title["Færre fejl"].content["drivers"] == [by_title["Så mange bruger den"].ref]
    assert by_title["Forsinket"].content["lines"] == [by_title["Færre fejl"].ref, by_title["Licences"].ref]
    assert by_title["Forsinket"].content["probability"] == "0.3"


def test_people_are_found_by_title_and_a_name_nobody_has_stays_with_the_source(
    cast: Cast, case: Case
) -> None:
    heads = ("Navn", "Art", "Klasse", "Lav", "Sandsynlig eller kendt", "Høj", "Hvad lav og høj betyder", "Kilde",
             "Skønnet af", "Ejer", "2027")  # fmt: skip
    manager = cast.people["management_member"]
    row = (
        "Porto",
        "gevinst",
        "i budgettet",
        1,
        2,
        3,
        "P10–P90",
        "optælling",
        "Konsulenten",
        manager.email,
        1,
    )
    brought = bring(cast, case, {"Linjer": [heads, row]})
    assert [one.reason for one in plan_of(brought).notes] == ["nobody_so_called"]
    take_over(cast, brought)
    porto = next(one for one in parts_of(case) if str(one) == "Porto")
    assert (porto.owner, porto.estimator) == (manager, None)
    assert porto.content["amount"]["source"] == "optælling, Konsulenten"


# --- all or nothing --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("row", "says"),
    [
        (licences(amount="=#DIV/0!"), "Linjer 3 Sandsynlig eller kendt: The formula in this cell has failed"),
        (licences(amount="NaN"), "“NaN” is not clear as a number"),
        (licences(amount="1e400"), "“1e400” is too large or too fine"),
        (licences(currency="SEK"), "Linjer 3 Valuta: It is in SEK and the case counts in DKK"),
        (
            ("Papir", "omkostning", "i budgettet", "DKK", 5, "faktura", None, None),
            "Linjer 3 : The line has no year",
        ),
    ],
)
def test_a_bad_cell_is_named_and_the_good_line_beside_it_does_not_come_either(
    cast: Cast, case: Case, row: tuple[Any, ...], says: str
) -> None:
    brought = bring(cast, case, lines(licences("Toner"), row))
    found = wrong(brought)
    assert len(found) == 1
    assert says in found[0]
    with pytest.raises(Refused):
        take_over(cast, brought)
    assert [str(one) for one in parts_of(case)] == ["Licences", "Less overtime"]
    assert Edit.objects.filter(case=case).count() == 3


@pytest.mark.parametrize(
    ("raw", "says"), [("1e400", "is too large or too fine"), ("NaN", "is not clear as a number")]
)
def test_a_number_of_a_workbook_that_is_none_is_named_with_its_cell(
    cast: Cast, case: Case, raw: str, says: str
) -> None:
    data = with_number(workbook(lines(licences("Toner"), licences(amount=424242))), "424242", raw)
    (found,) = wrong(actions.bring(case=case, name="case.xlsx", data=data, **who(cast, "lead")))
    assert found.startswith("Linjer 3 Sandsynlig eller kendt: ")
    assert f"“{raw}” {says}" in found


def test_low_above_high_is_told_at_its_row(cast: Cast, case: Case) -> None:
    heads = (
        "Navn",
        "Art",
        "Klasse",
        "Lav",
        "Sandsynlig eller kendt",
        "Høj",
        "Hvad lav og høj betyder",
        "2027",
    )
    brought = bring(
        cast, case, {"Linjer": [heads, ("Porto", "omkostning", "i budgettet", 9, 5, 3, "P10–P90", 1)]}
    )
    (found,) = wrong(brought)
    assert found.startswith("Linjer 2")
    assert "Low is above high: 9 > 3" in found


def test_ten_thousand_lines_are_too_many_and_said_so_at_once(cast: Cast, case: Case) -> None:
    rows = [LINE_HEADS, *(licences(f"Linje {n}") for n in range(10_000))]
    data = "\n".join(";".join(map(str, row)) for row in rows).encode()
    brought = actions.bring(case=case, name="Linjer.csv", data=data, **who(cast, "lead"))
    (found,) = wrong(brought)
    assert "There are 10002 lines; at most 1,000 can be computed" in found


def test_macros_and_other_files_are_turned_away_before_anything_is_kept(cast: Cast, case: Case) -> None:
    out = io.BytesIO(workbook(lines(licences())))
    with zipfile.ZipFile(out, "a") as book:
        book.writestr("xl/vbaProject.bin", b"macro")
    for name, data in (("case.xlsx", out.getvalue()), ("case.xlsm", out.getvalue()), ("case.xlsx", b"PK")):
        with pytest.raises(Refused) as refusal:
            actions.bring(case=case, name=name, data=data, **who(cast, "lead"))
        assert "without macros" in str(refusal.value.sentence)
    assert not BroughtFile.objects.exists()
    assert not File.objects.exists()


def test_a_sheet_without_headings_is_refused_with_what_to_do(cast: Cast, case: Case) -> None:
    with pytest.raises(Refused, match="Use the template"):
        bring(cast, case, {"Noter": [("Hej",), ("Ring til Inger",)]})


def test_what_was_changed_while_somebody_looked_is_shown_anew(cast: Cast, case: Case) -> None:
    sheets = filled(case)
    sheets["Linjer"][1][sheets["Linjer"][0].index("Sandsynlig eller kendt")] = 120_000
    brought = bring(cast, case, sheets)
    seen = plan_of(brought).fingerprint
    line = parts_of(case)[0]
    content = {**line.content, "payer": "Schools"}
    room.change(part=line, version=line.version, content=content, **who(cast, "owner"))
    with pytest.raises(ShownAnew):
        actions.take_over(brought=brought, seen=seen, **who(cast, "lead"))
    assert parts_of(case)[0].content["payer"] == "Schools"


def test_only_those_who_write_the_case_bring_sheets(cast: Cast, case: Case) -> None:
    with pytest.raises(NotAllowed):
        actions.bring(case=case, name="case.xlsx", data=workbook(lines(licences())), **who(cast, "employee"))


def test_a_file_goes_with_what_stood_in_it(cast: Cast, case: Case) -> None:
    kept, thrown = bring(cast, case, lines(licences())), bring(cast, case, lines(licences("Toner")))
    actions.throw_away(brought=thrown, **who(cast, "lead"))
    take_over(cast, kept)
    assert not BroughtFile.objects.exists()
    assert not File.objects.exists()
    verbs = JournalRow.objects.filter(verb__startswith="business_case.file").values_list("verb", flat=True)
    assert [verb.rpartition("_")[2] for verb in verbs] == ["brought", "brought", "away", "over"]


def test_what_nobody_wanted_for_a_month_is_tidied(cast: Cast, case: Case) -> None:
    bring(cast, case, lines(licences()))
    waiting.tidy_daily(cast.organisation, AT + timedelta(days=29))
    assert BroughtFile.objects.count() == 1
    waiting.tidy_daily(cast.organisation, AT + timedelta(days=31))
    assert not BroughtFile.objects.exists()


# --- the pages -------------------------------------------------------------------------------------------

DANISH = {
    "Stamdata": [("Projekt", "Vagtplan"), ("Ansvarlig", "Ingrid")],
    "Omkostninger": [
        ("Business case", None),
        ("Post", "Minimum", "Mest sandsynlig", "Maksimum", "Kilde/begrundelse", "Afholdes af", 2027, 2028),
        ("Uddannelse", 80000, 90000, 130000, "Plan", "Hjemmeplejen", 60000, 30000),
        ("I alt", None, None, None, None, None, 60000, 30000),
    ],
}


def upload(client: Client, path: str, data: bytes) -> Any:
    file = SimpleUploadedFile("statens-model.xlsx", data)
    return client.post(path, {"files": file}, follow=True)


def test_another_models_figures_come_through_the_columns_a_person_settles(
    sign_in: Callable[[str], Client], outside_scope: Cast, case: Case
) -> None:
    client = sign_in("lead")
    client.cookies["django_language"] = "en"
    slug = outside_scope.organisation.slug
    page = upload(client, f"/{slug}/cases/{case.ref}/bring/", workbook(DANISH))
    text = page.content.decode()
    assert "What the columns mean" in text
    assert "Sheet: Omkostninger" in text
    columns_at = page.request["PATH_INFO"]
    typed = {
        "sheet1-use": "", "sheet1-head": "0", "sheet2-use": "lines", "sheet2-head": "2",
        **{f"sheet2-column{at}": key for at, key in enumerate(
            ("title", "low", "likely", "high", "source", "payer", "2027", "2028"))},
        "sheet2-kind": "cost", "sheet2-worth": "cashable", "sheet2-meaning": "", "sheet2-years": "amounts",
        "sheet2-otherwise": "", "sheet2-source": "Statens model",
    }  # fmt: skip
    page = client.post(columns_at, typed, follow=True)
    assert "Say what low and high mean" in page.content.decode()
    page = client.post(columns_at, typed | {"sheet2-meaning": "min_max_triangular"}, follow=True)
    text = page.content.decode()
    assert "Uddannelse" in text
    assert "row 4" in text  # the sum is left out
    seen = text.partition('name="seen" value="')[2].partition('"')[0]
    page = client.post(page.request["PATH_INFO"] + "take-over/", {"seen": seen}, follow=True)
    assert "The file is taken over: 1 row is new, 0 have changed." in page.content.decode()
    with scope(outside_scope.organisation):
        new = parts_of(case)[-1]
        assert new.content["share_by_year"] == {"2027": "0.666666666667", "2028": "0.333333333333"}
        assert new.content["amount"]["meaning"] == "min_max_triangular"


def test_another_row_of_headings_is_guessed_anew(
    sign_in: Callable[[str], Client], outside_scope: Cast, case: Case
) -> None:
    client = sign_in("lead")
    client.cookies["django_language"] = "en"
    page = upload(client, f"/{outside_scope.organisation.slug}/cases/{case.ref}/bring/", workbook(DANISH))
    typed = {"sheet1-use": "", "sheet1-head": "0", "sheet2-use": "lines", "sheet2-head": "3"}
    page = client.post(page.request["PATH_INFO"], typed, follow=True)
    assert "The columns are shown as they now seem to be meant." in page.content.decode()


def test_the_template_of_a_case_is_read_back_at_once(
    sign_in: Callable[[str], Client], outside_scope: Cast, case: Case
) -> None:
    client = sign_in("lead")
    client.cookies["django_language"] = "sv"
    slug = outside_scope.organisation.slug
    data = client.get(f"/{slug}/cases/{case.ref}/template.xlsx").content
    client.cookies["django_language"] = "en"
    page = upload(client, f"/{slug}/cases/{case.ref}/bring/", data)
    assert "Everything is known already" in page.content.decode()
    assert written(template(read_in(outside_scope, case), "sv"), case.title) == data


def read_in(cast: Cast, case: Case) -> Any:
    with scope(cast.organisation):
        return read(case)
