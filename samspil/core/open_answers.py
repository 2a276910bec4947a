"""Answers by an open link that look as if one hand had given them many times.

A person is looked at only together with those who came with them: from one network on one day, or in one
hour. Where most of such a company say the same line by line, and far more than everybody else does, those of
them who say so are set apart; they are counted and never deleted. Alike alone is no reason: in a round of ten
statements honest people are often alike. In words and with its limits: docs/calculations/open_answers.md.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from math import comb

COMPANY = 10  # ballots; fewer that came together are never looked at
ANSWERED = 5  # lines; a ballot with fewer says too little to be like another
SAME = 0.5  # share of a company that says the very same
SAME_AGAIN = 0.4  # the same, of a company that says what a hand says that has been found
VERY_SAME = 0.93  # of the lines: in a long round one line may differ
ONE_HAND = 0.9  # of the lines on which two companies mostly say the same: they are looked at as one
FARTHER = 0.35  # by how much that share exceeds everybody else's
BY_CHANCE = 1e-6  # how unlikely such a share must be
ALIKE = 0.8  # of the lines, for those of such a company who are set apart


@dataclass(frozen=True)
class Ballot:
    """What one participant chose, by the number of the line; with the marks of those they came with."""

    who: int
    chosen: Mapping[int, int]
    came_with: frozenset[str] = frozenset()  # none: a participant whom we know, to compare with

    @property
    def says_enough(self) -> bool:
        return len(self.chosen) >= ANSWERED


@dataclass(frozen=True)
class Company:
    """Those who came together: what most of them say line by line, and the share that says the very same."""

    members: tuple[Ballot, ...]
    usual: Mapping[int, int]
    same: int

    @property
    def share(self) -> float:
        return self.same / len(self.members)

    def without(self, gone: AbstractSet[int]) -> "Company | None":
        """Those who are left, if they are enough to be looked at."""
        if gone.isdisjoint(one.who for one in self.members):
            return self
        return company_of([one for one in self.members if one.who not in gone])


def company_of(members: Sequence[Ballot]) -> Company | None:
    if len(members) < COMPANY:
        return None
    usual = _usual(members)
    return Company(tuple(members), usual, sum(_agreement(one, usual) >= VERY_SAME for one in members))


def one_hand(ballots: Iterable[Ballot]) -> frozenset[int]:
    """Who is to be set apart.

    The company that is most of one mind comes first, with all that say the same; whoever is found leaves the
    other companies they came with before those are looked at.
    """
    speaking = [one for one in ballots if one.says_enough]
    waiting = _companies(speaking)
    found: set[int] = set()
    hands: list[Mapping[int, int]] = []
    while looked_at := [one for one in waiting if one.share >= _enough(one, hands)]:
        first = max(looked_at, key=lambda one: (one.share, len(one.members)))
        waiting.remove(first)
        pool = _pooled([first, *(one for one in waiting if _joins(one, first))])
        others = [one for one in speaking if one.who not in found]
        if pool.share >= _enough(pool, hands) and _is_one_hand(pool, others):
            hands.append(pool.usual)
            found |= {one.who for one in pool.members if _agreement(one, pool.usual) >= ALIKE}
            waiting = [left for one in waiting if (left := one.without(found))]
    return frozenset(found)


def _enough(company: Company, hands: Sequence[Mapping[int, int]]) -> float:
    """What share must say the very same; of a hand that has been found, somewhat less is enough."""
    return SAME_AGAIN if any(_alike(company.usual, hand) for hand in hands) else SAME


def _joins(one: Company, first: Company) -> bool:
    """Another company of the same mind: a hand may come from many networks."""
    return one.share >= SAME and _alike(one.usual, first.usual)


def _pooled(companies: Sequence[Company]) -> Company:
    members = {one.who: one for company in companies for one in company.members}
    pool = company_of(list(members.values()))
    assert pool is not None  # noqa: S101 - each of them was large enough
    return pool


def _companies(ballots: Sequence[Ballot]) -> list[Company]:
    """Those who came together, in an order that is always the same."""
    by_mark: dict[str, list[Ballot]] = {}
    for ballot in sorted(ballots, key=lambda one: one.who):
        for mark in ballot.came_with:
            by_mark.setdefault(mark, []).append(ballot)
    return [company for mark in sorted(by_mark) if (company := company_of(by_mark[mark]))]


def _alike(one: Mapping[int, int], other: Mapping[int, int]) -> bool:
    common = one.keys() & other.keys()
    same = sum(one[line] == other[line] for line in common)
    return len(common) >= ANSWERED and same >= ONE_HAND * len(common)


def _is_one_hand(pool: Company, everybody: Sequence[Ballot]) -> bool:
    """Whether a company says the very same more than chance and than everybody else."""
    here = {one.who for one in pool.members}
    others = [one for one in everybody if one.who not in here]
    alike = sum(_agreement(one, pool.usual) >= VERY_SAME for one in others)
    elsewhere = alike / len(others) if others else 0.0
    if pool.share - elsewhere < FARTHER:
        return False
    return _at_least(pool.same, len(pool.members), max(2 * elsewhere, 0.1)) <= BY_CHANCE


def _usual(company: Sequence[Ballot]) -> dict[int, int]:
    """What most of a company chose on each line; of two as frequent, the smaller."""
    counts: dict[int, Counter[int]] = {}
    for ballot in company:
        for line, value in ballot.chosen.items():
            counts.setdefault(line, Counter())[value] += 1
    return {line: min(found, key=lambda value: (-found[value], value)) for line, found in counts.items()}


def _agreement(ballot: Ballot, usual: Mapping[int, int]) -> float:
    """The share of a ballot's lines on which it says what is usual."""
    known = [line for line in ballot.chosen if line in usual]
    if len(known) < ANSWERED:
        return 0.0
    return sum(ballot.chosen[line] == usual[line] for line in known) / len(known)


def _at_least(hits: int, tries: int, chance: float) -> float:
    """The chance of so many hits or more, each with this chance."""
    if chance >= 1:
        return 1.0
    return min(
        1.0, sum(comb(tries, n) * chance**n * (1 - chance) ** (tries - n) for n in range(hits, tries + 1))
    )
