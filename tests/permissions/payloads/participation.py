"""What is done with rounds of questions, whatever is asked in them."""

from collections.abc import Callable
from typing import Any

from django.urls import reverse

from samspil.organisation.scope import scope
from samspil.organisation.viewer import Viewer
from samspil.participation import actions
from samspil.participation.consultation import actions as consultation
from samspil.participation.doorway import kiosk_key
from samspil.participation.handing_out import actions as handing_out
from samspil.participation.models import AskedGroup, Round
from samspil.participation.on_behalf import actions as on_behalf
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


def _own_form(world: World) -> Form:
    form = _plan_form(world)
    unit = form.pop("asked")
    return {**form, "unit": unit}


def _asked(world: World, name: str = "planned_round") -> AskedGroup:
    return AskedGroup.objects.filter(round=_round(world, name)).order_by("pk")[0]


def _make_codes(world: World, by: Viewer) -> object:
    return handing_out.make_codes(asked=_asked(world), count=3, **who(world, by))


def _take_back_codes(world: World, by: Viewer) -> object:
    return handing_out.take_back_codes(asked=_asked(world), **who(world, by))


def _enter(world: World, by: Viewer) -> object:
    round_ = _round(world, "open_round")
    answers = {_line(round_): 1}
    sheet = {"code": world.refs["sheet"], "channel": "paper", "answers": answers}
    return on_behalf.enter_answers(round_=round_, **sheet, **who(world, by))


def _hands(world: World, by: Viewer) -> object:
    round_ = _round(world, "open_round")
    lines = {_line(round_): [9, 3, 2]}
    return on_behalf.count_hands(round_=round_, where=world.say("Mødet"), lines=lines, **who(world, by))


def _line(round_: Round) -> int:
    """The number of the first line that is asked."""
    return on_behalf.paper_of(round_).lines(round_)[0][0]


def _set_apart(world: World, by: Viewer) -> object:
    return consultation.set_apart_one_hand(round_=_round(world, "open_round"), **who(world, by))


def _let_in(world: World, by: Viewer) -> object:
    because = world.say("En hel skole svarede i én time")
    return consultation.let_in(round_=_round(world, "open_round"), because=because, **who(world, by))


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
    "p:follow_with": lambda _round: ["x" * 12],
    "p:kiosk": lambda round_: [kiosk_key(round_)],
    "opinions:vote": lambda _round: ["1"],
    "opinions:take_back": lambda _round: ["1"],
    "opinions:appeal": lambda _round: ["x" * 12],
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
    Deed("participation.plan_own_round", _plan_own, "participation:plan", _own_form),
    Deed("participation.change_round", _change, "participation:change_round", _plan_form),
    Deed("participation.open_round", _open, "participation:open_round", lambda _world: {}),
    Deed("participation.close_round", _close, "participation:close_round", lambda _world: {}),
    Deed(
        "participation.hand_out",
        _make_codes,
        "participation:codes",
        lambda _world: {"group": "1", "count": "3"},
    ),
    Deed("participation.hand_out", _take_back_codes, "participation:take_back_codes", lambda _world: {}),
    Deed(
        "participation.enter_for_others",
        _enter,
        "participation:enter",
        lambda world: {
            "code": world.refs["sheet"],
            "channel": "paper",
            f"line_{_line(_round(world, 'open_round'))}": "1",
        },
        journalled=0,
    ),
    Deed(
        "participation.count_hands",
        _hands,
        "participation:hands",
        lambda world: {"where": "Mødet", f"hands_{_line(_round(world, 'open_round'))}_0": "9"},
    ),
    Deed("participation.set_apart", _set_apart),
    Deed(
        "participation.let_in",
        _let_in,
        "participation:let_in",
        lambda _world: {"because": "En hel skole svarede i én time"},
    ),
    Deed(
        "participation.tell_what_came_of_it",
        _tell,
        "participation:what_came_of_it",
        lambda _world: {"text": "Aftenvagten får en fast makker", "version": "1"},
    ),
)

ADDRESSES: dict[str, Callable[[World], list[Any]]] = {
    "participation:rounds": lambda _world: [],
    "participation:plan": lambda _world: [],
    "participation:ask": lambda world: [world.refs["initiative"]],
    "participation:round": lambda world: [world.refs["open_round"]],
    "participation:change_round": lambda world: [world.refs["planned_round"]],
    "participation:open_round": lambda world: [world.refs["planned_round"]],
    "participation:close_round": lambda world: [world.refs["open_round"]],
    "participation:poster_file": lambda world: [world.refs["planned_round"]],
    "participation:codes": lambda world: [world.refs["planned_round"]],
    "participation:take_back_codes": lambda world: [world.refs["planned_round"]],
    "participation:letters_file": lambda world: [world.refs["open_round"], 1],
    "participation:sheets_file": lambda world: [world.refs["open_round"], 1],
    "participation:enter": lambda world: [world.refs["open_round"]],
    "participation:hands": lambda world: [world.refs["open_round"]],
    "participation:let_in": lambda world: [world.refs["open_round"]],
    "participation:what_came_of_it": lambda world: [world.refs["closed_round"]],
}
