"""Longer texts about an item wait as drafts until they are sent."""

from collections.abc import Callable
from urllib.parse import urlencode

import pytest
from django.test import Client

from samspil.dialogue.models import Item
from samspil.dialogue.tests.conftest import Play
from samspil.organisation.models import Draft
from samspil.organisation.scope import scope

WORDS = "Halvt skrevet, før bussen kom"


@pytest.fixture
def item(play: Play) -> Item:
    return play.item(meeting=play.meeting(play.cast.at.date()))


def pages(play: Play, item: Item) -> dict[str, tuple[str, str]]:
    slug, initiative = play.cast.organisation.slug, play.initiative.ref
    here = f"/{slug}/items/{item.ref}"
    return {
        "case": (f"{here}/case/", "case"),
        "outcome": (f"{here}/outcome/", "position_staff"),
        "request": (f"/{slug}/initiatives/{initiative}/put-before/", "case"),
        "elsewhere": (f"/{slug}/initiatives/{initiative}/held-elsewhere/", "text"),
    }


@pytest.mark.parametrize("name", ["case", "outcome", "request", "elsewhere"])
def test_a_draft_waits_on_its_page_for_its_writer_alone(
    play: Play, item: Item, sign_in: Callable[[str], Client], name: str
) -> None:
    client = sign_in("secretary")
    address, field = pages(play, item)[name]
    assert client.get(address).status_code == 200
    draft = f"/{play.cast.organisation.slug}/drafts/?{urlencode({'form': address})}"
    assert draft.replace("&", "&amp;") in client.get(address).content.decode()
    assert client.post(draft, {field: WORDS}).status_code == 204
    assert WORDS in client.get(address).content.decode()
    assert WORDS not in sign_in("chair").get(address).content.decode()


def test_a_case_that_was_sent_leaves_no_draft(
    play: Play, item: Item, sign_in: Callable[[str], Client]
) -> None:
    client = sign_in("secretary")
    address, _field = pages(play, item)["case"]
    draft = f"/{play.cast.organisation.slug}/drafts/?{urlencode({'form': address})}"
    fields = {"title": item.title, "case": WORDS, "version": item.version}
    client.post(draft, fields)
    assert client.post(address, fields).status_code == 302
    with scope(play.cast.organisation):
        assert not Draft.objects.exists()
