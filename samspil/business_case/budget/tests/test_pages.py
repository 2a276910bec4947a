"""The pages of budgets, and of hours and cover, by plain forms."""

from collections.abc import Callable

import pytest

from samspil.business_case import actions as room
from samspil.business_case.budget.models import BudgetCut
from samspil.business_case.models import Case
from samspil.business_case.tests.conftest import FRAME, who
from samspil.organisation.scope import scope
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def test_what_was_taken_is_entered_seen_and_taken_back(
    outside_scope: Cast, case: Case, look: Callable[..., str], send: Callable[..., str]
) -> None:
    page = send(
        "management_member",
        f"cases/{case.ref}/budget/new/",
        unit=outside_scope.units["workplace"].ref,
        account="Løn",
        year=2028,
        amount="90.000",
        source="Budget 2028, side 12",
    )
    assert "not covered" in page
    assert "Hjemmeplejen Nord, 2028: 90 000 DKK are missing." in page.replace("\u202f", " ")
    assert "More has been taken than the case brings" in look("employee", f"cases/{case.ref}/assumptions/")
    assert "More has been taken than the case brings" in look("auditor", f"cases/{case.ref}/")
    with scope(outside_scope.organisation):
        cut = BudgetCut.objects.select_related("thing").get()
    page = send("owner", f"case-cuts/{cut.ref}/take-back/", because="Forkert konto")
    assert "Budget 2028, side 12" not in page


def test_hours_are_put_into_the_case_by_a_plain_form(
    outside_scope: Cast, case: Case, send: Callable[..., str]
) -> None:
    form = {
        "who": "Superbrugere",
        "task": "oplæring",
        "unit": "Hjemmeplejen Nord",
        "year": 2027,
        "people": 12,
        "hours": "7.5",
        "covered": "0",
        "source": "oplæringsplan",
    }
    path = f"cases/{case.ref}/taking-part/"
    assert "Write what an hour costs." in send("lead", path, **form)
    page = send("lead", path, **form, hour_amount="310")
    assert "Superbrugere: oplæring" in page
    assert "-27 900" in page.replace("\u202f", " ")  # 12 × 7.5 × 310, in the first year
    with scope(outside_scope.organisation):
        assert case.parts.count() == 3  # nobody stands in, so there is no line for cover


def test_an_hour_is_chosen_from_the_key_figures_of_the_case(
    outside_scope: Cast, case: Case, send: Callable[..., str], look: Callable[..., str]
) -> None:
    frame = {**FRAME, "hourly_costs": {"carer": "300"}, "own_figures_source": "payroll"}
    with scope(outside_scope.organisation):
        room.change_frame(case=case, version=1, title=case.title, frame=frame, **who(outside_scope, "lead"))
    path = f"cases/{case.ref}/taking-part/"
    assert "carer: 300 DKK" in look("lead", path)
    page = send(
        "lead",
        path,
        who="Superbrugere",
        task="oplæring",
        unit="Hjemmeplejen Nord",
        year=2027,
        people=2,
        hours="10",
        covered="10",
        hour="carer",
        cover_hour="other",
        cover_hour_amount="280",
        source="plan",
    )
    assert "-5 600" in page.replace("\u202f", " ")
