"""Who hears of a round: those who are asked get their link once, those who ask are reminded; cards and calendar."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from samspil.initiative import consumers
from samspil.initiative.models import Notice
from samspil.initiative.search import search
from samspil.kit.models import Mail
from samspil.organisation.viewer import viewer_of
from samspil.participation import actions, entering
from samspil.participation.models import Elector, Round
from samspil.participation.organising import boards, clockwork
from samspil.participation.tests.asking import keep, opened, organiser, plan_of
from tests.cast import Cast

DAY = timedelta(days=1)


def told(kind: str) -> list[Notice]:
    return list(Notice.objects.filter(kind=kind).order_by("pk"))


def test_everybody_who_is_asked_gets_their_own_link_in_one_mail(cast: Cast, at: datetime) -> None:
    round_ = opened(cast, at)
    consumers.tick(cast.organisation, at)
    consumers.tick(cast.organisation, at + DAY)
    notices = told("you_are_asked")
    assert len(notices) == Elector.objects.count()
    assert len({one.facts["url"] for one in notices}) == len(notices)
    assert Mail.objects.filter(to="employee@fjordby.example").count() == 1
    mine = next(one for one in notices if one.person == cast.people["employee"])
    entrance = entering.by_code(round_, mine.facts["url"].split("/")[-2])
    assert entrance
    assert entrance.person == cast.people["employee"]


def test_the_mail_of_a_secret_round_carries_no_code(cast: Cast, at: datetime) -> None:
    round_ = opened(cast, at)
    Round.objects.filter(pk=round_.pk).update(level=Round.Level.SECRET)
    consumers.tick(cast.organisation, at)
    assert {one.facts["url"] for one in told("you_are_asked")} == {f"/p/{round_.code}/"}


def test_whoever_planned_it_is_reminded_of_the_first_and_the_last_day(cast: Cast, at: datetime) -> None:
    by = organiser(cast, at)
    actions.plan_round(plan=plan_of(cast, at, title="Glemt"), by=by, at=at)
    opened(cast, at, title="Åben")
    for day in range(13):
        clockwork.remind(cast.organisation, at + day * DAY)
    assert [one.person for one in told("round_waits")] == [cast.people["digital_lead"]]
    assert [one.facts["subject"] for one in told("round_ends")] == ["»Åben« lukker snart"]


def test_it_waits_for_those_who_are_asked_until_they_begin(cast: Cast, at: datetime) -> None:
    round_ = opened(cast, at)
    viewer = viewer_of(cast.people["employee"], at)
    assert [one.title for one in boards.waiting(viewer, at)] == ["Vagtplanen"]
    assert [one.on for one in boards.calendar(viewer, at)] == [round_.closes_on]
    keep(entrance=entering.by_account(round_, cast.account("employee")), number=1, value=1, on=at.date())  # type: ignore[arg-type]
    assert list(boards.waiting(viewer, at)) == []
    assert list(boards.waiting(viewer_of(cast.people["guest"], at), at)) == []


def test_it_has_a_card_and_is_found_by_its_words(cast: Cast, at: datetime) -> None:
    round_ = opened(cast, at)
    consumers.tick(cast.organisation, at)
    viewer = viewer_of(cast.people["employee"], at)
    card = boards.cards([round_.ref], viewer)[round_.ref]
    assert (card.title, card.url) == ("Vagtplanen", f"/fjordby/rounds/{round_.ref}/")
    assert round_.ref in str(search("aftenerne", viewer))


@pytest.mark.parametrize("country", ["DK", "SE"])
def test_the_quick_way_proposes_everything_but_what_it_is_about(
    cast: Cast, standing_clock: datetime, sign_in: Callable[[str], Client], country: str
) -> None:
    cast.organisation.country = country
    cast.organisation.save()
    page = sign_in("lead").get("/fjordby/rounds/new/").content.decode()
    form = page.partition('<form class="form"')[2]
    assert ("gallringsbeslut" in form.lower()) == (country == "SE")
    assert "databeskyttelsesforordningen" in form
    assert 'value="confidential"' in form


def test_the_page_of_a_plan_says_in_sentences_why_it_cannot_open(
    cast: Cast, at: datetime, standing_clock: datetime, sign_in: Callable[[str], Client]
) -> None:
    by = organiser(cast, at)
    round_ = actions.plan_round(plan=plan_of(cast, at, units=[], legal_basis=" "), by=by, at=at)
    client = sign_in("digital_lead")
    client.cookies["django_language"] = "en"
    page = client.get(f"/fjordby/rounds/{round_.ref}/").content.decode()
    assert "Nobody is asked yet." in page
    assert "Say on what legal basis" in page
    assert "/open/" not in page
    client.post(f"/fjordby/rounds/{round_.ref}/open/")
    round_.refresh_from_db()
    assert round_.state == Round.State.PLANNED


def test_the_page_of_a_plan_says_who_has_no_way_in_before_it_opens(
    cast: Cast, at: datetime, standing_clock: datetime, sign_in: Callable[[str], Client]
) -> None:
    by, client = organiser(cast, at), sign_in("digital_lead")
    client.cookies["django_language"] = "en"
    for by_link in (False, True):
        plan = plan_of(
            cast, at, title=f"Med link: {by_link}", groups=[cast.groups["citizens"]], by_link=by_link
        )
        round_ = actions.plan_round(plan=plan, by=by, at=at)
        page = client.get(f"/fjordby/rounds/{round_.ref}/").content.decode()
        assert ("nobody can answer yet" in page) is not by_link


def test_how_many_took_part_is_shown_by_tier_and_channel_and_nothing_small(
    cast: Cast, at: datetime, standing_clock: datetime, sign_in: Callable[[str], Client]
) -> None:
    round_ = opened(cast, at, by_link=True)
    for who in ("employee", "steward"):
        keep(entrance=entering.by_account(round_, cast.account(who)), number=1, value=1, on=at.date())  # type: ignore[arg-type]
    for n in range(7):
        keep(entrance=entering.by_link(round_, f"b{n}"), number=1, value=1, on=at.date())  # type: ignore[arg-type]
    client = sign_in("lead")
    client.cookies["django_language"] = "en"
    page = client.get(f"/fjordby/rounds/{round_.ref}/").content.decode()
    assert "fewer than 5" in page
    assert ">7</td>" in page
    assert "Erik" not in page


def test_what_waits_is_found_in_as_many_questions_however_many_rounds_there_are(
    cast: Cast, at: datetime, django_assert_num_queries: Callable[..., Any]
) -> None:
    viewer = viewer_of(cast.people["employee"], at)
    for number in range(1, 4):
        opened(cast, at, title=f"Runde {number}", level="named" if number == 2 else "confidential")
        with django_assert_num_queries(6):
            assert len(list(boards.waiting(viewer, at))) == number
