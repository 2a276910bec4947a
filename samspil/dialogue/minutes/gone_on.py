"""Texts that are still to be signed though their item has gone on to another meeting. They are signed where
the item was treated: on the page of that meeting."""

from collections.abc import Iterator

from django.db.models import F, OuterRef, QuerySet, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _

from samspil.dialogue import regime as regimes
from samspil.dialogue import signing, words
from samspil.dialogue.models import Item, Minutes
from samspil.kit.room import Waiting
from samspil.organisation.models import Seat
from samspil.organisation.viewer import Viewer


def left_behind() -> "QuerySet[Minutes]":
    """The newest text of each earlier meeting of an item, where it is not approved."""
    newest = Minutes.objects.filter(item=OuterRef("item"), meeting=OuterRef("meeting")).order_by("-number")
    rows = Minutes.objects.filter(pk=Subquery(newest.values("pk")[:1]), approved_on=None)
    rows = rows.exclude(meeting=F("item__meeting")).exclude(item__status=Item.Status.WITHDRAWN)
    return rows.select_related("meeting").order_by("meeting__on", "pk")


def waiting_for(viewer: Viewer) -> Iterator[Waiting]:
    """The texts on which the viewer's own signature is missing. A constant number of questions."""
    rows = left_behind().filter(item__committee__in=viewer.committee_ids).defer("text", "record")
    rows = rows.select_related("meeting", "item__committee", "item__regime").prefetch_related("signatures")
    texts = list(rows)
    seats, known = _seats(texts, viewer), regimes.rules_known() if texts else []
    for minutes in texts:
        committee = minutes.item.committee
        regime = regimes.read(minutes.item.regime)
        rules = regimes.procedures([committee], minutes.meeting.on, regime, known)[committee.pk]
        for act, what in _steps(minutes, rules, regime, seats.get(committee.pk, []), viewer):
            yield Waiting(minutes.item.title, page(minutes, act, viewer.organisation.slug), what, None)


def page(minutes: Minutes, act: str, slug: str) -> str:
    """Where such a text is signed."""
    return reverse(f"dialogue:{act}_meeting", args=[slug, minutes.meeting.ref])


def _steps(
    minutes: Minutes, rules: regimes.Procedure, regime: regimes.Regime, seats: list[Seat], viewer: Viewer
) -> Iterator[tuple[str, str]]:
    signed = list(minutes.signatures.all())
    release, approve = (
        signing.sheet(act, rules, regime, seats, signed) for act in (signing.RELEASE, signing.APPROVE)
    )
    met = {"day": words.day(minutes.meeting.on)}
    if release.place_for(viewer):
        yield signing.RELEASE, _("Read the text of the meeting on %(day)s and release it") % met
    elif release.complete and approve.place_for(viewer):
        yield signing.APPROVE, _("Read the text of the meeting on %(day)s and approve it") % met


def _seats(texts: list[Minutes], viewer: Viewer) -> dict[int, list[Seat]]:
    found: dict[int, list[Seat]] = {}
    committees = {one.item.committee_id for one in texts}
    for seat in signing.seats_in(committees, viewer.today) if committees else ():
        found.setdefault(seat.committee_id, []).append(seat)
    return found
