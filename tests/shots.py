"""`make shots`: pictures of the main pages of the demo, in three languages at 1280 and 360 px, into shots/.

Serves the demo from a folder of its own; the pictures are for looking at and are ignored by git.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from tests.bench.pages import served
from tests.chromium import launch_options

ROOT = Path(__file__).resolve().parents[1]
WIDTHS = (1280, 360)


@dataclass(frozen=True)
class Shot:
    """A page to photograph: where, and (for pages without a fixed address) which links to follow from there."""

    name: str
    path: str
    follow: tuple[str, ...] = ()


FIRST_INITIATIVE = "main table a"
SHOTS = (
    Shot("home", "/"),
    Shot("needs", "/needs/"),
    Shot("raise-need", "/needs/new/"),
    Shot("initiatives", "/initiatives/"),
    Shot("initiative", "/initiatives/", (FIRST_INITIATIVE,)),
    Shot("gate", "/initiatives/", (FIRST_INITIATIVE, "main a[href*='/gate/']")),
    Shot("thread", "/initiatives/", (FIRST_INITIATIVE, "a[href*='/thread/']")),
    Shot("item", "/initiatives/", (FIRST_INITIATIVE, "main a[href*='/items/']")),
    Shot("meeting", "/initiatives/", (FIRST_INITIATIVE, "main a[href*='/items/']", "a[href*='/meetings/']")),
    Shot("consultation", "/initiatives/?words=hjem", (FIRST_INITIATIVE, "a[href*='/consultations/']")),
    Shot("committees", "/committees/"),
    Shot("committee", "/committees/", ("main table a",)),
    Shot("organisation", "/organisation/"),
    Shot("search", "/search/?q=hjemme"),
    Shot("permissions", "/permissions/"),
)
PUBLIC = (
    Shot("front", "/"),
    Shot("cards", "/cards/"),
    Shot("card", "/cards/", ("main a[href*='/cards/']",)),
    Shot("demo", "/demo/"),
)


def main() -> None:
    folder = Path(tempfile.mkdtemp(prefix="samspil-shots-"))
    os.environ |= {"SAMSPIL_VAR": str(folder), "SAMSPIL_MODE": "demo"}
    shutil.rmtree(ROOT / "shots", ignore_errors=True)
    try:
        subprocess.run([Path(sys.executable).parent / "samspil", "prepare"], check=True)
        with served() as port, sync_playwright() as playwright:
            browser = playwright.chromium.launch(**launch_options())
            for language in ("da", "sv", "en"):
                for width in WIDTHS:
                    context = browser.new_context(viewport={"width": width, "height": 900})
                    address = f"http://127.0.0.1:{port}"
                    context.add_cookies([{"name": "django_language", "value": language, "url": address}])
                    _photograph(context.new_page(), address, ROOT / "shots" / language / str(width), language)
                    context.close()
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    print(f"{len(list((ROOT / 'shots').rglob('*.png')))} pictures in shots/")


def _photograph(page: Page, address: str, folder: Path, language: str) -> None:
    for shot in PUBLIC:
        _shoot(page, address, shot, folder)
    page.goto(address + "/demo/")
    house = page.locator("section.panel").nth(1 if language == "sv" else 0)
    house.get_by_role("button").first.click()
    start = re.match(r"/[-\w]+", page.url.removeprefix(address))
    assert start, page.url
    for shot in SHOTS:
        _shoot(page, address + start.group(), shot, folder)


def _shoot(page: Page, address: str, shot: Shot, folder: Path) -> None:
    """Take the picture; a link that this person or organisation does not have leaves the picture out."""
    page.goto(address + shot.path)
    for link in shot.follow:
        if not page.locator(link).count():
            return
        page.locator(link).first.click()
        page.wait_for_load_state()
    page.screenshot(path=folder / f"{shot.name}.png", full_page=True)


if __name__ == "__main__":
    main()
