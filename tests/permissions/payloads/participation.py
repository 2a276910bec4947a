"""What is done with rounds of questions, whatever is asked in them."""

from collections.abc import Callable

from django.urls import reverse

from samspil.organisation.scope import scope
from samspil.organisation.viewer import Viewer
from samspil.participation import actions
from samspil.participation.doorway import kiosk_key
from samspil.participation.models import Round
from samspil.participation.permissions import PERMISSIONS
from tests.permissions.addresses import Address, ours
from tests.permissions.payloads.deed import Deed, Form, reads, who
from tests.permissions.world import World


def _round(world: World, name: str = "planned_round") -> Round:
    return Round.objects.get(thing__ref=world.refs[name])


def _plan(world: World, by: Viewer) -> object:
    return actions.plan_round(plan=world.round_plan(), initiative=world.initiative(), **who(world, by))


def _plan_own(world: World, by: Viewer) -> object:
    return actions.plan_round(plan=world.round_plan(), **who(world, by))


def _change(world: World, by: Viewer) -> object:
    return actions.change_round(round_=_round(world), plan=world.round_plan(), version=1, **who(world, by))


def _open(world: World, by: Viewer) -> object:
    return actions.open_round(round_=_round(world), **who(world, by))


def _close(world: World, by: Viewer) -> object:
    return actions.close_round(round_=_round(world, "open_round"), **who(world, by))


def _tell(world: World, by: Viewer) -> object:
    told = {"text": world.say("Aftenvagten får en fast makker"), "version": 1}
    return actions.tell_what_came_of_it(round_=_round(world, "closed_round"), **told, **who(world, by))


def _plan_form(world: World) -> Form:
    return {
        "title": "Ti spørgsmål om vagtplanen",
        "purpose": "Vi vil vide, hvad planen gør ved aftenerne.",
        "asked": f"unit:{world.cast.units['workplace'].ref}",
        "closes_on": world.day(14),
        "opens_on": world.day(0),
        "legal_basis": "Kommunens adgang til at høre sine ansatte",
        "disposal": "Gallringsbeslut 2026:1",
        "language": "da",
        "level": "confidential",
        "influence": "consulted",
        "smallest_total": "5",
        "smallest_breakdown": "10",
        "version": "1",
    }


# The name of an address of participants -> what stands in it after the code of the round.
AFTER_THE_CODE: dict[str, Callable[[Round], list[str]]] = {
    "p:welcome_with": lambda _round: ["x" * 12],
    "p:kiosk": lambda round_: [kiosk_key(round_)],
}


def for_participants() -> list[Address]:
    """Every address that is open to whoever has the code of a round, in whichever room."""
    return [one for one in ours() if hasattr(one.view, "for_participants")]


def participants_path(address: Address, world: World, name: str = "open_round", code: str = "") -> str:
    with scope(world.cast.organisation):
        round_ = _round(world, name)
        more = AFTER_THE_CODE.get(address.name, lambda _round: [])(round_)
    return reverse(address.name, args=[code or round_.code, *more])


DEEDS = (
    reads(PERMISSIONS, "see_rounds"),
    reads(PERMISSIONS, "see_round", _round),
    Deed("participation.plan_round", _plan, "participation:ask", _plan_form),
    Deed("participation.plan_own_round", _plan_own, "participation:plan", _plan_form),
    Deed("participation.change_round", _change, "participation:change_round", _plan_form),
    Deed("participation.open_round", _open, "participation:open_round", lambda _world: {}),
    Deed("participation.close_round", _close, "participation:close_round", lambda _world: {}),
    Deed(
        "participation.tell_what_came_of_it",
        _tell,
        "participation:what_came_of_it",
        lambda _world: {"text": "Aftenvagten får en fast makker", "version": "1"},
    ),
)

ADDRESSES: dict[str, Callable[[World], list[str]]] = {
    "participation:rounds": lambda _world: [],
    "participation:plan": lambda _world: [],
    "participation:ask": lambda world: [world.refs["initiative"]],
    "participation:round": lambda world: [world.refs["open_round"]],
    "participation:change_round": lambda world: [world.refs["planned_round"]],
    "participation:open_round": lambda world: [world.refs["planned_round"]],
    "participation:close_round": lambda world: [world.refs["open_round"]],
    "participation:what_came_of_it": lambda world: [world.refs["closed_round"]],
}
