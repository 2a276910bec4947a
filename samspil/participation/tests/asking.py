"""A room that asks something, for tests of the room below it; and rounds that are open."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from samspil.kit import house
from samspil.kit.permission import Permissions
from samspil.kit.room import OnPaper, Room, RoundKind
from samspil.organisation.viewer import Viewer, day_in, viewer_of
from samspil.participation import actions, entering
from samspil.participation.actions import Plan
from samspil.participation.entering import Entrance
from samspil.participation.models import Round
from tests.cast import Cast

SAID: dict[tuple[int, int], int] = {}  # participant and line -> what they chose; emptied for each test


def keep(*, entrance: Entrance, number: int, value: int, on: date) -> None:
    SAID[entering.take_part(entrance, on).pk, number] = value


def ballots(_round: Round) -> dict[int, dict[int, int]]:
    found: dict[int, dict[int, int]] = {}
    for (who, number), value in SAID.items():
        found.setdefault(who, {})[number] = value
    return found


PAPER = OnPaper(
    lines=lambda _round: [(n, f"Udsagn {n}") for n in range(1, 11)],
    boxes=((1, "Enig"), (0, "Ved ikke"), (-1, "Uenig")),
    answer=keep,
)
KIND = RoundKind(
    title="Something",
    begin="p:leave",
    prepare="participation:round",
    results="participation:round",
    unready=lambda _round: "",
    on_paper=PAPER,
    ballots=ballots,
)


@contextmanager
def a_room_that_asks(**changes: Any) -> Iterator[None]:
    """Rounds of the usual kind are asked by a room of ours, which needs no pages."""
    before = house.rooms()
    SAID.clear()
    rooms = tuple(replace(room, round_kinds={}) for room in before)
    kinds = {"opinions": replace(KIND, **changes)}
    house.furnish((*rooms, Room("asking", "", Permissions("asking", {}), round_kinds=kinds)))
    try:
        yield
    finally:
        house.furnish(before)


def plan_of(cast: Cast, at: datetime, **changes: Any) -> Plan:
    today = day_in(cast.organisation, at)
    usual = Plan(
        title="Vagtplanen",
        purpose="Vi vil vide, hvad planen gør ved aftenerne.",
        opens_on=today,
        closes_on=today + timedelta(days=14),
        language="da",
        legal_basis="Kommunens adgang til at høre sine ansatte",
        units=[cast.units["whole"]],
    )
    return replace(usual, **changes)


def organiser(cast: Cast, at: datetime) -> Viewer:
    return viewer_of(cast.people["digital_lead"], at)


def opened(cast: Cast, at: datetime, **changes: Any) -> Round:
    by = organiser(cast, at)
    round_ = actions.plan_round(plan=plan_of(cast, at, **changes), by=by, at=at)
    return actions.open_round(round_=round_, by=by, at=at)
