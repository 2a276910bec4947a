"""What stayed open comes up again; actions are reminded of, moved with a reason, and overseen."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from samspil.dialogue import actions as room
from samspil.dialogue import queries
from samspil.dialogue.agenda.actions import request_matter
from samspil.dialogue.follow_up import actions, reminders, still_open
from samspil.dialogue.follow_up.models import DueChange
from samspil.dialogue.keeping import NewOutcome
from samspil.dialogue.models import ActionPoint, Item, Meeting
from samspil.dialogue.tests.conftest import Play, told_by
from samspil.initiative.consumers import notify
from samspil.initiative.models import Notice
from samspil.kit.refusal import NotAllowed, Refused

pytestmark = pytest.mark.django_db
SignIn = Callable[[str], Client]
HELD, NEXT = date(2026, 1, 20), date(2026, 3, 10)
DUE = date(2026, 2, 20)


def treated(play: Play, key: str = "postponed", title: str = "Lokaler") -> Item:
    """A matter with an outcome at a meeting that has been held."""
    early = date(2025, 12, 1)
    committee = play.cast.committees["local"]
    meeting = Meeting.objects.filter(committee=committee, on=HELD).first() or room.plan_meeting(
        committee=committee, on=HELD, **play.by("secretary", early)
    )
    made = request_matter(committee=committee, title=title, meeting=meeting, **play.by("chair", early))
    item = queries.item(made.ref)
    assert item is not None
    room.record_outcome(item=item, outcomes=[NewOutcome(key, told=told_by(HELD))], **play.by("secretary"))
    return item


def promise(play: Play, due: date = DUE, who: str = "steward") -> ActionPoint:
    item = treated(play, "discussed", "Vagter")
    point = room.add_action_point(
        item=item, text="Ny vagtplan", owner=play.cast.people[who], due=due, **play.by("secretary")
    )
    return queries.action_point(point.ref) or point


def carried(play: Play, who: str = "secretary") -> list[str]:
    found = still_open.carried_over(play.cast.committees["local"], play.cast.viewer(who))
    return [one.item.title for one in found]


# --- carried over --------------------------------------------------------------------------------------------


def test_what_was_postponed_comes_up_again_and_what_was_discussed_does_not(play: Play) -> None:
    treated(play, "postponed", "Lokaler")
    treated(play, "discussed", "Vagter")
    treated(play, "informed", "Budget")
    assert carried(play) == ["Lokaler"]


def test_under_samverkan_what_was_adjourned_comes_up_again(play_under: Callable[[str], Play]) -> None:
    play = play_under("samverkan")
    treated(play, "adjourned", "Lokaler")
    assert carried(play) == ["Lokaler"]


def test_one_button_puts_all_of_it_on_the_next_agenda(play: Play, sign_in: SignIn) -> None:
    item = treated(play)
    promise(play)
    meeting = play.meeting(NEXT)
    client = sign_in("secretary")
    page = f"/fjordby/meetings/{meeting.ref}/"
    assert "Lokaler" in client.get(page).content.decode()
    client.post(f"{page}carry-over/")
    titles = [one.title for one in queries.agenda(meeting)]
    assert titles == ["Lokaler", "Opfølgning på det, vi har aftalt"]
    assert Item.objects.get(pk=item.pk).status == "on_agenda"
    assert carried(play) == []
    with translation.override("en"), pytest.raises(Refused, match="Nothing is left open"):
        actions.carry_over(meeting=meeting, **play.by("secretary"))


def test_it_shows_on_the_next_meeting_only(play: Play, sign_in: SignIn) -> None:
    treated(play)
    play.meeting(NEXT)
    later = play.meeting(NEXT + timedelta(days=28))
    seen = sign_in("secretary").get(f"/fjordby/meetings/{later.ref}/").content.decode()
    assert 'id="carried-over"' not in seen


def test_what_was_said_at_the_first_meeting_stays_there(play: Play) -> None:
    item = treated(play)
    meeting = play.meeting(NEXT)
    actions.carry_over(meeting=meeting, **play.by("secretary"))
    first = Meeting.objects.get(on=HELD)
    assert [one.title for one in queries.agenda(first)] == ["Lokaler"]
    assert item.outcomes.get().meeting == first
    assert item.entries.filter(meeting=first).exists()


def test_others_do_not_see_that_a_closed_matter_stayed_open(play: Play) -> None:
    item = treated(play)
    Item.objects.filter(pk=item.pk).update(confidential_until=date(2027, 1, 1))
    assert carried(play, "employee") == []
    assert carried(play, "steward") == ["Lokaler"]


# --- actions -------------------------------------------------------------------------------------------------


def test_a_new_day_needs_a_reason_and_keeps_the_one_before(play: Play) -> None:
    point = promise(play)
    with pytest.raises(Refused, match="takes longer"):
        actions.move_action_point(
            point=point, due=DUE + timedelta(days=9), reason=" ", version=1, **play.by("steward")
        )
    actions.move_action_point(
        point=point, due=DUE + timedelta(days=9), reason="Sygdom", version=1, **play.by("steward")
    )
    assert (DueChange.objects.get().before, ActionPoint.objects.get().due) == (DUE, DUE + timedelta(days=9))
    with pytest.raises(NotAllowed):
        actions.move_action_point(
            point=point,
            due=DUE + timedelta(days=19),
            reason="Mere",
            version=2,
            **play.by("management_member"),
        )


def test_two_who_move_one_action_see_both_days(play: Play, sign_in: SignIn) -> None:
    point = promise(play)
    page = f"/fjordby/actions/{point.ref}/move/"
    first, second = sign_in("steward"), sign_in("secretary")
    on = {
        who: client.get(page).context["form"]["version"].value() for who, client in ((1, first), (2, second))
    }
    assert first.post(page, {"due": "2026-03-20", "reason": "Sygdom", "version": on[1]}).status_code == 302
    typed = {"due": "2026-03-27", "reason": "Ferie", "version": on[2]}
    answer = second.post(page, typed)
    shown = answer.content.decode()
    assert answer.status_code == 409
    assert all(text in shown for text in ("Sygdom", "Ferie", "20. marts 2026", "2026-03-27"))
    assert (
        second.post(page, typed | {"version": answer.context["form"]["version"].value()}).status_code == 302
    )
    assert [one.after for one in DueChange.objects.order_by("pk")] == [date(2026, 3, 20), date(2026, 3, 27)]


def test_what_is_done_is_not_moved(play: Play) -> None:
    point = promise(play)
    room.finish_action_point(point=point, done_on=date(2026, 2, 1), **play.by("steward"))
    with pytest.raises(Refused, match="done already"):
        actions.move_action_point(
            point=point, due=DUE + timedelta(days=9), reason="Mere", version=1, **play.by("steward")
        )


def test_the_overview_shows_what_is_open_and_done_and_what_is_past_its_day(
    play: Play, sign_in: SignIn
) -> None:
    point = promise(play)
    ActionPoint.objects.filter(pk=point.pk).update(due=date(2026, 1, 25))
    page = f"/fjordby/committees/{play.cast.committees['local'].ref}/actions/"
    answer = sign_in("steward").get(page)
    assert answer.context["overdue"] == 1
    sign_in("steward").post(f"/fjordby/actions/{point.ref}/done/")
    answer = sign_in("employee").get(page)
    assert (answer.context["open_ones"], len(answer.context["done"])) == ([], 1)


def test_others_do_not_see_the_actions_of_a_closed_item(play: Play, sign_in: SignIn) -> None:
    point = promise(play)
    Item.objects.filter(pk=point.item_id).update(confidential_until=date(2027, 1, 1))
    page = f"/fjordby/committees/{play.cast.committees['local'].ref}/actions/"
    assert "Ny vagtplan" not in sign_in("employee").get(page).content.decode()
    assert "Ny vagtplan" in sign_in("steward").get(page).content.decode()


def test_who_promised_something_in_a_closed_item_moves_it_without_learning_what_it_is_called(
    play: Play, sign_in: SignIn
) -> None:
    point = promise(play, who="employee")
    page = f"/fjordby/actions/{point.ref}/move/"
    Item.objects.filter(pk=point.item_id).update(title="Solsort")
    assert "Solsort" in sign_in("employee").get(page).content.decode()
    Item.objects.filter(pk=point.item_id).update(confidential_until=date(2027, 1, 1))
    shown = sign_in("employee").get(page)
    assert (shown.status_code, "Solsort" in shown.content.decode()) == (200, False)


# --- reminders -----------------------------------------------------------------------------------------------


def remind(play: Play, on: date) -> list[str]:
    """Let the worker's round come by twice on a day; tells the kinds of notices that are new."""
    before = Notice.objects.count()
    for hour in (8, 16):
        at = datetime(on.year, on.month, on.day, hour, tzinfo=UTC)
        reminders.remind_of_actions(play.cast.organisation, at)
    return list(Notice.objects.order_by("pk").values_list("kind", flat=True)[before:])


def test_each_reminder_comes_exactly_once(play: Play) -> None:
    promise(play)
    days = [DUE + timedelta(days=number) for number in range(-20, 20)]
    told = {day: kinds for day in days if (kinds := remind(play, day))}
    assert told == {
        DUE - timedelta(days=7): ["action_in_a_week"],
        DUE: ["action_today"],
        DUE + timedelta(days=1): ["action_overdue"],
    }


def test_a_worker_that_dies_in_the_middle_of_the_day_is_made_good_within_it(
    play: Play, monkeypatch: pytest.MonkeyPatch
) -> None:
    promise(play)

    def dies(*_facts: object) -> None:
        raise SystemExit

    with monkeypatch.context() as patched:
        patched.setattr(reminders, "notify", dies)
        with pytest.raises(SystemExit):
            remind(play, DUE)
    assert remind(play, DUE) == ["action_today"]


def test_one_who_cannot_be_told_keeps_no_other_back(
    play: Play, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    for who in ("steward", "employee", "chair"):
        promise(play, who=who)

    def fails_once(organisation: Any, one: Any, at: datetime) -> bool:
        if one.person == play.cast.people["employee"]:
            Notice.objects.create(
                organisation=organisation, person=None
            )  # breaks what it began in the database
        return notify(organisation, one, at)

    with monkeypatch.context() as patched:
        patched.setattr(reminders, "notify", fails_once)
        assert remind(play, DUE) == ["action_today"] * 2
    assert "failed" in caplog.text
    told = {one.person for one in Notice.objects.filter(kind="action_today")}
    assert told == {play.cast.people["steward"], play.cast.people["chair"]}


def test_a_worker_that_slept_makes_good_what_is_still_true(play: Play) -> None:
    promise(play)
    assert remind(play, DUE - timedelta(days=3)) == ["action_in_a_week"]
    assert remind(play, DUE + timedelta(days=9)) == ["action_overdue"]
    assert remind(play, DUE + timedelta(days=10)) == []


def test_a_day_that_was_moved_is_reminded_of_anew_and_the_old_one_no_more(play: Play) -> None:
    point = promise(play)
    remind(play, DUE - timedelta(days=7))
    actions.move_action_point(
        point=point, due=DUE + timedelta(days=30), reason="Sygdom", version=1, **play.by("steward")
    )
    assert remind(play, DUE) == []
    assert remind(play, DUE + timedelta(days=23)) == ["action_in_a_week"]


def test_what_is_done_is_not_reminded_of(play: Play) -> None:
    point = promise(play)
    room.finish_action_point(point=point, done_on=date(2026, 2, 1), **play.by("steward"))
    assert remind(play, DUE) == []


def test_who_heard_of_it_within_the_week_is_reminded_on_the_day(play: Play) -> None:
    from samspil.initiative.consumers import read_on

    promise(play, due=date(2026, 2, 5))
    read_on(play.cast.organisation, play.cast.at)
    assert remind(play, date(2026, 2, 2)) == []
    assert remind(play, date(2026, 2, 5)) == ["action_today"]


def test_a_mail_about_a_closed_item_does_not_say_what_it_is(play: Play) -> None:
    point = promise(play)
    Item.objects.filter(pk=point.item_id).update(confidential_until=date(2027, 1, 1))
    ((found, kind),) = reminders.due_now(DUE)
    tell = reminders.tell_of(found, kind, DUE)
    assert "vagtplan" not in f"{tell.subject} {tell.body}".lower()


@given(st.dates(date(2026, 1, 1), date(2027, 12, 31)), st.integers(-7, 300))
def test_a_day_asks_for_one_reminder(due: date, after: int) -> None:
    kind = reminders.kind_of(due, due + timedelta(days=after))
    assert (kind == reminders.WEEK) == (after < 0)
    assert (kind == reminders.TODAY) == (after == 0)
