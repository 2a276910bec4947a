"""Who may do what about requests and negotiations; the table itself is the room's one table."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from samspil.dialogue.models import Item
from samspil.dialogue.remedies import queries, tables
from samspil.dialogue.remedies.closed import is_closed_to
from samspil.dialogue.remedies.models import RemedyCase
from samspil.dialogue.secrecy import MANAGEMENT, STAFF, side_of
from samspil.initiative.permissions import runs_it
from samspil.kit.permission import predicate
from samspil.organisation.models import Committee, Seat
from samspil.organisation.viewer import Viewer

RUNNING = frozenset({Seat.Kind.CHAIR, Seat.Kind.VICE_CHAIR, Seat.Kind.SECRETARY})


def _committee(thing: Any) -> int | None:
    return thing.pk if isinstance(thing, Committee) else getattr(thing, "committee_id", None)


@predicate(_("those who speak for the staff side of the committee"))
def speaks_for_the_staff_side(viewer: Viewer, thing: Any) -> bool:
    """Vice-chair, a union's signatory or a steward, or a substitute for one of them; never with a seat on
    management's side beside it."""
    committee = _committee(thing)
    if committee is None or side_of(viewer, committee) != STAFF:
        return False
    return any(queries.speaks_for_staff(seat) for seat in viewer.seats_in(committee))


@predicate(_("those who owe the answer"))
def owes_the_answer(viewer: Viewer, case: Any) -> bool:
    """Management in the committee where the case stands, or those who run that committee."""
    if not isinstance(case, RemedyCase) or case.closed_on:
        return False
    step = queries.present_step(case)
    if step.committee_id is None:
        return False
    owed_by = tables.read(case.table).kind(case.kind).step(step.key).owed_by
    if owed_by == "committee":
        return any(_runs(seat) for seat in viewer.seats_in(step.committee_id))
    return side_of(viewer, step.committee_id) == MANAGEMENT


@predicate(_("members of the committees it has come to, and those who run the initiative it is about"))
def sees_the_case(viewer: Viewer, case: Any) -> bool:
    """Those whom it has come to see that it is there, even while its item is closed to them."""
    if not isinstance(case, RemedyCase):
        return False
    places = {case.committee_id, *(step.committee_id for step in case.steps.all())}
    if places & viewer.committee_ids:
        return True
    runs = case.initiative is not None and bool(runs_it.test(viewer, case.initiative))
    return runs and not is_closed_to(viewer, case)


@predicate(_("those who may read the item it is about"))
def is_let_in_to_the_case(viewer: Viewer, case: Any) -> bool:
    return isinstance(case, RemedyCase) and not is_closed_to(viewer, case)


@predicate(_("those who speak for the staff side, and those who run the committee"))
def may_record_a_call(viewer: Viewer, item: Any) -> bool:
    if not isinstance(item, Item):
        return False
    runs = any(_runs(seat) for seat in viewer.seats_in(item.committee_id))
    return runs or bool(speaks_for_the_staff_side.test(viewer, item))


def _runs(seat: Seat) -> bool:
    return seat.kind in RUNNING or bool(seat.substitute_for and seat.substitute_for.kind in RUNNING)
