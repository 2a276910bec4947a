"""The printed papers: somebody new finds the net result again, and whose time, what is taken, how to contest."""

import io
import re
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import docx
import pikepdf
import pytest
from pdfua import validate

from samspil.business_case.drawing.told import Told
from samspil.business_case.papers import committee, steering
from samspil.business_case.papers.beside import Assumed, Beside, Said, TakenFromBudget
from samspil.core.business_case.exact import to_the_ore
from samspil.core.business_case.result import compute
from samspil.core.tests.business_case.cases import a_case, a_line, a_random_case, a_range, forty_lines, read
from samspil.kit.charts import Table
from samspil.kit.exports import Document, TableBlock, write

DAY = date(2026, 11, 29)


def told(given: dict[str, Any], language: str = "en", *, drawn: bool = True) -> Told:
    case = read(given)
    data = compute(case, draws=4_096).as_data() if drawn else {}
    return Told(case, data, DAY, language)


def beside(of: Told, **more: Any) -> Beside:
    where = {one.id: f"https://samspil.fjordby.example/fjordby/lines/#{one.id}" for one in of.case.lines}
    found = Beside("Fjordby Kommune", "Shared shift plan", "Draft", where=where, address="https://a.example/")
    return replace(found, **more)


def shift_plan() -> dict[str, Any]:
    freed = a_line(
        "minutes", "benefit", quantity=a_range(300, 400, 450, "p10_p90_metalog"), price={"hourly_cost": "carer"},
        unit="hours", hours={"whose": "Night team", "task": "handover"}, title="Less handover",
        share_by_year={"2028": "1", "2029": "1"}, drivers=["uptake"],
    ) | {"class": "reallocation"}  # fmt: skip
    cover = a_line("cover", quantity="120", price={"hourly_cost": "carer"}, unit="hours", title="Cover") | {
        "class": "reallocation",
        "payer": "Elder care",
    }
    saving = a_line("overtime", "benefit", a_range(40_000, 60_000, 90_000), title="Less overtime")
    better = {"id": "calm", "kind": "benefit", "class": "qualitative", "title": "Calm", "corner": "citizen"}
    return a_case(
        a_line("system", amount=a_range(90_000, 100_000, 140_000), title="System"),
        cover, saving | {"share_by_year": {"2027": "0.5", "2028": "1", "2029": "1"}}, freed, better,
        drivers=[{"id": "uptake", "value": a_range("0.5", "0.8", "0.9", "min_max_triangular"), "title": "Uptake"}],
        hourly_costs={"carer": "310"}, own_figures_source="payroll 2026",
        risks=[{"id": "late", "title": "Late", "probability": "0.3", "consequence": a_range(10, 20, 60)}],
    )  # fmt: skip


def decided(given: dict[str, Any]) -> dict[str, Any]:
    """The same case after it was decided what the freed time is used for."""
    lines = [
        one | {"freed_time": {"decided_on": "2026-10-01", "use": "More visits", "by": "the committee"}}
        if one["id"] == "minutes"
        else one
        for one in given["lines"]
    ]
    return {**given, "lines": lines}


# --- what is printed, as numbers --------------------------------------------------------------------------


def tables(paper: Document) -> dict[str, Table]:
    return {one.table.caption: one.table for one in paper.blocks if isinstance(one, TableBlock)}


def number(printed: object) -> Decimal:
    return Decimal(str(printed).replace(",", ""))


def shares_printed(printed: str) -> Iterator[tuple[int, Decimal]]:
    for span in printed.split("; "):
        years, _, share = span.partition(": ")
        first, _, last = years.partition("–")
        for year in range(int(first), int(last or first) + 1):
            yield year, number(share)


CASES = [shift_plan(), decided(shift_plan()), *(a_random_case(seed) for seed in (11, 12, 13))]


@pytest.mark.parametrize("given", CASES)
def test_from_the_steering_groups_tables_alone_the_net_result_comes_out_again(given: dict[str, Any]) -> None:
    """Shares × factors = worth of one; amount × worth = present value; their sum, and that of the years, is
    the net present value. Only what is printed is used."""
    found = tables(steering.document(*both(given)))
    years, lines = found["The net result year by year"].rows, found["The net result line by line"].rows
    made = {row[0]: str(row[3]) for row in found["What each line is made of"].rows}
    factors = {int(str(row[0])): number(row[4]) for row in years[:-1]}
    cents = Decimal("0.01")
    for at, _title, amount, worth, present in lines[:-1]:
        worth_again = sum((share * factors[year] for year, share in shares_printed(made[at])), Decimal(0))
        assert worth_again == pytest.approx(number(worth), abs=Decimal("0.000005"))
        rounding = cents * (1 + abs(number(worth))) / 2
        assert number(amount) * number(worth) == pytest.approx(number(present), abs=rounding)
    npv = number(lines[-1][4])
    assert sum(number(row[4]) for row in lines[:-1]) == pytest.approx(npv, abs=cents * len(lines))
    for row in years[:-1]:
        assert number(row[2]) - number(row[1]) == pytest.approx(number(row[3]), abs=cents)
        assert number(row[3]) * number(row[4]) == pytest.approx(number(row[5]), abs=cents)
    assert sum(number(row[5]) for row in years[:-1]) == pytest.approx(npv, abs=cents * len(years))
    assert npv == to_the_ore(told(given, drawn=False).mean.npv)


def both(given: dict[str, Any], language: str = "en") -> tuple[Told, Beside]:
    found = told(given, language)
    return found, beside(found)


def test_amounts_at_full_effect_follow_from_the_table_of_figures() -> None:
    """PERT and triangular means by the printed rule, and their product with price and driver."""
    found = tables(steering.document(*both(decided(shift_plan()))))
    figures = {str(row[1]): row for row in found["Every figure and where it comes from"].rows}
    low, likely, high = (number(figures["System: amount"][at]) for at in (2, 3, 4))
    assert (low + 4 * likely + high) / 6 == number(figures["System: amount"][6])
    amounts = {str(row[1]): number(row[2]) for row in found["The net result line by line"].rows[:-1]}
    made = {str(row[1]): row[2] for row in found["What each line is made of"].rows}
    assert made["Less handover"] == "quantity × price × Uptake"
    names = ("Less handover: quantity", "Less handover: price", "Uptake (driver)")
    product = Decimal(1)
    for name in names:
        product *= number(figures[name][6])
    assert product == pytest.approx(amounts["Less handover"], rel=Decimal("0.000001"))
    assert figures["Less handover: price"][7] == "payroll 2026"


def test_each_traced_draw_adds_up_from_what_is_printed() -> None:
    found = tables(steering.document(*both(forty_lines("min_max_pert"))))
    drawn = [table for caption, table in found.items() if caption.startswith("Draw number")]
    assert len(drawn) == 3
    for table in drawn:
        *lines, total = table.rows
        assert len(lines) == 40
        for row in lines:
            product = number(row[3])
            for value in str(row[2]).split(" × "):
                product *= number(value)
            assert product == pytest.approx(number(row[4]), abs=Decimal("0.005"))
        assert sum(number(row[4]) for row in lines) == number(total[4])


def test_whose_time_what_is_taken_and_how_to_contest_stand_on_the_committees_paper() -> None:
    of = told(shift_plan())
    taken = TakenFromBudget("Elder care", "5.32.10", 2028, Decimal(80_000), Decimal(61_666), "budget 2027")
    assumed = Assumed("minutes", "This saving assumes 4 minutes a visit.", agree=3, disagree=5)
    found = beside(
        of,
        taken=[taken],
        assumed=[assumed],
        answered_by="The head of care",
        contest_address="https://c.example/",
    )
    text = pdf_text(write(committee.document(of, found), "pdf").bytes)
    for words in (
        "Night team", "handover", "282.9 hours = 87,700.09 DKK", "Nothing is decided; it counts as nothing", "5.32.10", "80,000.00",
        "budget 2027", "The head of care answers with a reason", "https://c.example/", "Cover",
        "This saving assumes 4 minutes a visit.",
    ):  # fmt: skip
        assert words in text, words


def test_what_was_decided_about_freed_time_is_told_with_day_and_role() -> None:
    text = pdf_text(write(committee.document(*both(decided(shift_plan()))), "pdf").bytes)
    assert "More visits (decided 1 Oct 2026 by the committee)" in text


def test_nothing_taken_and_nobodys_time_are_said_as_unknown_and_not_as_none() -> None:
    text = pdf_text(write(committee.document(*both(a_case())), "pdf").bytes)
    assert "Nothing is written down as taken." in text
    assert "Ask whether that is so." in text


def pdf_text(data: bytes) -> str:
    read_ = subprocess.run(["pdftotext", "-", "-"], input=data, capture_output=True, check=True)
    return re.sub(r"\s+", " ", read_.stdout.decode())


@pytest.mark.parametrize("language", ["da", "sv"])
@pytest.mark.parametrize("paper", [steering, committee])
def test_both_papers_are_tagged_in_their_language_and_lead_to_each_line(
    paper: Any, language: str, tmp_path: Path
) -> None:
    made = paper.document(*both(shift_plan(), language))
    path = tmp_path / "paper.pdf"
    path.write_bytes(write(made, "pdf").bytes)
    assert [str(finding) for finding in validate(str(path)).findings] == []
    with pikepdf.open(path) as pdf:
        assert str(pdf.Root.Lang).startswith(language)
        leads = {str(note.A.URI) for page in pdf.pages for note in page.get("/Annots", [])}
    assert {
        f"https://samspil.fjordby.example/fjordby/lines/#{one}" for one in ("system", "overtime")
    } <= leads


def test_word_says_the_same() -> None:
    of, by = both(shift_plan())
    by = replace(by, said={"system": Said(comments=3, contested=1)})
    paper = docx.Document(io.BytesIO(write(steering.document(of, by), "docx").bytes))
    text = " ".join(
        [p.text for p in paper.paragraphs] + [c.text for t in paper.tables for r in t.rows for c in r.cells]
    )
    assert of.ore(of.mean.npv) in text
    assert "Follow the numbers" in text


def test_what_is_not_drawn_yet_is_said_and_the_mean_case_stands() -> None:
    of = told(shift_plan(), drawn=False)
    for paper in (steering, committee):
        text = pdf_text(write(paper.document(of, beside(of)), "pdf").bytes)
        assert "has not been computed yet" in text
        assert of.ore(of.mean.npv) in text


def test_the_case_is_seen_from_four_sides_each_line_once() -> None:
    found = tables(steering.document(*both(shift_plan())))["The case from four sides"].rows
    sides = [(row[0], row[2]) for row in found]
    assert ("Citizen", "Calm") in sides
    assert ("Employee", "Less handover") in sides
    assert ("Organisation", "Cover") in sides
    assert ("Economy", "System") in sides
    assert len(sides) == 5
