"""What a round of questions promises those who are asked, and whether the promise can hold.

A promise that cannot hold is not made: the round does not open. Sources: security.md section 3 (levels,
thresholds, what is named before opening).
"""

from dataclasses import dataclass
from datetime import date

FLOOR_TOTAL, FLOOR_BREAKDOWN = 5, 10  # persons; an organisation may ask for more, never for less


@dataclass(frozen=True)
class Promise:
    """A round as it is about to open. `electors` are persons on its roster, by whom was asked."""

    level: str  # named, confidential or secret
    by_link: bool  # whoever has the link may take part
    electors: tuple[int, ...]  # how many persons each asked group has on the roster
    smallest_total: int
    smallest_breakdown: int
    opens_on: date
    closes_on: date
    today: date
    legal_basis: str
    disposal: str
    needs_disposal: bool  # the country asks for a decision on gallring

    @property
    def persons(self) -> int:
        return sum(self.electors)


def what_cannot_hold(promise: Promise) -> tuple[str, ...]:
    """Names of the reasons why the round must not open, the first to be told first; none when it may."""
    secret, named, persons = promise.level == "secret", promise.level == "named", promise.persons
    by_roster_alone = not promise.by_link
    below_floor = promise.smallest_total < FLOOR_TOTAL or promise.smallest_breakdown < FLOOR_BREAKDOWN
    reasons = {
        "thresholds_too_low": below_floor,
        "breakdown_below_total": promise.smallest_breakdown < promise.smallest_total,
        "nobody_is_asked": by_roster_alone and persons == 0,
        "secret_by_link": secret and promise.by_link,
        "fewer_than_smallest_group": not named and by_roster_alone and 0 < persons < promise.smallest_total,
        "over_before_it_began": promise.closes_on < max(promise.opens_on, promise.today),
        "no_legal_basis": not promise.legal_basis.strip(),
        "no_disposal": promise.needs_disposal and not named and not promise.disposal.strip(),
    }
    return tuple(name for name, holds in reasons.items() if holds)
