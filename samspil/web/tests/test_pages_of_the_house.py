"""The pages that belong to no single room."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from samspil.kit import clock, house, jobs
from tests.cast import AT, Cast

SignIn = Callable[[str], Client]
PUBLIC = ["/", "/accessibility/", "/privacy/", "/security/", "/sign-in/login/", "/cards/"]


@pytest.mark.django_db
@pytest.mark.parametrize("address", PUBLIC)
def test_public_pages_need_no_account(client: Client, address: str) -> None:
    assert client.get(address).status_code == 200


def test_somebody_with_one_membership_goes_straight_home(sign_in: SignIn) -> None:
    assert sign_in("employee").get("/")["Location"] == "/fjordby/"


def test_the_first_page_greets_by_name(sign_in: SignIn) -> None:
    assert "Erik" in sign_in("employee").get("/fjordby/").content.decode()


def test_strangers_get_the_same_answer_for_what_exists_and_what_does_not(
    client: Client, outside_scope: Cast
) -> None:
    there = client.get("/fjordby/initiatives/")
    missing = [client.get(path) for path in ("/nowhere/initiatives/", "/fjordby/no/such/page/", "/fjordby/")]
    assert {answer.status_code for answer in missing} == {there.status_code} == {302}
    assert all(answer["Location"].startswith("/sign-in/login/?next=") for answer in missing)


def test_a_member_of_another_organisation_finds_nothing(sign_in: SignIn) -> None:
    answer = sign_in("employee").get("/sjovik/")
    assert answer.status_code == 404


def test_what_was_typed_waits_for_the_sign_in(client: Client, outside_scope: Cast) -> None:
    client.post("/fjordby/needs/new/", {"problem": "Vi skriver alt to gange"})
    client.force_login(outside_scope.account("employee"), backend="django.contrib.auth.backends.ModelBackend")
    assert "Vi skriver alt to gange" in client.get("/fjordby/needs/new/").content.decode()


def test_the_permission_table_reads_as_it_is_enforced(sign_in: SignIn) -> None:
    page = sign_in("employee").get("/fjordby/permissions/").content.decode()
    assert "initiative.decide_gate" in page
    assert "web.see_permissions" in page


def test_the_overview_leads_to_the_journal_and_to_who_may_do_what(sign_in: SignIn) -> None:
    client = sign_in("employee")
    page = client.get("/fjordby/organisation/").content.decode().partition("<main")[2].partition("<footer")[0]
    for address in ("/fjordby/journal/", "/fjordby/permissions/"):
        assert f'href="{address}"' in page
        assert client.get(address).status_code == 200


def test_every_page_leads_those_who_may_to_who_may_do_what(sign_in: SignIn, client: Client) -> None:
    assert 'href="/fjordby/permissions/"' in sign_in("employee").get("/fjordby/").content.decode()
    for page in (sign_in("guest").get("/fjordby/"), client.get("/")):
        assert page.status_code == 200
        assert "/permissions/" not in page.content.decode()


def test_a_guest_finds_no_link_to_what_they_may_not_open(sign_in: SignIn) -> None:
    page = sign_in("guest").get("/fjordby/").content.decode()
    assert "/fjordby/journal/" not in page


@pytest.mark.django_db
def test_the_house_is_ready_when_worker_and_chain_have_shown_themselves(client: Client) -> None:
    assert client.get("/readyz").status_code == 503
    for name in ("worker", "chain"):
        jobs.beat(name, clock.now())
    assert client.get("/readyz").status_code == 200
    jobs.beat("worker", clock.now() - timedelta(minutes=6))
    assert client.get("/readyz").json()["checks"]["worker"]["fine"] is False


@pytest.mark.django_db
def test_every_answer_names_its_request(client: Client) -> None:
    first, second = (client.get("/healthz")["X-Request-Id"] for _ in range(2))
    assert len(first) == 16
    assert first != second


@pytest.mark.django_db
def test_the_language_that_was_chosen_stays(client: Client) -> None:
    client.post("/language/", {"language": "sv", "next": "/"})
    assert 'lang="sv"' in client.get("/").content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("target", ["//evil.example", "https://evil.example/", "javascript:alert(1)"])
def test_choosing_a_language_leads_nowhere_else(client: Client, target: str) -> None:
    assert client.post("/language/", {"language": "sv", "next": target})["Location"] == "/"


def test_the_clock_of_the_tests_stands_where_it_was_put(standing_clock: object) -> None:
    assert abs(clock.now() - AT) < timedelta(minutes=5)


@pytest.mark.parametrize(
    ("language", "who"),
    [
        ("da", "Initiativets ejer, initiativets projektleder, en administrator eller driften"),
        ("sv", "Initiativets ägare, initiativets projektledare, en administratör eller driftansvarig"),
        (
            "en",
            "The owner of the initiative, the project lead of the initiative, an administrator or the operator",
        ),
    ],
)
def test_the_permission_table_says_who_in_the_readers_language(
    sign_in: SignIn, language: str, who: str
) -> None:
    client = sign_in("employee")
    client.cookies["django_language"] = language
    page = client.get("/fjordby/permissions/").content.decode()
    assert who in page
    assert 'lang="en"' not in page.split("<main")[1].split("</main>")[0]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "title", "kept"), [("da", "Kladder", "30 dage"), ("sv", "Utkast", "30 dagar")]
)
def test_the_privacy_page_is_in_the_readers_language(
    client: Client, language: str, title: str, kept: str
) -> None:
    client.cookies["django_language"] = language
    page = client.get("/privacy/").content.decode()
    assert title in page
    assert kept in page
    assert [one.model for room in house.rooms() for one in room.personal_data if one.model in page] == []


@pytest.fixture
def demo(settings: Any, outside_scope: Cast) -> Cast:
    settings.DEMO, settings.SAMSPIL_MODE = True, "demo"
    return outside_scope


def become(client: Client, cast: Cast, who: str, towards: str) -> str:
    """Where one lands after signing in as somebody of the cast on the demo's page."""
    page = client.get("/demo/", {"next": towards}).content.decode()
    form = f"/demo/become/{cast.people[who].ref}/"
    assert form in page
    return client.post(form, {"next": towards})["Location"]


def test_the_demo_leads_on_to_the_page_one_wanted(demo: Cast, client: Client) -> None:
    wanted = "/fjordby/needs/?page=2"
    sign_in_page = client.get("/sign-in/login/", {"next": wanted}).content.decode()
    assert "/demo/?next=/fjordby/needs/%3Fpage%3D2" in sign_in_page
    assert become(client, demo, "vice_chair", wanted) == wanted


@pytest.mark.parametrize(
    "towards", ["", "/sjovik/", "//evil.example/fjordby/", "https://evil.example/fjordby/", "/fjordbyen/"]
)
def test_the_demo_leads_nowhere_else(demo: Cast, client: Client, towards: str) -> None:
    assert become(client, demo, "vice_chair", towards) == "/fjordby/"
