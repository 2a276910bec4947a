"""What is done with the words of the questions."""

from collections.abc import Callable

from samspil.core.question_wording import Text
from samspil.dialogue.permissions import PERMISSIONS
from samspil.dialogue.wording import actions, queries
from samspil.dialogue.wording.models import WordedQuestion, Wording
from samspil.dialogue.wording.queries import Model
from samspil.organisation.viewer import Viewer
from tests.permissions.payloads.deed import Deed, Form, reads, who
from tests.permissions.world import World

NATIVE = Text("Hvem passer telefonen?", "Tænk på en mandag.", "Nogen ringer altid.", ("Et navn",))
READING = Text("Who answers the phone?", "Think of a Monday.", "Somebody always calls.", ("A name",))


def _ref(phase: str) -> Callable[[World], list[str]]:
    return lambda world: [world.refs[f"questions_{phase}"]]


def _named(name: str, *more: str) -> Callable[[World], list[str]]:
    return lambda world: [world.refs[name], *more]


def _model(world: World, phase: str) -> Model:
    found = queries.model(world.refs[f"questions_{phase}"])
    assert found
    return found


def _wording(world: World, phase: str = "development") -> Wording:
    return Wording.objects.get(ref=world.refs[f"wording_{phase}"])


def _question(world: World, name: str = "worded") -> WordedQuestion:
    return WordedQuestion.objects.select_related("wording").get(ref=world.refs[name])


# --- calls -----------------------------------------------------------------------------------------------


def _begin(world: World, by: Viewer) -> object:
    return actions.begin_wording(model=_model(world, "implementation"), **who(world, by))


def _drop(world: World, by: Viewer) -> object:
    return actions.drop_wording(wording=_wording(world, "idea"), **who(world, by))


def _word(world: World, by: Viewer) -> object:
    row = _question(world)
    return actions.word_question(
        question=row,
        native=NATIVE,
        reading=READING,
        levels=row.levels,
        before=row.before,
        core_question=True,
        version=row.version,
        **who(world, by),
    )


def _add(world: World, by: Viewer) -> object:
    return actions.add_question(
        wording=_wording(world),
        native=NATIVE,
        reading=READING,
        levels=["local"],
        before="decision",
        core_question=False,
        **who(world, by),
    )


def _leave_out(world: World, by: Viewer) -> object:
    row = _question(world)
    return actions.leave_out_question(question=row, reason="Ikke her", version=row.version, **who(world, by))


def _take_back(world: World, by: Viewer) -> object:
    return actions.take_question_back(question=_question(world, "left_out"), **who(world, by))


def _move(world: World, by: Viewer) -> object:
    return actions.move_question(question=_question(world), steps=1, **who(world, by))


def _newest(world: World, by: Viewer) -> object:
    return actions.build_on_newest(
        wording=_wording(world), model=_model(world, "development"), **who(world, by)
    )


def _publish(world: World, by: Viewer) -> object:
    wording = _wording(world)
    return actions.publish_wording(wording=wording, note="Kortere", version=wording.version, **who(world, by))


def _back(world: World, by: Viewer) -> object:
    return actions.return_to_house(model=_model(world, "follow_up"), reason="Den er bedre", **who(world, by))


# --- forms -----------------------------------------------------------------------------------------------


def _question_form(world: World) -> Form:
    texts = {
        f"{side}_{part}": "\n".join(value) if isinstance(value, tuple) else value
        for side, text in (("native", NATIVE), ("reading", READING))
        for part in ("ask", "explanation", "why", "good_answer")
        for value in [getattr(text, part)]
    }
    return {**texts, "levels": ["local"], "before": "decision", "core": "on"}


DEEDS = (
    reads(PERMISSIONS, "see_question_models"),
    reads(PERMISSIONS, "see_wording"),
    Deed("dialogue.begin_wording", _begin, "dialogue:begin_wording", lambda _world: {}),
    Deed("dialogue.drop_wording", _drop, "dialogue:drop_wording", lambda _world: {}),
    Deed(
        "dialogue.word_question",
        _word,
        "dialogue:word_question",
        lambda world: {**_question_form(world), "version": _question(world).version},
    ),
    Deed("dialogue.add_question", _add, "dialogue:add_question", _question_form),
    Deed(
        "dialogue.leave_out_question",
        _leave_out,
        "dialogue:leave_out_question",
        lambda world: {"reason": "Ikke her", "version": _question(world).version},
    ),
    Deed("dialogue.take_question_back", _take_back, "dialogue:take_question_back", lambda _world: {}),
    Deed("dialogue.move_question", _move, "dialogue:move_question", lambda _world: {"to": "down"}),
    Deed("dialogue.build_on_newest", _newest, "dialogue:build_on_newest", lambda _world: {}),
    Deed(
        "dialogue.publish_wording",
        _publish,
        "dialogue:publish_wording",
        lambda world: {"note": "Kortere", "version": _wording(world).version},
    ),
    Deed(
        "dialogue.return_to_house",
        _back,
        "dialogue:return_to_house",
        lambda _world: {"reason": "Den er bedre"},
    ),
)

ADDRESSES: dict[str, Callable[[World], list[str]]] = {
    "dialogue:question_models": lambda _world: [],
    "dialogue:question_model": _ref("follow_up"),
    "dialogue:question_card": lambda world: [*_ref("follow_up")(world), "local"],
    "dialogue:question_card_file": lambda world: [*_ref("follow_up")(world), "local"],
    "dialogue:newer_house": _ref("development"),
    "dialogue:begin_wording": _ref("implementation"),
    "dialogue:return_to_house": _ref("follow_up"),
    "dialogue:wording": _named("wording_development"),
    "dialogue:wording_card": _named("wording_development", "local"),
    "dialogue:add_question": _named("wording_development"),
    "dialogue:build_on_newest": _named("wording_development"),
    "dialogue:publish_wording": _named("wording_development"),
    "dialogue:drop_wording": _named("wording_idea"),
    "dialogue:wording_version": _named("version"),
    "dialogue:word_question": _named("worded"),
    "dialogue:leave_out_question": _named("worded"),
    "dialogue:take_question_back": _named("left_out"),
    "dialogue:move_question": _named("worded"),
}
