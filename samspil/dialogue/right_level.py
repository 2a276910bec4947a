"""The right level: the committee attached to the leader with power to decide, or one above it.

Affected units look up along the tree of units. Of the committees attached to a unit on that way, the right
one is the nearest at the level where the power to decide lies; where that level has none, the next level
above. Units that find the same right committee form one *line*. A discussion is at the right level for a
line when it was held in the right committee, in another on the same way at that level or above, or in one
above it in the tree of committees. An initiative that touches several lines is discussed when each line has
been heard, which one committee above them all can do at once. Where only citizens are affected the owner's
unit counts.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from samspil.initiative.models import AffectedUnit, Initiative
from samspil.organisation.models import Committee, Unit

RANKS = {"main": 0, "area": 1, "local": 2}
LOWEST = max(RANKS.values())


@dataclass(frozen=True)
class Line:
    """Affected units with the same right committee. `heard_in`: the committees at its level or above."""

    right: Committee | None
    heard_in: frozenset[int]
    units: tuple[int, ...]


def lines_of(initiatives: Sequence[Initiative]) -> dict[int, tuple[Line, ...]]:
    """The lines of many initiatives at once."""
    tree = Tree(Committee.objects.all(), dict(Unit.objects.values_list("pk", "parent_id")))
    affected: dict[int, list[int]] = {one.pk: [] for one in initiatives}
    for initiative_id, unit_id in AffectedUnit.objects.filter(initiative__in=initiatives).values_list(
        "initiative_id", "unit_id"
    ):
        affected[initiative_id].append(unit_id)
    return {
        one.pk: tree.lines(affected[one.pk] or _owners_unit(one), one.decision_level) for one in initiatives
    }


def _owners_unit(initiative: Initiative) -> list[int]:
    unit = initiative.owner.unit_id
    return [unit] if unit else []


class Tree:
    """The committees of an organisation over its units."""

    def __init__(self, committees: Iterable[Committee], parents: Mapping[int, int | None]) -> None:
        self.parents = parents
        self.committees = {one.pk: one for one in sorted(committees, key=lambda one: one.name)}
        self.by_unit: dict[int | None, list[Committee]] = {}
        for one in self.committees.values():
            self.by_unit.setdefault(one.unit_id, []).append(one)

    def lines(self, units: Iterable[int], decision_level: str) -> tuple[Line, ...]:
        """One line per right committee, in the order of the committees' names."""
        found: dict[int | None, list[tuple[int, frozenset[int]]]] = {}
        for unit in sorted(units):
            right, heard_in = self._right(unit, RANKS.get(decision_level, LOWEST))
            found.setdefault(right, []).append((unit, heard_in))
        lines = [self._line(right, parts) for right, parts in found.items()]
        return tuple(sorted(lines, key=lambda line: line.right.name if line.right else ""))

    def _line(self, right: int | None, parts: list[tuple[int, frozenset[int]]]) -> Line:
        heard_in = frozenset.intersection(*(ids for _unit, ids in parts))
        committee = self.committees[right] if right else None
        return Line(committee, heard_in, tuple(unit for unit, _ids in parts))

    def _right(self, unit: int, rank: int) -> tuple[int | None, frozenset[int]]:
        """The right committee of a unit, and every committee at its level or above."""
        on_the_way = [one for one in self._over(unit) if rank_of(one) <= rank]
        if not on_the_way:
            return None, frozenset()
        right = max(on_the_way, key=lambda one: (rank_of(one), -on_the_way.index(one)))
        above = {one.pk for one in self._ancestors(right)}
        return right.pk, frozenset({one.pk for one in on_the_way} | above)

    def _over(self, unit: int) -> Iterator[Committee]:
        """Committees attached to the unit, then to each unit above it; last the main ones without a unit."""
        here: int | None = unit
        while here is not None:
            yield from self.by_unit.get(here, [])
            here = self.parents.get(here)
        yield from (one for one in self.by_unit.get(None, []) if one.level == "main")

    def _ancestors(self, committee: Committee) -> Iterator[Committee]:
        parent = committee.parent_id
        while parent is not None:
            above = self.committees[parent]
            yield above
            parent = above.parent_id


def rank_of(committee: Committee) -> int:
    """0 for a main committee; the higher the number, the closer to the work."""
    return RANKS.get(committee.level, LOWEST)
