"""The benefit map: what is put in place → what changes in the work → which benefit → which goal.

A map is a graph. An arrow says that one thing helps the next, or hinders it. What cannot be true is refused
when it is drawn: an arrow to itself, one that is there already, one that runs backwards, one that says the
opposite of what is drawn, and one that closes a circle.
"""

from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """The columns of the map, from left to right."""

    SOLUTION = "solution"
    CHANGE = "change"
    BENEFIT = "benefit"
    GOAL = "goal"


ORDER = tuple(Kind)


class Effect(StrEnum):
    HELPS = "helps"
    HINDERS = "hinders"


class Fault(StrEnum):
    """Why an arrow cannot be drawn."""

    ITSELF = "itself"
    TWICE = "twice"
    BACKWARDS = "backwards"
    CONFLICT = "conflict"
    CIRCLE = "circle"


@dataclass(frozen=True, slots=True)
class Node:
    id: str
    kind: Kind
    title: str = ""


@dataclass(frozen=True, slots=True)
class Arrow:
    start: str
    end: str
    effect: Effect = Effect.HELPS


@dataclass(frozen=True, slots=True)
class Refusal:
    """`way` are the ids along which a circle would run, first and last the same."""

    fault: Fault
    way: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LooseEnd:
    """A benefit that no change leads to, or that leads to no goal."""

    id: str
    without_change: bool
    without_goal: bool


def refusal(nodes: Iterable[Node], arrows: Sequence[Arrow], new: Arrow) -> Refusal | None:
    """Why the new arrow cannot be drawn on this map; None where it can."""
    kinds = {node.id: node.kind for node in nodes}
    if new.start == new.end:
        return Refusal(Fault.ITSELF)
    same = next((one for one in arrows if (one.start, one.end) == (new.start, new.end)), None)
    if same:
        return Refusal(Fault.TWICE if same.effect is new.effect else Fault.CONFLICT)
    if ORDER.index(kinds[new.start]) > ORDER.index(kinds[new.end]):
        return Refusal(Fault.BACKWARDS)
    back = way(arrows, new.end, new.start)
    return Refusal(Fault.CIRCLE, (new.start, *back)) if back else None


def way(arrows: Iterable[Arrow], start: str, end: str) -> tuple[str, ...]:
    """The shortest way along the arrows from one thing to another, both included; empty without one."""
    onward, came_from, waiting = _onward(arrows), {start: ""}, deque([start])
    while waiting and end not in came_from:
        here = waiting.popleft()
        for there in onward.get(here, ()):
            if there not in came_from:
                came_from[there] = here
                waiting.append(there)
    if end not in came_from:
        return ()
    found = [end]
    while came_from[found[-1]]:
        found.append(came_from[found[-1]])
    return tuple(reversed(found))


def loose_ends(nodes: Iterable[Node], arrows: Sequence[Arrow]) -> tuple[LooseEnd, ...]:
    """Every benefit that hangs in the air, in the order of the nodes."""
    known = list(nodes)
    after, before = _onward(arrows), _onward(Arrow(one.end, one.start) for one in arrows)
    changes = {node.id for node in known if node.kind is Kind.CHANGE}
    goals = {node.id for node in known if node.kind is Kind.GOAL}
    found = [
        LooseEnd(node.id, not _reach(before, node.id) & changes, not _reach(after, node.id) & goals)
        for node in known
        if node.kind is Kind.BENEFIT
    ]
    return tuple(one for one in found if one.without_change or one.without_goal)


def contested(nodes: Iterable[Node], arrows: Sequence[Arrow]) -> tuple[str, ...]:
    """The goals and benefits that something helps and something else hinders: both stay on the map, and the
    map says so."""
    effects: dict[str, set[Effect]] = {}
    for one in arrows:
        effects.setdefault(one.end, set()).add(one.effect)
    return tuple(node.id for node in nodes if len(effects.get(node.id, ())) > 1)


def columns(nodes: Sequence[Node], arrows: Sequence[Arrow]) -> Mapping[Kind, tuple[Node, ...]]:
    """The columns of the drawing. Within a column a thing stands near what leads to it."""
    place: dict[str, float] = {}
    found: dict[Kind, tuple[Node, ...]] = {}
    for kind in ORDER:
        column = [node for node in nodes if node.kind is kind]
        found[kind] = tuple(sorted(column, key=lambda node: _pull(node.id, arrows, place)))
        place |= {node.id: number / max(len(column), 1) for number, node in enumerate(found[kind])}
    return found


def _pull(node: str, arrows: Iterable[Arrow], place: Mapping[str, float]) -> float:
    """The mean height of what leads here; what nothing leads to stands last."""
    heights = [place[one.start] for one in arrows if one.end == node and one.start in place]
    return sum(heights) / len(heights) if heights else 2.0


def _onward(arrows: Iterable[Arrow]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for one in arrows:
        found.setdefault(one.start, []).append(one.end)
    return found


def _reach(onward: Mapping[str, Sequence[str]], start: str) -> set[str]:
    met, waiting = {start}, [start]
    while waiting:
        for there in onward.get(waiting.pop(), ()):
            if there not in met:
                met.add(there)
                waiting.append(there)
    return met
