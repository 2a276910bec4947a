"""What a list of projects is compared with. A constant number of questions."""

from collections.abc import Mapping

from samspil.core.lists import same
from samspil.core.organisation_list import Known
from samspil.core.project_list import Projects
from samspil.initiative import queries
from samspil.initiative.models import BindingStep, Initiative
from samspil.organisation.models import Person, Unit


def known() -> Projects:
    rows = list(Initiative.objects.order_by("pk"))
    money = queries.whole_money(rows)
    decisions = _next_decisions(rows)
    return Projects(
        tuple(
            Known(
                row.pk,
                {
                    "key": row.key,
                    "title": row.title,
                    "phase": row.phase,
                    "owner": row.owner_id,
                    "lead": row.lead_id,
                    "next_decision": decisions.get(row.pk),
                    "amount": money[row.pk].amount if row.pk in money else None,
                    "currency": money[row.pk].currency if row.pk in money else None,
                    "price_year": money[row.pk].price_year if row.pk in money else None,
                },
            )
            for row in rows
        ),
        _people(),
        _units(),
    )


def _next_decisions(rows: list[Initiative]) -> Mapping[int, object]:
    """The date that holds for the decision of the present phase."""
    phases = {row.pk: row.phase for row in rows}
    return {
        key: history.newest.on
        for key, histories in queries.steps(rows).items()
        for history in histories
        if history.step.kind == BindingStep.Kind.DECISION and history.step.phase == phases[key]
    }


def _people() -> Mapping[str, int]:
    """People who work here; guests own nothing."""
    here = Person.objects.filter(left_on=None, erased_at=None, guest_of="")
    found: dict[str, int] = {}
    for key, number, email in here.values_list("pk", "key", "email"):
        found |= {same(name): key for name in (number, email) if name}
    return found


def _units() -> Mapping[str, tuple[int, ...]]:
    """Every key, name and path from the top, with the units it can mean."""
    rows = {unit.pk: unit for unit in Unit.objects.filter(closed_on=None)}
    found: dict[str, tuple[int, ...]] = {}
    for unit in rows.values():
        names = {unit.name, _path(unit, rows)} - {""}
        for name in names:
            found[same(name)] = (*found.get(same(name), ()), unit.pk)
    return found | {same(unit.key): (unit.pk,) for unit in rows.values() if unit.key}


def _path(unit: Unit, rows: Mapping[int, Unit]) -> str:
    names, here = [unit.name], unit.parent_id
    while here is not None and here in rows and len(names) < len(rows):
        names.append(rows[here].name)
        here = rows[here].parent_id
    return " / ".join(reversed(names))
