"""What those affected said of a case, what was taken from budgets: for each deed something it can be done to."""

from decimal import Decimal
from typing import TYPE_CHECKING

from samspil.business_case.budget import actions as budgets
from samspil.business_case.budget import queries as budget_queries
from samspil.business_case.budget.models import BudgetCut
from samspil.business_case.contest import actions, queries
from samspil.business_case.contest.models import Remark
from samspil.business_case.models import Case, Part
from tests.permissions import cases

if TYPE_CHECKING:
    from tests.permissions.world import World


def lay(world: "World") -> None:
    """Of the line that `management_member` owns: a remark that waits, one that was answered, words for it."""
    contested = cases.line(world, "case_benefit")
    _remarks(world, contested)
    cut = _cut(world, contested.case)
    world.refs |= {
        "contested_part": contested.ref,
        "contested_case": contested.case.ref,
        "budget_cut": cut.ref,
    }


def part(world: "World") -> Part:
    return cases.line(world, "case_benefit")


def case(world: "World") -> Case:
    return part(world).case


def remark(world: "World", name: str = "remark") -> Remark:
    found = queries.remark(world.refs[name])
    assert found is not None
    return found


def cut(world: "World") -> BudgetCut:
    found = budget_queries.cut(world.refs["budget_cut"])
    assert found is not None
    return found


def _remarks(world: "World", part: Part) -> None:
    said = {"part": part, "figure": "amount", "stance": Remark.Stance.DISAGREES}
    for name, who in (("remark", "employee"), ("answered_remark", "steward")):
        text = world.say("Vi når det ikke")
        found = actions.say(**said, text=text, by=world.viewer(who), at=world.at)  # type: ignore[arg-type]
        world.refs[name] = found.ref
    answered = remark(world, "answered_remark")
    actions.answer(
        remarks=[answered],
        outcome="noted",
        text=world.say("Det har vi talt om"),
        by=world.viewer("lead"),
        at=world.at,
    )
    worded = world.say("Gevinsten forudsætter en time mindre om ugen")
    actions.word(part=part, figure="amount", text=worded, by=world.viewer("lead"), at=world.at)


def _cut(world: "World", case: Case) -> BudgetCut:
    return budgets.enter_cut(
        case=case,
        unit=world.cast.units["workplace"],
        account=world.say("Løn"),
        year=world.at.year + 1,
        amount=Decimal(100_000),
        source=world.say("Budget"),
        by=world.viewer("lead"),
        at=world.at,
    )
