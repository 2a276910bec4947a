"""Scenes of business cases and benefits: what is promised, what is measured, and what became of it."""

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from samspil.benefits.benefit_map import actions as maps
from samspil.benefits.closing import actions as closing
from samspil.benefits.ledger import actions as ledger
from samspil.benefits.measuring import actions as measuring
from samspil.benefits.models import Benefit
from samspil.benefits.register import actions as register
from samspil.business_case import actions as cases
from samspil.business_case.models import Part
from samspil.dialogue.models import Item
from samspil.organisation.viewer import Viewer, viewer_of
from samspil.web.demo_house.texts import Event

if TYPE_CHECKING:
    from samspil.web.demo_house.story import Story

SAID = ("title", "worth", "measured_as", "unit", "indicator", "harm", "source", "gains", "pays")
PREREQUISITES = ("change", "competence", "workflow")


def begin_case(story: "Story", event: Event, by: Viewer, at: datetime) -> None:
    """A case with all its lines and risks; whose they are stands beside them."""
    first = at.year + 1
    written = [_written(story, one, first) for one in event["parts"]]
    frame = {"first_year": first, "years": event["years"], "price_year": at.year}
    cases.begin(initiative=story.initiative(event), frame=frame, parts=written, by=by, at=at)


def _written(story: "Story", told: dict[str, Any], first: int) -> cases.Written:
    """Shares are told from the first year on; the last one holds until the end of the case."""
    content = {name: value for name, value in told.items() if name not in ("of", "owner", "shares")}
    if "shares" in told:
        content["share_by_year"] = {str(first + n): share for n, share in enumerate(told["shares"])}
    person = story.person(told["owner"]) if "owner" in told else None
    return cases.Written(told.get("of", "line"), content, owner=person, estimator=person)


def benefit(story: "Story", event: Event, by: Viewer, at: datetime) -> None:
    """A benefit with its starting point, its target and its plan; the owner says yes the same day."""
    initiative = story.initiative(event)
    line = None
    if "line" in event:
        parts = Part.objects.filter(case__initiative=initiative).select_related("thing", "case")
        line = next(one for one in parts if str(one) == event["line"])
    found = register.register_benefit(
        initiative=initiative,
        described=register.Described(
            **{name: event[name] for name in SAID if name in event},
            owner=story.person(event["owner"]),
            deputy=story.person(event["deputy"]) if "deputy" in event else None,
            line=line,
            prerequisites={kind: event.get(kind, []) for kind in PREREQUISITES},
        ),
        by=by,
        at=at,
    )
    story.benefits[event["benefit"]] = found
    if "baseline" in event:
        told = event["baseline"]
        ledger.record_baseline(
            benefit=found,
            value=Decimal(told["value"]),
            measured_on=story.house.day(told["day"]),
            method=told["method"],
            n=told.get("n"),
            by=by,
            at=at,
        )
    _set_target(story, found, event["target"], by, at)
    if "plan" in event:
        measuring.plan_measuring(
            benefit=found,
            first_on=story.house.day(event["plan"]["first"]),
            every_months=event["plan"]["every"],
            until=story.house.day(event["plan"]["until"]),
            by=by,
            at=at,
        )
    if event.get("accepted", True):
        register.accept_benefit(benefit=found, by=viewer_of(story.person(event["owner"]), at), at=at)


def change_target(story: "Story", event: Event, by: Viewer, at: datetime) -> None:
    _set_target(story, story.benefits[event["benefit"]], event["target"], by, at)


def _set_target(story: "Story", found: Benefit, told: dict[str, Any], by: Viewer, at: datetime) -> None:
    points = {name: Decimal(told[name]) if name in told else None for name in ("cautious", "optimistic")}
    ledger.set_target(
        benefit=found,
        likely=Decimal(told["likely"]),
        **points,
        meaning=told.get("meaning", "p10_p90_metalog" if points["cautious"] is not None else ""),
        target_day=story.house.day(told["day"]),
        because=told.get("because", ""),
        by=by,
        at=at,
    )


def figures(story: "Story", event: Event, by: Viewer, at: datetime) -> None:
    """Everything that was measured until that day, as one list: benefit, days from today, values."""
    brought = [
        (
            story.benefits[key],
            measuring.Figure(
                story.house.day(one[0]),
                Decimal(str(one[1])),
                n=one[2] if len(one) > 2 else None,
                population=one[3] if len(one) > 3 else None,
            ),
        )
        for key, series in event["figures"].items()
        for one in series
    ]
    measuring.bring_measurements(initiative=story.initiative(event), brought=brought, by=by, at=at)


def deviation(story: "Story", event: Event, by: Viewer, at: datetime) -> None:
    told = {name: event[name] for name in ("cause", "text")}
    measuring.explain_deviation(
        benefit=story.benefits[event["benefit"]], **told, does=event.get("does", ""), by=by, at=at
    )


def freed_time(story: "Story", event: Event, by: Viewer, at: datetime) -> None:
    """Decided after the newest meeting at which the initiative was discussed."""
    items = Item.objects.filter(initiative=story.initiative(event), meeting__on__lte=at.date())
    closing.decide_freed_time(
        benefit=story.benefits[event["benefit"]],
        use=event["use"],
        what_for=event["what_for"],
        hours_a_year=Decimal(event["hours"]),
        decided_on=at.date(),
        heard_in=items.select_related("thing", "meeting").latest("meeting__on"),
        by=by,
        at=at,
    )


def draw_map(story: "Story", event: Event, by: Viewer, at: datetime) -> None:
    """`things`: key to kind and words; `arrows`: from, to, and "hinders" where it does."""
    initiative = story.initiative(event)
    nodes = {
        key: maps.add_to_map(initiative=initiative, kind=kind, title=title, by=by, at=at)
        for key, (kind, title) in event["things"].items()
    }
    nodes |= {key: found.map_node for key, found in story.benefits.items()}
    for start, end, *effect in event["arrows"]:
        maps.draw_arrow(
            initiative=initiative,
            start=nodes[start],
            end=nodes[end],
            effect=effect[0] if effect else "helps",
            by=by,
            at=at,
        )


def closing_report(story: "Story", event: Event, by: Viewer, at: datetime) -> None:
    told = {name: event.get(name, "") for name in ("account", "repeat", "avoid")}
    closing.write_closing_report(initiative=story.initiative(event), **told, by=by, at=at)


SCENES: dict[str, Callable[..., None]] = {
    scene.__name__: scene
    for scene in (
        begin_case,
        benefit,
        change_target,
        figures,
        deviation,
        freed_time,
        draw_map,
        closing_report,
    )
}
