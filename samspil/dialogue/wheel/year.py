"""A year of a committee as it is drawn: months with their meetings, deadlines and standing topics."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from samspil.core import annual_wheel as wheel
from samspil.dialogue import regime as regimes
from samspil.dialogue.models import Meeting
from samspil.dialogue.regime import Procedure, Regime
from samspil.dialogue.wheel.models import StandingTopic, TopicItem
from samspil.organisation.holidays import holidays_of
from samspil.organisation.models import Committee
from samspil.organisation.viewer import Viewer


@dataclass(frozen=True)
class Month:
    """A month: its meetings, and the topics that belong to it with the meeting that takes each up."""

    number: int
    meetings: tuple[Meeting, ...]
    topics: tuple[tuple[StandingTopic, Meeting | None], ...]


@dataclass(frozen=True)
class Proposed:
    """A topic that the wheel proposes for a meeting and that has not become an item there."""

    topic: StandingTopic
    month: int


@dataclass(frozen=True)
class Day:
    """A planned day with the deadlines that follow from it."""

    planned: wheel.Planned
    deadlines: wheel.Deadlines | None


def topics_of(committee: Committee, on: date) -> list[StandingTopic]:
    """The standing topics that hold on a day, in the order of the year."""
    rows = StandingTopic.objects.filter(committee=committee)
    holding = [row for row in rows if row.ended_on is None or row.ended_on > on]
    return sorted(holding, key=lambda row: (min(row.months, default=13), row.title, row.pk))


def meetings_in(committee: Committee, year: int) -> list[Meeting]:
    """The ordinary meetings of a year that are not cancelled."""
    rows = Meeting.objects.filter(
        committee=committee, on__year=year, kind=Meeting.Kind.ORDINARY, cancelled_at=None
    )
    return list(rows.order_by("on", "pk"))


def months(topics: Sequence[StandingTopic], meetings: Sequence[Meeting]) -> list[Month]:
    """Twelve months with what belongs to each."""
    by_day = {one.on: one for one in reversed(meetings)}
    found = []
    for number in range(1, 13):
        day = wheel.meeting_for(number, list(by_day))
        taker = by_day[day] if day else None
        found.append(
            Month(
                number,
                tuple(one for one in meetings if one.on.month == number),
                tuple((one, taker) for one in topics if number in one.months),
            )
        )
    return found


def topics_by_meeting(
    topics: Iterable[StandingTopic], meetings: Sequence[Meeting]
) -> Mapping[int, list[Proposed]]:
    """Which topics belong to which meeting, by the meeting's key."""
    found: dict[int, list[Proposed]] = {one.pk: [] for one in meetings}
    by_day = {one.on: one for one in reversed(meetings)}
    for topic in topics:
        for month in sorted(topic.months):
            day = wheel.meeting_for(month, list(by_day))
            if day and not any(one.topic == topic for one in found[by_day[day].pk]):
                found[by_day[day].pk].append(Proposed(topic, month))
    return found


def proposed_for(meeting: Meeting, on: date) -> list[Proposed]:
    """The topics that the wheel proposes for a meeting to come, without those that are items there."""
    if meeting.kind != Meeting.Kind.ORDINARY or meeting.cancelled_at or meeting.on < on:
        return []
    topics = topics_of(meeting.committee, meeting.on)
    if not topics:
        return []
    belonging = topics_by_meeting(topics, meetings_in(meeting.committee, meeting.on.year))
    done = set(TopicItem.objects.filter(meeting=meeting).values_list("topic_id", flat=True))
    return [one for one in belonging.get(meeting.pk, []) if one.topic.pk not in done]


def usual_topics(committee: Committee, regime: Regime) -> list[Mapping[str, object]]:
    """The usual topics of the regime that the committee has never had."""
    had = set(StandingTopic.objects.filter(committee=committee).values_list("key", flat=True))
    return [one for one in regime.defaults.get("topics", ()) if one["key"] not in had]


def days(
    committee: Committee, wanted: Iterable[date], quiet_weeks: Iterable[int], viewer: Viewer
) -> list[Day]:
    """Each wanted day as it can be, with its deadlines by the committee's rules."""
    chosen = list(wanted)
    years = {day.year + step for day in chosen for step in (-1, 0)}
    holidays = holidays_of(committee.organisation.country, years)
    taken = frozenset(
        Meeting.objects.filter(committee=committee, on__year__in=years, cancelled_at=None)
        .exclude(kind=Meeting.Kind.ELSEWHERE)
        .values_list("on", flat=True)
    )
    regime = regimes.in_force(viewer.organisation, viewer.today)
    rules = regimes.procedure(committee, viewer.today, regime)
    found = wheel.plan(chosen, holidays, frozenset(quiet_weeks), taken)
    return [Day(one, _deadlines(one.on, rules, holidays) if one.on else None) for one in found]


def _deadlines(on: date, rules: Procedure, holidays: frozenset[date]) -> wheel.Deadlines:
    counts = (rules.request_working_days, rules.chairs_working_days, rules.agenda_working_days)
    return wheel.deadlines(on, *counts, holidays)
