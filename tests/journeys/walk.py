"""Everybody in an organisation, each in a browser of their own, and the days that pass between their steps."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from samspil.kit import clock
from tests.cast import AT, Cast
from tests.journeys.walker import Walker


@dataclass
class Walk:
    """Everybody in an organisation, walking."""

    cast: Cast
    regime: str
    walk_as: Callable[..., Walker]
    day: datetime = AT

    def __post_init__(self) -> None:
        self.people: dict[str, Walker] = {}

    @property
    def slug(self) -> str:
        return f"/{self.cast.organisation.slug}"

    def __getattr__(self, who: str) -> Walker:
        """The browser of one of the cast."""
        if who not in self.people:
            self.people[who] = self.walk_as(self.cast, who)
        return self.people[who]

    def days_pass(self, days: int) -> None:
        self.day += timedelta(days=days)
        clock.move_to(self.day)

    def until(self, on: date) -> None:
        """Let the days pass up to this one."""
        self.days_pass((on - self.day.date()).days)

    def by(self, who: str) -> dict[str, Any]:
        """Who acts, and when, where a step is taken without a browser."""
        return {"by": self.cast.viewer(who, self.day), "at": self.day}

    @property
    def typed(self) -> float:
        return sum(walker.minutes_of_typing for walker in self.people.values())

    @property
    def fields(self) -> int:
        return sum(walker.fields for walker in self.people.values())

    def iso(self, days: int = 0) -> str:
        return (self.day + timedelta(days=days)).date().isoformat()
