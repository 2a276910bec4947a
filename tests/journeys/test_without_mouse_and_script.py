"""Answering and approving by keyboard alone, with JavaScript off, at 360 px and at 400 % zoom."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from samspil.dialogue import actions as dialogue
from samspil.dialogue.models import Item, PreparatoryAnswer
from samspil.initiative import actions
from samspil.kit import clock
from samspil.organisation.scope import scope
from tests.cast import AT, Cast
from tests.journeys.walker import Walker

ANSWER = "Det mærker vi om natten, når vi er to om det hele."
LATER = AT + timedelta(days=40)
WAYS = {
    "script off at 360 px": {"width": 360, "script": False},
    "400 % zoom": {"width": 320},
    "script off at 400 % zoom": {"width": 320, "script": False},
}


@pytest.fixture
def item(fjordby: Cast) -> Item:
    """An item on the agenda of the local committee in forty days."""
    lead = fjordby.viewer("lead")
    with scope(fjordby.organisation):
        need = actions.raise_need(
            problem="Vagtplanen", for_whom="Natholdet", if_nothing="Vikarer", by=lead, at=AT
        )
        initiative = actions.start_initiative(
            needs=[need], units=[fjordby.units["workplace"]], owner=fjordby.people["owner"], by=lead, at=AT
        )
        meeting = dialogue.plan_meeting(
            committee=fjordby.committees["local"],
            on=LATER.date(),
            by=fjordby.viewer("secretary"),
            at=AT,
        )
        return dialogue.request_item(initiative=initiative, meeting=meeting, by=lead, at=AT)


def released(cast: Cast, item: Item) -> None:
    """The meeting has been held and the minutes are released."""
    clock.move_to(LATER)
    with scope(cast.organisation):
        secretary = cast.viewer("secretary", LATER)
        item.refresh_from_db()
        dialogue.record_outcome(
            item=item, outcomes=[dialogue.NewOutcome("discussed")], by=secretary, at=LATER
        )
        item.refresh_from_db()
        minutes = dialogue.write_minutes(item=item, version=0, text="Drøftet.", by=secretary, at=LATER)
        for who in ("chair", "vice_chair"):
            item.refresh_from_db()
            dialogue.release_minutes(item=item, sha256=minutes.sha256, by=cast.viewer(who, LATER), at=LATER)


def answers(cast: Cast) -> list[str]:
    with scope(cast.organisation):
        return list(PreparatoryAnswer.objects.values_list("text", flat=True))


def status(cast: Cast) -> str:
    with scope(cast.organisation):
        return Item.objects.get().status


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS.keys())
def test_the_vice_chair_answers_and_approves(
    fjordby: Cast, item: Item, walk_as: Callable[..., Walker], way: dict[str, Any]
) -> None:
    walker = walk_as(fjordby, "vice_chair", **way).go(f"/fjordby/items/{item.ref}/")
    walker.page.locator("textarea[name^=text_]").first.fill(ANSWER)
    walker.send("csrfmiddlewaretoken")
    assert answers(fjordby) == [ANSWER]
    released(fjordby, item)
    for who in ("chair", "vice_chair"):
        walk_as(fjordby, who, **way).go(f"/fjordby/items/{item.ref}/text/approve/").send("sha256")
    assert status(fjordby) == "approved"


def press_until(walker: Walker, wanted: str, most: int = 150) -> None:
    """Press Tab until the focus stands on something that matches, and see that the focus can be seen."""
    for _step in range(most):
        walker.page.keyboard.press("Tab")
        found = walker.page.evaluate(
            """wanted => {
                const node = document.activeElement, style = getComputedStyle(node);
                const seen = style.outlineStyle !== 'none' || style.boxShadow !== 'none';
                return {there: node.matches(wanted), seen: seen || node.tagName === 'BODY', html: node.outerHTML};
            }""",
            wanted,
        )
        assert found["seen"], f"no visible focus on {found['html'][:120]}"
        if found["there"]:
            return
    raise AssertionError(f"{wanted} was not reached by keyboard")


def press_enter(walker: Walker) -> None:
    with walker.page.expect_navigation():
        walker.page.keyboard.press("Enter")
    walker.look_around()


def test_by_keyboard_alone(fjordby: Cast, item: Item, walk_as: Callable[..., Walker]) -> None:
    walker = walk_as(fjordby, "vice_chair").go(f"/fjordby/items/{item.ref}/")
    press_until(walker, "textarea[name^=text_]")
    walker.page.keyboard.type(ANSWER)
    press_until(walker, "#answers form button[type=submit]")
    press_enter(walker)
    assert answers(fjordby) == [ANSWER]
    released(fjordby, item)
    for who in ("chair", "vice_chair"):
        signing = walk_as(fjordby, who).go(f"/fjordby/items/{item.ref}/text/approve/")
        press_until(signing, "#main-content form button[type=submit]")
        press_enter(signing)
    assert status(fjordby) == "approved"


def test_a_draft_survives_a_closed_browser(fjordby: Cast, item: Item, walk_as: Callable[..., Walker]) -> None:
    walker = walk_as(fjordby, "vice_chair").go(f"/fjordby/items/{item.ref}/")
    box = walker.page.locator("textarea[name^=text_]").first
    box.fill(ANSWER)
    walker.page.locator("[data-draft-state]:not(:empty)").wait_for()
    walker.page.close()
    again = walk_as(fjordby, "vice_chair").go(f"/fjordby/items/{item.ref}/")
    assert again.page.locator("textarea[name^=text_]").first.input_value() == ANSWER
    assert answers(fjordby) == []
