"""The doormen of the light case: begin it, write it on one page."""

from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from samspil.business_case import actions, queries
from samspil.business_case.format import parts_of
from samspil.business_case.light.forms import BeginForm, LightForm, is_light, meaning_of
from samspil.business_case.models import Case
from samspil.business_case.pages import about, to, way_to
from samspil.business_case.permissions import PERMISSIONS
from samspil.business_case.refusals import at_fields
from samspil.business_case.results import standing_of
from samspil.business_case.table.views import lines_of, saved, state, years_of
from samspil.initiative import queries as hall
from samspil.initiative.models import Initiative
from samspil.kit.forms import answer
from samspil.kit.refusal import ChangedMeanwhile
from samspil.organisation import drafts
from samspil.organisation.door import Request, door, who

BOTH = ("GET", "POST")


@door(PERMISSIONS, "begin_case", find=hall.initiative, methods=BOTH)
def begin(request: Request, initiative: Initiative) -> HttpResponse:
    """A light case of five lines on one page."""
    there = queries.case_of(initiative)
    if there and request.method == "GET":
        return redirect(to(request, "case", there.ref))
    frame = actions.usual_frame(request.viewer)
    usual = {name: frame[name] for name in ("first_year", "years")}
    form = drafts.begin(
        request,
        partial(BeginForm, request.POST or None),
        title=initiative.title,
        because=request.GET.get("because", ""),
        **usual,
    )
    if request.method == "POST":
        case = _begun(request, initiative, form)
        if case:
            drafts.sent(request)
            messages.success(request, _("The business case is begun."))
            return redirect(to(request, "case", case.ref))
    context = {
        "initiative": initiative,
        "form": form,
        "grid": form.grid,
        "frame": frame,
        "breadcrumbs": [*way_to(request, initiative), {"title": _("Business case")}],
    }
    return render(request, "business_case/light/begin.html", context)


@door(PERMISSIONS, "change_case", find=queries.case, methods=BOTH)
def light(request: Request, case: Case) -> HttpResponse:
    """The lines of a light case on one page, and what they come to."""
    here = parts_of(case)
    if not is_light(case, here):
        return redirect(to(request, "table", case.ref))
    make = partial(LightForm, request.POST or None, parts=lines_of(case, request.POST), years=years_of(case))
    form = drafts.begin(request, make, meaning=meaning_of(here), seen=state(case))
    quicker = False
    if request.method == "POST":
        try:
            if form.is_valid() and saved(request, case, form.grid):
                drafts.sent(request)
                return redirect(request.path)
        except ChangedMeanwhile:
            form.grid.meet()
            quicker = True
    context = about(request, case, "light", _("On one page"))
    context |= {
        "form": form,
        "grid": form.grid,
        "quicker": quicker,
        "seen": state(case),
        "standing": standing_of(case),
        "undoable": queries.last_own_step(case, request.viewer.person),
    }
    return render(request, "business_case/light/light.html", context, status=409 if quicker else 200)


def _begun(request: Request, initiative: Initiative, form: BeginForm) -> Case | None:
    written = form.grid.written()

    def begin_it() -> Case:
        return actions.begin(
            initiative=initiative,
            title=form.cleaned_data["title"],
            frame=form.frame(),
            parts=[one for _row, one in written],
            because=form.cleaned_data["because"],
            **who(request),
        )

    if form.grid.too_long():
        return None
    return answer(form, lambda: at_fields(begin_it, lambda fault: form.grid.refused(fault, written)))
