"""A year is planned at once, after a look at it; standing topics are proposed for the right meeting."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from samspil.dialogue import queries
from samspil.dialogue.models import Meeting
from samspil.dialogue.tests.conftest import Play
from samspil.dialogue.wheel import actions, forms, year
from samspil.dialogue.wheel.models import StandingTopic
from samspil.initiative.consumers import read_on
from samspil.initiative.models import Notice
from samspil.kit.refusal import ChangedMeanwhile, NotAllowed, Refused

pytestmark = pytest.mark.django_db
SignIn = Callable[[str], Client]
QUIET = [28, 29, 30, 52, 53, 1]
DAYS = [date(2027, 2, 9), date(2027, 4, 13), date(2027, 6, 8), date(2027, 9, 14), date(2027, 11, 9)]


def plan(play: Play, *days: date, who: str = "secretary") -> list[Meeting]:
    committee = play.cast.committees["local"]
    return actions.plan_year(committee=committee, days=days or DAYS, quiet_weeks=QUIET, **play.by(who))


def topic(play: Play, months: list[int], title: str = "Sygefravær") -> StandingTopic:
    return actions.add_topic(
        committee=play.cast.committees["local"],
        title=title,
        months=months,
        about="Hvad viser tallene?",
        purpose="discussed",
        **play.by("secretary"),
    )


def proposed(meeting: Meeting) -> list[str]:
    found = queries.meeting(meeting.ref)
    assert found is not None
    return [one.topic.title for one in year.proposed_for(found, date(2026, 2, 1))]


def test_five_meetings_are_planned_at_once_with_their_last_days_for_items(play: Play) -> None:
    planned = plan(play)
    assert [one.on for one in planned] == DAYS
    assert planned[0].request_by == date(2027, 1, 26)  # ten working days before, by the cast's own rules


def test_the_members_hear_of_the_year_once(play: Play) -> None:
    plan(play)
    for _again in range(2):
        read_on(play.cast.organisation, play.cast.at)
    told = Notice.objects.filter(kind="year_planned")
    assert told.count() == 4  # five seats, without the secretary who planned it
    assert "2027" in told[0].facts["subject"]


@pytest.mark.parametrize("day", [date(2027, 3, 29), date(2027, 7, 13), date(2027, 2, 7)])
def test_no_meeting_is_planned_on_a_day_off_or_in_the_summer(play: Play, day: date) -> None:
    with pytest.raises(Refused, match="day off"):
        plan(play, day)
    assert not Meeting.objects.filter(on__year=2027).exists()


def test_a_taken_day_stops_the_whole_year(play: Play) -> None:
    play.meeting(DAYS[2])
    with pytest.raises(Refused, match="already"):
        plan(play)
    assert Meeting.objects.filter(on__year=2027).count() == 1


def test_who_does_not_run_the_committee_plans_nothing(play: Play) -> None:
    with pytest.raises(NotAllowed):
        plan(play, who="steward")


def test_the_page_shows_every_day_and_why_it_was_moved_before_it_is_planned(
    play: Play, sign_in: SignIn
) -> None:
    page = f"/fjordby/committees/{play.cast.committees['local'].ref}/year/plan/"
    client = sign_in("secretary")
    typed = {
        "year": 2027,
        "months": ["3", "7"],
        "nth": "-1",
        "weekday": "0",
        "quiet_weeks": "28-30, 52-53, 1",
    }
    client.cookies["samspil_language"] = "en"
    shown = client.post(page, {**typed, "then": "preview"}).context["days"]
    assert [(one["wanted"], one["on"]) for one in shown] == [
        (date(2027, 3, 29), date(2027, 4, 5)),  # Easter Monday
        (date(2027, 7, 26), date(2027, 8, 2)),  # the summer weeks
    ]
    assert all(one["why"] for one in shown)
    assert not Meeting.objects.filter(on__year=2027).exists()
    client.post(page, {**typed, "then": "plan", "keep": ["2027-04-05"]})
    assert [one.on for one in Meeting.objects.filter(on__year=2027)] == [date(2027, 4, 5)]


def test_days_can_be_listed_and_a_slip_is_named(play: Play, sign_in: SignIn) -> None:
    page = f"/fjordby/committees/{play.cast.committees['local'].ref}/year/plan/"
    client = sign_in("secretary")
    typed = {"year": 2027, "nth": "1", "weekday": "0", "quiet_weeks": "", "then": "preview"}
    answer = client.post(page, {**typed, "dates": "2027-02-09\n2027-04-13"})
    assert [one["on"] for one in answer.context["days"]] == [date(2027, 2, 9), date(2027, 4, 13)]
    answer = client.post(page, {**typed, "dates": "9. marsch"})
    assert "9. marsch" in str(answer.context["form"].errors)
    answer = client.post(page, typed)
    assert answer.context["form"].errors


def test_weeks_are_read_and_written_as_people_do() -> None:
    assert forms.WeekList().clean("28-30, 52, 1") == [1, 28, 29, 30, 52]
    assert forms.as_weeks([28, 29, 30, 52, 53, 1]) == "28-30, 52-53, 1"
    with pytest.raises(forms.forms.ValidationError):
        forms.WeekList().clean("sommer")
    with pytest.raises(forms.forms.ValidationError):
        forms.WeekList().clean("60")


# --- standing topics -----------------------------------------------------------------------------------------


def test_a_topic_is_proposed_for_the_first_meeting_from_its_month_on(play: Play) -> None:
    meetings = plan(play)
    topic(play, [3, 12])
    assert [proposed(one) for one in meetings] == [[], ["Sygefravær"], [], [], ["Sygefravær"]]


def test_put_on_the_agenda_it_is_an_item_and_proposed_no_more(play: Play) -> None:
    meetings, kept = plan(play), topic(play, [4])
    item = actions.place_topic(topic=kept, meeting=meetings[1], **play.by("secretary"))
    assert (item.title, item.case, item.purpose, item.status) == (
        "Sygefravær",
        "Hvad viser tallene?",
        "discussed",
        "on_agenda",
    )
    assert not item.entries.get().late
    assert proposed(meetings[1]) == []
    with pytest.raises(Refused, match="already"):
        actions.place_topic(topic=kept, meeting=meetings[1], **play.by("secretary"))


def test_a_cancelled_meeting_hands_its_topics_to_the_next(play: Play) -> None:
    from samspil.dialogue.moving.actions import cancel_meeting

    meetings = plan(play)
    topic(play, [4])
    cancel_meeting(meeting=meetings[1], reason="Sygdom", **play.by("chair"))
    assert [proposed(one) for one in meetings[1:3]] == [[], ["Sygefravær"]]


@pytest.mark.parametrize("regime", ["MED", "SU", "samverkan", "MBL"])
def test_the_usual_topics_are_native_and_become_the_committees_own(
    play_under: Callable[[str], Play], regime: str
) -> None:
    play = play_under(regime)
    committee = play.cast.committees["local"]
    taken = actions.take_usual_topics(
        committee=committee, keys=["budget", "ai_and_technology"], **play.by("chair")
    )
    native = "Budgettet" if regime in ("MED", "SU") else "Budgeten"
    assert next(one.title for one in taken if one.key == "budget").startswith(native)
    with pytest.raises(Refused, match="Tick at least one"):
        actions.take_usual_topics(committee=committee, keys=["budget"], **play.by("chair"))


def test_two_who_change_a_topic_at_once_see_both_texts(play: Play) -> None:
    kept = topic(play, [4])
    facts = {"topic": kept, "months": [5], "version": 1, **play.by("secretary")}
    actions.change_topic(title="Fravær", **facts)
    with pytest.raises(ChangedMeanwhile) as fault:
        actions.change_topic(title="Trivsel", **facts)
    assert fault.value.theirs == "Fravær"


def test_a_topic_that_has_ended_is_proposed_no_more(play: Play) -> None:
    meetings, kept = plan(play), topic(play, [4])
    actions.end_topic(topic=kept, **play.by("secretary"))
    assert proposed(meetings[1]) == []


def test_the_year_is_drawn_in_twelve_months_and_as_a_table(play: Play, sign_in: SignIn) -> None:
    plan(play)
    topic(play, [3])
    page = f"/fjordby/committees/{play.cast.committees['local'].ref}/year/?year=2027"
    answer = sign_in("employee").get(page)
    assert len(answer.context["months"]) == 12
    assert [bool(month.meetings) for _name, month in answer.context["months"]].count(True) == 5
    assert answer.content.decode().count("Sygefravær") == 2
    assert "<table" in answer.content.decode()
