"""Opening and closing cannot be undone: who does it is asked once more, and nothing happens before."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.test import Client

from samspil.participation import actions
from samspil.participation.models import Round
from samspil.participation.tests.asking import opened, organiser, plan_of
from tests.cast import Cast


@pytest.fixture
def client(sign_in: Callable[[str], Client]) -> Client:
    client = sign_in("digital_lead")
    client.cookies["django_language"] = "en"
    return client


def state_of(round_: Round) -> str:
    round_.refresh_from_db()
    return round_.state


def test_whoever_opens_a_round_is_asked_once_more(cast: Cast, at: datetime, client: Client) -> None:
    round_ = actions.plan_round(plan=plan_of(cast, at), by=organiser(cast, at), at=at)
    page = f"/fjordby/rounds/{round_.ref}/"
    assert f'action="{page}open/"' not in client.get(page).content.decode()
    assert "can&#x27;t be undone" in client.get(f"{page}open/").content.decode()
    assert state_of(round_) == Round.State.PLANNED
    client.post(f"{page}open/")
    assert state_of(round_) == Round.State.OPEN


def test_a_round_that_cannot_open_says_why_instead_of_asking(
    cast: Cast, at: datetime, client: Client
) -> None:
    round_ = actions.plan_round(plan=plan_of(cast, at, units=[]), by=organiser(cast, at), at=at)
    asked = client.get(f"/fjordby/rounds/{round_.ref}/open/").content.decode()
    assert "Nobody is asked yet." in asked
    assert "button-primary" not in asked


@pytest.mark.parametrize(
    ("level", "before", "after"),
    [
        ("named", "No more answers are taken", "The round is closed."),
        ("confidential", "key that leads from names to answers is destroyed", "Nothing leads from names"),
        ("secret", "as soon as it has closed", "The names are taken off the ballots."),
    ],
)
def test_whoever_closes_a_round_is_asked_once_more_and_told_what_is_true_of_its_level(
    cast: Cast, at: datetime, client: Client, level: str, before: str, after: str
) -> None:
    round_ = opened(cast, at)
    Round.objects.filter(pk=round_.pk).update(level=level)
    page = f"/fjordby/rounds/{round_.ref}/"
    assert f'action="{page}close/"' not in client.get(page).content.decode()
    assert before in client.get(f"{page}close/").content.decode()
    assert state_of(round_) == Round.State.OPEN
    said = client.post(f"{page}close/", follow=True).content.decode()
    assert after in said
    assert level == "confidential" or "Nothing leads from names" not in said
    assert state_of(round_) == Round.State.CLOSED
