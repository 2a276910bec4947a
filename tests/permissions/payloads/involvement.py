"""What is done with what people said."""

from collections.abc import Callable

from samspil.involvement import actions
from samspil.involvement.opinions import actions as opinions
from samspil.involvement.opinions import live, moderating
from samspil.involvement.opinions.models import Appeal, RoundStatement
from samspil.involvement.permissions import PERMISSIONS
from samspil.organisation.viewer import Viewer
from samspil.participation.models import Round
from tests.permissions.payloads.deed import Deed, Form, reads, who
from tests.permissions.world import World, conversation


def _bring_in(world: World, by: Viewer) -> object:
    return actions.import_consultation(
        initiative=world.initiative(),
        consultation=conversation(str),
        source="Ny høring",
        input_sha256="1" * 64,
        **who(world, by),
    )


def _round(world: World, name: str = "open_round") -> Round:
    return Round.objects.get(thing__ref=world.refs[name])


def _statement(world: World, name: str = "statement_of_open_round") -> RoundStatement:
    return RoundStatement.objects.get(thing__ref=world.refs[name])


def _write(world: World, by: Viewer) -> object:
    said = [world.say("Vi ved, hvem vi spørger")]
    return opinions.add_statements(
        round_=_round(world, "planned_round"), written=said, language="da", **who(world, by)
    )


def _change(world: World, by: Viewer) -> object:
    changed = {"text": world.say("Planen giver os ro"), "language": "da", "version": 1}
    return opinions.change_statement(
        statement=_statement(world, "statement_of_planned_round"), **changed, **who(world, by)
    )


def _remove(world: World, by: Viewer) -> object:
    return opinions.remove_statement(
        statement=_statement(world, "statement_of_planned_round"), **who(world, by)
    )


def _choose_core(world: World, by: Viewer) -> object:
    return opinions.choose_core(round_=_round(world, "planned_round"), numbers=[1], **who(world, by))


def _accept(world: World, by: Viewer) -> object:
    return moderating.accept_statement(statement=_statement(world, "waiting_statement"), **who(world, by))


def _reject(world: World, by: Viewer) -> object:
    return moderating.reject_statement(
        statement=_statement(world, "waiting_statement"),
        rule="unclear",
        reason=world.say("Hvem er vi?"),
        **who(world, by),
    )


def _decide(world: World, by: Viewer) -> object:
    made = Appeal.objects.select_related("statement__round").get(
        statement__thing__ref=world.refs["rejected_statement"]
    )
    return moderating.decide_appeal(
        appeal=made, upheld=True, reason=world.say("Det er klart"), **who(world, by)
    )


def _show(world: World, by: Viewer) -> object:
    return live.show_statement(round_=_round(world), number=1, **who(world, by))


def _end(world: World, by: Viewer) -> object:
    return live.end_live_meeting(round_=_round(world), **who(world, by))


def _nothing(_world: World) -> Form:
    return {}


DEEDS = (
    reads(PERMISSIONS, "see_consultation", World.consultation),
    reads(PERMISSIONS, "see_statement", World.statement),
    reads(PERMISSIONS, "export_consultation", World.consultation),
    Deed("involvement.import_consultation", _bring_in),
    reads(PERMISSIONS, "see_round_statement", _statement),
    reads(PERMISSIONS, "export_moderation", _round),
    Deed(
        "involvement.prepare_statements",
        _write,
        "involvement:prepare_statements",
        lambda world: {"written": world.say("Vi ved, hvem vi spørger"), "language": "da"},
    ),
    Deed(
        "involvement.prepare_statements",
        _change,
        "involvement:change_statement",
        lambda world: {"text": world.say("Planen giver os ro"), "language": "da", "version": "1"},
    ),
    Deed("involvement.prepare_statements", _remove, "involvement:remove_statement", _nothing),
    Deed(
        "involvement.prepare_statements",
        _choose_core,
        "involvement:choose_core",
        lambda _world: {"core": "1"},
    ),
    Deed(
        "involvement.prepare_statements",
        None,
        "involvement:take_template",
        lambda world: {"theme": "new_system", "written": world.say("Det går godt"), "language": "da"},
    ),
    Deed("involvement.moderate_statements", _accept, "involvement:accept_statement", _nothing),
    Deed(
        "involvement.moderate_statements",
        _reject,
        "involvement:reject_statement",
        lambda world: {"rule": "unclear", "reason": world.say("Hvem er vi?")},
    ),
    Deed(
        "involvement.decide_appeal",
        _decide,
        "involvement:decide_appeal",
        lambda world: {"upheld": "yes", "reason": world.say("Det er klart")},
    ),
    Deed("involvement.lead_live_meeting", _show, "involvement:lead_live", lambda _world: {"number": "1"}),
    Deed("involvement.lead_live_meeting", _end, "involvement:end_live", _nothing),
)

_ROUND, _PLANNED = (
    lambda world: [world.refs["open_round"]],
    lambda world: [world.refs["planned_round"]],
)

ADDRESSES: dict[str, Callable[[World], list[str]]] = {
    "involvement:prepare_statements": _PLANNED,
    "involvement:take_template": _PLANNED,
    "involvement:choose_core": _PLANNED,
    "involvement:moderation": _ROUND,
    "involvement:moderation_log": _ROUND,
    "involvement:lead_live": _ROUND,
    "involvement:end_live": _ROUND,
    "involvement:live_screen": _ROUND,
    "involvement:live_screen_now": _ROUND,
    "involvement:round_statement": lambda world: [world.refs["statement_of_open_round"]],
    "involvement:change_statement": lambda world: [world.refs["statement_of_planned_round"]],
    "involvement:remove_statement": lambda world: [world.refs["statement_of_planned_round"]],
    "involvement:accept_statement": lambda world: [world.refs["waiting_statement"]],
    "involvement:reject_statement": lambda world: [world.refs["waiting_statement"]],
    "involvement:decide_appeal": lambda world: [world.refs["rejected_statement"]],
}
