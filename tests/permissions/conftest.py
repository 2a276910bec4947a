"""Two organisations in which everything waits to be done, built once.

Each test is marked `django_db`, so that whatever it does is undone; the two organisations stay around it.
"""

from collections.abc import Iterator

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from samspil.kit import clock
from samspil.organisation.content import load_house
from tests.cast import AT
from tests.permissions.fingerprint import Before, fingerprint
from tests.permissions.visits import Visitors
from tests.permissions.world import World, furnish

MARKS = {
    "fjordby": "kirsebær",
    "sjovik": "lingon",
}  # in every text of one organisation and in none of the other


@pytest.fixture(scope="package")
def house(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """A database with the content loaded and the clock standing; gone when the package is done."""
    with django_db_blocker.unblock(), transaction.atomic():
        load_house(AT)
        clock.move_to(AT)
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="package")
def fjordby(house: None) -> Visitors:
    """Fjordby (MED) and its people, signed in."""
    return Visitors(_furnished("fjordby", "MED"))


@pytest.fixture(scope="package")
def sjovik(house: None, fjordby: Visitors) -> Visitors:
    """Sjövik (samverkan): the same house again, in another organisation."""
    return Visitors(_furnished("sjovik", "samverkan"))


@pytest.fixture(scope="package")
def laid(fjordby: Visitors, sjovik: Visitors) -> dict[str, str]:
    """What stood in the database before anybody tried anything."""
    return fingerprint()


@pytest.fixture
def before(laid: dict[str, str], db: None) -> Before:
    """The same, to ask what a test has changed."""
    return Before(laid)


def _furnished(slug: str, regime: str) -> World:
    return furnish(slug, regime, lambda text: f"{text} {MARKS[slug]}")
