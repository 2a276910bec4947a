"""A real browser against the running house."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from playwright.sync_api import Browser

from samspil.initiative import actions
from samspil.initiative.models import Initiative
from samspil.kit import clock
from samspil.organisation.content import load_house
from samspil.organisation.scope import scope
from tests.cast import AT, Cast, gather

pytest.register_assert_rewrite("tests.journeys.walker")

from tests.journeys.walker import Walker  # noqa: E402


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "/journeys/" in str(item.path):
            item.add_marker(pytest.mark.browser)


@pytest.fixture
def house(live_server: Any, transactional_db: None) -> Any:
    """The running house with its content, at `AT`."""
    clock.move_to(AT)
    load_house(AT)
    return live_server


@pytest.fixture
def fjordby(house: Any) -> Cast:
    return gather("fjordby", "MED")


@pytest.fixture
def sjovik(house: Any) -> Cast:
    return gather("sjovik", "samverkan")


@pytest.fixture
def styrelsen(house: Any) -> Cast:
    return gather("styrelsen", "SU")


@pytest.fixture
def initiative(fjordby: Cast) -> Initiative:
    """One that touches a workplace and has just begun."""
    lead = fjordby.viewer("lead")
    with scope(fjordby.organisation):
        need = actions.raise_need(
            problem="Vagtplanen", for_whom="Natholdet", if_nothing="Vikarer", by=lead, at=AT
        )
        return actions.start_initiative(
            needs=[need], units=[fjordby.units["workplace"]], owner=fjordby.people["owner"], by=lead, at=AT
        )


@pytest.fixture
def walk_as(house: Any, browser: Browser) -> Iterator[Callable[..., Walker]]:
    """Walk as one of a cast: `walk_as(fjordby, "vice_chair", width=360, script=False)`."""
    contexts = []

    def walk(cast: Cast, who: str, *, width: int = 1280, script: bool = True, axe: bool = True) -> Walker:
        context = browser.new_context(
            viewport={"width": width, "height": 900}, java_script_enabled=script, bypass_csp=False
        )
        context.add_cookies(
            [{"name": settings.SESSION_COOKIE_NAME, "value": _session(cast, who), "url": house.url}]
        )
        contexts.append(context)
        return Walker(context.new_page(), house.url, axe=axe and script)

    yield walk
    for context in contexts:
        context.close()


def _session(cast: Cast, who: str) -> str:
    """A signed-in session, as the sign-in page would have made it."""
    account = cast.account(who)
    session = SessionStore()
    session[SESSION_KEY] = str(account.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = account.get_session_auth_hash()
    session.save()
    return str(session.session_key)
