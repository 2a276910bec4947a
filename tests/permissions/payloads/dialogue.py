"""What is done in committees."""

from samspil.dialogue import actions, queries
from samspil.dialogue.models import Meeting
from samspil.dialogue.permissions import PERMISSIONS
from samspil.organisation.models import Committee
from samspil.organisation.viewer import Viewer
from tests.permissions.payloads.deed import Deed, Form, reads, who
from tests.permissions.world import World, outcomes_of, sha256


def _local(world: World) -> Committee:
    return world.cast.committees["local"]


# --- calls -----------------------------------------------------------------------------------------------


def _plan_meeting(world: World, by: Viewer) -> object:
    return actions.plan_meeting(committee=_local(world), on=world.day(45), **who(world, by))


def _correct_date(world: World, by: Viewer) -> object:
    held = Meeting.objects.select_related("committee").get(ref=world.refs["held"])
    return actions.correct_meeting_date(
        meeting=held, on=world.day(-7), reason="Skrevet forkert", **who(world, by)
    )


def _request_item(world: World, by: Viewer) -> object:
    return actions.request_item(initiative=world.initiative(), **who(world, by))


def _place_item(world: World, by: Viewer) -> object:
    return actions.place_item(item=world.item("waiting"), meeting=world.meeting(), **who(world, by))


def _choose_questions(world: World, by: Viewer) -> object:
    item = world.item("waiting")
    keys = [queries.questions_of(item)[0].key]
    return actions.choose_questions(item=item, keys=keys, version=item.version, **who(world, by))


def _write_case(world: World, by: Viewer) -> object:
    item = world.item()
    return actions.write_case(
        item=item, title="Ny titel", case="Mere", version=item.version, **who(world, by)
    )


def _case_number(world: World, by: Viewer) -> object:
    item = world.item()
    return actions.give_case_number(item=item, case_number="26/1234", version=item.version, **who(world, by))


def _withdraw(world: World, by: Viewer) -> object:
    return actions.withdraw_item(item=world.item(), reason="For tidligt", **who(world, by))


def _answer(world: World, by: Viewer) -> object:
    question = queries.questions_of(world.item())[0]
    return actions.answer_question(question=question, text="Nyt svar", version=1, **who(world, by))


def _release_answers(world: World, by: Viewer) -> object:
    return actions.release_answers(item=world.item(), **who(world, by))


def _record_outcome(world: World, by: Viewer) -> object:
    item = world.item("held_item")
    return actions.record_outcome(item=item, outcomes=outcomes_of(item), **who(world, by))


def _write_minutes(world: World, by: Viewer) -> object:
    return actions.write_minutes(
        item=world.item("written_item"), text="Drøftet igen", version=1, **who(world, by)
    )


def _release_minutes(world: World, by: Viewer) -> object:
    item = world.item("written_item")
    return actions.release_minutes(item=item, sha256=sha256(item), **who(world, by))


def _approve_minutes(world: World, by: Viewer) -> object:
    item = world.item("released_item")
    return actions.approve_minutes(item=item, sha256=sha256(item), **who(world, by))


def _add_action_point(world: World, by: Viewer) -> object:
    return actions.add_action_point(
        item=world.item("held_item"),
        text="Ring igen",
        owner=world.person("steward"),
        due=world.day(9),
        **who(world, by),
    )


def _finish_action_point(world: World, by: Viewer) -> object:
    return actions.finish_action_point(point=world.point(), done_on=world.day(0), **who(world, by))


def _held_elsewhere(world: World, by: Viewer) -> object:
    return actions.record_meeting_elsewhere(
        initiative=world.initiative(),
        committee=_local(world),
        on=world.day(-1),
        outcomes=outcomes_of(world.item()),
        **who(world, by),
    )


# --- forms -----------------------------------------------------------------------------------------------


def _request_form(world: World) -> Form:
    return {
        "committee": _local(world).ref,
        "meeting": world.refs["meeting"],
        "title": "Til drøftelse",
        "questions": [queries.questions_of(world.item())[0].key],
        "case": "Kort",
    }


def _questions_form(world: World) -> Form:
    item = world.item("waiting")
    return {"version": item.version, "questions": [queries.questions_of(item)[0].key]}


def _case_form(world: World) -> Form:
    return {"version": world.item().version, "title": "Ny titel", "case": "Mere"}


def _answers_form(world: World) -> Form:
    """Both sides have answered the first question once, and no other."""
    asked = queries.questions_of(world.item())
    texts = {f"text_{one.ref}": "Nyt svar" if one is asked[0] else "" for one in asked}
    return texts | {f"version_{one.ref}": int(one is asked[0]) for one in asked}


def _outcome_form(world: World) -> Form:
    return {
        "outcome": outcomes_of(world.item("held_item"))[0].key,
        "position_staff": "Vi vil have tid til oplæring",
        "position_management": "",
        "order": "",
        "version": 0,
    }


def _action_form(world: World) -> Form:
    return {"text": "Ring igen", "owner": world.cast.people["steward"].ref, "due": world.day(9)}


def _elsewhere_form(world: World) -> Form:
    return {
        "on": world.day(-1),
        "committee": _local(world).ref,
        "outcome": outcomes_of(world.item())[0].key,
        "text": "Drøftet",
        "order": "",
    }


DEEDS = (
    reads(PERMISSIONS, "see_committees"),
    reads(PERMISSIONS, "see_committee", _local),
    reads(PERMISSIONS, "see_meeting", World.meeting),
    reads(PERMISSIONS, "see_item", World.item),
    reads(PERMISSIONS, "see_asked_too_late"),
    Deed(
        "dialogue.plan_meeting",
        _plan_meeting,
        "dialogue:plan_meeting",
        lambda world: {"on": world.day(45), "kind": "ordinary"},
    ),
    Deed(
        "dialogue.correct_meeting_date",
        _correct_date,
        "dialogue:correct_meeting_date",
        lambda world: {"on": world.day(-7), "reason": "Skrevet forkert"},
        journalled=4,  # the meeting, and each of the three items it treated
    ),
    Deed("dialogue.request_item", _request_item, "dialogue:request_item", _request_form),
    Deed(
        "dialogue.place_item",
        _place_item,
        "dialogue:place_item",
        lambda world: {"meeting": world.refs["meeting"]},
    ),
    Deed("dialogue.choose_questions", _choose_questions, "dialogue:choose_questions", _questions_form),
    Deed("dialogue.write_case", _write_case, "dialogue:write_case", _case_form),
    Deed(
        "dialogue.give_case_number",
        _case_number,
        "dialogue:give_case_number",
        lambda world: {"case_number": "26/1234", "version": world.item().version},
    ),
    Deed(
        "dialogue.withdraw_item",
        _withdraw,
        "dialogue:withdraw_item",
        lambda _world: {"reason": "For tidligt"},
    ),
    Deed("dialogue.answer_question", _answer, "dialogue:answer_questions", _answers_form),
    Deed("dialogue.release_answers", _release_answers, "dialogue:release_answers", lambda _world: {}),
    Deed("dialogue.record_outcome", _record_outcome, "dialogue:record_outcome", _outcome_form),
    Deed(
        "dialogue.write_minutes",
        _write_minutes,
        "dialogue:write_minutes",
        lambda _world: {"text": "Drøftet igen", "version": 1},
    ),
    Deed(
        "dialogue.release_minutes",
        _release_minutes,
        "dialogue:release_minutes",
        lambda world: {"sha256": sha256(world.item("written_item"))},
    ),
    Deed(
        "dialogue.approve_minutes",
        _approve_minutes,
        "dialogue:approve_minutes",
        lambda world: {"sha256": sha256(world.item("released_item"))},
    ),
    Deed("dialogue.add_action_point", _add_action_point, "dialogue:add_action_point", _action_form),
    Deed(
        "dialogue.finish_action_point",
        _finish_action_point,
        "dialogue:finish_action_point",
        lambda _world: {},
    ),
    Deed("dialogue.record_meeting_elsewhere", _held_elsewhere, "dialogue:held_elsewhere", _elsewhere_form),
)
