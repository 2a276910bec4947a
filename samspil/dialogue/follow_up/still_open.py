"""What stayed open in a committee: questions that come up again, and actions that are not done."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from samspil.dialogue import queries
from samspil.dialogue import regime as regimes
from samspil.dialogue.confidential import readable
from samspil.dialogue.follow_up.models import DueChange
from samspil.dialogue.models import ActionPoint, Item, Meeting, Outcome
from samspil.organisation.models import Committee
from samspil.organisation.viewer import Viewer

FOLLOW_UP = "follow_up"


@dataclass(frozen=True)
class CarriedOver:
    """What comes up again: an item with the meeting that left it open."""

    item: Item
    outcomes: tuple[str, ...]
    meeting: Meeting


@dataclass(frozen=True)
class Promise:
    """An action somebody promised, with the days it had before."""

    point: ActionPoint
    moves: tuple[DueChange, ...]
    overdue: bool


def carried_over(committee: Committee, viewer: Viewer) -> list[CarriedOver]:
    """The items whose newest outcomes leave the matter open and that stand on no agenda since."""
    items = {
        one.pk: one
        for one in Item.objects.filter(
            readable(viewer), committee=committee, status__in=queries.WITH_A_RESULT
        ).select_related(*queries.ITEM_ROWS)
    }
    here: dict[int, list[Outcome]] = {}
    for row in Outcome.objects.filter(item__in=items).select_related("meeting").order_by("meeting__on", "pk"):
        if row.meeting_id == items[row.item_id].meeting_id:
            here.setdefault(row.item_id, []).append(row)
    tables = queries.regimes_of(list(items.values()))
    found = []
    for pk, rows in here.items():
        regime = tables[items[pk].regime_id]
        if any(row.key in regime.carried_over for row in rows):
            titles = dict.fromkeys(
                known.title for row in rows if (known := regime.outcome(row.key)) is not None
            )
            found.append(CarriedOver(items[pk], tuple(titles), rows[-1].meeting))
    return sorted(found, key=lambda one: (one.meeting.on, one.item.pk))


def promises(committee: Committee, viewer: Viewer) -> list[Promise]:
    """The actions of a committee that are not done, the earliest due first."""
    return _with_moves(_points(committee, viewer).filter(done_on=None).order_by("due", "pk"), viewer.today)


def kept_promises(committee: Committee, viewer: Viewer, most: int = 50) -> list[Promise]:
    """The actions that are done, the latest first."""
    rows = _points(committee, viewer).exclude(done_on=None).order_by("-done_on", "-pk")[:most]
    return _with_moves(rows, viewer.today)


def is_next(meeting: Meeting, today: date) -> bool:
    """Whether this is the next meeting of its committee: there what stayed open shows."""
    return (
        queries.meetings_to_choose(meeting.committee, today).values_list("pk", flat=True).first()
        == meeting.pk
    )


def has_follow_up(meeting: Meeting) -> bool:
    """Whether an item of the agenda already takes up the actions."""
    return Item.objects.filter(meeting=meeting, purpose=FOLLOW_UP, status=Item.Status.ON_AGENDA).exists()


def follow_up_title(committee: Committee, today: date) -> str:
    """What the item about actions is called, in the words of the regime."""
    regime = regimes.read(regimes.table_in_force(committee.organisation, today))
    return str(regime.defaults.get("follow_up_title", regime.words["minutes"]))


def _points(committee: Committee, viewer: Viewer) -> QuerySet[ActionPoint]:
    items = Item.objects.filter(readable(viewer), committee=committee)
    rows = ActionPoint.objects.filter(item__in=items)
    return rows.select_related("item__thing", "item__meeting", "owner", "item__committee")


def _with_moves(points: Iterable[ActionPoint], today: date) -> list[Promise]:
    rows = list(points)
    moves = _moves(rows)
    return [
        Promise(one, tuple(moves.get(one.pk, ())), one.done_on is None and one.due < today) for one in rows
    ]


def _moves(points: Sequence[ActionPoint]) -> Mapping[int, list[DueChange]]:
    found: dict[int, list[DueChange]] = {}
    for row in DueChange.objects.filter(point__in=points).select_related("moved_by"):
        found.setdefault(row.point_id, []).append(row)
    return found
