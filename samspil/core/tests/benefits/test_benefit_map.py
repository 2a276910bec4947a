"""The benefit map: what may be drawn, and what hangs in the air."""

import pytest

from samspil.core.benefits.benefit_map import (
    Arrow,
    Effect,
    Fault,
    Kind,
    Node,
    columns,
    contested,
    loose_ends,
    refusal,
    way,
)

NODES = (
    Node("app", Kind.SOLUTION),
    Node("route", Kind.CHANGE),
    Node("notes", Kind.CHANGE),
    Node("minutes", Kind.BENEFIT),
    Node("calm", Kind.BENEFIT),
    Node("time", Kind.GOAL),
)
ARROWS = (
    Arrow("app", "route"),
    Arrow("route", "notes"),
    Arrow("notes", "minutes"),
    Arrow("minutes", "time"),
)


@pytest.mark.parametrize(
    ("new", "fault"),
    [
        (Arrow("route", "route"), Fault.ITSELF),
        (Arrow("app", "route"), Fault.TWICE),
        (Arrow("app", "route", Effect.HINDERS), Fault.CONFLICT),
        (Arrow("time", "minutes"), Fault.BACKWARDS),
        (Arrow("notes", "route"), Fault.CIRCLE),
    ],
)
def test_what_cannot_be_true_is_refused(new: Arrow, fault: Fault) -> None:
    found = refusal(NODES, ARROWS, new)
    assert found
    assert found.fault is fault


def test_a_circle_is_told_step_by_step() -> None:
    longer = (*ARROWS, Arrow("minutes", "calm"))
    found = refusal(NODES, longer, Arrow("calm", "minutes"))
    assert found
    assert found.way == ("calm", "minutes", "calm")


def test_what_is_new_and_true_is_drawn() -> None:
    assert refusal(NODES, ARROWS, Arrow("app", "calm")) is None
    assert refusal(NODES, ARROWS, Arrow("notes", "calm", Effect.HINDERS)) is None


def test_every_benefit_without_a_change_or_a_goal_is_listed() -> None:
    (loose,) = loose_ends(NODES, (*ARROWS, Arrow("app", "calm")))
    assert (loose.id, loose.without_change, loose.without_goal) == ("calm", True, True)


def test_a_way_over_other_things_counts() -> None:
    """The change need not stand next to the benefit, nor the goal."""
    assert loose_ends(NODES, (*ARROWS, Arrow("minutes", "calm"), Arrow("calm", "time"))) == ()
    assert way(ARROWS, "app", "time") == ("app", "route", "notes", "minutes", "time")


def test_what_is_helped_and_hindered_is_told() -> None:
    assert contested(NODES, (*ARROWS, Arrow("calm", "time", Effect.HINDERS))) == ("time",)


def test_things_stand_near_what_leads_to_them() -> None:
    nodes = (*NODES, Node("second", Kind.SOLUTION))
    found = columns(nodes, (Arrow("app", "notes"), Arrow("second", "route")))
    assert [node.id for node in found[Kind.CHANGE]] == ["notes", "route"]
    assert sum(map(len, found.values())) == len(nodes)
