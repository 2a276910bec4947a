"""The doormen of budgets: what was taken, beside what the case carries; hours and cover."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from samspil.business_case import queries as room
from samspil.business_case.budget import actions, forms, queries
from samspil.business_case.budget.drawing import picture
from samspil.business_case.budget.models import BudgetCut
from samspil.business_case.budget.words import TONES, VERDICTS, amount_of
from samspil.business_case.contest.figures import money
from samspil.business_case.models import Case
from samspil.business_case.pages import about, to
from samspil.business_case.permissions import PERMISSIONS
from samspil.initiative.permissions import affected_units
from samspil.kit.forms import answer as sent_to
from samspil.organisation.door import Request, door, typed_before_sign_in, who

BOTH = ("GET", "POST")


@door(PERMISSIONS, "see_case", find=room.case)
def budget(request: Request, found: Case) -> HttpResponse:
    """What has been taken from budgets, and what the case can carry of it, by unit and year."""
    held = queries.budget_of(found)
    context = {
        "budget": held,
        "chart": picture(found, held, request.viewer.today, get_language() or "en"),
        "rows": [(one, VERDICTS[one.verdict], TONES[one.verdict]) for one in held.rows if one.taken],
        "others": [one for one in held.rows if not one.taken],
        "cuts": [(one, amount_of(one)) for one in held.cuts],
        "may_enter": PERMISSIONS.allows("enter_cut", request.viewer, found),
        "currency": found.frame.get("currency", ""),
        "price_year": found.frame.get("price_year", ""),
    }
    return _page(request, "budget", found, context)


@door(PERMISSIONS, "enter_cut", find=room.case, methods=BOTH)
def enter_cut(request: Request, found: Case) -> HttpResponse:
    """Say what has been taken from a budget."""
    units = {one.ref: one for one in queries.units()}
    initial = typed_before_sign_in(request)
    form = forms.EnterCut(request.POST or None, units=list(units.values()), initial=initial)
    if request.method == "POST":
        cut = sent_to(form, lambda: _enter(request, found, form, units))
        if cut:
            messages.success(request, _("It is entered, and held against what the case brings."))
            return redirect(to(request, "budget", found.ref, cut.ref))
    return _page(request, "enter_cut", found, {"form": form}, _("Enter what was taken"))


@door(PERMISSIONS, "take_back_cut", find=queries.cut, methods=BOTH)
def take_back_cut(request: Request, found: BudgetCut) -> HttpResponse:
    """Take back an entry that was wrong."""
    form = forms.TakeBack(request.POST or None, initial=typed_before_sign_in(request))
    if request.method == "POST":
        done = sent_to(form, lambda: actions.take_back_cut(cut=found, **form.cleaned_data, **who(request)))
        if done:
            messages.success(request, _("The entry was taken back. It stays in the journal."))
            return redirect(to(request, "budget", found.case.ref))
    context = {"form": form, "cut": found, "amount": amount_of(found)}
    return _page(request, "take_back_cut", found.case, context, _("Take the entry back"))


@door(PERMISSIONS, "change_case", find=room.case, methods=BOTH)
def taking_part(request: Request, found: Case) -> HttpResponse:
    """Put the hours of those who take part into the case, and what standing in for them costs."""
    years = range(int(found.frame["first_year"]), int(found.frame["first_year"]) + int(found.frame["years"]))
    hourly = found.frame.get("hourly_costs", {})
    initial = {"year": forms.first_year(years, request.viewer.today), "covered": "0"}
    if hourly:
        initial |= {"hour": next(iter(hourly)), "cover_hour": next(iter(hourly))}
    form = forms.TakingPart(
        request.POST or None,
        units=_units(found),
        years=list(years),
        hourly_costs=[(name, f"{name}: {money(cost, found)}") for name, cost in hourly.items()],
        initial=initial | typed_before_sign_in(request),
    )
    if request.method == "POST":
        parts = sent_to(form, lambda: _take_part(request, found, form))
        if parts:
            messages.success(request, _("The hours stand in the case as costs."))
            return redirect(to(request, "part", parts[0].ref))
    return _page(request, "taking_part", found, {"form": form}, _("Hours and cover"))


def _enter(request: Request, case: Case, form: forms.EnterCut, units: dict[str, Any]) -> BudgetCut:
    given = {**form.cleaned_data, "unit": units[form.cleaned_data["unit"]]}
    because = request.GET.get("because", "")
    return actions.enter_cut(case=case, because=because, **given, **who(request))


def _take_part(request: Request, case: Case, form: forms.TakingPart) -> list[Any]:
    given = form.cleaned_data
    plain = {name: given[name] for name in ("who", "task", "unit", "year", "people", "hours", "covered")}
    one = actions.Participation(
        **plain, hour=form.price("hour"), cover_hour=form.price("cover_hour"), source=given["source"]
    )
    return actions.add_taking_part(case=case, one=one, **who(request))


def _units(case: Case) -> list[str]:
    """Those affected first, then every other: it is their hours that are taken."""
    first = [one.name for one in affected_units(case.initiative)]
    return [*first, *(one.name for one in queries.units() if one.name not in first)]


def _page(
    request: Request, template: str, case: Case, context: dict[str, Any], title: str = ""
) -> HttpResponse:
    beside = about(request, case, "budget", title or _("Already taken from budgets"))
    return render(request, f"business_case/budget/{template}.html", beside | context)
