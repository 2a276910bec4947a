"""An item is closed for a time with a reason from the law; on its day it opens by itself."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from samspil.dialogue.closing import actions
from samspil.dialogue.closing.opening import tell_opened
from samspil.dialogue.closing.reasons import reasons_of
from samspil.dialogue.confidential import as_seen_by, hidden_items, may_read, readable
from samspil.dialogue.models import Item
from samspil.dialogue.tests.conftest import Play, noon
from samspil.initiative.models import Notice
from samspil.kit.refusal import NotAllowed, Refused
from tests.cast import NAMES

TODAY, OPENS = date(2026, 2, 1), date(2026, 3, 1)
LET_IN = ("lead", "owner", "chair", "vice_chair", "secretary", "steward", "management_member")


@pytest.fixture
def item(play: Play) -> Item:
    play.meeting(date(2026, 2, 18))
    return play.item()


def closed(play: Play, item: Item, until: date = OPENS) -> Item:
    return actions.close_item(item=item, because="personal", until=until, **play.by("secretary"))


def test_a_closed_item_has_its_reason_and_its_day(play: Play, item: Item) -> None:
    closed(play, item)
    item.refresh_from_db()
    assert item.confidential_until == OPENS
    assert "forvaltningsloven § 27" in item.confidential_because


@pytest.mark.parametrize("until", [TODAY, TODAY - timedelta(days=1), date(2031, 2, 2), date(9999, 12, 31)])
def test_a_limit_in_time_that_can_be_lived_to_see_is_asked_for(play: Play, item: Item, until: date) -> None:
    with pytest.raises(Refused):
        closed(play, item, until)


def test_a_reason_outside_the_table_is_refused(play: Play, item: Item) -> None:
    with pytest.raises(Refused):
        actions.close_item(item=item, because="because", until=OPENS, **play.by("secretary"))


def test_the_reasons_are_those_of_the_country_and_say_that_they_are_to_be_checked(
    play_under: Callable[[str], Play],
) -> None:
    danish, swedish = (reasons_of(play_under(key).cast.organisation) for key in ("MED", "samverkan"))
    assert all("forvaltningsloven" in one.law for one in danish.known.values())
    assert all("OSL" in one.law for one in swedish.known.values())
    assert "jurist" in danish.source
    assert "kontrollera" in swedish.source


@pytest.mark.parametrize("who", [who for who in NAMES if who not in ("chair", "vice_chair", "secretary")])
def test_only_those_who_run_the_committee_close_open_or_move(play: Play, item: Item, who: str) -> None:
    closed(play, item)
    for call in (
        lambda: actions.close_item(item=item, because="personal", until=OPENS, **play.by(who)),
        lambda: actions.change_closed_item(item=item, until=date(2026, 4, 1), **play.by(who)),
        lambda: actions.open_item(item=item, **play.by(who)),
    ):
        with pytest.raises(NotAllowed):
            call()


@pytest.mark.parametrize("who", list(NAMES))
def test_it_is_hidden_until_its_day_from_all_but_those_let_in(play: Play, item: Item, who: str) -> None:
    item = closed(play, item)
    for on, open_to_all in ((OPENS - timedelta(days=1), False), (OPENS, True)):
        viewer = play.cast.viewer(who, noon(on))
        assert may_read(viewer, item) == (open_to_all or who in LET_IN)


def test_it_opens_at_once_when_somebody_opens_it_and_moves_when_somebody_moves_it(
    play: Play, item: Item
) -> None:
    closed(play, item)
    moved = actions.change_closed_item(item=item, until=date(2026, 4, 1), **play.by("chair"))
    assert not may_read(play.cast.viewer("employee", noon(OPENS)), moved)
    opened = actions.open_item(item=item, **play.by("chair"))
    assert may_read(play.cast.viewer("employee"), opened)
    with pytest.raises(Refused):
        actions.open_item(item=item, **play.by("chair"))


def test_the_committee_is_told_on_the_day_and_once(play: Play, item: Item) -> None:
    closed(play, item)
    tell_opened(play.cast.organisation, noon(OPENS - timedelta(days=1)))
    assert not Notice.objects.filter(kind="item_opened").exists()
    for days in (0, 0, 1, 5):
        tell_opened(play.cast.organisation, noon(OPENS + timedelta(days=days)))
    told = sorted(str(one.person) for one in Notice.objects.filter(kind="item_opened"))
    members = ("chair", "vice_chair", "secretary", "steward", "management_member")
    assert told == sorted(NAMES[who] for who in members)


DAYS = st.integers(-40, 400).map(lambda days: TODAY + timedelta(days=days))


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    until=st.none() | DAYS,
    today=DAYS,
    who=st.sampled_from(sorted(NAMES)),
    asked_by=st.sampled_from(sorted(NAMES)),
)
def test_lists_and_pages_agree_on_who_may_read(
    play: Play, item: Item, until: date | None, today: date, who: str, asked_by: str
) -> None:
    Item.objects.filter(pk=item.pk).update(confidential_until=until, requested_by=play.cast.people[asked_by])
    kept = Item.objects.select_related("thing", "initiative").get(pk=item.pk)
    viewer = play.cast.viewer(who, noon(today))
    may = until is None or today >= until or who in LET_IN or who == asked_by
    assert may_read(viewer, kept) == may
    assert Item.objects.filter(readable(viewer), pk=kept.pk).exists() == may
    assert hidden_items([kept.ref], viewer) == (set() if may else {kept.ref})
    assert (as_seen_by(viewer, [kept])[0] is kept) == may
