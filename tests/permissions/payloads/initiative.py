"""What is done in the hall."""

from samspil.core.gates import freeze
from samspil.initiative import actions, evidence, process
from samspil.initiative.models import Evidence, Thing
from samspil.initiative.permissions import PERMISSIONS
from samspil.initiative.things import thing_of
from samspil.organisation.viewer import Viewer
from tests.permissions.payloads.deed import Deed, Form, reads, who
from tests.permissions.world import World

GATE, DEMAND = "explore", "owner_in_line"


def _thing(world: World) -> Thing:
    return thing_of(world.refs["initiative"])


def _answer_row(world: World) -> Evidence:
    return Evidence.objects.get(initiative=world.initiative(), gate=GATE, demand=DEMAND)


# --- calls -----------------------------------------------------------------------------------------------


def _raise_need(world: World, by: Viewer) -> object:
    return actions.raise_need(
        problem="Dobbelt arbejde", for_whom="Os", if_nothing="Mere af det", **who(world, by)
    )


def _merge_needs(world: World, by: Viewer) -> object:
    return actions.merge_needs(need=world.need("other_need"), into=world.need("third_need"), **who(world, by))


def _answer_also(world: World, by: Viewer) -> object:
    return actions.answer_also(initiative=world.initiative(), need=world.need("third_need"), **who(world, by))


def _start(world: World, by: Viewer) -> object:
    return actions.start_initiative(
        needs=[world.need("third_need")],
        units=[world.cast.units["workplace"]],
        owner=world.person("owner"),
        lead=world.person("lead"),
        **who(world, by),
    )


def _change(world: World, by: Viewer) -> object:
    initiative = world.initiative()
    return actions.change_initiative(
        initiative=initiative,
        version=initiative.version,
        title="Ny titel",
        owner=initiative.owner,
        lead=initiative.lead,
        decision_level="area",
        ai_involved="no",
        case_number="26/1",
        units=[world.cast.units["workplace"]],
        groups=[],
        **who(world, by),
    )


def _admit_guest(world: World, by: Viewer) -> object:
    return actions.admit_guest(
        initiative=world.initiative(), person=world.person("other_guest"), **who(world, by)
    )


def _plan_step(world: World, by: Viewer) -> object:
    return actions.plan_step(initiative=world.initiative(), kind="tender", on=world.day(40), **who(world, by))


def _correct_step(world: World, by: Viewer) -> object:
    return actions.correct_step(
        step=world.step(), on=world.day(50), taken=False, reason="Udskudt", **who(world, by)
    )


def _answer_demand(world: World, by: Viewer) -> object:
    row = _answer_row(world)
    return actions.answer_demand(
        initiative=world.initiative(),
        gate=GATE,
        demand=DEMAND,
        status="not_relevant",
        because="Staben ejer det",
        version=row.version,
        **who(world, by),
    )


def _say_monday(world: World, by: Viewer) -> object:
    return actions.say_monday(
        initiative=world.initiative(),
        unit=world.cast.units["workplace"],
        group=None,
        changes=True,
        text="Vi ringer først",
        **who(world, by),
    )


def _inform_about_ai(world: World, by: Viewer) -> object:
    return actions.inform_about_ai(
        initiative=world.initiative(), informed_on=world.day(0), how="På mødet", **who(world, by)
    )


def _date_ai_duty(world: World, by: Viewer) -> object:
    return actions.date_ai_duty(initiative=world.initiative(), due=world.day(20), version=1, **who(world, by))


def _decide(world: World, by: Viewer) -> object:
    return actions.decide_gate(
        initiative=world.initiative(),
        gate=GATE,
        outcome="stop",
        decided_on=world.day(0),
        reason="Behovet er væk",
        **who(world, by),
    )


def _meet_condition(world: World, by: Viewer) -> object:
    return actions.meet_condition(condition=world.condition(), met_on=world.day(0), **who(world, by))


def _link(world: World, by: Viewer) -> object:
    return actions.link_things(
        initiative=world.initiative(),
        from_thing=_thing(world),
        to_thing=thing_of(world.refs["statement"]),
        kind="rests_on",
        **who(world, by),
    )


# --- forms -----------------------------------------------------------------------------------------------


def _need_form(world: World) -> Form:
    texts = {"problem": "Dobbelt arbejde", "for_whom": "Os", "if_nothing": "Mere af det"}
    return texts | {"because": world.refs["statement"]}


def _affected(world: World) -> list[str]:
    return [f"unit:{world.cast.units['workplace'].ref}", f"group:{world.cast.groups['citizens'].ref}"]


def _start_form(world: World) -> Form:
    return {
        "needs": [world.refs["third_need"]],
        "affected": _affected(world),
        "owner": world.cast.people["owner"].ref,
        "decision_level": "local",
        "ai_involved": "unknown",
        "origin": "need",
    }


def _change_form(world: World) -> Form:
    initiative = world.initiative()
    return {
        "title": "Ny titel",
        "lead": str(initiative.lead),
        "owner": initiative.owner.ref,
        "affected": _affected(world),
        "decision_level": "area",
        "ai_involved": "no",
        "case_number": "26/1",
        "version": initiative.version,
    }


def _demand_form(world: World) -> Form:
    return {
        "status": "not_relevant",
        "because": "Staben ejer det",
        "version": _answer_row(world).version,
        "source": world.refs["need"],
    }


def _duty_version(world: World) -> int:
    return world.initiative().ai_duty.version


def _decide_form(world: World) -> Form:
    initiative = world.initiative()
    gate = process.gate_of_phase(initiative, initiative.phase)
    assert gate is not None
    return {
        "outcome": "stop",
        "decided_on": world.day(0),
        "reason": "Behovet er væk",
        "rests_on": [world.refs["need"]],
        "seen": freeze(evidence.board_of(initiative, gate)).sha256,
    }


DEEDS = (
    reads(PERMISSIONS, "see_needs"),
    reads(PERMISSIONS, "see_initiatives"),
    reads(PERMISSIONS, "see_initiative", World.initiative),
    reads(PERMISSIONS, "see_thread", _thing),
    reads(PERMISSIONS, "search"),
    reads(PERMISSIONS, "see_journal"),
    reads(PERMISSIONS, "see_figures"),
    Deed("initiative.raise_need", _raise_need, "initiative:raise_need", _need_form),
    Deed(
        "initiative.merge_needs",
        _merge_needs,
        "initiative:merge_need",
        lambda world: {"into": world.refs["third_need"]},
    ),
    Deed(
        "initiative.change_initiative",
        _answer_also,
        "initiative:answer_need",
        lambda world: {"initiative": world.refs["initiative"]},
        turned_away=(302, 403, 404),  # whoever may read the need is told on its page that they may not
    ),
    Deed("initiative.start_initiative", _start, "initiative:start", _start_form),
    Deed("initiative.change_initiative", _change, "initiative:change", _change_form),
    Deed(
        "initiative.admit_guest",
        _admit_guest,
        "initiative:guests",
        lambda world: {"person": world.refs["other_guest"]},
    ),
    Deed(
        "initiative.give_step_date",
        _plan_step,
        "initiative:plan_step",
        lambda world: {"kind": "tender", "on": world.day(40), "phase": "idea"},
    ),
    Deed(
        "initiative.give_step_date",
        _correct_step,
        "initiative:correct_step",
        lambda world: {"on": world.day(50), "reason": "Udskudt"},
    ),
    Deed("initiative.answer_demand", _answer_demand, "initiative:answer_demand", _demand_form),
    Deed(
        "initiative.say_monday",
        _say_monday,
        "initiative:monday",
        lambda _world: {"changes": "yes", "text": "Vi ringer først", "version": 0},
    ),
    Deed(
        "initiative.inform_about_ai",
        _inform_about_ai,
        "initiative:inform_about_ai",
        lambda world: {
            "informed_on": world.day(0),
            "whom": ["staff", "representatives"],
            "way": "meeting",
            "how": "På mødet",
            "version": _duty_version(world),
        },
    ),
    Deed(
        "initiative.inform_about_ai",
        _date_ai_duty,
        "initiative:date_ai_duty",
        lambda world: {"due": world.day(20), "version": _duty_version(world)},
    ),
    Deed("initiative.decide_gate", _decide, "initiative:decide", _decide_form),
    Deed(
        "initiative.meet_condition",
        _meet_condition,
        "initiative:meet_condition",
        lambda world: {"met_on": world.day(0)},
    ),
    Deed("initiative.link_things", _link),
)
