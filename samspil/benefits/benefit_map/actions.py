"""Drawing the benefit map. What cannot be true is refused in `core/benefits/benefit_map.py`."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from samspil.benefits import queries
from samspil.benefits.models import MapArrow, MapNode
from samspil.benefits.permissions import PERMISSIONS
from samspil.benefits.words import MAP_FAULTS
from samspil.core.benefits.benefit_map import Arrow, Effect, Kind, Node, refusal
from samspil.initiative.models import Initiative
from samspil.kit.refusal import Refused
from samspil.organisation import journal
from samspil.organisation.viewer import Viewer

MOST_NODES = 120
DRAWN = tuple(kind for kind in Kind if kind is not Kind.BENEFIT)


@transaction.atomic
def add_to_map(*, initiative: Initiative, kind: str, title: str, by: Viewer, at: datetime) -> MapNode:
    """Put a solution, a changed piece of work or a goal on the map. Benefits come from the register."""
    PERMISSIONS.require("draw_map", by, initiative)
    _hold(initiative)
    if kind not in DRAWN:
        raise Refused(_("Choose what it is. Benefits come onto the map from the register."), "kind")
    if not title.strip():
        raise Refused(_("Write in a few words what it is."), "title")
    nodes, _arrows = queries.map_of(initiative)
    if any(one.kind == kind and one.title == title.strip() for one in nodes):
        raise Refused(_("It is on the map already."), "title")
    if len(nodes) >= MOST_NODES:
        raise Refused(_("The map has 120 things already; nobody can read more. Put some of them together."))
    node = MapNode.objects.create(
        organisation=by.organisation, initiative=initiative, kind=kind, title=title.strip()
    )
    _remember(initiative, "added_to_map", {"what": node.title}, by, at)
    return node


@transaction.atomic
def remove_from_map(*, node: MapNode, by: Viewer, at: datetime) -> None:
    """Take a thing from the map, and the arrows that touch it."""
    PERMISSIONS.require("draw_map", by, node)
    if node.benefit_id:
        raise Refused(_("A benefit leaves the map when it is taken out of the register."))
    initiative, title = node.initiative, str(node)
    _hold(initiative)
    node.delete()
    _remember(initiative, "removed_from_map", {"what": title}, by, at)


@transaction.atomic
def draw_arrow(
    *, initiative: Initiative, start: MapNode, end: MapNode, effect: str, by: Viewer, at: datetime
) -> MapArrow:
    """Say that one thing helps or hinders another. Circles and contradictions are refused."""
    PERMISSIONS.require("draw_map", by, initiative)
    _hold(initiative)
    if effect not in MapArrow.Effect.values:
        raise Refused(_("Say whether it helps or hinders."), "effect")
    nodes, arrows = queries.map_of(initiative)
    if not {start.pk, end.pk} <= {one.pk for one in nodes}:
        raise Refused(_("Both ends of an arrow have to be on this map."), "end")
    _can_be_true(nodes, arrows, Arrow(start.ref, end.ref, Effect(effect)))
    made = MapArrow.objects.create(
        organisation=by.organisation, initiative=initiative, start=start, end=end, effect=effect
    )
    facts = {"start": str(start), "end": str(end), "effect": effect}
    _remember(initiative, "arrow_drawn", facts, by, at)
    return made


@transaction.atomic
def take_arrow_away(*, arrow: MapArrow, by: Viewer, at: datetime) -> None:
    PERMISSIONS.require("draw_map", by, arrow)
    initiative, facts = arrow.initiative, {"start": str(arrow.start), "end": str(arrow.end)}
    _hold(initiative)
    arrow.delete()
    _remember(initiative, "arrow_taken_away", facts, by, at)


# --- steps the actions share -------------------------------------------------------------------------------


def _hold(initiative: Initiative) -> None:
    """Two who draw at once would each see a map without the other's arrow, and close a circle together."""
    Initiative.objects.select_for_update().get(pk=initiative.pk)


def core_map(nodes: list[MapNode], arrows: list[MapArrow]) -> tuple[list[Node], list[Arrow]]:
    """The map as the rules read it."""
    refs = {one.pk: one.ref for one in nodes}
    return (
        [Node(one.ref, Kind(one.kind), str(one)) for one in nodes],
        [Arrow(refs[one.start_id], refs[one.end_id], Effect(one.effect)) for one in arrows],
    )


def _can_be_true(nodes: list[MapNode], arrows: list[MapArrow], new: Arrow) -> None:
    found = refusal(*core_map(nodes, arrows), new)
    if found:
        titles = {one.ref: str(one) for one in nodes}
        said = {
            "start": titles[new.start],
            "end": titles[new.end],
            "way": " → ".join(titles[ref] for ref in found.way),
        }
        raise Refused(str(MAP_FAULTS[found.fault]) % said, "end")


def _remember(initiative: Initiative, verb: str, facts: dict[str, str], by: Viewer, at: datetime) -> None:
    journal.append(f"benefits.{verb}", thing=initiative.ref, facts=facts, by=by, at=at)
