"""Signal 9 in the middle of writing: whatever was acknowledged is there when the processes are back."""

import pytest

from tests.durability.house import House
from tests.durability.kill import Toll, kill_again_and_again, killable
from tests.durability.product import Product
from tests.durability.tiny import Early, Tiny

HOUSES = pytest.mark.parametrize(("kind", "with_server"), [("sqlite", False), ("postgresql", True)])
TINY = pytest.mark.parametrize(
    ("kind", "with_server"), [("sqlite", False), ("postgresql", False), ("postgresql", True)]
)


def _kill(
    product: Product, kind: str, kills: int, clients: int, with_server: bool = False, writes: int = 1
) -> Toll:
    with killable(kind) as (database, own):
        dying = own if with_server else None
        toll = kill_again_and_again(product, database, kills, clients, own_server=dying, writes=writes)
    print(toll)
    assert len(toll.over_http) >= kills * writes
    return toll


def test_a_killed_house_has_every_need_and_answer_and_an_unbroken_journal() -> None:
    house = House(desks=8, web=1)
    toll = _kill(house, "sqlite", kills=1, clients=8, writes=20)
    assert toll.harmless
    assert 0 < house.answers < len(toll.over_http)


def test_killed_processes_and_a_killed_postgresql_lose_nothing() -> None:
    assert _kill(Tiny(), "postgresql", kills=1, clients=16, with_server=True).harmless


@pytest.mark.prove
@HOUSES
def test_twenty_kills_of_the_house_during_two_hundred_concurrent_answers_lose_nothing(
    kind: str, with_server: bool
) -> None:
    house = House(desks=200)
    toll = _kill(house, kind, kills=20, clients=200, with_server=with_server, writes=100)
    print(f"{house.answers} of them answers")
    assert toll.harmless
    assert house.answers > 500


@pytest.mark.prove
def test_a_product_that_answers_too_early_is_caught() -> None:
    assert _kill(Early(), "sqlite", kills=1, clients=32).lost


@pytest.mark.prove
@TINY
def test_twenty_kills_during_two_hundred_concurrent_writes_lose_nothing(kind: str, with_server: bool) -> None:
    toll = _kill(Tiny(), kind, kills=20, clients=200, with_server=with_server)
    assert toll.by_workers
    assert toll.harmless
