"""The light way or the full way: chosen on the change page until a gate has been decided."""

import re
from collections.abc import Callable
from datetime import date, datetime

import pytest

from samspil.initiative import actions, process
from samspil.initiative.models import Evidence, Initiative, Link
from samspil.kit.refusal import Refused
from samspil.organisation.scope import scope
from tests.cast import Cast


def follow(cast: Cast, initiative: Initiative, at: datetime, key: str) -> Initiative:
    return actions.change_initiative(
        initiative=initiative,
        version=Initiative.objects.get(pk=initiative.pk).version,
        title=initiative.title,
        owner=initiative.owner,
        lead=initiative.lead,
        decision_level="local",
        ai_involved="unknown",
        case_number="",
        units=[cast.units["workplace"]],
        groups=[],
        process_key=key,
        by=cast.viewer("lead"),
        at=at,
    )


def answer(cast: Cast, initiative: Initiative, at: datetime, demand: str, source: str = "") -> Evidence:
    return actions.answer_demand(
        initiative=initiative,
        gate="go",
        demand=demand,
        status="met",
        because="Papir i receptionen.",
        version=1,
        source=source,
        by=cast.viewer("lead"),
        at=at,
    )


def asked(initiative: Initiative) -> set[tuple[str, str]]:
    return set(Evidence.objects.filter(initiative=initiative).values_list("gate", "demand"))


def of_model(initiative: Initiative) -> set[tuple[str, str]]:
    return {(gate.key, one.key) for gate in process.gates(initiative) for one in gate.demands}


def test_the_full_way_asks_for_more_and_keeps_what_was_answered(
    cast: Cast, initiative: Initiative, at: datetime
) -> None:
    light = asked(initiative)
    answer(cast, initiative, at, "analogue_channel")
    changed = follow(cast, initiative, at, "standard")
    assert light < asked(initiative) == of_model(changed)
    assert Evidence.objects.get(demand="analogue_channel").because == "Papir i receptionen."
    assert Evidence.objects.get(demand="competence_plan").status == "unknown"
    assert Evidence.objects.get(demand="need_stated").status == "met"


def test_the_light_way_lets_go_of_what_it_does_not_ask_for_and_of_what_that_rested_on(
    cast: Cast, initiative: Initiative, at: datetime
) -> None:
    full = follow(cast, initiative, at, "standard")
    need = full.needs.get().ref
    answer(cast, full, at, "competence_plan", source=need)
    answer(cast, full, at, "analogue_channel")
    light = follow(cast, full, at, "light")
    assert asked(initiative) == of_model(light)
    assert Evidence.objects.get(demand="analogue_channel").status == "met"
    assert not Link.objects.filter(from_thing=initiative.thing, kind=Link.Kind.RESTS_ON).exists()


def test_once_a_gate_is_decided_the_way_stands(
    outside_scope: Cast, initiative: Initiative, at: datetime, look: Callable[..., str]
) -> None:
    assert 'name="process_key"' in look("lead", f"initiatives/{initiative.ref}/change/")
    with scope(outside_scope.organisation):
        actions.decide_gate(
            initiative=initiative,
            gate="explore",
            outcome="adjust",
            decided_on=date(2026, 2, 1),
            reason="Behovet skal være klarere.",
            by=outside_scope.viewer("owner"),
            at=at,
        )
        with pytest.raises(Refused) as refusal:
            follow(outside_scope, initiative, at, "standard")
        assert refusal.value.field == "process_key"
        follow(outside_scope, initiative, at, "light")
    assert 'name="process_key"' not in look("lead", f"initiatives/{initiative.ref}/change/")


def test_a_way_that_is_not_here_is_refused(cast: Cast, initiative: Initiative, at: datetime) -> None:
    with pytest.raises(Refused):
        follow(cast, initiative, at, "heavy")
    assert Initiative.objects.get().process.key == "light"


def test_the_change_page_offers_both_ways_and_the_start_page_neither(
    outside_scope: Cast, initiative: Initiative, look: Callable[..., str], send: Callable[..., str]
) -> None:
    assert "process_key" not in look("lead", "initiatives/new/")
    page = look("lead", f"initiatives/{initiative.ref}/change/")
    assert re.search(r'name="process_key" value="light"[^>]* checked', page)
    fields = {
        "title": initiative.title,
        "owner": outside_scope.people["owner"].ref,
        "lead": "Ingrid Projekt",
        "affected": f"unit:{outside_scope.units['workplace'].ref}",
        "decision_level": "local",
        "ai_involved": "unknown",
        "version": initiative.version,
        "process_key": "standard",
    }
    send("lead", f"initiatives/{initiative.ref}/change/", **fields)
    with scope(outside_scope.organisation):
        assert Initiative.objects.get().process.key == "standard"
