"""The overview for the leadership, and the money it shows."""

from collections.abc import Callable
from decimal import Decimal

from samspil.initiative import actions
from samspil.initiative.permissions import PERMISSIONS
from samspil.organisation.viewer import Viewer
from tests.permissions.payloads.deed import Deed, Form, reads, who
from tests.permissions.world import World


def _give_money(world: World, by: Viewer) -> object:
    return actions.give_money(
        initiative=world.initiative(),
        amount=Decimal(1_250_000),
        currency="DKK",
        what="Hele udgiften",
        price_year=2026,
        source="Budget 2026",
        **who(world, by),
    )


def _money_form(world: World) -> Form:
    return {
        "amount": "1.250.000",
        "currency": "DKK",
        "what": "Hele udgiften",
        "price_year": "2026",
        "source": "Budget 2026",
        "since": world.day(0),
    }


DEEDS = (
    reads(PERMISSIONS, "see_leadership"),
    Deed("initiative.give_money", _give_money, "initiative:give_money", _money_form),
)

ADDRESSES: dict[str, Callable[[World], list[str]]] = {
    "initiative:leadership": lambda _world: [],
    "initiative:leadership_file": lambda _world: ["xlsx"],
    "initiative:give_money": lambda world: [world.refs["initiative"]],
}
