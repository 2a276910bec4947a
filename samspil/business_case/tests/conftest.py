"""What the tests of this room start from: an initiative, and the light case somebody begins for it."""

from typing import Any

import pytest

from samspil.business_case import actions
from samspil.business_case.actions import Written
from samspil.business_case.models import Case
from samspil.initiative import actions as hall
from samspil.initiative.models import Initiative
from samspil.organisation.scope import scope
from tests.cast import AT, Cast

YEARS = {"2027": "1", "2028": "1", "2029": "1"}
FRAME = {
    "currency": "DKK",
    "country": "DK",
    "decided_on": "2026-02-01",
    "first_year": 2027,
    "years": 3,
    "price_year": 2026,
}


def a_range(low: object, likely: object, high: object, **more: Any) -> dict[str, Any]:
    points = {"low": str(low), "likely": str(likely), "high": str(high)}
    return points | {"meaning": "min_max_pert", "source": "pilot in two teams"} | more


def licences(amount: object = "100000", **more: Any) -> dict[str, Any]:
    return {
        "title": "Licences",
        "kind": "cost",
        "class": "cashable",
        "payer": "IT",
        "amount": {"value": amount, "source": "offer"},
        "share_by_year": YEARS,
    } | more


def overtime(**more: Any) -> dict[str, Any]:
    return {
        "title": "Less overtime",
        "kind": "benefit",
        "class": "cashable",
        "beneficiary": "Home care",
        "amount": a_range(90000, 150000, 180000),
        "share_by_year": YEARS,
    } | more


def who(cast: Cast, name: str) -> dict[str, Any]:
    return {"by": cast.viewer(name), "at": AT}


@pytest.fixture
def initiative(outside_scope: Cast) -> Initiative:
    """An initiative that `lead` leads and `owner` owns; it affects the workplace."""
    with scope(outside_scope.organisation):
        need = hall.raise_need(
            problem="Vagtplanen kan ikke læses på telefonen",
            for_whom="Hjemmeplejen",
            if_nothing="Flere vikarer",
            **who(outside_scope, "employee"),
        )
        return hall.start_initiative(
            needs=[need],
            units=[outside_scope.units["workplace"]],
            owner=outside_scope.people["owner"],
            **who(outside_scope, "lead"),
        )


@pytest.fixture
def case(outside_scope: Cast, initiative: Initiative) -> Case:
    """A case with one cost and one benefit."""
    with scope(outside_scope.organisation):
        return actions.begin(
            initiative=initiative,
            title="A shift plan on the phone",
            frame=FRAME,
            parts=[
                Written(content=licences()),
                Written(
                    content=overtime(),
                    owner=outside_scope.people["management_member"],
                    estimator=outside_scope.people["lead"],
                ),
            ],
            **who(outside_scope, "lead"),
        )
