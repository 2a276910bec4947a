"""What the meeting cycle brings to the room's manifest: verbs, personal data, rounds and what waits."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samspil.dialogue import notices, queries, words
from samspil.dialogue import regime as regimes
from samspil.dialogue.agenda import settling
from samspil.dialogue.agenda.models import AgendaConsent, SentAgenda
from samspil.dialogue.follow_up.reminders import remind_of_actions
from samspil.dialogue.models import Meeting
from samspil.dialogue.permissions import runs_the_committee
from samspil.initiative.notices import language_of
from samspil.kit.room import AS_LONG_AS_THE_CASE, PersonalData, Tell, Verb, Waiting
from samspil.organisation.models import Committee, JournalRow, Person
from samspil.organisation.viewer import Viewer

TICKS = (remind_of_actions,)
AHEAD = timedelta(days=60)  # how far ahead an agenda waits for somebody


# --- who is told ------------------------------------------------------------------------------------------


def of_year(row: JournalRow, facts: Mapping[str, Any]) -> Iterator[Tell]:
    """The members hear on which days the committee meets."""
    committee = queries.committee(row.thing)
    if committee is None:
        return
    days = [date.fromisoformat(day) for day in str(facts.get("days", "")).split(", ") if day]
    for person in _members(committee, row):
        with language_of(person):
            url = reverse("dialogue:committee", args=[committee.organisation.slug, committee.ref])
            known = {"committee": committee.name, "year": facts.get("year", "")}
            subject = _("%(committee)s: meetings in %(year)s") % known
            listed = "\n".join(words.day(day) for day in days)
            body = _("These meetings of %(committee)s are planned:") % known
            yield Tell(
                person, "year_planned", row.thing, subject, f"{body}\n\n{listed}", url, str(row.sequence)
            )


def of_sent_agenda(row: JournalRow, _facts: Mapping[str, Any]) -> Iterator[Tell]:
    """The members hear once that the agenda is there."""
    meeting = queries.meeting(row.thing)
    if meeting is None or meeting.cancelled_at:
        return
    regime = regimes.in_force(meeting.organisation, meeting.on)
    agenda = capfirst(str(regime.words["agenda"]))
    for person in _members(meeting.committee, row):
        with language_of(person):
            known = {"agenda": agenda, "committee": meeting.committee.name, "day": words.day(meeting.on)}
            subject = _("%(agenda)s: %(committee)s, %(day)s") % known
            body = _("The agenda of the meeting is settled. You find it with its annexes on the page below.")
            yield _tell(person, "agenda_sent", meeting, subject, body, "once")


def of_move(row: JournalRow, facts: Mapping[str, Any]) -> Iterator[Tell]:
    """The members hear when and where they meet instead, and why."""
    meeting = queries.meeting(row.thing)
    if meeting is None or meeting.cancelled_at:
        return
    for person in _members(meeting.committee, row):
        with language_of(person):
            known = {
                "committee": meeting.committee.name,
                "before": words.day(date.fromisoformat(str(facts.get("before", meeting.on)))),
                "now": _when_and_where(meeting),
                "reason": facts.get("reason", ""),
            }
            subject = _("Moved: %(committee)s meets %(now)s") % known
            body = _("The meeting that was to be on %(before)s is moved. It is now %(now)s.") % known
            because = _("Reason: %(reason)s") % known
            yield _tell(
                person,
                "meeting_moved",
                meeting,
                subject,
                f"{body}\n\n{because}",
                str(facts.get("revision", "")),
            )


def of_cancellation(row: JournalRow, facts: Mapping[str, Any]) -> Iterator[Tell]:
    """The members hear that there is no meeting, and why."""
    meeting = queries.meeting(row.thing)
    if meeting is None:
        return
    for person in _members(meeting.committee, row):
        with language_of(person):
            known = {
                "committee": meeting.committee.name,
                "day": words.day(meeting.on),
                "reason": facts.get("reason", ""),
            }
            subject = _("Cancelled: %(committee)s, %(day)s") % known
            body = _("The meeting of %(committee)s on %(day)s is cancelled.") % known
            because = _("Reason: %(reason)s") % known
            yield _tell(person, "meeting_cancelled", meeting, subject, f"{body}\n\n{because}", "once")


def _members(committee: Committee, row: JournalRow) -> list[Person]:
    seats = queries.seats_of(committee, date.fromisoformat(row.instant[:10]))
    people = {seat.person.pk: seat.person for seat in seats if seat.person.subject != row.actor}
    return list(people.values())


def _when_and_where(meeting: Meeting) -> str:
    time = f"{meeting.starts:%H:%M}" if meeting.starts else ""
    return ", ".join(part for part in (words.day(meeting.on), time, meeting.place) if part)


def _tell(person: Person, kind: str, meeting: Meeting, subject: str, body: str, period: str) -> Tell:
    url = reverse("dialogue:meeting", args=[meeting.organisation.slug, meeting.ref])
    return Tell(person, kind, meeting.ref, subject, body, url, period)


# --- what waits -------------------------------------------------------------------------------------------


def waiting_for(viewer: Viewer, _at: datetime) -> Iterator[Waiting]:
    """Agendas that can be settled or sent, once the last day to ask for items is over."""
    meetings = _meetings_with_a_closed_list(viewer)
    if not meetings:
        return
    regime = regimes.in_force(viewer.organisation, viewer.today)
    rules = regimes.procedures({one.committee for one in meetings}, viewer.today, regime)
    hashes = settling.fingerprints(meetings)
    said = AgendaConsent.objects.filter(meeting__in=meetings, sha256__in=hashes.values())
    yes = {(row.meeting_id, row.as_kind) for row in said if row.sha256 == hashes[row.meeting_id]}
    for meeting in meetings:
        named = rules[meeting.committee_id].agenda_by
        days = settling.deadlines_of(meeting, rules[meeting.committee_id])
        title = f"{meeting.committee.name}, {words.day(meeting.on)}"
        mine = settling.kinds_of(viewer, meeting, named)
        missing = [kind for kind in named if (meeting.pk, kind) not in yes]
        if set(mine) & set(missing):
            yield Waiting(
                title,
                _url("settle_agenda", viewer, meeting),
                _("Read the agenda and settle it"),
                days and days.settle_by,
            )
        elif not missing and _runs(viewer, meeting):
            yield Waiting(
                title, _url("send_agenda", viewer, meeting), _("Send the agenda"), days and days.send_by
            )


def _meetings_with_a_closed_list(viewer: Viewer) -> Sequence[Meeting]:
    """The ordinary meetings to come of one's committees that have items and whose agenda is not sent."""
    rows = queries.meetings_to_come(viewer.today).filter(
        committee__in=viewer.committee_ids,
        kind=Meeting.Kind.ORDINARY,
        on__lte=viewer.today + AHEAD,
        request_by__lt=viewer.today,
        items__status="on_agenda",
    )
    sent = SentAgenda.objects.filter(meeting__committee__in=viewer.committee_ids).values("meeting")
    found = rows.exclude(pk__in=sent).select_related("committee", "organisation").distinct()
    return list(found.order_by("on", "pk"))


def _runs(viewer: Viewer, meeting: Meeting) -> bool:
    return bool(runs_the_committee.test(viewer, meeting))


def _url(page: str, viewer: Viewer, meeting: Meeting) -> str:
    return reverse(f"dialogue:{page}", args=[viewer.organisation.slug, meeting.ref])


# --- the manifest's part ----------------------------------------------------------------------------------

VERBS = {
    "dialogue.annex_added": Verb(gettext_lazy("added the annex “%(name)s” to “%(title)s”")),
    "dialogue.annex_removed": Verb(gettext_lazy("took the annex “%(name)s” off “%(title)s”")),
    "dialogue.agenda_arranged": Verb(
        gettext_lazy("gave “%(title)s” another place on the agenda of %(committee)s on %(on)s")
    ),
    "dialogue.agenda_described": Verb(gettext_lazy("wrote how “%(title)s” is treated on %(on)s")),
    "dialogue.agenda_settled": Verb(gettext_lazy("said yes to the agenda of %(committee)s on %(on)s")),
    "dialogue.agenda_sent": Verb(
        gettext_lazy("sent the agenda of %(committee)s on %(on)s"), tell=of_sent_agenda
    ),
    "dialogue.year_planned": Verb(
        gettext_lazy("planned %(count)s meetings of %(committee)s in %(year)s"), tell=of_year
    ),
    "dialogue.topic_added": Verb(gettext_lazy("added “%(title)s” to the annual wheel of %(committee)s")),
    "dialogue.topic_changed": Verb(gettext_lazy("changed “%(title)s” in the annual wheel of %(committee)s")),
    "dialogue.topic_ended": Verb(gettext_lazy("ended “%(title)s” in the annual wheel of %(committee)s")),
    "dialogue.usual_topics_taken": Verb(
        gettext_lazy("took %(count)s usual topics into the annual wheel of %(committee)s")
    ),
    "dialogue.attendance_noted": Verb(
        gettext_lazy("noted who came to the meeting of %(committee)s on %(on)s")
    ),
    "dialogue.meeting_moved": Verb(
        gettext_lazy("moved the meeting of %(committee)s from %(before)s to %(on)s: %(reason)s"), tell=of_move
    ),
    "dialogue.meeting_cancelled": Verb(
        gettext_lazy("cancelled the meeting of %(committee)s on %(on)s: %(reason)s"), tell=of_cancellation
    ),
    "dialogue.item_sent_on": Verb(
        gettext_lazy("took “%(title)s” off the cancelled meeting of %(on)s"), tell=notices.of_request
    ),
    "dialogue.item_carried_over": Verb(
        gettext_lazy("carried “%(title)s” over to the agenda of %(on)s"), tell=notices.of_agenda
    ),
    "dialogue.action_point_moved": Verb(
        gettext_lazy("moved what is to be done from %(before)s to %(due)s, %(text)s: %(reason)s")
    ),
}

PERSONAL_DATA = (
    PersonalData(
        "dialogue.AgendaEntry",
        gettext_lazy("Places on agendas"),
        {"presenter": gettext_lazy("who presents the item")},
        AS_LONG_AS_THE_CASE,
        "keep",
        gettext_lazy("Who presents an item stands on the agenda that was sent, which is a public record."),
    ),
    PersonalData(
        "dialogue.AgendaConsent",
        gettext_lazy("Who settled agendas"),
        {"person": gettext_lazy("who said yes")},
        AS_LONG_AS_THE_CASE,
        "anonymise",
        gettext_lazy("That a seat said yes stays; the name goes."),
        beside={"said_at": gettext_lazy("said at")},
    ),
    PersonalData(
        "dialogue.SentAgenda",
        gettext_lazy("Agendas that were sent"),
        {"sent_by": gettext_lazy("who sent it")},
        AS_LONG_AS_THE_CASE,
        "anonymise",
        gettext_lazy("What was sent stays; who sent it is not needed later."),
        beside={"items": gettext_lazy("what stood on it"), "sent_at": gettext_lazy("sent at")},
    ),
    PersonalData(
        "dialogue.Annex",
        gettext_lazy("Annexes"),
        {"added_by": gettext_lazy("who added it")},
        AS_LONG_AS_THE_CASE,
        "anonymise",
        gettext_lazy("The annex belongs to the case; who added it is not needed later."),
        beside={"name": gettext_lazy("name of the annex"), "added_at": gettext_lazy("added at")},
    ),
    PersonalData(
        "dialogue.AttendanceSheet",
        gettext_lazy("Sheets of who came"),
        {"noted_by": gettext_lazy("who noted it")},
        AS_LONG_AS_THE_CASE,
        "anonymise",
        gettext_lazy("How many came stays; who noted it is not needed later."),
        beside={"note": gettext_lazy("note on the quorum"), "noted_at": gettext_lazy("noted at")},
    ),
    PersonalData(
        "dialogue.Attendance",
        gettext_lazy("Who came to meetings"),
        {"stood_in": gettext_lazy("who stood in for a member")},
        AS_LONG_AS_THE_CASE,
        "anonymise",
        gettext_lazy("That a place was filled stays; the name goes."),
    ),
    PersonalData(
        "dialogue.MeetingMove",
        gettext_lazy("Meetings that were moved"),
        {"moved_by": gettext_lazy("who moved it")},
        AS_LONG_AS_THE_CASE,
        "anonymise",
        gettext_lazy("Both days and the reason stay; who moved it is not needed later."),
        beside={
            "place": gettext_lazy("place"),
            "reason": gettext_lazy("reason"),
            "moved_at": gettext_lazy("moved at"),
        },
    ),
    PersonalData(
        "dialogue.DueChange",
        gettext_lazy("Actions that were given another day"),
        {"moved_by": gettext_lazy("who gave it another day")},
        AS_LONG_AS_THE_CASE,
        "anonymise",
        gettext_lazy("Both days and the reason stay; who asked for it is not needed later."),
        beside={"reason": gettext_lazy("reason"), "moved_at": gettext_lazy("moved at")},
    ),
)
