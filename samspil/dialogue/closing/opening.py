"""Telling the committee, once, that a closed item has opened. That it is open hangs on its day alone."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from samspil.dialogue import queries
from samspil.dialogue.models import Item
from samspil.initiative.consumers import notify
from samspil.initiative.notices import language_of
from samspil.kit.room import Tell
from samspil.organisation.models import Organisation
from samspil.organisation.rounds import DAY, is_due

MADE_GOOD = timedelta(days=14)  # a worker that stood still tells of it afterwards


@transaction.atomic
def tell_opened(organisation: Organisation, at: datetime) -> None:
    """The worker's round, once a day: whoever was told of this day before is not told again, and one that
    dies in the middle leaves the day to the next."""
    here = at.astimezone(ZoneInfo(organisation.zone))
    if is_due(f"opened {organisation.ref}", DAY, here):
        for one in opened(here.date()):
            notify(organisation, one, at)


def opened(today: date) -> Iterator[Tell]:
    """To every member of the committee, that an item has opened."""
    rows = Item.objects.filter(confidential_until__lte=today, confidential_until__gt=today - MADE_GOOD)
    for item in rows.select_related("thing", "committee", "organisation"):
        period = f"{item.confidential_until:%Y-%m-%d}"
        url = reverse("dialogue:item", args=[item.organisation.slug, item.ref])
        for person in {seat.person for seat in queries.seats_of(item.committee, today)}:
            with language_of(person):
                facts = {"title": item.title, "committee": item.committee.name}
                subject = _("Open to everybody now: %(title)s") % facts
                body = _(
                    "The item “%(title)s” of %(committee)s was closed for a time. From today everybody in the"
                    " organisation can read it."
                )
                yield Tell(person, "item_opened", item.ref, subject, body % facts, url, period)
