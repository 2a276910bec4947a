"""Who is told of requests and negotiations, and who is reminded, in the reader's language; in a neutral"
" tone."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from samspil.dialogue import queries as committees
from samspil.dialogue import words
from samspil.dialogue.models import Item
from samspil.dialogue.remedies import queries, tables
from samspil.dialogue.remedies.closed import title_on
from samspil.dialogue.remedies.models import RemedyCase, RemedyStep
from samspil.dialogue.remedies.waits import UnionWait
from samspil.initiative.notices import language_of
from samspil.kit.room import Tell
from samspil.organisation.models import JournalRow, Person, Seat


def of_step(row: JournalRow, _facts: Mapping[str, Any]) -> Iterator[Tell]:
    """Those who owe a step hear what is asked, and by when."""
    case = queries.case(row.thing)
    if case is None or case.closed_on:
        return
    step = queries.present_step(case)
    seats = queries.those_who_owe(step, _owed_by(step, case), _day(row))
    for person in _people(seats, row):
        with language_of(person):
            facts = _facts_of(case, _day(row))
            subject = _("To be answered: %(title)s") % facts
            yield _tell(person, "remedy_owed", case, subject, _asked_body(facts, step), step.key)


def of_answer(row: JournalRow, _facts: Mapping[str, Any]) -> Iterator[Tell]:
    """Those who speak for the staff side hear that there is an answer."""
    case = queries.case(row.thing)
    if case is None:
        return
    for person in _people(queries.speakers(case.committee, _day(row)), row):
        with language_of(person):
            facts = _facts_of(case, _day(row))
            subject = _("Answered: %(title)s") % facts
            body = _(
                "“%(title)s” in %(committee)s has been answered. Read the answer, and say whether the case"
                " ends here or goes on."
            )
            yield _tell(
                person, "remedy_answered", case, subject, body % facts, queries.present_step(case).key
            )


def of_closing(row: JournalRow, _facts: Mapping[str, Any]) -> Iterator[Tell]:
    """Both sides of the committee hear how it ended."""
    case = queries.case(row.thing)
    if case is None or case.closed_on is None:
        return
    step = queries.present_step(case)
    seats = [
        *queries.speakers(case.committee, _day(row)),
        *queries.those_who_owe(step, _owed_by(step, case), _day(row)),
    ]
    for person in _people(seats, row):
        with language_of(person):
            subject = _("Ended: %(title)s") % _facts_of(case, _day(row))
            body = _("The case “%(title)s” in %(committee)s has ended. The page says how.") % _facts_of(
                case, _day(row)
            )
            yield _tell(person, "remedy_closed", case, subject, body)


def reminders(step: RemedyStep, days: int, on: date) -> Iterator[Tell]:
    """Those who owe a step, some days before its last day, on it, or after it."""
    case, due = step.case, step.due
    assert due is not None  # noqa: S101 - only what has a day is asked for
    for person in _people(queries.those_who_owe(step, _owed_by(step, case), on), None):
        with language_of(person):
            facts = {**_facts_of(case, on), "day": words.day(due)}
            subject = _("By %(day)s: %(title)s") % facts
            body = _reminder(days) % facts
            yield _tell(person, "remedy_due", case, subject, body, f"{due:%Y%m%d}{days:+d}")


def of_calls(item: Item, one: UnionWait, days: int, on: date) -> Iterator[Tell]:
    """The union while it can call; those who decide when the days have passed."""
    call_by = one.wait.call_by
    assert call_by is not None  # noqa: S101 - only what has a day is asked for
    people = _unions_people(item, one, on) if days <= 0 else _deciders(item, on)
    for person in people:
        with language_of(person):
            facts = {
                "title": item.title,
                "day": words.day(call_by),
                "from_day": words.day(one.wait.decide_from) if one.wait.decide_from else "",
                "union": str(one.union or item.committee.name),
            }
            subject, body = _call_words(days, facts)
            union = one.union.pk if one.union else 0
            url = reverse("dialogue:item", args=[item.organisation.slug, item.ref])
            period = f"{call_by:%Y%m%d}{days:+d}.{union}"[:20]
            yield Tell(person, "central_call", item.ref, subject, body, url, period)


def of_call(row: JournalRow, facts: Mapping[str, Any]) -> Iterator[Tell]:
    """Those who decide hear that a union called, and that the decision waits."""
    item = committees.item(row.thing)
    if item is None:
        return
    for person in _deciders(item, _day(row)):
        if person.subject != row.actor:
            with language_of(person):
                known = {"title": item.title, "union": facts.get("union", "")}
                subject = _("Central negotiation is called for: %(title)s") % known
                body = _(
                    "%(union)s has called for central negotiation about “%(title)s”. The decision waits until"
                    " it is concluded."
                )
                url = reverse("dialogue:item", args=[item.organisation.slug, item.ref])
                yield Tell(
                    person, "central_called", item.ref, subject, body % known, url, str(row.sequence)[:20]
                )


def _call_words(days: int, facts: Mapping[str, str]) -> tuple[str, str]:
    if days <= 0:
        return (
            _("Until %(day)s: central negotiation about %(title)s") % facts,
            _(
                "The negotiation about “%(title)s” ended in disagreement. Until %(day)s the union can call"
                " for central negotiation. Nothing is needed where it does not want to."
            )
            % facts,
        )
    return (
        _("May be decided from %(from_day)s: %(title)s") % facts,
        _(
            "The days for calling central negotiation about “%(title)s” ended on %(day)s, and nobody called"
            " (%(union)s). It may be decided from %(from_day)s."
        )
        % facts,
    )


def _reminder(days: int) -> str:
    if days < 0:
        return _("“%(title)s” in %(committee)s is to be answered by %(day)s.")
    if days == 0:
        return _("“%(title)s” in %(committee)s is to be answered today, %(day)s.")
    return _("“%(title)s” in %(committee)s was to be answered by %(day)s, and no answer is recorded.")


def _asked_body(facts: Mapping[str, str], step: RemedyStep) -> str:
    body = _(
        "The staff side of %(committee)s asks: “%(title)s”. Open the page below to read what it is about."
    )
    due = _("An answer is owed by %(day)s.") % {"day": words.day(step.due)} if step.due else ""
    return f"{body % facts} {due}".strip()


def _owed_by(step: RemedyStep, case: RemedyCase) -> str:
    return tables.read(case.table).kind(case.kind).step(step.key).owed_by


def _facts_of(case: RemedyCase, on: date) -> dict[str, str]:
    return {"title": title_on(on, case), "committee": case.committee.name}


def _unions_people(item: Item, one: UnionWait, on: date) -> list[Person]:
    seats = queries.unions_in(item.committee, on)
    return _people([seat for seat in seats if one.union is None or seat.union_id == one.union.pk], None)


def _deciders(item: Item, on: date) -> list[Person]:
    chairs = [seat for seat in committees.seats_of(item.committee, on) if seat.kind == Seat.Kind.CHAIR]
    people = {seat.person.pk: seat.person for seat in chairs}
    if item.initiative:
        people |= {one.pk: one for one in (item.initiative.lead, item.initiative.owner)}
    return list(people.values())


def _people(seats: Iterable[Seat], row: JournalRow | None) -> list[Person]:
    """Each person once; nobody is told of their own act."""
    actor = row.actor if row else ""
    return list({seat.person.pk: seat.person for seat in seats if seat.person.subject != actor}.values())


def _day(row: JournalRow) -> date:
    return date.fromisoformat(row.instant[:10])


def _tell(person: Person, kind: str, case: RemedyCase, subject: str, body: str, period: str = "once") -> Tell:
    url = reverse("dialogue:remedy", args=[case.organisation.slug, case.ref])
    return Tell(person, kind, case.ref, subject, body, url, period[:20])
