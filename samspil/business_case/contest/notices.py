"""Who is told that somebody spoke or was answered, and who is reminded: once halfway to the day, once after.

In the reader's language. Nobody is told of their own act.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from samspil.business_case.contest import queries
from samspil.business_case.contest.models import Answer, Remark
from samspil.business_case.contest.words import OUTCOMES
from samspil.initiative.consumers import notify
from samspil.initiative.notices import language_of
from samspil.kit.room import Tell
from samspil.organisation.models import JournalRow, Organisation, Person
from samspil.organisation.viewer import day_in


def of_remark(row: JournalRow, _facts: Mapping[str, Any]) -> Iterator[Tell]:
    """Whoever owes the answer hears what was said, and by when."""
    remark = queries.remark(row.thing)
    if remark is None or not remark.is_owed:
        return
    person = queries.who_owes(remark)
    if person.subject != row.actor:
        with language_of(person):
            facts = _facts_of(remark)
            subject = _("Please answer by %(due)s: %(part)s") % facts
            body = _(
                "Somebody affected has said something about “%(part)s” in the case “%(title)s”. They are owed"
                " a reasoned answer by %(due)s. On the page you read it and answer."
            )
            yield _tell(person, "remark_owed", remark, subject, body % facts)


def of_answer(row: JournalRow, _facts: Mapping[str, Any]) -> Iterator[Tell]:
    """Everybody whose remark was answered hears what came of it."""
    answer = queries.answer(row.thing)
    if answer is None:
        return
    told: set[int] = set()
    for remark in queries.remarks().filter(answer=answer):
        person = remark.said_by
        if person and person.left_on is None and person.subject != row.actor and person.pk not in told:
            told.add(person.pk)
            with language_of(person):
                facts = {**_facts_of(remark), "outcome": OUTCOMES[Answer.Outcome(answer.outcome)]}
                subject = _("You have been answered: %(part)s") % facts
                body = _(
                    "What you said about “%(part)s” in the case “%(title)s” has been answered: %(outcome)s."
                    " The page tells the reason."
                )
                yield _tell(person, "remark_answered", remark, subject, body % facts)


def remind(organisation: Organisation, at: datetime) -> None:
    """Remind those who owe an answer, once halfway to its day and once after it."""
    today = day_in(organisation, at)
    for remark in _unanswered(Q(reminded_before_at=None, remind_on__lte=today, due__gte=today)):
        _remind(remark, "before", organisation, at)
    for remark in _unanswered(Q(reminded_after_at=None, due__lt=today)):
        _remind(remark, "after", organisation, at)


@transaction.atomic
def _remind(remark: Remark, when: str, organisation: Organisation, at: datetime) -> None:
    """The mark and the mail in one transaction; whoever answers at the same moment is not reminded."""
    Remark.objects.select_for_update().get(pk=remark.pk)
    now = queries.remarks().get(pk=remark.pk)
    if not now.is_owed:
        return
    people = [queries.who_owes(now), *([now.initiative.owner] if when == "after" else [])]
    for person in {one.pk: one for one in people}.values():
        with language_of(person):
            subject, body = _reminder(now, when)
            notify(organisation, _tell(person, "remark_reminder", now, subject, body, when), at)
    Remark.objects.filter(pk=now.pk).update(**{f"reminded_{when}_at": at})


def _unanswered(condition: Q) -> list[Remark]:
    return list(Remark.objects.filter(condition, answer=None).order_by("due", "pk"))


def _reminder(remark: Remark, when: str) -> tuple[str, str]:
    facts = _facts_of(remark)
    if when == "before":
        body = _(
            "Somebody affected waits for an answer about “%(part)s” in the case “%(title)s”. It is owed by"
            " %(due)s."
        )
        return _("A reminder: answer by %(due)s about “%(part)s”") % facts, body % facts
    body = _(
        "What was said about “%(part)s” in the case “%(title)s” has not been answered. The day was %(due)s."
        " It shows on the page of the case until there is an answer."
    )
    return _("No answer has been given: “%(part)s”") % facts, body % facts


def _facts_of(remark: Remark) -> dict[str, str]:
    due = date_format(remark.due, "DATE_FORMAT") if remark.due else ""
    return {"part": str(remark.part), "title": remark.case.title, "due": due}


def _tell(person: Person, kind: str, remark: Remark, subject: str, body: str, period: str = "once") -> Tell:
    page = reverse("business_case:part", args=[remark.organisation.slug, remark.part.ref])
    return Tell(person, kind, remark.ref, subject, body, f"{page}#{remark.ref}", period)
