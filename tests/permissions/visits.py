"""Visiting the pages as somebody, and writing down what came of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.test import Client

from samspil.organisation.models import Account
from tests.permissions.world import PERSONS, World

BACKEND = "django.contrib.auth.backends.ModelBackend"


@dataclass
class Visitors:
    """Everybody of one world, signed in once; each visit begins with nothing but the session and English."""

    world: World
    sessions: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for who in PERSONS:
            self.sessions[who] = session_of(self.world.cast.account(who))

    def client(self, who: str) -> Client:
        return client_of(self.sessions[who])

    def get(self, who: str, path: str) -> Any:
        return self.client(who).get(path)

    def post(self, who: str, path: str, form: Mapping[str, Any]) -> Any:
        return self.client(who).post(path, form)


def session_of(account: Account) -> str:
    client = Client()
    client.force_login(account, backend=BACKEND)
    return str(client.cookies[settings.SESSION_COOKIE_NAME].value)


def client_of(session: str = "") -> Client:
    """A browser with a session, or with none."""
    client = Client()
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    if session:
        client.cookies[settings.SESSION_COOKIE_NAME] = session
    return client
