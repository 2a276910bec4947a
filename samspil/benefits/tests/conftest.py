"""What the tests of this room start from: an initiative, and a benefit on any step of its way."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from samspil.benefits import queries
from samspil.benefits.ledger.actions import record_baseline, set_target
from samspil.benefits.measuring.actions import Figure, measure, plan_measuring
from samspil.benefits.models import Benefit
from samspil.benefits.queries import Followed
from samspil.benefits.register.actions import Described, accept_benefit, register_benefit
from samspil.initiative import actions as hall
from samspil.initiative.models import GateDecision, Initiative
from tests.cast import AT, Cast

GATES = {"idea": "explore", "development": "go", "implementation": "go_live", "follow_up": "close"}


@dataclass
class Play:
    """One initiative and its benefits; `at` moves on as the tests do."""

    cast: Cast
    initiative: Initiative
    at: datetime = AT

    def by(self, who: str = "lead") -> dict[str, Any]:
        return {"by": self.cast.viewer(who, self.at), "at": self.at}

    def later(self, days: float) -> None:
        self.at += timedelta(days=days)

    def until(self, day: date) -> None:
        self.at = datetime(day.year, day.month, day.day, 9, tzinfo=UTC)

    @property
    def today(self) -> date:
        return self.at.date()

    def register(self, title: str = "Færre minutter pr. besøg", **facts: Any) -> Benefit:
        said: dict[str, Any] = {
            "worth": "reallocation",
            "measured_as": "Minutter pr. besøg",
            "unit": "minutter",
            "owner": self.cast.people["management_member"],
            **facts,
        }
        return register_benefit(initiative=self.initiative, described=Described(title, **said), **self.by())

    def baseline(self, benefit: Benefit, value: str = "10", **facts: Any) -> None:
        said = {"measured_on": self.today, "method": "En uge med ur", **facts}
        record_baseline(benefit=benefit, value=Decimal(value), **said, **self.by())

    def target(self, benefit: Benefit, likely: str = "4", who: str = "lead", **facts: Any) -> None:
        said: dict[str, Any] = {
            "cautious": Decimal(6),
            "optimistic": Decimal(3),
            "meaning": "p10_p90_metalog",
            "target_day": date(2026, 9, 1),
            **facts,
        }
        set_target(benefit=benefit, likely=Decimal(likely), **said, **self.by(who))

    def plan(self, benefit: Benefit, first: date = date(2026, 9, 1), until: date = date(2028, 9, 1)) -> None:
        plan_measuring(benefit=benefit, first_on=first, every_months=6, until=until, **self.by())

    def accept(self, benefit: Benefit, who: str = "management_member") -> None:
        accept_benefit(benefit=benefit, **self.by(who))

    def measure(self, benefit: Benefit, value: str, on: date | None = None, **facts: Any) -> None:
        figure = Figure(on or self.today, Decimal(value), **facts)
        measure(benefit=benefit, figure=figure, **self.by())

    def ready(self, title: str = "Færre minutter pr. besøg", **facts: Any) -> Benefit:
        """A benefit that has all it needs before go-live."""
        found = self.register(title, **facts)
        self.baseline(found)
        self.target(found)
        self.plan(found)
        self.accept(found)
        return found

    def go(self, outcome: str = "go") -> GateDecision:
        """Let the initiative go on at its next gate, whatever is missing."""
        return hall.decide_gate(
            initiative=self.initiative,
            gate=GATES[self.initiative.phase],
            outcome=outcome,
            decided_on=self.today,
            reason="Vi går videre",
            override_reason="Det haster",
            **self.by("owner"),
        )

    def go_until(self, phase: str) -> None:
        while self.initiative.phase != phase:
            self.go()
            self.later(1)

    def followed(self, benefit: Benefit) -> Followed:
        return queries.followed(self.benefit(benefit), self.today)

    def benefit(self, benefit: Benefit) -> Benefit:
        found = queries.benefit(benefit.ref)
        assert found
        return found


@pytest.fixture
def play(cast: Cast) -> Play:
    need = hall.raise_need(
        problem="Ruterne passer ikke",
        for_whom="Hjemmeplejen",
        if_nothing="Flere overtimer",
        by=cast.viewer("employee"),
        at=AT,
    )
    initiative = hall.start_initiative(
        needs=[need],
        units=[cast.units["workplace"]],
        groups=[],
        owner=cast.people["owner"],
        ai_involved="no",
        title="Digital ruteplan",
        by=cast.viewer("lead"),
        at=AT,
    )
    return Play(cast, initiative)
