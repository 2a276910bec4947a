"""The page of the gate: what is frozen is seen first, and what was frozen can be read later."""

import re
from collections.abc import Callable
from datetime import date, datetime

import pytest

from samspil.initiative import actions
from samspil.initiative.models import Condition, GateDecision, Initiative, Need
from samspil.kit.refusal import Refused
from samspil.organisation.scope import scope
from tests.cast import Cast

Send = Callable[..., str]
Look = Callable[..., str]


def seen(read: str) -> str:
    found = re.search(r'name="seen" value="([0-9a-f]{64})"', read)
    assert found
    return found[1]


@pytest.fixture
def gate(initiative: Initiative) -> str:
    return f"initiatives/{initiative.ref}/gate/"


def go(look: Look, gate: str, **changed: object) -> dict[str, object]:
    return {
        "outcome": "go",
        "decided_on": "2026-02-01",
        "reason": "Behovet er klart.",
        "override_reason": "Drøftes på torsdag.",
        "seen": seen(look("owner", gate)),
    } | changed


def test_what_is_missing_stands_first_and_is_said_to_be_frozen(look: Look, gate: str) -> None:
    read = look("owner", gate)
    assert "These 4 answers are frozen with the decision" in read
    states = re.findall(r'class="status status-(\w+)"', read)
    assert states == sorted(states, key=lambda state: state == "met")
    assert "Why go on although something is missing or unknown?" in read


def test_a_decision_freezes_the_board_and_its_page_shows_it(
    outside_scope: Cast, send: Send, look: Look, gate: str
) -> None:
    read = send("owner", gate, **go(look, gate))
    assert "Decided. The answers are frozen with the decision." in read
    with scope(outside_scope.organisation):
        assert GateDecision.objects.get().board_sha256 in read
    assert "Drøftes på torsdag." in read


def test_going_on_with_something_open_asks_why_and_keeps_what_was_typed(
    outside_scope: Cast, send: Send, look: Look, gate: str
) -> None:
    read = send("owner", gate, **go(look, gate, override_reason=""))
    assert 'href="#id_override_reason"' in read
    assert "Behovet er klart." in read
    with scope(outside_scope.organisation):
        assert not GateDecision.objects.exists()


def test_a_board_that_changed_meanwhile_is_looked_at_again(
    outside_scope: Cast, initiative: Initiative, at: datetime, send: Send, look: Look, gate: str
) -> None:
    sent = go(look, gate)
    with scope(outside_scope.organisation):
        actions.answer_demand(
            initiative=initiative,
            gate="explore",
            demand="need_stated",
            status="not_relevant",
            because="Loven siger det.",
            version=1,
            by=outside_scope.viewer("lead"),
            at=at,
        )
    read = send("owner", gate, **sent)
    assert "The answers have changed since you opened this page." in read
    assert seen(read) != sent["seen"]
    assert "Decided." in send("owner", gate, **(sent | {"seen": seen(read)}))


def test_conditions_stay_open_until_somebody_says_they_are_met(
    outside_scope: Cast, initiative: Initiative, send: Send, look: Look, gate: str
) -> None:
    lead = outside_scope.people["lead"]
    condition = {
        "condition_1": "Spørg nattevagten",
        "condition_1_owner": lead.ref,
        "condition_1_due": "2026-02-20",
    }
    send("owner", gate, **go(look, gate, outcome="go_with_conditions", **condition))
    read = look("employee", f"initiatives/{initiative.ref}/")
    assert "Condition of a decision" in read
    assert "It is met" not in read
    with scope(outside_scope.organisation):
        row = Condition.objects.get()
        assert (row.owner, row.due, row.met_on) == (lead, date(2026, 2, 20), None)
    assert "Met 1 February 2026" in send("lead", f"conditions/{row.ref}/", met_on="2026-02-01")
    assert "Condition of a decision" not in look("employee", f"initiatives/{initiative.ref}/")


def test_conditions_that_do_not_fit_the_outcome_are_refused(send: Send, look: Look, gate: str) -> None:
    read = send("owner", gate, **go(look, gate, condition_1="Spørg nattevagten"))
    assert "There are conditions. Choose to go on with conditions, or remove them." in read


def test_what_weighed_in_it_is_named_and_hangs_on_the_decision(
    outside_scope: Cast, need: Need, send: Send, look: Look, gate: str
) -> None:
    assert "What does the decision rest on?" in look("owner", gate)
    read = send("owner", gate, **go(look, gate, rests_on=[need.ref]))
    assert f"/needs/{need.ref}/" in read


def test_a_tampered_board_is_said_to_be_tampered(
    outside_scope: Cast, send: Send, look: Look, gate: str
) -> None:
    send("owner", gate, **go(look, gate))
    with scope(outside_scope.organisation):
        ref = GateDecision.objects.get().ref
        for row in GateDecision.objects.all():
            row.board = row.board.replace("missing", "met").replace("unknown", "met")
            row.save()
    assert "The stored answers do not fit their seal" in look("auditor", f"decisions/{ref}/")


def test_who_may_not_decide_is_told_who_does(initiative: Initiative, look: Look, gate: str) -> None:
    assert "Bo Leder or a director decides at this gate." in look("lead", f"initiatives/{initiative.ref}/")
    assert "Ask the owner when it will be decided." in look("lead", gate, 403)


def test_there_is_no_gate_after_the_end(
    outside_scope: Cast, send: Send, look: Look, gate: str, initiative: Initiative
) -> None:
    send("owner", gate, **go(look, gate, outcome="stop"))
    assert "there is no gate ahead" in look("owner", gate, 422)
    assert "The initiative is stopped" in look("owner", f"initiatives/{initiative.ref}/")


def test_a_condition_is_not_met_tomorrow(cast: Cast, initiative: Initiative, at: datetime) -> None:
    decision = actions.decide_gate(
        initiative=initiative,
        gate="explore",
        outcome="go_with_conditions",
        decided_on=date(2026, 2, 1),
        reason="Klar",
        override_reason="Haster",
        conditions=[actions.NewCondition("Spørg nattevagten")],
        by=cast.viewer("owner"),
        at=at,
    )
    with pytest.raises(Refused) as refusal:
        actions.meet_condition(
            condition=decision.conditions.get(), met_on=date(2026, 2, 2), by=cast.viewer("lead"), at=at
        )
    assert refusal.value.field == "met_on"
