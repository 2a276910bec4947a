"""What is done with benefits."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from samspil.benefits import queries
from samspil.benefits.benefit_map import actions as maps
from samspil.benefits.closing import actions as closing
from samspil.benefits.ledger import actions as ledger
from samspil.benefits.measuring import actions as measuring
from samspil.benefits.measuring.actions import Figure
from samspil.benefits.models import Benefit, MapArrow, MapNode, Prerequisite
from samspil.benefits.permissions import PERMISSIONS
from samspil.benefits.register import actions as register
from samspil.benefits.register.actions import Described
from samspil.organisation.viewer import Viewer
from tests.permissions.payloads.deed import Deed, Form, SentAgain, reads, who
from tests.permissions.world import World

SAID = Described("Færre klager", "qualitative", "Klager pr. måned", "klager")


def _benefit(world: World) -> Benefit:
    found = queries.benefit(world.refs["benefit"])
    assert found is not None
    return found


def _prerequisite(world: World) -> Prerequisite:
    found = queries.prerequisite(world.refs["prerequisite"])
    assert found is not None
    return found


def _node(world: World, name: str = "map_node") -> MapNode:
    found = queries.map_node(world.refs[name])
    assert found is not None
    return found


def _arrow(world: World) -> MapArrow:
    found = queries.map_arrow(world.refs["map_arrow"])
    assert found is not None
    return found


# --- calls -----------------------------------------------------------------------------------------------


def _register(world: World, by: Viewer) -> object:
    return register.register_benefit(initiative=world.initiative(), described=SAID, **who(world, by))


def _change(world: World, by: Viewer) -> object:
    found = _benefit(world)
    said = Described("Andre ord", "qualitative", found.measured_as, found.unit)
    return register.change_benefit(benefit=found, described=said, version=found.version, **who(world, by))


def _on_the_benefit(action: Callable[..., object], **facts: Any) -> Callable[[World, Viewer], object]:
    return lambda world, by: action(benefit=_benefit(world), **facts, **who(world, by))


def _hand_over(world: World, by: Viewer) -> object:
    return register.hand_over_benefit(
        benefit=_benefit(world),
        owner=world.cast.people["chair"],
        deputy=None,
        because="Nyt område",
        **who(world, by),
    )


def _met(world: World, by: Viewer) -> object:
    return register.meet_prerequisite(
        prerequisite=_prerequisite(world), met_on=world.day(0), **who(world, by)
    )


def _baseline(world: World, by: Viewer) -> object:
    return ledger.record_baseline(
        benefit=_benefit(world),
        value=Decimal(11),
        measured_on=world.day(0),
        method="Med ur",
        **who(world, by),
    )


def _target(world: World, by: Viewer) -> object:
    return ledger.set_target(
        benefit=_benefit(world), likely=Decimal(5), target_day=world.day(99), **who(world, by)
    )


def _plan(world: World, by: Viewer) -> object:
    return measuring.plan_measuring(
        benefit=_benefit(world),
        first_on=world.day(99),
        every_months=6,
        until=world.day(999),
        **who(world, by),
    )


def _figure(world: World) -> Figure:
    return Figure(world.day(0), Decimal(7))


def _measure(world: World, by: Viewer) -> object:
    return measuring.measure(benefit=_benefit(world), figure=_figure(world), **who(world, by))


def _bring(world: World, by: Viewer) -> object:
    return measuring.bring_measurements(
        initiative=world.initiative(), brought=[(_benefit(world), _figure(world))], **who(world, by)
    )


def _add(world: World, by: Viewer) -> object:
    return maps.add_to_map(initiative=world.initiative(), kind="goal", title="Ro", **who(world, by))


def _draw(world: World, by: Viewer) -> object:
    return maps.draw_arrow(
        initiative=world.initiative(),
        start=_node(world, "second_node"),
        end=_node(world, "benefit_node"),
        effect="helps",
        **who(world, by),
    )


def _freed(world: World, by: Viewer) -> object:
    return closing.decide_freed_time(
        benefit=_benefit(world),
        use="save",
        what_for="Budgettet",
        decided_on=world.day(0),
        not_heard_because="Drøftes i marts",
        **who(world, by),
    )


def _report(world: World, by: Viewer) -> object:
    return closing.write_closing_report(initiative=world.initiative(), account="Det kom", **who(world, by))


# --- forms -----------------------------------------------------------------------------------------------


def _register_form(_world: World) -> Form:
    return {"title": "Færre klager", "worth": "qualitative", "indicator": "complaints"}


def _change_form(world: World) -> Form:
    found = _benefit(world)
    return {
        "version": found.version,
        "title": "Andre ord",
        "worth": "reallocation",
        "measured_as": found.measured_as,
        "unit": found.unit,
        "owner": str(found.owner),
    }


def _bring_form(world: World) -> Form:
    text = f"Benefit;Measured on;Value\n{_benefit(world).title};{world.day(0)};7"
    return {"file": SentAgain("tal.csv", text.encode(), "text/csv")}


def _because(_world: World) -> Form:
    return {"because": "Sådan er det"}


DEEDS = (
    reads(PERMISSIONS, "see_benefits", _benefit),
    reads(PERMISSIONS, "see_overview"),
    Deed("benefits.register_benefit", _register, "benefits:register_benefit", _register_form),
    Deed(
        "benefits.change_benefit",
        _met,
        "benefits:meet_prerequisite",
        lambda world: {"met_on": world.day(0)},
    ),
    Deed("benefits.change_benefit", _change, "benefits:change_benefit", _change_form),
    Deed(
        "benefits.answer_for_benefit",
        _on_the_benefit(register.accept_benefit),
        "benefits:accept_benefit",
        lambda _world: {},
    ),
    Deed(
        "benefits.answer_for_benefit",
        _on_the_benefit(register.decline_benefit, because="For højt"),
        "benefits:decline_benefit",
        _because,
    ),
    Deed(
        "benefits.hand_over_benefit",
        _hand_over,
        "benefits:hand_over",
        lambda world: {"owner": str(world.person("chair")), "because": "Nyt område"},
    ),
    Deed(
        "benefits.excuse_benefit",
        _on_the_benefit(register.excuse_benefit, because="Tælles fra marts"),
        "benefits:excuse_benefit",
        _because,
    ),
    Deed(
        "benefits.keep_ledger",
        _baseline,
        "benefits:record_baseline",
        lambda world: {"value": "11", "measured_on": world.day(0), "method": "Med ur"},
    ),
    Deed(
        "benefits.keep_ledger",
        _target,
        "benefits:set_target",
        lambda world: {"likely": "5", "target_day": world.day(99)},
    ),
    Deed(
        "benefits.keep_ledger",
        _plan,
        "benefits:plan_measuring",
        lambda world: {"first_on": world.day(99), "every_months": "6", "until": world.day(999)},
    ),
    Deed(
        "benefits.measure",
        _measure,
        "benefits:measure",
        lambda world: {"value": "7", "on": world.day(0)},
    ),
    Deed("benefits.bring_measurements", _bring, "benefits:bring_measurements", _bring_form),
    Deed(
        "benefits.explain_deviation",
        _on_the_benefit(measuring.explain_deviation, cause="later", text="Det trak ud"),
        "benefits:explain_deviation",
        lambda _world: {"cause": "later", "text": "Det trak ud"},
    ),
    Deed("benefits.draw_map", _add, "benefits:add_to_map", lambda _world: {"kind": "goal", "title": "Ro"}),
    Deed(
        "benefits.draw_map",
        _draw,
        "benefits:draw_arrow",
        lambda world: {
            "start": world.refs["second_node"],
            "end": world.refs["benefit_node"],
            "effect": "helps",
        },
    ),
    Deed(
        "benefits.draw_map",
        lambda world, by: maps.take_arrow_away(arrow=_arrow(world), **who(world, by)),
        "benefits:take_arrow_away",
        lambda _world: {},
    ),
    Deed(
        "benefits.draw_map",
        lambda world, by: maps.remove_from_map(node=_node(world), **who(world, by)),
        "benefits:remove_from_map",
        lambda _world: {},
    ),
    Deed(
        "benefits.decide_freed_time",
        _freed,
        "benefits:decide_freed_time",
        lambda world: {
            "use": "save",
            "what_for": "Budgettet",
            "decided_on": world.day(0),
            "not_heard_because": "Drøftes i marts",
        },
    ),
    Deed(
        "benefits.write_closing_report",
        _report,
        "benefits:write_closing_report",
        lambda _world: {"account": "Det kom"},
    ),
    Deed(
        "benefits.take_out_benefit",
        _on_the_benefit(register.take_out_benefit, because="Står to gange"),
        "benefits:take_out_benefit",
        _because,
    ),
)


def _ref(name: str, *more: str) -> Callable[[World], list[str]]:
    return lambda world: [world.refs[name], *more]


ADDRESSES: dict[str, Callable[[World], list[str]]] = {
    "benefits:overview": lambda _world: [],
    **{
        f"benefits:{page}": _ref("initiative")
        for page in (
            "register",
            "register_benefit",
            "map",
            "add_to_map",
            "draw_arrow",
            "promised",
            "bring_measurements",
            "write_closing_report",
        )
    },
    **{
        f"benefits:{page}": _ref("benefit")
        for page in (
            "benefit",
            "change_benefit",
            "accept_benefit",
            "decline_benefit",
            "hand_over",
            "excuse_benefit",
            "take_out_benefit",
            "record_baseline",
            "set_target",
            "plan_measuring",
            "measure",
            "explain_deviation",
            "decide_freed_time",
        )
    },
    "benefits:measurements_template": _ref("initiative", "xlsx"),
    "benefits:meet_prerequisite": _ref("prerequisite"),
    "benefits:remove_from_map": _ref("map_node"),
    "benefits:take_arrow_away": _ref("map_arrow"),
    "benefits:closing_report": _ref("closing_report"),
    "benefits:closing_report_file": _ref("closing_report", "docx"),
}
