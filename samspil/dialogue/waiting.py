"""What waits for a person in committees: to answer, to release, to record, to sign, to do."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from samspil.dialogue import meeting_cycle, signing
from samspil.dialogue import regime as regimes
from samspil.dialogue.confidential import readable
from samspil.dialogue.minutes import gone_on
from samspil.dialogue.models import ActionPoint, Item, ItemQuestion, Minutes, PreparatoryAnswer
from samspil.dialogue.permissions import runs_the_committee
from samspil.dialogue.remedies.waiting import waiting_for as requests_waiting_for
from samspil.dialogue.replies import boards as replies
from samspil.dialogue.secrecy import released, side_of
from samspil.kit.room import Waiting
from samspil.organisation.models import Seat
from samspil.organisation.viewer import Viewer

OPEN = (Item.Status.REQUESTED, Item.Status.ON_AGENDA)
UNSIGNED = (Item.Status.DISCUSSED, Item.Status.RELEASED)

Step = tuple[str, str]  # the page where it is done, and what is to be done there


@dataclass
class _Desk:
    """What has to be known about the items of a viewer's committees; read once for all of them."""

    viewer: Viewer
    items: Sequence[Item]
    minutes: dict[int, Minutes]
    seats: dict[int, list[Seat]]
    tables: dict[int, regimes.Regime]
    rules: dict[tuple[int, int], regimes.Procedure]
    answered: set[tuple[int, str]]
    asked: set[int]


def waiting_for(viewer: Viewer, _at: datetime) -> Iterator[Waiting]:
    """Everything that waits for a viewer, item by item; action points last."""
    if viewer.person is None:
        return
    yield from meeting_cycle.waiting_for(viewer, _at)
    desk = _desk(viewer)
    for item in desk.items:
        for place, what in _of_item(desk, item):
            due = item.meeting.on if item.meeting and item.status in OPEN else None
            yield Waiting(item.title, _url(place, viewer, item.ref), what, due)
    yield from gone_on.waiting_for(viewer)
    yield from replies.waiting_for(viewer)
    mine = ActionPoint.objects.filter(owner=viewer.person, done_on=None).select_related("item__thing")
    mine = mine.filter(item__in=Item.objects.filter(readable(viewer)))
    for point in mine.order_by("due"):
        yield Waiting(
            point.text, _url("item", viewer, point.item.ref), _("You promised to do this"), point.due
        )
    yield from requests_waiting_for(viewer)


def _of_item(desk: _Desk, item: Item) -> Iterator[Step]:
    runs = bool(runs_the_committee.test(desk.viewer, item))
    held = item.meeting is not None and item.meeting.on <= desk.viewer.today
    if item.status in OPEN and not held:
        yield from _preparation(desk, item)
    if runs and item.status == Item.Status.REQUESTED:
        yield "place_item", _("Put it on a meeting")
    if runs and item.status == Item.Status.ON_AGENDA and held:
        yield "record_outcome", _("Record what came of it")
    if item.status in UNSIGNED:
        yield from _text(desk, item, runs)


def _preparation(desk: _Desk, item: Item) -> Iterator[Step]:
    side = side_of(desk.viewer, item.committee_id)
    if side is None or released(item, side) or item.pk not in desk.asked:
        return
    if (item.pk, side) in desk.answered:
        yield "release_answers", _("Read your side's answers and release them")
    else:
        yield "item", _("Write your side's answers")


def _text(desk: _Desk, item: Item, runs: bool) -> Iterator[Step]:
    minutes = desk.minutes.get(item.pk)
    if minutes is None:
        if runs:
            yield "write_minutes", _("Write what was said")
        return
    sheets = _sheets(desk, item, minutes)
    if sheets[signing.RELEASE].place_for(desk.viewer):
        yield "release_minutes", _("Read the text and release it")
    elif sheets[signing.RELEASE].complete and sheets[signing.APPROVE].place_for(desk.viewer):
        yield "approve_minutes", _("Read the text and approve it")


def _sheets(desk: _Desk, item: Item, minutes: Minutes) -> dict[str, signing.Sheet]:
    regime = desk.tables[item.regime_id]
    rules = desk.rules[item.regime_id, item.committee_id]
    seats, signed = desk.seats.get(item.committee_id, []), list(minutes.signatures.all())
    return {
        act: signing.sheet(act, rules, regime, seats, signed) for act in (signing.RELEASE, signing.APPROVE)
    }


def _desk(viewer: Viewer) -> _Desk:
    items = list(_items(viewer))
    committees = list({one.committee_id: one.committee for one in items}.values())
    tables = {one.regime_id: regimes.read(one.regime) for one in items}
    rules = {
        (pk, committee): found
        for pk, regime in tables.items()
        for committee, found in regimes.procedures(committees, viewer.today, regime).items()
    }
    return _Desk(
        viewer,
        items,
        _newest_minutes(items),
        _seats(items, viewer),
        tables,
        rules,
        set(
            PreparatoryAnswer.objects.filter(question__item__in=items)
            .exclude(text="")
            .values_list("question__item_id", "side")
        ),
        set(ItemQuestion.objects.filter(item__in=items).values_list("item_id", flat=True)),
    )


def _items(viewer: Viewer) -> Iterable[Item]:
    rows = Item.objects.filter(committee__in=viewer.committee_ids, status__in=[*OPEN, *UNSIGNED])
    return rows.select_related("thing", "committee", "meeting", "regime").order_by("meeting__on", "pk")


def _newest_minutes(items: Sequence[Item]) -> dict[int, Minutes]:
    """The newest version for the meeting an item stands on."""
    now = {one.pk: one.meeting_id for one in items}
    rows = Minutes.objects.filter(item__in=now).defer("text", "record").prefetch_related("signatures")
    return {row.item_id: row for row in rows.order_by("number") if row.meeting_id == now[row.item_id]}


def _seats(items: Sequence[Item], viewer: Viewer) -> dict[int, list[Seat]]:
    found: dict[int, list[Seat]] = {}
    for seat in signing.seats_in({one.committee_id for one in items}, viewer.today):
        found.setdefault(seat.committee_id, []).append(seat)
    return found


def _url(place: str, viewer: Viewer, ref: str) -> str:
    return reverse(f"dialogue:{place}", args=[viewer.organisation.slug, ref])
