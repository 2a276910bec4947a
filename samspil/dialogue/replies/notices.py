"""Who is told that something was sent down, and who is reminded: once before the deadline, once after.

One mail to each of those who run a committee, with a link straight to the page where it replies.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from samspil.dialogue import confidential, words
from samspil.dialogue.replies import queries
from samspil.dialogue.replies.models import Asked, Sending
from samspil.initiative.consumers import notify
from samspil.initiative.notices import language_of
from samspil.kit.room import Tell
from samspil.organisation.models import JournalRow, Organisation, Person
from samspil.organisation.viewer import day_in


def of_sending(row: JournalRow, _facts: Mapping[str, Any]) -> Iterator[Tell]:
    """Those who run each committee hear what they are asked, by when, and where to reply."""
    sending = queries.sending(row.thing)
    if sending is None:
        return
    on = date.fromisoformat(row.instant[:10])
    if confidential.is_confidential(sending.item, on):
        return
    for asked, person in _to_tell(sending, queries.silent(sending), on):
        if person.subject != row.actor:
            with language_of(person):
                yield _tell(person, "sent_down", asked, sending, _subject(sending), _body(asked, sending))


def remind(organisation: Organisation, at: datetime) -> None:
    """Remind the silent ones, once halfway to the deadline and once after it."""
    today = day_in(organisation, at)
    for sending in _due(Q(reminded_before_at=None, remind_on__lte=today, due__gte=today)):
        _remind(sending, "before", organisation, at)
    for sending in _due(Q(reminded_after_at=None, due__lt=today)):
        _remind(sending, "after", organisation, at)


@transaction.atomic
def _remind(sending: Sending, when: str, organisation: Organisation, at: datetime) -> None:
    """The mark and the mails in one transaction: a worker that dies in between begins anew."""
    today = day_in(organisation, at)
    if confidential.is_confidential(sending.item, today):
        return
    for asked, person in _to_tell(sending, queries.silent(sending), today):
        with language_of(person):
            subject, body = _reminder(asked, sending, when)
            notify(organisation, _tell(person, "reply_reminder", asked, sending, subject, body, when), at)
    Sending.objects.filter(pk=sending.pk).update(**{f"reminded_{when}_at": at})


def _due(condition: Q) -> list[Sending]:
    rows = Sending.objects.filter(condition, closed_at=None)
    return list(rows.select_related("thing", "sent_by", "organisation", *queries.WHOLE_ITEM))


def _to_tell(sending: Sending, asked: Sequence[Asked], on: date) -> Iterator[tuple[Asked, Person]]:
    """Each committee with each who runs it; somebody with two seats there hears of it once."""
    running = queries.running_seats([one.committee_id for one in asked], on)
    for one in asked:
        for person in {seat.person_id: seat.person for seat in running.get(one.committee_id, ())}.values():
            yield one, person


def _subject(sending: Sending) -> str:
    return _("Please reply by %(due)s: %(title)s") % {
        "due": words.day(sending.due),
        "title": sending.item.title,
    }


def _body(asked: Asked, sending: Sending) -> str:
    parts = [
        capfirst(
            _("%(sender)s asks %(committee)s what you think of “%(title)s”.")
            % {
                "sender": sending.item.committee.name,
                "committee": asked.committee.name,
                "title": sending.item.title,
            }
        ),
        sending.why,
        _(
            "Talk about it in the way that suits you: at a meeting, by a round of mail or on paper. Reply by"
            " %(due)s on the page below. The questions stand there, and it takes about three minutes."
        )
        % {"due": words.day(sending.due)},
    ]
    return "\n\n".join(part for part in parts if part)


def _reminder(asked: Asked, sending: Sending, when: str) -> tuple[str, str]:
    facts = {
        "sender": sending.item.committee.name,
        "committee": asked.committee.name,
        "title": sending.item.title,
        "due": words.day(sending.due),
    }
    if when == "before":
        body = _(
            "%(sender)s is waiting for a reply from %(committee)s about “%(title)s”. The deadline is %(due)s."
            " If you have no answer, say so on the page below; that is a reply too."
        )
        return _("A reminder: reply by %(due)s about “%(title)s”") % facts, body % facts
    body = _(
        "%(committee)s has not replied to %(sender)s about “%(title)s”. The deadline was %(due)s. You can"
        " still reply on the page below, also to say that you have no answer."
    )
    return _("The deadline has passed: “%(title)s”") % facts, body % facts


def _tell(
    person: Person, kind: str, asked: Asked, sending: Sending, subject: str, body: str, period: str = "once"
) -> Tell:
    url = reverse("dialogue:give_reply", args=[sending.organisation.slug, asked.ref])
    return Tell(person, kind, asked.ref, subject, body, url, period)
