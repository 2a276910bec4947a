"""What people do with an agenda: ask for a matter, bring annexes, put it in order, settle it, send it."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from samspil.dialogue import queries
from samspil.dialogue.agenda import places, settling
from samspil.dialogue.agenda.matters import CANCELLED, known_purpose, new_matter, put_on, put_questions
from samspil.dialogue.agenda.models import AgendaConsent, AgendaEntry, Annex, SentAgenda
from samspil.dialogue.models import Item, Meeting
from samspil.dialogue.permissions import PERMISSIONS
from samspil.dialogue.sealing import sealed
from samspil.kit.refusal import ChangedMeanwhile, Refused
from samspil.organisation import journal
from samspil.organisation.models import Committee, File
from samspil.organisation.viewer import Viewer

IS_OVER = _("This meeting has been held, so its agenda stays as it was.")
UP, DOWN = "up", "down"


@transaction.atomic
def request_matter(
    *,
    committee: Committee,
    title: str,
    case: str = "",
    purpose: str = "",
    meeting: Meeting | None = None,
    phase: str = "",
    own_questions: Sequence[str] = (),
    annexes: Sequence[File] = (),
    by: Viewer,
    at: datetime,
) -> Item:
    """Put any matter before a committee. With a `phase` its core questions are put, and one's own after them.

    Asked for in time, or by those who run the committee, it stands on the agenda at once; else it waits.
    """
    PERMISSIONS.require("request_matter", by, committee)
    if meeting:
        meeting = Meeting.objects.select_for_update().get(pk=meeting.pk)
        _can_be_asked_for(meeting, committee, by)
    item = new_matter(committee, title, case, purpose, by, at)
    put_questions(item, phase, own_questions, by)
    for file in annexes:
        _keep_annex(item, file, "", by, at)
    if meeting and (_in_time(meeting, by) or PERMISSIONS.allows("place_item", by, item)):
        put_on(item, meeting)
    on = item.meeting.on.isoformat() if item.meeting else ""
    facts = {"title": item.title, "committee": committee.name, "on": on, **sealed(item)}
    journal.append("dialogue.item_requested", thing=item.ref, facts=facts, by=by, at=at)
    return item


@transaction.atomic
def add_annex(*, item: Item, file: File, name: str = "", by: Viewer, at: datetime) -> Annex:
    """Add a file to an item. It is read by those who may read the item."""
    PERMISSIONS.require("add_annex", by, item)
    if item.status not in queries.OPEN:
        raise Refused(_("This has been discussed or withdrawn, so nothing can be added to it."))
    annex = _keep_annex(item, file, name, by, at)
    _say("annex_added", item, by, at, name=annex.name)
    return annex


@transaction.atomic
def remove_annex(*, annex: Annex, by: Viewer, at: datetime) -> None:
    """Take an annex off an item that has not been discussed yet."""
    PERMISSIONS.require("remove_annex", by, annex)
    item = queries.item(annex.item.ref)
    if item is None or item.status not in queries.OPEN:
        raise Refused(_("This has been discussed or withdrawn, so its annexes stay."))
    name = annex.name
    annex.delete()
    _say("annex_removed", item, by, at, name=name)


@transaction.atomic
def arrange_agenda(*, meeting: Meeting, item: Item, direction: str, by: Viewer, at: datetime) -> None:
    """Move an item one place up or down on the agenda."""
    PERMISSIONS.require("arrange_agenda", by, meeting)
    kept = _changeable(meeting, by)
    items = list(queries.agenda(kept))
    rows = places.ordered(kept, items)
    here = next((place for place, row in enumerate(rows) if row.item_id == item.pk), None)
    if here is None:
        raise Refused(_("This does not stand on the agenda any more. Open the meeting again."))
    there = here - 1 if direction == UP else here + 1
    if not 0 <= there < len(rows):
        raise Refused(_("It stands at the end of the agenda already."))
    rows[here].position, rows[there].position = rows[there].position, rows[here].position
    AgendaEntry.objects.bulk_update([rows[here], rows[there]], ["position"])
    _say("agenda_arranged", item, by, at, committee=kept.committee.name, on=kept.on.isoformat())


@transaction.atomic
def describe_entry(
    *,
    meeting: Meeting,
    item: Item,
    minutes: int | None = None,
    presenter: str = "",
    purpose: str = "",
    version: int = 0,
    by: Viewer,
    at: datetime,
) -> AgendaEntry:
    """Say how an item is treated at a meeting: how long, who presents it, and what is wanted.

    `version` is that of the place one has read, 0 for one that has none yet.
    """
    PERMISSIONS.require("describe_entry", by, meeting)
    kept = _changeable(meeting, by)
    if item.meeting_id != kept.pk:
        raise Refused(_("This does not stand on the agenda any more. Open the meeting again."))
    entry = AgendaEntry.objects.select_for_update().filter(meeting=kept, item=item).first()
    if (entry.version if entry else 0) != version:
        theirs = _in_short(entry.minutes, entry.presenter) if entry else ""
        raise ChangedMeanwhile(
            _("Somebody changed this while you were writing. Both texts are below; nothing is lost."),
            theirs,
            _in_short(minutes, presenter),
        )
    entry = entry or places.take(item, kept)
    entry.minutes, entry.presenter = minutes, presenter.strip()
    entry.version = version + 1
    entry.save(update_fields=["minutes", "presenter", "version"])
    found = Item.objects.select_for_update().get(pk=item.pk)
    found.purpose = known_purpose(item, purpose)
    found.save(update_fields=["purpose"])
    _say("agenda_described", item, by, at, on=kept.on.isoformat())
    return entry


@transaction.atomic
def settle_agenda(*, meeting: Meeting, sha256: str, by: Viewer, at: datetime) -> AgendaConsent:
    """Say yes to exactly this agenda, as one of those whom the rules of procedure name."""
    PERMISSIONS.require("settle_agenda", by, meeting)
    kept = _changeable(meeting, by)
    agenda = settling.agenda_of(kept, by.today)
    _is_the_one_read(agenda, sha256)
    if agenda.sent:
        raise Refused(_("The agenda has been sent. What comes onto it now is an addendum."))
    if not agenda.lines:
        raise Refused(_("Nothing stands on the agenda yet. Put an item on it first."))
    place = agenda.place_for(by)
    if place is None:
        raise Refused(_("You have said yes to this agenda already."))
    seat = next(one for one in place.holders if by.person and one.person_id == by.person.pk)
    consent = AgendaConsent.objects.create(
        organisation=by.organisation,
        meeting=kept,
        as_kind=place.kind,
        seat=seat,
        person=by.person,
        said_at=at,
        sha256=sha256,
    )
    facts = {"committee": kept.committee.name, "on": kept.on.isoformat(), "sha256": sha256}
    journal.append("dialogue.agenda_settled", thing=kept.ref, facts=facts, by=by, at=at)
    return consent


@transaction.atomic
def send_agenda(*, meeting: Meeting, sha256: str, by: Viewer, at: datetime) -> SentAgenda:
    """Send the agenda once those named have settled it. The members are told once; it is frozen as sent."""
    PERMISSIONS.require("send_agenda", by, meeting)
    kept = _changeable(meeting, by)
    agenda = settling.agenda_of(kept, by.today)
    _is_the_one_read(agenda, sha256)
    if agenda.sent:
        raise Refused(_("The agenda has been sent. What comes onto it now is an addendum."))
    if not agenda.lines:
        raise Refused(_("Nothing stands on the agenda yet. Put an item on it first."))
    if not agenda.settled:
        missing = ", ".join(one.title for one in agenda.settlers if not one.consent)
        raise Refused(_("The agenda is not settled. Still to say yes: %(who)s.") % {"who": missing})
    sent = SentAgenda.objects.create(
        organisation=by.organisation,
        meeting=kept,
        sent_by=by.person,
        sent_at=at,
        items=[line.item.ref for line in agenda.lines],
        sha256=sha256,
    )
    facts = {"committee": kept.committee.name, "on": kept.on.isoformat(), "sha256": sha256}
    journal.append("dialogue.agenda_sent", thing=kept.ref, facts=facts, by=by, at=at)
    return sent


# --- steps the actions share ------------------------------------------------------------------------------


def _keep_annex(item: Item, file: File, name: str, by: Viewer, at: datetime) -> Annex:
    return Annex.objects.create(
        organisation=by.organisation,
        item=item,
        name=name.strip() or file.name,
        file=file,
        added_by=by.person,
        added_at=at,
    )


def _can_be_asked_for(meeting: Meeting, committee: Committee, by: Viewer) -> None:
    if meeting.committee_id != committee.pk:
        raise Refused(
            _("This meeting belongs to another committee. Choose one of this committee's."), "meeting"
        )
    if meeting.cancelled_at:
        raise Refused(CANCELLED, "meeting")
    if meeting.on < by.today:
        raise Refused(_("This day has passed. Choose a meeting to come."), "meeting")


def _in_time(meeting: Meeting, by: Viewer) -> bool:
    return meeting.request_by is None or meeting.request_by >= by.today


def _changeable(meeting: Meeting, by: Viewer) -> Meeting:
    """The meeting, locked, while its agenda can still change."""
    kept = Meeting.objects.select_for_update().get(pk=meeting.pk)
    kept.committee, kept.organisation = meeting.committee, meeting.organisation
    if kept.cancelled_at:
        raise Refused(CANCELLED)
    if kept.on < by.today:
        raise Refused(IS_OVER)
    return kept


def _is_the_one_read(agenda: settling.Agenda, sha256: str) -> None:
    if agenda.sha256 != sha256:
        raise Refused(_("The agenda was changed after you opened it. Read it as it is now, then say yes."))


def _in_short(minutes: int | None, presenter: str) -> str:
    return " · ".join(part for part in (f"{minutes} min" if minutes else "", presenter.strip()) if part)


def _say(verb: str, item: Item, by: Viewer, at: datetime, **facts: object) -> None:
    known = {"title": item.title, **facts, **sealed(item)}
    journal.append(f"dialogue.{verb}", thing=item.ref, facts=known, by=by, at=at)
