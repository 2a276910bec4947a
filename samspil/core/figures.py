"""The figures the house knows by name. A figure that is not in this table cannot be pushed."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class FigureName:
    """`key` as programs say it, the one unit it is counted in, and what is counted."""

    key: str
    unit: str
    meaning: str


KNOWN: Mapping[str, FigureName] = MappingProxyType(
    {
        name.key: name
        for name in (
            FigureName("consultation_participants", "persons", "People who voted at least once."),
            FigureName("consultation_statements", "statements", "Statements that were put to the vote."),
            FigureName("consultation_votes", "votes", "Votes that count: each person's last on a statement."),
            FigureName("statement_agree", "votes", "Votes that agree with a statement."),
            FigureName("statement_disagree", "votes", "Votes that disagree with a statement."),
            FigureName("statement_pass", "votes", "Votes that neither agree nor disagree."),
            FigureName(
                "business_case_npv", "money", "Net present value of a case, in its currency and prices."
            ),
            FigureName("business_case_p_positive", "share", "Share of the draws in which it is above zero."),
            FigureName("people_affected", "persons", "Employees in the units that notice the change."),
            FigureName("benefit_share", "per_cent", "How much of its first promise a benefit has come to."),
            FigureName("benefits_realised", "benefits", "Benefits that reached their likely target."),
            FigureName("benefits_partly", "benefits", "Benefits that reached a part of it."),
            FigureName("benefits_not_realised", "benefits", "Benefits that reached less."),
            FigureName("benefits_unknown", "benefits", "Benefits whose figure is overdue."),
        )
    }
)


class UnknownFigure(ValueError):  # noqa: N818 - named for what it says
    """The name is not in the table, or the unit is not the one it is counted in."""


def known(key: str, unit: str) -> FigureName:
    """The figure of that name, or `UnknownFigure`."""
    name = KNOWN.get(key)
    if name is None:
        raise UnknownFigure(f"No figure is called {key!r}; add it to samspil/core/figures.py.")
    if unit != name.unit:
        raise UnknownFigure(f"The figure {key!r} is counted in {name.unit}, not in {unit}.")
    return name
