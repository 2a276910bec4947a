"""Who may hold the keys of a secret round: two of the staff side and the committee's secretary.

Then no two of the three lack somebody of the staff side.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

STAFF, SECRETARY = "staff", "secretary"


@dataclass(frozen=True)
class Candidate:
    """Somebody who was named: every side and kind of seat they have in the committee today."""

    person: str
    seats: Collection[tuple[str, str]]  # (side, kind)

    @property
    def of_staff(self) -> bool:
        return any(side == STAFF for side, _kind in self.seats)

    @property
    def keeps_the_minutes(self) -> bool:
        return any(kind == SECRETARY for _side, kind in self.seats)


def what_is_wrong(staff: Sequence[Candidate], secretary: Candidate, deputy: bool = False) -> str:
    """The name of what speaks against these three, or nothing; a deputy need not keep the minutes."""
    three = [*staff, secretary]
    if len(three) != 3 or len({one.person for one in three}) != 3:
        return "not_three"
    if not all(one.seats for one in three):
        return "no_seat"
    if not all(one.of_staff for one in staff):
        return "not_two_of_staff"
    if secretary.of_staff:
        return "three_of_staff"
    return "" if deputy or secretary.keeps_the_minutes else "no_secretary"
