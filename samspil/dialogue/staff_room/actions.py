"""What the staff side does in its own room. The journal learns that something was written, never what.

Every text keeps a salt beside it; the journal holds the commitment that the two open.
"""

import secrets
from datetime import date, datetime, time

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from samspil.core.journal import commitment
from samspil.dialogue.actions import THEY_CHANGED_IT, answer_question
from samspil.dialogue.models import Item, ItemQuestion, Meeting, PreparatoryAnswer
from samspil.dialogue.permissions import PERMISSIONS
from samspil.dialogue.sealing import sealed
from samspil.dialogue.secrecy import STAFF, answers_visible_to
from samspil.dialogue.staff_room import words
from samspil.dialogue.staff_room.models import PreMeeting, StaffComment, StaffNote, StaffText
from samspil.kit.refusal import ChangedMeanwhile, Refused
from samspil.organisation import journal
from samspil.organisation.models import Committee
from samspil.organisation.viewer import Viewer

LONGEST_ANSWER = 4000
RELEASED = _("This note has been released, so it can no longer be changed. Write a new one.")


@transaction.atomic
def write_note(
    *,
    committee: Committee,
    title: str,
    text: str,
    item: Item | None = None,
    note: StaffNote | None = None,
    version: int = 0,
    by: Viewer,
    at: datetime,
) -> StaffNote:
    """Write a note, or a new version of one; earlier ones stay. `version` is the one that was read."""
    PERMISSIONS.require("write_staff_note", by, note or committee)
    committee = note.committee if note else committee
    if not title.strip():
        raise Refused(_("Write a title, so that your colleagues find it again."), "title")
    if item and item.committee_id != committee.pk:
        raise Refused(_("This item belongs to another committee. Choose one of this committee's."), "item")
    kept = _changed(note, title, text, version, by) if note else StaffNote(version=1)
    kept.organisation, kept.committee, kept.item = by.organisation, committee, item
    kept.save()
    written = StaffText.objects.create(
        organisation=by.organisation,
        note=kept,
        number=kept.version,
        title=title.strip(),
        text=text,
        salt=secrets.token_hex(16),
        written_by=by.person,
        written_at=at,
    )
    said = _sealed(written.salt, f"{written.title}\n{written.text}")
    _remember("staff_note_written", kept, said, by, at, number=kept.version)
    return kept


@transaction.atomic
def comment(*, note: StaffNote, text: str, by: Viewer, at: datetime) -> StaffComment:
    """Say something short about a note. It stays in the room, also when the note is released."""
    PERMISSIONS.require("comment_on_staff_note", by, note)
    if not text.strip():
        raise Refused(_("Write what you want to say."), "text")
    said = StaffComment.objects.create(
        organisation=by.organisation,
        note=note,
        text=text.strip(),
        salt=secrets.token_hex(16),
        written_by=by.person,
        written_at=at,
    )
    _remember("staff_comment_written", note, _sealed(said.salt, said.text), by, at)
    return said


@transaction.atomic
def set_pre_meeting(
    *,
    meeting: Meeting,
    on: date,
    starts: time | None = None,
    place: str = "",
    version: int = 0,
    by: Viewer,
    at: datetime,
) -> PreMeeting:
    """Say when and where the staff side meets before a meeting of the committee."""
    PERMISSIONS.require("set_pre_meeting", by, meeting)
    if on > meeting.on:
        raise Refused(_("It comes before the meeting. Choose an earlier day."), "on")
    if on < by.today:
        raise Refused(_("This day has passed. Choose a day to come."), "on")
    kept = PreMeeting.objects.select_for_update().filter(meeting=meeting).first()
    if (kept.version if kept else 0) != version:
        theirs = _in_short(kept.on, kept.starts, kept.place) if kept else ""
        raise ChangedMeanwhile(THEY_CHANGED_IT, theirs=theirs, yours=_in_short(on, starts, place))
    kept = kept or PreMeeting(organisation=by.organisation, meeting=meeting, version=0)
    kept.on, kept.starts, kept.place, kept.salt = on, starts, place.strip(), secrets.token_hex(16)
    kept.set_by, kept.set_at = by.person, at
    kept.version += 1
    kept.save()
    facts = {
        "committee": meeting.committee.name,
        "commitment": _sealed(kept.salt, _in_short(on, starts, kept.place)),
    }
    journal.append("dialogue.pre_meeting_set", thing=meeting.ref, facts=facts, by=by, at=at)
    return kept


@transaction.atomic
def move_note(*, note: StaffNote, question: ItemQuestion, by: Viewer, at: datetime) -> PreparatoryAnswer:
    """Put a note's text into the staff side's preparatory answer, below what stands there already."""
    PERMISSIONS.require("move_staff_note", by, note)
    newest = words.newest(note, by)
    if newest is None or not newest.text.strip():
        raise Refused(_("The note has no text that could be moved."), "question")
    if question.item_id != note.item_id:
        raise Refused(_("Choose one of the questions of the item that the note is about."), "question")
    answer = answers_visible_to(by, question.item).of(question.pk, STAFF)
    text = "\n\n".join(part for part in (answer.text.strip() if answer else "", newest.text.strip()) if part)
    if len(text) > LONGEST_ANSWER:
        raise Refused(_("Together they are too long for an answer. Shorten the note first."), "question")
    return answer_question(
        question=question, text=text, version=answer.version if answer else 0, by=by, at=at
    )


@transaction.atomic
def release_note(*, note: StaffNote, version: int, by: Viewer, at: datetime) -> StaffNote:
    """Let everybody who may read the item read exactly this version. It cannot be taken back."""
    PERMISSIONS.require("release_staff_note", by, note)
    kept = _locked(note)
    if kept.item is None:
        raise Refused(_("Say first which item the note is about: it is read there."))
    if kept.released_at:
        raise Refused(_("This note has been released already."))
    newest = words.newest(kept, by)
    if newest is None or newest.number != version:
        theirs = newest.text if newest else ""
        raise ChangedMeanwhile(
            _("A colleague changed the note after you opened it. Read it again before you release it."),
            theirs=theirs,
            yours="",
        )
    kept.released_at, kept.released_by = at, by.person
    kept.save(update_fields=["released_at", "released_by"])
    facts = {"title": kept.item.title, "note": kept.ref, "number": version, **sealed(kept.item)}
    journal.append("dialogue.staff_note_released", thing=kept.item.ref, facts=facts, by=by, at=at)
    return kept


def _changed(note: StaffNote, title: str, text: str, version: int, by: Viewer) -> StaffNote:
    kept = _locked(note)
    if kept.released_at:
        raise Refused(RELEASED)
    if kept.version != version:
        newest = words.newest(kept, by)
        theirs = f"{newest.title}\n\n{newest.text}" if newest else ""
        raise ChangedMeanwhile(THEY_CHANGED_IT, theirs=theirs, yours=f"{title}\n\n{text}")
    kept.version += 1
    return kept


def _locked(note: StaffNote) -> StaffNote:
    kept = StaffNote.objects.select_for_update().get(pk=note.pk)
    kept.committee, kept.item = note.committee, note.item if note.item_id == kept.item_id else kept.item
    return kept


def _remember(verb: str, note: StaffNote, said: str, by: Viewer, at: datetime, **facts: object) -> None:
    known = {"committee": note.committee.name, "note": note.ref, "commitment": said, **facts}
    journal.append(f"dialogue.{verb}", thing=note.committee.ref, facts=known, by=by, at=at)


def _sealed(salt: str, text: str) -> str:
    return commitment(bytes.fromhex(salt), text)


def _in_short(on: date, starts: time | None, place: str) -> str:
    return " · ".join(
        part for part in (on.isoformat(), starts.isoformat("minutes") if starts else "", place) if part
    )
