"""From opened ballots to what may be kept of them: small groups merged, texts apart, everything in an order
that follows from the content alone.

Two ways of shuffling the same ballots among the same people end in the same bytes.
"""

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from samspil.core.urn.form import AGREE, DISAGREE, PASS, Ballot, Form, Path, read_ballot

Cell = tuple[Path, ...]  # for each attribute, in the order of the form, how far it may be told
Answers = tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Opened:
    """What is kept when an urn was opened. Nothing in it is fewer people than were promised to be hidden.

    `too_few`: fewer than the smallest group took part, so no answer is kept. `thin` names the statements that
    fewer answered; their answers are not kept either.
    """

    cast: int
    spoiled: int
    too_few: bool = False
    thin: tuple[str, ...] = ()
    ballots: tuple[tuple[Answers, Cell], ...] = ()
    texts: tuple[tuple[str, str], ...] = ()  # text, hash of the code with which its author follows it

    @property
    def texts_sha256(self) -> str:
        return hashlib.sha256("\0".join(text for text, _follow in self.texts).encode()).hexdigest()


@dataclass(frozen=True)
class Count:
    """How a statement was answered; of those who said nothing about it, only the number is left out."""

    agree: int = 0
    disagree: int = 0
    passed: int = 0

    @property
    def answers(self) -> int:
        return self.agree + self.disagree + self.passed


@dataclass(frozen=True)
class Results:
    """An opened urn as numbers: for all, and for each cell that is told apart."""

    total: Mapping[str, Count]
    cells: Mapping[Cell, Mapping[str, Count]] = field(default_factory=dict)


def open_all(
    plains: Iterable[bytes | None], form: Form, smallest_total: int, smallest_breakdown: int
) -> Opened:
    """Read every opened envelope once; what is no ballot is counted as spoiled."""
    found = [read_ballot(one, form) for one in plains]
    ballots = [one for one in found if one]
    spoiled = len(found) - len(ballots)
    if len(ballots) < smallest_total:
        return Opened(len(found), spoiled, too_few=bool(found))
    asked = Counter(key for one in ballots for key in one.answers)
    thin = tuple(sorted(one.key for one in form.questions if 0 < asked[one.key] < smallest_total))
    cells = merged([_cell(one, form) for one in ballots], smallest_breakdown)
    kept = [(_answers(one, thin), cell) for one, cell in zip(ballots, cells, strict=True)]
    texts = [(one.text, _hash(one.follow)) for one in ballots if one.text]
    return Opened(len(found), spoiled, False, thin, tuple(sorted(kept)), tuple(sorted(texts)))


def merged(cells: Sequence[Cell], smallest: int) -> list[Cell]:
    """Each cell told as far as it may be: no two people fewer than `smallest` stand in a cell of their own.

    The smallest cell goes up one step, to what is wider, until none is too small. If what cannot be told at
    all is still too small, the next smallest joins it. Depends on how many stand where, never on the order.
    """
    sizes = Counter(cells)
    went = {cell: cell for cell in sizes}
    while moved := _next_up(sizes, smallest):
        wider = _wider(moved)
        sizes[wider] += sizes.pop(moved)
        went = {start: wider if end == moved else end for start, end in went.items()}
    return [went[cell] for cell in cells]


def results(opened: Opened) -> Results:
    cells: dict[Cell, list[Answers]] = {}
    for answers, cell in opened.ballots:
        cells.setdefault(cell, []).append(answers)
    told = {cell: _count(given) for cell, given in cells.items()} if len(cells) > 1 else {}
    return Results(_count([answers for answers, _cell in opened.ballots]), told)


def told_apart(results: Results, smallest: int) -> dict[Cell, dict[str, Count]]:
    """Of each cell the statements that may be told of it: enough of the cell have answered them, and so have
    those who are left, for everybody less the cells that are told is what the others said."""
    keys = {key for counts in results.cells.values() for key in counts}
    told = {key: _cells_told(results.cells, key, smallest) for key in keys}
    return {
        cell: {key: count for key, count in counts.items() if cell in told[key]}
        for cell, counts in results.cells.items()
    }


def _cells_told(cells: Mapping[Cell, Mapping[str, Count]], key: str, smallest: int) -> list[Cell]:
    sizes = {cell: counts[key].answers for cell, counts in cells.items() if key in counts}
    told = sorted((cell for cell in sizes if sizes[cell] >= smallest), key=lambda cell: (-sizes[cell], cell))
    left = sum(size for size in sizes.values() if size < smallest)
    while told and 0 < left < smallest:
        left += sizes[told.pop()]
    return told


def _next_up(sizes: Mapping[Cell, int], smallest: int) -> Cell | None:
    """The cell to be widened next: the smallest that is too small, or what joins those nobody can tell."""
    small = [cell for cell, size in sizes.items() if size < smallest]
    if not small or len(sizes) == 1:
        return None
    told = [cell for cell in small if any(cell)] or [cell for cell in sizes if any(cell)]
    return min(told, key=lambda cell: (sizes[cell], cell)) if told else None


def _wider(cell: Cell) -> Cell:
    """One step up, where most is told; of two that tell as much, the later attribute gives way."""
    _length, at = max((len(path), at) for at, path in enumerate(cell))
    return (*cell[:at], cell[at][:-1], *cell[at + 1 :])


def _cell(ballot: Ballot, form: Form) -> Cell:
    return tuple(
        one.options[ballot.attributes[one.key]] if one.key in ballot.attributes else ()
        for one in form.attributes
    )


def _answers(ballot: Ballot, thin: Sequence[str]) -> Answers:
    return tuple(sorted((key, value) for key, value in ballot.answers.items() if key not in thin))


def _count(given: Iterable[Answers]) -> dict[str, Count]:
    found: dict[str, Counter[int]] = {}
    for answers in given:
        for key, value in answers:
            found.setdefault(key, Counter())[value] += 1
    return {key: Count(n[AGREE], n[DISAGREE], n[PASS]) for key, n in sorted(found.items())}


def _hash(code: str) -> str:
    return hashlib.sha256(code.encode()).hexdigest() if code else ""
