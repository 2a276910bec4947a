"""What is agreed beside single items: guidelines, the strategy, assessments before a change."""

from samspil.dialogue.guidelines import actions as guidelines
from samspil.dialogue.permissions import PERMISSIONS
from samspil.dialogue.strategy import actions as strategies
from samspil.initiative import actions as hall
from samspil.organisation.viewer import Viewer
from tests.permissions.agreed import agreed_item, assessment, discussion, guideline, promised, strategy
from tests.permissions.payloads.deed import Deed, Form, reads, who
from tests.permissions.world import World

WORDS = {"title": "Ny titel", "purpose": "I tide", "taking_part": "Alle", "follow_up": "Hvert møde"}


# --- calls -----------------------------------------------------------------------------------------------


def _propose(world: World, by: Viewer) -> object:
    return guidelines.propose_guideline(initiative=world.initiative(), **who(world, by))


def _propose_general(world: World, by: Viewer) -> object:
    local = world.cast.committees["local"]
    return guidelines.propose_general_guideline(committee=local, kind="new_technology", **who(world, by))


def _change(world: World, by: Viewer) -> object:
    found = guideline(world)
    return guidelines.change_guideline(
        guideline=found, version=2, **WORDS, discussions=promised(world), **who(world, by)
    )


def _revise(world: World, by: Viewer) -> object:
    return guidelines.revise_guideline(guideline=guideline(world, "holding"), **who(world, by))


def _put_before(world: World, by: Viewer) -> object:
    return guidelines.put_guideline_before(guideline=guideline(world), **who(world, by))


def _agree(world: World, by: Viewer) -> object:
    return guidelines.agree_guideline(
        guideline=guideline(world, "agreeing"), item=agreed_item(world), **who(world, by)
    )


def _elsewhere(world: World, by: Viewer) -> object:
    return guidelines.record_guideline_elsewhere(
        guideline=guideline(world), agreed_on=world.day(-1), agreed_by="Begge sider", **who(world, by)
    )


def _terminate(world: World, by: Viewer) -> object:
    return guidelines.terminate_guideline(
        guideline=guideline(world, "holding"),
        notice_on=world.day(0),
        side="staff",
        because="Den virker ikke",
        ends_on=world.day(90),
        **who(world, by),
    )


def _start(world: World, by: Viewer) -> object:
    return strategies.start_strategy(
        title="Ny strategi", since=world.day(0), until=world.day(800), goals="Ro på", **who(world, by)
    )


def _write(world: World, by: Viewer) -> object:
    return strategies.write_strategy_version(
        strategy=strategy(world), version=1, goals="Ro på", because="Udvalget", **who(world, by)
    )


def _open_round(world: World, by: Viewer) -> object:
    main = [world.cast.committees["main"]]
    return strategies.open_strategy_round(strategy=strategy(world), committees=main, **who(world, by))


def _answer(world: World, by: Viewer) -> object:
    return strategies.answer_strategy_discussion(
        discussion=discussion(world), version=0, said="Timer", answer="Sat af", **who(world, by)
    )


def _record(world: World, by: Viewer) -> object:
    return hall.record_assessment(
        assessment=assessment(world),
        done_on=world.day(-1),
        found="Mere tempo",
        measures="Pauser",
        safety_rep=world.person("steward"),
        version=2,
        **who(world, by),
    )


def _date(world: World, by: Viewer) -> object:
    return hall.date_assessment(
        assessment=assessment(world, "open_assessment"), due=world.day(20), version=1, **who(world, by)
    )


# --- forms -----------------------------------------------------------------------------------------------


def _change_form(world: World) -> Form:
    ref = guideline(world).versions.get().discussions.get().ref
    local = world.cast.committees["local"].ref
    return {"version": 2, **WORDS, f"phase_{ref}": "idea", f"committee_{ref}": local}


def _record_form(world: World) -> Form:
    return {
        "done_on": world.day(-1),
        "found": "Mere tempo",
        "measures": "Pauser",
        "safety_rep": world.person("steward").ref,
        "version": 2,
    }


DEEDS = (
    reads(PERMISSIONS, "see_guideline", guideline),
    reads(PERMISSIONS, "see_strategies"),
    reads(PERMISSIONS, "see_strategy", strategy),
    Deed("dialogue.propose_guideline", _propose, "dialogue:propose_guideline", lambda _world: {}),
    Deed(
        "dialogue.propose_general_guideline",
        _propose_general,
        "dialogue:propose_general",
        lambda _world: {"kind": "new_technology"},
    ),
    Deed("dialogue.change_guideline", _change, "dialogue:change_guideline", _change_form),
    Deed("dialogue.change_guideline", _revise, "dialogue:revise_guideline", lambda _world: {}),
    Deed(
        "dialogue.change_guideline",
        _put_before,
        "dialogue:put_guideline_before",
        lambda _world: {},
        journalled=2,  # the guideline, and the item by which it is put
    ),
    Deed(
        "dialogue.agree_guideline",
        _agree,
        "dialogue:agree_guideline",
        lambda world: {"item": world.refs["agreed_item"]},
    ),
    Deed(
        "dialogue.record_guideline_elsewhere",
        _elsewhere,
        "dialogue:agreed_elsewhere",
        lambda world: {"agreed_on": world.day(-1), "agreed_by": "Begge sider"},
    ),
    Deed(
        "dialogue.terminate_guideline",
        _terminate,
        "dialogue:terminate_guideline",
        lambda world: {"side": "staff", "notice_on": world.day(0), "ends_on": world.day(90)},
    ),
    Deed(
        "dialogue.write_strategy",
        _start,
        "dialogue:start_strategy",
        lambda world: {
            "title": "Ny strategi",
            "since": world.day(0),
            "until": world.day(800),
            "goals": "Ro på",
        },
    ),
    Deed(
        "dialogue.write_strategy",
        _write,
        "dialogue:write_strategy_version",
        lambda _world: {"version": 1, "goals": "Ro på", "because": "Udvalget"},
    ),
    Deed(
        "dialogue.open_strategy_round",
        _open_round,
        "dialogue:open_strategy_round",
        lambda world: {"committees": [world.cast.committees["main"].ref]},
        journalled=2,  # the round, and the one item it puts
    ),
    Deed(
        "dialogue.answer_strategy_round",
        _answer,
        "dialogue:answer_strategy_discussion",
        lambda _world: {"version": 0, "said": "Timer", "answer": "Sat af"},
    ),
    Deed(
        "initiative.record_assessment",
        _date,
        "initiative:date_assessment",
        lambda world: {"due": world.day(20), "version": 1},
    ),
    Deed("initiative.record_assessment", _record, "initiative:record_assessment", _record_form),
)
