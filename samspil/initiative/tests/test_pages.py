"""Every page of the hall opens, keeps one h1 in order, and asks the database no more when there is more."""

import re
from collections.abc import Callable
from datetime import date, datetime
from itertools import pairwise

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from samspil.initiative import actions, consumers
from samspil.initiative.actions import NewCondition
from samspil.initiative.models import Condition, Initiative, Need
from samspil.organisation.scope import scope
from tests.cast import Cast

ROOMS = 2  # organisation and initiative; the panels of other rooms count for themselves
Look = Callable[..., str]
Count = Callable[[str, str], int]


@pytest.fixture
def whole(outside_scope: Cast, initiative: Initiative, at: datetime) -> Initiative:
    """An initiative with a step, a decision with a condition, and somebody's Monday."""
    lead, owner = outside_scope.viewer("lead"), outside_scope.viewer("owner")
    with scope(outside_scope.organisation):
        actions.plan_step(initiative=initiative, kind="contract", on=date(2026, 3, 1), by=lead, at=at)
        decision = actions.decide_gate(
            initiative=initiative,
            gate="explore",
            outcome="go_with_conditions",
            decided_on=date(2026, 2, 1),
            reason="Behovet er klart.",
            override_reason="Drøftes på torsdag.",
            conditions=[NewCondition("Spørg nattevagten", owner.person, date(2026, 2, 20))],
            rests_on=[initiative.ref],
            by=owner,
            at=at,
        )
        initiative.addresses = {  # type: ignore[attr-defined]
            "step": f"steps/{decision.initiative.binding_steps.first().ref}/",
            "decision": f"decisions/{decision.ref}/",
            "condition": f"conditions/{Condition.objects.get().ref}/",
            "decision thread": f"thread/{decision.ref}/",
        }
        initiative.refresh_from_db()
    return initiative


def addresses(cast: Cast, one: Initiative, need: Need) -> dict[str, str]:
    here = f"initiatives/{one.ref}"
    return {
        "needs": "needs/",
        "raise a need": "needs/new/",
        "need": f"needs/{need.ref}/",
        "merge": f"needs/{need.ref}/merge/",
        "initiatives": "initiatives/",
        "start": f"initiatives/new/?need={need.ref}",
        "start from nothing": "initiatives/new/",
        "initiative": f"{here}/",
        "change": f"{here}/change/",
        "guests": f"{here}/guests/",
        "plan a step": f"{here}/steps/new/",
        "answer a demand": f"{here}/asks/go/analogue_channel/",
        "set a demand aside": f"{here}/asks/go/discussed_development/",
        "monday": f"{here}/monday/{cast.units['workplace'].ref}/",
        "AI": f"{here}/ai/",
        "decide": f"{here}/gate/",
        "thread": f"thread/{one.ref}/",
        "journal of the initiative": f"{here}/journal/",
        "journal": "journal/",
        "search": "search/?q=vagtplanen",
        **one.addresses,  # type: ignore[attr-defined]
    }


def test_every_page_opens_with_one_heading_and_no_level_left_out(
    outside_scope: Cast, whole: Initiative, need: Need, look: Look
) -> None:
    for name, path in addresses(outside_scope, whole, need).items():
        who = "digital_lead" if name == "merge" else "owner"
        who = "lead" if name.startswith("start") else who
        levels = [int(level) for level in re.findall(r"<h([1-6])", look(who, path))]
        steps = pairwise(levels)
        assert levels.count(1) == 1, name
        assert all(after - before <= 1 for before, after in steps), (name, levels)


def test_no_page_repeats_an_id(outside_scope: Cast, whole: Initiative, need: Need, look: Look) -> None:
    for name, path in addresses(outside_scope, whole, need).items():
        who = "digital_lead" if name.startswith(("merge", "start")) else "owner"
        ids = re.findall(r'\sid="([^"]+)"', look(who, path))
        assert sorted(ids) == sorted(set(ids)), name


@pytest.fixture
def count_queries(sign_in: Callable[[str], Client], outside_scope: Cast) -> Count:
    """How many questions a page asks the database, from the session cookie to the last row."""

    def count(who: str, path: str) -> int:
        client, address = sign_in(who), f"/{outside_scope.organisation.slug}/{path}"
        client.get(address)  # what is read once for all is read
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address).status_code == 200
        return len(asked)

    return count


def more(cast: Cast, count: int, at: datetime) -> None:
    lead = cast.viewer("lead")
    with scope(cast.organisation):
        for number in range(count):
            need = actions.raise_need(
                problem=f"Behov {number}", for_whom="Nord", if_nothing="…", by=cast.viewer("employee"), at=at
            )
            actions.start_initiative(
                needs=[need], units=[cast.units["workplace"]], owner=cast.people["owner"], by=lead, at=at
            )
    consumers.read_on(cast.organisation, at)


def test_a_list_asks_no_more_with_fifty_rows_than_with_five(
    outside_scope: Cast, at: datetime, count_queries: Count
) -> None:
    lists = ("needs/", "initiatives/", "initiatives/?only=open", "journal/", "search/?q=behov")
    more(outside_scope, 5, at)
    few = {path: count_queries("lead", path) for path in lists}
    more(outside_scope, 45, at)
    assert {path: count_queries("lead", path) for path in lists} == few


@pytest.mark.parametrize("who", ["employee", "lead", "owner", "guest"])
def test_the_initiative_page_stays_within_its_questions(
    outside_scope: Cast,
    whole: Initiative,
    count_queries: Count,
    who: str,
    at: datetime,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("samspil.initiative.page.panels_of", lambda _initiative: [])
    with scope(outside_scope.organisation):
        actions.admit_guest(
            initiative=whole, person=outside_scope.people["guest"], by=outside_scope.viewer("lead"), at=at
        )
    assert count_queries(who, f"initiatives/{whole.ref}/") <= 12 + ROOMS
