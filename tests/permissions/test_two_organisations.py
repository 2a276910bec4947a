"""Two organisations with the same people, the same needs and the same committees: neither knows of the other."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps

from samspil.organisation.models import Account, Membership, Person
from samspil.organisation.scope import every_organisation, scope
from tests.permissions.addresses import Address, behind_the_door
from tests.permissions.fingerprint import Before
from tests.permissions.law import expected
from tests.permissions.payloads import DEEDS, Deed, path_of
from tests.permissions.test_every_address import HELD_BY_LINK, ref_in, somebody_who_may
from tests.permissions.visits import Visitors, client_of, session_of
from tests.permissions.world import World

pytestmark = pytest.mark.django_db
DOORS = [one for one in behind_the_door() if one.name != HELD_BY_LINK]
FORMS = [deed for deed in DEEDS if deed.form and deed.address != HELD_BY_LINK]
WAYS = [(one, method) for one in DOORS for method in one.methods]
OF_FJORDBY = ("kirsebær", "Fjordby")
OPEN_TO_EVERY_GUEST = {
    "home",
    "initiative:initiatives",
    "organisation:own_data",
    "organisation:own_data_file",
}


def says_nothing_of_fjordby(body: bytes) -> bool:
    return not any(word in body.decode(errors="replace") for word in OF_FJORDBY)


@pytest.mark.parametrize(("address", "method"), WAYS, ids=str)
def test_somebody_from_another_organisation_finds_nothing(
    address: Address, method: str, fjordby: Visitors, sjovik: Visitors, before: Before
) -> None:
    client = sjovik.client(somebody_who_may(address))
    pages = [path_of(address.name, fjordby.world)]
    if ref_in(address):
        pages.append(path_of(address.name, fjordby.world, slug="sjovik"))
    for page in pages:
        response = client.generic(method, page)
        assert response.status_code == 404, page
        assert says_nothing_of_fjordby(response.content.replace(page.encode(), b""))
    assert before.changed() == []


@pytest.mark.parametrize("address", [one for one in DOORS if "GET" in one.methods], ids=str)
def test_no_page_says_a_word_of_the_other_organisation(
    address: Address, fjordby: Visitors, sjovik: Visitors
) -> None:
    response = sjovik.get(somebody_who_may(address), path_of(address.name, sjovik.world))
    assert response.status_code == 200
    assert says_nothing_of_fjordby(response.content)


# --- a form with something of the other organisation in it -------------------------------------------------


@pytest.fixture(scope="package")
def others(fjordby: Visitors, sjovik: Visitors) -> dict[str, str]:
    """Each ref of Fjordby -> the ref of the same thing in Sjövik."""
    first, second = (visitors.world.cast.organisation.pk for visitors in (fjordby, sjovik))
    found: dict[str, str] = {}
    with every_organisation():
        for model in apps.get_models():
            names = {field.name for field in model._meta.concrete_fields}
            if {"ref", "organisation"} <= names:
                rows: dict[int, list[str]] = {first: [], second: []}
                for organisation, ref in model._default_manager.order_by("pk").values_list(
                    "organisation", "ref"
                ):
                    rows[organisation].append(ref)
                found |= {
                    ref: rows[second][min(at, len(rows[second]) - 1)] for at, ref in enumerate(rows[first])
                }
    return found


def swapped(form: Any, others: dict[str, str]) -> Iterator[tuple[str, dict[str, Any]]]:
    """The form once for each ref in it, with the other organisation's in its place."""
    for field, value in form.items():
        for one in value if isinstance(value, list) else [value]:
            kind, _colon, ref = str(one).rpartition(":")
            if ref in others:
                foreign = f"{kind}:{others[ref]}" if kind else others[ref]
                new = (
                    [foreign if same == one else same for same in value]
                    if isinstance(value, list)
                    else foreign
                )
                yield field, {**form, field: new}


@pytest.mark.parametrize("deed", FORMS, ids=lambda deed: deed.name)
def test_a_form_takes_nothing_from_another_organisation(
    deed: Deed, fjordby: Visitors, others: dict[str, str], before: Before
) -> None:
    assert deed.form is not None
    who = next(who for who in fjordby.sessions if who in expected()[deed.action])
    with scope(fjordby.world.cast.organisation):
        page, forms = path_of(deed.address, fjordby.world), list(swapped(deed.form(fjordby.world), others))
    for field, form in forms:
        response = fjordby.post(who, page, form)
        assert before.changed() == [], field
        assert "lingon" not in response.content.decode()


def test_the_forms_that_name_other_things_are_tried(fjordby: Visitors, others: dict[str, str]) -> None:
    with scope(fjordby.world.cast.organisation):
        tried = {
            field for deed in FORMS if deed.form for field, _form in swapped(deed.form(fjordby.world), others)
        }
    assert tried >= {
        *("unit", "committee", "union", "parent", "needs", "affected", "owner", "into", "initiative"),
        *("person", "because", "source", "rests_on", "meeting"),
    }


QUESTIONS = {
    "initiative:raise_need": "because",
    "initiative:decide": "because",
    "initiative:start": "need",
    "initiative:initiatives": "unit",
    "dialogue:request_item": "committee",
}


@pytest.mark.parametrize("address", QUESTIONS)
def test_a_question_in_the_address_opens_nothing_of_another_organisation(
    address: str, fjordby: Visitors, sjovik: Visitors
) -> None:
    found = next(one for one in DOORS if one.name == address)
    for ref in foreign_refs(sjovik.world):
        response = fjordby.client(somebody_who_may(found)).get(
            path_of(address, fjordby.world), {QUESTIONS[address]: ref}
        )
        assert response.status_code in (200, 404, 422)
        assert "lingon" not in response.content.decode()


def foreign_refs(world: World) -> list[str]:
    rows: list[Any] = [*world.cast.units.values(), *world.cast.committees.values()]
    return [world.refs["need"], world.refs["statement"], *(row.ref for row in rows)]


def test_an_item_cannot_rest_on_something_of_another_organisation(
    fjordby: Visitors, sjovik: Visitors, before: Before
) -> None:
    deed = next(deed for deed in FORMS if deed.address == "dialogue:request_item")
    assert deed.form is not None
    with scope(fjordby.world.cast.organisation):
        page, form = path_of(deed.address, fjordby.world), deed.form(fjordby.world)
    fjordby.post("lead", f"{page}?because={sjovik.world.refs['need']}", form)
    assert before.changed() == []


# --- those who no longer belong here, and those who hardly do ---------------------------------------------


def test_somebody_who_left_finds_nothing(fjordby: Visitors) -> None:
    Person._base_manager.filter(pk=fjordby.world.cast.people["administrator"].pk).update(
        left_on=fjordby.world.at.date()
    )
    client = fjordby.client("administrator")
    found = {one.name: client.get(path_of(one.name, fjordby.world)).status_code for one in pages()}
    assert set(found.values()) == {404}


def test_a_deactivated_account_is_a_strangers(fjordby: Visitors) -> None:
    Account.objects.filter(pk=fjordby.world.cast.account("administrator").pk).update(is_active=False)
    client = fjordby.client("administrator")
    found = {one.name: client.get(path_of(one.name, fjordby.world)).status_code for one in pages()}
    assert set(found.values()) == {302}


def test_a_guest_who_is_admitted_to_nothing_sees_nothing_of_the_organisation(fjordby: Visitors) -> None:
    client = client_of(session_of(other_guests_account(fjordby.world)))
    for one in pages():
        response = client.get(path_of(one.name, fjordby.world))
        assert "kirsebær" not in response.content.decode(errors="replace"), one.name
        if one.name not in OPEN_TO_EVERY_GUEST:
            assert response.status_code == (404 if ref_in(one) else 403), one.name


def other_guests_account(world: World) -> Account:
    account = Account.objects.create_user("other-guest")
    with scope(world.cast.organisation):
        person = world.person("other_guest")
    Membership.everywhere.create(organisation=world.cast.organisation, account=account, person=person)
    return account


def pages() -> list[Address]:
    return [one for one in DOORS if "GET" in one.methods]
