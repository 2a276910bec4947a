"""What the hall's tests start from: a need, an initiative, and a way to look at pages."""

from collections.abc import Callable, Iterator
from datetime import datetime

import pytest
from django.test import Client
from django.utils import translation

from samspil.initiative import actions
from samspil.initiative.models import Initiative, Need
from samspil.organisation.scope import scope
from tests.cast import Cast


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Words are compared in the language they are written in, whatever the catalogues hold."""
    with translation.override("en"):
        yield


@pytest.fixture
def need(outside_scope: Cast, at: datetime) -> Need:
    with scope(outside_scope.organisation):
        return actions.raise_need(
            problem="Vagtplanen kan ikke læses på telefonen",
            for_whom="Hjemmeplejen",
            if_nothing="Flere vikarer",
            by=outside_scope.viewer("employee"),
            at=at,
        )


@pytest.fixture
def initiative(outside_scope: Cast, need: Need, at: datetime) -> Initiative:
    """An initiative about the need that Ingrid leads and Bo owns."""
    with scope(outside_scope.organisation):
        return actions.start_initiative(
            needs=[need],
            units=[outside_scope.units["workplace"]],
            groups=[outside_scope.groups["citizens"]],
            owner=outside_scope.people["owner"],
            by=outside_scope.viewer("lead"),
            at=at,
        )


@pytest.fixture
def look(sign_in: Callable[[str], Client], outside_scope: Cast) -> Callable[..., str]:
    """The text of a page as somebody sees it, in English."""

    def read(who: str, path: str, status: int = 200) -> str:
        client = sign_in(who)
        client.cookies["django_language"] = "en"
        response = client.get(f"/{outside_scope.organisation.slug}/{path}")
        assert response.status_code == status, response.content.decode()[:3000]
        return response.content.decode()

    return read


@pytest.fixture
def send(sign_in: Callable[[str], Client], outside_scope: Cast) -> Callable[..., str]:
    """Send a form and read the page it leads to."""

    def send_form(who: str, path: str, answers: int = 200, **fields: object) -> str:
        client = sign_in(who)
        client.cookies["django_language"] = "en"
        response = client.post(f"/{outside_scope.organisation.slug}/{path}", fields, follow=True)
        assert response.status_code == answers, response.content.decode()[:3000]
        return response.content.decode()

    return send_form
