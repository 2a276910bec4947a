"""The benefits of the case that is tried."""

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from samspil.benefits.benefit_map import actions as maps
from samspil.benefits.closing import actions as closing
from samspil.benefits.ledger import actions as ledger
from samspil.benefits.register import actions as register
from samspil.benefits.register.actions import Described

if TYPE_CHECKING:
    from tests.permissions.world import World


def lay(world: "World") -> None:
    """A benefit with all it needs, a map with one arrow, and a report. The secretary is the owner's deputy."""
    does: dict[str, Any] = {"by": world.viewer("lead"), "at": world.at}
    people = world.cast.people
    found = register.register_benefit(
        initiative=world.initiative(),
        described=Described(
            world.say("Færre minutter"),
            "reallocation",
            world.say("Minutter pr. besøg"),
            world.say("minutter"),
            owner=people["management_member"],
            deputy=people["secretary"],
            prerequisites={"change": ["Ny vagtplan"]},
        ),
        **does,
    )
    found.prerequisites.update(text=world.say("Ny vagtplan"))  # may be longer than the action lets through
    method = world.say("En uge med ur")
    ledger.record_baseline(benefit=found, value=Decimal(10), measured_on=world.day(0), method=method, **does)
    ledger.set_target(benefit=found, likely=Decimal(4), target_day=world.day(90), **does)
    node = maps.add_to_map(
        initiative=world.initiative(), kind="change", title=world.say("Ruten ses dagen før"), **does
    )
    second = maps.add_to_map(
        initiative=world.initiative(), kind="change", title=world.say("Appen virker"), **does
    )
    arrow = maps.draw_arrow(
        initiative=world.initiative(), start=node, end=found.map_node, effect="helps", **does
    )
    report = closing.write_closing_report(initiative=world.initiative(), account=world.say("Det kom"), **does)
    world.refs |= {
        "benefit": found.ref,
        "prerequisite": found.prerequisites.get().ref,
        "map_node": node.ref,
        "second_node": second.ref,
        "benefit_node": found.map_node.ref,
        "map_arrow": arrow.ref,
        "closing_report": report.ref,
    }
