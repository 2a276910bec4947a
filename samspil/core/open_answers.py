"""Answers by an open link that look as if one hand had given them many times.

A person is looked at only together with those who came with them: from one network on one day, or in one
hour. Where most of such a company say the same line by line, and far more than everybody else does, those of
them who say so are set apart; they are counted and never deleted. Alike alone is no reason: in a round of ten
statements honest people are often alike. In words and with its limits: docs/calculations/open_answers.md.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import comb

COMPANY = 10  # ballots; fewer that came together are never looked at
ANSWERED = 5  # lines; a ballot with fewer says too little to be like another
SAME = 0.5  # share of a company that says the very same
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


def one_hand(ballots: Iterable[Ballot]) -> frozenset[int]:
    """Who is to be set apart."""
    speaking = [one for one in ballots if one.says_enough]
    found: set[int] = set()
    for company in _joined(_companies(speaking)):
        found |= _of_one_hand(company, speaking)
    return frozenset(found)


def _joined(companies: Sequence[Sequence[Ballot]]) -> list[list[Ballot]]:
    """Companies that mostly say the same, as one: a hand may come from many networks."""
    joined: list[tuple[dict[int, int], dict[int, Ballot]]] = []
    for company in companies:
        usual = _usual(company)
        like = next((members for known, members in joined if _alike(known, usual)), None)
        if like is None:
            like = {}
            joined.append((usual, like))
        like.update({one.who: one for one in company})
    return [list(members.values()) for _usual_of_it, members in joined]


def _alike(one: Mapping[int, int], other: Mapping[int, int]) -> bool:
    common = one.keys() & other.keys()
    same = sum(one[line] == other[line] for line in common)
    return len(common) >= ANSWERED and same >= ONE_HAND * len(common)


def _companies(ballots: Sequence[Ballot]) -> list[list[Ballot]]:
    """Those who came together, the largest company first."""
    by_mark: dict[str, list[Ballot]] = {}
    for ballot in ballots:
        for mark in ballot.came_with:
            by_mark.setdefault(mark, []).append(ballot)
    marks = sorted(by_mark, key=lambda mark: (-len(by_mark[mark]), mark))
    return [by_mark[mark] for mark in marks if len(by_mark[mark]) >= COMPANY]


def _of_one_hand(company: Sequence[Ballot], everybody: Sequence[Ballot]) -> set[int]:
    """Those of a company who say what most of it says, if that is no chance and more than others do."""
    usual = _usual(company)
    here = {one.who for one in company}
    others = [one for one in everybody if one.who not in here]
    same = sum(_agreement(one, usual) >= VERY_SAME for one in company)
    share = same / len(company)
    elsewhere = _share_of_same(others, usual)
    if share < SAME or share - elsewhere < FARTHER:
        return set()
    if _at_least(same, len(company), max(2 * elsewhere, 0.1)) > BY_CHANCE:
        return set()
    return {one.who for one in company if _agreement(one, usual) >= ALIKE}


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


def _share_of_same(ballots: Sequence[Ballot], usual: Mapping[int, int]) -> float:
    if not ballots:
        return 0.0
    return sum(_agreement(one, usual) >= VERY_SAME for one in ballots) / len(ballots)


def _at_least(hits: int, tries: int, chance: float) -> float:
    """The chance of so many hits or more, each with this chance."""
    if chance >= 1:
        return 1.0
    return min(
        1.0, sum(comb(tries, n) * chance**n * (1 - chance) ** (tries - n) for n in range(hits, tries + 1))
    )
