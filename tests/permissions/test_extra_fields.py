"""A form takes what it asks for. Whatever else is sent with it changes nothing."""

import pytest
from django.db import transaction

from samspil.organisation.scope import scope
from tests.permissions.fingerprint import changed, shape
from tests.permissions.law import expected
from tests.permissions.payloads import DEEDS, Deed, path_of
from tests.permissions.test_every_address import HELD_BY_LINK
from tests.permissions.visits import Visitors, client_of
from tests.samples import a_third_of

pytestmark = pytest.mark.django_db
SMUGGLED = (
    *("id", "pk", "ref", "thing", "thing_id", "organisation", "organisation_id", "by", "at", "actor"),
    *(
        "status",
        "phase",
        "person",
        "person_id",
        "owner_id",
        "lead_id",
        "raised_by",
        "decided_by",
        "written_by",
    ),
    *("given_by", "said_by", "answered_by", "requested_by", "imported_by", "decided_at", "merged_into"),
    *("released_on", "staff_released_at", "management_released_at", "signed_on", "signed_at", "seat", "act"),
    *("by_hand", "process", "board", "board_sha256", "side", "rooms_off", "slug", "account", "is_active"),
    *("is_staff", "is_superuser", "left_on", "erased_at", "subject", "found_as", "sequence", "hash", "verb"),
)


@pytest.mark.parametrize("deed", a_third_of(deed for deed in DEEDS if deed.form))
def test_what_a_form_does_not_ask_for_is_left_out(deed: Deed, fjordby: Visitors, sjovik: Visitors) -> None:
    assert deed.form is not None
    with scope(fjordby.world.cast.organisation):
        form = dict(deed.form(fjordby.world))
    extra = {
        name: sjovik.world.cast.organisation.pk for name in SMUGGLED if name not in asked_for(deed, form)
    }
    assert changed(after(deed, fjordby, form), after(deed, fjordby, form | extra)) == []


def asked_for(deed: Deed, form: dict[str, object]) -> set[str]:
    """A draft keeps whatever stands in the form it belongs to."""
    return set(SMUGGLED) if deed.address == "save_draft" else set(form)


def after(deed: Deed, fjordby: Visitors, form: dict[str, object]) -> dict[str, str]:
    """What stands in the database once the form was sent; then it is undone."""
    who = next((who for who in fjordby.sessions if who in expected()[deed.action]), "")
    client = client_of() if deed.address == HELD_BY_LINK else fjordby.client(who)
    with transaction.atomic():
        before = shape()
        client.post(path_of(deed.address, fjordby.world), form)
        found = shape()
        transaction.set_rollback(True)
    assert changed(before, found), "the form itself is taken"
    return found
