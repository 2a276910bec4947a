"""A round is planned, opens on a promise that can hold, and closes; people take part once."""

from dataclasses import replace
from datetime import datetime

import pytest
from django.db import connection

from samspil.kit.refusal import NotAllowed, Refused
from samspil.organisation.viewer import Viewer, viewer_of
from samspil.participation import actions, entering
from samspil.participation.actions import Plan
from samspil.participation.levels import LEVELS
from samspil.participation.models import Elector, Participant, PseudonymKey, Round
from samspil.participation.tests.asking import organiser, plan_of
from tests.cast import Cast


@pytest.fixture
def by(cast: Cast, at: datetime) -> Viewer:
    return organiser(cast, at)


@pytest.fixture
def plan(cast: Cast, at: datetime) -> Plan:
    return plan_of(cast, at)


def opened(plan: Plan, by: Viewer, at: datetime) -> Round:
    return actions.open_round(round_=actions.plan_round(plan=plan, by=by, at=at), by=by, at=at)


def test_the_roster_is_everybody_of_the_unit_and_below_once(
    cast: Cast, plan: Plan, by: Viewer, at: datetime
) -> None:
    twice = replace(plan, units=[cast.units["workplace"], cast.units["whole"]])
    round_ = opened(twice, by, at)
    here = {one.pk for one in cast.people.values() if not one.guest_of}
    assert sorted(Elector.objects.values_list("person", flat=True)) == sorted(here)
    assert round_.roster_size == len(here)
    assert len(round_.roster_sha256) == 64


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"legal_basis": " "}, "legal basis"),
        ({"units": []}, "Nobody is asked"),
        ({"smallest_total": 40, "smallest_breakdown": 40}, "Fewer people are asked"),
    ],
)
def test_a_promise_that_cannot_hold_is_not_made(
    plan: Plan, by: Viewer, at: datetime, change: dict[str, object], sentence: str
) -> None:
    round_ = actions.plan_round(plan=replace(plan, **change), by=by, at=at)  # type: ignore[arg-type]
    with pytest.raises(Refused, match=sentence):
        actions.open_round(round_=round_, by=by, at=at)
    round_.refresh_from_db()
    assert round_.state == Round.State.PLANNED
    assert not Elector.objects.exists()


def test_the_promise_of_an_open_round_stands(plan: Plan, by: Viewer, at: datetime) -> None:
    round_ = opened(plan, by, at)
    with pytest.raises(Refused, match="its promise stands"):
        actions.change_round(round_=round_, plan=plan, version=1, by=by, at=at)


def test_an_employee_does_not_plan_for_the_organisation(cast: Cast, plan: Plan, at: datetime) -> None:
    with pytest.raises(NotAllowed):
        actions.plan_round(plan=plan, by=viewer_of(cast.people["employee"], at), at=at)


def test_in_confidence_a_person_comes_back_to_the_same_key_and_no_row_names_them(
    cast: Cast, plan: Plan, by: Viewer, at: datetime
) -> None:
    round_ = opened(plan, by, at)
    come = [entering.by_account(round_, cast.account("employee")) for _time in range(2)]
    first, second = [entering.take_part(one, by.today) for one in come if one]
    assert first == second
    assert Participant.objects.get().person is None
    assert Participant.objects.get().tier == Participant.Tier.ROSTER


def test_when_it_closes_the_way_from_names_to_keys_is_gone(plan: Plan, by: Viewer, at: datetime) -> None:
    round_ = opened(plan, by, at)
    assert PseudonymKey.objects.count() == 1
    actions.close_round(round_=round_, by=by, at=at)
    assert not PseudonymKey.objects.exists()


@pytest.mark.both_databases
@pytest.mark.django_db(transaction=True)
def test_the_key_is_not_left_in_the_file_of_its_table(plan: Plan, by: Viewer, at: datetime) -> None:
    if connection.vendor == "sqlite":
        pytest.skip("there what is deleted is overwritten; see kit/sqlite/base.py")
    round_ = opened(plan, by, at)
    where = "SELECT pg_relation_filenode('participation_pseudonymkey')"
    with connection.cursor() as cursor:
        cursor.execute(where)
        before = cursor.fetchone()
        actions.close_round(round_=round_, by=by, at=at)
        cursor.execute(where)
        assert cursor.fetchone() != before


def test_confidence_says_of_whom_it_does_not_protect() -> None:
    """A backup of an open round holds the key as well, and whoever has somebody's code comes in as they do."""
    told = " ".join(map(str, LEVELS[Round.Level.CONFIDENTIAL].limits))
    assert "from a backup of that time also afterwards" in told
    assert "has your code or your personal link" in told
    secret = " ".join(map(str, LEVELS[Round.Level.SECRET].limits))
    assert "whoever has it can put another ballot" in secret
    assert "the ballots lie there whole, without names" in secret


def test_an_open_link_makes_one_participant_a_browser_and_says_so(
    plan: Plan, by: Viewer, at: datetime
) -> None:
    round_ = opened(replace(plan, units=[], by_link=True), by, at)
    for browser in ("one", "two", "one"):
        entrance = entering.by_link(round_, browser)
        assert entrance
        entering.take_part(entrance, by.today)
    assert list(Participant.objects.values_list("tier", flat=True)) == ["open", "open"]
