"""A round with statements in Fjordby, planned or open, and people at its door."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from samspil.involvement.opinions import actions, live, tallies
from samspil.organisation.viewer import Viewer, day_in, viewer_of
from samspil.participation import actions as rounds
from samspil.participation import doorway, entering
from samspil.participation.actions import Plan
from samspil.participation.entering import Entrance
from samspil.participation.models import Round
from tests.cast import Cast

SAID = (
    "Vagtplanen giver mere ro om aftenen.",
    "Jeg mangler tid til overlap mellem vagterne.",
    "Planen bør ligge fast fire uger frem.",
    "Det er blevet sværere at bytte en vagt.",
)
PLAN: dict[str, Any] = {
    "title": "Vagtplanen",
    "purpose": "Vi vil vide, hvad planen gør ved aftenerne.",
    "language": "da",
    "legal_basis": "Kommunens adgang til at høre sine ansatte",
}
Planned, AtTheDoor = Callable[..., Round], Callable[..., Entrance]


@pytest.fixture
def by(cast: Cast, at: datetime) -> Viewer:
    return viewer_of(cast.people["digital_lead"], at)


@pytest.fixture
def planned(cast: Cast, by: Viewer, at: datetime) -> Planned:
    """Plan a round of four statements; what is said about it can be changed."""

    def plan(**facts: Any) -> Round:
        today = day_in(cast.organisation, at)
        days = {"opens_on": today, "closes_on": today + timedelta(days=14)}
        asked = {} if "by_link" in facts else {"units": [cast.units["whole"]]}
        round_ = rounds.plan_round(plan=Plan(**{**PLAN, **days, **asked, **facts}), by=by, at=at)
        actions.add_statements(round_=round_, written=SAID, language="da", by=by, at=at)
        return round_

    return plan


@pytest.fixture
def opened(planned: Planned, by: Viewer, at: datetime) -> Planned:
    """The same, open."""
    return lambda **facts: rounds.open_round(round_=planned(**facts), by=by, at=at)


@pytest.fixture
def at_the_door(cast: Cast) -> AtTheDoor:
    """Somebody of the cast, or whoever has the open link in a browser."""

    def come(round_: Round, who: str = "employee") -> Entrance:
        if who in cast.people:
            found = entering.by_account(round_, cast.account(who))
        else:
            found = entering.by_link(round_, who)
        assert found is not None
        return found

    return come


@pytest.fixture(autouse=True)
def nothing_is_remembered() -> None:
    """What is kept in memory for a moment is looked up anew, as if the moment had passed."""
    tallies.MOMENT = live.MOMENT = doorway.MOMENT = -1
    tallies.PATIENCE = 0
