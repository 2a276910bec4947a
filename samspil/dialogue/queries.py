"""What can be read about committees."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, F, Max, OuterRef, Prefetch, Q, QuerySet, Subquery

from samspil.dialogue import regime as regimes
from samspil.dialogue.agenda.models import AgendaEntry
from samspil.dialogue.models import (
    ActionPoint,
    DateCorrection,
    Item,
    ItemQuestion,
    Meeting,
    Minutes,
    Outcome,
    Position,
    Signature,
)
from samspil.initiative.models import Initiative
from samspil.organisation.models import Committee, Seat
from samspil.organisation.viewer import Viewer, current

OPEN = (Item.Status.REQUESTED, Item.Status.ON_AGENDA)
DEEPEST = 3  # how far the tree is drawn in
WITH_A_RESULT = (Item.Status.DISCUSSED, Item.Status.RELEASED, Item.Status.APPROVED)
ITEM_ROWS = (
    "thing",
    "committee",
    "meeting",
    "initiative__thing",
    "organisation",
    "regime",
    "model",
    "before_step",
)


@dataclass(frozen=True)
class Branch:
    """A committee in the tree, with how deep it stands and how much waits there."""

    committee: Committee
    depth: int
    next_meeting: date | None
    waiting: int


def committee(ref: str) -> Committee | None:
    return Committee.objects.select_related("unit", "parent", "organisation").filter(ref=ref).first()


def meeting(ref: str) -> Meeting | None:
    return Meeting.objects.select_related("committee", "organisation").filter(ref=ref).first()


def item(ref: str) -> Item | None:
    return _item_rows().filter(thing__ref=ref).first()


def action_point(ref: str) -> ActionPoint | None:
    rows = ActionPoint.objects.select_related("item__thing", "item__committee", "item__initiative", "owner")
    return rows.filter(ref=ref).first()


def initiative(ref: str) -> Initiative | None:
    """The initiative an item is to be about."""
    rows = Initiative.objects.select_related("thing", "organisation", "owner__unit", "lead", "process")
    return rows.filter(thing__ref=ref).first()


def tree(on: date) -> list[Branch]:
    """The committees in the order of their tree, each below the one it reports to."""
    rows = Committee.objects.select_related("unit").annotate(
        waiting=Count("items", filter=Q(items__status__in=OPEN), distinct=True)
    )
    below: dict[int | None, list[Committee]] = {}
    for row in rows.order_by("name"):
        below.setdefault(row.parent_id, []).append(row)
    nearest = _next_days(on)
    return list(_branches(None, 0, below, nearest))


def _branches(
    parent: int | None, depth: int, below: dict[int | None, list[Committee]], nearest: dict[int, date]
) -> Iterable[Branch]:
    for one in below.get(parent, []):
        yield Branch(one, min(depth, DEEPEST), nearest.get(one.pk), one.waiting)  # type: ignore[attr-defined]
        yield from _branches(one.pk, depth + 1, below, nearest)


def _next_days(on: date) -> dict[int, date]:
    rows = meetings_to_come(on).order_by("-on").values_list("committee_id", "on")
    return dict(rows)


def meetings_to_come(on: date) -> QuerySet[Meeting]:
    """Neither one that was held elsewhere nor one that is cancelled."""
    rows = Meeting.objects.filter(on__gte=on, cancelled_at=None)
    return rows.exclude(kind=Meeting.Kind.ELSEWHERE)


def meetings_of(committee: Committee, on: date) -> QuerySet[Meeting]:
    """The meetings to come, the next one first."""
    rows = meetings_to_come(on).filter(committee=committee)
    return rows.annotate(count=Count("items", filter=~Q(items__status=Item.Status.WITHDRAWN)))


def meetings_held(committee: Committee, on: date) -> QuerySet[Meeting]:
    """The meetings that were held, the latest first."""
    rows = Meeting.objects.filter(committee=committee, on__lt=on, cancelled_at=None).order_by("-on", "-pk")
    return rows.annotate(count=Count("outcomes__item", distinct=True))


def meetings_cancelled(committee: Committee, on: date) -> QuerySet[Meeting]:
    """The meetings to come that are cancelled."""
    return Meeting.objects.filter(committee=committee, on__gte=on, cancelled_at__isnull=False)


def meetings_to_choose(committee: Committee, on: date) -> QuerySet[Meeting]:
    """The meetings an item can be put on: today's and those to come."""
    return meetings_to_come(on).filter(committee=committee).order_by("on")


def meetings_after(meeting: Meeting | None) -> list[Meeting]:
    """The meetings of the same committee that come after one."""
    if meeting is None:
        return []
    rows = Meeting.objects.filter(committee=meeting.committee_id, on__gt=meeting.on, cancelled_at=None)
    return list(rows.exclude(kind=Meeting.Kind.ELSEWHERE).order_by("on", "pk"))


def later_meetings_held(meeting: Meeting, on: date) -> QuerySet[Meeting]:
    """Later meetings of the same committee that were held up to a day, the latest first."""
    rows = Meeting.objects.filter(committee=meeting.committee_id, on__gt=meeting.on, on__lte=on)
    return rows.filter(cancelled_at=None).exclude(kind=Meeting.Kind.ELSEWHERE).order_by("-on")


def meeting_after(meeting: Meeting, today: date) -> Meeting | None:
    """The first meeting to come of the same committee that is not this one and not before it."""
    return meetings_to_choose(meeting.committee, max(today, meeting.on)).exclude(pk=meeting.pk).first()


def next_reachable(committee: Committee, today: date) -> Meeting | None:
    """The next meeting whose request date has not passed."""
    rows = meetings_to_come(today).filter(Q(request_by__gte=today) | Q(request_by=None), committee=committee)
    return rows.order_by("on", "pk").first()


def seats_of(committee: Committee, on: date) -> list[Seat]:
    """Who sits in the committee, chair first on each side."""
    rows = current(Seat.objects.filter(committee=committee), on).select_related(
        "person", "union", "substitute_for"
    )
    order = list(Seat.Kind)
    return sorted(
        rows, key=lambda seat: (bool(seat.substitute_for_id), order.index(seat.kind), str(seat.person))
    )


def agenda(meeting: Meeting) -> QuerySet[Item]:
    """What stands on the agenda of a meeting, or was treated there, in the order of the agenda."""
    here = Q(meeting=meeting) | Q(outcomes__meeting=meeting)
    places = AgendaEntry.objects.filter(meeting=meeting, item=OuterRef("pk"))
    return (
        _item_rows()
        .annotate(place=Subquery(places.values("position")[:1]))
        .filter(here)
        .exclude(status=Item.Status.WITHDRAWN)
        .prefetch_related("questions", "annexes", _outcomes(), _minutes())
        .order_by(F("place").asc(nulls_last=True), "requested_at", "pk")
        .distinct()
    )


def waiting_for_a_meeting(committee: Committee) -> QuerySet[Item]:
    """Items that somebody asked for and that stand on no agenda yet."""
    return _item_rows().filter(committee=committee, status=Item.Status.REQUESTED).order_by("requested_at")


def open_item_about(initiative: Initiative) -> Item | None:
    """An item about the present phase that is on its way."""
    return _item_rows().filter(initiative=initiative, phase=initiative.phase, status__in=OPEN).first()


def questions_of(item: Item) -> list[ItemQuestion]:
    return list(ItemQuestion.objects.filter(item=item).order_by("position"))


def corrections_of(meeting: Meeting) -> list[DateCorrection]:
    """The dates a meeting no longer has, the earliest first."""
    return list(DateCorrection.objects.filter(meeting=meeting).select_related("corrected_by"))


def outcomes_of(item: Item) -> list[Outcome]:
    return list(
        Outcome.objects.filter(item=item)
        .select_related("meeting", "union")
        .prefetch_related("meeting__corrections__corrected_by")
        .order_by("meeting__on", "union__name")
    )


def recorded_version(item: Item) -> int:
    """How often what came of the item at its meeting was recorded; 0 for not yet."""
    here = Outcome.objects.filter(item=item, meeting=item.meeting)
    return here.aggregate(newest=Max("version"))["newest"] or 0


def positions_of(item: Item, meeting: Meeting | None) -> list[Position]:
    return list(
        Position.objects.filter(item=item, meeting=meeting)
        .select_related("union")
        .order_by("side", "union__name")
    )


def action_points_of(item: Item) -> list[ActionPoint]:
    return list(ActionPoint.objects.filter(item=item).select_related("owner").order_by("due", "pk"))


def newest_minutes(item: Item) -> Minutes | None:
    """The newest version for the meeting the item stands on now."""
    rows = Minutes.objects.filter(item=item, meeting=item.meeting).select_related(
        "written_by", "file", "meeting"
    )
    return rows.order_by("number").last()


def minutes_to_sign(item: Item, sha256: str) -> Minutes | None:
    """The newest version for the meeting that the text with this hash belongs to, also where the item has
    gone on to another meeting; else for the one it stands on."""
    rows = Minutes.objects.filter(item=item).select_related("written_by", "file", "meeting")
    read = rows.filter(sha256=sha256).first()
    return rows.filter(meeting=read.meeting).order_by("number").last() if read else newest_minutes(item)


def earlier_minutes(item: Item, newest: Minutes | None) -> list[Minutes]:
    """Every version but the newest, the latest first."""
    rows = Minutes.objects.filter(item=item).select_related("written_by").order_by("-number")
    return [row for row in rows if newest is None or row.pk != newest.pk]


def signatures_of(minutes: Minutes | None) -> list[Signature]:
    rows = (
        Signature.objects.filter(minutes=minutes)
        .select_related("person", "union")
        .order_by("signed_at", "pk")
    )
    return list(rows) if minutes else []


def my_committees(viewer: Viewer) -> list[Committee]:
    """The committees a viewer sits in, by name."""
    found = {seat.committee_id: seat.committee for seat in viewer.seats}
    return sorted(found.values(), key=lambda one: one.name)


def regimes_of(items: Sequence[Item]) -> dict[int, regimes.Regime]:
    """The regimes that items were recorded under, each read once."""
    found: dict[int, regimes.Regime] = {}
    for one in items:
        if one.regime_id not in found:
            found[one.regime_id] = regimes.as_read(one.regime, one.organisation)
    return found


def people_to_choose(committee: Committee, initiative: Initiative | None, on: date) -> list[tuple[str, str]]:
    """Who may promise an action point: the members, and those who run the initiative."""
    people = {seat.person.ref: str(seat.person) for seat in seats_of(committee, on)}
    if initiative:
        people |= {one.ref: str(one) for one in (initiative.lead, initiative.owner)}
    return sorted(people.items(), key=lambda pair: pair[1])


def last_written(item: Item) -> datetime | None:
    newest = newest_minutes(item)
    return newest.written_at if newest else None


def _item_rows() -> QuerySet[Item]:
    return Item.objects.select_related(
        *ITEM_ROWS, "initiative__owner__unit", "initiative__lead", "requested_by"
    )


def _outcomes() -> "Prefetch[str]":
    return Prefetch(
        "outcomes", Outcome.objects.select_related("meeting", "union").order_by("meeting__on", "pk")
    )


def _minutes() -> "Prefetch[str]":
    return Prefetch("minutes", Minutes.objects.defer("text", "record").order_by("number"))
