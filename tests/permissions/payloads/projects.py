"""What is done with the list of projects an organisation has already."""

from samspil.initiative.permissions import PERMISSIONS
from samspil.initiative.project_list import actions, views
from samspil.organisation.lists import waiting
from samspil.organisation.models import WaitingList
from samspil.organisation.viewer import Viewer
from tests.permissions.payloads.deed import Deed, SentAgain, reads, who
from tests.permissions.world import World, projects


def _list(world: World) -> WaitingList:
    found = views.find(world.refs["projects"])
    assert found is not None
    return found


def _seen(world: World) -> str:
    return actions.plan_of(waiting.tables(_list(world))).fingerprint


def _bring(world: World, by: Viewer) -> object:
    return actions.bring_projects(files=[("projekter.json", projects(world, "Andet"))], **who(world, by))


def _take_over(world: World, by: Viewer) -> object:
    return actions.take_over_projects(waiting_list=_list(world), seen=_seen(world), **who(world, by))


def _throw_away(world: World, by: Viewer) -> object:
    return actions.throw_away_projects(waiting_list=_list(world), **who(world, by))


DEEDS = (
    reads(PERMISSIONS, "see_projects", _list),
    Deed(
        "initiative.bring_projects",
        _bring,
        "initiative:bring_projects",
        lambda world: {"files": SentAgain("projekter.json", projects(world, "Andet"))},
    ),
    Deed(
        "initiative.take_over_projects",
        _take_over,
        "initiative:take_over_projects",
        lambda world: {"seen": _seen(world)},
        journalled=5,  # the need, the start, the money, the date of the decision, and the list itself
    ),
    Deed(
        "initiative.throw_away_projects",
        _throw_away,
        "initiative:throw_away_projects",
        lambda _world: {},
    ),
)
