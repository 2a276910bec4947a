"""What can be read about requests, their steps and calls for central negotiation."""

from collections.abc import Sequence
from datetime import date

from django.db.models import Q, QuerySet

from samspil.dialogue import queries as committees
from samspil.dialogue.models import Item
from samspil.dialogue.remedies import tables
from samspil.dialogue.remedies.models import CentralCall, RemedyCase, RemedyStep
from samspil.dialogue.remedies.waits import UnionWait, Waits
from samspil.organisation.models import Committee, Organisation, Seat

ROWS = (
    "thing",
    "table",
    "organisation",
    "committee",
    "item__thing",
    "item__initiative",
    "item__committee",
    "initiative__thing",
    "initiative__owner",
    "initiative__lead",
    "raised_by",
)


def case(ref: str) -> RemedyCase | None:
    return rows().filter(thing__ref=ref).first()


def rows() -> "QuerySet[RemedyCase]":
    return RemedyCase.objects.select_related(*ROWS).prefetch_related("steps__committee", "steps__answered_by")


def cases_in(committee: Committee) -> list[RemedyCase]:
    """The cases that were raised in a committee or have come to it, open ones first, then the newest."""
    found = rows().filter(Q(committee=committee) | Q(steps__committee=committee)).distinct()
    return sorted(found, key=lambda one: (one.closed_on is not None, -one.raised_on.toordinal()))


def cases_about(item: Item) -> list[RemedyCase]:
    return list(rows().filter(item=item).order_by("raised_on", "pk"))


def steps_of(found: RemedyCase) -> list[RemedyStep]:
    """The steps that were taken, the first one first."""
    return list(found.steps.all())


def present_step(found: RemedyCase) -> RemedyStep:
    """The step a case stands at; the last one when it has ended."""
    return steps_of(found)[-1]


def owed_steps() -> "QuerySet[RemedyStep]":
    """The steps of open cases that somebody still owes."""
    owed = RemedyStep.objects.filter(answered_on=None, left_on=None, case__closed_on=None)
    return owed.select_related(
        "committee",
        *(f"case__{name}" for name in ("thing", "table", "organisation", "committee", "item", "initiative")),
    ).order_by("pk")


def speakers(committee: Committee, on: date) -> list[Seat]:
    """Those who speak for the staff side: vice-chair, signatories for a union, stewards, and substitutes."""
    return [one for one in committees.seats_of(committee, on) if speaks_for_staff(one)]


def speaks_for_staff(seat: Seat) -> bool:
    kinds = {seat.kind} | ({seat.substitute_for.kind} if seat.substitute_for else set())
    standing = {Seat.Kind.VICE_CHAIR, Seat.Kind.ADJUSTER} & kinds
    return seat.side == Seat.Side.STAFF and bool(standing or seat.steward)


def kinds_of(seat: Seat) -> set[str]:
    """What a seat is called in a table's `raised_by`."""
    kinds = {str(seat.kind)} | ({str(seat.substitute_for.kind)} if seat.substitute_for else set())
    return kinds | ({"steward"} if seat.steward else set())


def those_who_owe(step: RemedyStep, owed_by: str, on: date) -> list[Seat]:
    """Whose answer is waited for: management in the committee, or those who run it; nobody outside."""
    if step.committee is None or owed_by == "outside":
        return []
    running = (Seat.Kind.CHAIR, Seat.Kind.VICE_CHAIR, Seat.Kind.SECRETARY)
    seats = committees.seats_of(step.committee, on)
    if owed_by == "committee":
        return [one for one in seats if one.kind in running]
    return [one for one in seats if one.side == Seat.Side.MANAGEMENT]


def place_of(step: tables.Step, found: RemedyCase) -> Committee | None:
    """The committee in which a step is taken; None for outside the organisation."""
    if step.place == "outside":
        return None
    return main_above(found.committee) if step.place == "main" else found.committee


def main_above(committee: Committee) -> Committee:
    """The main committee above a committee; the topmost one where the tree names no other."""
    here = committee
    while here.level != "main" and here.parent is not None:
        here = here.parent
    return here


def waits_of(item: Item, on: date) -> list[UnionWait]:
    """Where the unions stand after a disagreement about an item."""
    regimes = {item.regime_id: committees.regimes_of([item])[item.regime_id]}
    outcomes = committees.outcomes_of(item)
    return Waits([item], regimes, on).of(item, sorted(outcomes, key=lambda one: one.meeting.on))


def calls_about(items: Sequence[Item]) -> list[CentralCall]:
    return list(CentralCall.objects.filter(item__in=items).select_related("union", "meeting"))


def unions_in(committee: Committee, on: date) -> list[Seat]:
    """The seats of unions on the staff side."""
    return [one for one in committees.seats_of(committee, on) if one.union_id and one.side == Seat.Side.STAFF]


def of_organisation(organisation: Organisation, on: date) -> tables.Remedies | None:
    """The table in force, in the reader's language."""
    table = tables.table_in_force(organisation, on)
    return tables.as_read(table, organisation) if table else None
