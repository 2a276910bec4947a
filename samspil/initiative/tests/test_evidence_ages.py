"""Stored answers stay true: when a room is switched off or on, and when a day passes overnight."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from django.test import Client

from samspil.initiative import actions, consumers, evidence
from samspil.initiative.models import Evidence, Initiative
from samspil.organisation import actions as house
from samspil.organisation import rounds
from samspil.organisation.models import Organisation
from samspil.organisation.scope import scope
from tests.cast import Cast


def switch(cast: Cast, on: bool, at: datetime) -> None:
    house.switch_room(room="involvement", on=on, by=cast.viewer("administrator"), at=at)


def work(at: datetime) -> None:
    """What the worker does in a minute."""
    rounds.round_of(at)


def row(initiative: Initiative, demand: str) -> Evidence:
    return Evidence.objects.get(initiative=initiative, demand=demand)


def test_switching_a_room_off_sets_its_demand_aside_and_switching_on_gives_it_back(
    cast: Cast, initiative: Initiative, at: datetime
) -> None:
    before = row(initiative, "voices_heard")
    assert (before.status, before.because_key) == ("unknown", "not_heard_yet")
    switch(cast, False, at)
    work(at + timedelta(minutes=1))
    off = row(initiative, "voices_heard")
    assert off.status == "not_relevant"
    assert "switched off" in evidence.because_of(off)
    switch(cast, True, at)
    work(at + timedelta(minutes=2))
    back = row(initiative, "voices_heard")
    assert (back.status, back.because_key) == ("unknown", "not_heard_yet")


def test_what_has_ended_is_left_as_it_was(cast: Cast, initiative: Initiative, at: datetime) -> None:
    Initiative.objects.filter(pk=initiative.pk).update(phase="closed")
    switch(cast, False, at)
    work(at + timedelta(minutes=1))
    assert row(initiative, "voices_heard").status == "unknown"


def test_the_door_of_a_switched_off_room_says_so_and_it_leaves_the_menu(
    outside_scope: Cast, initiative: Initiative, sign_in: Callable[[str], Client], at: datetime
) -> None:
    client = sign_in("employee")
    client.cookies["django_language"] = "en"
    assert 'href="/fjordby/committees/"' in client.get("/fjordby/").content.decode()
    with scope(outside_scope.organisation):
        house.switch_room(room="dialogue", on=False, by=outside_scope.viewer("administrator"), at=at)
    page = client.get("/fjordby/committees/")
    assert page.status_code == 403
    assert "switched off in your organisation. Ask an administrator." in page.content.decode()
    assert 'href="/fjordby/committees/"' not in client.get("/fjordby/").content.decode()
    assert client.get(f"/fjordby/initiatives/{initiative.ref}/").status_code == 200


def test_a_day_that_passes_overnight_changes_the_stored_row(
    cast: Cast, initiative: Initiative, at: datetime
) -> None:
    actions.plan_step(
        initiative=initiative, kind="contract", on=date(2026, 2, 3), by=cast.viewer("lead"), at=at
    )
    assert row(initiative, "discussed_idea").because_key == "not_discussed_step_to_come.contract"
    work(at + timedelta(days=2))
    assert row(initiative, "discussed_idea").because_key == "not_discussed_step_to_come.contract"
    work(at + timedelta(days=3))
    found = row(initiative, "discussed_idea")
    assert found.because_key == "not_discussed_step_passed.contract"
    assert "has passed" in evidence.because_of(found)


def test_the_day_begins_where_the_organisation_lies(
    cast: Cast, initiative: Initiative, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[datetime] = []
    monkeypatch.setattr(evidence, "refresh", lambda _found, when: asked.append(when))
    organisation = Organisation.objects.get()
    before, after = (datetime.fromisoformat(f"2026-02-02T{time}+00:00") for time in ("22:30", "23:30"))
    for when in (before, before + timedelta(minutes=5), after, after + timedelta(minutes=5)):
        consumers.look_again_daily(organisation, when)
    assert asked == [before, after]


def test_what_was_set_aside_by_hand_stays_so_and_keeps_what_was_found_behind_it(
    cast: Cast, initiative: Initiative, at: datetime
) -> None:
    by = cast.viewer("lead")
    actions.plan_step(initiative=initiative, kind="budget", on=date(2026, 1, 5), taken=True, by=by, at=at)
    actions.answer_demand(
        initiative=initiative,
        gate="explore",
        demand="discussed_idea",
        status="not_relevant",
        because="Afgjort i udvalget før Samspil.",
        version=1,
        by=by,
        at=at,
    )
    work(at + timedelta(days=1))
    found = row(initiative, "discussed_idea")
    assert (found.status, found.because) == ("not_relevant", "Afgjort i udvalget før Samspil.")
    assert found.because_key == "not_discussed_step_taken.budget"
