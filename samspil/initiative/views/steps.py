"""Pages of binding steps: giving a date, and correcting it so that both stay visible."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from samspil.initiative import actions, queries
from samspil.initiative.forms import CorrectStepForm, StepForm
from samspil.initiative.models import BindingStep, Initiative
from samspil.initiative.permissions import PERMISSIONS
from samspil.initiative.views.ways import initial, initiative_crumbs, sent, to
from samspil.initiative.words import STEP_KINDS
from samspil.kit.forms import answer
from samspil.organisation.door import Request, door


@door(PERMISSIONS, "give_step_date", find=queries.initiative, methods=("GET", "POST"))
def plan_step(request: Request, initiative: Initiative) -> HttpResponse:
    """When is the budget adopted, the contract signed, the decision taken?"""
    form = StepForm(sent(request), initial=initial(request, phase=initiative.phase, kind="contract"))
    if request.method == "POST":
        done = answer(
            form,
            lambda: actions.plan_step(
                initiative=initiative, **form.cleaned_data, by=request.viewer, at=request.at
            ),
        )
        if done:
            messages.success(request, _("The date is saved. The clock now looks for a meeting before it."))
            return to(request, "initiative", initiative.ref, part="steps")
    context = {
        "initiative": initiative,
        "form": form,
        "breadcrumbs": initiative_crumbs(request, initiative, (_("Date of a binding step"), "")),
    }
    return render(request, "initiative/plan_step.html", context)


@door(PERMISSIONS, "give_step_date", find=queries.step, methods=("GET", "POST"))
def step(request: Request, step: BindingStep) -> HttpResponse:
    """Every date that was given for a step, and the form for the right one."""
    history = queries.history(step)
    usual = {"on": history.newest.on, "taken": history.newest.taken}
    form = CorrectStepForm(sent(request), initial=initial(request, **usual))
    if request.method == "POST":
        done = answer(
            form,
            lambda: actions.correct_step(step=step, **form.cleaned_data, by=request.viewer, at=request.at),
        )
        if done:
            messages.success(
                request, _("The date is corrected. The earlier one stays visible with your reason.")
            )
            return to(request, "initiative", step.initiative.ref, part="steps")
    context = {
        "step": step,
        "initiative": step.initiative,
        "history": history,
        "form": form,
        "breadcrumbs": initiative_crumbs(request, step.initiative, (STEP_KINDS[step.kind], "")),
    }
    return render(request, "initiative/step.html", context)
