"""What the computation can be told. Every number here is part of a result's identity."""

import math
from dataclasses import dataclass

ALGORITHM_VERSION = "samspil-opinion-map-1"
DEFAULT_SEED = 20260101


@dataclass(frozen=True, slots=True)
class Parameters:
    """The settings of one computation. The defaults are those of published results.

    `replicates=0` leaves out what asks the same question many times (null tests, halves, bootstrap): groups
    are then shown untested, and the result says so. `k` forces a number of groups, tested or not.
    """

    components: int = 2
    """Axes computed (2 are shown; at most 10)."""
    level: bool = False
    """Each person's tendency to agree with anything is taken off: a second map to look at where the first
    one may show a way of answering."""
    most_votes_needed: int = 7
    """Who has this many votes, or a third of the statements if that is less, is placed in a group."""
    smallest_body: int = 20
    """With fewer voters than this there is no map: counts only."""
    small_body: int = 50
    """With fewer voters than this the map is called very uncertain."""
    fewest_groups: int = 2
    most_groups: int = 10
    k: int | None = None
    """A forced number of groups."""
    restarts: int = 50
    smallest_group: int = 5
    smallest_group_share: float = 0.03
    nulls: int = 49
    """Tables with every statement's votes shuffled among those who voted on it."""
    null_level: float = 0.98
    """With 49 nulls: the first axis must be stronger than in all of them."""
    halves: int = 10
    """Times that everybody's votes are split in two."""
    least_split_half: float = 0.02
    least_split_half_by_root: float = 0.5
    """Two maps from half the votes each must agree to this, or to that over the root of how many people are
    placed if it is more (0.05 for a hundred); else there are no clear groups."""
    clear_split_half: float = 0.30
    """From this on the groups are called clear."""
    replicates: int = 100
    """Bootstrap replicates of people and votes; 0 leaves out the nulls and the halves too."""
    false_discovery_rate: float = 0.10
    fewest_votes_shown: int = 5
    """A statement is compared between groups when each has at least this many votes on it."""
    exchangeable_within: float = 0.05
    response_style_from: float = 0.6

    def agreement_needed(self, placed: int) -> float:
        """How far two maps from half the votes each must agree when so many people are placed."""
        return max(self.least_split_half, self.least_split_half_by_root / math.sqrt(max(placed, 1)))
