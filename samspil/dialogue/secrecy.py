"""The one door to what a side writes for itself: it is the side's own until the side releases it.

Nobody else reads `PreparatoryAnswer`; who may come into the staff side's room is said here too. A side is
read by those who hold a seat on it in that committee, substitutes included, and by nobody by virtue of a
role. Somebody with a seat on management's side of any committee, and whoever is trusted with managing,
administering or reading along, never reads the staff side's drafts, whatever other seats they hold.
"""

from dataclasses import dataclass
from datetime import datetime

from samspil.dialogue.models import Item, PreparatoryAnswer
from samspil.organisation.models import Role, Seat
from samspil.organisation.predicates import READING_ROLES
from samspil.organisation.viewer import MANAGEMENT_ROLES, Viewer

STAFF, MANAGEMENT = Seat.Side.STAFF, Seat.Side.MANAGEMENT
NEVER_WITH_STAFF = (*MANAGEMENT_ROLES, *READING_ROLES, Role.Kind.ADMINISTRATOR)


@dataclass(frozen=True)
class Answers:
    """The answers to one item's questions, as far as a viewer may read them."""

    by_question: dict[tuple[int, str], PreparatoryAnswer]
    readable: frozenset[str]

    def of(self, question_id: int, side: str) -> PreparatoryAnswer | None:
        return self.by_question.get((question_id, side))


def side_of(viewer: Viewer, committee_id: int) -> str | None:
    """The side a viewer answers for in a committee."""
    sides = {seat.side for seat in viewer.seats_in(committee_id)}
    if MANAGEMENT in sides:
        return MANAGEMENT
    return STAFF if STAFF in sides and not _is_barred(viewer) else None


def in_staff_room(viewer: Viewer, committee_id: int) -> bool:
    """Whether a viewer may come into the staff side's room of a committee.

    Who has a seat on the staff side there, a substitute's included. Not somebody who sits on management's
    side of any committee or is trusted with managing, administering or reading along, whatever other seats
    they hold; not a guest, nor somebody who left; and not from the day on which the seat ends.
    """
    return not _is_barred(viewer) and any(
        seat.side == STAFF
        and seat.since <= viewer.today
        and (seat.until is None or viewer.today < seat.until)
        for seat in viewer.seats_in(committee_id)
    )


def _is_barred(viewer: Viewer) -> bool:
    """Whether something bars the way to what the staff side writes, whatever seat somebody holds on it."""
    if viewer.person is None or viewer.is_guest or viewer.person.left_on is not None:
        return True
    return viewer.has_role(*NEVER_WITH_STAFF) or any(seat.side == MANAGEMENT for seat in viewer.seats)


def released(item: Item, side: str) -> bool:
    """Whether a side has released its answers to everybody."""
    return released_at(item, side) is not None


def released_at(item: Item, side: str) -> datetime | None:
    return item.staff_released_at if side == STAFF else item.management_released_at


def readable_sides(viewer: Viewer, item: Item) -> frozenset[str]:
    """The sides whose answers a viewer may read: the own one, and those that are released."""
    own = side_of(viewer, item.committee_id)
    return frozenset(side for side in (STAFF, MANAGEMENT) if side == own or released(item, side))


def answers_visible_to(viewer: Viewer, item: Item) -> Answers:
    """What a viewer may read of the preparation of an item. Every page and export asks here."""
    sides = readable_sides(viewer, item)
    rows = PreparatoryAnswer.objects.filter(question__item=item, side__in=sides)
    return Answers({(row.question_id, row.side): row for row in rows}, sides)


def released_answers(item: Item) -> Answers:
    """What everybody may read."""
    sides = frozenset(side for side in (STAFF, MANAGEMENT) if released(item, side))
    rows = PreparatoryAnswer.objects.filter(question__item=item, side__in=sides)
    return Answers({(row.question_id, row.side): row for row in rows}, sides)
