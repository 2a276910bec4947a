"""What is done with rounds of questions, whatever is asked in them."""

from samspil.organisation.viewer import Viewer
from samspil.participation import actions
from samspil.participation.models import Round
from samspil.participation.permissions import PERMISSIONS
from tests.permissions.payloads.deed import Deed, reads, who
from tests.permissions.world import World


def _round(world: World, name: str = "planned_round") -> Round:
    return Round.objects.get(thing__ref=world.refs[name])


def _plan(world: World, by: Viewer) -> object:
    return actions.plan_round(plan=world.round_plan(), initiative=world.initiative(), **who(world, by))


def _change(world: World, by: Viewer) -> object:
    return actions.change_round(round_=_round(world), plan=world.round_plan(), version=1, **who(world, by))


def _open(world: World, by: Viewer) -> object:
    return actions.open_round(round_=_round(world), **who(world, by))


def _close(world: World, by: Viewer) -> object:
    return actions.close_round(round_=_round(world, "open_round"), **who(world, by))


DEEDS = (
    reads(PERMISSIONS, "see_round", _round),
    Deed("participation.plan_round", _plan),
    Deed("participation.change_round", _change),
    Deed("participation.open_round", _open),
    Deed("participation.close_round", _close),
)
