"""A guest reads the annexes of the initiative they are admitted to, and of nothing else."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from samspil.dialogue.agenda import actions
from samspil.dialogue.agenda.models import Annex
from samspil.dialogue.agenda.tests.test_any_matter import matter
from samspil.dialogue.closing.actions import close_item
from samspil.dialogue.models import Item
from samspil.dialogue.tests.conftest import Play
from samspil.initiative import actions as hall
from samspil.organisation import files

SignIn = Callable[[str], Client]
TEXT = b"Vagtplan for marts"


def annex_of(play: Play, item: Item) -> Annex:
    does = play.by("secretary")
    return actions.add_annex(item=item, file=files.keep("bilag.txt", TEXT, *does.values()), **does)


@pytest.fixture
def admitted(play: Play) -> Play:
    hall.admit_guest(initiative=play.initiative, person=play.cast.people["guest"], **play.by("lead"))
    return play


def status(client: Client, annex: Annex) -> int:
    return client.get(f"/fjordby/annexes/{annex.ref}/").status_code


def test_an_admitted_guest_gets_the_annexes_of_the_items_they_may_read(
    admitted: Play, sign_in: SignIn
) -> None:
    item = admitted.item()
    annex, guest = annex_of(admitted, item), sign_in("guest")
    assert f"/annexes/{annex.ref}/" in guest.get(f"/fjordby/items/{item.ref}/").content.decode()
    answer = guest.get(f"/fjordby/annexes/{annex.ref}/")
    assert (answer.status_code, answer.content) == (200, TEXT)


def test_annexes_of_other_initiatives_and_of_other_matters_are_not_there_for_a_guest(
    admitted: Play, sign_in: SignIn
) -> None:
    need = hall.raise_need(problem="Andet", for_whom="Alle", if_nothing="Intet", **admitted.by("lead"))
    other = hall.start_initiative(
        needs=[need],
        units=[admitted.cast.units["workplace"]],
        owner=admitted.cast.people["owner"],
        **admitted.by("lead"),
    )
    elsewhere = Play(admitted.cast, other)
    annexes = [annex_of(admitted, elsewhere.item()), annex_of(admitted, matter(admitted))]
    assert [status(sign_in("guest"), one) for one in annexes] == [404, 404]
    assert [status(sign_in("employee"), one) for one in annexes] == [200, 200]


def test_an_annex_of_a_closed_item_is_not_there_for_a_guest(admitted: Play, sign_in: SignIn) -> None:
    item = admitted.item()
    annex = annex_of(admitted, item)
    close_item(item=item, because="personal", until=date(2026, 3, 20), **admitted.by("secretary"))
    assert status(sign_in("guest"), annex) == 404
    assert status(sign_in("employee"), annex) == 403
    assert status(sign_in("steward"), annex) == 200
