"""Which statement somebody is asked about next, and how probable that was.

1. A statement of the *core set* that fewer than three in the person's own group have answered comes first,
   the least answered of them before the others.
2. Then whatever has been answered less than a twentieth as often as statements are on average: it is new, or
   was unlucky.
3. Otherwise the lot decides: half of its weight on *coverage* (what the fewest in the own group have
   answered: this answer can only narrow that group's interval), three tenths on *importance* (few pass, and
   people agree or are divided), two tenths on all alike. Nothing is favoured for its importance more than
   twofold, nor once it has been answered a tenth more often than the mean: the totals stay close.

No dice here: `chance` comes in from outside, from 0 up to 1. With the same board and the same chance the same
statement is drawn. In words: docs/calculations/routing.md.
"""

import hashlib
from collections.abc import Collection, Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

ANSWERS_EACH = 15  # what one person can be counted on to answer
OF_THEM_ON_THE_CORE = 12  # the rest is slack: near the end the last ones left may be answered already
ENOUGH_IN_A_GROUP = 3  # answers from each group on each core statement
COVERAGE, IMPORTANCE, UNIFORM = 0.5, 0.3, 0.2
MOST_FAVOURED = 2.0  # times the mean share
HAD_ITS_SHARE = 1.1  # times the mean number of answers
NEGLECTED = 0.05  # of the mean number of answers
POINTS = 2.0**256


@dataclass(frozen=True)
class Standing:
    """A statement and how it has been answered until now; `here`: the number of answers by group."""

    number: int
    core: bool = False
    agree: int = 0
    disagree: int = 0
    passed: int = 0
    here: Mapping[Hashable, int] = field(default_factory=dict)

    @property
    def seen(self) -> int:
        return self.agree + self.disagree + self.passed

    @property
    def importance(self) -> float:
        """(1 - pass) · (1 + divisiveness) · agree, with one answer of each kind added, times a bonus for new
        ones, squared. Divisiveness is 4 · agree · disagree: the same in both directions."""
        n = self.seen + 2
        passed, agree, disagree = (self.passed + 1) / n, (self.agree + 1) / n, (self.disagree + 1) / n
        interest = (1 - passed) * (1 + 4 * agree * disagree) * agree
        return float((interest * (1 + 8 * 2.0 ** (-self.seen / 5))) ** 2)


@dataclass(frozen=True)
class Board:
    """All statements of a round at one moment."""

    standings: tuple[Standing, ...]

    @cached_property
    def mean(self) -> float:
        """How often a statement was answered on average."""
        return sum(one.seen for one in self.standings) / len(self.standings) if self.standings else 0.0

    @cached_property
    def weights(self) -> dict[int, float]:
        """The importance of each statement; of one that has had its share none."""
        enough = HAD_ITS_SHARE * self.mean
        return {one.number: one.importance * (one.seen <= enough) for one in self.standings}


@dataclass(frozen=True)
class Draw:
    """What is asked next, and how probable that was."""

    number: int
    probability: float


def draw(board: Board, group: Hashable, answered: Collection[int], chance: float) -> Draw | None:
    """The next statement for somebody of `group`; None when they have answered all."""
    return _at(chance, probabilities(board, group, answered))


def probabilities(board: Board, group: Hashable, answered: Collection[int]) -> dict[int, float]:
    """How probable each statement is for somebody of `group` who has answered some; they sum to one."""
    left = [one for one in board.standings if one.number not in answered]
    due = [one for one in left if one.core and _in(one, group) < ENOUGH_IN_A_GROUP]
    if due:
        return _alike(_fewest(due, group))
    neglected = [one for one in left if one.seen < NEGLECTED * board.mean]
    if neglected:
        return _alike(_fewest(neglected, group))
    return _mixed(board, left, group)


def chance_of(seed: str, given: int) -> float:
    """The chance of somebody's next draw: the same for the same person after as many answers."""
    digest = hashlib.sha256(f"{seed} {given}".encode()).digest()
    return int.from_bytes(digest, "big") / POINTS


def largest_core(smallest_group: int | None) -> int:
    """How many statements the smallest group covers when each of its people answers twelve of the core.

    Where it is not known who will come, everybody has to be able to answer the whole of it.
    """
    if smallest_group is None:
        return ANSWERS_EACH
    return smallest_group * OF_THEM_ON_THE_CORE // ENOUGH_IN_A_GROUP


def _mixed(board: Board, left: "list[Standing]", group: Hashable) -> dict[int, float]:
    if not left:
        return {}
    covering, favoured = _alike(_fewest(left, group)), _favoured(board, left)
    return {
        one.number: COVERAGE * covering.get(one.number, 0.0)
        + IMPORTANCE * favoured[one.number]
        + UNIFORM / len(left)
        for one in left
    }


def _favoured(board: Board, left: "list[Standing]") -> dict[int, float]:
    """Shares by importance, none above twice the mean; what is cut off goes to all alike."""
    whole, most = sum(board.weights[one.number] for one in left), MOST_FAVOURED / len(left)
    cut = {one.number: min(board.weights[one.number] / whole, most) if whole else 0.0 for one in left}
    over = (1 - sum(cut.values())) / len(left)
    return {number: share + over for number, share in cut.items()}


def _fewest(some: Iterable[Standing], group: Hashable) -> "list[Standing]":
    """The least answered in the group; among those the least answered of all."""
    found = list(some)
    least = min((_in(one, group), one.seen) for one in found)
    return [one for one in found if (_in(one, group), one.seen) == least]


def _in(standing: Standing, group: Hashable) -> int:
    return standing.here.get(group, 0)


def _alike(some: "list[Standing]") -> dict[int, float]:
    return {one.number: 1 / len(some) for one in some}


def _at(chance: float, found: Mapping[int, float]) -> Draw | None:
    """The statement on which the chance falls when they lie one behind the other."""
    passed, last = 0.0, None
    for number, probability in found.items():
        passed += probability
        last = Draw(number, probability)
        if chance < passed:
            break
    return last
