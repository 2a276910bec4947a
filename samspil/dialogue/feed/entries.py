"""What stands in somebody's calendar: the meetings of their committees, deadlines, and what they promised.

A closed item is named as one, also to those who may read it: a calendar is seen over many shoulders.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time, timedelta

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from samspil.core.working_days import working_days_before
from samspil.dialogue import regime as regimes
from samspil.dialogue import words
from samspil.dialogue.confidential import is_confidential, readable
from samspil.dialogue.models import ActionPoint, Item, ItemQuestion, Meeting
from samspil.dialogue.permissions import runs_the_committee
from samspil.dialogue.queries import OPEN
from samspil.dialogue.secrecy import released, side_of
from samspil.organisation.holidays import holidays_of
from samspil.organisation.viewer import Viewer

BACK = timedelta(days=90)


@dataclass(frozen=True)
class Entry:
    """One thing in a calendar: a meeting with a time, or something that fills a day."""

    key: str  # with the organisation's random id it makes the stable id that calendars know it by
    title: str
    on: date
    url: str
    starts: time | None = None
    ends: time | None = None
    place: str = ""
    revision: int = 0
    cancelled: bool = False
    because: str = ""


def entries_of(viewer: Viewer) -> Iterator[Entry]:
    """Everything in a person's calendar from three months back."""
    meetings = list(_meetings(viewer))
    for meeting in meetings:
        yield meeting_entry(meeting, viewer)
    to_come = [one for one in meetings if one.cancelled_at is None and one.on >= viewer.today]
    yield from _request_days(to_come, viewer)
    yield from _agenda_days(to_come, viewer)
    yield from _answers(to_come, viewer)
    yield from _promises(viewer)


def meeting_entry(meeting: Meeting, viewer: Viewer) -> Entry:
    """A meeting as an entry of its own."""
    kind = words.MEETING_KINDS[meeting.kind]
    title = (
        meeting.committee.name
        if meeting.kind == Meeting.Kind.ORDINARY
        else f"{meeting.committee.name} ({kind})"
    )
    return Entry(
        key=f"meeting-{meeting.ref}",
        title=title,
        on=meeting.on,
        url=_url("meeting", viewer, meeting.ref),
        starts=meeting.starts,
        ends=meeting.ends,
        place=meeting.place,
        revision=meeting.revision,
        cancelled=meeting.cancelled_at is not None,
        because=meeting.cancelled_because,
    )


def _meetings(viewer: Viewer) -> Iterator[Meeting]:
    rows = Meeting.objects.filter(committee__in=viewer.committee_ids, on__gte=viewer.today - BACK)
    yield from rows.exclude(kind=Meeting.Kind.ELSEWHERE).select_related("committee").order_by("on", "pk")


def _request_days(meetings: list[Meeting], viewer: Viewer) -> Iterator[Entry]:
    for one in meetings:
        if one.request_by and one.request_by < one.on:
            title = _("Last day to ask for an item: %(committee)s") % {"committee": one.committee.name}
            url = _url("meeting", viewer, one.ref)
            yield Entry(f"request-{one.ref}", title, one.request_by, url, revision=one.revision)


def _agenda_days(meetings: list[Meeting], viewer: Viewer) -> Iterator[Entry]:
    """For those who run the committee: the day on which the agenda is set, in working days before."""
    mine = [
        one for one in meetings if runs_the_committee.test(viewer, one) and one.kind == Meeting.Kind.ORDINARY
    ]
    if not mine:
        return
    days = int(regimes.in_force(viewer.organisation, viewer.today).defaults.get("chairs_working_days") or 0)
    years = (viewer.today.year - 1, max(one.on.year for one in mine))
    holidays = holidays_of(viewer.organisation.country, years)
    for one in mine if days else ():
        title = _("The agenda is set: %(committee)s") % {"committee": one.committee.name}
        day = working_days_before(one.on, days, holidays)
        yield Entry(f"agenda-{one.ref}", title, day, _url("meeting", viewer, one.ref), revision=one.revision)


def _answers(meetings: list[Meeting], viewer: Viewer) -> Iterator[Entry]:
    """What the viewer's side has to answer before a meeting."""
    asked = Item.objects.filter(
        meeting__in=meetings, status__in=OPEN, pk__in=ItemQuestion.objects.values("item")
    )
    for item in asked.select_related("thing", "meeting").order_by("pk"):
        side = side_of(viewer, item.committee_id)
        if side and not released(item, side) and item.meeting:
            title = _("Your side's answers: %(title)s") % {"title": _name(item, viewer)}
            yield Entry(f"answers-{item.ref}", title, item.meeting.on, _url("item", viewer, item.ref))


def _promises(viewer: Viewer) -> Iterator[Entry]:
    mine = ActionPoint.objects.filter(owner=viewer.person, done_on=None)
    mine = mine.filter(item__in=Item.objects.filter(readable(viewer)))
    for point in mine.select_related("item__thing").order_by("pk"):
        closed = is_confidential(point.item, viewer.today)
        text = _("something about a closed item") if closed else point.text
        title = _("You promised: %(text)s") % {"text": text}
        yield Entry(f"promise-{point.ref}", title, point.due, _url("item", viewer, point.item.ref))


def _name(item: Item, viewer: Viewer) -> str:
    return _("a closed item") if is_confidential(item, viewer.today) else item.title


def _url(page: str, viewer: Viewer, ref: str) -> str:
    return str(settings.BASE_URL) + reverse(f"dialogue:{page}", args=[viewer.organisation.slug, ref])
