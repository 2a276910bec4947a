"""The doormen of lines, shared figures and risks: each on a page of its own."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samspil.business_case import actions, queries
from samspil.business_case.contest import pages as contest
from samspil.business_case.format import parts_of, role_of
from samspil.business_case.models import Case, Part
from samspil.business_case.pages import about, may_change, to
from samspil.business_case.parts import forms
from samspil.business_case.parts.facts import facts_of
from samspil.business_case.permissions import PERMISSIONS
from samspil.business_case.refusals import at_fields
from samspil.business_case.results import worth_of
from samspil.business_case.table.columns import whole
from samspil.business_case.table.views import years_of
from samspil.initiative.things import thread_of
from samspil.initiative.words import LINKS_BACK, LINKS_ON
from samspil.kit.forms import answer, typed_on
from samspil.kit.refusal import ChangedMeanwhile
from samspil.organisation import drafts
from samspil.organisation.door import Request, door, who

BOTH = ("GET", "POST")
LATELY = 10
NEW_TITLES = {
    "line": gettext_lazy("A new line"),
    "driver": gettext_lazy("A new shared figure"),
    "risk": gettext_lazy("A new risk"),
}
HELP = {
    "line": gettext_lazy(
        "A cost or a benefit: what it is a year at full effect, and how much falls in which year."
    ),
    "driver": gettext_lazy(
        "A figure that several lines rest on, such as a wage, an uptake or a volume: it is unsure once for"
        " all of them."
    ),
    "risk": gettext_lazy(
        "What may occur. What will occur in an unknown amount is a range of a line instead."
    ),
}


@door(PERMISSIONS, "see_case", find=queries.part)
def part(request: Request, found: Part) -> HttpResponse:
    """One part with everything that can be followed from it: figure, source, people, what it rests on."""
    thread = thread_of(found.thing, request.viewer)
    context = about(request, found.case, "", str(found))
    context |= {
        "part": found,
        "owner_role": role_of(found.owner),
        "estimator_role": role_of(found.estimator),
        "facts": facts_of(found, found.case.parts.select_related("thing")),
        "worth": worth_of(found) if found.kind == Part.Kind.LINE else None,
        "edits": list(found.edits.select_related("by").order_by("-number")[:LATELY]),
        "forward": [(LINKS_ON[kind], card) for kind, card in thread.forward],
        "backward": [(LINKS_BACK[kind], card) for kind, card in thread.backward],
        "may_change": may_change(request, found.case) and found.taken_out_at is None,
        **contest.said(found, request.viewer),
    }
    return render(request, "business_case/parts/part.html", context)


@door(PERMISSIONS, "see_case", find=queries.case)
def shared(request: Request, case: Case) -> HttpResponse:
    """The shared figures and the risks of a case."""
    here = parts_of(case)
    context = about(request, case, "shared", _("Shared figures and risks"))
    context |= {
        "drivers": [(one, facts_of(one, here)) for one in here if one.kind == Part.Kind.DRIVER],
        "risks": [(one, facts_of(one, here)) for one in here if one.kind == Part.Kind.RISK],
    }
    return render(request, "business_case/parts/shared.html", context)


@door(PERMISSIONS, "change_case", find=queries.case, methods=BOTH)
def add_part(request: Request, case: Case, kind: str) -> HttpResponse:
    """A new line, shared figure or risk with everything it can say."""
    if kind not in Part.Kind.values:
        raise Http404
    make = _form(case, kind, request.POST or None, None)
    form = drafts.begin(request, make, because=request.GET.get("because", ""))
    if request.method == "POST":
        kept = _kept(form, lambda: _add(request, case, kind, form))
        if kept:
            drafts.sent(request)
            messages.success(request, _("“%(title)s” stands in the case.") % {"title": str(kept)})
            return redirect(_home(request, kept))
    context = about(request, case, _tab(kind), str(NEW_TITLES[kind]))
    context |= {"form": form, "kind": kind, "help": HELP[kind], "heading": NEW_TITLES[kind]}
    return render(request, "business_case/parts/form.html", context)


@door(PERMISSIONS, "change_case", find=queries.part, methods=BOTH)
def change_part(request: Request, found: Part) -> HttpResponse:
    """Everything that a part says, to be changed."""
    make, fault = _form(found.case, found.kind, request.POST or None, found), None
    form = drafts.begin(request, make, because=request.GET.get("because", ""), **_initial(found))
    if request.method == "POST":
        try:
            if _kept(form, lambda: _change(request, found, form)):
                drafts.sent(request)
                messages.success(request, _("“%(title)s” is saved.") % {"title": form.cleaned_data["title"]})
                return redirect(to(request, "part", found.ref))
        except ChangedMeanwhile as changed:
            fault = changed
            newest = Part.objects.get(pk=found.pk)
            form = _form(found.case, found.kind, typed_on(request.POST, newest.version), found)()
    context = about(request, found.case, _tab(found.kind), str(found))
    context |= {
        "form": form,
        "fault": fault,
        "part": found,
        "kind": found.kind,
        "help": HELP[found.kind],
        "heading": str(found),
    }
    return render(request, "business_case/parts/form.html", context, status=409 if fault else 200)


@door(PERMISSIONS, "change_case", find=queries.part, methods=BOTH)
def take_out(request: Request, found: Part) -> HttpResponse:
    """Take a part out of the case, after a question."""
    if request.method == "POST":
        actions.take_out(part=found, version=whole(request.POST.get("version", "")), **who(request))
        messages.success(request, _("“%(title)s” was taken out.") % {"title": str(found)})
        return redirect(to(request, "table" if found.kind == Part.Kind.LINE else "shared", found.case.ref))
    context = about(request, found.case, _tab(found.kind), _("Take out"))
    return render(request, "business_case/parts/take_out.html", context | {"part": found})


@door(PERMISSIONS, "change_case", find=queries.part, methods=("POST",))
def move(request: Request, found: Part) -> HttpResponse:
    """One place up or down among those of its kind."""
    here = [one for one in parts_of(found.case) if one.kind == found.kind]
    place = next((place for place, one in enumerate(here) if one.pk == found.pk), 0)
    wanted = place - 1 if request.POST.get("way") == "up" else place + 2
    if 0 <= wanted <= len(here):
        before = here[wanted] if wanted < len(here) else None
        actions.move(part=found, before=before, **who(request))
    return redirect(to(request, "part", found.ref))


def _form(case: Case, kind: str, data: Any, found: Part | None) -> Callable[..., forms.PartForm]:
    here = parts_of(case)
    hourly = sorted(case.frame.get("hourly_costs", {}))
    if kind == Part.Kind.LINE:
        drivers = [one for one in here if one.kind == Part.Kind.DRIVER]
        return partial(forms.LineForm, data, part=found, years=years_of(case), drivers=drivers, hourly=hourly)
    if kind == Part.Kind.RISK:
        lines = [one for one in here if one.kind == Part.Kind.LINE]
        return partial(forms.RiskForm, data, part=found, lines=lines)
    return partial(forms.DriverForm, data, part=found, hourly=hourly)


def _initial(found: Part) -> dict[str, Any]:
    if found.kind == Part.Kind.LINE:
        return forms.initial_line(found, years_of(found.case))
    return forms.initial_risk(found) if found.kind == Part.Kind.RISK else forms.initial_driver(found)


def _kept(form: forms.PartForm, call: Callable[[], Part]) -> Part | None:
    return answer(form, lambda: at_fields(call, form.refused))


def _add(request: Request, case: Case, kind: str, form: forms.PartForm) -> Part:
    return actions.add(
        case=case,
        kind=kind,
        content=form.content(),
        owner=form.person("owner"),
        estimator=form.person("estimator"),
        because=form.cleaned_data["because"],
        **who(request),
    )


def _change(request: Request, found: Part, form: forms.PartForm) -> Part:
    return actions.change(
        part=found,
        version=form.cleaned_data["version"] or 0,
        content=form.content(),
        owner=form.person("owner"),
        estimator=form.person("estimator"),
        because=form.cleaned_data["because"],
        **who(request),
    )


def _tab(kind: str) -> str:
    return "table" if kind == Part.Kind.LINE else "shared"


def _home(request: Request, kept: Part) -> str:
    if kept.kind == Part.Kind.LINE:
        return to(request, "part", kept.ref)
    return to(request, "shared", kept.case.ref)
