"""One mail a day at most, at the organisation's hour; one more when something is wanted today; each once."""

from datetime import UTC, date, datetime, timedelta

import pytest

from samspil.initiative import consumers, mails
from samspil.initiative.models import Initiative, Notice
from samspil.kit.models import Job, Mail
from samspil.kit.room import Tell
from tests.cast import Cast

pytestmark = pytest.mark.both_databases
WINTER = datetime(2026, 2, 2, 5, 0, tzinfo=UTC)  # six o'clock in Copenhagen
HOUR = timedelta(hours=1)


def tell(
    cast: Cast, at: datetime, words: str, *, urgent: bool = False, who: str = "owner", thing: str = "x"
) -> None:
    one = Tell(cast.people[who], words, thing, words, f"Om {words}", f"/fjordby/{words}/", urgent=urgent)
    consumers.notify(cast.organisation, one, at)


def written(to: str = "owner@fjordby.example") -> list[str]:
    return list(Mail.objects.filter(to=to).order_by("pk").values_list("subject", flat=True))


def test_what_was_told_is_gathered_into_one_mail_when_the_hour_strikes(cast: Cast) -> None:
    for words in ("et", "to", "tre"):
        tell(cast, WINTER, words)
    mails.send(cast.organisation, WINTER + HOUR - timedelta(minutes=1))
    assert written() == []
    mails.send(cast.organisation, WINTER + HOUR)
    assert written() == ["Samspil: 3 nyheder"]
    body = Mail.objects.get().body
    assert [f"/fjordby/{words}/" in body for words in ("et", "to", "tre")] == [True] * 3


def test_a_single_piece_of_news_is_the_mail_itself(cast: Cast) -> None:
    tell(cast, WINTER, "et")
    mails.send(cast.organisation, WINTER + HOUR)
    assert written() == ["et"]
    assert "Om et" in Mail.objects.get().body


def test_what_comes_after_the_hour_waits_for_the_next_day(cast: Cast) -> None:
    tell(cast, WINTER, "et")
    tell(cast, WINTER + 2 * HOUR, "to")
    for hours in range(1, 24):
        mails.send(cast.organisation, WINTER + hours * HOUR)
    assert written() == ["et"]
    mails.send(cast.organisation, WINTER + 25 * HOUR)
    assert written() == ["et", "to"]


def test_a_worker_that_stood_still_sends_the_mail_when_it_is_back_and_once(cast: Cast) -> None:
    tell(cast, WINTER, "et")
    for minutes in (300, 301, 600):
        mails.send(cast.organisation, WINTER + timedelta(minutes=minutes))
    assert written() == ["et"]
    assert Job.objects.filter(kind="send_mail").count() == 1


def test_what_is_wanted_today_comes_at_once_and_once_a_day(cast: Cast) -> None:
    afternoon = WINTER + 8 * HOUR
    tell(cast, afternoon, "et", urgent=True)
    mails.send(cast.organisation, afternoon)
    tell(cast, afternoon + HOUR, "to", urgent=True)
    mails.send(cast.organisation, afternoon + HOUR)
    assert written() == ["et"]
    mails.send(cast.organisation, WINTER + 25 * HOUR)
    assert written() == ["et", "to"]


def test_however_much_happens_nobody_gets_more_than_two_mails_a_day(cast: Cast) -> None:
    for minute in range(0, 24 * 60, 90):
        at = WINTER + timedelta(minutes=minute)
        tell(cast, at, f"nr{minute}", urgent=minute % 180 == 0)
        mails.send(cast.organisation, at)
    days = [row.written_at.date() for row in Mail.objects.all()]
    assert max(days.count(day) for day in days) <= 2
    mails.send(cast.organisation, WINTER + timedelta(days=2))
    assert not Notice.objects.filter(mailed_at=None).exists()


def test_the_hour_is_the_organisations_own_also_when_the_clocks_change(cast: Cast) -> None:
    cast.organisation.mail_hour = 9
    struck = [
        mails.last_struck(cast.organisation, datetime(2026, 3, day, 12, tzinfo=UTC)) for day in (28, 29)
    ]
    assert [one.astimezone(UTC).hour for one in struck] == [8, 7]
    assert mails.last_struck(cast.organisation, datetime(2026, 3, 29, 5, tzinfo=UTC)).date() == date(
        2026, 3, 28
    )


def test_who_has_left_gets_no_mail(cast: Cast) -> None:
    tell(cast, WINTER, "et")
    person = cast.people["owner"]
    person.left_on = date(2026, 2, 2)
    person.save()
    mails.send(cast.organisation, WINTER + HOUR)
    assert not Mail.objects.exists()
    assert not Notice.objects.filter(mailed_at=None).exists()


def test_each_gets_their_own_in_their_own_language(cast: Cast, initiative: Initiative) -> None:
    account = cast.account("owner")
    account.language = "en"
    account.save()
    for who in ("owner", "lead"):
        for words in ("et", "to"):
            tell(cast, WINTER, words, who=who)
    mails.send(cast.organisation, WINTER + HOUR)
    assert written() == ["Samspil: 2 pieces of news"]
    assert written("lead@fjordby.example") == ["Samspil: 2 nyheder"]
