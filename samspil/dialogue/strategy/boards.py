"""What strategies tell the hall: cards, search texts, and the day to ask again."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from samspil.dialogue.permissions import PERMISSIONS
from samspil.dialogue.strategy import queries
from samspil.dialogue.strategy.models import Strategy
from samspil.initiative.models import Thing
from samspil.kit.room import Card, Waiting
from samspil.organisation.viewer import Viewer


def cards(refs: Iterable[str], viewer: Viewer) -> dict[str, Card]:
    if not PERMISSIONS.allows("see_strategies", viewer):
        return {}
    rows = Strategy.objects.filter(thing__ref__in=list(refs)).select_related("thing")
    return {
        row.ref: Card(row.ref, "strategy", row.title, _url(viewer, row), f"{row.since.year}–{row.until.year}")
        for row in rows
    }


def texts(things: Sequence[Thing]) -> Iterable[tuple[str, str, str]]:
    """The words of the newest version."""
    for row in Strategy.objects.filter(thing__in=things).select_related("thing"):
        newest = row.versions.last()
        yield row.ref, row.title, f"{row.title} {newest.goals if newest else ''}"


def waiting_for(viewer: Viewer, _at: datetime) -> Iterator[Waiting]:
    """Whoever answers for a strategy is to ask again once a year."""
    if viewer.person is None:
        return
    for one in queries.to_follow_up(viewer.today).filter(owner=viewer.person):
        yield Waiting(
            one.title,
            reverse("dialogue:open_strategy_round", args=[viewer.organisation.slug, one.ref]),
            _("Put the strategy before the committees"),
            one.follow_up_on,
        )


def _url(viewer: Viewer, row: Strategy) -> str:
    return reverse("dialogue:strategy", args=[viewer.organisation.slug, row.ref])
