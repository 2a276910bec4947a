"""Fixtures of the whole house: the cast, a clock that stands still, a browser."""

import gc
import os
from collections.abc import Callable, Iterator
from datetime import datetime

import pytest
from django.test import Client
from django.utils import translation
from hypothesis import settings
from pytest_django import DjangoDbBlocker

from samspil.kit import clock
from samspil.organisation.content import load_house
from samspil.organisation.models import Content
from samspil.organisation.scope import scope
from samspil.participation import pace
from tests.cast import AT, Cast, gather
from tests.chromium import launch_options

os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # the browser's event loop runs in the thread of the tests

settings.register_profile("house", deadline=None)  # speed is a matter for the benchmarks
settings.load_profile("house")


def pytest_collection_finish() -> None:
    """Nine thousand collected tests stay to the end; nobody needs to look through them for rubbish again, and
    what a test leaves behind is looked for seldom."""
    gc.freeze()
    gc.set_threshold(200_000, 20, 100)


@pytest.fixture(autouse=True)
def nobody_has_chosen_a_language() -> Iterator[None]:
    """Each test begins with the source texts; a page a test has opened leaves no language behind."""
    with translation.override("en"):
        yield


@pytest.fixture(autouse=True)
def nobody_has_come_yet() -> None:
    """What is remembered of networks (`participation/pace.py`) is of one test."""
    pace.MEMORY.seen.clear()


@pytest.fixture
def at() -> datetime:
    """The instant at which tests happen: Sunday 1 February 2026, nine o'clock UTC."""
    return AT


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, object]:
    return launch_options()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    """The database of the tests, with the content in it before any of them begins."""
    with django_db_blocker.unblock():
        load_house(AT)


@pytest.fixture
def content(db: None) -> None:
    """Question models, process models and regimes as the house ships them; a test that commits empties it."""
    if not Content.objects.exists():
        load_house(AT)


@pytest.fixture
def outside_scope(content: None) -> Cast:
    """Fjordby (MED) with everybody in it; no organisation's scope is open."""
    return gather("fjordby", "MED")


@pytest.fixture
def cast(outside_scope: Cast) -> Iterator[Cast]:
    """Fjordby (MED) with everybody in it, inside its scope."""
    with scope(outside_scope.organisation):
        yield outside_scope


@pytest.fixture
def standing_clock(db: None) -> datetime:
    """Web requests happen at `AT` too (give or take the test's own milliseconds)."""
    clock.move_to(AT)
    return AT


@pytest.fixture
def sign_in(outside_scope: Cast, standing_clock: datetime) -> Callable[[str], Client]:
    """A client that is signed in as one of the cast, at `AT`."""

    def client_of(who: str) -> Client:
        client = Client()
        client.force_login(outside_scope.account(who), backend="django.contrib.auth.backends.ModelBackend")
        return client

    return client_of


@pytest.fixture
def look(sign_in: Callable[[str], Client], outside_scope: Cast) -> Callable[..., str]:
    """The text of a page as somebody sees it, in English."""

    def read(who: str, path: str, /, status: int = 200) -> str:
        client = sign_in(who)
        client.cookies["django_language"] = "en"
        response = client.get(f"/{outside_scope.organisation.slug}/{path}")
        assert response.status_code == status, response.content.decode()[:3000]  # noqa: S101 - of the tests
        return response.content.decode()

    return read


@pytest.fixture
def send(sign_in: Callable[[str], Client], outside_scope: Cast) -> Callable[..., str]:
    """Send a form and read the page it leads to."""

    def send_form(who: str, path: str, /, answers: int = 200, **fields: object) -> str:
        client = sign_in(who)
        client.cookies["django_language"] = "en"
        response = client.post(f"/{outside_scope.organisation.slug}/{path}", fields, follow=True)
        assert response.status_code == answers, response.content.decode()[:3000]  # noqa: S101 - of the tests
        return response.content.decode()

    return send_form
