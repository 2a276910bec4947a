"""Signal 9 in the middle of writing: whatever was acknowledged is there when the processes are back."""

import pytest

from tests.durability.kill import Toll, kill_again_and_again, killable
from tests.durability.product import Product
from tests.durability.tiny import Early, Tiny


def _kill(product: Product, kind: str, kills: int, clients: int, with_server: bool = False) -> Toll:
    with killable(kind) as (database, own):
        toll = kill_again_and_again(
            product, database, kills, clients, own_server=own if with_server else None
        )
    print(toll)
    assert toll.over_http
    assert toll.by_workers
    return toll


def test_killed_web_and_worker_processes_lose_nothing_on_sqlite() -> None:
    assert _kill(Tiny(), "sqlite", kills=1, clients=16).harmless


def test_killed_processes_and_a_killed_postgresql_lose_nothing() -> None:
    assert _kill(Tiny(), "postgresql", kills=1, clients=16, with_server=True).harmless


def test_a_product_that_answers_too_early_is_caught() -> None:
    assert _kill(Early(), "sqlite", kills=1, clients=32).lost


@pytest.mark.prove
@pytest.mark.parametrize(
    ("kind", "with_server"), [("sqlite", False), ("postgresql", False), ("postgresql", True)]
)
def test_twenty_kills_during_two_hundred_concurrent_writes_lose_nothing(kind: str, with_server: bool) -> None:
    assert _kill(Tiny(), kind, kills=20, clients=200, with_server=with_server).harmless
