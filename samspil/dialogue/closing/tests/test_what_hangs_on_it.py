"""What hangs on a closed item is closed with it: requests, sendings and replies, its place on the agenda."""

from datetime import date, timedelta

import pytest

from samspil.dialogue import actions as committees
from samspil.dialogue import queries
from samspil.dialogue.agenda import actions as agenda
from samspil.dialogue.agenda.queries import annex as find_annex
from samspil.dialogue.closing.actions import close_item
from samspil.dialogue.follow_up.reminders import remind_of_actions
from samspil.dialogue.models import Item
from samspil.dialogue.remedies.models import RemedyCase
from samspil.dialogue.remedies.tests.test_requests import raised
from samspil.dialogue.replies.tests.conftest import Below, below
from samspil.dialogue.tests.conftest import Play
from samspil.initiative import consumers, journal, mails
from samspil.kit.models import Mail
from samspil.kit.refusal import NotAllowed
from samspil.organisation import files

__all__ = ["below"]
WORD = "Solsort"
OPENS = date(2026, 3, 20)


def named(play: Play, item: Item) -> Item:
    Item.objects.filter(pk=item.pk).update(title=WORD)
    found = queries.item(item.ref)
    assert found
    return found


def close(play: Play, item: Item) -> None:
    close_item(item=item, because="personal", until=OPENS, **play.by("secretary"))


def read_by(play: Play, who: str) -> list[str]:
    """The sentences of the whole journal that name it."""
    return [
        one.sentence for one in journal.told(journal.rows(), play.cast.viewer(who)) if WORD in one.sentence
    ]


def mailed(play: Play) -> list[str]:
    """The mails that go within two days and name it."""
    for days in (0, 1, 2):
        mails.send(play.cast.organisation, play.cast.at + timedelta(days=days))
    assert Mail.objects.exists()
    return [one.subject for one in Mail.objects.all() if WORD in one.subject + one.body]


def test_the_journal_does_not_name_what_was_given_another_place_on_the_agenda(play: Play) -> None:
    meeting = play.meeting(date(2026, 2, 18))
    items = [
        agenda.request_matter(committee=meeting.committee, title=title, meeting=meeting, **play.by("steward"))
        for title in (WORD, "Andet")
    ]
    agenda.arrange_agenda(meeting=meeting, item=items[0], direction="down", **play.by("secretary"))
    assert read_by(play, "employee")
    close(play, items[0])
    assert read_by(play, "employee") == []
    assert read_by(play, "chair")


@pytest.mark.parametrize("who", ["employee", "administrator", "director"])
def test_the_journal_does_not_name_what_was_sent_down_and_replied_to(below: Below, who: str) -> None:
    below.item = named(below.play, below.item)
    below.reply(below.send())
    assert read_by(below.play, who)
    close(below.play, below.item)
    assert read_by(below.play, who) == []


def test_no_mail_names_what_was_closed_after_it_was_sent_down(below: Below) -> None:
    below.item = named(below.play, below.item)
    below.send()
    consumers.read_on(below.play.cast.organisation, below.play.cast.at)
    close(below.play, below.item)
    assert mailed(below.play) == []


def about(play: Play) -> tuple[Item, RemedyCase]:
    item = named(play, play.item(meeting=play.meeting(date(2026, 2, 18))))
    return item, raised(play, item=item, title=f"{WORD} er købt")


@pytest.mark.parametrize("who", ["employee", "administrator", "director"])
def test_the_journal_names_a_request_to_those_who_may_read_it_and_to_nobody_else(
    play: Play, who: str
) -> None:
    item, _case = about(play)
    requests = [one for one in read_by(play, who) if "købt" in one]
    assert requests == []
    assert [one for one in read_by(play, "steward") if "købt" in one]
    close(play, item)
    assert read_by(play, who) == []
    assert [one for one in read_by(play, "steward") if "købt" in one]


def test_no_mail_names_a_request_about_a_closed_item(play: Play) -> None:
    item, _case = about(play)
    consumers.read_on(play.cast.organisation, play.cast.at)
    close(play, item)
    assert mailed(play) == []


def test_no_mail_names_an_action_that_was_agreed_in_an_item_closed_since(play: Play) -> None:
    item = play.discussed(date(2026, 2, 1))
    due = play.cast.at.date() + timedelta(days=3)
    committees.add_action_point(
        item=item, text=f"{WORD} ryddes", owner=play.cast.people["steward"], due=due, **play.by("secretary")
    )
    remind_of_actions(play.cast.organisation, play.cast.at)
    close(play, item)
    assert mailed(play) == []


def test_nobody_who_is_not_let_in_brings_an_annex_to_it_or_takes_one_off(play: Play) -> None:
    item, note = play.item(who="lead"), ("bilag.txt", b"Bilag")
    does = play.by("digital_lead")
    kept = agenda.add_annex(item=item, file=files.keep(*note, *does.values()), **does)
    close(play, item)
    item = named(play, item)
    annex = find_annex(kept.ref)
    assert annex
    with pytest.raises(NotAllowed):
        agenda.add_annex(item=item, file=files.keep(*note, *does.values()), **does)
    with pytest.raises(NotAllowed):
        agenda.remove_annex(annex=annex, **does)
    agenda.remove_annex(annex=annex, **play.by("secretary"))
