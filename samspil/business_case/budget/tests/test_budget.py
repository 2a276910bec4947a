"""What was taken from budgets is entered, taken back and held against the case; hours become costs."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from samspil.business_case import actions as room
from samspil.business_case.budget import actions, queries
from samspil.business_case.budget.drawing import picture
from samspil.business_case.budget.models import BudgetCut
from samspil.business_case.format import parts_of, read
from samspil.business_case.models import Case
from samspil.business_case.tests.conftest import FRAME, who
from samspil.core.business_case.budget import Verdict
from samspil.core.business_case.exact import to_the_ore
from samspil.core.business_case.mean_case import mean_case
from samspil.kit.refusal import Refused
from samspil.organisation import journal
from samspil.organisation.scope import scope
from tests.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def here(outside_scope: Cast, case: Case) -> Iterator[Case]:
    with scope(outside_scope.organisation):
        line = case.parts.get(content__title="Less overtime")
        content = {**line.content, "beneficiary": outside_scope.units["workplace"].name}
        room.change(part=line, version=1, content=content, **who(outside_scope, "lead"))
        yield Case.objects.get(pk=case.pk)


def cut(cast: Cast, case: Case, amount: str = "100000", **more: Any) -> BudgetCut:
    given = {
        "unit": cast.units["workplace"],
        "account": "Løn, 5.30.27",
        "year": 2028,
        "amount": Decimal(amount),
        "source": "Budget 2028, side 12",
    }
    return actions.enter_cut(case=case, **given | more, **who(cast, "lead"))


def test_what_was_taken_is_held_against_what_the_case_brings_to_the_same_unit_and_year(
    outside_scope: Cast, here: Case
) -> None:
    cut(outside_scope, here)
    cut(outside_scope, here, "60000", account="Vikarer")
    found = {(one.unit, one.year): one for one in queries.budget_of(here).rows}
    row = found[outside_scope.units["workplace"].name, 2028]
    assert (row.taken, row.expected, row.at_worst) == (160000, 145000, 90000)
    assert (row.missing, row.verdict) == (15000, Verdict.UNCOVERED)
    assert queries.budget_of(here).uncovered == (row,)


def test_a_wrong_entry_is_taken_back_with_a_reason_and_the_journal_keeps_it(
    outside_scope: Cast, here: Case
) -> None:
    entered = cut(outside_scope, here)
    with pytest.raises(Refused):
        actions.take_back_cut(cut=entered, because=" ", **who(outside_scope, "lead"))
    actions.take_back_cut(cut=entered, because="Det var et andet projekt", **who(outside_scope, "lead"))
    assert queries.cuts_of(here) == []
    with pytest.raises(Refused):
        actions.take_back_cut(cut=entered, because="igen", **who(outside_scope, "lead"))
    assert journal.verify(outside_scope.organisation) == []


def test_an_amount_that_was_altered_in_the_database_is_found(outside_scope: Cast, here: Case) -> None:
    cut(outside_scope, here)
    BudgetCut.objects.update(amount=1)
    assert [fault.kind for fault in journal.verify(outside_scope.organisation)] == ["altered_record"]


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"amount": "0"}, "amount"),
        ({"amount": "-5"}, "amount"),
        ({"amount": "NaN"}, "amount"),
        ({"amount": "1e400"}, "amount"),
        ({"account": " "}, "account"),
        ({"source": ""}, "source"),
        ({"year": 28}, "year"),
    ],
)
def test_an_entry_that_nobody_could_check_is_refused(
    outside_scope: Cast, here: Case, given: dict[str, Any], field: str
) -> None:
    with pytest.raises(Refused) as refusal:
        cut(outside_scope, here, **given)
    assert refusal.value.field == field
    assert not BudgetCut.objects.exists()


def test_prices_for_which_there_is_no_index_are_said_and_not_guessed(outside_scope: Cast, here: Case) -> None:
    old = cut(outside_scope, here, price_year=2020)
    found = queries.budget_of(here)
    assert found.outside == (old,)
    assert not any(one.taken for one in found.rows)
    here.frame = {**FRAME, "price_index": {"2020": "80", "2026": "100"}, "own_figures_source": "DST"}
    assert max(one.taken for one in queries.budget_of(here).rows) == 125000


def test_the_picture_has_the_years_in_which_something_was_taken_and_its_table_says_the_same(
    outside_scope: Cast, here: Case
) -> None:
    cut(outside_scope, here)
    drawn = picture(here, queries.budget_of(here), date(2026, 2, 1), "da")
    assert drawn is not None
    assert [row[1:] for row in drawn.table.rows] == [(100000, "–", "–"), (145000, 90000, 180000)]
    assert any("100.000" in cell for row in drawn.words for cell in row)


def test_without_anything_taken_there_is_no_picture(outside_scope: Cast, here: Case) -> None:
    assert picture(here, queries.budget_of(here), date(2026, 2, 1), "da") is None


def part_in(cast: Cast, case: Case, **more: Any) -> list[Any]:
    one = {
        "who": "Superbrugere",
        "task": "oplæring",
        "unit": "Hjemmeplejen Nord",
        "year": 2027,
        "people": 12,
        "hours": Decimal(8),
        "covered": Decimal(6),
        "hour": Decimal(310),
        "cover_hour": Decimal(290),
        "source": "oplæringsplan",
    }
    taking = actions.Participation(**(one | more))  # type: ignore[arg-type]
    return actions.add_taking_part(case=case, one=taking, **who(cast, "lead"))


def test_hours_and_cover_stand_in_the_case_as_costs(outside_scope: Cast, here: Case) -> None:
    before = mean_case(read(here)).npv
    own, cover = part_in(outside_scope, here)
    assert str(own) == "Superbrugere: oplæring"
    assert "Superbrugere" in str(cover)
    assert own.content["quantity"]["source"] == "12 personer × 8 timer, heraf 6 med vikar; oplæringsplan"
    after = mean_case(read(here)).npv
    assert to_the_ore(before - after) == 12 * 2 * 310 + 12 * 6 * 290


def test_an_hour_may_cost_what_the_key_figures_say(outside_scope: Cast, here: Case) -> None:
    room.change_frame(
        case=here,
        version=here.version,
        title=here.title,
        frame={**FRAME, "hourly_costs": {"carer": "300"}, "own_figures_source": "payroll"},
        **who(outside_scope, "lead"),
    )
    own, _cover = part_in(outside_scope, here, hour="carer")
    assert own.content["price"] == {"hourly_cost": "carer"}


@pytest.mark.parametrize(
    "given", [{"covered": Decimal(9)}, {"covered": Decimal(-1)}, {"hours": Decimal(0)}, {"people": 0}]
)
def test_hours_that_cannot_be_are_refused_and_nothing_is_half_saved(
    outside_scope: Cast, here: Case, given: dict[str, Any]
) -> None:
    with pytest.raises(Refused):
        part_in(outside_scope, here, **given)
    assert len(parts_of(here)) == 2


def test_what_was_taken_stays_what_it_was_when_the_case_is_brought_to_other_prices(
    outside_scope: Cast, here: Case
) -> None:
    made = cut(outside_scope, here)
    frame = {**FRAME, "price_year": 2027, "price_index": {"2026": "100", "2027": "110"}}
    room.change_frame(
        case=here, version=here.version, title=here.title, frame=frame, **who(outside_scope, "lead")
    )
    kept = Case.objects.get(pk=here.pk)
    assert made.price_year == 2026
    assert {one.taken for one in queries.budget_of(kept).rows if one.taken} == {110000}
