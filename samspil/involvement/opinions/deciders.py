"""Who decides about an appeal: somebody else than whoever left the statement out, where there is one."""

from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from samspil.involvement.opinions.models import Appeal, ModerationStep, RoundStatement
from samspil.kit.permission import predicate
from samspil.organisation.models import Person, Role
from samspil.organisation.viewer import Viewer, current
from samspil.participation.models import Round


@predicate(_("somebody else than who left the statement out, where there is one"))
def did_not_leave_it_out(viewer: Viewer, thing: Any) -> bool:
    if not isinstance(thing, Appeal | RoundStatement):
        return True
    statement = thing.statement if isinstance(thing, Appeal) else thing
    first = first_decider(statement)
    return first is None or viewer.person != first or not others(statement, viewer.today)


def first_decider(statement: RoundStatement) -> Person | None:
    """Whoever left a statement out."""
    rows = ModerationStep.objects.filter(statement=statement, step=ModerationStep.Step.REJECTED)
    last = rows.select_related("by").order_by("pk").last()
    return last.by if last else None


def others(statement: RoundStatement, today: date) -> list[Person]:
    """Those who may decide besides whoever left the statement out."""
    first = first_decider(statement)
    return [one for one in moderators_of(statement.round, today) if one != first]


def moderators_of(round_: Round, today: date) -> list[Person]:
    """Whoever planned the round, those who run its initiative, and the heads of digitalisation."""
    heads = current(Role.objects.filter(kind=Role.Kind.DIGITAL_LEAD), today).select_related("person")
    about = round_.initiative
    named = [round_.planned_by, *((about.owner, about.lead) if about else ()), *(one.person for one in heads)]
    return list({one.pk: one for one in named if one and one.left_on is None}.values())
