"""A business case that waits for everything that can be done with one, kept once for the committee."""

from typing import TYPE_CHECKING, Any

from samspil.business_case import actions, queries
from samspil.business_case.actions import Written
from samspil.business_case.models import Case, Part

if TYPE_CHECKING:
    from tests.permissions.world import World


def lay(world: "World") -> None:
    """A light case with a cost and a benefit; `decided` is an initiative that has none yet."""
    does: dict[str, Any] = {"by": world.viewer("lead"), "at": world.at}
    owner = world.person("management_member")
    parts = [
        Written(content=_line(world, "cost", "Licenser")),
        Written(content=_line(world, "benefit", "Mindre overarbejde"), owner=owner, estimator=owner),
    ]
    made = actions.begin(
        initiative=world.initiative(), title=world.say("Vagtplan på telefonen"), parts=parts, **does
    )
    first, second = made.parts.order_by("place").select_related("thing")
    content = {**first.content, "payer": world.say("Digitalisering")}
    actions.change(part=first, version=1, content=content, **does)
    version = actions.put_before_committee(case=made, note=world.say("Til mødet"), **does)
    world.refs |= {
        "case": made.ref,
        "case_line": first.ref,
        "case_benefit": second.ref,
        "case_version": version.ref,
    }


def case(world: "World") -> Case:
    found = queries.case(world.refs["case"])
    assert found is not None
    return found


def line(world: "World", name: str = "case_line") -> Part:
    found = queries.part(world.refs[name])
    assert found is not None
    return found


def _line(world: "World", kind: str, title: str) -> dict[str, Any]:
    return {
        "title": world.say(title),
        "kind": kind,
        "class": "cashable",
        **({"payer": "Stab"} if kind == "cost" else {"beneficiary": world.say("Hjemmeplejen")}),
        "amount": {"value": "90000", "source": world.say("tilbud")},
        "share_by_year": {str(world.at.year + 1): "1"},
    }
