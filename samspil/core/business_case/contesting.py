"""A figure that somebody affected gives against one of the case's, and by when they are owed an answer.

Shapes: figures as in the published format; dates in, dates out. In words: docs/calculations/contesting.md.
"""

from collections.abc import Set
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from samspil.core.working_days import working_days_after, working_days_before, working_days_between

from .case import Case
from .estimates import ASKS_FOR_LIKELY, Meaning
from .exact import plain
from .mean_case import mean_case

ANSWER_WITHIN = 10  # working days; our own proposal, and it stands here alone
SHORTEST = 2  # working days that whoever answers has in any case


@dataclass(frozen=True, slots=True)
class OwnFigure:
    """What somebody puts in place of a figure: one number, or one with a range that says what it means."""

    value: Decimal
    source: str
    low: Decimal | None = None
    high: Decimal | None = None
    meaning: Meaning | None = None

    @property
    def is_range(self) -> bool:
        return self.low is not None or self.high is not None

    def as_data(self) -> dict[str, Any]:
        """As the published format writes it."""
        if self.low is None or self.high is None or self.meaning is None:
            return {"value": plain(self.value), "source": self.source}
        found = {"low": plain(self.low), "high": plain(self.high), "meaning": self.meaning.value}
        if self.meaning in ASKS_FOR_LIKELY:
            found["likely"] = plain(self.value)
        return {**found, "source": self.source}


def fault_of(figure: OwnFigure) -> str:
    """What has to be mended before the figure can be read; nothing where it can."""
    if not figure.is_range:
        return ""
    if figure.low is None or figure.high is None:
        return "half_a_range"
    if figure.meaning is None:
        return "no_meaning"
    if figure.low > figure.high:
        return "low_above_high"
    if not figure.low <= figure.value <= figure.high:
        return "outside"
    if figure.meaning is Meaning.RANGE_90_LOGNORMAL and figure.low <= 0:
        return "not_above_zero"
    return ""


def answer_due(said: date, decided_on: date, holidays: Set[date]) -> date:
    """The last day for an answer: ten working days after it was said, and before the case is decided.

    Where the decision is so near that fewer than two working days are left before it, two are given; where it
    lies behind, ten.
    """
    usual = working_days_after(said, ANSWER_WITHIN, holidays)
    if decided_on <= said or usual < decided_on:
        return usual
    before = working_days_before(decided_on, 1, holidays)
    if working_days_between(said, before, holidays) >= SHORTEST:
        return before
    return working_days_after(said, SHORTEST, holidays)


@dataclass(frozen=True, slots=True)
class Effect:
    """What the mean net present value is with one case and with another."""

    before: Fraction
    after: Fraction

    @property
    def difference(self) -> Fraction:
        return self.after - self.before


def effect(before: Case, after: Case) -> Effect:
    """What a change does to the mean case, exactly; amounts in money of the case's price year."""
    return Effect(mean_case(before).npv, mean_case(after).npv)
