"""From the poster to ten answers: by keyboard, with a connection that drops, and without a script."""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from samspil.involvement.opinions import actions as opinions
from samspil.involvement.opinions import ready
from samspil.involvement.opinions.models import RoundStatement, Vote
from samspil.organisation.scope import scope
from samspil.participation import actions as rounds
from samspil.participation.actions import Plan
from samspil.participation.models import Round
from tests.cast import AT, Cast
from tests.journeys.walker import Walker

Phone = Callable[..., Walker]


@pytest.fixture
def round_(fjordby: Cast) -> Round:
    with scope(fjordby.organisation):
        by = fjordby.viewer("digital_lead")
        plan = Plan(
            title="Vagtplanen",
            purpose="Vi vil vide, hvad planen gør ved aftenerne.",
            opens_on=by.today,
            closes_on=by.today + timedelta(days=4000),  # the browser has a clock of its own
            language="da",
            legal_basis="Kommunens adgang til at høre sine ansatte",
            by_link=True,
        )
        made = rounds.plan_round(plan=plan, by=by, at=AT)
        said = ready.theme(made, "new_system")
        assert said
        opinions.add_statements(round_=made, written=said.statements, language="da", by=by, at=AT)
        return rounds.open_round(round_=made, by=by, at=AT)


@pytest.fixture
def phone(house: Any, browser: Browser) -> Iterator[Phone]:
    """Somebody's own device, on which nobody is signed in."""
    contexts = []

    def take(*, width: int = 360, script: bool = True) -> Walker:
        context = browser.new_context(
            viewport={"width": width, "height": 800}, java_script_enabled=script, locale="da-DK"
        )
        contexts.append(context)
        return Walker(context.new_page(), house.url, axe=script)

    yield take
    for context in contexts:
        context.close()


def votes(cast: Cast) -> list[tuple[int, int]]:
    with scope(cast.organisation):
        return list(Vote.objects.order_by("statement__number").values_list("statement__number", "value"))


def test_ten_answers_by_keyboard_one_undone_one_added_and_none_lost(
    fjordby: Cast, round_: Round, phone: Phone
) -> None:
    walker = phone(width=1280).go(f"/p/{round_.code}/")
    page = walker.page
    page.locator(".p-start button").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/statements/")
    progress = page.locator(".vote-progress")
    for nth, key in enumerate("adpadpad", 1):
        page.keyboard.press(key)
        expect(progress).to_have_text(re.compile(rf"^{nth}\b"))
    walker.look_around()
    assert [value for _number, value in votes(fjordby)].count(0) == 2
    page.locator(".vote-on form button").focus()
    page.keyboard.press("Enter")
    expect(progress).to_have_text(re.compile(r"^7\b"))
    assert len(votes(fjordby)) == 7
    _without_a_connection(walker)
    page.keyboard.press("p")
    expect(page.locator("#ask-title")).not_to_have_class("vote-statement", timeout=8000)
    assert len(votes(fjordby)) == 10
    walker.look_around()
    _add_one(walker, fjordby)


def _without_a_connection(walker: Walker) -> None:
    """Two answers while nothing can be sent: one sees it, and they go off when there is a connection again."""
    page, heard = walker.page, len(walker.complaints)
    asked = page.locator("#ask-title").inner_text()
    page.context.set_offline(True)
    page.keyboard.press("d")
    expect(page.locator("[data-unsent]")).not_to_be_empty(timeout=5000)
    page.context.set_offline(False)
    expect(page.locator("#ask-title")).not_to_have_text(asked, timeout=8000)
    expect(page.locator("[data-unsent]")).to_be_empty()
    page.keyboard.press("a")
    expect(page.locator(".vote-progress")).to_have_text(re.compile(r"^9\b"))
    del walker.complaints[heard:]  # the browser itself says that it had no connection


def _add_one(walker: Walker, cast: Cast) -> None:
    walker.go(f"{walker.page.url.split('/p/')[1].join(['/p/', ''])}own/")
    walker.write("text", "Vi mangler tid til at vise hinanden det nye.")
    walker.page.locator(".form-buttons button").press("Enter")
    walker.page.wait_for_load_state()
    walker.look_around()
    walker.page.locator("button[name=send]").press("Enter")
    walker.page.wait_for_url("**/answers/")
    walker.look_around()
    with scope(cast.organisation):
        assert RoundStatement.objects.get(seeded=False).state == "waiting"


def test_without_a_script_at_400_percent(fjordby: Cast, round_: Round, phone: Phone) -> None:
    walker = phone(width=320, script=False).go(f"/p/{round_.code}/")
    walker.page.locator(".p-start button").click()
    for value in ("agree", "disagree", "pass") * 3 + ("agree",):
        walker.page.locator(f"button[value={value}]").click()
        walker.look_around()
    assert len(votes(fjordby)) == 10
    assert walker.page.locator("button[value=agree]").count() == 0
