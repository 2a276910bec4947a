"""From Monday we do … differently, or nothing changes, because …."""

from collections.abc import Callable
from datetime import datetime

import pytest

from samspil.initiative import actions
from samspil.initiative.models import Evidence, Initiative, MondayStatement
from samspil.kit.refusal import ChangedMeanwhile, NotAllowed, Refused
from samspil.organisation.scope import scope
from tests.cast import Cast


def say(cast: Cast, one: Initiative, at: datetime, who: str = "owner", **facts: object) -> MondayStatement:
    usual = {"unit": cast.units["workplace"], "group": None, "changes": True, "text": "Vi mødes kl. 7.30."}
    return actions.say_monday(initiative=one, by=cast.viewer(who), at=at, **(usual | facts))  # type: ignore[arg-type]


def test_the_gate_is_met_when_every_unit_and_group_has_said_it(
    cast: Cast, initiative: Initiative, at: datetime
) -> None:
    say(cast, initiative, at)
    assert Evidence.objects.get(demand="monday_said").because_facts == {"said": 1, "asked": 2}
    say(cast, initiative, at, unit=None, group=cast.groups["citizens"], changes=False, text="Samme telefon.")
    assert Evidence.objects.get(demand="monday_said").status == "met"


def test_nothing_changes_needs_a_because_too(cast: Cast, initiative: Initiative, at: datetime) -> None:
    with pytest.raises(Refused) as refusal:
        say(cast, initiative, at, changes=False, text=" ")
    assert refusal.value.field == "text"


def test_only_those_affected_say_it(cast: Cast, initiative: Initiative, at: datetime) -> None:
    with pytest.raises(Refused):
        say(cast, initiative, at, unit=cast.units["it"])


def test_a_colleague_without_a_role_does_not_speak_for_the_unit(
    cast: Cast, initiative: Initiative, at: datetime
) -> None:
    with pytest.raises(NotAllowed):
        say(cast, initiative, at, who="employee")


def test_two_managers_see_both_texts(cast: Cast, initiative: Initiative, at: datetime) -> None:
    say(cast, initiative, at)
    with pytest.raises(ChangedMeanwhile) as meanwhile:
        say(cast, initiative, at, who="management_member", text="Vi mødes kl. 8.")
    assert meanwhile.value.theirs == "Vi mødes kl. 7.30."


def test_a_manager_says_it_on_the_page(
    outside_scope: Cast, initiative: Initiative, send: Callable[..., str]
) -> None:
    where = f"initiatives/{initiative.ref}/monday/{outside_scope.units['workplace'].ref}/"
    read = send("management_member", where, changes="yes", text="Vi mødes ved skærmen.", version=0)
    assert "Said for Hjemmeplejen Nord." in read
    with scope(outside_scope.organisation):
        assert MondayStatement.objects.get().said_by == outside_scope.people["management_member"]


def test_a_unit_that_is_not_affected_has_no_such_page(
    outside_scope: Cast, initiative: Initiative, look: Callable[..., str]
) -> None:
    look("owner", f"initiatives/{initiative.ref}/monday/{outside_scope.units['it'].ref}/", 404)
