"""What goes down and comes up, and what the staff side does in its room."""

from samspil.dialogue import queries as dialogue
from samspil.dialogue.permissions import PERMISSIONS
from samspil.dialogue.replies import actions, queries
from samspil.dialogue.replies.models import Asked, Sending
from samspil.dialogue.staff_room import actions as room
from samspil.dialogue.staff_room import words
from samspil.dialogue.staff_room.models import StaffNote
from samspil.organisation.models import Committee
from samspil.organisation.viewer import Viewer
from tests.permissions.payloads.deed import Deed, Form, reads, who
from tests.permissions.world import World


def _local(world: World) -> Committee:
    return world.cast.committees["local"]


def _sending(world: World) -> Sending:
    found = queries.sending(world.refs["sending"])
    assert found
    return found


def _asked(world: World, name: str = "asked") -> Asked:
    found = queries.asked(world.refs[name])
    assert found
    return found


def _note(world: World, name: str = "note") -> StaffNote:
    found = words.note(world.refs[name])
    assert found
    return found


# --- calls -----------------------------------------------------------------------------------------------


def _send_down(world: World, by: Viewer) -> object:
    item = world.item("above_too")
    asked = [actions.NewQuestion(one.key, one.wording) for one in dialogue.questions_of(item)[:1]]
    return actions.send_down(
        item=item, committees=[_local(world)], questions=asked, due=world.day(30), **who(world, by)
    )


def _close(world: World, by: Viewer) -> object:
    return actions.close_replies(sending=_sending(world), **who(world, by))


def _answers(asked: Asked) -> list[actions.NewAnswer]:
    return [actions.NewAnswer(one, "Vi mangler tid") for one in queries.questions_of(asked.sending)]


def _give(world: World, by: Viewer) -> object:
    asked = _asked(world, "asked_too")
    return actions.give_reply(
        asked=asked, way="mail", held_on=world.day(0), answers=_answers(asked), **who(world, by)
    )


def _enter(world: World, by: Viewer) -> object:
    asked = _asked(world)
    return actions.enter_paper_reply(
        asked=asked, held_on=world.day(0), took_part=12, answers=_answers(asked), **who(world, by)
    )


def _take_up(world: World, by: Viewer) -> object:
    return actions.take_up(asked=_asked(world), **who(world, by))


def _write_note(world: World, by: Viewer) -> object:
    return room.write_note(committee=_local(world), title="Ny", text="Mere", **who(world, by))


def _comment(world: World, by: Viewer) -> object:
    return room.comment(note=_note(world), text="Enig", **who(world, by))


def _pre_meeting(world: World, by: Viewer) -> object:
    return room.set_pre_meeting(meeting=world.meeting(), on=world.day(19), version=1, **who(world, by))


def _move(world: World, by: Viewer) -> object:
    question = dialogue.questions_of(world.item("waiting"))[0]
    return room.move_note(note=_note(world), question=question, **who(world, by))


def _release(world: World, by: Viewer) -> object:
    return room.release_note(note=_note(world, "note_to_release"), version=1, **who(world, by))


# --- forms -----------------------------------------------------------------------------------------------


def _send_form(world: World) -> Form:
    first = dialogue.questions_of(world.item("above_too"))[0]
    return {
        "due": world.day(30),
        "seen": world.day(30),
        "why": "Vi vil vide det",
        "questions": [first.key],
        "own": "",
        "to": "chosen",
        "chosen": [f"one:{_local(world).ref}"],
    }


def _reply_form(world: World, name: str) -> Form:
    asked = queries.questions_of(_sending(world))
    texts = {f"text_{one.ref}": "Vi mangler tid" for one in asked}
    positions = {f"position_{one.ref}": "shared" for one in asked}
    newest = queries.newest_reply(_asked(world, name))
    return {
        "version": newest.version if newest else 0,
        "held_on": world.day(0),
        "took_part": 12,
        "because": "",
        **texts,
        **positions,
    }


def _note_form(world: World) -> Form:
    return {
        "title": "Ny titel",
        "text": "Mere",
        "item": world.refs["waiting"],
        "version": _note(world).version,
    }


DEEDS = (
    reads(PERMISSIONS, "see_replies", _sending),
    reads(PERMISSIONS, "find_answer_sheet"),
    reads(PERMISSIONS, "see_staff_room", _local),
    Deed("dialogue.send_down", _send_down, "dialogue:send_down", _send_form),
    Deed(
        "dialogue.give_reply",
        _give,
        "dialogue:give_reply",
        lambda world: {**_reply_form(world, "asked_too"), "way": "mail"},
    ),
    Deed(
        "dialogue.take_up_what_was_sent",
        _take_up,
        "dialogue:take_up",
        lambda _world: {"meeting": ""},
    ),
    Deed(
        "dialogue.enter_paper_reply",
        _enter,
        "dialogue:enter_paper",
        lambda world: _reply_form(world, "asked"),
    ),
    Deed("dialogue.close_replies", _close, "dialogue:close_replies", lambda _world: {}),
    Deed(
        "dialogue.write_staff_note",
        _write_note,
        "dialogue:new_staff_note",
        lambda _world: {"title": "Ny", "text": "Mere", "item": "", "version": 0},
    ),
    Deed("dialogue.write_staff_note", None, "dialogue:change_staff_note", _note_form),
    Deed(
        "dialogue.comment_on_staff_note",
        _comment,
        "dialogue:comment_on_staff_note",
        lambda _world: {"text": "Enig"},
    ),
    Deed(
        "dialogue.set_pre_meeting",
        _pre_meeting,
        "dialogue:pre_meeting",
        lambda world: {"on": world.day(19), "starts": "", "place": "Kantinen", "version": 1},
    ),
    Deed(
        "dialogue.move_staff_note",
        _move,
        "dialogue:move_staff_note",
        lambda world: {"question": dialogue.questions_of(world.item("waiting"))[0].ref},
    ),
    Deed(
        "dialogue.release_staff_note",
        _release,
        "dialogue:release_staff_note",
        lambda _world: {"version": 1, "sure": "yes"},
    ),
)
