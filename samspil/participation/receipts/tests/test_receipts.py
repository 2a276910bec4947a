"""A receipt shows on any device that it counts and what came of it; never what was said, nor who said it."""

from datetime import datetime

import pytest
from django.test import Client

from samspil.initiative.models import Link
from samspil.initiative.things import link, new_thing
from samspil.participation import actions, entering
from samspil.participation.codes import hashed
from samspil.participation.models import Participant, Round
from samspil.participation.queries import what_it_led_to
from samspil.participation.receipts import giving
from samspil.participation.tests.asking import keep, opened, organiser
from tests.cast import Cast

pytestmark = pytest.mark.usefixtures("standing_clock")


@pytest.fixture
def round_(cast: Cast, at: datetime) -> Round:
    return opened(cast, at)


def somebody(cast: Cast, round_: Round, at: datetime) -> Participant:
    entrance = entering.by_account(round_, cast.account("employee"))
    assert entrance
    keep(entrance=entrance, number=1, value=-1, on=at.date())
    return entering.take_part(entrance, at.date())


def test_it_is_given_once_and_only_its_hash_is_kept(cast: Cast, round_: Round, at: datetime) -> None:
    found = somebody(cast, round_, at)
    code = giving.give(found)
    assert giving.give(found) == ""
    found.refresh_from_db()
    assert found.receipt_sha256 == hashed(code)
    assert code not in str(list(Participant.objects.values()))


def test_another_device_sees_that_it_counts_and_what_came_of_it(
    cast: Cast, round_: Round, at: datetime, client: Client
) -> None:
    code = giving.give(somebody(cast, round_, at))
    page = client.post(f"/p/{round_.code}/follow/", {"receipt": code.upper()}, follow=True).content.decode()
    assert "Erik" not in page
    assert "Udsagn" not in page
    by = organiser(cast, at)
    round_ = actions.close_round(round_=round_, by=by, at=at)
    actions.tell_what_came_of_it(
        round_=round_, text="Aftenvagten får en fast makker.", version=round_.version, by=by, at=at
    )
    page = client.get(f"/p/{round_.code}/follow/{code}/").content.decode()
    assert "Aftenvagten får en fast makker." in page
    assert "Aftenvagten får en fast makker." in client.get(f"/p/{round_.code}/").content.decode()


def test_what_the_thread_leads_to_is_told_if_it_is_public(cast: Cast, round_: Round, at: datetime) -> None:
    link(round_.thing, new_thing(cast.organisation, "item"), Link.Kind.LED_TO, organiser(cast, at), at)
    assert what_it_led_to(round_) == []


def test_whoever_is_set_apart_is_told_so(cast: Cast, round_: Round, at: datetime, client: Client) -> None:
    found = somebody(cast, round_, at)
    code = giving.give(found)
    Participant.objects.update(quarantined="one_hand")
    page = client.get(f"/p/{round_.code}/follow/{code}/").content.decode()
    assert "alert-warning" in page


def test_an_unknown_receipt_tells_nothing(cast: Cast, round_: Round, client: Client) -> None:
    assert client.get(f"/p/{round_.code}/follow/{'x' * 12}/").status_code == 404
    assert client.post(f"/p/{round_.code}/follow/", {"receipt": "x" * 12}).status_code == 200


def test_in_confidence_nothing_leads_from_a_receipt_to_a_person(
    cast: Cast, round_: Round, at: datetime
) -> None:
    found = somebody(cast, round_, at)
    giving.give(found)
    found.refresh_from_db()
    assert found.person is None
    assert found.entered_by is None
