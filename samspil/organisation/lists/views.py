"""The pages of lists that are brought: the template, what a list would change, and what became of it."""

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache

from samspil.core import organisation_list as core
from samspil.core.organisation_list import Entry, Plan
from samspil.core.organisation_sheets import KINDS as SHEETS
from samspil.kit.downloads import download
from samspil.kit.forms import answer
from samspil.organisation.door import Request, door
from samspil.organisation.lists import actions, forms, waiting, words
from samspil.organisation.lists.showing import FAULTS_SHOWN, changed, faults_shown, few
from samspil.organisation.lists.template import template
from samspil.organisation.models import WaitingList
from samspil.organisation.permissions import PERMISSIONS

KINDS = {kind.key: kind for kind in SHEETS}


def find(ref: str) -> WaitingList | None:
    return waiting.find(actions.KIND, ref)


@never_cache
@door(PERMISSIONS, "bring_list", methods=("GET", "POST"))
def bring_list(request: Request) -> HttpResponse:
    """Where a list is brought: template, files, and what waits already."""
    form = forms.BringForm(request.POST or None, request.FILES or None)
    if request.method == "POST":
        made = answer(form, lambda: actions.bring_list(**form.cleaned_data, by=request.viewer, at=request.at))
        if made:
            return HttpResponseRedirect(_at(request, "look_at_list", made.ref))
    context = {
        "form": form,
        "kinds": [(kind.key, words.kind_name(kind)) for kind in SHEETS],
        "waiting": waiting.of_kind(actions.KIND),
        "look_page": "organisation:look_at_list",
        "breadcrumbs": [*_above(request), {"title": _("Bring a list")}],
    }
    return render(request, "organisation/lists/bring.html", context)


@door(PERMISSIONS, "bring_list")
def list_template(request: Request, ending: str) -> HttpResponse:
    """The template in the reader's language."""
    help_ = (
        _("Fill in one sheet per kind. A sheet or column you do not need can go; what it says then stays."),
        _("Lines that begin with “Example:” are never taken over."),
        _("People are found again by employee number, else by e-mail address."),
        _("Units are found again by key, else by their name below the unit they belong to."),
        _("A role is found again by person, role and unit. Administrators are not brought in a list."),
        _("Committees, unions and groups are found again by name."),
        _("An empty cell empties what is known. A key is never emptied."),
        _("Whoever is missing from the file stays, until you say that they have left."),
    )
    found = template(SHEETS, ending, _("organisation"), words.language(), help_)
    if found is None:
        raise Http404
    return download(found)


@never_cache
@door(PERMISSIONS, "see_list", find=find)
def look_at_list(request: Request, found: WaitingList) -> HttpResponse:
    """What the list would change, or everything that is wrong with it."""
    return _preview(request, found)


@never_cache
@door(PERMISSIONS, "take_over_list", find=find, methods=("POST",))
def take_over_list(request: Request, found: WaitingList) -> HttpResponse:
    """Take it over as a whole. What no longer holds is shown anew."""
    form = forms.TakeOverForm(request.POST)
    try:
        done = answer(
            form,
            lambda: actions.take_over_list(
                waiting_list=found, **form.chosen(), by=request.viewer, at=request.at
            ),
        )
    except actions.ShownAnew as shown:
        return _preview(request, found, anew=str(shown.sentence))
    if done is None:
        return _preview(request, found, form)
    messages.success(request, _became(done))
    return HttpResponseRedirect(_at(request, "handover" if done.left else "overview"))


@door(PERMISSIONS, "throw_away_list", find=find, methods=("POST",))
def throw_away_list(request: Request, found: WaitingList) -> HttpResponse:
    actions.throw_away_list(waiting_list=found, by=request.viewer, at=request.at)
    messages.success(request, _("The list is thrown away. Nothing was changed."))
    return HttpResponseRedirect(_at(request, "bring_list"))


# --- the preview ----------------------------------------------------------------------------------------


def _preview(
    request: Request, found: WaitingList, form: forms.TakeOverForm | None = None, anew: str = ""
) -> HttpResponse:
    plan = actions.plan_of(waiting.tables(found), request.viewer)
    if form is None:
        form = forms.TakeOverForm(initial={"seen": plan.fingerprint, "left_on": request.viewer.today})
    form.show(plan.gone[core.PEOPLE][: actions.MOST_LEAVERS])
    missing = len(plan.gone[core.PEOPLE])
    context = {
        "list": found,
        "take_over_page": "organisation:take_over_list",
        "throw_away_page": "organisation:throw_away_list",
        "files": waiting.names(found),
        "plan": plan,
        "form": form,
        "anew": anew,
        "faults": faults_shown(plan.faults),
        "more_faults": max(0, len(plan.faults) - FAULTS_SHOWN),
        "sums": list(_sums(plan)),
        "parts": list(_parts(plan)),
        "missing": missing,
        "missing_more": max(0, missing - actions.MOST_LEAVERS),
        "nothing": not plan.faults and not plan.changes_anything and not missing,
        "gone": sum(len(rows) for rows in plan.gone.values()),
        "breadcrumbs": [
            *_above(request),
            {"title": _("Bring a list"), "url": _at(request, "bring_list")},
            {"title": _("What would change")},
        ],
    }
    return render(request, "organisation/lists/preview.html", context)


def _sums(plan: Plan) -> Iterator[dict[str, Any]]:
    for kind in core.ORDER:
        sums = {
            "new": len(plan.new[kind]),
            "changed": len(plan.changed[kind]),
            "unchanged": plan.unchanged[kind],
            "gone": len(plan.gone[kind]),
        }
        if any(sums.values()):
            yield {"name": words.kind_name(KINDS[kind]), **sums}


def _parts(plan: Plan) -> Iterator[dict[str, Any]]:
    """For each kind what is new, what changes and what is not in the file, as far as a page can show it."""
    for kind in core.ORDER:
        gone = plan.gone[kind] if kind != core.PEOPLE else ()  # people are asked about in the form
        new, changed_ = plan.new[kind], plan.changed[kind]
        if new or changed_ or gone:
            yield {
                "name": words.kind_name(KINDS[kind]),
                **few("new", new, lambda one: _named(one.kind, one.label, one.values.get("kind"))),
                **few("changed", changed_, _changed),
                **few("gone", gone, lambda one: _named(one.kind, one.label, one.what)),
            }


def _named(kind: str, label: str, what: str | None) -> str:
    """A role is told by what it is; everything else by its name alone."""
    return f"{label} ({words.shown(kind, 'kind', what)})" if kind == core.ROLES else label


def _changed(entry: Entry) -> dict[str, Any]:
    kind = KINDS[entry.kind]
    return changed(
        _named(entry.kind, entry.label, entry.values.get("kind")),
        entry.changes,
        lambda column: words.column_name(kind, column),
        lambda column, value: words.shown(entry.kind, column, value),
    )


def _became(done: actions.TakenOver) -> str:
    said = [
        ngettext("%(number)s row is new", "%(number)s rows are new", done.new) % {"number": done.new},
        ngettext("%(number)s has changed", "%(number)s have changed", done.changed)
        % {"number": done.changed},
        ngettext("%(number)s person has left", "%(number)s people have left", done.left)
        % {"number": done.left},
    ]
    return _("The list is taken over: %(said)s.") % {"said": ", ".join(said)}


def _at(request: Request, page: str, *address: str) -> str:
    return reverse(f"organisation:{page}", args=[request.organisation.slug, *address])


def _above(request: Request) -> list[dict[str, str]]:
    return [
        {"title": _("Start"), "url": reverse("home", args=[request.organisation.slug])},
        {"title": _("Organisation"), "url": _at(request, "overview")},
    ]
