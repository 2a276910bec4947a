"""What people do about what stayed open."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from samspil.dialogue import words
from samspil.dialogue.actions import THEY_CHANGED_IT
from samspil.dialogue.agenda import places
from samspil.dialogue.agenda.matters import CANCELLED, new_matter, put_on
from samspil.dialogue.follow_up import still_open
from samspil.dialogue.follow_up.models import DueChange
from samspil.dialogue.models import ActionPoint, Item, Meeting
from samspil.dialogue.permissions import PERMISSIONS
from samspil.dialogue.sealing import sealed
from samspil.initiative import evidence
from samspil.kit.refusal import ChangedMeanwhile, Refused
from samspil.organisation import journal
from samspil.organisation.viewer import Viewer


@transaction.atomic
def carry_over(*, meeting: Meeting, by: Viewer, at: datetime) -> list[Item]:
    """Put what stayed open on the agenda: the questions that come up again, and one item about open actions.

    Each item has a row in the journal.
    """
    PERMISSIONS.require("carry_over", by, meeting)
    kept = Meeting.objects.select_for_update().get(pk=meeting.pk)
    kept.committee, kept.organisation = meeting.committee, meeting.organisation
    if kept.cancelled_at:
        raise Refused(CANCELLED)
    if kept.on < by.today:
        raise Refused(_("This day has passed. Choose a meeting to come."))
    again = [one.item for one in still_open.carried_over(kept.committee, by)]
    promised = bool(still_open.promises(kept.committee, by)) and not still_open.has_follow_up(kept)
    if not again and not promised:
        raise Refused(_("Nothing is left open that does not stand on the agenda already."))
    for item in again:
        item.meeting, item.status = kept, Item.Status.ON_AGENDA
        item.save(update_fields=["meeting", "status"])
        places.take(item, kept, planned=True)
    if promised:
        again.append(_about_actions(kept, by, at))
    evidence.refresh([item.initiative for item in again if item.initiative], at)
    for item in again:
        facts = {"title": item.title, "committee": kept.committee.name, "on": kept.on.isoformat()}
        journal.append(
            "dialogue.item_carried_over", thing=item.ref, facts={**facts, **sealed(item)}, by=by, at=at
        )
    return again


def _about_actions(meeting: Meeting, by: Viewer, at: datetime) -> Item:
    title = still_open.follow_up_title(meeting.committee, by.today)
    item = new_matter(meeting.committee, title, "", still_open.FOLLOW_UP, by, at)
    put_on(item, meeting, planned=True)
    return item


@transaction.atomic
def move_action_point(
    *, point: ActionPoint, due: date, reason: str, version: int, by: Viewer, at: datetime
) -> DueChange:
    """Give what was promised another day. The earlier one and the reason stay visible."""
    PERMISSIONS.require("move_action_point", by, point)
    kept = ActionPoint.objects.select_for_update().get(pk=point.pk)
    if kept.done_on:
        raise Refused(_("This is marked as done already."))
    if kept.version != version:
        raise ChangedMeanwhile(THEY_CHANGED_IT, theirs=_newest(kept), yours=_in_short(due, reason))
    if not reason.strip():
        raise Refused(_("Write why it takes longer; the committee reads it."), "reason")
    if due < by.today:
        raise Refused(_("This day has passed. Choose a day to come."), "due")
    if due == kept.due:
        raise Refused(_("This is the day it has already. Choose another one."), "due")
    change = DueChange.objects.create(
        organisation=by.organisation,
        point=kept,
        before=kept.due,
        after=due,
        reason=reason.strip(),
        moved_by=by.person,
        moved_at=at,
    )
    kept.due = due
    kept.version += 1
    kept.save(update_fields=["due", "version"])
    item = point.item
    facts = {
        "title": item.title,
        "text": kept.text,
        "before": change.before.isoformat(),
        "due": due.isoformat(),
        "reason": change.reason,
        **sealed(item),
    }
    journal.append("dialogue.action_point_moved", thing=item.ref, facts=facts, by=by, at=at)
    return change


def _newest(point: ActionPoint) -> str:
    """The day it has now, and why."""
    change = DueChange.objects.filter(point=point).last()
    return _in_short(point.due, change.reason if change else "")


def _in_short(due: date, reason: str) -> str:
    return "\n".join(part for part in (words.day(due), reason.strip()) if part)
