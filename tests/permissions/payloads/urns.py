"""What is done with the urn of a secret round."""

import base64
from collections.abc import Callable

from samspil.organisation.viewer import Viewer
from samspil.participation.permissions import PERMISSIONS
from samspil.participation.urn import actions as urn_actions
from samspil.participation.urn.models import Urn
from tests import urns
from tests.permissions.payloads.deed import Deed, Form, reads, who
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


def _open_again(world: World, by: Viewer) -> object:
    return urn_actions.open_again(urn=_urn("urn_to_open_again")(world), **who(world, by))


def _on_opened(action: Callable[..., object]) -> Callable[[World, Viewer], object]:
    return lambda world, by: action(urn=_urn("opened_urn")(world), **who(world, by))


def _set_up_form(world: World) -> Form:
    people = world.cast.people
    return {
        "committee": world.cast.committees["local"].ref,
        "first": people["steward"].ref,
        "second": people["vice_chair"].ref,
        "secretary": people["secretary"].ref,
        "longest_text": "500",
        "breakdown": "Arbejdsplads",
        "options": "Hjemmepleje > Dag\nHjemmepleje > Nat",
    }


def _hand_in_form(name: str) -> Callable[[World, str], Form]:
    """What the script of the page has put into the form on the device of whoever sends it."""

    def form(world: World, who_: str) -> Form:
        secret = world.urns[name]
        if who_ not in urns.HOLDERS:
            return {"boxes": "", "ticket": "", "answer": ""}
        opened = secret.devices[who_].opens(secret.urn, world.viewer(who_))
        return {
            "boxes": ".".join(_base64(one) for one in opened.boxes),
            "ticket": opened.ticket,
            "answer": _base64(opened.answer),
        }

    return form


def _base64(data: bytes) -> str:
    return base64.b64encode(data).decode()


def _nothing(_world: World) -> Form:
    return {}


def _handed_in(action: str, name: str, deed: Callable[..., object], address: str, journalled: int) -> Deed:
    form = _hand_in_form(name)
    return Deed(
        f"participation.{action}",
        _hand_in(name, deed),
        f"participation:{address}",
        lambda world: form(world, "vice_chair"),
        journalled=journalled,
        own=form,
    )


DEEDS = (
    reads(PERMISSIONS, "see_urn", _urn("new_urn")),
    reads(PERMISSIONS, "fetch_urn", _urn("urn_to_open")),
    Deed("participation.set_up_urn", _set_up, "participation:set_up_urn", _set_up_form),
    Deed(
        "participation.name_deputy",
        _name_deputy,
        "participation:name_deputy",
        lambda world: {"person": world.cast.people["management_member"].ref},
    ),
    Deed("participation.take_place", _take_place, "participation:take_place", _nothing),
    Deed(
        "participation.make_key",
        _make_key,
        "participation:make_key",
        lambda _world: {"public_key": urns.Device().public_key},
    ),
    _handed_in("drill", "urn_to_try", urn_actions.drill, "drill_urn", 0),
    _handed_in("open_urn", "urn_to_open", urn_actions.open_urn, "open_urn", 1),
    Deed(
        "participation.confirm_recount",
        _confirm,
        "participation:recount_urn",
        lambda world: {"sha256": world.urns["opened_urn"].urn.result_sha256},
    ),
    Deed(
        "participation.open_again",
        _open_again,
        "participation:open_urn_again",
        _nothing,
    ),
    Deed(
        "participation.destroy_urn",
        _on_opened(urn_actions.destroy_urn),
        "participation:destroy_urn",
        _nothing,
    ),
    Deed(
        "participation.sign_key_destroyed",
        _on_opened(urn_actions.sign_key_destroyed),
        "participation:key_destroyed",
        _nothing,
    ),
)


def _of(name: str, *more: str) -> Callable[[World], list[str]]:
    return lambda world: [world.refs[name], *more]


ADDRESSES: dict[str, Callable[[World], list[str]]] = {
    "participation:urn": _of("opened_urn"),
    "participation:set_up_urn": _of("new_urn"),
    "participation:name_deputy": _of("urn_to_try", "3"),
    "participation:take_place": _of("new_urn"),
    "participation:make_key": _of("new_urn"),
    "participation:urn_boxes": _of("urn_to_try"),
    "participation:drill_urn": _of("urn_to_try"),
    "participation:open_urn": _of("urn_to_open"),
    "participation:recount_urn": _of("opened_urn"),
    "participation:open_urn_again": _of("urn_to_open_again"),
    "participation:destroy_urn": _of("opened_urn"),
    "participation:key_destroyed": _of("opened_urn"),
    "participation:urn_file": _of("urn_to_open"),
    "participation:opened_urn_file": _of("opened_urn"),
}
