"""What was written cannot be read as a case: every fault with the part and the field it is at."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from samspil.business_case.models import Part
from samspil.business_case.words import in_sentences, path_of, sentence_of, with_place
from samspil.core.business_case.problems import Problem
from samspil.kit.refusal import Refused

MOST_TOLD = 20


@dataclass(frozen=True)
class Fault:
    """`ref` of the part it is in, empty for the frame; `field` in the format, such as `amount.low`. `bare`:
    the sentence where its place is plain to see."""

    ref: str
    field: str
    sentence: str
    bare: str


Kept = TypeVar("Kept")


def at_fields(call: Callable[[], Kept], refused: "Callable[[Unreadable], None]") -> Kept | None:
    """What was kept; where it cannot be read as a case, `refused` puts each fault where it was typed."""
    try:
        return call()
    except Unreadable as fault:
        refused(fault)
        return None


class Unreadable(Refused):
    """Nothing was kept. `rows`: the place that a new part had among what was written, by its ref."""

    def __init__(self, problems: Sequence[Problem], parts: Sequence[Part]) -> None:
        super().__init__(" ".join(in_sentences(problems[:MOST_TOLD], parts)))
        self.faults = [_fault(one, parts) for one in problems]
        self.rows: Mapping[str, int] = {}


def _fault(problem: Problem, parts: Sequence[Part]) -> Fault:
    part, field = path_of(problem.place, parts)
    ref = part.ref if part else ""
    return Fault(ref, field, with_place(problem, parts), sentence_of(problem))
