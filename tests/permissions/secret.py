"""Secret rounds of the case, one for every step that holders take."""

from typing import TYPE_CHECKING
from unittest import mock

from samspil.kit import house
from samspil.participation.urn import actions
from tests import urns

if TYPE_CHECKING:
    from tests.permissions.world import World

BALLOTS = 6


def lay(world: "World") -> None:
    """Holders are chosen; keys wait to be tried; an urn waits to be opened; one is open and recounted."""
    with mock.patch.object(house, "round_kinds", return_value={"opinions": urns.ASKS}):
        for name in ("new_urn", "urn_to_try", "urn_to_open", "opened_urn", "urn_to_open_again"):
            world.urns[name] = urns.planned(world.cast, world.at, initiative=world.initiative())
            world.refs[name] = world.urns[name].round.ref
        for name in ("urn_to_open", "opened_urn", "urn_to_open_again"):
            world.urns[name].ready()
    world.urns["urn_to_try"].make_keys()
    _name_a_deputy(world)
    for name in ("urn_to_open", "opened_urn", "urn_to_open_again"):
        urns.answered(world.urns[name], [urns.ballot_of(1, -1, 0, 1)] * BALLOTS)
        world.urns[name].close()
    for name in ("opened_urn", "urn_to_open_again"):
        _recount(world.urns[name])


def _name_a_deputy(world: "World") -> None:
    new = world.urns["new_urn"]
    deputy = world.cast.people["management_member"]
    actions.name_deputy(urn=new.urn, place=2, person=deputy, **new.by("lead"))


def _recount(opened: urns.SecretRound) -> None:
    opened.open_urn()
    for who in ("steward", "secretary"):
        sha256 = opened.urn.result_sha256
        actions.confirm_recount(urn=opened.urn, sha256=sha256, **opened.by(who))
