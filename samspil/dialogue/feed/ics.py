"""Entries as an iCalendar file (RFC 5545). The library folds, escapes and orders; the zone is described here,
for the library's own description puts the beginning of summer time an hour late."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, Timezone, TimezoneDaylight, TimezoneStandard
from icalendar.prop import vDuration

from samspil.core.zone_changes import Change, changes, offset_at
from samspil.dialogue.feed.entries import Entry
from samspil.organisation.models import Organisation

CONTENT_TYPE = "text/calendar; charset=utf-8"
PRODUCT = "-//Samspil//Samspil//EN"
FRESH = timedelta(hours=1)  # how often a calendar is asked to look again
A_YEAR = timedelta(days=366)


def calendar(entries: Iterable[Entry], name: str, organisation: Organisation, at: datetime) -> bytes:
    """The file. `at` is the instant it is made; times are those of the organisation's zone."""
    found, made = list(entries), Calendar()
    made.add("prodid", PRODUCT)
    made.add("version", "2.0")
    made.add("calscale", "GREGORIAN")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", name)
    made.add("refresh-interval", vDuration(FRESH))
    made.add("x-published-ttl", vDuration(FRESH))
    timed = [one.on for one in found if one.starts]
    if timed:
        made.add_component(_zone(organisation.zone, min(timed), max(timed)))
    for one in found:
        made.add_component(_event(one, organisation, at))
    return bytes(made.to_ical())


def _event(entry: Entry, organisation: Organisation, at: datetime) -> Event:
    event, zone = Event(), ZoneInfo(organisation.zone)
    event.add("uid", f"{entry.key}@{organisation.ref}.samspil")
    event.add("dtstamp", at)
    event.add("sequence", entry.revision)
    event.add("summary", entry.title)
    event.add("url", entry.url)
    event.add("description", "\n".join(part for part in (entry.because, entry.url) if part))
    if entry.place:
        event.add("location", entry.place)
    if entry.starts is None:
        event.add("dtstart", entry.on)
        event.add("dtend", entry.on + timedelta(days=1))
        event.add("transp", "TRANSPARENT")
    else:
        event.add("dtstart", datetime.combine(entry.on, entry.starts, zone))
        if entry.ends and entry.ends > entry.starts:
            event.add("dtend", datetime.combine(entry.on, entry.ends, zone))
    event.add("status", "CANCELLED" if entry.cancelled else "CONFIRMED")
    return event


def _zone(name: str, first: date, last: date) -> Timezone:
    """The zone as its clocks are put, from a year before the first day to a year after the last."""
    zone, described = ZoneInfo(name), Timezone()
    described.add("tzid", name)
    found = list(changes(zone, first - A_YEAR, last + A_YEAR))
    if not found:
        start = datetime(first.year - 1, 1, 1)  # noqa: DTZ001 - a zone is described in its own local times
        steady = offset_at(zone, start.replace(tzinfo=zone))
        found = [Change(start, steady, steady)]
    kinds = {(one.before, one.after): one for one in reversed(found)}
    for kind, earliest in reversed(kinds.items()):
        part = TimezoneDaylight() if earliest.after.summer else TimezoneStandard()
        part.add("dtstart", earliest.on_the_clock)
        part.add("tzoffsetfrom", earliest.before.from_utc)
        part.add("tzoffsetto", earliest.after.from_utc)
        part.add("tzname", earliest.after.name)
        later = [one.on_the_clock for one in found if (one.before, one.after) == kind and one != earliest]
        if later:
            part.add("rdate", later)
        described.add_component(part)
    return described
