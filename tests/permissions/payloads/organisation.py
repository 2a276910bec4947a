"""What is done in the room `organisation`."""

from samspil.organisation import actions
from samspil.organisation.models import AudienceGroup, Seat
from samspil.organisation.permissions import PERMISSIONS
from samspil.organisation.viewer import Viewer
from tests.permissions.payloads.deed import Deed, Form, reads, who
from tests.permissions.world import World

PASSWORD = "fire ord om en cykel"


def _group(world: World) -> AudienceGroup:
    return AudienceGroup.objects.get(pk=world.cast.groups["citizens"].pk)


# --- calls -----------------------------------------------------------------------------------------------


def _create_organisation(world: World, by: Viewer) -> object:
    return actions.create_organisation(
        slug="nyby",
        name="Nyby Kommune",
        kind="municipality",
        country="DK",
        language="da",
        zone="Europe/Copenhagen",
        regime="MED",
        since=world.day(0),
        given_name="Nina",
        **who(world, by),
    )


def _add_person(world: World, by: Viewer) -> object:
    return actions.add_person(given_name="Ny", unit=world.cast.units["area"], **who(world, by))


def _change_person(world: World, by: Viewer) -> object:
    person = world.person("leaver")
    return actions.change_person(
        person=person, version=person.version, given_name="Nyt navn", **who(world, by)
    )


def _person_leaves(world: World, by: Viewer) -> object:
    return actions.person_leaves(person=world.person("leaver"), on=world.day(0), **who(world, by))


def _give_role(world: World, by: Viewer) -> object:
    return actions.give_role(
        person=world.person("leaver"), kind="consultant", unit=None, since=world.day(0), **who(world, by)
    )


def _end_role(world: World, by: Viewer) -> object:
    return actions.end_role(role=world.role(), on=world.day(0), **who(world, by))


def _give_seat(world: World, by: Viewer) -> object:
    return actions.give_seat(
        person=world.person("leaver"),
        committee=world.cast.committees["local"],
        side="staff",
        since=world.day(0),
        **who(world, by),
    )


def _end_seat(world: World, by: Viewer) -> object:
    return actions.end_seat(seat=world.seat(), on=world.day(0), **who(world, by))


def _invite_person(world: World, by: Viewer) -> object:
    return actions.invite_person(person=world.person("second_newcomer"), **who(world, by))


def _revoke_invitation(world: World, by: Viewer) -> object:
    return actions.revoke_invitation(invitation=world.invitation(), **who(world, by))


def _accept_invitation(world: World, by: Viewer) -> object:
    return actions.accept_invitation(
        invitation=world.invitation(), username="nykommer", password=PASSWORD, **who(world, by)
    )


def _erase_person(world: World, by: Viewer) -> object:
    return actions.erase_person(person=world.person("leaver"), **who(world, by))


def _add_unit(world: World, by: Viewer) -> object:
    return actions.add_unit(name="Ny enhed", parent=world.cast.units["area"], **who(world, by))


def _add_committee(world: World, by: Viewer) -> object:
    return actions.add_committee(name="Nyt udvalg", level="local", **who(world, by))


def _add_union(world: World, by: Viewer) -> object:
    return actions.add_union(name="Forbund C", election_group="Valggruppe 2", **who(world, by))


def _set_procedure(world: World, by: Viewer) -> object:
    return actions.set_procedure(
        since=world.day(0),
        request_working_days=12,
        release=["chair"],
        approve=["chair", "vice_chair"],
        **who(world, by),
    )


def _choose_process_model(world: World, by: Viewer) -> object:
    return actions.choose_process_model(process_model="standard", **who(world, by))


def _add_audience_group(world: World, by: Viewer) -> object:
    return actions.add_audience_group(name="Naboer", kind="citizens", **who(world, by))


def _change_audience_group(world: World, by: Viewer) -> object:
    group = _group(world)
    return actions.change_audience_group(
        group=group,
        version=group.version,
        name="Pårørende",
        kind=group.kind,
        size=12,
        barriers=[],
        outside_average=[],
        **who(world, by),
    )


def _set_regime(world: World, by: Viewer) -> object:
    return actions.set_regime(regime="SU", since=world.day(9), **who(world, by))


def _switch_room(world: World, by: Viewer) -> object:
    return actions.switch_room(room="involvement", on=False, **who(world, by))


# --- forms -----------------------------------------------------------------------------------------------


def _new_person(world: World) -> Form:
    return {
        "given_name": "Ny",
        "family_name": "Kollega",
        "title": "sygeplejerske",
        "unit": world.cast.units["area"].ref,
    }


def _changed_person(world: World) -> Form:
    return _new_person(world) | {"version": world.person("leaver").version}


def _day(world: World) -> Form:
    return {"on": world.day(0)}


def _role(world: World) -> Form:
    return {"kind": "consultant", "unit": world.cast.units["area"].ref, "since": world.day(0)}


def _seat(world: World) -> Form:
    return {
        "committee": world.cast.committees["local"].ref,
        "side": "staff",
        "kind": "member",
        "union": world.cast.unions["A"].ref,
        "substitute_for": Seat.objects.get(
            committee=world.cast.committees["local"], person=world.cast.people["steward"]
        ).ref,
        "since": world.day(0),
    }


def _unit(world: World) -> Form:
    return {"name": "Ny enhed", "parent": world.cast.units["area"].ref}


def _committee(world: World) -> Form:
    return {
        "name": "Nyt udvalg",
        "level": "local",
        "parent": world.cast.committees["area"].ref,
        "unit": world.cast.units["workplace"].ref,
    }


def _procedure(world: World) -> Form:
    return {
        "since": world.day(0),
        "request_working_days": 12,
        "release": ["chair"],
        "approve": ["chair", "vice_chair"],
        "source": "Egen forretningsorden",
    }


def _audience_group(_world: World) -> Form:
    return {"name": "Naboer", "kind": "citizens", "size": 12}


def _changed_group(world: World) -> Form:
    return _audience_group(world) | {"name": "Pårørende", "version": _group(world).version}


DEEDS = (
    reads(PERMISSIONS, "see_people"),
    reads(PERMISSIONS, "see_person", lambda world: world.person("vice_chair")),
    reads(PERMISSIONS, "see_units"),
    reads(PERMISSIONS, "see_organisation"),
    reads(PERMISSIONS, "see_email", lambda world: world.person("vice_chair")),
    reads(PERMISSIONS, "see_own_data"),
    Deed("organisation.create_organisation", _create_organisation),
    Deed("organisation.add_person", _add_person, "organisation:add_person", _new_person),
    Deed("organisation.change_person", _change_person, "organisation:change_person", _changed_person),
    Deed("organisation.person_leaves", _person_leaves, "organisation:person_leaves", _day),
    Deed("organisation.give_role", _give_role, "organisation:give_role", _role),
    Deed("organisation.end_role", _end_role, "organisation:end_role", _day),
    Deed("organisation.give_seat", _give_seat, "organisation:give_seat", _seat),
    Deed("organisation.end_seat", _end_seat, "organisation:end_seat", _day),
    Deed("organisation.invite_person", _invite_person, "organisation:invite_person", lambda _world: {}),
    Deed(
        "organisation.revoke_invitation",
        _revoke_invitation,
        "organisation:revoke_invitation",
        lambda _world: {},
    ),
    Deed(
        "organisation.accept_invitation",
        _accept_invitation,
        "organisation:come_in",
        lambda _world: {"username": "nykommer", "password": PASSWORD},
        turned_away=(200, 403, 404),  # a sentence on the form: this account belongs to somebody else here
    ),
    Deed(
        "organisation.erase_person",
        _erase_person,
        "organisation:erase_person",
        lambda _world: {"certain": "on"},
    ),
    Deed("organisation.add_unit", _add_unit, "organisation:add_unit", _unit),
    Deed("organisation.add_committee", _add_committee, "organisation:add_committee", _committee),
    Deed(
        "organisation.add_union",
        _add_union,
        "organisation:add_union",
        lambda _world: {"name": "Forbund C", "election_group": "Valggruppe 2"},
    ),
    Deed("organisation.set_procedure", _set_procedure, "organisation:set_procedure", _procedure),
    Deed(
        "organisation.choose_process_model",
        _choose_process_model,
        "organisation:choose_process_model",
        lambda _world: {"process_model": "standard"},
    ),
    Deed(
        "organisation.add_audience_group",
        _add_audience_group,
        "organisation:add_audience_group",
        _audience_group,
    ),
    Deed(
        "organisation.change_audience_group",
        _change_audience_group,
        "organisation:change_audience_group",
        _changed_group,
    ),
    Deed(
        "organisation.set_regime",
        _set_regime,
        "organisation:set_regime",
        lambda world: {"regime": "SU", "since": world.day(9)},
    ),
    Deed("organisation.switch_room", _switch_room, "organisation:switch_room", lambda _world: {"on": "0"}),
)
