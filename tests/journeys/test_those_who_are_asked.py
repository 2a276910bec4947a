"""From the poster to the first statement in two taps; on paper, on a shared device, on a poor connection."""

import random
from collections.abc import Callable, Iterator
from typing import Any

import brotli
import pytest
from playwright.sync_api import Browser, Page, Response

from samspil.initiative import actions as hall
from samspil.involvement.opinions.actions import add_statements
from samspil.involvement.opinions.models import Vote
from samspil.organisation.scope import scope
from samspil.participation import actions, codes, doorway
from samspil.participation.handing_out import actions as handing_out
from samspil.participation.models import Participant, Round
from samspil.participation.tests.asking import organiser, plan_of
from tests.cast import AT, Cast
from tests.journeys.phones import GONE, SLOW, Phone, phone
from tests.journeys.walker import Walker

HEAVIEST = 200_000  # bytes of a page, cold and compressed, fonts included
PACKED = ("woff2", "png")  # compressed already
SHEETS = 20
LINES = 10


@pytest.fixture
def round_(fjordby: Cast) -> Round:
    """Ten statements, by the open link and on twenty-five sheets."""
    with scope(fjordby.organisation):
        does: dict[str, Any] = {"by": organiser(fjordby, AT), "at": AT}
        plan = plan_of(fjordby, AT, by_link=True, groups=[fjordby.groups["citizens"]])
        planned = actions.plan_round(plan=plan, **does)
        written = [f"Planen gør det lettere at holde aftaler, nummer {n}." for n in range(LINES)]
        add_statements(round_=planned, written=written, language="da", **does)
        citizens = planned.asked.get(group__isnull=False)
        handing_out.make_codes(asked=citizens, count=SHEETS + 5, **does)
        return actions.open_round(round_=planned, **does)


def sheets(cast: Cast, round_: Round) -> list[str]:
    with scope(cast.organisation):
        electors = round_.electors.filter(person=None).order_by("pk")
        return [codes.code_of_link(round_.code, one.ref) for one in electors]


def votes(cast: Cast) -> int:
    with scope(cast.organisation):
        return Vote.objects.count()


def weight(page: Page, came: list[Response]) -> int:
    """What a page weighs on the wire, cold: text is sent compressed in production, as it is here."""
    addresses = {one.url for one in came if one.status == 200 and not one.url.startswith("data:")}
    bodies = [(address, page.request.get(address).body()) for address in addresses]
    return sum(
        len(body) if url.endswith(PACKED) else len(brotli.compress(body, quality=5)) for url, body in bodies
    )


@pytest.mark.parametrize(
    "language", ["da", *(pytest.param(one, marks=pytest.mark.prove) for one in ("sv", "en"))]
)
def test_from_the_poster_to_the_first_statement(
    house: Any, browser: Browser, fjordby: Cast, round_: Round, language: str
) -> None:
    """One tap after the scan; light, readable at 400 % zoom, in every language."""
    context = browser.new_context(viewport={"width": 320, "height": 640})
    context.add_cookies([{"name": "django_language", "value": language, "url": house.url}])
    walker = Walker(context.new_page(), house.url)
    came: list[Response] = []
    walker.page.on("response", lambda response: came.append(response))
    walker.go(f"/p/{round_.code}/")
    walker.page.wait_for_load_state("networkidle")
    assert weight(walker.page, came) <= HEAVIEST
    assert walker.page.locator("html").get_attribute("lang") == language
    came.clear()
    walker.page.locator(".p-start button").click()
    walker.page.wait_for_load_state("networkidle")
    walker.look_around()
    assert walker.page.locator("button[name=value]").count() == 3
    assert weight(walker.page, came) <= HEAVIEST
    walker.page.locator("button[value=agree]").click()
    walker.page.wait_for_load_state("networkidle")
    walker.look_around()
    assert votes(fjordby) == 1
    walker.go(f"/p/{round_.code}/receipt/")
    receipt = walker.page.locator(".p-code").inner_text()
    walker.go(f"/p/{round_.code}/follow/")
    walker.page.locator("[name=receipt]").fill(receipt)
    with walker.page.expect_navigation():
        walker.page.keyboard.press("Enter")
    walker.look_around()
    assert walker.page.locator(".alert-success").count() == 1
    context.close()


def test_without_script_and_by_keyboard(house: Any, browser: Browser, fjordby: Cast, round_: Round) -> None:
    context = browser.new_context(viewport={"width": 320, "height": 640}, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{house.url}/p/{round_.code}/with/{sheets(fjordby, round_)[0]}/")
    page.locator(".p-start button").focus()
    page.keyboard.press("Enter")
    for _statement in range(LINES):
        page.locator("button[name=value]").nth(1).focus()
        with page.expect_navigation():
            page.keyboard.press("Enter")
    assert votes(fjordby) == LINES
    context.close()


def test_twenty_sheets_are_typed_in_by_keyboard_alone(
    walk_as: Callable[..., Walker], fjordby: Cast, round_: Round
) -> None:
    walker = walk_as(fjordby, "employee").go(f"/fjordby/rounds/{round_.ref}/enter/")
    keys, dice = walker.page.keyboard, random.Random(20)
    for code in sheets(fjordby, round_)[:SHEETS]:
        keys.type(code)
        keys.press("Enter")
        keys.type("".join(dice.choice("123") for _line in range(LINES)))
        with walker.page.expect_navigation():
            keys.press("Enter")
    walker.look_around()
    assert votes(fjordby) == SHEETS * LINES
    with scope(fjordby.organisation):
        kept = Participant.objects.filter(channel="paper", entered_by=fjordby.people["employee"])
        assert kept.count() == SHEETS
    keys.type(sheets(fjordby, round_)[0])
    keys.press("Enter")
    keys.type("3" * LINES)
    keys.press("Enter")
    walker.page.locator(".form-error-message").wait_for()
    assert votes(fjordby) == SHEETS * LINES


@pytest.fixture
def shared(house: Any, browser: Browser, fjordby: Cast, round_: Round) -> Iterator[Phone]:
    """A device that many use; its clock can be moved on."""
    found = phone(browser)
    found.page.clock.install()
    with scope(fjordby.organisation):
        key = doorway.kiosk_key(round_)
    found.page.goto(f"{house.url}/p/{round_.code}/kiosk/{key}/")
    found.page.locator(".p-start button").click()
    yield found
    found.context.close()


def kept_of(device: Phone, round_: Round) -> set[str]:
    names = {str(one["name"]) for one in device.context.cookies()}
    return names & {f"round_{round_.code}", f"receipt_{round_.code}"}


def test_a_shared_device_clears_itself_when_nobody_touches_it(
    house: Any, fjordby: Cast, round_: Round, shared: Phone
) -> None:
    page = shared.page
    page.locator(".p-start button").click()
    page.locator("button[value=agree]").click()
    page.wait_for_load_state("networkidle")
    assert kept_of(shared, round_) == {f"round_{round_.code}", f"receipt_{round_.code}"}
    page.clock.run_for(46_000)
    page.locator("[data-kiosk-still]:visible").wait_for()
    with page.expect_navigation():
        page.clock.run_for(15_000)
    page.locator(".p-start").wait_for()
    assert kept_of(shared, round_) == set()
    assert page.evaluate("localStorage.length") == 0
    with scope(fjordby.organisation):
        assert Participant.objects.get().channel == "kiosk"


def answer_on_poor_connections(
    house: Any, browser: Browser, cast: Cast, round_: Round, phones: int, statements: int, dice: random.Random
) -> None:
    """Each phone answers; now and then its line is gone for a while. Every answer is there in the end."""
    there = [phone(browser) for _one in range(phones)]
    for one in there:
        one.line(SLOW)
        one.page.goto(f"{house.url}/p/{round_.code}/", wait_until="domcontentloaded")
        one.page.locator(".p-start button").click()
        one.page.locator("#ask-title").wait_for()
    for _statement in range(statements):
        for one in there:
            dropped = dice.random() < 0.3
            before = one.statement
            if dropped:
                one.line(GONE)
            one.answer(dice.choice(("agree", "disagree", "pass")))
            if dropped:
                one.page.wait_for_timeout(50)
                one.line(SLOW)
            one.page.wait_for_function(
                "before => !document.querySelector('#ask-title') || document.querySelector('#ask-title').innerText !== before",
                arg=before,
                timeout=60_000,
            )
    assert votes(cast) == phones * statements
    with scope(cast.organisation):
        assert Participant.objects.count() == phones
    for one in there:
        one.context.close()


def test_phones_on_a_poor_connection_lose_nothing(
    house: Any, browser: Browser, fjordby: Cast, round_: Round
) -> None:
    answer_on_poor_connections(house, browser, fjordby, round_, 2, 3, random.Random(3))


@pytest.mark.prove
def test_twenty_five_phones_on_a_poor_connection_lose_nothing(
    house: Any, browser: Browser, fjordby: Cast, round_: Round
) -> None:
    seed = random.SystemRandom().randrange(10**9)
    print("seed", seed)
    answer_on_poor_connections(house, browser, fjordby, round_, 25, LINES, random.Random(seed))


def test_the_quick_way_is_two_fields_and_seven_presses(walk_as: Callable[..., Walker], fjordby: Cast) -> None:
    """From the page of an initiative to a round that is open; the last press is the one that can't be undone."""
    with scope(fjordby.organisation):
        lead = fjordby.viewer("lead")
        need = hall.raise_need(problem="Vagtplanen", for_whom="Nord", if_nothing="Vikarer", by=lead, at=AT)
        initiative = hall.start_initiative(
            needs=[need], units=[fjordby.units["workplace"]], owner=fjordby.people["owner"], by=lead, at=AT
        )
    walker = walk_as(fjordby, "lead").go(f"/fjordby/initiatives/{initiative.ref}/")
    pressed = 0

    def press(selector: str) -> None:
        nonlocal pressed
        walker.page.locator(selector).first.click()
        walker.page.wait_for_load_state()
        walker.look_around()
        pressed += 1

    press(f"a[href$='/{initiative.ref}/ask/']")
    walker.write("title", "Vagtplanen om aftenen")
    walker.write("purpose", "Vi vil vide, hvad planen gør ved aftenerne, før vi vælger.")
    press("#main-content form.form button[type=submit]")
    press("a[href*='?theme=']")
    press("#main-content form.form button[type=submit]")
    press(".page-head-tools a")
    press("a[href$='/open/']")
    press("#main-content form[method=post] button[type=submit]")
    with scope(fjordby.organisation):
        assert Round.objects.get().state == Round.State.OPEN
    assert (walker.fields, pressed) == (2, 7)
