"""A result that was stored, beside its case: everything a workbook or a page needs, without drawing again.

The mean case is exact and follows from the case; the draws come from the stored result. Needs no NumPy, so a
page can show what the worker has computed.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from .case import Case
from .mean_case import MeanCase, mean_case


@dataclass(frozen=True, slots=True)
class KeptLine:
    """One line of a draw, as it was printed."""

    line: str
    values: tuple[tuple[str, Decimal], ...]
    weight: Decimal
    present_value: Decimal


@dataclass(frozen=True, slots=True)
class KeptDraw:
    at: Decimal
    draw: int
    lines: tuple[KeptLine, ...]
    total: Decimal
    simulated: float


@dataclass(frozen=True)
class Kept:
    """`data` is the result as JSON values (`Result.as_data`); empty where nothing has been drawn yet."""

    case: Case
    data: Mapping[str, Any]

    @cached_property
    def mean(self) -> MeanCase:
        return mean_case(self.case)

    @cached_property
    def traced(self) -> tuple[KeptDraw, ...]:
        return tuple(_draw(one) for one in self.data.get("traced_draws", ()))

    def as_data(self) -> Mapping[str, Any]:
        return self.data


def _draw(given: Mapping[str, Any]) -> KeptDraw:
    at = Decimal(str(given["at"]).removeprefix("p")) / 100
    lines = tuple(_line(one) for one in given["lines"])
    return KeptDraw(at, int(given["draw"]), lines, Decimal(given["total"]), float(given["simulated"]))


def _line(given: Mapping[str, Any]) -> KeptLine:
    values = tuple((name, Decimal(value)) for name, value in given["values"].items())
    return KeptLine(given["line"], values, Decimal(given["weight"]), Decimal(given["present_value"]))
