"""Whoever takes part answers one statement at a time, without a script and with one."""

import base64
import re
from collections.abc import Callable
from datetime import datetime

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import Client

from samspil.involvement.opinions import live, queries, tallies
from samspil.involvement.opinions.models import RoundStatement, Vote
from samspil.involvement.opinions.tests.conftest import SAID, Planned
from samspil.organisation.viewer import Viewer
from samspil.participation import actions as rounds
from samspil.participation import doorway
from samspil.participation.models import Round

SignIn = Callable[[str], Client]
PART = {"X-Part": "ask"}


@pytest.fixture
def round_(opened: Planned) -> Round:
    return opened(by_link=True)


@pytest.fixture
def phone(round_: Round, standing_clock: datetime) -> Client:
    """Somebody who has scanned the poster and pressed the button."""
    client = Client()
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    client.post(f"/p/{round_.code}/")
    return client


def address(round_: Round, *parts: object) -> str:
    return f"/p/{round_.code}/statements/" + "".join(f"{part}/" for part in parts)


def asked(response: HttpResponse) -> int:
    """The number of the statement that a page asks about; 0 when it asks about none."""
    found = re.search(r"/statements/(\d+)/\" data-vote", response.content.decode())
    return int(found.group(1)) if found else 0


def drawn(response: HttpResponse) -> str:
    return response.context["drawn"]  # type: ignore[attr-defined,no-any-return]


def test_from_the_poster_to_the_first_statement_in_two_taps(round_: Round, standing_clock: datetime) -> None:
    page = Client().post(f"/p/{round_.code}/", follow=True)
    assert asked(page) in (1, 2, 3, 4)
    assert any(said in page.content.decode() for said in SAID)


def test_whoever_has_not_come_in_is_shown_the_way(round_: Round, standing_clock: datetime) -> None:
    assert Client().get(address(round_)).headers["Location"] == f"/p/{round_.code}/"
    assert Client().post(address(round_, 1), {"value": "agree"}).headers["Location"] == f"/p/{round_.code}/"
    assert not Vote.objects.exists()


def test_looking_writes_nothing(round_: Round, phone: Client) -> None:
    for _time in range(2):
        phone.get(address(round_))
    assert round_.participants.count() == 0


def test_without_a_script_every_answer_leads_to_the_next_statement(round_: Round, phone: Client) -> None:
    numbers = []
    page = phone.get(address(round_))
    while number := asked(page):
        numbers.append(number)
        page = phone.post(address(round_, number), {"value": "pass", "drawn": drawn(page)}, follow=True)
    assert sorted(numbers) == [1, 2, 3, 4]
    assert "You have answered everything for now" in page.content.decode()
    assert Vote.objects.filter(value=0, drawn_with__gt=0).count() == 4


def test_with_a_script_the_next_statement_comes_as_a_part(round_: Round, phone: Client) -> None:
    number = asked(phone.get(address(round_)))
    part = phone.post(address(round_, number), {"value": "agree"}, headers=PART)
    assert part.status_code == 200
    assert "<html" not in part.content.decode()
    assert asked(part) not in (0, number)
    assert "Undo the last answer" in part.content.decode()


def test_an_answer_is_changed_from_the_list_and_taken_back(round_: Round, phone: Client) -> None:
    phone.post(address(round_, 2), {"value": "agree"})
    mine = phone.get(address(round_, "answers")).content.decode()
    assert SAID[1] in mine
    assert f'href="{address(round_, 2)}"' in mine
    page = phone.get(address(round_, 2)).content.decode()
    assert "Your answer: <strong>Agree</strong>" in page
    phone.post(address(round_, 2), {"value": "disagree"})
    assert Vote.objects.get().value == -1
    phone.post(address(round_, 2, "take-back"))
    assert not Vote.objects.exists()


def test_a_probability_that_was_made_up_is_not_kept(round_: Round, phone: Client) -> None:
    phone.post(address(round_, 1), {"value": "agree", "drawn": "1 0.000001"})
    assert Vote.objects.get().drawn_with is None
    page = phone.get(address(round_))
    other = next(n for n in (2, 3, 4) if n != asked(page))
    for made_up in (drawn(page), drawn(page)[:-4] + "AAAA", "æ", "AAAA"):
        phone.post(address(round_, other), {"value": "agree", "drawn": made_up})
    assert not Vote.objects.filter(drawn_with__isnull=False).exists()


def test_nobody_reads_off_the_page_how_others_have_answered_until_now(round_: Round, phone: Client) -> None:
    """The probability follows from everybody's answers: read twice, it would tell what somebody said between."""
    page = phone.get(address(round_))
    probability = queries.drawn_with(round_, asked(page), drawn(page))
    assert probability
    for told in (drawn(page), str(base64.urlsafe_b64decode(drawn(page).partition(":")[0] + "=="))):
        assert f"{probability:.2f}" not in told


def test_asking_for_what_is_not_there_has_nothing_counted_anew(
    round_: Round, phone: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    tallies.MOMENT, counted = 60, []
    monkeypatch.setattr(tallies, "count", lambda of, count=tallies.count: counted.append(of) or count(of))
    phone.get(address(round_))
    for number in (77, 10**30):
        assert phone.get(address(round_, number)).status_code == 404
    assert len(counted) <= 1


def test_what_comes_too_late_is_said_so(round_: Round, phone: Client, by: Viewer, at: datetime) -> None:
    rounds.close_round(round_=round_, by=by, at=at)
    assert phone.post(address(round_, 1), {"value": "agree"}).status_code == 410
    assert not Vote.objects.exists()


def test_its_last_day_ends_a_round_even_where_the_worker_rests(round_: Round, phone: Client) -> None:
    Round.objects.update(opens_on="2026-01-02", closes_on="2026-01-31")
    assert phone.post(address(round_, 1), {"value": "agree"}).status_code == 410
    assert "This has closed" in phone.get(address(round_)).content.decode()
    assert not Vote.objects.exists()


def test_the_level_and_its_limits_stay_in_sight(round_: Round, phone: Client) -> None:
    for page in (address(round_), address(round_, "answers"), address(round_, "own")):
        text = phone.get(page).content.decode()
        assert "Confidential: how your answers are kept" in text
        assert "whoever runs the system could find out" in text


def test_one_sees_ones_own_statement_as_others_will_before_it_is_sent(round_: Round, phone: Client) -> None:
    typed = {"text": "  Vi mangler  en afløser om natten ", "language": "da"}
    shown = phone.post(address(round_, "own"), typed).content.decode()
    assert '<p class="vote-statement" lang="da">Vi mangler en afløser om natten</p>' in shown
    assert not RoundStatement.objects.filter(seeded=False).exists()
    back = phone.post(address(round_, "own"), typed | {"back": "yes"}).content.decode()
    assert "Vi mangler" in back
    page = phone.post(address(round_, "own"), typed | {"send": "yes"}, follow=True).content.decode()
    assert "Waits for a moderator" in page
    assert RoundStatement.objects.get(seeded=False).state == "waiting"


def test_the_rules_stand_beside_the_field(round_: Round, phone: Client) -> None:
    assert "It insults or threatens somebody" in phone.get(address(round_, "own")).content.decode()


@pytest.mark.parametrize("sent", [{}, {"send": "yes"}])
def test_a_personal_number_is_named_where_it_was_typed(
    sent: dict[str, str], round_: Round, phone: Client
) -> None:
    page = phone.post(address(round_, "own"), {"text": "Spørg 010190-1234 om det", "language": "da", **sent})
    assert "“010190-1234” looks like a personal number" in page.content.decode()
    assert not RoundStatement.objects.filter(seeded=False).exists()


def test_markup_is_shown_as_it_was_typed(round_: Round, phone: Client, by: Viewer, at: datetime) -> None:
    hostile = "<img src=x onerror=alert(1)> er vores plan"
    page = phone.post(address(round_, "own"), {"text": hostile, "language": "da"}).content.decode()
    assert "<img src=x" not in page
    assert "&lt;img src=x" in page


def test_an_appeal_from_the_list(
    round_: Round, phone: Client, sign_in: SignIn, by: Viewer, at: datetime
) -> None:
    phone.post(address(round_, "own"), {"text": "Planen er for kort", "language": "da", "send": "yes"})
    statement = RoundStatement.objects.get(seeded=False)
    sent = {"rule": "unclear", "reason": "Hvilken plan?"}
    sign_in("digital_lead").post(f"/fjordby/round-statements/{statement.ref}/reject/", sent)
    mine = phone.get(address(round_, "answers")).content.decode()
    assert "Hvilken plan?" in mine
    assert "It can&#x27;t be understood" in mine
    phone.post(address(round_, "own", statement.ref, "appeal"), {"grounds": "Vagtplanen"})
    assert "It has not been decided yet" in phone.get(address(round_, "answers")).content.decode()
    stranger = Client()
    stranger.post(f"/p/{round_.code}/")
    assert stranger.get(address(round_, "own", statement.ref, "appeal")).status_code == 404


def test_a_vote_from_a_phone_asks_the_database_little(
    round_: Round, phone: Client, django_assert_max_num_queries: Callable[..., object]
) -> None:
    live.MOMENT = tallies.MOMENT = doorway.MOMENT = 60
    phone.post(address(round_, 1), {"value": "agree"}, headers=PART)
    with django_assert_max_num_queries(8):  # type: ignore[attr-defined]  # with those that begin and end it
        phone.post(address(round_, 2), {"value": "agree"}, headers=PART)


# --- live ----------------------------------------------------------------------------------------------------


def show(round_: Round, number: int | None, by: Viewer, at: datetime) -> None:
    live.show_statement(round_=round_, number=number, by=by, at=at)


def test_in_a_meeting_every_phone_is_asked_what_the_screen_shows(
    round_: Round, phone: Client, by: Viewer, at: datetime
) -> None:
    show(round_, 3, by, at)
    assert asked(phone.get(address(round_))) == 3
    now = phone.get(address(round_, "now"), headers=PART)
    mark = now.headers["ETag"]
    assert phone.get(address(round_, "now"), headers=PART | {"If-None-Match": mark}).status_code == 304
    phone.post(address(round_, 3), {"value": "agree"})
    assert phone.get(address(round_, "now"), headers=PART | {"If-None-Match": mark}).status_code == 304
    show(round_, 4, by, at)
    assert asked(phone.get(address(round_, "now"), headers=PART | {"If-None-Match": mark})) == 4


def test_the_screen_moves_on_by_five_answers_at_a_time(
    round_: Round, sign_in: SignIn, by: Viewer, at: datetime
) -> None:
    show(round_, 1, by, at)
    client, page = sign_in("digital_lead"), f"/fjordby/rounds/{round_.ref}/screen/now/"
    seen, marks = [], set()
    for _each in range(16):
        phone = Client()
        phone.post(f"/p/{round_.code}/")
        phone.post(address(round_, 1), {"value": "agree"})
        response = client.get(page)
        seen.append(sum(count for _key, _word, count, _share in response.context["bars"]))
        marks.add(response.headers["ETag"])
    assert seen == [0] * 9 + [5] * 5 + [10] * 2
    assert len(marks) == 3
    assert client.get(page, headers={"If-None-Match": response.headers["ETag"]}).status_code == 304


def test_a_changed_answer_alone_does_not_move_the_screen(
    round_: Round, sign_in: SignIn, by: Viewer, at: datetime
) -> None:
    show(round_, 1, by, at)
    phones = [Client() for _each in range(10)]
    for phone in phones:
        phone.post(f"/p/{round_.code}/")
        phone.post(address(round_, 1), {"value": "agree"})
    phones[0].post(address(round_, 1), {"value": "disagree"})
    bars = sign_in("digital_lead").get(f"/fjordby/rounds/{round_.ref}/screen/now/").context["bars"]
    assert [count for _key, _word, count, _share in bars] == [5, 0, 0]


def test_the_result_less_what_the_screen_showed_is_of_enough_people(
    round_: Round, sign_in: SignIn, by: Viewer, at: datetime
) -> None:
    """Whoever has seen the screen and reads the result must not learn what the last to come has said."""
    show(round_, 1, by, at)
    statement = RoundStatement.objects.get(round=round_, number=1)
    for nth in range(1, 24):
        phone = Client()
        phone.post(f"/p/{round_.code}/")
        phone.post(address(round_, 1), {"value": ("agree", "disagree", "pass")[nth % 3]})
        moment = live.moment_of(round_)
        assert moment
        told = sum(moment.counts or ())
        assert told == 0 or nth - told >= round_.smallest_total
        whole = live.counted(statement)
        assert all(one <= other for one, other in zip(moment.counts or (), whole, strict=False))
    assert told == 15


def test_with_names_the_screen_counts_everybody(opened: Planned) -> None:
    assert live.held_back(opened(level="named")) == 0


def test_the_facilitator_leads_and_ends_the_meeting(round_: Round, phone: Client, sign_in: SignIn) -> None:
    client, page = sign_in("digital_lead"), f"/fjordby/rounds/{round_.ref}/live/"
    client.post(page, {"number": "2"})
    screen = client.get(f"/fjordby/rounds/{round_.ref}/screen/").content.decode()
    assert SAID[1] in screen
    assert "<svg" in screen
    assert f"testserver/p/{round_.code}" in screen
    client.post(page, {"number": "free"})
    assert "the meeting goes on" in phone.get(address(round_)).content.decode().casefold()
    client.post(f"{page}end/")
    assert live.moment_of(round_) is None
