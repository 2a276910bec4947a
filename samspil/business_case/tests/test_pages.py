"""What the pages of a case say: what it comes to, what to look at and where to mend it, its versions."""

from collections.abc import Callable

import pytest
from django.test import Client

from samspil.business_case import actions, boards
from samspil.business_case.format import parts_of
from samspil.business_case.models import Case, CaseVersion
from samspil.business_case.tests.conftest import licences, who
from samspil.business_case.tests.test_versions import decide, work
from samspil.initiative.models import Initiative
from samspil.organisation.scope import scope
from tests.cast import Cast

pytestmark = pytest.mark.django_db
Look = Callable[..., str]


def test_the_mean_case_stands_there_at_once_and_the_draws_when_they_are_made(case: Case, look: Look) -> None:
    page = look("employee", f"cases/{case.ref}/")
    assert "130 486" in page
    assert "being computed" in page
    work()
    page = look("employee", f"cases/{case.ref}/")
    assert "of 65 536 draws" in page
    assert "In nine of ten draws" in page


def test_a_finding_leads_to_the_field_that_mends_it(outside_scope: Cast, case: Case, look: Look) -> None:
    with scope(outside_scope.organisation):
        bare = actions.add(
            case=case,
            kind="line",
            content={
                "title": "Servers",
                "kind": "cost",
                "class": "cashable",
                "amount": "5",
                "share_by_year": {"2027": "1"},
            },
            **who(outside_scope, "lead"),
        )
    page = look("lead", f"cases/{case.ref}/")
    assert "It is not said where these figures come from: “Servers”" in page
    assert f"case-parts/{bare.ref}/change/" in page
    assert f"cases/{case.ref}/shared/" in page
    reader = look("auditor", f"cases/{case.ref}/")
    assert "It is not said where these figures come from: “Servers”" in reader
    assert "/change/" not in reader


def test_a_version_says_whether_the_case_has_changed_since(
    outside_scope: Cast, case: Case, look: Look, send: Look
) -> None:
    page = send("lead", f"cases/{case.ref}/committee/", note="For the meeting in March")
    assert "The case still says the same today" in page
    with scope(outside_scope.organisation):
        version = CaseVersion.objects.get()
        actions.change(
            part=parts_of(case)[0], version=1, content=licences("200000"), **who(outside_scope, "lead")
        )
    page = look("employee", f"case-versions/{version.ref}/")
    assert "The case has been changed since" in page
    assert "130 486" in page
    assert "-159 483" in page


def test_a_decided_version_leads_to_its_decision(
    outside_scope: Cast, case: Case, initiative: Initiative, look: Look
) -> None:
    with scope(outside_scope.organisation):
        decision = decide(outside_scope, initiative)
        version = CaseVersion.objects.get()
    assert f"/decisions/{decision.ref}/" in look("employee", f"case-versions/{version.ref}/")
    assert "as decided at a gate" in look("employee", f"cases/{case.ref}/history/")


def test_the_history_says_who_changed_what_and_takes_it_back(
    outside_scope: Cast, case: Case, look: Look, send: Look
) -> None:
    with scope(outside_scope.organisation):
        actions.change(
            part=parts_of(case)[0], version=1, content=licences("200000"), **who(outside_scope, "owner")
        )
    page = look("lead", f"cases/{case.ref}/history/")
    assert "Bo Leder" in page
    assert "“Licences” changed: amount" in page
    page = send("lead", f"cases/{case.ref}/undo/", step="2")
    assert "Taken back: “Licences” changed: amount" in page
    assert "taken back since" in page
    assert "undone already" in send("lead", f"cases/{case.ref}/undo/", step="2")
    assert "/undo/" not in look("auditor", f"cases/{case.ref}/history/")


def test_a_long_history_has_pages(
    outside_scope: Cast, case: Case, look: Look, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("samspil.business_case.views.STEPS_ON_A_PAGE", 2)
    with scope(outside_scope.organisation):
        for version in (1, 2):
            actions.change(
                part=parts_of(case)[0],
                version=version,
                content=licences(f"{version}0000"),
                **who(outside_scope, "owner"),
            )
    newest, oldest = (look("lead", f"cases/{case.ref}/history/?page={page}") for page in (1, 2))
    assert newest.count("“Licences” changed: amount") == 4, "each with its button"
    assert "The case was begun" not in newest
    assert "The case was begun" in oldest
    assert "“Licences” changed" not in oldest


def test_the_initiative_says_what_the_case_comes_to(case: Case, initiative: Initiative, look: Look) -> None:
    work()
    page = look("employee", f"initiatives/{initiative.ref}/")
    assert "130 486 DKK" in page
    assert f"/cases/{case.ref}/" in page


def test_without_a_case_those_who_run_it_are_led_to_one(initiative: Initiative, look: Look) -> None:
    assert "Begin the business case" in look("lead", f"initiatives/{initiative.ref}/")
    assert "Begin the business case" not in look("employee", f"initiatives/{initiative.ref}/")


def test_an_empty_case_asks_for_its_first_line(
    outside_scope: Cast, initiative: Initiative, look: Look
) -> None:
    with scope(outside_scope.organisation):
        case = actions.begin(initiative=initiative, **who(outside_scope, "lead"))
    assert "There is no line in it yet" in look("lead", f"cases/{case.ref}/")
    assert "There is nothing to move yet" in look("lead", f"cases/{case.ref}/what-if/")


def test_a_case_is_found_by_the_name_of_its_lines(case: Case, look: Look) -> None:
    from samspil.organisation import rounds
    from tests.cast import AT

    rounds.round_of(AT)
    assert case.title in look("employee", "search/?q=overtime")


def test_the_number_of_questions_does_not_grow_with_the_lines(
    outside_scope: Cast,
    case: Case,
    sign_in: Callable[[str], Client],
    django_assert_max_num_queries: Callable[..., object],
) -> None:
    with scope(outside_scope.organisation):
        rows = [actions.Written(content=licences(title=f"Line {number}")) for number in range(38)]
        actions.save(case=case, written=rows, **who(outside_scope, "lead"))
    client = sign_in("lead")
    for page in ("", "lines/", "history/", "what-if/"):
        with django_assert_max_num_queries(16):
            assert client.get(f"/fjordby/cases/{case.ref}/{page}").status_code == 200


def test_lines_of_somebody_who_left_are_handed_over(outside_scope: Cast, case: Case) -> None:
    manager, admin = outside_scope.people["management_member"], outside_scope.viewer("administrator")
    with scope(outside_scope.organisation):
        found = list(boards.left_behind([manager], admin))
        assert [(one.person_id, one.title) for one in found] == [(manager.pk, "Less overtime")]
        assert "/change/" in found[0].url
        decide(outside_scope, case.initiative, "stop")
        assert list(boards.left_behind([manager], admin)) == []
