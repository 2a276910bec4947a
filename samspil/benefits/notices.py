"""Whom this room tells of what, and when it reminds: owners, deputies, and the sponsor, who owns the
initiative. Reminders go on for as long as the plan runs, however long the initiative has been closed."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from samspil.benefits import queries
from samspil.benefits.keeping import locked
from samspil.benefits.models import Benefit
from samspil.benefits.queries import Followed
from samspil.benefits.register import actions as register
from samspil.core.benefits.following import to_remind
from samspil.initiative.consumers import notify
from samspil.initiative.notices import language_of
from samspil.kit.room import Tell
from samspil.organisation.models import JournalRow, Organisation, Person
from samspil.organisation.rounds import DAY, is_due
from samspil.organisation.viewer import operator_of


def of_asking(row: JournalRow, _facts: Mapping[str, Any]) -> Iterator[Tell]:
    """Whoever is named as the owner, or whose target was changed, is asked to say yes."""
    found = queries.benefit(row.thing)
    if found is None or found.owner is None or found.accepted_at or found.taken_out_at:
        return
    if found.owner.subject == row.actor:
        return
    with language_of(found.owner):
        subject = _("Will you answer for “%(title)s”?") % {"title": found.title}
        body = _(
            "You are named as the owner of the benefit “%(title)s”. Read what is promised and when it is"
            " measured, and say yes or no."
        )
        said = body % {"title": found.title}
        yield _tell(found.owner, "benefit_asked", found, subject, said, str(row.sequence))


def of_answer(row: JournalRow, facts: Mapping[str, Any]) -> Iterator[Tell]:
    """The lead hears that the owner said yes or no."""
    found = queries.benefit(row.thing)
    if found is None or found.initiative.lead.subject == row.actor:
        return
    lead = found.initiative.lead
    with language_of(lead):
        if row.verb == "benefits.accepted":
            subject = _("The owner said yes: %(title)s") % {"title": found.title}
            body = _("“%(title)s” has an owner who has said yes.")
        else:
            subject = _("The owner said no: %(title)s") % {"title": found.title}
            body = _("“%(title)s” is without an owner: the one named said no. Name another.")
        said = body % {"title": found.title}
        yield _tell(lead, "benefit_answered", found, subject, said, str(row.sequence))


# --- the worker's rounds -----------------------------------------------------------------------------------


@transaction.atomic
def remind(organisation: Organisation, at: datetime) -> None:
    """Once a day: what falls due is handed to deputies where the owner has left, and asked for."""
    here = at.astimezone(ZoneInfo(organisation.zone))
    if not is_due(f"benefits {organisation.ref}", DAY, here):
        return
    hand_to_deputies(organisation, at)
    for one in queries.follow(queries.standing_rows().filter(first_on__lte=here.date()), here.date()):
        for tell in _due(one, here.date()):
            notify(organisation, tell, at)


def hand_to_deputies(organisation: Organisation, at: datetime) -> None:
    """When an owner leaves the deputy gets the benefit, and says yes anew; the journal has the handover."""
    left = queries.standing_rows().filter(
        owner__left_on__isnull=False, deputy__isnull=False, deputy__left_on=None
    )
    for found in map(locked, left):
        if found.deputy and found.owner and found.owner.left_on:
            because = str(_("The owner has left."))
            register.hand_over(found, found.deputy, None, because, operator_of(organisation, at), at)


def _due(one: Followed, today: date) -> Iterator[Tell]:
    plan = queries.plan_of(one.benefit)
    for day in to_remind(plan, one.figures, today) if plan else ():
        for person in _concerned(one.benefit):
            with language_of(person):
                facts = {"title": one.benefit.title, "day": date_format(day, "DATE_FORMAT")}
                subject = _("A figure is wanted: %(title)s") % facts
                body = _(
                    "The figure of “%(title)s” was to be there by %(day)s. Until it is, nobody knows whether"
                    " the benefit was realised, and it is shown as unknown."
                )
                yield _tell(person, "benefit_due", one.benefit, subject, body % facts, day.isoformat())


def _concerned(benefit: Benefit) -> list[Person]:
    """Owner and sponsor, each once; the deputy where there is no owner. Who has left is not written to."""
    first = benefit.owner if benefit.owner and not benefit.owner.left_on else benefit.deputy
    people = {one.pk: one for one in (first, benefit.initiative.owner) if one and not one.left_on}
    return list(people.values())


def _tell(person: Person, kind: str, found: Benefit, subject: str, body: str, period: str) -> Tell:
    url = reverse("benefits:benefit", args=[found.initiative.organisation.slug, found.ref])
    return Tell(person, kind, found.ref, subject, body, url, period)
