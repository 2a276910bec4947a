"""What people do with the annual wheel: plan the meetings of a year, keep the standing topics."""

from collections.abc import Sequence
from datetime import date, datetime, time

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from samspil.core.annual_wheel import is_quiet
from samspil.core.working_days import is_working_day
from samspil.dialogue import meeting_dates
from samspil.dialogue import regime as regimes
from samspil.dialogue.agenda.matters import CANCELLED, new_matter, put_on
from samspil.dialogue.models import Item, Meeting
from samspil.dialogue.permissions import PERMISSIONS
from samspil.dialogue.proposal import request_by_the_rules
from samspil.dialogue.sealing import sealed
from samspil.dialogue.wheel.models import StandingTopic, TopicItem
from samspil.kit.refusal import ChangedMeanwhile, Refused
from samspil.organisation import journal
from samspil.organisation.holidays import holidays_of
from samspil.organisation.models import Committee
from samspil.organisation.viewer import Viewer

MOST_MEETINGS = 24


@transaction.atomic
def plan_year(
    *,
    committee: Committee,
    days: Sequence[date],
    starts: time | None = None,
    ends: time | None = None,
    place: str = "",
    quiet_weeks: Sequence[int] = (),
    by: Viewer,
    at: datetime,
) -> list[Meeting]:
    """Put a year's ordinary meetings in the calendar, none on a day off or in a week without meetings."""
    PERMISSIONS.require("plan_year", by, committee)
    chosen = sorted(set(days))
    if not chosen:
        raise Refused(_("Tick at least one day."), "keep")
    if len(chosen) > MOST_MEETINGS:
        raise Refused(_("These are too many meetings at once. Plan one year at a time."), "keep")
    if starts and ends and ends <= starts:
        raise Refused(_("The meeting ends after it begins. Choose a later time."), "ends")
    for day in chosen:
        _can_be(committee, day, starts, quiet_weeks, by)
    planned = [
        Meeting.objects.create(
            organisation=by.organisation,
            committee=committee,
            on=day,
            starts=starts,
            ends=ends,
            place=place.strip(),
            request_by=request_by_the_rules(committee, day, Meeting.Kind.ORDINARY, by),
        )
        for day in chosen
    ]
    facts = {
        "committee": committee.name,
        "year": str(chosen[0].year),
        "count": len(planned),
        "days": ", ".join(day.isoformat() for day in chosen),
    }
    journal.append("dialogue.year_planned", thing=committee.ref, facts=facts, by=by, at=at)
    return planned


def _can_be(
    committee: Committee, day: date, starts: time | None, quiet_weeks: Sequence[int], by: Viewer
) -> None:
    if day < by.today:
        raise Refused(_("This day has passed. Choose days to come."), "keep")
    holidays = holidays_of(committee.organisation.country, [day.year])
    if not is_working_day(day, holidays) or is_quiet(day, frozenset(quiet_weeks)):
        raise Refused(
            _("%(day)s is a day off or lies in a week without meetings.") % {"day": day.isoformat()}, "keep"
        )
    if meeting_dates.taken(committee.pk, day, starts):
        raise Refused(_("There is a meeting on this day already. Choose another day or time."), "keep")


@transaction.atomic
def add_topic(
    *,
    committee: Committee,
    title: str,
    months: Sequence[int],
    about: str = "",
    purpose: str = "",
    by: Viewer,
    at: datetime,
) -> StandingTopic:
    """Add what the committee takes up every year in some months."""
    PERMISSIONS.require("add_topic", by, committee)
    topic = StandingTopic(organisation=by.organisation, committee=committee)
    _write(topic, title, months, about, purpose, by)
    topic.save()
    _say("topic_added", topic, by, at)
    return topic


@transaction.atomic
def change_topic(
    *,
    topic: StandingTopic,
    title: str,
    months: Sequence[int],
    about: str = "",
    purpose: str = "",
    version: int,
    by: Viewer,
    at: datetime,
) -> StandingTopic:
    """Change a standing topic. Items it became before stay as they were."""
    PERMISSIONS.require("change_topic", by, topic)
    kept = StandingTopic.objects.select_for_update().select_related("committee").get(pk=topic.pk)
    if kept.version != version:
        raise ChangedMeanwhile(
            _("Somebody changed this while you were writing. Both texts are below; nothing is lost."),
            theirs=f"{kept.title}\n{kept.about}".strip(),
            yours=f"{title}\n{about}".strip(),
        )
    _write(kept, title, months, about, purpose, by)
    kept.version += 1
    kept.save()
    _say("topic_changed", kept, by, at)
    return kept


@transaction.atomic
def end_topic(*, topic: StandingTopic, by: Viewer, at: datetime) -> StandingTopic:
    """The committee takes this up no more from today on."""
    PERMISSIONS.require("end_topic", by, topic)
    kept = StandingTopic.objects.select_for_update().select_related("committee").get(pk=topic.pk)
    if kept.ended_on:
        raise Refused(_("This topic has ended already."))
    kept.ended_on = by.today
    kept.save(update_fields=["ended_on"])
    _say("topic_ended", kept, by, at)
    return kept


@transaction.atomic
def take_usual_topics(
    *, committee: Committee, keys: Sequence[str], by: Viewer, at: datetime
) -> list[StandingTopic]:
    """Take over topics from the regime's list; they are the committee's own from then on."""
    PERMISSIONS.require("take_usual_topics", by, committee)
    regime = regimes.read(regimes.table_in_force(by.organisation, by.today))
    had = set(StandingTopic.objects.filter(committee=committee).values_list("key", flat=True))
    chosen = [
        one for one in regime.defaults.get("topics", ()) if one["key"] in keys and one["key"] not in had
    ]
    if not chosen:
        raise Refused(_("Tick at least one topic that is not in the wheel yet."), "keys")
    topics = [
        StandingTopic.objects.create(
            organisation=by.organisation,
            committee=committee,
            **{name: one[name] for name in ("key", "title", "about", "purpose", "months")},
        )
        for one in chosen
    ]
    facts = {"committee": committee.name, "count": len(topics)}
    journal.append("dialogue.usual_topics_taken", thing=committee.ref, facts=facts, by=by, at=at)
    return topics


@transaction.atomic
def place_topic(*, topic: StandingTopic, meeting: Meeting, by: Viewer, at: datetime) -> Item:
    """A topic of the wheel becomes an item on the agenda of a meeting."""
    PERMISSIONS.require("place_topic", by, meeting)
    kept = Meeting.objects.select_for_update().get(pk=meeting.pk)
    if topic.committee_id != kept.committee_id:
        raise Refused(_("This topic belongs to another committee."))
    if kept.cancelled_at:
        raise Refused(CANCELLED)
    if kept.on < by.today:
        raise Refused(_("This day has passed. Choose a meeting to come."))
    if TopicItem.objects.filter(topic=topic, meeting=kept).exists():
        raise Refused(_("This topic stands on the agenda already."))
    item = new_matter(meeting.committee, topic.title, topic.about, topic.purpose, by, at)
    put_on(item, kept, planned=True)
    TopicItem.objects.create(organisation=by.organisation, topic=topic, meeting=kept, item=item)
    facts = {"title": item.title, "committee": meeting.committee.name, "on": kept.on.isoformat()}
    journal.append("dialogue.item_requested", thing=item.ref, facts={**facts, **sealed(item)}, by=by, at=at)
    return item


def _write(
    topic: StandingTopic, title: str, months: Sequence[int], about: str, purpose: str, by: Viewer
) -> None:
    if not title.strip():
        raise Refused(_("Write a title, so that people know what it is about."), "title")
    if not months or not set(months) <= set(range(1, 13)):
        raise Refused(_("Choose at least one month."), "months")
    known = regimes.in_force(by.organisation, by.today).purposes
    if purpose and purpose not in known:
        raise Refused(_("Choose one of the things that can be wanted of the committee."), "purpose")
    topic.title, topic.about, topic.purpose = title.strip(), about.strip(), purpose
    topic.months = sorted(set(months))


def _say(verb: str, topic: StandingTopic, by: Viewer, at: datetime) -> None:
    facts = {"title": topic.title, "committee": topic.committee.name}
    journal.append(f"dialogue.{verb}", thing=topic.ref, facts=facts, by=by, at=at)
