"""Every address tried as everybody, and as nobody: no page without a door, no difference for strangers."""

from io import BytesIO
from typing import Any
from urllib.parse import parse_qsl, urlsplit
from zipfile import ZipFile

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import path, reverse

from samspil.organisation.scope import scope
from samspil.web.table import permission_tables
from tests.permissions.addresses import METHODS, Address, behind_the_door, ours, unguarded, without_entry
from tests.permissions.fingerprint import Before, changed, fingerprint
from tests.permissions.law import expected, open_addresses, tried_by
from tests.permissions.payloads import ADDRESSES, DEEDS, path_of
from tests.permissions.visits import Visitors, client_of
from tests.permissions.world import PERSONS

pytestmark = pytest.mark.django_db
HELD_BY_LINK = "organisation:come_in"  # whoever holds the link comes in, signed in or not
DOORS = behind_the_door()
PAGES = [one for one in DOORS if "GET" in one.methods and one.name != HELD_BY_LINK]
NOT_HERE = "x" * 12
SIDES = {  # who wrote a side's answer, and who reads it before it is released
    "chair": ("chair", "secretary", "management_member"),
    "vice_chair": ("vice_chair", "steward"),
}


def known_actions() -> set[str]:
    return {action for table in permission_tables() for action in table}


# --- every address is known ------------------------------------------------------------------------------


def test_every_address_is_behind_the_door_or_open_for_a_reason() -> None:
    assert unguarded(ours(), open_addresses()) == []


def test_an_address_without_a_door_is_caught() -> None:
    planted = Address("planted", "fjordby/secret/", lambda request: HttpResponse("secret"))
    assert unguarded([*ours(), planted], open_addresses()) == ["planted"]


def test_every_door_asks_for_an_action_in_a_table() -> None:
    assert without_entry(ours(), known_actions()) == []


def test_a_door_that_asks_for_an_unknown_action_is_caught() -> None:
    assert without_entry(DOORS, known_actions() - {"initiative.see_needs"}) == [
        one.name for one in DOORS if one.action == "initiative.see_needs"
    ]


def test_the_open_addresses_are_there() -> None:
    assert set(open_addresses()) <= {one.name for one in ours()}


def test_every_address_behind_the_door_is_tried() -> None:
    assert set(ADDRESSES) == {one.name for one in DOORS}


def test_every_address_that_is_sent_to_has_a_payload() -> None:
    assert {deed.address for deed in DEEDS if deed.form} == {
        one.name for one in DOORS if "POST" in one.methods
    }


# --- reading ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("address", "who"), tried_by(PAGES, lambda address: address.action, PERSONS))
def test_a_page_opens_for_those_who_may_and_reading_changes_nothing(
    address: Address, who: str, fjordby: Visitors, before: Before
) -> None:
    response = fjordby.get(who, path_of(address.name, fjordby.world))
    if who in expected()[address.action]:
        assert response.status_code == 200
    else:
        assert response.status_code == (404 if who == "guest" and ref_in(address) else 403)
    assert {side for side in SIDES if f"Svar fra {side}" in text_of(response)} <= own_side(who)
    assert before.changed() == []


@pytest.mark.parametrize(("writer", "who"), [(writer, who) for writer, side in SIDES.items() for who in side])
def test_a_side_reads_its_own_answers_before_they_are_released(
    writer: str, who: str, fjordby: Visitors
) -> None:
    page = fjordby.get(who, path_of("dialogue:item", fjordby.world)).content.decode()
    assert f"Svar fra {writer}" in page


@pytest.mark.parametrize("address", PAGES, ids=str)
def test_a_page_answers_head_as_it_answers_get_without_a_body(address: Address, fjordby: Visitors) -> None:
    client = fjordby.client(somebody_who_may(address))
    page = path_of(address.name, fjordby.world)
    response = client.head(page)
    assert (response.status_code, response.content) == (200, b"")


@pytest.mark.parametrize("address", DOORS, ids=str)
def test_other_methods_are_refused(address: Address, fjordby: Visitors, before: Before) -> None:
    client = fjordby.client(somebody_who_may(address))
    page = path_of(address.name, fjordby.world)
    others = [method for method in METHODS if method not in address.methods]
    others += [] if "GET" in address.methods else ["HEAD"]
    assert {method: client.generic(method, page).status_code for method in others} == dict.fromkeys(
        others, 405
    )
    assert before.changed() == []


# --- nobody is signed in ---------------------------------------------------------------------------------


def what_a_stranger_learns(response: Any) -> tuple[object, ...]:
    """All of an answer but the address that was asked for."""
    location = urlsplit(response.headers.get("Location", ""))
    questions = [key for key, _value in parse_qsl(location.query)]
    headers = sorted(header for header in response.headers)
    return response.status_code, location.path, questions, response.content, headers, sorted(response.cookies)


@pytest.mark.parametrize("address", [one for one in DOORS if one.name != HELD_BY_LINK], ids=str)
def test_a_stranger_gets_one_answer_whether_a_thing_exists_or_not(
    address: Address, fjordby: Visitors, before: Before
) -> None:
    there = path_of(address.name, fjordby.world)
    nowhere = [path_of(address.name, fjordby.world, slug="nosuchplace"), without_things(address, fjordby)]
    for method in ("GET", "POST", "HEAD", "PUT", "DELETE"):
        known = what_a_stranger_learns(client_of().generic(method, there))
        assert known[0] == 302, method
        answers = [what_a_stranger_learns(client_of().generic(method, page)) for page in nowhere]
        assert answers == [known, known], method
    assert before.changed() == []


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("page", ["/{}/come-in/wrong-token/", "/{}/no/such/page/", "/{}/needs/no/such/page/"])
def test_a_stranger_with_a_wrong_link_cannot_tell_which_organisations_are_here(
    page: str, method: str, fjordby: Visitors
) -> None:
    answers = [
        what_a_stranger_learns(client_of().generic(method, page.format(slug)))
        for slug in ("fjordby", "nosuchplace")
    ]
    assert answers[0][0] == 302
    assert answers[0] == answers[1]


def test_a_stranger_with_a_wrong_link_leaves_no_password_behind(fjordby: Visitors) -> None:
    client = client_of()
    client.post("/fjordby/come-in/wrong-token/", {"username": "nykommer", "password": "fire ord om en cykel"})
    assert "fire ord" not in str(dict(client.session))
    assert "nykommer" in str(dict(client.session))


def test_whoever_holds_the_link_comes_in_once(fjordby: Visitors, before: Before) -> None:
    deed = next(deed for deed in DEEDS if deed.address == HELD_BY_LINK)
    assert deed.form is not None
    page, client = path_of(HELD_BY_LINK, fjordby.world), client_of()
    assert client.get(page).status_code == 200
    assert before.changed() == []
    assert client.post(page, deed.form(fjordby.world)).status_code == 302
    assert client.get("/fjordby/").status_code == 200
    once = fingerprint()
    assert client_of().post(page, deed.form(fjordby.world)).status_code == 410
    assert changed(once, fingerprint()) == []


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
def test_the_link_takes_no_other_methods(method: str, fjordby: Visitors) -> None:
    assert client_of().generic(method, path_of(HELD_BY_LINK, fjordby.world)).status_code == 405


def test_a_form_from_elsewhere_is_refused_alike(fjordby: Visitors) -> None:
    """Without the form's own token nothing is even looked at."""
    pages = ["/fjordby/needs/new/", "/nosuchplace/needs/new/"]
    answers = [Client(enforce_csrf_checks=True).post(page).status_code for page in pages]
    assert answers == [403, 403]


# --- helpers ---------------------------------------------------------------------------------------------


def own_side(who: str) -> set[str]:
    """Whose answers somebody may read before they are released."""
    return {writer for writer, side in SIDES.items() if who in side}


def text_of(response: Any) -> str:
    """The words of a page, or of a file that comes packed."""
    if not response.content.startswith(b"PK"):
        return str(response.content.decode(errors="replace"))
    with ZipFile(BytesIO(response.content)) as parts:
        return " ".join(parts.read(name).decode(errors="replace") for name in parts.namelist())


def ref_in(address: Address) -> bool:
    return "ref>" in address.route


def somebody_who_may(address: Address) -> str:
    allowed = expected()[address.action]
    return next((who for who in PERSONS if who in allowed), "administrator")


def without_things(address: Address, fjordby: Visitors) -> str:
    """The same address with a ref that leads to nothing."""
    with scope(fjordby.world.cast.organisation):
        parts = ADDRESSES[address.name](fjordby.world)
    return reverse(address.name, args=["fjordby", *([NOT_HERE, *parts[1:]] if ref_in(address) else parts)])


def test_a_planted_address_is_found_among_the_patterns() -> None:
    from tests.permissions.addresses import addresses

    planted = path("<slug:organisation>/secret/", lambda request, organisation: HttpResponse(), name="secret")
    assert [one.name for one in addresses([planted]) if not one.door] == ["secret"]
