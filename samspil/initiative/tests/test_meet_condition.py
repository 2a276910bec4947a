"""A condition of a decision is marked as met by those who run the initiative, or by the person named for it."""

from collections.abc import Callable
from datetime import date, datetime

import pytest

from samspil.initiative import actions
from samspil.initiative.models import Condition, Initiative
from samspil.kit.refusal import NotAllowed
from samspil.organisation.scope import scope
from tests.cast import Cast


@pytest.fixture
def conditions(outside_scope: Cast, initiative: Initiative, at: datetime) -> list[Condition]:
    """Erik is to see to the first, nobody in particular to the second."""
    with scope(outside_scope.organisation):
        decision = actions.decide_gate(
            initiative=initiative,
            gate="explore",
            outcome="go_with_conditions",
            decided_on=date(2026, 2, 1),
            reason="Behovet er klart.",
            override_reason="Drøftes på torsdag.",
            conditions=[
                actions.NewCondition("Prøv det af", outside_scope.people["employee"], date(2026, 3, 1)),
                actions.NewCondition("Skriv det ned"),
            ],
            by=outside_scope.viewer("owner"),
            at=at,
        )
        return list(decision.conditions.order_by("pk"))


def meet(cast: Cast, condition: Condition, who: str, at: datetime) -> Condition:
    return actions.meet_condition(condition=condition, met_on=at.date(), by=cast.viewer(who), at=at)


@pytest.mark.parametrize("who", ["employee", "lead", "owner", "digital_lead"])
def test_the_person_named_and_those_who_run_it_may(
    cast: Cast, conditions: list[Condition], at: datetime, who: str
) -> None:
    assert meet(cast, conditions[0], who, at).met_on == at.date()


@pytest.mark.parametrize(("number", "who"), [(0, "steward"), (0, "management_member"), (1, "employee")])
def test_others_may_not_and_neither_may_somebody_named_for_another_condition(
    cast: Cast, conditions: list[Condition], at: datetime, number: int, who: str
) -> None:
    with pytest.raises(NotAllowed):
        meet(cast, conditions[number], who, at)


def test_the_person_named_finds_the_way_on_both_pages_for_their_own_condition_only(
    outside_scope: Cast, initiative: Initiative, conditions: list[Condition], look: Callable[..., str]
) -> None:
    with scope(outside_scope.organisation):
        decision = initiative.decisions.get()
        pages = (f"initiatives/{initiative.ref}/", f"decisions/{decision.ref}/")
    for page in pages:
        mine = look("employee", page)
        assert f"/conditions/{conditions[0].ref}/" in mine
        assert f"/conditions/{conditions[1].ref}/" not in mine
        assert "/conditions/" not in look("steward", page)


def test_on_the_page_the_person_named_marks_it(
    outside_scope: Cast, conditions: list[Condition], send: Callable[..., str]
) -> None:
    send("employee", f"conditions/{conditions[0].ref}/", met_on="2026-02-01")
    with scope(outside_scope.organisation):
        assert Condition.objects.get(pk=conditions[0].pk).met_on == date(2026, 2, 1)
