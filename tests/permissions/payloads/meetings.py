"""What is done in the meeting cycle: agendas, the annual wheel, attendance, moves, what stays open."""

from django.core.files.uploadedfile import SimpleUploadedFile

from samspil.dialogue import queries
from samspil.dialogue.agenda import actions as agenda
from samspil.dialogue.agenda import settling
from samspil.dialogue.agenda.models import Annex
from samspil.dialogue.agenda.queries import annex
from samspil.dialogue.at_the_table.saving import versions_of
from samspil.dialogue.attendance import actions as attendance
from samspil.dialogue.attendance.actions import Came
from samspil.dialogue.attendance.counting import places_at
from samspil.dialogue.follow_up import actions as follow_up
from samspil.dialogue.models import Outcome
from samspil.dialogue.moving import actions as moving
from samspil.dialogue.wheel import actions as wheel
from samspil.dialogue.wheel.models import StandingTopic
from samspil.dialogue.wheel.views import topic
from samspil.organisation.models import Committee
from samspil.organisation.viewer import Viewer
from tests.permissions.payloads.deed import Deed, Form, who
from tests.permissions.world import World, outcomes_of

YEAR = {"year": 2027, "months": ["2", "9"], "nth": "2", "weekday": "1", "quiet_weeks": "28-30"}
DAYS = ("2027-02-09", "2027-09-14")


def _local(world: World) -> Committee:
    return world.cast.committees["local"]


def _topic(world: World) -> StandingTopic:
    found = topic(world.refs["topic"])
    assert found is not None
    return found


def _annex(world: World) -> Annex:
    found = annex(world.refs["annex"])
    assert found is not None
    return found


def _sha256(world: World, meeting: str) -> str:
    return settling.agenda_of(world.meeting(meeting), world.day(0)).sha256


# --- calls -----------------------------------------------------------------------------------------------


def _request_matter(world: World, by: Viewer) -> object:
    return agenda.request_matter(committee=_local(world), title="Vagter", **who(world, by))


def _add_annex(world: World, by: Viewer) -> object:
    return agenda.add_annex(item=world.item(), file=_annex(world).file, **who(world, by))


def _remove_annex(world: World, by: Viewer) -> object:
    return agenda.remove_annex(annex=_annex(world), **who(world, by))


def _arrange(world: World, by: Viewer) -> object:
    return agenda.arrange_agenda(
        meeting=world.meeting(), item=world.item(), direction="down", **who(world, by)
    )


def _describe(world: World, by: Viewer) -> object:
    return agenda.describe_entry(
        meeting=world.meeting(), item=world.item(), minutes=15, version=1, **who(world, by)
    )


def _settle(world: World, by: Viewer) -> object:
    return agenda.settle_agenda(meeting=world.meeting(), sha256=_sha256(world, "meeting"), **who(world, by))


def _send(world: World, by: Viewer) -> object:
    meeting = world.meeting("settled")
    return agenda.send_agenda(meeting=meeting, sha256=_sha256(world, "settled"), **who(world, by))


def _plan_year(world: World, by: Viewer) -> object:
    days = [world.at.date().replace(year=2027, month=2, day=9)]
    return wheel.plan_year(committee=_local(world), days=days, **who(world, by))


def _add_topic(world: World, by: Viewer) -> object:
    return wheel.add_topic(committee=_local(world), title="Trivsel", months=[3], **who(world, by))


def _change_topic(world: World, by: Viewer) -> object:
    return wheel.change_topic(topic=_topic(world), title="Trivsel", months=[3], version=1, **who(world, by))


def _end_topic(world: World, by: Viewer) -> object:
    return wheel.end_topic(topic=_topic(world), **who(world, by))


def _usual_topics(world: World, by: Viewer) -> object:
    return wheel.take_usual_topics(committee=_local(world), keys=["budget"], **who(world, by))


def _place_topic(world: World, by: Viewer) -> object:
    return wheel.place_topic(topic=_topic(world), meeting=world.meeting(), **who(world, by))


def _attendance(world: World, by: Viewer) -> object:
    held = world.meeting("held")
    came = [Came(place.seat, "present") for place in places_at(held)]
    return attendance.note_attendance(meeting=held, came=came, **who(world, by))


def _move(world: World, by: Viewer) -> object:
    return moving.move_meeting(
        meeting=world.meeting("later"), on=world.day(57), reason="Kursus", **who(world, by)
    )


def _cancel(world: World, by: Viewer) -> object:
    return moving.cancel_meeting(meeting=world.meeting("later"), reason="Sygdom", **who(world, by))


def _carry_over(world: World, by: Viewer) -> object:
    return follow_up.carry_over(meeting=world.meeting(), **who(world, by))


def _move_action(world: World, by: Viewer) -> object:
    return follow_up.move_action_point(
        point=world.point(), due=world.day(30), reason="Sygdom", version=1, **who(world, by)
    )


# --- forms -----------------------------------------------------------------------------------------------


def _matter_form(world: World) -> Form:
    purpose = next(iter(world.item().regime.body["procedure"]["purposes"]))["key"]
    return {"title": "Vagter", "purpose": purpose, "case": "Kort", "meeting": "", "phase": ""}


class TextFile(SimpleUploadedFile):
    """A file that can be sent more than once."""

    def read(self, *args: int) -> bytes:
        self.seek(0)
        return bytes(super().read(*args))


def _text_file() -> TextFile:
    return TextFile("plan.txt", b"Uge 28", content_type="text/plain")


def _record_form(world: World) -> Form:
    """What came of it; once that stands there, something else."""
    item = world.item("held_item")
    so_far = Outcome.objects.filter(item=item).values_list("key", flat=True).first()
    first = outcomes_of(item)[0].key
    written = queries.newest_minutes(item)
    return {
        f"{item.ref}-outcome": "noted" if so_far == first else first,
        f"{item.ref}-text": written.text if written else "",
        **{f"{item.ref}-{name}": version for name, version in versions_of(item).items()},
        "only": item.ref,
    }


def _attendance_form(world: World) -> Form:
    places = places_at(world.meeting("held"))
    return {"version": 0, "note": "Alle kom"} | {f"seat_{place.seat.ref}": "present" for place in places}


DEEDS = (
    Deed("dialogue.request_matter", _request_matter, "dialogue:request_matter", _matter_form),
    Deed(
        "dialogue.add_annex",
        _add_annex,
        "dialogue:add_annex",
        lambda _world: {"brought": _text_file(), "name": "Plan"},
    ),
    Deed(
        "dialogue.arrange_agenda",
        _arrange,
        "dialogue:arrange_agenda",
        lambda world: {"item": world.refs["item"], "direction": "down"},
    ),
    Deed(
        "dialogue.describe_entry",
        _describe,
        "dialogue:describe_entry",
        lambda _world: {"minutes": 15, "presenter": "Bo", "purpose": "", "version": 1},
    ),
    Deed(
        "dialogue.settle_agenda",
        _settle,
        "dialogue:settle_agenda",
        lambda world: {"sha256": _sha256(world, "meeting")},
    ),
    Deed(
        "dialogue.send_agenda",
        _send,
        "dialogue:send_agenda",
        lambda world: {"sha256": _sha256(world, "settled")},
    ),
    Deed("dialogue.remove_annex", _remove_annex, "dialogue:remove_annex", lambda _world: {}),
    Deed(
        "dialogue.plan_year",
        _plan_year,
        "dialogue:plan_year",
        lambda _world: {**YEAR, "then": "plan", "keep": list(DAYS)},
    ),
    Deed(
        "dialogue.add_topic",
        _add_topic,
        "dialogue:add_topic",
        lambda _world: {"title": "Trivsel", "months": ["3"], "purpose": "", "about": "Kort"},
    ),
    Deed(
        "dialogue.change_topic",
        _change_topic,
        "dialogue:change_topic",
        lambda _world: {"title": "Trivsel", "months": ["3"], "purpose": "", "about": "", "version": 1},
    ),
    Deed(
        "dialogue.take_usual_topics",
        _usual_topics,
        "dialogue:take_usual_topics",
        lambda _world: {"keys": ["budget"]},
    ),
    Deed(
        "dialogue.place_topic",
        _place_topic,
        "dialogue:place_topic",
        lambda world: {"topic": world.refs["topic"]},
    ),
    Deed("dialogue.end_topic", _end_topic, "dialogue:end_topic", lambda _world: {}),
    Deed(
        "dialogue.note_attendance",
        _attendance,
        "dialogue:note_attendance",
        _attendance_form,
    ),
    Deed("dialogue.record_outcome", None, "dialogue:record_meeting", _record_form),
    Deed(
        "dialogue.move_meeting",
        _move,
        "dialogue:move_meeting",
        lambda world: {"on": world.day(57), "reason": "Kursus", "starts": "", "ends": "", "place": ""},
    ),
    Deed(
        "dialogue.cancel_meeting",
        _cancel,
        "dialogue:cancel_meeting",
        lambda _world: {"reason": "Sygdom", "items_go": "wait"},
    ),
    Deed("dialogue.carry_over", _carry_over, "dialogue:carry_over", lambda _world: {}),
    Deed(
        "dialogue.move_action_point",
        _move_action,
        "dialogue:move_action_point",
        lambda world: {"due": world.day(30), "reason": "Sygdom", "version": 1},
    ),
)
