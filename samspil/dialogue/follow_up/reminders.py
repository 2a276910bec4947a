"""Reminding people of what they promised: a week before, on the day, and once when the day has passed.

Each comes once for each day that was promised, for a notice is unique on kind, thing, person and period; a
promise that was moved has a new day and is reminded of anew.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from samspil.dialogue import words
from samspil.dialogue.confidential import is_confidential
from samspil.dialogue.models import ActionPoint
from samspil.initiative.consumers import notify
from samspil.initiative.models import Notice
from samspil.initiative.notices import language_of
from samspil.kit.room import Tell
from samspil.organisation.models import Organisation
from samspil.organisation.rounds import DAY, is_due
from samspil.organisation.viewer import day_in

BEFORE = timedelta(days=7)
WEEK, TODAY, OVERDUE = "action_in_a_week", "action_today", "action_overdue"


@transaction.atomic
def remind_of_actions(organisation: Organisation, at: datetime) -> None:
    """The worker's round, once a day; one that dies in the middle leaves the day to the next."""
    here = at.astimezone(ZoneInfo(organisation.zone))
    if is_due(f"actions {organisation.ref}", DAY, here):
        for one in reminders(day_in(organisation, at)):
            notify(organisation, one, at)


def reminders(today: date) -> Iterator[Tell]:
    """Who is to be reminded of what on a day; whom this was told before is not told again."""
    rows = ActionPoint.objects.filter(done_on=None, owner__isnull=False, due__lte=today + BEFORE)
    points = list(rows.select_related("item__thing", "item__organisation", "owner__organisation"))
    heard = _heard_lately(points)
    for point in points:
        kind = kind_of(point.due, today)
        fresh = heard.get(point.ref)
        if kind == WEEK and fresh and fresh >= point.due - BEFORE:
            continue  # it was agreed less than a week before its day, and they were told then
        yield _tell(point, kind, today)


def kind_of(due: date, today: date) -> str:
    """Which reminder a day asks for."""
    if today < due:
        return WEEK
    return TODAY if today == due else OVERDUE


def _heard_lately(points: list[ActionPoint]) -> dict[str, date]:
    """When the owners were told that it was agreed."""
    rows = Notice.objects.filter(kind="action_point", period__in=[one.ref for one in points])
    return {row.period: day_in(row.organisation, row.told_at) for row in rows.select_related("organisation")}


def _tell(point: ActionPoint, kind: str, today: date) -> Tell:
    assert point.owner is not None  # noqa: S101 - only what somebody owns is reminded of
    with language_of(point.owner):
        closed = is_confidential(point.item, today)
        text = _("something that was agreed in a closed item") if closed else point.text
        facts = {"due": words.day(point.due), "text": text}
        subject, body = _WORDS[kind]
        url = reverse("dialogue:item", args=[point.item.organisation.slug, point.item.ref])
        return Tell(
            point.owner,
            kind,
            point.ref,
            _(subject) % facts,
            _(body) % facts,
            f"{url}#actions",
            point.due.isoformat(),
        )


_WORDS = {
    WEEK: (
        gettext_noop("In a week, %(due)s: %(text)s"),
        gettext_noop(
            "You promised to do this by %(due)s:\n\n%(text)s\n\nMark it as done on the page below when it is,"
            " or give it another day and say why."
        ),
    ),
    TODAY: (
        gettext_noop("Today: %(text)s"),
        gettext_noop(
            "Today, %(due)s, is the day by which you promised to do this:\n\n%(text)s\n\nMark it as done on"
            " the page below, or give it another day and say why."
        ),
    ),
    OVERDUE: (
        gettext_noop("Past its day, %(due)s: %(text)s"),
        gettext_noop(
            "By %(due)s you promised to do this, and it is not marked as done:\n\n%(text)s\n\nMark it as done"
            " on the page below, or give it another day and say why. You are not reminded again."
        ),
    ),
}
