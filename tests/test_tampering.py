"""Whoever tampers with what is stored is found, whatever they do. The dice are seeded."""

import random
from datetime import date, datetime

import pytest
from django.db import transaction

from samspil.initiative import actions
from samspil.organisation import journal
from tests.cast import Cast
from tests.mutations import MUTATIONS, Tamperer

HOW = {mutation.__name__: mutation for mutation in MUTATIONS}


@pytest.fixture
def house(cast: Cast, at: datetime) -> Cast:
    """Some needs, two decided gates, and a head that was published in some minutes."""
    lead, owner = cast.viewer("lead"), cast.viewer("owner")
    for number in range(4):
        need = actions.raise_need(
            problem=f"Behov {number}", for_whom="Hjemmeplejen", if_nothing="Flere vikarer", by=lead, at=at
        )
    for _each in range(2):
        initiative = actions.start_initiative(
            needs=[need], units=[cast.units["workplace"]], owner=cast.people["owner"], by=lead, at=at
        )
        actions.decide_gate(
            initiative=initiative,
            gate="explore",
            outcome="go",
            decided_on=date(2026, 2, 1),
            reason="Behovet er klart.",
            override_reason="Drøftes på torsdag.",
            by=owner,
            at=at,
        )
    journal.publish_head(cast.organisation, "referat 1/2026", at)
    return cast


def tamper(cast: Cast, seed: int) -> str:
    """Do one thing, look, take it back; returns what was done if nobody found it."""
    dice = random.Random(seed)
    mutation = dice.choice(MUTATIONS)
    with transaction.atomic():
        what = mutation(Tamperer(cast.organisation, dice))
        found = journal.verify(cast.organisation)
        transaction.set_rollback(True)
    return "" if found else f"{mutation.__name__}, seed {seed}: {what}"


def test_an_untouched_house_has_no_fault(house: Cast) -> None:
    assert journal.verify(house.organisation) == []


@pytest.mark.parametrize("how", HOW)
def test_each_way_of_tampering_is_found(house: Cast, how: str) -> None:
    with transaction.atomic():
        HOW[how](Tamperer(house.organisation, random.Random(1)))
        assert journal.verify(house.organisation)
        transaction.set_rollback(True)


def test_three_hundred_tamperings_are_found(house: Cast) -> None:
    assert [missed for seed in range(300) if (missed := tamper(house, seed))] == []


@pytest.mark.prove
def test_ten_thousand_tamperings_are_found(house: Cast) -> None:
    assert [missed for seed in range(10_000) if (missed := tamper(house, seed))] == []


def test_without_a_published_head_a_chain_sealed_anew_looks_whole(house: Cast) -> None:
    """Why heads are printed and mailed: nothing inside the database can show this."""
    from samspil.organisation.models import PublishedHead

    PublishedHead.objects.all().delete()
    HOW["recompute"](Tamperer(house.organisation, random.Random(1)))
    assert journal.verify(house.organisation) == []
