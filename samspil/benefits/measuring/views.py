"""Planning, measuring, explaining, and bringing many figures at once."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samspil.benefits import queries
from samspil.benefits.measuring import actions, bringing, forms
from samspil.benefits.models import Benefit
from samspil.benefits.permissions import PERMISSIONS
from samspil.benefits.ways import BOTH, about_benefit, about_initiative, one_form, sent, url
from samspil.core.benefits.measured_list import KIND
from samspil.initiative import queries as hall
from samspil.initiative.models import Initiative
from samspil.kit.downloads import download
from samspil.kit.forms import answer
from samspil.organisation.door import Request, door, typed_before_sign_in, who
from samspil.organisation.lists import words
from samspil.organisation.lists.showing import faults_shown
from samspil.organisation.lists.template import template


@door(PERMISSIONS, "keep_ledger", find=queries.benefit, methods=BOTH)
def plan_measuring(request: Request, found: Benefit) -> HttpResponse:
    usual = {"first_on": found.first_on, "every_months": found.every_months or 6, "until": found.until}
    context = about_benefit(request.viewer, found, _("When is it measured?"))
    context |= {"submit": _("Save the plan"), "lead": found.measured_as}
    return one_form(
        request,
        forms.PlanForm(sent(request), initial=usual | typed_before_sign_in(request)),
        lambda form: actions.plan_measuring(benefit=found, **form.cleaned_data, **who(request)),
        context,
        done=_("The plan is saved. Owner and sponsor are reminded when a figure is missing."),
    )


@door(PERMISSIONS, "measure", find=queries.benefit, methods=BOTH)
def measure(request: Request, found: Benefit) -> HttpResponse:
    usual = {"on": request.viewer.today, "source": found.source}
    form = forms.MeasureForm(sent(request), unit=found.unit, initial=usual | typed_before_sign_in(request))
    context = about_benefit(request.viewer, found, _("Record a figure"))
    context |= {"submit": _("Save the figure"), "lead": found.measured_as}
    return one_form(
        request,
        form,
        lambda form: actions.measure(benefit=found, figure=form.figure(), **who(request)),
        context,
        done=_("The figure is saved."),
        template="benefits/folded_form.html",
    )


@door(PERMISSIONS, "explain_deviation", find=queries.benefit, methods=BOTH)
def explain_deviation(request: Request, found: Benefit) -> HttpResponse:
    context = about_benefit(request.viewer, found, _("Why it came otherwise"))
    context |= {"submit": _("Save"), "lead": _("Nobody is blamed; the next estimate gets better by it.")}
    return one_form(
        request,
        forms.DeviationForm(sent(request), initial=typed_before_sign_in(request)),
        lambda form: actions.explain_deviation(benefit=found, **form.cleaned_data, **who(request)),
        context,
        done=_("It is saved."),
    )


@door(PERMISSIONS, "bring_measurements", find=hall.initiative, methods=BOTH)
def bring_measurements(request: Request, initiative: Initiative) -> HttpResponse:
    """Figures from a file: all of them, or none and every fault with its place."""
    form = forms.BringForm(sent(request), request.FILES or None)
    faults = []
    if request.method == "POST":
        try:
            count = answer(form, lambda: _bring(request, initiative, form))
        except bringing.FaultyList as faulty:
            count, faults = None, faults_shown(faulty.faults, bringing.REASONS)
        if count:
            said = ngettext("One figure is taken in.", "%(count)s figures are taken in.", count)
            messages.success(request, said % {"count": count})
            return redirect(url(request.viewer, "register", initiative.ref))
    context = about_initiative(request.viewer, initiative, _("Bring figures from a file"))
    context |= {
        "form": form,
        "faults": faults,
        "known": queries.of_initiative(initiative, request.viewer.today),
    }
    return render(request, "benefits/bring.html", context)


@door(PERMISSIONS, "see_benefits", find=hall.initiative)
def measurements_template(request: Request, _initiative: Initiative, ending: str) -> HttpResponse:
    """The template in the reader's language."""
    help_ = (
        _("A line for each figure. The benefit is found by its title in the register."),
        _("Lines that begin with “Example:” are never taken over."),
        _("A second figure for the same day corrects the first; both are kept."),
    )
    found = template([KIND], ending, KIND.name(words.language()), words.language(), help_)
    if found is None:
        raise Http404
    return download(found)


def _bring(request: Request, initiative: Initiative, form: forms.BringForm) -> int:
    file = form.cleaned_data["file"]
    pairs = bringing.figures_in(file.name, file.read(), initiative, request.viewer)
    return actions.bring_measurements(initiative=initiative, brought=pairs, **who(request))
