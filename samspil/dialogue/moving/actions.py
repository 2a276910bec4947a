"""Moving and cancelling meetings to come. A mistyped date of one that was held is corrected elsewhere."""

from datetime import date, datetime, time

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from samspil.dialogue import meeting_dates, queries
from samspil.dialogue.agenda import places
from samspil.dialogue.models import Item, Meeting
from samspil.dialogue.moving.models import MeetingMove
from samspil.dialogue.permissions import PERMISSIONS
from samspil.dialogue.proposal import request_by_anew
from samspil.dialogue.sealing import sealed
from samspil.initiative import evidence
from samspil.kit.refusal import Refused
from samspil.organisation import journal
from samspil.organisation.viewer import Viewer

TO_NEXT, TO_WAIT = "next", "wait"


@transaction.atomic
def move_meeting(
    *,
    meeting: Meeting,
    on: date,
    reason: str,
    starts: time | None = None,
    ends: time | None = None,
    place: str = "",
    by: Viewer,
    at: datetime,
) -> Meeting:
    """Move a meeting to come to another day, time or place. The members are told; its items go with it.

    The last day to ask for an item follows, and so does the decision clock.
    """
    PERMISSIONS.require("move_meeting", by, meeting)
    kept = _to_come(meeting, by)
    if not reason.strip():
        raise Refused(_("Write why the meeting is moved; the members read it."), "reason")
    if on < by.today:
        raise Refused(_("This day has passed. Choose a day to come."), "on")
    if starts and ends and ends <= starts:
        raise Refused(_("The meeting ends after it begins. Choose a later time."), "ends")
    if (on, starts, ends, place.strip()) == (kept.on, kept.starts, kept.ends, kept.place):
        raise Refused(_("This is when and where it is already. Change the day, the time or the place."), "on")
    if meeting_dates.taken(kept.committee_id, on, starts, but=kept):
        raise Refused(_("There is a meeting on this day already. Choose another day or time."), "on")
    MeetingMove.objects.create(
        organisation=by.organisation,
        meeting=kept,
        on=kept.on,
        starts=kept.starts,
        place=kept.place,
        reason=reason.strip(),
        moved_by=by.person,
        moved_at=at,
    )
    before = kept.on
    if kept.request_by:
        kept.request_by = request_by_anew(kept, on, by)
    kept.on, kept.starts, kept.ends, kept.place = on, starts, ends, place.strip()
    kept.revision += 1
    kept.save(update_fields=["on", "starts", "ends", "place", "request_by", "revision"])
    _look_again(list(queries.agenda(kept)), at)
    facts = {
        "committee": kept.committee.name,
        "before": before.isoformat(),
        "on": on.isoformat(),
        "reason": reason.strip(),
        "revision": kept.revision,
    }
    journal.append("dialogue.meeting_moved", thing=kept.ref, facts=facts, by=by, at=at)
    return kept


@transaction.atomic
def cancel_meeting(
    *, meeting: Meeting, reason: str, items_go: str = TO_NEXT, by: Viewer, at: datetime
) -> Meeting:
    """Cancel a meeting to come. Its items go to the next meeting (`next`), or wait for one (`wait`).

    Where no other meeting is planned they wait. Each item has a row in the journal before the meeting's own.
    """
    PERMISSIONS.require("cancel_meeting", by, meeting)
    kept = _to_come(meeting, by)
    if not reason.strip():
        raise Refused(_("Write why the meeting is cancelled; the members read it."), "reason")
    kept.cancelled_at, kept.cancelled_because = at, reason.strip()
    kept.revision += 1
    kept.save(update_fields=["cancelled_at", "cancelled_because", "revision"])
    items = [one for one in queries.agenda(kept) if one.status == Item.Status.ON_AGENDA]
    after = queries.meeting_after(kept, by.today) if items_go == TO_NEXT else None
    for item in items:
        _send_on(item, after)
    _look_again(items, at)
    facts = {"committee": kept.committee.name, "on": kept.on.isoformat(), "reason": reason.strip()}
    for item in items:
        known = {"title": item.title, "to": after.on.isoformat() if after else "", **facts, **sealed(item)}
        journal.append("dialogue.item_sent_on", thing=item.ref, facts=known, by=by, at=at)
    journal.append("dialogue.meeting_cancelled", thing=kept.ref, facts=facts, by=by, at=at)
    return kept


def _send_on(item: Item, after: Meeting | None) -> None:
    item.meeting = after
    item.status = Item.Status.ON_AGENDA if after else Item.Status.REQUESTED
    item.save(update_fields=["meeting", "status"])
    if after:
        places.take(item, after, planned=True)
    else:
        places.leave(item)


def _to_come(meeting: Meeting, by: Viewer) -> Meeting:
    kept = Meeting.objects.select_for_update().get(pk=meeting.pk)
    kept.committee, kept.organisation = meeting.committee, meeting.organisation
    if kept.cancelled_at:
        raise Refused(_("This meeting is cancelled already."))
    if kept.kind == Meeting.Kind.ELSEWHERE or meeting_dates.is_held(kept, by.today):
        raise Refused(
            _("This meeting has been held. If its date was typed wrong, correct it on the meeting's page.")
        )
    return kept


def _look_again(items: list[Item], at: datetime) -> None:
    evidence.refresh([item.initiative for item in items if item.initiative], at)
