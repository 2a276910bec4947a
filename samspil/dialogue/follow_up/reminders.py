"""Reminding people of what they promised: a week before, on the day, and once when the day has passed.

Each comes once for each day that was promised, for a notice is unique on kind, thing, person and period; a
promise that was moved has a new day and is reminded of anew.
"""

import logging
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
from samspil.organisation.rounds import DAY, has_come, is_due
from samspil.organisation.viewer import day_in

BEFORE = timedelta(days=7)
logger = logging.getLogger("samspil.worker")
WEEK, TODAY, OVERDUE = "action_in_a_week", "action_today", "action_overdue"


def remind_of_actions(organisation: Organisation, at: datetime) -> None:
    """The worker's round, once a day; one that dies in the middle leaves the day to the next.

    Each is told in a transaction of its own: one who cannot be told keeps no other back.
    """
    name, here = f"actions {organisation.ref}", at.astimezone(ZoneInfo(organisation.zone))
    if not has_come(name, DAY, here):
        return
    for point, kind in due_now(here.date()):
        try:
            with transaction.atomic():
                notify(organisation, tell_of(point, kind, here.date()), at)
        except Exception:
            logger.exception("reminding of action %s failed", point.ref)
    is_due(name, DAY, here)


def due_now(today: date) -> Iterator[tuple[ActionPoint, str]]:
    """Which actions are to be reminded of on a day, and how; a notice that was given is not given again."""
    rows = ActionPoint.objects.filter(done_on=None, owner__isnull=False, due__lte=today + BEFORE)
    points = list(rows.select_related("item__thing", "item__organisation", "owner__organisation"))
    heard = _heard_lately(points)
    for point in points:
        kind = kind_of(point.due, today)
        fresh = heard.get(point.ref)
        if kind == WEEK and fresh and fresh >= point.due - BEFORE:
            continue  # it was agreed less than a week before its day, and they were told then
        yield point, kind


def kind_of(due: date, today: date) -> str:
    """Which reminder a day asks for."""
    if today < due:
        return WEEK
    return TODAY if today == due else OVERDUE


def _heard_lately(points: list[ActionPoint]) -> dict[str, date]:
    """When the owners were told that it was agreed."""
    rows = Notice.objects.filter(kind="action_point", period__in=[one.ref for one in points])
    return {row.period: day_in(row.organisation, row.told_at) for row in rows.select_related("organisation")}


def tell_of(point: ActionPoint, kind: str, today: date) -> Tell:
    """The reminder in its owner's language."""
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
