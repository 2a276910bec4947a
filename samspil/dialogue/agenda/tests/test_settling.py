"""The agenda is put in order, settled by those the rules name, sent once; what comes later is an addendum."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from samspil.dialogue import meeting_cycle, queries
from samspil.dialogue.actions import place_item
from samspil.dialogue.agenda import actions, settling
from samspil.dialogue.agenda.models import AgendaEntry
from samspil.dialogue.models import Item, Meeting
from samspil.dialogue.tests.conftest import Play, noon
from samspil.initiative.consumers import read_on
from samspil.initiative.models import Notice
from samspil.kit.refusal import ChangedMeanwhile, NotAllowed, Refused
from samspil.organisation.models import ProcedureRules

pytestmark = pytest.mark.django_db
MEETING = date(2026, 3, 10)
SignIn = Callable[[str], Client]


@pytest.fixture
def meeting(play: Play) -> Meeting:
    """A meeting with three matters in the order in which they were asked for."""
    found = play.meeting(MEETING)
    for title in ("Første", "Andet", "Tredje"):
        ask(play, title, found)
    return queries.meeting(found.ref) or found


def ask(play: Play, title: str, meeting: Meeting, who: str = "steward", on: date | None = None) -> Item:
    return actions.request_matter(
        committee=meeting.committee, title=title, meeting=meeting, **play.by(who, on)
    )


def titles(meeting: Meeting) -> list[str]:
    return [one.title for one in queries.agenda(meeting)]


def item(meeting: Meeting, title: str) -> Item:
    return next(one for one in queries.agenda(meeting) if one.title == title)


def sha256(meeting: Meeting) -> str:
    return settling.agenda_of(meeting, MEETING - timedelta(days=20)).sha256


def settle(play: Play, meeting: Meeting, *who: str) -> None:
    for one in who:
        actions.settle_agenda(meeting=meeting, sha256=sha256(meeting), **play.by(one))


def send(play: Play, meeting: Meeting) -> Any:
    return actions.send_agenda(meeting=meeting, sha256=sha256(meeting), **play.by("secretary"))


# --- order ---------------------------------------------------------------------------------------------------


def test_items_move_up_and_down_one_place_at_a_time(play: Play, meeting: Meeting) -> None:
    move = {"meeting": meeting, **play.by("secretary")}
    actions.arrange_agenda(item=item(meeting, "Tredje"), direction="up", **move)
    assert titles(meeting) == ["Første", "Tredje", "Andet"]
    actions.arrange_agenda(item=item(meeting, "Første"), direction="down", **move)
    assert titles(meeting) == ["Tredje", "Første", "Andet"]
    with pytest.raises(Refused, match="end of the agenda"):
        actions.arrange_agenda(item=item(meeting, "Tredje"), direction="up", **move)


def test_items_from_before_there_were_places_get_one(play: Play, meeting: Meeting) -> None:
    AgendaEntry.objects.all().delete()
    actions.arrange_agenda(
        meeting=meeting, item=item(meeting, "Andet"), direction="up", **play.by("secretary")
    )
    assert titles(meeting) == ["Andet", "Første", "Tredje"]


def test_two_who_describe_an_item_at_once_see_both_texts(play: Play, meeting: Meeting) -> None:
    facts = {"meeting": meeting, "item": item(meeting, "Andet"), "version": 1, **play.by("secretary")}
    actions.describe_entry(minutes=20, presenter="Bo", purpose="informed", **facts)
    with pytest.raises(ChangedMeanwhile) as fault:
        actions.describe_entry(minutes=30, presenter="Ingrid", **facts)
    assert (fault.value.theirs, fault.value.yours) == ("20 min · Bo", "30 min · Ingrid")
    assert settling.agenda_of(meeting, MEETING).minutes == 20


def test_an_item_that_moves_to_another_meeting_leaves_its_place(play: Play, meeting: Meeting) -> None:
    after = play.meeting(MEETING + timedelta(days=28))
    place_item(item=item(meeting, "Første"), meeting=after, **play.by("secretary"))
    assert titles(meeting) == ["Andet", "Tredje"]
    assert AgendaEntry.objects.filter(meeting=meeting).count() == 2


# --- settling and sending ------------------------------------------------------------------------------------


def test_both_whom_the_rules_name_say_yes_before_it_is_sent(play: Play, meeting: Meeting) -> None:
    settle(play, meeting, "chair")
    with pytest.raises(Refused, match="vice-chair"):
        send(play, meeting)
    settle(play, meeting, "vice_chair")
    sent = send(play, meeting)
    assert [len(sent.items), sent.sha256] == [3, sha256(meeting)]


def test_nobody_else_says_yes_and_nobody_says_it_twice(play: Play, meeting: Meeting) -> None:
    with pytest.raises(NotAllowed):
        settle(play, meeting, "secretary")
    settle(play, meeting, "chair")
    with pytest.raises(Refused, match="already"):
        settle(play, meeting, "chair")


def test_a_change_takes_the_yes_away_again(play: Play, meeting: Meeting) -> None:
    settle(play, meeting, "chair", "vice_chair")
    assert settling.agenda_of(meeting, MEETING).settled
    ask(play, "Fjerde", meeting)
    assert not settling.agenda_of(meeting, MEETING).settled
    with pytest.raises(Refused, match="not settled"):
        send(play, meeting)


def test_a_yes_to_another_agenda_than_the_one_there_is_refused(play: Play, meeting: Meeting) -> None:
    read = sha256(meeting)
    ask(play, "Fjerde", meeting)
    with pytest.raises(Refused, match="changed after you opened it"):
        actions.settle_agenda(meeting=meeting, sha256=read, **play.by("chair"))


def test_the_members_are_told_once_and_what_comes_later_is_an_addendum(play: Play, meeting: Meeting) -> None:
    settle(play, meeting, "chair", "vice_chair")
    send(play, meeting)
    with pytest.raises(Refused, match="addendum"):
        send(play, meeting)
    for _again in range(2):
        read_on(play.cast.organisation, play.cast.at)
    told = Notice.objects.filter(kind="agenda_sent").values_list("person__given_name", flat=True)
    assert sorted(told) == ["Aisha", "Lars", "Mads", "Tove"]
    ask(play, "Kom til", meeting)
    agenda = settling.agenda_of(meeting, MEETING)
    assert [line.item.title for line in agenda.lines if line.added] == ["Kom til"]
    assert agenda.changed_since_sent


def test_under_samverkan_the_chair_alone_settles(play_under: Callable[[str], Play]) -> None:
    play = play_under("samverkan")
    meeting = play.meeting(MEETING)
    ask(play, "Budget", meeting)
    settle(play, meeting, "chair")
    assert send(play, meeting).items


def test_an_organisations_rules_come_before_the_examples(play: Play, meeting: Meeting) -> None:
    ProcedureRules.objects.update(agenda_by=["chair"], chairs_working_days=6, agenda_working_days=4)
    settle(play, meeting, "chair")
    agenda = settling.agenda_of(meeting, MEETING)
    assert agenda.settled
    assert agenda.deadlines is not None
    assert [agenda.deadlines.settle_by, agenda.deadlines.send_by] == [date(2026, 3, 2), date(2026, 3, 4)]


def test_the_hashes_of_many_agendas_are_those_of_each(play: Play, meeting: Meeting) -> None:
    actions.arrange_agenda(
        meeting=meeting, item=item(meeting, "Andet"), direction="up", **play.by("secretary")
    )
    empty = play.meeting(MEETING + timedelta(days=28))
    many = settling.fingerprints([meeting, empty])
    assert many == {one.pk: settling.agenda_of(one, MEETING).sha256 for one in (meeting, empty)}


def test_what_waits_is_the_yes_and_then_the_sending(play: Play, meeting: Meeting) -> None:
    later = MEETING - timedelta(days=10)

    def waits(who: str) -> list[str]:
        viewer = play.cast.viewer(who, noon(later))
        return [one.url.split("/")[-2] for one in meeting_cycle.waiting_for(viewer, noon(later))]

    assert [waits("chair"), waits("vice_chair"), waits("secretary")] == [["settle"], ["settle"], []]
    for who in ("chair", "vice_chair"):
        actions.settle_agenda(meeting=meeting, sha256=sha256(meeting), **play.by(who, later))
    assert [waits("chair"), waits("secretary")] == [["send"], ["send"]]


# --- on the page ---------------------------------------------------------------------------------------------


def test_the_page_leads_from_order_to_the_sent_agenda(play: Play, meeting: Meeting, sign_in: SignIn) -> None:
    page = f"/fjordby/meetings/{meeting.ref}/"
    second = item(meeting, "Andet")
    sign_in("secretary").post(f"{page}order/", {"item": second.ref, "direction": "up"})
    assert titles(meeting)[0] == "Andet"
    for who in ("chair", "vice_chair"):
        client = sign_in(who)
        assert b"settle/" in client.get(page).content
        read = client.get(f"{page}settle/")
        assert client.post(f"{page}settle/", {"sha256": read.context["agenda"].sha256}).status_code == 302
    client = sign_in("secretary")
    read = client.get(f"{page}send/")
    client.post(f"{page}send/", {"sha256": read.context["agenda"].sha256})
    assert settling.agenda_of(meeting, MEETING).sent


def test_of_a_closed_item_others_see_only_that_there_is_one(
    play: Play, meeting: Meeting, sign_in: SignIn
) -> None:
    Item.objects.filter(title="Andet").update(confidential_until=MEETING, confidential_because="Personsag")
    page = f"/fjordby/meetings/{meeting.ref}/"
    assert "Andet" in sign_in("steward").get(page).content.decode()
    for address in (page, f"{page}screen/", f"{page}screen/?item=2"):
        seen = sign_in("employee").get(address).content.decode()
        assert "Andet" not in seen
        assert "Personsag" not in seen


def test_the_page_asks_as_much_for_many_items_as_for_few(
    play: Play, meeting: Meeting, sign_in: SignIn, django_assert_max_num_queries: Any
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client, page = sign_in("secretary"), f"/fjordby/meetings/{meeting.ref}/"
    client.get(page)
    with CaptureQueriesContext(connection) as few:
        client.get(page)
    for number in range(12):
        ask(play, f"Punkt {number}", meeting)
    with CaptureQueriesContext(connection) as many:
        client.get(page)
    assert len(many) == len(few)
