"""The calendar behind a secret address, read by a calendar library that did not write it."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import vobject
from django.test import Client

from samspil.dialogue import actions as committees
from samspil.dialogue.closing.actions import close_item
from samspil.dialogue.feed import actions
from samspil.dialogue.feed.models import FeedAddress
from samspil.dialogue.models import Meeting
from samspil.dialogue.tests.conftest import Play
from samspil.kit import clock
from samspil.kit.refusal import Refused
from samspil.organisation.scope import scope

SPRING, AUTUMN = date(2026, 3, 29), date(2026, 10, 25)
COPENHAGEN = ZoneInfo("Europe/Copenhagen")


def token(play: Play, who: str) -> str:
    return actions.make_feed(**play.by(who))


def fetched(token: str) -> Any:
    response = Client().get(f"/feeds/{token}.ics")
    assert response.status_code == 200
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    return vobject.readOne(response.content.decode())


def events(calendar: Any) -> dict[str, Any]:
    return {event.uid.value.split("@")[0]: event for event in getattr(calendar, "vevent_list", [])}


def feed(play: Play, who: str) -> dict[str, Any]:
    clock.move_to(play.cast.at)
    return events(fetched(token(play, who)))


@pytest.fixture
def meeting(play: Play) -> Meeting:
    return play.meeting(date(2026, 2, 18), starts=time(13), place="Mødelokale 2; stuen, til venstre")


def test_a_meeting_stands_at_its_hour_with_its_place(play: Play, meeting: Meeting) -> None:
    event = feed(play, "steward")[f"meeting-{meeting.ref}"]
    assert event.dtstart.value == datetime(2026, 2, 18, 13, tzinfo=COPENHAGEN)
    assert event.dtstart.value.astimezone(UTC).hour == 12
    assert (event.summary.value, event.location.value) == ("Udvalg local", "Mødelokale 2; stuen, til venstre")
    assert event.dtstamp.value == play.cast.at
    assert (event.sequence.value, event.status.value) == ("0", "CONFIRMED")


def test_a_meeting_at_thirteen_stays_at_thirteen_over_both_changes_of_the_clocks(play: Play) -> None:
    days = [SPRING - timedelta(days=1), SPRING, AUTUMN - timedelta(days=1), AUTUMN]
    meetings = [play.meeting(day, starts=time(13)) for day in days]
    found = feed(play, "chair")
    starts = [found[f"meeting-{one.ref}"].dtstart.value for one in meetings]
    assert [(one.hour, one.date()) for one in starts] == [(13, day) for day in days]
    assert [one.astimezone(UTC).hour for one in starts] == [12, 11, 11, 12]


@pytest.mark.parametrize(
    ("regime", "zone"), [("MED", "Europe/Copenhagen"), ("samverkan", "Europe/Stockholm")]
)
def test_the_zone_is_described_right_to_the_minute(
    play_under: Callable[[str], Play], regime: str, zone: str
) -> None:
    """The reader builds a zone from the file alone; it must agree with the machine's around both nights."""
    play = play_under(regime)
    play.meeting(date(2026, 6, 1), starts=time(13))
    clock.move_to(play.cast.at)
    calendar = fetched(token(play, "chair"))
    read, known = calendar.vtimezone.tzinfo, ZoneInfo(zone)
    for night in (SPRING, AUTUMN):
        for minutes in (-90, 59, 60 * 3 + 1, 60 * 12):
            here = datetime.combine(night, time()) + timedelta(minutes=minutes)
            assert here.replace(tzinfo=read).utcoffset() == here.replace(tzinfo=known).utcoffset(), here


def test_a_moved_meeting_keeps_its_name_and_counts_up(play: Play, meeting: Meeting) -> None:
    key = token(play, "steward")
    clock.move_to(play.cast.at)
    before = events(fetched(key))
    Meeting.objects.filter(pk=meeting.pk).update(on=date(2026, 2, 25), starts=time(9, 30), revision=1)
    after = events(fetched(key))
    name = f"meeting-{meeting.ref}"
    assert before[name].uid.value == after[name].uid.value
    assert after[name].dtstart.value == datetime(2026, 2, 25, 9, 30, tzinfo=COPENHAGEN)
    assert after[name].sequence.value == "1"


def test_a_cancelled_meeting_says_so_and_why(play: Play, meeting: Meeting) -> None:
    Meeting.objects.filter(pk=meeting.pk).update(
        cancelled_at=play.cast.at, cancelled_because="For få sager", revision=2
    )
    found = feed(play, "steward")
    event = found[f"meeting-{meeting.ref}"]
    assert (event.status.value, event.sequence.value) == ("CANCELLED", "2")
    assert "For få sager" in event.description.value
    assert f"request-{meeting.ref}" not in found


def test_deadlines_fill_a_day_and_only_those_who_run_it_see_the_day_of_the_agenda(
    play: Play, meeting: Meeting
) -> None:
    running, other = feed(play, "secretary"), feed(play, "steward")
    request = other[f"request-{meeting.ref}"]
    assert (request.dtstart.value, request.dtend.value) == (
        meeting.request_by,
        meeting.request_by + timedelta(days=1),  # type: ignore[operator]
    )
    assert running[f"agenda-{meeting.ref}"].dtstart.value == date(2026, 2, 4)
    assert f"agenda-{meeting.ref}" not in other


def test_what_one_has_to_answer_and_has_promised_is_there(play: Play, meeting: Meeting) -> None:
    item = play.item(meeting=meeting)
    point = committees.add_action_point(
        item=item,
        text="Ring til leverandøren",
        owner=play.cast.people["steward"],
        due=date(2026, 3, 2),
        **play.by("secretary"),
    )
    found = feed(play, "steward")
    assert item.title in found[f"answers-{item.ref}"].summary.value
    assert found[f"promise-{point.ref}"].dtstart.value == date(2026, 3, 2)
    assert "Ring til leverandøren" in found[f"promise-{point.ref}"].summary.value
    committees.finish_action_point(point=point, done_on=date(2026, 2, 1), **play.by("steward"))
    assert f"promise-{point.ref}" not in feed(play, "steward")


def test_a_closed_item_is_not_named(play: Play, meeting: Meeting) -> None:
    item = play.item(meeting=meeting)
    close_item(item=item, because="personal", until=date(2026, 4, 1), **play.by("secretary"))
    text = str({name: event.serialize() for name, event in feed(play, "steward").items()})
    assert item.title not in text
    assert "closed item" in text or "lukket punkt" in text


def test_only_ones_own_committees_are_there(play: Play, meeting: Meeting) -> None:
    assert feed(play, "employee") == {}


def test_lines_are_folded_by_bytes_and_words_come_back_whole(play: Play) -> None:
    place = "Æblehaven, lokale 3; spørg i receptionen\\" + "å" * 150
    meeting = play.meeting(date(2026, 2, 18), starts=time(13), place=place)
    clock.move_to(play.cast.at)
    content = Client().get(f"/feeds/{token(play, 'chair')}.ics").content
    assert max(len(line) for line in content.split(b"\r\n")) <= 75
    assert events(vobject.readOne(content.decode()))[f"meeting-{meeting.ref}"].location.value == place


# --- the address ----------------------------------------------------------------------------------------


def test_only_the_hash_of_the_secret_is_kept(play: Play) -> None:
    secret = token(play, "chair")
    kept = FeedAddress.objects.get()
    assert secret not in str(vars(kept))
    assert len(secret) >= 40


def test_a_renewed_address_replaces_the_old_one_and_a_withdrawn_one_leads_nowhere(play: Play) -> None:
    clock.move_to(play.cast.at)
    first, second = token(play, "chair"), token(play, "chair")
    assert [Client().get(f"/feeds/{one}.ics").status_code for one in (first, second)] == [404, 200]
    actions.withdraw_feed(**play.by("chair"))
    assert Client().get(f"/feeds/{second}.ics").status_code == 404
    with pytest.raises(Refused):
        actions.withdraw_feed(**play.by("chair"))


def test_who_has_left_has_no_calendar(play: Play, meeting: Meeting) -> None:
    secret, person = token(play, "chair"), play.cast.people["chair"]
    clock.move_to(play.cast.at)
    person.left_on = date(2026, 2, 1)
    person.save()
    assert Client().get(f"/feeds/{secret}.ics").status_code == 404


def test_a_room_that_is_switched_off_has_no_calendar(play: Play) -> None:
    secret, organisation = token(play, "chair"), play.cast.organisation
    clock.move_to(play.cast.at)
    organisation.rooms_off = ["dialogue"]
    organisation.save()
    assert Client().get(f"/feeds/{secret}.ics").status_code == 404


def test_the_address_is_shown_once(play: Play, sign_in: Callable[[str], Client]) -> None:
    client = sign_in("chair")
    shown = client.post("/fjordby/calendar/address/").content.decode()
    address = shown.split("/feeds/")[1].split(".ics")[0]
    assert Client().get(f"/feeds/{address}.ics").status_code == 200
    assert address not in client.get("/fjordby/calendar/").content.decode()


def test_one_meeting_can_be_taken_along(
    play: Play, meeting: Meeting, sign_in: Callable[[str], Client]
) -> None:
    response = sign_in("employee").get(f"/fjordby/meetings/{meeting.ref}/meeting.ics")
    (event,) = vobject.readOne(response.content.decode()).vevent_list
    assert event.dtstart.value == datetime(2026, 2, 18, 13, tzinfo=COPENHAGEN)


def test_a_feed_asks_a_constant_number_of_questions(play: Play, django_assert_max_num_queries: Any) -> None:
    secret = token(play, "chair")
    clock.move_to(play.cast.at)
    for number in range(12):
        play.item(meeting=play.meeting(date(2026, 3, 2) + timedelta(days=number), starts=time(13)))
    with django_assert_max_num_queries(20):
        assert Client().get(f"/feeds/{secret}.ics").status_code == 200


def test_a_feed_stays_in_its_organisation(
    play: Play, play_under: Callable[[str], Play], meeting: Meeting
) -> None:
    other = play_under("samverkan")
    with scope(other.cast.organisation):
        secret = token(other, "chair")
    clock.move_to(play.cast.at)
    assert meeting.ref not in Client().get(f"/feeds/{secret}.ics").content.decode()
