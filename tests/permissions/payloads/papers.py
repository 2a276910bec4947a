"""What is done with the papers around meetings: closing items, signing all of it, calendars, outcomes back."""

from collections.abc import Callable, Mapping
from typing import Any

from django.core import signing as seals

from samspil.dialogue.closing import actions as closing
from samspil.dialogue.exchange import actions as exchange
from samspil.dialogue.exchange.outcomes import Row
from samspil.dialogue.exchange.views import SEAL
from samspil.dialogue.feed import actions as feed
from samspil.dialogue.minutes import actions as minutes
from samspil.dialogue.minutes.whole import whole
from samspil.dialogue.permissions import PERMISSIONS
from samspil.organisation import actions as house
from samspil.organisation.viewer import Viewer
from tests.permissions.payloads.deed import Deed, Form, reads, who
from tests.permissions.world import World


def _close(world: World, by: Viewer) -> object:
    return closing.close_item(
        item=world.item("waiting"), because="personal", until=world.day(30), **who(world, by)
    )


def _change_day(world: World, by: Viewer) -> object:
    return closing.change_closed_item(item=world.item("closed_item"), until=world.day(40), **who(world, by))


def _open(world: World, by: Viewer) -> object:
    return closing.open_item(item=world.item("closed_item"), **who(world, by))


def _sha256(world: World) -> str:
    """The hash of the meeting that was held, as somebody in the committee reads it."""
    return whole(world.meeting("held"), world.viewer("chair")).sha256


def _release(world: World, by: Viewer) -> object:
    return minutes.release_meeting(
        meeting=world.meeting("held"), sha256=_sha256(world), left_out={}, **who(world, by)
    )


def _approve(world: World, by: Viewer) -> object:
    return minutes.approve_meeting(
        meeting=world.meeting("held"), sha256=_sha256(world), left_out={}, **who(world, by)
    )


def _rows(world: World) -> list[Row]:
    item = world.item("held_item")
    outcome = item.regime.body["outcomes"][0]["title"]
    return [Row(2, item=item.ref, outcome=outcome, text="Drøftet i det andet system")]


def _take_in(world: World, by: Viewer) -> object:
    return exchange.take_in_outcomes(meeting=world.meeting("held"), rows=_rows(world), **who(world, by))


def _take_in_form(world: World) -> Form:
    lines = seals.dumps([vars(row) for row in _rows(world)], salt=SEAL, compress=True)
    return {"lines": lines, "seen": exchange.standing(world.meeting("held"))}


def _make_feed(world: World, by: Viewer) -> object:
    return feed.make_feed(**who(world, by))


def _withdraw_feed(world: World, by: Viewer) -> object:
    return feed.withdraw_feed(**who(world, by))


def _set_mail_hour(world: World, by: Viewer) -> object:
    return house.set_mail_hour(mail_hour=9, **who(world, by))


DEEDS: tuple[Deed, ...] = (
    Deed(
        "dialogue.close_item",
        _close,
        "dialogue:close_item",
        lambda world: {"because": "personal", "until": world.day(30).isoformat()},
    ),
    Deed(
        "dialogue.change_closed_item",
        _change_day,
        "dialogue:change_closed_item",
        lambda world: {"until": world.day(40).isoformat()},
    ),
    Deed("dialogue.open_item", _open, "dialogue:open_item", lambda _world: {}),
    Deed(
        "dialogue.release_meeting",
        _release,
        "dialogue:release_meeting",
        lambda world: {"sha256": _sha256(world)},
        journalled=2,
    ),
    Deed(
        "dialogue.approve_meeting",
        _approve,
        "dialogue:approve_meeting",
        lambda world: {"sha256": _sha256(world)},
        journalled=2,
    ),
    Deed("dialogue.take_in_outcomes", _take_in, "dialogue:take_in_outcomes", _take_in_form, journalled=3),
    reads(PERMISSIONS, "see_own_feed"),
    Deed("dialogue.make_feed", _make_feed, "dialogue:make_feed", lambda _world: {}),
    Deed("dialogue.withdraw_feed", _withdraw_feed, "dialogue:withdraw_feed", lambda _world: {}),
    Deed(
        "organisation.set_mail_hour",
        _set_mail_hour,
        "organisation:set_mail_hour",
        lambda _world: {"mail_hour": "9"},
    ),
)


def _ref(name: str, *more: str) -> Callable[[World], list[Any]]:
    return lambda world: [world.refs[name], *more]


def _nothing(_world: World) -> list[str]:
    return []


ADDRESSES: Mapping[str, Callable[[World], list[str]]] = {
    "dialogue:close_item": _ref("waiting"),
    "dialogue:change_closed_item": _ref("closed_item"),
    "dialogue:open_item": _ref("closed_item"),
    "dialogue:minutes_of_meeting": _ref("held"),
    "dialogue:minutes_of_meeting_file": _ref("held", "docx"),
    "dialogue:release_meeting": _ref("held"),
    "dialogue:approve_meeting": _ref("held"),
    "dialogue:cases": _ref("held"),
    "dialogue:cases_file": _ref("meeting", "docx"),
    "dialogue:case_file": _ref("item", "docx"),
    "dialogue:take_in_outcomes": _ref("held"),
    "dialogue:own_feed": _nothing,
    "dialogue:make_feed": _nothing,
    "dialogue:withdraw_feed": _nothing,
    "dialogue:meeting_as_calendar": _ref("meeting"),
    "organisation:set_mail_hour": _nothing,
}
