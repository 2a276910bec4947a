"""What is done about requests by the staff side, deadlines and calls for central negotiation."""

from samspil.dialogue.permissions import PERMISSIONS
from samspil.dialogue.remedies import actions, queries, tables
from samspil.dialogue.remedies.models import RemedyCase
from samspil.organisation.models import Union
from samspil.organisation.viewer import Viewer
from tests.permissions.payloads.deed import Deed, Form, reads, who
from tests.permissions.world import World


def _table(world: World) -> tables.Remedies:
    found = queries.of_organisation(world.cast.organisation, world.day(0))
    assert found is not None
    return found


def _answered(world: World) -> RemedyCase:
    return world.remedy("answered_remedy")


# --- calls -----------------------------------------------------------------------------------------------


def _raise(world: World, by: Viewer) -> object:
    return actions.raise_case(
        committee=world.cast.committees["local"],
        kind=_table(world).kinds[0].key,
        title="Anmodning",
        asked="Vi vil høre om det",
        raised_on=world.day(0),
        **who(world, by),
    )


def _answer(world: World, by: Viewer) -> object:
    return actions.answer_case(
        case=world.remedy(), answer="Vi ser på det", answered_on=world.day(0), version=1, **who(world, by)
    )


def _refer(world: World, by: Viewer) -> object:
    return actions.refer_case(case=_answered(world), because="Det er ikke nok", version=2, **who(world, by))


def _close(world: World, by: Viewer) -> object:
    return actions.close_case(
        case=world.remedy("open_remedy"),
        closing="settled",
        because="Vi er enige",
        closed_on=world.day(0),
        version=1,
        **who(world, by),
    )


def _call(world: World, by: Viewer) -> object:
    return actions.call_central(
        item=world.item("negotiated_item"),
        union=Union.objects.get(pk=world.cast.unions["B"].pk),
        called_on=world.day(0),
        **who(world, by),
    )


def _own_term(world: World, by: Viewer) -> object:
    return actions.set_own_term(
        clock=_clock(world),
        since=world.day(0),
        number=10,
        unit="days",
        source="Egen aftale",
        **who(world, by),
    )


def _clock(world: World) -> str:
    return next(clock.key for _title, clock in _table(world).clocks())


# --- forms -----------------------------------------------------------------------------------------------


def _raise_form(world: World) -> Form:
    return {
        "kind": _table(world).kinds[0].key,
        "title": "Anmodning",
        "asked": "Vi vil høre om det",
        "raised_on": world.day(0),
    }


def _close_form(world: World) -> Form:
    return {"closing": "settled", "because": "Vi er enige", "closed_on": world.day(0), "version": 1}


def _own_form(world: World) -> Form:
    return {
        "clock": _clock(world),
        "number": 10,
        "unit": "days",
        "since": world.day(0),
        "source": "Egen aftale",
    }


DEEDS = (
    reads(PERMISSIONS, "see_remedy", World.remedy),
    reads(PERMISSIONS, "read_remedy", World.remedy),
    reads(PERMISSIONS, "see_own_terms"),
    Deed("dialogue.raise_remedy", _raise, "dialogue:raise_remedy", _raise_form),
    Deed(
        "dialogue.answer_remedy",
        _answer,
        "dialogue:answer_remedy",
        lambda world: {"answer": "Vi ser på det", "answered_on": world.day(0), "version": 1},
    ),
    Deed(
        "dialogue.refer_remedy",
        _refer,
        "dialogue:refer_remedy",
        lambda _world: {"because": "Det er ikke nok", "version": 2},
    ),
    Deed("dialogue.close_remedy", _close, "dialogue:close_remedy", _close_form),
    Deed(
        "dialogue.call_central",
        _call,
        "dialogue:call_central",
        lambda world: {"union": world.cast.unions["B"].ref, "called_on": world.day(0)},
    ),
    Deed("dialogue.set_own_term", _own_term, "dialogue:set_own_term", _own_form),
)
