"""A meeting to come is moved or cancelled with a reason; people are told, items and the clock follow."""

from collections.abc import Callable
from datetime import date, time

import pytest
from django.test import Client

from samspil.core.decision_clock import AheadKind
from samspil.dialogue import queries
from samspil.dialogue.agenda.actions import request_matter
from samspil.dialogue.heard import Facts, coming_meetings
from samspil.dialogue.models import Item, Meeting
from samspil.dialogue.moving import actions
from samspil.dialogue.moving.models import MeetingMove
from samspil.dialogue.tests.conftest import Play
from samspil.initiative import actions as hall
from samspil.initiative.consumers import read_on
from samspil.initiative.models import Notice
from samspil.kit.refusal import NotAllowed, Refused

pytestmark = pytest.mark.django_db
SignIn = Callable[[str], Client]
FIRST, SECOND, THIRD = date(2026, 3, 10), date(2026, 4, 14), date(2026, 3, 17)
TODAY = date(2026, 2, 1)


def move(play: Play, meeting: Meeting, on: date = THIRD, who: str = "chair", **facts: object) -> Meeting:
    facts = {"reason": "Formanden er på kursus", **facts}
    return actions.move_meeting(meeting=meeting, on=on, **facts, **play.by(who))


def cancel(play: Play, meeting: Meeting, who: str = "chair", **facts: object) -> Meeting:
    facts = {"reason": "For få kan komme", **facts}
    return actions.cancel_meeting(meeting=meeting, **facts, **play.by(who))


def told(kind: str, play: Play) -> list[str]:
    read_on(play.cast.organisation, play.cast.at)
    rows = Notice.objects.filter(kind=kind).values_list("person__given_name", flat=True)
    return sorted(rows)


def ahead(play: Play) -> AheadKind:
    """What the decision clock says of the initiative's one line."""
    one = play.initiative
    return Facts([one]).ahead(one, coming_meetings(TODAY), TODAY, True)[0].ahead.kind


def test_a_moved_meeting_keeps_its_items_and_its_deadline_follows(play: Play) -> None:
    meeting = play.meeting(FIRST)
    item = play.item(meeting=meeting)
    moved = move(play, meeting, starts=time(9), place="Salen")
    assert (moved.on, moved.request_by, moved.revision) == (THIRD, date(2026, 3, 3), 1)
    assert Item.objects.get(pk=item.pk).meeting == meeting
    assert MeetingMove.objects.get().on == FIRST


def test_a_last_day_that_was_chosen_by_hand_stays(play: Play) -> None:
    meeting = play.meeting(FIRST, request_by=date(2026, 2, 20))
    assert move(play, meeting).request_by == date(2026, 2, 20)


def test_the_members_hear_of_each_move_once_and_nobody_of_their_own(play: Play) -> None:
    meeting = play.meeting(FIRST)
    move(play, meeting)
    assert told("meeting_moved", play) == ["Aisha", "Lars", "Sanne", "Tove"]
    move(play, meeting, date(2026, 3, 18))
    assert len(told("meeting_moved", play)) == 8


def test_a_meeting_that_was_held_is_corrected_and_not_moved(play: Play) -> None:
    meeting = play.meeting(FIRST)
    with pytest.raises(Refused, match="has been held"):
        actions.move_meeting(
            meeting=meeting, on=date(2026, 5, 5), reason="Nej", **play.by("chair", date(2026, 3, 11))
        )


@pytest.mark.parametrize(
    ("on", "reason", "says"),
    [
        (THIRD, " ", "why"),
        (date(2026, 1, 5), "Derfor", "passed"),
        (FIRST, "Derfor", "already"),
        (SECOND, "Derfor", "already"),
    ],
)
def test_a_move_needs_a_reason_and_a_free_day_to_come(play: Play, on: date, reason: str, says: str) -> None:
    play.meeting(SECOND)
    with pytest.raises(Refused, match=says):
        move(play, play.meeting(FIRST), on, reason=reason)


def test_only_those_who_run_the_committee_move_and_cancel(play: Play) -> None:
    meeting = play.meeting(FIRST)
    for act in (move, cancel):
        with pytest.raises(NotAllowed):
            act(play, meeting, who="steward")


def test_the_items_of_a_cancelled_meeting_go_to_the_next_one(play: Play) -> None:
    first, second = play.meeting(FIRST), play.meeting(SECOND)
    item = play.item(meeting=first)
    cancel(play, first)
    kept = Item.objects.get(pk=item.pk)
    assert (kept.meeting, kept.status) == (second, "on_agenda")
    assert not kept.entries.get().late
    assert [one.pk for one in queries.agenda(first)] == []


def test_or_they_wait(play: Play) -> None:
    first = play.meeting(FIRST)
    play.meeting(SECOND)
    item = play.item(meeting=first)
    cancel(play, first, items_go="wait")
    kept = Item.objects.get(pk=item.pk)
    assert (kept.meeting, kept.status) == (None, "requested")


def test_without_another_meeting_they_wait_too(play: Play) -> None:
    first = play.meeting(FIRST)
    item = play.item(meeting=first)
    cancel(play, first)
    assert Item.objects.get(pk=item.pk).status == "requested"


def test_the_members_hear_that_it_is_cancelled_and_why(play: Play) -> None:
    cancel(play, play.meeting(FIRST))
    assert told("meeting_cancelled", play) == ["Aisha", "Lars", "Sanne", "Tove"]


def test_a_cancelled_meeting_counts_nowhere_and_its_day_is_free(play: Play) -> None:
    first = play.meeting(FIRST)
    hall.plan_step(
        initiative=play.initiative, kind="contract", on=date(2026, 3, 31), phase="idea", **play.by("lead")
    )
    assert ahead(play) == AheadKind.MEETING_IN_REACH
    cancel(play, first)
    committee = first.committee
    assert ahead(play) == AheadKind.NO_MEETING_BEFORE
    assert not queries.meetings_of(committee, TODAY).exists()
    assert not queries.meetings_to_choose(committee, TODAY).exists()
    assert not queries.meetings_held(committee, date(2026, 4, 1)).exists()
    assert queries.next_reachable(committee, TODAY) is None
    assert [one.next_meeting for one in queries.tree(TODAY) if one.committee == committee] == [None]
    assert play.meeting(FIRST).on == FIRST


def test_the_clock_follows_a_meeting_that_is_moved_behind_the_step(play: Play) -> None:
    first = play.meeting(FIRST)
    hall.plan_step(
        initiative=play.initiative, kind="contract", on=date(2026, 3, 12), phase="idea", **play.by("lead")
    )
    play.item(meeting=first)
    move(play, first)
    assert ahead(play) == AheadKind.NO_MEETING_BEFORE


def test_nothing_is_put_on_a_cancelled_meeting(play: Play) -> None:
    first = play.meeting(FIRST)
    cancel(play, first)
    with pytest.raises(Refused, match="cancelled"):
        request_matter(committee=first.committee, title="Mere", meeting=first, **play.by("chair"))
    with pytest.raises(Refused, match="cancelled"):
        play.item(meeting=Meeting.objects.get(pk=first.pk))
    with pytest.raises(Refused, match="cancelled already"):
        cancel(play, first)


def test_the_page_says_so_and_offers_nothing_more(play: Play, sign_in: SignIn) -> None:
    first = play.meeting(FIRST)
    client = sign_in("chair")
    page = f"/fjordby/meetings/{first.ref}/"
    client.post(f"{page}cancel/", {"reason": "For få kan komme", "items_go": "wait"})
    seen = client.get(page).content.decode()
    assert "For få kan komme" in seen
    assert "/move/" not in seen
    assert "For få kan komme" in client.get(f"/fjordby/committees/{first.committee.ref}/").content.decode()


def test_the_committees_page_shows_the_meeting_where_it_was_moved_to(play: Play, sign_in: SignIn) -> None:
    first = play.meeting(FIRST)
    client = sign_in("chair")
    typed = {"on": THIRD.isoformat(), "reason": "Kursus", "starts": "", "ends": "", "place": ""}
    assert client.post(f"/fjordby/meetings/{first.ref}/move/", typed).status_code == 302
    assert Meeting.objects.get(pk=first.pk).on == THIRD
    assert "Kursus" in client.get(f"/fjordby/meetings/{first.ref}/").content.decode()
