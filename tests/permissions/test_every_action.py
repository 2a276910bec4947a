"""Every action tried as everybody: those who may do it, the others change nothing."""

import pytest
from django.http import HttpResponse
from django.utils.html import escape

from samspil.kit.permission import Permission
from samspil.kit.refusal import NotAllowed
from samspil.organisation.models import JournalRow
from samspil.organisation.scope import every_organisation, scope
from samspil.web.table import permission_tables
from tests.permissions.fingerprint import Before
from tests.permissions.law import expected, tried_by
from tests.permissions.payloads import DEEDS, Deed, path_of
from tests.permissions.visits import Visitors
from tests.permissions.world import EVERYBODY, PERSONS

pytestmark = pytest.mark.django_db
CALLS = [deed for deed in DEEDS if deed.call]
FORMS = [deed for deed in DEEDS if deed.form]


def enforced() -> dict[str, Permission]:
    """Every entry of every table of the house."""
    return {action: permission for table in permission_tables() for action, permission in table.items()}


def journalled() -> int:
    with every_organisation():
        return JournalRow.objects.count()


def complaints(response: HttpResponse) -> object:
    """What the form said instead of taking what was sent."""
    form = (response.context or {}).get("form")  # type: ignore[attr-defined]
    return form.errors.as_text() if form else response.status_code


def test_the_law_names_every_action_and_no_other() -> None:
    assert set(expected()) == set(enforced())


def test_the_law_names_only_people_of_the_cast() -> None:
    assert set().union(*expected().values()) <= set(EVERYBODY)


def test_every_action_is_tried() -> None:
    assert {deed.action for deed in CALLS} == set(enforced())


@pytest.mark.parametrize(("deed", "who"), tried_by(CALLS, lambda deed: deed.action, EVERYBODY))
def test_the_action_asks_who_does_it(deed: Deed, who: str, fjordby: Visitors, before: Before) -> None:
    """Called as a function, as the command line and every later way in will call it."""
    assert deed.call is not None
    world, rows = fjordby.world, journalled()
    with scope(world.cast.organisation):
        if who not in expected()[deed.action]:
            with pytest.raises(NotAllowed):
                deed.call(world, world.viewer(who))
        else:
            deed.call(world, world.viewer(who))
    done = deed.writes and who in expected()[deed.action]
    assert bool(before.changed()) == done
    assert journalled() == rows + (done and deed.journalled)


@pytest.mark.parametrize(("deed", "who"), tried_by(FORMS, lambda deed: deed.action, PERSONS))
def test_the_page_asks_who_sends_it(deed: Deed, who: str, fjordby: Visitors, before: Before) -> None:
    assert deed.form is not None
    world, rows = fjordby.world, journalled()
    with scope(world.cast.organisation):
        path, form = path_of(deed.address, world), deed.sent_by(world, who)
    response = fjordby.post(who, path, form)
    done = who in expected()[deed.action]
    moved = before.changed()
    assert moved or not done, complaints(response)
    assert done or moved == []
    assert response.status_code in ((200, 204, 302) if done else deed.turned_away)
    assert journalled() == rows + (done and deed.journalled)
    if response.status_code == 403:
        assert str(escape(enforced()[deed.action].sentence)) in response.content.decode()
