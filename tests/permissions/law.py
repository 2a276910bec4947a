"""Reads the law as people read it: the tables of expectations.md."""

import random
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import TypeVar

import pytest
from _pytest.mark import ParameterSet

PAGE = Path(__file__).with_name("expectations.md")
OPERATOR = "operator"
EACH_DAY = 1
Place = TypeVar("Place")


@cache
def expected() -> dict[str, frozenset[str]]:
    """Action (`room.action`) -> the roles that may."""
    groups = {name: frozenset(_names(who)) for name, who in _rows("The case that is tried")}
    rooms = [title for title in _titles() if title.islower()]
    return {f"{room}.{action}": _people(who, groups) for room in rooms for action, _words, who in _rows(room)}


def tried_by(
    places: Iterable[Place], action: Callable[[Place], str], persons: Sequence[str]
) -> list[ParameterSet]:
    """Each place with each person: day by day so many of those who may and of those who may not, whom the
    place draws; `make prove` tries the rest."""
    return [
        pytest.param(place, who, marks=() if who in drawn else pytest.mark.prove, id=f"{place}-{who}")
        for place, drawn in [(one, _drawn(str(one), action(one), persons)) for one in places]
        for who in persons
    ]


def _drawn(place: str, action: str, persons: Sequence[str]) -> set[str]:
    dice, allowed = random.Random(place), expected()[action]
    groups = [[who for who in persons if (who in allowed) == may] for may in (True, False)]
    return {who for group in groups for who in dice.sample(group, min(EACH_DAY, len(group)))}


@cache
def open_addresses() -> dict[str, str]:
    """The name of each address that anybody may open -> why."""
    return dict(_rows("Open addresses"))


def _people(who: str, groups: dict[str, frozenset[str]]) -> frozenset[str]:
    found: set[str] = set()
    for name in _names(who):
        found |= groups.get(name, {name})
    return frozenset(found)


def _names(cell: str) -> list[str]:
    return [name.strip() for name in cell.split(",") if name.strip()]


def _titles() -> list[str]:
    return [line[3:].strip() for line in PAGE.read_text().splitlines() if line.startswith("## ")]


def _rows(title: str) -> Iterator[list[str]]:
    """The rows of the table below a title, without its head."""
    section = PAGE.read_text().split(f"## {title}\n", 1)[1].split("\n## ", 1)[0]
    table = [line for line in section.splitlines() if line.startswith("|")]
    for line in table[2:]:
        yield [cell.strip() for cell in line.strip().strip("|").split("|")]
