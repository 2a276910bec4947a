"""Deciding at a gate: frozen evidence, conditions, and going on although something is missing."""

from datetime import date, datetime

import pytest
from django.utils import translation

from samspil.core.gates import OPEN, Frozen, thaw
from samspil.initiative import actions
from samspil.initiative.models import GateDecision, Initiative
from samspil.kit.refusal import NotAllowed, Refused
from samspil.organisation import journal
from tests.cast import Cast


@pytest.fixture
def initiative(cast: Cast, at: datetime) -> Initiative:
    lead = cast.viewer("lead")
    need = actions.raise_need(
        problem="Vagtplanen passer ikke", for_whom="Hjemmeplejen", if_nothing="Flere vikarer", by=lead, at=at
    )
    return actions.start_initiative(
        needs=[need], units=[cast.units["workplace"]], owner=cast.people["owner"], by=lead, at=at
    )


def decide(
    cast: Cast, initiative: Initiative, at: datetime, who: str = "owner", **answers: object
) -> GateDecision:
    facts = {"outcome": "go", "decided_on": date(2026, 2, 1), "reason": "Behovet er klart."} | answers
    return actions.decide_gate(initiative=initiative, gate="explore", by=cast.viewer(who), at=at, **facts)


def test_going_on_with_something_missing_needs_a_reason(
    cast: Cast, initiative: Initiative, at: datetime
) -> None:
    with pytest.raises(Refused) as refusal:
        decide(cast, initiative, at)
    assert refusal.value.field == "override_reason"
    assert Initiative.objects.get().phase == "idea"


def test_a_decision_with_a_reason_moves_the_initiative_on(
    cast: Cast, initiative: Initiative, at: datetime
) -> None:
    decision = decide(cast, initiative, at, override_reason="Drøftes i lokaludvalget på torsdag.")
    assert Initiative.objects.get().phase == "development"
    board = {line.demand.key: line.status for line in thaw(Frozen(decision.board, decision.board_sha256))}
    assert board.pop("discussed_idea") in OPEN
    assert board == {"need_stated": "met", "affected_named": "met", "owner_in_line": "met"}


def test_the_frozen_board_stays_when_things_change_later(
    cast: Cast, initiative: Initiative, at: datetime
) -> None:
    decision = decide(cast, initiative, at, override_reason="Haster.")
    before = decision.board
    initiative.refresh_from_db()
    initiative.owner = cast.people["digital_lead"]
    initiative.save()
    assert GateDecision.objects.get(pk=decision.pk).board == before


def test_stopping_needs_no_evidence(cast: Cast, initiative: Initiative, at: datetime) -> None:
    decide(cast, initiative, at, outcome="stop", reason="Behovet er faldet bort.")
    assert Initiative.objects.get().phase == "stopped"


def test_the_project_lead_does_not_decide(cast: Cast, initiative: Initiative, at: datetime) -> None:
    with pytest.raises(NotAllowed):
        decide(cast, initiative, at, who="lead", override_reason="Haster.")
    assert not GateDecision.objects.exists()


def test_the_journal_remembers_the_decision(cast: Cast, initiative: Initiative, at: datetime) -> None:
    decide(cast, initiative, at, override_reason="Haster.")
    verbs = [entry.verb for entry in journal.entries(cast.organisation)]
    assert verbs == ["initiative.need_raised", "initiative.started", "initiative.gate_decided"]
    assert journal.verify(cast.organisation) == []


def test_a_board_is_frozen_in_the_organisations_language(
    cast: Cast, initiative: Initiative, at: datetime
) -> None:
    with translation.override("en"):
        decision = decide(cast, initiative, at, override_reason="Haster.")
    assert "Behovet er beskrevet" in decision.board
