"""The pages of a list of projects: the template, what it would change, and what became of it."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.cache import never_cache

from samspil.core import project_list as core
from samspil.initiative.permissions import PERMISSIONS
from samspil.initiative.project_list import actions
from samspil.initiative.views.ways import crumbs, to, url
from samspil.initiative.words import PHASES
from samspil.kit.downloads import download
from samspil.kit.forms import answer
from samspil.organisation.door import Request, door
from samspil.organisation.lists import waiting, words
from samspil.organisation.lists.actions import ShownAnew
from samspil.organisation.lists.forms import BringForm
from samspil.organisation.lists.showing import FAULTS_SHOWN, changed, faults_shown, few
from samspil.organisation.lists.template import template
from samspil.organisation.models import Person, WaitingList

REASONS = words.REASONS | {
    "no_currency": gettext_lazy("Say in which currency the amount is: DKK, SEK or EUR."),
    "not_a_year": gettext_lazy("“%(cell)s” is not a year."),
    "several_projects": gettext_lazy("Several initiatives are called “%(cell)s”. Give the project number."),
    "phase_differs": gettext_lazy(
        "“%(title)s” is in another phase in Samspil. That changes at a gate and stays as it is."
    ),
}


class TakeOverForm(forms.Form):
    """What was seen."""

    seen = forms.CharField(widget=forms.HiddenInput, max_length=64)


def find(ref: str) -> WaitingList | None:
    return waiting.find(actions.KIND, ref)


@never_cache
@door(PERMISSIONS, "bring_projects", methods=("GET", "POST"))
def bring_projects(request: Request) -> HttpResponse:
    """Where a list of projects is brought."""
    form = BringForm(request.POST or None, request.FILES or None)
    if request.method == "POST":
        does: dict[str, Any] = {"by": request.viewer, "at": request.at}
        made = answer(form, lambda: actions.bring_projects(**form.cleaned_data, **does))
        if made:
            return to(request, "look_at_projects", made.ref)
    context = {
        "form": form,
        "waiting": waiting.of_kind(actions.KIND),
        "look_page": "initiative:look_at_projects",
        "breadcrumbs": crumbs(
            request, (_("Initiatives"), url(request, "initiatives")), (_("Bring a list of projects"), "")
        ),
    }
    return render(request, "initiative/bring_projects.html", context)


@door(PERMISSIONS, "bring_projects")
def projects_template(request: Request, ending: str) -> HttpResponse:
    help_ = (
        _("One line per project. The owner, the project lead and the unit must be known here already."),
        _("Lines that begin with “Example:” are never taken over."),
        _("A project is found again by its number, else by its title."),
        _("Money is kept as it is given, with currency, price year and where it comes from."),
        _("The phase counts when a project is new. Later it changes at the gates."),
    )
    found = template([core.KIND], ending, _("projects"), words.language(), help_)
    if found is None:
        raise Http404
    return download(found)


@never_cache
@door(PERMISSIONS, "see_projects", find=find)
def look_at_projects(request: Request, found: WaitingList) -> HttpResponse:
    """What the list would change, or everything that is wrong with it."""
    return _preview(request, found)


@never_cache
@door(PERMISSIONS, "take_over_projects", find=find, methods=("POST",))
def take_over_projects(request: Request, found: WaitingList) -> HttpResponse:
    """Take it over as a whole. What no longer holds is shown anew."""
    form = TakeOverForm(request.POST)
    does: dict[str, Any] = {"by": request.viewer, "at": request.at}
    try:
        done = answer(
            form, lambda: actions.take_over_projects(waiting_list=found, **form.cleaned_data, **does)
        )
    except ShownAnew as shown:
        return _preview(request, found, anew=str(shown.sentence))
    if done is None:
        return _preview(request, found, form)
    said = [
        ngettext("%(number)s initiative is new", "%(number)s initiatives are new", done.new)
        % {"number": done.new},
        ngettext("%(number)s has changed", "%(number)s have changed", done.changed)
        % {"number": done.changed},
    ]
    messages.success(request, _("The list is taken over: %(said)s.") % {"said": ", ".join(said)})
    return to(request, "initiatives")


@door(PERMISSIONS, "throw_away_projects", find=find, methods=("POST",))
def throw_away_projects(request: Request, found: WaitingList) -> HttpResponse:
    actions.throw_away_projects(waiting_list=found, by=request.viewer, at=request.at)
    messages.success(request, _("The list is thrown away. Nothing was changed."))
    return to(request, "bring_projects")


def _preview(
    request: Request, found: WaitingList, form: TakeOverForm | None = None, anew: str = ""
) -> HttpResponse:
    plan = actions.plan_of(waiting.tables(found))
    people = _people(plan)
    context = {
        "list": found,
        "take_over_page": "initiative:take_over_projects",
        "throw_away_page": "initiative:throw_away_projects",
        "files": waiting.names(found),
        "plan": plan,
        "form": form or TakeOverForm(initial={"seen": plan.fingerprint}),
        "anew": anew,
        "faults": faults_shown(plan.faults, REASONS),
        "notes": faults_shown(plan.notes, REASONS),
        "more_faults": max(0, len(plan.faults) - FAULTS_SHOWN),
        "nothing": not plan.changes_anything,
        **few("new", plan.new, lambda one: _new(one, people)),
        **few("changed", plan.changed, lambda one: _changed(one, people)),
        **few("gone", plan.gone),
        "breadcrumbs": crumbs(
            request,
            (_("Initiatives"), url(request, "initiatives")),
            (_("Bring a list of projects"), url(request, "bring_projects")),
            (_("What would change"), ""),
        ),
    }
    return render(request, "initiative/look_at_projects.html", context)


def _people(plan: core.Plan) -> dict[int, str]:
    keys = {one.values.get(name) for one in (*plan.new, *plan.changed) for name in ("owner", "lead")}
    keys |= {c.before for one in plan.changed for c in one.changes if c.column in ("owner", "lead")}
    rows = Person.objects.filter(pk__in=[key for key in keys if key])
    return {person.pk: str(person) for person in rows}


def _new(one: core.Project, people: dict[int, str]) -> dict[str, Any]:
    return {
        "title": one.label,
        "phase": PHASES[one.values["phase"]] if one.values.get("phase") else "–",
        "owner": people.get(one.values.get("owner") or 0, "–"),
        "amount": one.values.get("amount"),
        "currency": one.values.get("currency"),
        "next": one.values.get("next_decision"),
    }


def _changed(one: core.Project, people: dict[int, str]) -> dict[str, Any]:
    return changed(
        one.label,
        one.changes,
        lambda column: words.column_name(core.KIND, column),
        lambda column, value: _shown(column, value, people),
    )


def _shown(column: str, value: Any, people: dict[int, str]) -> str:
    if column in ("owner", "lead"):
        return people.get(value, "–")
    return words.shown(core.PROJECTS, column, value)
