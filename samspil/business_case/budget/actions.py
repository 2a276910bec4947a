"""What people do: enter what was taken, take an entry back, put hours and cover into the case."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from samspil.business_case import actions as room
from samspil.business_case.budget.models import BudgetCut
from samspil.business_case.models import Case, Part
from samspil.business_case.permissions import PERMISSIONS
from samspil.core.business_case.exact import plain
from samspil.core.business_case.taking_part import TakingPart, lines_of
from samspil.initiative.models import Link
from samspil.initiative.things import link_because, new_thing
from samspil.kit import charts
from samspil.kit.refusal import Refused
from samspil.organisation import journal
from samspil.organisation.models import Unit
from samspil.organisation.viewer import Viewer

MOST = Decimal(10) ** 12
EARLIEST, LATEST = 1990, 2200


@transaction.atomic
def enter_cut(
    *,
    case: Case,
    unit: Unit,
    account: str,
    year: int,
    amount: Decimal,
    source: str,
    price_year: int | None = None,
    because: str = "",
    by: Viewer,
    at: datetime,
) -> BudgetCut:
    """Say what has been taken from a unit's budget on the strength of the case, and where that stands.

    `price_year` is the year whose prices the amount is in; without one, those of the case as it stands: when
    the case is brought to other prices, what was taken stays what it was.
    """
    PERMISSIONS.require("enter_cut", by, case)
    if not account.strip():
        raise Refused(_("Write which account it was taken from."), "account")
    if not source.strip():
        raise Refused(_("Write where it stands, so that others can check it: the budget, page 12."), "source")
    if not amount.is_finite() or not 0 < amount < MOST:
        raise Refused(_("Write the amount as a number above zero."), "amount")
    if not EARLIEST <= year <= LATEST:
        raise Refused(_("Write the budget year with four digits."), "year")
    cut = BudgetCut.objects.create(
        organisation=by.organisation,
        thing=new_thing(by.organisation, "budget_cut"),
        case=case,
        unit=unit,
        account=account.strip(),
        year=year,
        amount=amount,
        price_year=price_year or case.frame.get("price_year"),
        source=source.strip(),
        entered_by=by.person,
        entered_at=at,
    )
    link_because(because, cut.thing, Link.Kind.LED_TO, by, at)
    facts = {"title": case.title, "unit_name": unit.name, **sealed_facts(cut)}
    journal.append("business_case.cut_entered", thing=cut.ref, facts=facts, by=by, at=at)
    return cut


@transaction.atomic
def take_back_cut(*, cut: BudgetCut, because: str, by: Viewer, at: datetime) -> BudgetCut:
    """Take back an entry that was wrong, with the reason. The entry stays in the journal."""
    PERMISSIONS.require("take_back_cut", by, cut)
    rows = BudgetCut.objects.select_for_update(of=["self"]).select_related("thing", "unit", "case")
    kept = rows.get(pk=cut.pk)
    if kept.taken_back_at:
        raise Refused(_("This was taken back already."))
    if not because.strip():
        raise Refused(_("Write in a sentence why the entry does not hold."), "because")
    kept.taken_back_at, kept.taken_back_by, kept.taken_back_because = at, by.person, because.strip()
    kept.save(update_fields=["taken_back_at", "taken_back_by", "taken_back_because"])
    facts = {"title": kept.case.title, "unit_name": kept.unit.name, "because": because.strip()}
    journal.append("business_case.cut_taken_back", thing=kept.ref, facts=facts, by=by, at=at)
    return kept


@dataclass(frozen=True)
class Participation:
    """Who takes part in what, and for how long. `hour` names a key figure of the case, or is an amount; the
    same for whoever stands in. `covered` are the hours of each that somebody stands in for."""

    who: str
    task: str
    unit: str
    year: int
    people: int
    hours: Decimal
    covered: Decimal
    hour: str | Decimal
    cover_hour: str | Decimal
    source: str


def add_taking_part(*, case: Case, one: Participation, by: Viewer, at: datetime) -> list[Part]:
    """Put the hours of those who take part into the case, and what standing in for them costs."""
    PERMISSIONS.require("change_case", by, case)
    if one.people < 1:
        raise Refused(_("Write how many people take part."), "people")
    if one.hours <= 0:
        raise Refused(_("Write how many hours each of them takes part."), "hours")
    if not 0 <= one.covered <= one.hours:
        raise Refused(_("Nobody can be stood in for longer than they take part."), "covered")
    with override(by.organisation.language):
        lines = lines_of(_in_words(one, by.organisation.language))
    written = [room.Written(content=line) for line in lines]
    return room.save(case=case, written=written, by=by, at=at)


def sealed_facts(cut: BudgetCut) -> dict[str, Any]:
    """What the journal commits to about a cut."""
    return {
        "unit": cut.unit.ref,
        "account": cut.account,
        "year": cut.year,
        "amount": f"{cut.amount:.2f}",
        "price_year": cut.price_year,
        "source": cut.source,
    }


def _price(given: str | Decimal, source: str) -> Any:
    return {"hourly_cost": given} if isinstance(given, str) else {"value": plain(given), "source": source}


def _in_words(one: Participation, language: str) -> TakingPart:
    """The lines as they will read in the case, in the language of the organisation."""
    how = gettext("%(people)s people × %(hours)s hours, of which %(covered)s with cover; %(source)s")
    facts = {
        "who": one.who,
        "task": one.task,
        "people": one.people,
        "hours": charts.figure(one.hours, language),
        "covered": charts.figure(one.covered, language),
        "source": one.source,
    }
    return TakingPart(
        title=gettext("%(who)s: %(task)s") % facts,
        cover_title=gettext("Cover for %(who)s: %(task)s") % facts,
        payer=one.unit,
        measure=gettext("hours"),
        year=one.year,
        people=one.people,
        hours=one.hours,
        covered=one.covered,
        hour=_price(one.hour, one.source),
        cover_hour=_price(one.cover_hour, one.source),
        source=how % facts,
    )
