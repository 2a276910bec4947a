"""What whoever has the code of a round can open, and nobody else: tried as strangers and as people of either house."""

import pytest
from django.test import Client

from tests.permissions.addresses import METHODS, Address
from tests.permissions.conftest import MARKS
from tests.permissions.fingerprint import Before
from tests.permissions.law import open_addresses
from tests.permissions.payloads.participation import for_participants, participants_path
from tests.permissions.visits import Visitors, client_of

pytestmark = pytest.mark.django_db
ADDRESSES = for_participants()
NOT_HERE = "x" * 12
visit_each = pytest.mark.parametrize("address", ADDRESSES, ids=str)


def clients(fjordby: Visitors, sjovik: Visitors) -> dict[str, Client]:
    """A stranger, somebody of the house and somebody of another house."""
    return {"stranger": client_of(), "here": fjordby.client("guest"), "elsewhere": sjovik.client("lead")}


def sent(client: Client, address: Address, path: str) -> list[int]:
    methods = address.view.for_participants  # type: ignore[attr-defined]
    return [client.generic(method, path).status_code for method in methods]


@visit_each
def test_it_stands_in_the_law(address: Address) -> None:
    assert address.name in open_addresses()


@visit_each
@pytest.mark.parametrize("name", ["planned_round", "unknown"])
def test_a_round_that_is_not_open_to_anybody_is_not_there(
    address: Address, name: str, fjordby: Visitors, sjovik: Visitors, before: Before
) -> None:
    unknown = name == "unknown"
    path = participants_path(
        address, fjordby.world, "open_round" if unknown else name, NOT_HERE if unknown else ""
    )
    for client in clients(fjordby, sjovik).values():
        assert set(sent(client, address, path)) == {404}
    assert before.changed() == []


@visit_each
def test_a_closed_round_says_so_and_takes_nothing(
    address: Address, fjordby: Visitors, sjovik: Visitors, before: Before
) -> None:
    path = participants_path(address, fjordby.world, "closed_round")
    if address.view.after_close:  # type: ignore[attr-defined]
        return
    for client in clients(fjordby, sjovik).values():
        page = client.get(path)
        if "GET" in address.view.for_participants:  # type: ignore[attr-defined]
            assert page.status_code == 200
            assert "This has closed" in page.content.decode()
        assert client.post(path).status_code in (405, 410)
    assert before.changed() == []


@visit_each
def test_a_page_tells_of_its_own_round_alone_and_reading_changes_nothing(
    address: Address, fjordby: Visitors, sjovik: Visitors, before: Before
) -> None:
    for client in clients(fjordby, sjovik).values():
        for house, other in ((fjordby, "sjovik"), (sjovik, "fjordby")):
            for name in ("open_round", "closed_round"):
                response = client.get(participants_path(address, house.world, name))
                assert response.status_code < 500
                assert MARKS[other] not in response.content.decode(errors="replace")
    assert before.changed() == []


@visit_each
def test_other_methods_are_refused(address: Address, fjordby: Visitors, before: Before) -> None:
    path = participants_path(address, fjordby.world)
    answered = address.view.for_participants  # type: ignore[attr-defined]
    others = [method for method in METHODS if method not in answered]
    assert {client_of().generic(method, path).status_code for method in others} == {405}
    assert before.changed() == []


@visit_each
def test_it_is_kept_by_nobody_and_found_by_no_search(address: Address, fjordby: Visitors) -> None:
    response = client_of().get(participants_path(address, fjordby.world))
    if response.status_code == 200:
        assert "no-store" in response["Cache-Control"]
        assert response["X-Robots-Tag"] == "noindex"
