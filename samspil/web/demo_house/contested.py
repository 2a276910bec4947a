"""Scenes of contesting: what those affected say of a case, what they are answered, what budgets have lost."""

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from samspil.business_case.budget import actions as budgets
from samspil.business_case.contest import actions as contest
from samspil.business_case.contest import queries
from samspil.business_case.models import Case, Part
from samspil.core.business_case.contesting import OwnFigure
from samspil.organisation.viewer import Viewer
from samspil.web.demo_house.texts import Event

if TYPE_CHECKING:
    from samspil.web.demo_house.story import Story


def word_figure(story: "Story", event: Event, by: Viewer, at: datetime) -> None:
    contest.word(part=_line(story, event), figure=event["figure"], text=event["text"], by=by, at=at)


def speak(story: "Story", event: Event, by: Viewer, at: datetime) -> None:
    """Somebody affected says what they see; with `own` they give a figure and how they know it."""
    own = OwnFigure(Decimal(event["own"]), event["source"]) if "own" in event else None
    contest.say(
        part=_line(story, event),
        figure=event.get("figure", ""),
        stance=event["stance"],
        text=event.get("text", ""),
        own=own,
        by=by,
        at=at,
    )


def answer_remarks(story: "Story", event: Event, by: Viewer, at: datetime) -> None:
    """One answer to everything that waits about a figure."""
    part = _line(story, event)
    waiting = [one for one in queries.remarks_of([part]) if one.is_owed and one.figure == event["figure"]]
    contest.answer(
        remarks=waiting,
        outcome=event["outcome"],
        text=event["text"],
        version=part.version,
        by=by,
        at=at,
    )


def budget_cut(story: "Story", event: Event, by: Viewer, at: datetime) -> None:
    """`year` counts from the first year of the case, which is 0."""
    case = Case.objects.select_related("thing", "initiative").get(initiative=story.initiative(event))
    budgets.enter_cut(
        case=case,
        unit=story.house.units[event["unit"]],
        account=event["account"],
        year=int(case.frame["first_year"]) + event["year"],
        amount=Decimal(event["amount"]),
        source=event["source"],
        by=by,
        at=at,
    )


def _line(story: "Story", event: Event) -> Part:
    rows = Part.objects.select_related(*queries.WHOLE_PART)
    found = rows.filter(case__initiative=story.initiative(event), taken_out_at=None)
    return next(one for one in found if str(one) == event["line"])


SCENES: dict[str, Callable[..., None]] = {
    scene.__name__: scene for scene in (word_figure, speak, answer_remarks, budget_cut)
}
