"""The database itself refuses a link that reaches into another organisation."""

from datetime import datetime

import pytest
from django.db import IntegrityError, connection, transaction

from samspil.initiative.models import Link, Thing
from samspil.organisation.models import Organisation
from samspil.organisation.scope import every_organisation
from tests.cast import Cast

pytestmark = pytest.mark.both_databases


@pytest.fixture
def at_home(cast: Cast) -> Thing:
    return Thing.objects.create(organisation=cast.organisation, kind="need")


@pytest.fixture
def next_door(cast: Cast) -> Thing:
    other = Organisation.objects.create(slug="sjovik", name="Sjövik kommun", kind="municipality")
    return Thing.objects.create(organisation=other, kind="need")


def make_link(cast: Cast, one: Thing, other: Thing, at: datetime) -> None:
    with transaction.atomic():
        Link.objects.create(
            organisation=cast.organisation, from_thing=one, to_thing=other, kind="led_to", linked_at=at
        )
        if connection.vendor == "postgresql":
            _ask_now()


def _ask_now() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_a_link_within_the_organisation_is_kept(cast: Cast, at_home: Thing, at: datetime) -> None:
    another = Thing.objects.create(organisation=cast.organisation, kind="need")
    make_link(cast, at_home, another, at)
    assert Link.objects.count() == 1


@pytest.mark.parametrize("outward", [True, False], ids=["outward", "inward"])
def test_a_link_into_another_organisation_is_refused(
    cast: Cast, at_home: Thing, next_door: Thing, at: datetime, outward: bool
) -> None:
    ends = (at_home, next_door) if outward else (next_door, at_home)
    with pytest.raises(IntegrityError):
        make_link(cast, *ends, at)


def test_a_linked_thing_cannot_move_to_another_organisation(
    cast: Cast, at_home: Thing, next_door: Thing, at: datetime
) -> None:
    make_link(cast, at_home, Thing.objects.create(organisation=cast.organisation, kind="need"), at)
    with pytest.raises(IntegrityError):
        move(at_home, next_door.organisation)


def move(thing: Thing, organisation: Organisation) -> None:
    with every_organisation(), transaction.atomic():
        Thing.objects.filter(pk=thing.pk).update(organisation=organisation)
        if connection.vendor == "postgresql":
            _ask_now()
