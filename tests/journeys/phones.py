"""Phones of people without an account, on a poor connection, several at once."""

from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page

SLOW = {
    "offline": False,
    "latency": 300,
    "downloadThroughput": 50_000,
    "uploadThroughput": 25_000,
}  # bytes a second
GONE = {**SLOW, "offline": True}
PHONE = {"width": 360, "height": 740}


@dataclass
class Phone:
    """One phone; what came over its line is counted."""

    page: Page
    context: BrowserContext
    came: dict[str, int] = field(default_factory=dict)

    def line(self, condition: dict[str, Any]) -> None:
        self._devtools.send("Network.emulateNetworkConditions", condition)

    def __post_init__(self) -> None:
        self._devtools = self.context.new_cdp_session(self.page)
        self._devtools.send("Network.enable")

    def answer(self, choice: str) -> None:
        self.page.locator(f"button[name=value][value={choice}]").click()

    @property
    def statement(self) -> str:
        return self.page.locator("#ask-title").inner_text()


def phone(browser: Browser, script: bool = True, language: str = "da") -> Phone:
    context = browser.new_context(viewport=PHONE, java_script_enabled=script, locale=language)  # type: ignore[arg-type]
    return Phone(context.new_page(), context)
