"""Who may speak about a case, and who answers: this share of the room's table."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from samspil.business_case.contest.models import Remark
from samspil.business_case.models import Part
from samspil.initiative.models import Initiative
from samspil.initiative.permissions import (
    affected_units,
    initiative_of,
    lead,
    line_above,
    line_manager_of_those_affected,
    owner,
    runs_it,
)
from samspil.kit.permission import Permission, predicate
from samspil.organisation.models import Seat
from samspil.organisation.predicates import digital_lead, takes_part
from samspil.organisation.viewer import Viewer


@predicate(_("somebody who works where it is felt; anybody, while no unit is named"))
def works_where_it_is_felt(viewer: Viewer, thing: Any) -> bool:
    initiative = initiative_of(thing)
    if initiative is None or viewer.person is None:
        return False
    affected = {unit.pk for unit in affected_units(initiative)}
    return not affected or bool(affected.intersection(line_above(viewer.person.unit)))


@predicate(_("a representative of the staff where it is felt"))
def represents_those_affected(viewer: Viewer, thing: Any) -> bool:
    """Sits on the staff side of a committee of an affected unit, of one above it or of one inside it."""
    initiative = initiative_of(thing)
    seats = [seat for seat in viewer.seats if seat.side == Seat.Side.STAFF]
    if initiative is None or not seats:
        return False
    units = affected_units(initiative)
    affected = {unit.pk for unit in units}
    above = {pk for unit in units for pk in line_above(unit)}
    committees = [seat.committee for seat in seats]
    return any(
        one.level == Initiative.Level.MAIN
        or one.unit_id in above
        or affected.intersection(line_above(one.unit))
        for one in committees
    )


@predicate(_("the person who owes the answer"))
def owes_the_answer(viewer: Viewer, thing: Any) -> bool:
    if not isinstance(thing, Remark) or viewer.person is None:
        return False
    return viewer.person.pk in (thing.owed_by_id, thing.part.owner_id)


@predicate(_("the owner of the line"))
def owns_the_part(viewer: Viewer, thing: Any) -> bool:
    return isinstance(thing, Part) and viewer.person is not None and thing.owner_id == viewer.person.pk


CONTEST = {
    "contest_case": Permission(
        (works_where_it_is_felt & takes_part)
        | represents_those_affected
        | line_manager_of_those_affected
        | owner
        | lead
        | digital_lead,
        _(
            "Those who work where it is felt and their representatives say here what they see. Tell your"
            " representative, or ask the project lead."
        ),
    ),
    "word_assumption": Permission(
        runs_it | owns_the_part,
        _("The owner of the line or the project lead puts it into plain words. Ask one of them."),
    ),
    "answer_remark": Permission(
        runs_it | owes_the_answer,
        _("The person named beside it owes the answer; the project lead can give it too. Ask one of them."),
    ),
}
