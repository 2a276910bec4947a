"""What statements of a round tell the hall: their cards, and whom a reminder reaches."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samspil.initiative.consumers import notify
from samspil.initiative.notices import language_of
from samspil.involvement.opinions.models import RoundStatement
from samspil.involvement.opinions.queries import ABOUT
from samspil.involvement.permissions import PERMISSIONS
from samspil.kit.room import Card, Tell, Waiting
from samspil.organisation.models import Organisation, Person
from samspil.organisation.viewer import Viewer
from samspil.participation.models import Round

PATIENCE = timedelta(hours=24)


def cards(refs: Iterable[str], viewer: Viewer) -> dict[str, Card]:
    """The statements people are asked about; what waits or was left out is for those who moderate."""
    return {row.ref: _card(row, viewer) for row in _about(refs) if _may_read(row, viewer)}


def hidden(refs: Iterable[str], viewer: Viewer) -> set[str]:
    return {row.ref for row in _about(refs) if not _may_read(row, viewer)}


def remind(organisation: Organisation, at: datetime) -> None:
    """Once for the oldest statement that has waited for more than a day: whoever moderates is told."""
    rows = RoundStatement.objects.filter(state=RoundStatement.State.WAITING, round__state=Round.State.OPEN)
    late = rows.filter(waits_since__lt=at - PATIENCE).select_related(
        *ABOUT, "round__planned_by__organisation"
    )
    by_round: dict[int, list[RoundStatement]] = {}
    for row in late.order_by("waits_since", "number"):
        by_round.setdefault(row.round_id, []).append(row)
    for waiting in by_round.values():
        for tell in _told(waiting):
            notify(organisation, tell, at)


def waiting(viewer: Viewer, _at: datetime) -> Iterator[Waiting]:
    """Statements that whoever planned the round has not read yet."""
    if viewer.person is None:
        return
    rows = RoundStatement.objects.filter(state=RoundStatement.State.WAITING, round__state=Round.State.OPEN)
    mine = rows.filter(round__planned_by=viewer.person).select_related("round__thing")
    by_round: dict[Round, int] = {}
    for row in mine.order_by("round__closes_on", "round"):
        by_round[row.round] = by_round.get(row.round, 0) + 1
    for round_, count in by_round.items():
        said = ngettext("%(count)s statement waits to be read", "%(count)s statements wait to be read", count)
        url = reverse("involvement:moderation", args=[viewer.organisation.slug, round_.ref])
        yield Waiting(round_.title, url, said % {"count": count}, round_.closes_on)


def _told(waiting: list[RoundStatement]) -> Iterator[Tell]:
    round_ = waiting[0].round
    for person in _moderators(round_):
        with language_of(person):
            said = ngettext(
                "%(count)s statement has waited for more than a day.",
                "%(count)s statements have waited for more than a day.",
                len(waiting),
            )
            yield Tell(
                person,
                "statements_wait",
                round_.ref,
                _("Statements wait in “%(title)s”") % {"title": round_.title},
                said % {"count": len(waiting)} + " " + _("Read them, and take them in or say why not."),
                reverse("involvement:moderation", args=[round_.organisation.slug, round_.ref]),
                period=waiting[0].ref,
            )


def _moderators(round_: Round) -> list[Person]:
    """Whoever planned it; where they are gone, those who run the initiative."""
    about = round_.initiative
    named = [round_.planned_by] if round_.planned_by else [about.owner, about.lead] if about else []
    return list({one.pk: one for one in named if one and one.left_on is None}.values())


def _about(refs: Iterable[str]) -> "QuerySet[RoundStatement]":
    return RoundStatement.objects.filter(thing__ref__in=list(refs)).select_related(*ABOUT)


def _may_read(row: RoundStatement, viewer: Viewer) -> bool:
    asked = row.state == RoundStatement.State.ACCEPTED and row.round.state != Round.State.PLANNED
    return PERMISSIONS.allows("see_round_statement" if asked else "moderate_statements", viewer, row)


def _card(row: RoundStatement, viewer: Viewer) -> Card:
    page = reverse("involvement:round_statement", args=[viewer.organisation.slug, row.ref])
    return Card(row.ref, "round_statement", row.text, page, row.round.title)
