"""Mails about notices: one a day, gathered, at the hour an organisation has set; and at most one more a day
when something is wanted today.

A notice is told once; here it is put into a mail once. A mail is written into the outbox under the key of its
person and day, in the transaction that marks its notices, so it is there once however often a worker dies.
"""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samspil.initiative.models import Notice
from samspil.initiative.notices import language_of
from samspil.initiative.things import hidden
from samspil.kit import mail
from samspil.kit.tracing import in_the_wake_of
from samspil.organisation.models import Organisation, Person
from samspil.organisation.scope import scope
from samspil.organisation.viewer import operator_of

DAILY, URGENT = "daily", "urgent"


def send(organisation: Organisation, at: datetime) -> None:
    """The worker's round: the mail of the day with all that was told before the hour struck, and what is
    wanted today at once, unless such a mail has gone to this person today."""
    with scope(organisation):
        _send(organisation, DAILY, Q(told_at__lt=last_struck(organisation, at)), at)
        _send(organisation, URGENT, Q(urgent=True), at)


def _send(organisation: Organisation, kind: str, which: Q, at: datetime) -> None:
    waiting = Notice.objects.filter(which, mailed_at=None)
    for person in Person.objects.filter(pk__in=waiting.values("person")).order_by("pk"):
        _gather(organisation, person, kind, which, at)


def last_struck(organisation: Organisation, at: datetime) -> datetime:
    """The newest instant at which the organisation's hour of the mail has struck, on its own clocks."""
    zone = ZoneInfo(organisation.zone)
    here = at.astimezone(zone)
    today = datetime.combine(here.date(), time(organisation.mail_hour), zone)
    if today <= here:
        return today
    return datetime.combine(here.date() - timedelta(days=1), time(organisation.mail_hour), zone)


@transaction.atomic
def _gather(organisation: Organisation, person: Person, kind: str, which: Q, at: datetime) -> None:
    """Put a person's notices into a mail, once a kind and day."""
    rows = Notice.objects.select_for_update().filter(which, person=person, mailed_at=None)
    notices = list(rows.order_by("told_at", "pk"))
    if not notices:
        return
    if not person.email or person.left_on or person.erased_at:
        _mark(notices, at)
        return
    day = at.astimezone(ZoneInfo(organisation.zone)).date()
    with language_of(person):
        subject, body = _words(organisation, notices, at)
    with in_the_wake_of(notices[-1].facts.get("request", "")):
        if mail.write(_key(organisation, person, kind, day), person.email, subject, body, at):
            _mark(notices, at)


def _key(organisation: Organisation, person: Person, kind: str, day: date) -> str:
    return f"{kind}:{organisation.ref}:{person.pk}:{day.isoformat()}"


def _mark(notices: Sequence[Notice], at: datetime) -> None:
    """What was said in full, and in whose wake, is not kept once it is on its way."""
    for one in notices:
        one.mailed_at = at
        one.facts = {name: said for name, said in one.facts.items() if name not in ("body", "request")}
    Notice.objects.bulk_update(notices, ["mailed_at", "facts"])


def forget(person: Person, _at: datetime) -> None:
    """A person's own notices go, and what waits to be mailed to others no longer tells of them in full."""
    Notice.objects.filter(person=person).delete()
    for one in Notice.objects.filter(mailed_at=None):
        if str(person) in one.facts.get("body", ""):
            one.facts = {**one.facts, "body": ""}
            one.save(update_fields=["facts"])


def _words(organisation: Organisation, notices: Sequence[Notice], at: datetime) -> tuple[str, str]:
    """What is closed by now is not named, whatever it was called when it was told."""
    closed = hidden((one.thing for one in notices if one.thing), operator_of(organisation, at))
    if len(notices) == 1:
        return _one(notices[0], notices[0].thing in closed)
    count = len(notices)
    subject = ngettext("Samspil: %(count)s piece of news", "Samspil: %(count)s pieces of news", count)
    parts = [f"{said}\n{body}" for said, body in (_one(one, one.thing in closed, False) for one in notices)]
    opening = _("Since your last mail from %(organisation)s:") % {"organisation": organisation.name}
    return subject % {"count": count}, "\n\n".join([opening, *parts]) + "\n"


def _one(notice: Notice, closed: bool, in_full: bool = True) -> tuple[str, str]:
    """Subject and body; among others only what it is and where it is done."""
    address = f"{settings.BASE_URL}{notice.facts['url']}"
    if closed:
        said = _("A closed item needs you")
        body = _("Sign in to see which; a mail does not name what is closed.")
        return said, f"{body}\n\n{address}\n" if in_full else address
    body = notice.facts.get("body", "")
    return notice.facts["subject"], f"{body}\n\n{address}\n" if in_full else address
