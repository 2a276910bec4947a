"""What is done with lists that are brought, and with what they leave to be put in order."""

from samspil.organisation import actions
from samspil.organisation import queries as house
from samspil.organisation.handover import role_left, seat_left
from samspil.organisation.lists import actions as lists
from samspil.organisation.lists import views, waiting
from samspil.organisation.models import Committee, Union, Unit, WaitingList
from samspil.organisation.permissions import PERMISSIONS
from samspil.organisation.viewer import Viewer
from tests.permissions.payloads.deed import Deed, Form, SentAgain, reads, who
from tests.permissions.world import World

DATA = '{"groups": [{"name": "Skolebørn", "kind": "borgere", "size": 300}]}'.encode()


def _list(world: World) -> WaitingList:
    found = views.find(world.refs["list"])
    assert found is not None
    return found


def _seen(world: World) -> str:
    return lists.plan_of(waiting.tables(_list(world)), world.viewer("administrator")).fingerprint


def _bring_list(world: World, by: Viewer) -> object:
    return lists.bring_list(files=[("målgrupper.json", DATA)], **who(world, by))


def _take_over_list(world: World, by: Viewer) -> object:
    return lists.take_over_list(waiting_list=_list(world), seen=_seen(world), **who(world, by))


def _throw_away_list(world: World, by: Viewer) -> object:
    return lists.throw_away_list(waiting_list=_list(world), **who(world, by))


# --- keeping in order ---------------------------------------------------------------------------------------


def _unit(world: World) -> Unit:
    return Unit.objects.get(pk=world.cast.units["workplace"].pk)


def _committee(world: World) -> Committee:
    found = house.committee(world.cast.committees["local"].ref)
    assert found is not None
    return found


def _union(world: World) -> Union:
    return Union.objects.get(pk=world.cast.unions["A"].pk)


def _change_unit(world: World, by: Viewer) -> object:
    unit = _unit(world)
    return actions.change_unit(
        unit=unit, version=unit.version, name="Nyt navn", parent=world.cast.units["it"], **who(world, by)
    )


def _close_unit(world: World, by: Viewer) -> object:
    unit = Unit.objects.get(ref=world.refs["empty_unit"])
    return actions.close_unit(unit=unit, on=world.day(0), **who(world, by))


def _change_committee(world: World, by: Viewer) -> object:
    committee = _committee(world)
    return actions.change_committee(
        committee=committee, version=committee.version, name="Nyt navn", level="local", **who(world, by)
    )


def _change_union(world: World, by: Viewer) -> object:
    union = _union(world)
    return actions.change_union(union=union, version=union.version, name="Nyt navn", **who(world, by))


def _settle_handover(world: World, by: Viewer) -> object:
    found = role_left(world.refs["role_left"])
    assert found is not None
    return actions.settle_handover(held=found, **who(world, by))


def _changed_unit(world: World) -> Form:
    return {
        "name": "Nyt navn",
        "parent": world.cast.units["it"].ref,
        "key": "77",
        "version": _unit(world).version,
    }


def _changed_committee(world: World) -> Form:
    return {
        "name": "Nyt navn",
        "level": "local",
        "parent": world.cast.committees["main"].ref,
        "unit": world.cast.units["area"].ref,
        "version": _committee(world).version,
    }


def _procedure(world: World) -> Form:
    return {
        "since": world.day(0),
        "request_working_days": 5,
        "release": ["chair"],
        "approve": ["chair", "vice_chair"],
        "source": "Udvalgets forretningsorden",
    }


def _seat_is_left(world: World) -> Form:
    assert seat_left(world.refs["seat_left"])
    return {}


DEEDS = (
    reads(PERMISSIONS, "see_list", _list),
    reads(PERMISSIONS, "see_handover"),
    Deed(
        "organisation.bring_list",
        _bring_list,
        "organisation:bring_list",
        lambda _world: {"files": SentAgain("målgrupper.json", DATA)},
    ),
    Deed(
        "organisation.take_over_list",
        _take_over_list,
        "organisation:take_over_list",
        lambda world: {"seen": _seen(world), "left_on": ""},
    ),
    Deed(
        "organisation.throw_away_list",
        _throw_away_list,
        "organisation:throw_away_list",
        lambda _world: {},
    ),
    Deed("organisation.change_unit", _change_unit, "organisation:change_unit", _changed_unit),
    Deed(
        "organisation.close_unit",
        _close_unit,
        "organisation:close_unit",
        lambda world: {"on": world.day(0)},
    ),
    Deed(
        "organisation.change_committee",
        _change_committee,
        "organisation:change_committee",
        _changed_committee,
    ),
    Deed(
        "organisation.set_procedure",
        address="organisation:set_committees_procedure",
        form=_procedure,
    ),
    Deed(
        "organisation.change_union",
        _change_union,
        "organisation:change_union",
        lambda world: {"name": "Nyt navn", "version": _union(world).version},
    ),
    Deed("organisation.settle_handover", _settle_handover, "organisation:settle_role", lambda _world: {}),
    Deed("organisation.settle_handover", address="organisation:settle_seat", form=_seat_is_left),
)
