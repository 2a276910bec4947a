"""Who may do what in the hall, role by role, and what a guest or a stranger finds at each door."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.test import Client

from samspil.initiative import actions
from samspil.initiative.models import Initiative
from samspil.initiative.permissions import PERMISSIONS
from samspil.initiative.urls import urlpatterns
from samspil.organisation.scope import scope
from tests.cast import Cast, gather

HERE = {
    "lead",
    "owner",
    "director",
    "digital_lead",
    "administrator",
    "auditor",
    "consultant",
    "chair",
    "vice_chair",
    "secretary",
    "steward",
    "management_member",
    "employee",
}
MAIN_COMMITTEE = {"chair", "vice_chair", "secretary", "steward", "management_member"}
RUN_IT = {"lead", "owner", "digital_lead"}
MAY = {
    "see_needs": HERE,
    "raise_need": HERE - {"auditor", "consultant"},
    "merge_needs": {"lead", "digital_lead"},
    "see_initiatives": HERE | {"guest"},
    "see_initiative": HERE,
    "start_initiative": {"lead", "digital_lead", "director"},
    "change_initiative": RUN_IT,
    "give_step_date": RUN_IT,
    "answer_demand": RUN_IT | {"management_member"},
    "say_monday": RUN_IT | {"management_member"},
    "inform_about_ai": RUN_IT,
    "record_assessment": RUN_IT | {"management_member"},
    "decide_gate": {"owner", "director"},
    "meet_condition": RUN_IT,
    "link_things": RUN_IT,
    "admit_guest": {"lead", "owner", "administrator"},
    "see_thread": HERE | {"guest"},
    "search": HERE,
    "see_journal": HERE,
    "see_leadership": {"director", "digital_lead", "administrator", "auditor", "consultant", *MAIN_COMMITTEE},
    "give_money": RUN_IT,
    "see_figures": HERE,
    "see_projects": {"digital_lead"},
    "bring_projects": {"digital_lead"},
    "take_over_projects": {"digital_lead"},
    "throw_away_projects": {"digital_lead"},
}


def test_the_table_of_expectations_names_every_action() -> None:
    assert {f"initiative.{action}" for action in MAY} == set(PERMISSIONS)


@pytest.mark.parametrize("action", MAY)
def test_only_these_may(cast: Cast, initiative: Initiative, action: str) -> None:
    allowed = {who for who in cast.people if PERMISSIONS.allows(action, cast.viewer(who), initiative)}
    assert allowed == MAY[action]


def test_an_admitted_guest_sees_this_initiative_and_no_other_page(
    outside_scope: Cast, initiative: Initiative, at: datetime, look: Callable[..., str]
) -> None:
    look("guest", f"initiatives/{initiative.ref}/", 404)
    with scope(outside_scope.organisation):
        actions.admit_guest(
            initiative=initiative,
            person=outside_scope.people["guest"],
            by=outside_scope.viewer("lead"),
            at=at,
        )
    read = look("guest", f"initiatives/{initiative.ref}/")
    assert initiative.title in read
    assert "/needs/" not in read
    assert initiative.title in look("guest", "initiatives/")
    for path in ("needs/", "needs/new/", "journal/", "search/?q=vagt"):
        look("guest", path, 403)
    look("guest", f"initiatives/{initiative.ref}/gate/", 404)


def test_every_address_stands_behind_the_door() -> None:
    assert all(hasattr(pattern.callback, "door") for pattern in urlpatterns)


def test_a_stranger_gets_the_same_answer_whether_or_not_it_exists(
    outside_scope: Cast, initiative: Initiative
) -> None:
    answers = {
        Client().get(f"/fjordby/initiatives/{ref}/").status_code for ref in (initiative.ref, "nothing")
    }
    assert answers == {302}


def test_somebody_from_another_organisation_finds_nothing(
    outside_scope: Cast, initiative: Initiative, standing_clock: datetime
) -> None:
    other = gather("sjovik", "samverkan")
    client = Client()
    client.force_login(other.account("lead"), backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(f"/fjordby/initiatives/{initiative.ref}/").status_code == 404
    assert client.get(f"/sjovik/initiatives/{initiative.ref}/").status_code == 404
