"""Closing, moving and opening an item follow it to where it was sent on or taken up before."""

from datetime import date, timedelta

import pytest

from samspil.dialogue import actions as committees
from samspil.dialogue.closing import actions
from samspil.dialogue.models import Item
from samspil.dialogue.replies import actions as replies
from samspil.dialogue.replies.tests.conftest import Below, below
from samspil.dialogue.tests.conftest import Play, told_by
from samspil.initiative import journal
from samspil.kit.refusal import Refused
from samspil.organisation.models import Committee

__all__ = ["below"]
MET = date(2026, 2, 1)
OPENS, LATER = date(2026, 3, 20), date(2026, 5, 1)


def close(play: Play, item: Item, until: date = OPENS) -> Item:
    return actions.close_item(item=item, because="personal", until=until, **play.by("secretary"))


def move(play: Play, item: Item, until: date) -> None:
    actions.change_closed_item(item=item, until=until, **play.by("secretary"))


def day_of(item: Item) -> date | None:
    return Item.objects.get(pk=item.pk).confidential_until


@pytest.fixture
def sent_on(play: Play) -> tuple[Item, Item]:
    """An item that was referred up to the main committee, and the one that stands there."""
    item = play.discussed(MET, "referred_up")
    return item, Item.objects.get(committee=play.cast.committees["main"])


def test_what_was_referred_up_is_closed_moved_and_opened_with_its_item(
    play: Play, sent_on: tuple[Item, Item]
) -> None:
    item, copy = sent_on
    close(play, item)
    kept = Item.objects.get(pk=copy.pk)
    assert kept.confidential_until == OPENS
    assert kept.confidential_because == Item.objects.get(pk=item.pk).confidential_because
    move(play, item, LATER)
    assert day_of(copy) == LATER
    move(play, item, OPENS - timedelta(days=5))
    assert day_of(copy) == OPENS - timedelta(days=5)
    actions.open_item(item=item, **play.by("chair"))
    assert day_of(copy) is None


def test_each_of_them_has_its_row_in_the_journal(play: Play, sent_on: tuple[Item, Item]) -> None:
    close(play, sent_on[0])
    rows = journal.rows().filter(verb="dialogue.item_closed")
    assert [row.thing for row in rows] == [one.ref for one in sent_on]


def test_what_was_taken_up_below_is_closed_with_its_item(below: Below) -> None:
    sending = below.send()
    taken = replies.take_up(asked=below.asked(sending), **below.play.by("chair"))
    close(below.play, below.item)
    assert day_of(taken) == OPENS


def test_what_is_taken_up_below_while_the_item_is_closed_is_born_closed(below: Below) -> None:
    sending = below.send()
    close(below.play, below.item)
    taken = replies.take_up(asked=below.asked(sending), **below.play.by("chair"))
    assert day_of(taken) == OPENS


def test_it_is_followed_over_two_committees(below: Below) -> None:
    play = below.play
    taken = replies.take_up(asked=below.asked(below.send()), **play.by("chair"))
    refer_on(play, taken)
    close(play, below.item)
    items = Item.objects.exclude(pk=below.item.pk)
    assert {day_of(one) for one in items} == {OPENS}
    assert items.count() == 2


def refer_on(play: Play, item: Item) -> None:
    """The committee below puts it on its own agenda and refers it up."""
    meeting = play.meeting(MET, item.committee.level)
    committees.place_item(item=item, meeting=meeting, **play.by("secretary"))
    placed = Item.objects.select_related("thing", "regime", "organisation", "committee").get(pk=item.pk)
    outcome = committees.NewOutcome("referred_up", told=told_by(MET))
    committees.record_outcome(item=placed, outcomes=[outcome], **play.by("secretary", MET))


def test_one_that_its_own_committee_closed_for_longer_stays_so(
    play: Play, sent_on: tuple[Item, Item]
) -> None:
    item, copy = sent_on
    close(play, copy, LATER)
    close(play, item)
    assert day_of(copy) == LATER
    actions.open_item(item=item, **play.by("chair"))
    assert day_of(copy) == LATER


def test_nobody_opens_it_before_the_one_it_came_from(play: Play, sent_on: tuple[Item, Item]) -> None:
    item, copy = sent_on
    close(play, item)
    for early in (
        lambda: actions.open_item(item=copy, **play.by("chair")),
        lambda: move(play, copy, OPENS - timedelta(days=1)),
    ):
        with pytest.raises(Refused, match="closed until"):
            early()
    move(play, copy, LATER)
    assert (day_of(item), day_of(copy)) == (OPENS, LATER)


def test_the_others_of_that_committee_are_not_touched(play: Play, sent_on: tuple[Item, Item]) -> None:
    other = play.item(committee=Committee.objects.get(level="main"))
    close(play, sent_on[0])
    assert day_of(other) is None
