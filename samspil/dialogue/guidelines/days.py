"""Days that pass by themselves: an agreed day without a discussion, and the last day of a guideline."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from samspil.core.procedure import Kept
from samspil.dialogue import queries as committees
from samspil.dialogue import words
from samspil.dialogue.guidelines import promises, queries
from samspil.dialogue.guidelines.models import Guideline
from samspil.dialogue.guidelines.promises import Promised
from samspil.initiative.consumers import notify
from samspil.initiative.notices import language_of
from samspil.kit.room import Tell
from samspil.organisation.models import Organisation, Person, Seat
from samspil.organisation.rounds import DAY, is_due
from samspil.organisation.viewer import Viewer, operator_of

MADE_GOOD = timedelta(days=14)  # a worker that stood still tells of it afterwards
RUNNING = (Seat.Kind.CHAIR, Seat.Kind.VICE_CHAIR, Seat.Kind.SECRETARY)


@transaction.atomic
def tell_of_days(organisation: Organisation, at: datetime) -> None:
    """The worker's round, once a day; who was told of a day before is not told again, and a worker that dies
    in the middle leaves the day to the next."""
    here = at.astimezone(ZoneInfo(organisation.zone))
    if is_due(f"guidelines {organisation.ref}", DAY, here):
        for one in (*passed(operator_of(organisation, at)), *ended(here.date())):
            notify(organisation, one, at)


def passed(viewer: Viewer) -> Iterator[Tell]:
    """An agreed day has passed without a recorded discussion."""
    found = {one.pk: one for one in queries.in_force(viewer.today)}
    for pk, promised in promises.of_many(list(found.values()), viewer).items():
        for one in promised:
            by = one.discussion.by
            if one.standing.kept == Kept.NOT_HELD and by and by >= viewer.today - MADE_GOOD:
                yield from _not_held(found[pk], one, by, viewer.today)


def ended(today: date) -> Iterator[Tell]:
    """The notice that was given is over."""
    for found in queries.ended_since(today - MADE_GOOD, today):
        assert found.ends_on is not None  # noqa: S101 - only those with a last day are asked for
        for person in _concerned(found, today):
            with language_of(person):
                facts = {"title": found.title, "day": words.day(found.ends_on)}
                subject = _("No longer agreed: %(title)s") % facts
                body = _(
                    "Notice was given, and “%(title)s” ended on %(day)s. What it promised is no longer"
                    " agreed. Agree on a new one where you still need it."
                )
                period = found.ends_on.isoformat()
                yield _tell(person, "guideline_ended", found, subject, body % facts, period)


def _not_held(found: Guideline, one: Promised, by: date, today: date) -> Iterator[Tell]:
    for person in _concerned(found, today):
        with language_of(person):
            facts = {"title": found.title, "day": words.day(by), "where": one.where}
            subject = _("Not discussed by %(day)s: %(title)s") % facts
            body = _(
                "“%(title)s” says that it is discussed in %(where)s by %(day)s. No discussion is recorded."
                " Record it if it was held, put it on a meeting, or agree on another day."
            )
            period = f"{by:%Y%m%d}.{one.discussion.committee_id or 0}"[:20]
            yield _tell(person, "promise_passed", found, subject, body % facts, period)


def _concerned(found: Guideline, today: date) -> list[Person]:
    """Owner and lead of the initiative, and those who run the committee; each once."""
    seats = committees.seats_of(found.committee, today)
    people = {seat.person_id: seat.person for seat in seats if seat.kind in RUNNING}
    if found.initiative:
        people |= {one.pk: one for one in (found.initiative.owner, found.initiative.lead)}
    return list(people.values())


def _tell(person: Person, kind: str, found: Guideline, subject: str, body: str, period: str) -> Tell:
    url = reverse("dialogue:guideline", args=[found.organisation.slug, found.ref])
    return Tell(person, kind, found.ref, subject, body, url, period)
