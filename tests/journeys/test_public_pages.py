"""What anybody can read without an account, in all three languages and at both widths."""

from itertools import product
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.journeys.walker import Walker
from tests.samples import every_day

EVERY_DAY = (("da", 320), ("sv", 1280), ("en", 320))
PAGES = ("/", "/accessibility/", "/privacy/", "/security/", "/sign-in/login/", "/cards/")


@pytest.mark.parametrize("seen", every_day(EVERY_DAY, product(["da", "sv", "en"], [1280, 320])))
def test_public_pages_are_usable_by_everyone(house: Any, browser: Browser, seen: tuple[str, int]) -> None:
    language, width = seen
    context = browser.new_context(viewport={"width": width, "height": 900}, locale=language)
    walker = Walker(context.new_page(), house.url)
    for path in PAGES:
        walker.go(path)
        assert walker.page.locator("html").get_attribute("lang") == language
        assert walker.page.title().startswith(walker.page.locator("h1").first.inner_text())
    context.close()
