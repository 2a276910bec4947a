"""The one place that reads what is written in a staff side's room. Each function asks who wants to know.

Whoever may not come in gets nothing, not even how much there is. A note that was released is read by
everybody who may read the item it is about: exactly the version that was released, and never what was said
about it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from samspil.dialogue.models import Item, Meeting
from samspil.dialogue.secrecy import in_staff_room
from samspil.dialogue.staff_room.models import PreMeeting, StaffComment, StaffNote, StaffText
from samspil.organisation.models import Committee
from samspil.organisation.viewer import Viewer


@dataclass(frozen=True)
class Written:
    """A note with its newest words."""

    note: StaffNote
    newest: StaffText

    @property
    def ref(self) -> str:
        return str(self.note.ref)


def note(ref: str) -> StaffNote | None:
    """The note without its words; for the door."""
    rows = StaffNote.objects.select_related("committee", "item__thing", "item__committee", "organisation")
    return rows.filter(ref=ref).first()


def notes_in(committee: Committee, viewer: Viewer) -> list[Written]:
    """The notes of a room, what was written last first."""
    if not in_staff_room(viewer, committee.pk):
        return []
    rows = StaffNote.objects.filter(committee=committee).select_related("item__thing")
    return sorted(_with_words(rows), key=lambda one: one.newest.written_at, reverse=True)


def notes_about(item: Item, viewer: Viewer) -> list[Written]:
    """The notes about an item that are still the staff side's own."""
    if not in_staff_room(viewer, item.committee_id):
        return []
    return _with_words(StaffNote.objects.filter(item=item, committee=item.committee_id, released_at=None))


def newest(found: StaffNote, viewer: Viewer) -> StaffText | None:
    return next(iter(versions(found, viewer)), None)


def versions(found: StaffNote, viewer: Viewer) -> list[StaffText]:
    """Every version of a note, the newest first."""
    if not in_staff_room(viewer, found.committee_id):
        return []
    rows = StaffText.objects.filter(note=found).select_related("written_by")
    return list(rows.order_by("-number"))


def comments_on(found: StaffNote, viewer: Viewer) -> list[StaffComment]:
    if not in_staff_room(viewer, found.committee_id):
        return []
    return list(StaffComment.objects.filter(note=found).select_related("written_by"))


def pre_meeting_of(meeting: Meeting, viewer: Viewer) -> PreMeeting | None:
    if not in_staff_room(viewer, meeting.committee_id):
        return None
    return PreMeeting.objects.filter(meeting=meeting).first()


def pre_meetings(committee: Committee, viewer: Viewer) -> list[tuple[Meeting, PreMeeting | None]]:
    """The meetings to come, each with the pre-meeting before it, if there is to be one."""
    if not in_staff_room(viewer, committee.pk):
        return []
    meetings = list(_meetings_to_come(committee, viewer.today))
    known = {one.meeting_id: one for one in PreMeeting.objects.filter(meeting__in=meetings)}
    return [(one, known.get(one.pk)) for one in meetings]


def released_about(items: Iterable[Item]) -> dict[int, list[Written]]:
    """What staff sides have released, item by item. Everybody who may read an item reads these."""
    found: dict[int, list[Written]] = {}
    rows = StaffNote.objects.filter(item__in=list(items), released_at__isnull=False).order_by("released_at")
    for one in _with_words(rows):
        found.setdefault(one.note.item_id or 0, []).append(one)
    return found


def released_texts(items: Iterable[Item]) -> dict[int, str]:
    """What was released about items in one text each, for the search index."""
    return {
        pk: " ".join(f"{one.newest.title} {one.newest.text}" for one in notes)
        for pk, notes in released_about(items).items()
    }


def _with_words(rows: "QuerySet[StaffNote]") -> list[Written]:
    heads = list(rows)
    texts = StaffText.objects.filter(note__in=heads).select_related("written_by").order_by("number")
    last = {text.note_id: text for text in texts}
    return [Written(one, last[one.pk]) for one in heads if one.pk in last]


def _meetings_to_come(committee: Committee, on: date) -> "QuerySet[Meeting]":
    rows = Meeting.objects.filter(committee=committee, on__gte=on, cancelled_at=None)
    return rows.exclude(kind=Meeting.Kind.ELSEWHERE).order_by("on", "pk")
