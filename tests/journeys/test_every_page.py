"""Every page behind the door, and the page after every action, is usable by everyone.

Everything that can be done waits to be done in one organisation. Each page is opened by somebody who may open
it, each form is sent once with nothing in it and once as it should be; axe, the console and the Content-
Security-Policy stay silent throughout, and nothing has to be scrolled sideways.
"""

import random
import re
from collections.abc import Callable, Iterator
from typing import Any, TypeVar

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation

from samspil.organisation.models import JournalRow
from samspil.organisation.scope import scope
from tests.journeys.walker import Walker
from tests.permissions.addresses import Address, behind_the_door
from tests.permissions.law import expected
from tests.permissions.payloads import DEEDS, Deed, path_of
from tests.permissions.world import PERSONS, World, furnish

One = TypeVar("One", Address, Deed)
FILES = (
    "_file",
    "_template",
    "_as_calendar",
    ":agenda",
    ":export",
    ":urn_boxes",
    ":moderation_log",
    ":live_screen_now",
)
IN_THE_BACKGROUND = "save_draft"  # answers no page
HELD_BY_LINK = "organisation:come_in"  # opened by somebody who is not signed in
# What would stand in the way of others comes after them; some come before what would overtake them.
FIRST = (
    *("start_initiative", "date_ai_duty", "take_place"),
    *("contest_case", "word_assumption", "answer_remark"),
)
LATE = (
    "publish_wording",
    "withdraw_item",
    "record_meeting_elsewhere",
    "decide_gate",
    "correct_meeting_date",
    "record_meeting",
    "open_round",
    "close_round",
    "decline_benefit",
    "hand_over_benefit",
    "take_out_benefit",
)
# What one signs piece by piece, another signs as a whole.
BY_ANOTHER = ("release_meeting", "approve_meeting")
# A list that was taken over is no longer there to be thrown away.
USED_UP = {"throw_away_list": "bring_list", "throw_away_projects": "bring_projects"}
LAST = ("finish_action_point", "person_leaves", "erase_person", "set_regime", "switch_room")
DAILY_PAGES, DAILY_FORMS = 0.2, 0.08  # `make prove` opens and sends all of them
REFUSED = re.compile("status of 4[0-9][0-9]")  # the console repeats what the page says
SEND = """([action, fields, token]) => {
    const form = document.createElement('form');
    form.method = 'post';
    form.enctype = 'multipart/form-data';
    form.action = action;
    for (const [name, value] of [...fields, ['csrfmiddlewaretoken', token]]) {
        const input = document.createElement('input');
        input.name = name;
        if (value.words === undefined) {
            input.type = 'hidden'; input.value = value;
        } else {
            const chosen = new DataTransfer();
            chosen.items.add(new File([value.words], value.name));
            input.type = 'file'; input.files = chosen.files; input.hidden = true;
        }
        form.append(input);
    }
    document.body.append(form);
    form.submit();
}"""


@pytest.fixture
def world(house: Any) -> World:
    return furnish("fjordby", "MED", str)


def pages() -> list[Address]:
    return [
        one
        for one in behind_the_door()
        if "GET" in one.methods and not one.name.endswith(FILES) and one.name != HELD_BY_LINK
    ]


def forms() -> list[Deed]:
    """Every form with its payload, in an order in which all of them can be done."""
    found = [one for one in DEEDS if one.form and one.address not in (IN_THE_BACKGROUND, HELD_BY_LINK)]
    return sorted(found, key=turn)


def drawn(all_of_them: list[One], share: float) -> list[One]:
    """As many of them, in their order; the same every day, so that a failure can be seen again."""
    dice = random.Random("the page after every action")
    kept = {one.name for one in dice.sample(all_of_them, round(len(all_of_them) * share))}
    return [one for one in all_of_them if one.name in kept]


def turn(deed: Deed) -> int:
    names = {deed.action.partition(".")[2], deed.address.partition(":")[2]}
    turns = [FIRST, (), LATE, LAST]
    return next((place for place, listed in enumerate(turns) if names & {*listed}), 1)


def somebody_who_may(action: str) -> str:
    allowed = [who for who in PERSONS if who in expected()[action]]
    return allowed[-1 if action.partition(".")[2] in BY_ANOTHER else 0]


@pytest.fixture
def visit(world: World, walk_as: Callable[..., Walker]) -> Callable[..., Walker]:
    """Each of the cast in a browser of their own, all of one width and language."""
    known: dict[str, Walker] = {}

    def as_one_of_the_cast(who: str, *, width: int, language: str) -> Walker:
        if who not in known:
            known[who] = walk_as(world.cast, who, width=width)
            cookie = {"name": settings.LANGUAGE_COOKIE_NAME, "value": language, "url": known[who].address}
            known[who].page.context.add_cookies([cookie])  # type: ignore[list-item]
        return known[who]

    return as_one_of_the_cast


@pytest.mark.parametrize(
    ("language", "width", "share"),
    [
        ("sv", 320, DAILY_PAGES),
        pytest.param("sv", 320, 1, marks=pytest.mark.prove),
        pytest.param("da", 1280, 1, marks=pytest.mark.prove),
    ],
)
def test_every_page_is_usable_by_everyone(
    world: World, visit: Callable[..., Walker], language: str, width: int, share: float
) -> None:
    for address in drawn(pages(), share):
        walker = visit(somebody_who_may(address.action), width=width, language=language)
        with scope(world.cast.organisation):
            path = path_of(address.name, world)
        walker.go(path)
        assert walker.page.locator("html").get_attribute("lang") == language, address
        assert walker.page.locator("h1").count() == 1, address


@pytest.mark.parametrize("share", [DAILY_FORMS, pytest.param(1, marks=pytest.mark.prove)])
def test_the_page_after_every_action_is_usable_by_everyone(
    world: World, visit: Callable[..., Walker], share: float
) -> None:
    for deed in drawn(forms(), share):
        bring_again(deed, world)
        walker = visit(somebody_who_may(deed.action), width=1280, language="sv")
        path, fields, rows = as_sent(deed, world)
        if fields:
            send(walker, path, [])
        if journalled(world) > rows:
            continue  # nothing had to be filled in
        path, fields, rows = as_sent(deed, world)
        send(walker, path, fields)
        done = journalled(world) > rows or not deed.journalled
        assert done, f"{deed.name}: {walker.page.locator('#main-content').inner_text()}"


def bring_again(deed: Deed, world: World) -> None:
    """What was used up is brought again, so that something can be done with it."""
    brings = USED_UP.get(deed.action.partition(".")[2])
    if not brings:
        return
    again = next(one for one in DEEDS if one.action.partition(".")[2] == brings and one.call)
    assert again.call is not None
    with scope(world.cast.organisation):
        found: Any = again.call(world, world.viewer(somebody_who_may(again.action)))
        world.refs["list" if brings == "bring_list" else "projects"] = found.ref


def as_sent(deed: Deed, world: World) -> tuple[str, list[tuple[str, Any]], int]:
    """Where a form is sent, what stands in it for a reader of Swedish, and how much has happened so far."""
    assert deed.form is not None
    with scope(world.cast.organisation), translation.override("sv"):
        return path_of(deed.address, world), list(as_typed(deed.form(world))), journalled(world)


def journalled(world: World) -> int:
    with scope(world.cast.organisation):
        return JournalRow.objects.count()


def send(walker: Walker, path: str, fields: list[tuple[str, Any]]) -> int:
    """Send a form as a browser does; tells the status of the page it ends on."""
    token = walker.page.locator("input[name=csrfmiddlewaretoken]")
    if not token.count():
        walker.go("/")
    with walker.page.expect_navigation() as arrived:
        walker.page.evaluate(SEND, [path, fields, token.first.input_value()])
    walker.complaints = [one for one in walker.complaints if not REFUSED.search(one)]
    walker.look_around()
    return arrived.value.status if arrived.value else 0


def as_typed(form: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """Each field by itself; a file by its name and its words."""
    for name, value in form.items():
        for one in value if isinstance(value, list | tuple) else [value]:
            is_file = isinstance(one, SimpleUploadedFile)
            yield name, {"name": one.name, "words": one.read().decode()} if is_file else str(one)
