"""Spreadsheets that wait to be taken into the case, and the case as it was put before the committee."""

from csv import writer
from io import StringIO
from typing import TYPE_CHECKING, Any

from samspil.business_case import actions as room
from samspil.business_case import queries
from samspil.business_case.bringing import actions, waiting
from samspil.business_case.bringing.models import BroughtFile
from samspil.business_case.models import Case

if TYPE_CHECKING:
    from tests.permissions.world import World


def lay(world: "World") -> None:
    """The case of the initiative is there already."""
    does: dict[str, Any] = {"by": world.viewer("lead"), "at": world.at}
    case = Case.objects.get(initiative=world.initiative())
    version = room.put_before_committee(case=case, **does)
    data = rows(world)
    kept, unwanted = (actions.bring(case=case, name="Linjer.csv", data=data, **does) for _twice in range(2))
    world.refs |= {
        "papers_case": case.ref,
        "papers_version": version.ref,
        "brought_file": kept.ref,
        "unwanted_file": unwanted.ref,
    }


def rows(world: "World") -> bytes:
    heads = f"Navn;Art;Klasse;Sandsynlig eller kendt;Kilde;{world.at.year + 1}"
    written = StringIO()
    line = [world.say("Papir"), "omkostning", "i budgettet", "5000", world.say("faktura"), "1"]
    writer(written, delimiter=";").writerows([heads.split(";"), line])
    return written.getvalue().encode()


def case(world: "World") -> Case:
    found = queries.case(world.refs["papers_case"])
    assert found is not None
    return found


def file(world: "World", name: str = "brought_file") -> BroughtFile:
    found = waiting.find(world.refs[name])
    assert found is not None
    return found
