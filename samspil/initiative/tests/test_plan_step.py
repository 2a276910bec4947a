"""Binding steps: a date is given, a mistyped one is corrected with a reason, and both stay visible."""

from collections.abc import Callable
from datetime import date, datetime

import pytest
from django.utils import translation

from samspil.core.decision_clock import StepKind
from samspil.initiative import actions, boards, queries
from samspil.initiative.models import BindingStep, Initiative
from samspil.kit.refusal import NotAllowed, Refused
from samspil.organisation.scope import scope
from tests.cast import Cast


@pytest.fixture
def contract(outside_scope: Cast, initiative: Initiative, at: datetime) -> BindingStep:
    """The contract, mistyped as 1 May."""
    with scope(outside_scope.organisation):
        lead = outside_scope.viewer("lead")
        return actions.plan_step(initiative=initiative, kind="contract", on=date(2026, 5, 1), by=lead, at=at)


def test_a_date_given_on_the_page_reaches_the_clock(
    outside_scope: Cast, initiative: Initiative, send: Callable[..., str]
) -> None:
    read = send(
        "lead", f"initiatives/{initiative.ref}/steps/new/", kind="contract", on="2026-03-01", phase="idea"
    )
    assert "1 March 2026" in read
    with scope(outside_scope.organisation):
        (step,) = queries.clock_steps(queries.steps([initiative])[initiative.pk], "idea")
        assert (step.kind, step.on, step.taken) == (StepKind.CONTRACT, date(2026, 3, 1), False)


def test_a_mistyped_date_is_corrected_with_a_reason_and_both_stay_visible(
    outside_scope: Cast, contract: BindingStep, send: Callable[..., str], look: Callable[..., str]
) -> None:
    read = send("lead", f"steps/{contract.ref}/", on="2026-03-01", reason="Tastefejl: marts, ikke maj.")
    for page in (read, look("employee", f"initiatives/{contract.initiative.ref}/")):
        assert "1 March 2026" in page
        assert "1 May 2026</del>" in page
        assert "Tastefejl: marts, ikke maj." in page
    with scope(outside_scope.organisation):
        (step,) = queries.clock_steps(queries.steps([contract.initiative])[contract.initiative_id], "idea")
        assert step.on == date(2026, 3, 1)


def test_a_correction_without_a_reason_is_refused_on_its_field(
    outside_scope: Cast, contract: BindingStep, send: Callable[..., str]
) -> None:
    read = send("lead", f"steps/{contract.ref}/", on="2026-03-01", reason=" ")
    assert "Write why the date changes; both dates stay visible." in read
    with scope(outside_scope.organisation):
        assert contract.dates.count() == 1


def test_a_step_is_not_taken_on_a_day_that_has_not_come(
    cast: Cast, initiative: Initiative, at: datetime
) -> None:
    with pytest.raises(Refused) as refusal:
        actions.plan_step(
            initiative=initiative,
            kind="tender",
            on=date(2026, 2, 2),
            taken=True,
            by=cast.viewer("lead"),
            at=at,
        )
    assert refusal.value.field == "on"


def test_a_second_date_for_the_same_step_is_a_correction(
    cast: Cast, contract: BindingStep, at: datetime
) -> None:
    with pytest.raises(Refused) as refusal:
        actions.plan_step(
            initiative=contract.initiative,
            kind="contract",
            on=date(2026, 3, 1),
            by=cast.viewer("lead"),
            at=at,
        )
    assert refusal.value.field == "kind"


def test_a_gate_decision_dated_later_does_not_move_the_contract(
    cast: Cast, contract: BindingStep, at: datetime
) -> None:
    one, lead = contract.initiative, cast.viewer("lead")
    actions.correct_step(step=contract, on=date(2026, 1, 20), taken=True, reason="Tastefejl", by=lead, at=at)
    decide(cast, contract, at, date(2026, 2, 1))
    steps = queries.clock_steps(queries.steps([one])[one.pk], "idea")
    assert min(steps, key=lambda step: step.on).kind == StepKind.CONTRACT


def test_a_step_that_is_still_ahead_goes_along_into_the_next_phase(
    cast: Cast, contract: BindingStep, at: datetime
) -> None:
    decide(cast, contract, at, date(2026, 2, 1))
    contract.refresh_from_db()
    assert contract.phase == "development"


def test_a_step_whose_day_came_before_the_decision_stays_where_it_bound(
    cast: Cast, contract: BindingStep, at: datetime
) -> None:
    actions.correct_step(
        step=contract,
        on=date(2026, 1, 20),
        taken=False,
        reason="Tastefejl",
        by=cast.viewer("lead"),
        at=at,
    )
    decide(cast, contract, at, date(2026, 2, 1))
    contract.refresh_from_db()
    assert contract.phase == "idea"


def decide(cast: Cast, contract: BindingStep, at: datetime, on: date) -> None:
    actions.decide_gate(
        initiative=contract.initiative,
        gate="explore",
        outcome="go",
        decided_on=on,
        reason="Klar",
        override_reason="Haster",
        by=cast.viewer("owner"),
        at=at,
    )


def test_an_employee_gives_no_dates(cast: Cast, initiative: Initiative, at: datetime) -> None:
    with pytest.raises(NotAllowed):
        actions.plan_step(
            initiative=initiative, kind="tender", on=date(2026, 5, 1), by=cast.viewer("employee"), at=at
        )


def test_only_the_date_that_holds_is_in_the_calendar(cast: Cast, contract: BindingStep, at: datetime) -> None:
    actions.correct_step(
        step=contract, on=date(2026, 3, 1), taken=False, reason="Tastefejl", by=cast.viewer("lead"), at=at
    )
    with translation.override("en"):
        entries = list(boards.coming_days(cast.viewer("employee"), at))
        assert [(entry.on, str(entry.kind)) for entry in entries] == [
            (date(2026, 3, 1), "The contract is signed")
        ]
    assert list(boards.coming_days(cast.viewer("guest"), at)) == []
