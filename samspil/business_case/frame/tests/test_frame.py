"""Years, prices, discounting and key figures hold for the whole case."""

from collections.abc import Callable

import pytest

from samspil.business_case.format import parts_of, read
from samspil.business_case.models import Case
from samspil.business_case.parts.tests.test_parts import typed
from samspil.organisation.scope import scope
from tests.cast import Cast

pytestmark = pytest.mark.django_db
Look = Callable[..., str]
CHOSEN = {"discounting": "start_of_year", "payback": "undiscounted"}


def opened(case: Case, look: Look) -> dict[str, str]:
    return {**typed(look("lead", f"cases/{case.ref}/frame/")), **CHOSEN}


def test_sending_it_back_changes_nothing(outside_scope: Cast, case: Case, look: Look, send: Look) -> None:
    with scope(outside_scope.organisation):
        before = read(case)
    send("lead", f"cases/{case.ref}/frame/", **opened(case, look))
    case.refresh_from_db()
    with scope(outside_scope.organisation):
        assert read(case) == before


def test_everything_that_a_case_is_computed_by_is_written_there(
    outside_scope: Cast, case: Case, look: Look, send: Look
) -> None:
    fields = {
        "discounting": "end_of_year",
        "payback": "discounted",
        "cost_correlation": "0.3",
        "coverage": "90",
        "years_independent": "on",
        "hourly_costs": "Carer: 310.5\nNurse: 1,420",
        "price_index": "2024: 118.2\n2026: 123",
        "own_figures_source": "payroll 2026",
        "discount_rates": "0–35: 4\n36–: 2.5 %",
        "discount_rates_source": "budget office",
    }
    send("lead", f"cases/{case.ref}/frame/", **{**opened(case, look), **fields})
    case.refresh_from_db()
    with scope(outside_scope.organisation):
        found = read(case)
    assert {name: str(cost) for name, cost in found.own_hourly_costs.items()} == {
        "Carer": "310.5",
        "Nurse": "1420",
    }
    assert found.own_rates is not None
    assert [(one.from_year, one.to_year, str(one.rate)) for one in found.own_rates.bands] == [
        (0, 35, "0.04"),
        (36, None, "0.025"),
    ]
    assert (found.discounting, found.payback, str(found.coverage)) == ("end_of_year", "discounted", "0.9")
    assert found.years_independent
    page = look("lead", f"cases/{case.ref}/frame/")
    assert "Carer: 310.5" in page
    assert "36–: 2.5" in page


def test_a_case_that_begins_later_takes_its_lines_along(
    outside_scope: Cast, case: Case, look: Look, send: Look
) -> None:
    send("lead", f"cases/{case.ref}/frame/", **{**opened(case, look), "first_year": "2029", "along": "on"})
    with scope(outside_scope.organisation):
        assert parts_of(case)[0].content["share_by_year"] == {"2029": "1", "2030": "1", "2031": "1"}


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("years", "2", "2029 is not a year of the case"),
        ("hourly_costs", "Carer 310", "write a name, a colon and a number"),
        ("hourly_costs", "Carer: many", "is not a number"),
        ("discount_rates", "4 %", "is no band"),
        ("discount_rates", "0–10: 4", "end before the last year"),
        ("currency", "12", "at least 3"),
        ("decided_on", "1999-01-01", "no discount rates for DK 1999-01-01"),
    ],
)
def test_what_does_not_hold_is_told_and_nothing_is_saved(
    case: Case, look: Look, send: Look, field: str, value: str, said: str
) -> None:
    more = {"years": "15"} if "0–10" in value else {}
    page = send("lead", f"cases/{case.ref}/frame/", **{**opened(case, look), field: value, **more})
    assert said in page
    version = case.version
    case.refresh_from_db()
    assert case.version == version


def test_two_who_change_it_see_both_texts(case: Case, look: Look, send: Look) -> None:
    before = opened(case, look)
    send("owner", f"cases/{case.ref}/frame/", **{**before, "title": "Another name"})
    page = send("lead", f"cases/{case.ref}/frame/", 409, **{**before, "title": "My name"})
    assert "name: Another name" in page
    assert "name: My name" in page
