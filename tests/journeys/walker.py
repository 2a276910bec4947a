"""Somebody who walks through the product in a real browser, and looks around after every step.

After each step: axe finds nothing, the console is silent, nothing breaks the Content-Security-Policy, and the
page does not have to be scrolled sideways. Fields that are filled and characters typed are counted.
"""

import json
import re
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page, expect

AXE = Path(__file__).resolve().parents[2] / "samspil/kit/static/vendor/axe.min.js"
AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice", "EN-301-549"]
CHARACTERS_A_MINUTE = 120  # a calm two-finger typist
SHAPE = """() => {
    const page = document.body.cloneNode(true);
    const texts = document.createTreeWalker(page, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) texts.currentNode.data = texts.currentNode.data.trim() && 'x';
    const said = ['value', 'href', 'action', 'title', 'alt', 'aria-label', 'datetime', 'data-label'];
    for (const node of page.querySelectorAll('*:not(use)'))
        for (const name of said) if (node.getAttribute(name)) node.setAttribute(name, 'x');
    return document.documentElement.lang + window.innerWidth + page.outerHTML.replace(/[2-9a-z]{12}/g, '…').replace(/[0-9]+/g, '0');
}"""


class Walker:
    """One person, one browser page."""

    def __init__(self, page: Page, address: str, *, axe: bool = True) -> None:
        self.page = page
        self.address = address
        self.axe = axe
        self.fields = 0
        self.characters = 0
        self.seen: set[str] = set()
        self.complaints: list[str] = []
        page.on("console", self._hear)
        page.on("pageerror", lambda fault: self.complaints.append(f"script: {fault}"))
        page.on("response", self._answer)

    # --- walking ---------------------------------------------------------------------------------------------

    def go(self, path: str) -> "Walker":
        self.page.goto(self.address + path)
        return self.look_around()

    def click(self, name: str, role: Any = None, within: Locator | None = None) -> "Walker":
        """Press the button or follow the link with this name."""
        place = within or self.page
        exact = re.compile(re.escape(name), re.IGNORECASE)
        found = place.get_by_role(role, name=exact) if role else _button_or_link(place, exact)
        found.first.click()
        self.page.wait_for_load_state()
        return self.look_around()

    def write(self, name: str, text: str) -> "Walker":
        """Type into the field of the form with this name."""
        self._field(name).fill(text)
        self.fields += 1
        self.characters += len(text)
        return self

    def choose(self, name: str, value: str) -> "Walker":
        """Choose in a select, or tick a radio or box."""
        field = self._field(name)
        if field.evaluate("node => node.tagName") == "SELECT":
            field.select_option(value)
        else:
            self.page.locator(f"#main-content [name='{name}'][value='{value}']").check()
        self.fields += 1
        return self

    def bring(self, name: str, file: Any) -> "Walker":
        """Choose a file of one's own for the field with this name."""
        self._field(name).set_input_files(file)
        self.fields += 1
        return self

    def send(self, near: str = "") -> "Walker":
        """Press the button that sends the form (the one with the field `near`, if there are several)."""
        forms = self.page.locator("#main-content form[method=post]")
        if near:
            forms = forms.filter(has=self.page.locator(f"[name={near}]"))
        primary = forms.last.locator("button.button-primary")
        (primary if primary.count() else forms.last.locator("button[type=submit]")).last.click()
        self.page.wait_for_load_state()
        return self.look_around()

    def press(self, name: str) -> "Walker":
        """Press the button of a form that has this name."""
        self.page.locator(f"#main-content button[name={name}]").first.click()
        self.page.wait_for_load_state()
        return self.look_around()

    def follow(self, part: str) -> "Walker":
        """Follow the first link in the main part, else beside it, whose address has this in it."""
        link = f"a[href*='{part}']"
        self.page.locator(f"#main-content {link}, aside {link}").first.click()
        self.page.wait_for_load_state()
        return self.look_around()

    def _field(self, name: str) -> Locator:
        return self.page.locator(f"#main-content [name='{name}']").first

    # --- looking ---------------------------------------------------------------------------------------------

    def sees(self, text: str) -> "Walker":
        expect(self.page.get_by_text(re.compile(re.escape(text), re.IGNORECASE)).first).to_be_visible()
        return self

    def does_not_see(self, text: str) -> "Walker":
        assert text.lower() not in self.page.content().lower(), f"“{text}” stands on {self.page.url}"
        return self

    def look_around(self) -> "Walker":
        assert self.complaints == [], f"{self.page.url}: {self.complaints}"
        width = self.page.evaluate("() => [document.documentElement.scrollWidth, window.innerWidth]")
        assert width[0] <= width[1] + 1, f"{self.page.url} must be scrolled sideways: {width}"
        if self.axe:
            assert violations(self.page) == [], self.page.url
        self.seen.add(re.sub(r"[2-9a-z]{12}(?=/|$)", "…", self.page.url.removeprefix(self.address)))
        return self

    @property
    def minutes_of_typing(self) -> float:
        return self.characters / CHARACTERS_A_MINUTE

    def _hear(self, message: Any) -> None:
        if message.type in ("error", "warning"):
            self.complaints.append(f"console: {message.text}")

    def _answer(self, response: Any) -> None:
        if response.status >= 500:
            self.complaints.append(f"{response.status} {response.url}")


_judged: set[int] = set()


def violations(page: Page) -> list[str]:
    """What axe finds on the page, one line each. Of pages that differ in nothing but words one is judged."""
    shape = hash(page.evaluate(SHAPE))
    if shape in _judged:
        return []
    found = _judge(page)
    if not found:
        _judged.add(shape)
    return found


def _judge(page: Page) -> list[str]:
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(AXE.read_text())
    found = page.evaluate(
        "tags => axe.run(document, {runOnly: tags, resultTypes: ['violations']}).then(r => r.violations)",
        AXE_TAGS,
    )
    return [f"{one['id']}: {json.dumps([node['html'][:160] for node in one['nodes'][:3]])}" for one in found]


def _button_or_link(place: Any, name: re.Pattern[str]) -> Locator:
    return place.get_by_role("button", name=name).or_(place.get_by_role("link", name=name))
