"""What a paper says besides the case: whose it is, how far it is, what people said, what is already taken."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal


@dataclass(frozen=True)
class TakenFromBudget:
    """An amount that a budget has been lowered by before the benefit was there, and what the case frees for
    that unit in that year."""

    unit: str
    account: str
    year: int
    amount: Decimal
    freed: Decimal | None
    source: str


@dataclass(frozen=True)
class Said:
    """How many comments a line has, and how many of its assumptions are contested and not yet answered."""

    comments: int = 0
    contested: int = 0


@dataclass(frozen=True)
class Assumed:
    """What a line assumes, in plain words, and how many agree with it and see it otherwise."""

    line: str
    sentence: str
    agree: int = 0
    disagree: int = 0


@dataclass(frozen=True)
class Beside:
    """`state` says which version it is. `answered_by` is the role that owes an answer. Addresses are whole,
    for a paper leads to them from anywhere; `where` knows one for each line."""

    organisation: str
    initiative: str
    state: str
    address: str = ""
    contest_address: str = ""
    answered_by: str = ""
    where: Mapping[str, str] = field(default_factory=dict)
    said: Mapping[str, Said] = field(default_factory=dict)
    taken: Sequence[TakenFromBudget] = ()
    assumed: Sequence[Assumed] = ()

    def leads_to(self, id_: str) -> str:
        return self.where.get(id_, "")
