"""A stranger gets the dossier as a file, without a network and without an account, and has the answers at once."""

import io
import time
import zipfile
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from samspil.core import dossier
from samspil.dialogue import actions as committees
from samspil.initiative import actions
from samspil.initiative.models import Initiative
from samspil.kit import jobs
from samspil.organisation.rounds import works
from samspil.organisation.scope import scope
from tests.cast import AT, Cast
from tests.journeys.walker import Walker

HELD = AT.date() - timedelta(days=3)
TWO_MINUTES = 120


@pytest.fixture
def initiative(fjordby: Cast) -> Initiative:
    lead = fjordby.viewer("lead")
    with scope(fjordby.organisation):
        need = actions.raise_need(
            problem="Vagtplanen", for_whom="Natholdet", if_nothing="Vikarer", by=lead, at=AT
        )
        made = actions.start_initiative(
            needs=[need], units=[fjordby.units["workplace"]], owner=fjordby.people["owner"], by=lead, at=AT
        )
        actions.plan_step(initiative=made, kind="contract", on=date(2026, 3, 1), by=lead, at=AT)
        committees.record_meeting_elsewhere(
            initiative=made,
            committee=fjordby.committees["local"],
            on=HELD,
            outcomes=[committees.NewOutcome("discussed")],
            text="Drøftet.",
            approved_on=AT.date(),
            approved_by="Formand og næstformand",
            by=lead,
            at=AT,
        )
        return made


def fetched(walker: Walker) -> bytes:
    link = walker.page.locator("#main-content a[href$='.zip']").first
    return bytes(walker.page.request.get(f"{walker.address}{link.get_attribute('href')}").body())


@pytest.mark.parametrize("width", [1280, 360])
def test_from_the_initiative_to_a_strangers_answer(
    fjordby: Cast,
    initiative: Initiative,
    walk_as: Callable[..., Walker],
    browser: Browser,
    tmp_path: Path,
    width: int,
) -> None:
    walker = walk_as(fjordby, "auditor", width=width).go(f"/fjordby/initiatives/{initiative.ref}/")
    walker.follow("/dossier/").send().sees("bliver lavet")
    while jobs.run_next(works(), AT + timedelta(hours=1)):
        pass
    data = fetched(walker.follow("/dossier/").sees("SHA-256"))
    assert dossier.examine(data).faults == ()

    zipfile.ZipFile(io.BytesIO(data)).extractall(tmp_path)
    alone = browser.new_context(viewport={"width": width, "height": 900}, offline=True)
    begun = time.monotonic()
    stranger = Walker(alone.new_page(), f"file://{tmp_path}").go("/index.html")
    stranger.sees("Drøftet før det bindende skridt og referatet godkendt: ved 1 af 1 skridt.")
    stranger.sees("Referater ændret efter godkendelsen: nej.")
    stranger.sees("Formand og næstformand")
    assert time.monotonic() - begun < TWO_MINUTES
    alone.close()
