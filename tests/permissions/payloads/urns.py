"""What is done with the urn of a secret round."""

from collections.abc import Callable

from samspil.organisation.viewer import Viewer
from samspil.participation.permissions import PERMISSIONS
from samspil.participation.urn import actions as urn_actions
from samspil.participation.urn.models import Urn
from tests import urns
from tests.permissions.payloads.deed import Deed, reads, who
from tests.permissions.world import World


def _urn(name: str) -> Callable[[World], Urn]:
    return lambda world: world.urns[name].urn


def _set_up(world: World, by: Viewer) -> object:
    plan = urns.plan_of(world.cast, longest_text=100)
    return urn_actions.set_up_urn(round_=world.urns["new_urn"].round, plan=plan, **who(world, by))


def _name_deputy(world: World, by: Viewer) -> object:
    """One who sits on management's side; there is nobody else on the staff side who could stand in."""
    person = world.cast.people["management_member"]
    return urn_actions.name_deputy(urn=_urn("urn_to_try")(world), place=2, person=person, **who(world, by))


def _take_place(world: World, by: Viewer) -> object:
    return urn_actions.take_place(urn=_urn("new_urn")(world), **who(world, by))


def _make_key(world: World, by: Viewer) -> object:
    public_key = urns.Device().public_key
    return urn_actions.make_key(urn=_urn("new_urn")(world), public_key=public_key, **who(world, by))


def _hand_in(name: str, action: Callable[..., object]) -> Callable[[World, Viewer], object]:
    """What the device of whoever asks has opened; who holds no key has nothing to hand in."""

    def call(world: World, by: Viewer) -> object:
        secret = world.urns[name]
        holder = next((one for one in urns.HOLDERS if world.cast.people[one] == by.person), "")
        handed_in = (
            secret.devices[holder].opens(secret.urn, by) if holder else urn_actions.HandedIn([], "", b"")
        )
        return action(urn=secret.urn, handed_in=handed_in, **who(world, by))

    return call


def _confirm(world: World, by: Viewer) -> object:
    urn = _urn("opened_urn")(world)
    return urn_actions.confirm_recount(urn=urn, sha256=urn.result_sha256, **who(world, by))


def _on_opened(action: Callable[..., object]) -> Callable[[World, Viewer], object]:
    return lambda world, by: action(urn=_urn("opened_urn")(world), **who(world, by))


DEEDS = (
    reads(PERMISSIONS, "see_urn", _urn("new_urn")),
    reads(PERMISSIONS, "fetch_urn", _urn("urn_to_open")),
    Deed("participation.set_up_urn", _set_up),
    Deed("participation.name_deputy", _name_deputy),
    Deed("participation.take_place", _take_place),
    Deed("participation.make_key", _make_key),
    Deed("participation.drill", _hand_in("urn_to_try", urn_actions.drill), journalled=0),
    Deed("participation.open_urn", _hand_in("urn_to_open", urn_actions.open_urn)),
    Deed("participation.confirm_recount", _confirm),
    Deed("participation.open_again", _on_opened(urn_actions.open_again)),
    Deed("participation.destroy_urn", _on_opened(urn_actions.destroy_urn)),
    Deed("participation.sign_key_destroyed", _on_opened(urn_actions.sign_key_destroyed)),
)
