"""The ways in: a poster, a personal link, a code that is typed, an account. One button goes on from there."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.test import Client

from samspil.kit import clock
from samspil.organisation.scope import scope
from samspil.participation import actions, codes, doorway
from samspil.participation.models import Elector, Participant, Round
from samspil.participation.organising import clockwork
from samspil.participation.tests.asking import opened, organiser, plan_of
from tests.cast import Cast

pytestmark = pytest.mark.usefixtures("standing_clock")


def link_of(round_: Round, person: object) -> str:
    elector = Elector.objects.get(round=round_, person=person)
    return f"/p/{round_.code}/with/{codes.code_of_link(round_.code, elector.ref)}/"


def begins(response: object) -> bool:
    return response.status_code == 302 and response.url.endswith("/leave/")  # type: ignore[attr-defined]


def test_from_the_poster_one_press_leads_to_what_is_asked(cast: Cast, at: datetime, client: Client) -> None:
    round_ = opened(cast, at, by_link=True)
    page = client.get(f"/p/{round_.code}/")
    assert "Vagtplanen" in page.content.decode()
    assert begins(client.post(f"/p/{round_.code}/"))
    assert not Participant.objects.exists()  # nothing is kept before the first answer


def test_opening_a_personal_link_uses_nothing_up(cast: Cast, at: datetime, client: Client) -> None:
    round_ = opened(cast, at)
    link = link_of(round_, cast.people["employee"])
    for _scanner in range(3):
        page = client.get(link)
        assert page.status_code == 200
        assert doorway.cookie_of(round_) not in page.cookies
    ticket = link.split("/")[-2]
    assert begins(client.post(link, {"ticket": ticket}))
    assert doorway.cookie_of(round_) in client.cookies


@pytest.mark.parametrize("typed", ["{}", "{} ", "WITH SPACES", "with-hyphens"])
def test_a_code_is_found_however_it_is_typed(cast: Cast, at: datetime, client: Client, typed: str) -> None:
    round_ = opened(cast, at)
    code = link_of(round_, cast.people["employee"]).split("/")[-2]
    typed = {
        "WITH SPACES": codes.spaced(code).upper(),
        "with-hyphens": codes.spaced(code).replace(" ", "-"),
    }.get(typed, typed.format(code))
    assert begins(client.post(f"/p/{round_.code}/", {"ticket": typed}))
    assert client.post("/p/", {"code": typed}).url == f"/p/{round_.code}/with/{code}/"
    assert client.post("/p/", {"code": round_.code.upper()}).url == f"/p/{round_.code}/"


def test_a_wrong_code_is_told_so_and_many_have_to_wait(cast: Cast, at: datetime, client: Client) -> None:
    round_ = opened(cast, at)
    answers = [client.post(f"/p/{round_.code}/", {"ticket": f"wrong{n:07}"}) for n in range(40)]
    assert (
        "Vi kender ikke" in answers[0].content.decode()
        or "do not know this code" in answers[0].content.decode()
    )
    assert answers[-1].status_code == 429


def test_whoever_is_signed_in_and_asked_just_begins(
    cast: Cast, at: datetime, sign_in: Callable[[str], Client]
) -> None:
    round_ = opened(cast, at)
    assert begins(sign_in("employee").post(f"/p/{round_.code}/"))
    assert sign_in("guest").post(f"/p/{round_.code}/").status_code == 200  # not asked: a field for a code


def test_a_round_that_is_planned_or_unknown_is_not_there(cast: Cast, at: datetime, client: Client) -> None:
    by = organiser(cast, at)
    round_ = actions.plan_round(plan=plan_of(cast, at), by=by, at=at)
    for path in (f"/p/{round_.code}/", "/p/nosuchround2/", f"/p/{round_.code}/leave/"):
        assert client.get(path).status_code == 404
        assert client.post(path).status_code == 404
    assert client.post("/p/", {"code": round_.code}).status_code == 200


def test_a_closed_round_says_so_and_takes_nothing(cast: Cast, at: datetime, client: Client) -> None:
    round_ = opened(cast, at, by_link=True)
    client.post(f"/p/{round_.code}/")
    actions.close_round(round_=round_, by=organiser(cast, at), at=at)
    page = client.get(f"/p/{round_.code}/")
    assert (page.status_code, client.post(f"/p/{round_.code}/").status_code) == (200, 410)
    assert "<form class" not in page.content.decode()


def test_the_pages_speak_the_rounds_language_until_somebody_chooses_another(
    cast: Cast, at: datetime, client: Client
) -> None:
    round_ = opened(cast, at, by_link=True, language="sv")
    page = client.get(f"/p/{round_.code}/", headers={"Accept-Language": "en"})
    assert '<html lang="sv">' in page.content.decode()
    client.post("/language/", {"language": "en", "next": f"/p/{round_.code}/"})
    page = client.get(f"/p/{round_.code}/")
    assert '<html lang="en">' in page.content.decode()
    assert '<h1 lang="sv">' in page.content.decode()


def test_a_shared_device_forgets_each_person_and_marks_what_it_sends(
    cast: Cast, at: datetime, client: Client
) -> None:
    round_ = opened(cast, at, by_link=True)
    key = doorway.kiosk_key(round_)
    assert client.post(f"/p/{round_.code}/kiosk/{key[:-1]}x/").status_code == 422
    client.post(f"/p/{round_.code}/kiosk/{key}/")
    client.post(f"/p/{round_.code}/")
    first = client.cookies[doorway.cookie_of(round_)]
    assert first["max-age"] == ""
    assert "data-kiosk" in client.get(f"/p/{round_.code}/").content.decode()
    client.post(f"/p/{round_.code}/leave/")
    assert client.cookies[doorway.cookie_of(round_)].value == ""
    client.post(f"/p/{round_.code}/")
    assert client.cookies[doorway.cookie_of(round_)].value != first.value


def test_a_ticket_of_one_round_opens_no_other(
    cast: Cast, at: datetime, client: Client, outside_scope: Cast
) -> None:
    round_, other = opened(cast, at), opened(cast, at, title="En anden")
    code = link_of(round_, cast.people["employee"]).split("/")[-2]
    assert client.get(f"/p/{other.code}/with/{code}/").status_code == 404
    assert client.post(f"/p/{other.code}/", {"ticket": code}).status_code == 200
    with scope(outside_scope.organisation):
        assert not Participant.objects.exists()


def test_after_its_last_day_the_worker_closes_it(cast: Cast, at: datetime) -> None:
    round_ = opened(cast, at)
    last = at + timedelta(days=14)
    clockwork.close_after_the_last_day(cast.organisation, last)
    round_.refresh_from_db()
    assert round_.state == Round.State.OPEN
    clock.move_to(last + timedelta(days=1))
    clockwork.close_after_the_last_day(cast.organisation, last + timedelta(days=1))
    round_.refresh_from_db()
    assert round_.state == Round.State.CLOSED
