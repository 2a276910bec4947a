"""Pages of what a substantial change asks for before it is put to use."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from samspil.initiative import actions, assessments
from samspil.initiative.forms import AssessmentDueForm, AssessmentForm
from samspil.initiative.models import Assessment
from samspil.initiative.permissions import PERMISSIONS
from samspil.initiative.views.ways import initial, initiative_crumbs, sent, to, url
from samspil.kit.downloads import download
from samspil.kit.exports import Export
from samspil.kit.forms import answer, typed_on
from samspil.kit.refusal import ChangedMeanwhile
from samspil.organisation import drafts, files
from samspil.organisation.door import Request, door


@door(PERMISSIONS, "see_initiative", find=assessments.assessment)
def assessment(request: Request, found: Assessment) -> HttpResponse:
    """The rule in plain words, by when, and what came of it."""
    context = _page(request, found)
    context["may_record"] = PERMISSIONS.allows("record_assessment", request.viewer, found)
    context["who_records"] = PERMISSIONS["initiative.record_assessment"].sentence
    return render(request, "initiative/assessment.html", context)


@door(PERMISSIONS, "record_assessment", find=assessments.assessment, methods=("GET", "POST"))
def record_assessment(request: Request, found: Assessment) -> HttpResponse:
    """When it was done, what was found, and which safety representative took part."""
    form, fault = _form(request, found, sent(request)), None
    if request.method == "POST":
        try:
            if answer(form, lambda: _record(request, found, form)):
                drafts.sent(request)
                messages.success(request, _("Recorded. The gate now knows that it was assessed."))
                return to(request, "assessment", found.ref)
        except ChangedMeanwhile as changed:
            fault = changed
            form = _form(request, found, typed_on(request.POST, found.version))
    context = _page(request, found, (_("Record it"), "")) | {"form": form, "fault": fault}
    context["nobody"] = not form.people
    return render(request, "initiative/record_assessment.html", context, status=409 if fault else 200)


@door(PERMISSIONS, "record_assessment", find=assessments.assessment, methods=("GET", "POST"))
def date_assessment(request: Request, found: Assessment) -> HttpResponse:
    """By which day it is to be done."""
    form, fault = _due_form(request, found, sent(request)), None
    if request.method == "POST":
        try:
            if answer(form, lambda: _date(request, found, form)):
                messages.success(
                    request, _("The day is saved. The project lead is reminded two weeks before.")
                )
                return to(request, "assessment", found.ref)
        except ChangedMeanwhile as changed:
            fault = changed
            form = _due_form(request, found, typed_on(request.POST, found.version))
    context = _page(request, found, (_("By which day"), "")) | {"form": form, "fault": fault}
    return render(request, "initiative/date_assessment.html", context, status=409 if fault else 200)


@door(PERMISSIONS, "see_initiative", find=assessments.assessment)
def assessment_file(request: Request, found: Assessment) -> HttpResponse:
    """The assessment as it was written."""
    if found.file is None:
        raise Http404
    return download(Export(found.file.name, found.file.content_type, bytes(found.file.blob.data)))


def _page(request: Request, found: Assessment, *more: tuple[Any, str]) -> dict[str, Any]:
    wording = assessments.worded(found.wording)
    here = (wording.body["title"], url(request, "assessment", found.ref) if more else "")
    return {
        "assessment": found,
        "initiative": found.initiative,
        "wording": wording.body,
        "language": wording.language,
        "late": assessments.is_late(found, request.viewer.today),
        "breadcrumbs": initiative_crumbs(request, found.initiative, here, *more),
    }


def _form(request: Request, found: Assessment, data: Any) -> AssessmentForm:
    usual = {
        "done_on": found.done_on or request.viewer.today,
        "found": found.found,
        "measures": found.measures,
        "safety_rep": found.safety_rep.ref if found.safety_rep else "",
        "version": found.version,
    }
    seats = assessments.safety_seats(request.viewer.today)
    brought = request.FILES if request.method == "POST" else None
    return drafts.begin(request, partial(AssessmentForm, data, brought, seats=seats), **usual)


@transaction.atomic
def _record(request: Request, found: Assessment, form: AssessmentForm) -> Assessment:
    typed = dict(form.cleaned_data)
    typed["file"] = files.brought(typed["file"], request.viewer, request.at)
    return actions.record_assessment(assessment=found, **typed, by=request.viewer, at=request.at)


def _due_form(request: Request, found: Assessment, data: Any) -> AssessmentDueForm:
    return AssessmentDueForm(data, initial=initial(request, due=found.due, version=found.version))


def _date(request: Request, found: Assessment, form: AssessmentDueForm) -> Assessment:
    return actions.date_assessment(assessment=found, **form.cleaned_data, by=request.viewer, at=request.at)
