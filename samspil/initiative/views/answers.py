"""Pages on which people answer: what a gate asks for, what happens from Monday, who was told about AI."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from samspil.core.gates import Line
from samspil.initiative import actions, ai_duties, assessments, evidence, page, process, queries, things
from samspil.initiative.forms import AIDueForm, AIForm, DemandForm, MondayForm
from samspil.initiative.models import AIDuty, Evidence, Initiative
from samspil.initiative.permissions import PERMISSIONS
from samspil.initiative.queries import Affected
from samspil.initiative.views.ways import initial, initiative_crumbs, sent, to, url
from samspil.initiative.words import TOLD, WAYS
from samspil.kit.forms import answer, typed_on
from samspil.kit.refusal import ChangedMeanwhile
from samspil.organisation import drafts
from samspil.organisation.door import Request, door
from samspil.organisation.models import AudienceGroup, Unit


@door(PERMISSIONS, "answer_demand", find=queries.initiative, methods=("GET", "POST"))
def answer_demand(request: Request, initiative: Initiative, gate: str, demand: str) -> HttpResponse:
    """Met, missing, unknown, or not relevant, because …."""
    line, row = _line(initiative, gate, demand)
    form, fault = _demand_form(request, initiative, line, row), None
    if "find" in request.POST:
        form.look()
    elif request.method == "POST":
        try:
            if answer(form, lambda: _answer(request, initiative, row, form)):
                drafts.sent(request)
                messages.success(request, _("Answered: “%(title)s”.") % {"title": line.demand.title})
                return to(request, "initiative", initiative.ref, part="board")
        except ChangedMeanwhile as changed:
            fault = changed
            form = _demand_form(request, initiative, line, row, typed_on(request.POST, row.version))
    context = {
        "initiative": initiative,
        "line": line,
        "row": row,
        "form": form,
        "fault": fault,
        "by_room": evidence.answered_by_a_room(line.demand),
        "owed_by": page.owed_by(line.demand, initiative),
        "breadcrumbs": initiative_crumbs(request, initiative, (line.demand.title, "")),
    }
    return render(request, "initiative/answer_demand.html", context, status=409 if fault else 200)


@door(PERMISSIONS, "say_monday", find=queries.initiative, methods=("GET", "POST"))
def monday(request: Request, initiative: Initiative, whom: str) -> HttpResponse:
    """From Monday we do … differently, or unchanged, because …."""
    affected = _affected(initiative, whom)
    form, fault = _monday_form(request, affected, sent(request)), None
    if request.method == "POST":
        try:
            if answer(form, lambda: _say_monday(request, initiative, affected, form)):
                drafts.sent(request)
                messages.success(request, _("Said for %(name)s.") % {"name": affected.name})
                return to(request, "initiative", initiative.ref, part="monday")
        except ChangedMeanwhile as changed:
            fault = changed
            form = _monday_form(
                request, affected, typed_on(request.POST, affected.said.version if affected.said else 0)
            )
    context = {
        "initiative": initiative,
        "affected": affected,
        "form": form,
        "fault": fault,
        "breadcrumbs": initiative_crumbs(request, initiative, (affected.name, "")),
    }
    return render(request, "initiative/monday.html", context, status=409 if fault else 200)


@door(PERMISSIONS, "inform_about_ai", find=queries.initiative, methods=("GET", "POST"))
def inform_about_ai(request: Request, initiative: Initiative) -> HttpResponse:
    """When and how people were told that artificial intelligence is involved."""
    duty = getattr(initiative, "ai_duty", None)
    form, fault = _ai_form(request, duty, sent(request)), None
    if request.method == "POST":
        try:
            if answer(form, lambda: _inform(request, initiative, form)):
                drafts.sent(request)
                messages.success(request, _("Recorded. The gate now knows when people were told."))
                return to(request, "initiative", initiative.ref, part="board")
        except ChangedMeanwhile as changed:
            fault = changed
            form = _ai_form(request, duty, typed_on(request.POST, duty.version if duty else 1))
    context = {
        "initiative": initiative,
        "duty": duty,
        "late": bool(duty and ai_duties.is_late(duty, request.viewer.today)),
        "told": _told(duty) if duty else [],
        "wording": assessments.wording_of("ai_information", request.organisation),
        "form": form,
        "fault": fault,
        "breadcrumbs": initiative_crumbs(request, initiative, (_("Artificial intelligence"), "")),
    }
    return render(request, "initiative/inform_about_ai.html", context, status=409 if fault else 200)


@door(PERMISSIONS, "inform_about_ai", find=queries.initiative, methods=("GET", "POST"))
def date_ai_duty(request: Request, initiative: Initiative) -> HttpResponse:
    """By which day people are to be told."""
    duty = getattr(initiative, "ai_duty", None)
    if duty is None:
        return to(request, "inform_about_ai", initiative.ref)
    form, fault = _due_form(request, duty, sent(request)), None
    if request.method == "POST":
        try:
            if answer(form, lambda: _date(request, initiative, form)):
                messages.success(
                    request, _("The day is saved. The project lead is reminded two weeks before.")
                )
                return to(request, "inform_about_ai", initiative.ref)
        except ChangedMeanwhile as changed:
            fault = changed
            form = _due_form(request, duty, typed_on(request.POST, duty.version))
    about = (_("Artificial intelligence"), url(request, "inform_about_ai", initiative.ref))
    context = {
        "initiative": initiative,
        "form": form,
        "fault": fault,
        "breadcrumbs": initiative_crumbs(request, initiative, about, (_("By which day"), "")),
    }
    return render(request, "initiative/date_ai_duty.html", context, status=409 if fault else 200)


def _due_form(request: Request, duty: AIDuty, data: Any) -> AIDueForm:
    return AIDueForm(data, initial=initial(request, due=duty.due, version=duty.version))


def _date(request: Request, initiative: Initiative, form: AIDueForm) -> AIDuty:
    return actions.date_ai_duty(initiative=initiative, **form.cleaned_data, by=request.viewer, at=request.at)


def _ai_form(request: Request, duty: AIDuty | None, data: Any) -> AIForm:
    usual: dict[str, Any] = {"informed_on": request.viewer.today, "version": duty.version if duty else 1}
    if duty:
        usual["whom"] = [one for one in TOLD if getattr(duty, f"{one}_on") is None]
    return drafts.begin(request, partial(AIForm, data), **usual)


def _told(duty: AIDuty) -> list[tuple[Any, Any, Any, str]]:
    """Who was told, when, in which way, and what is written about it; who was not has no day."""
    return [
        (
            title,
            getattr(duty, f"{one}_on"),
            WAYS.get(getattr(duty, f"{one}_way"), ""),
            getattr(duty, f"{one}_how"),
        )
        for one, title in TOLD.items()
    ]


def _inform(request: Request, initiative: Initiative, form: AIForm) -> AIDuty:
    return actions.inform_about_ai(
        initiative=initiative, **form.cleaned_data, by=request.viewer, at=request.at
    )


def _line(initiative: Initiative, gate: str, demand: str) -> tuple[Line, Evidence]:
    here = next((one for one in process.gates(initiative) if one.key == gate), None)
    rows = queries.evidence_rows(initiative, gate)
    if here is None or demand not in rows:
        raise Http404
    line = next(one for one in evidence.lines_of(here, rows.values()) if one.demand.key == demand)
    return line, rows[demand]


def _demand_form(
    request: Request, initiative: Initiative, line: Line, row: Evidence, data: Any = None
) -> DemandForm:
    named = request.GET.get("because", "")
    sources = [named, request.POST.get("source", ""), _source_of(row)]
    words = request.POST.get("source_text", "")
    citable = things.citable(initiative, request.viewer, words, sources)
    make = partial(
        page.demand_form,
        line,
        row,
        evidence.answered_by_a_room(line.demand),
        data or sent(request),
        citable=citable,
    )
    return drafts.begin(request, make, **page.answer_so_far(row) | ({"source": named} if named else {}))


def _answer(request: Request, initiative: Initiative, row: Evidence, form: DemandForm) -> Evidence:
    facts = form.cleaned_data
    return actions.answer_demand(
        initiative=initiative,
        gate=row.gate,
        demand=row.demand,
        status=facts["status"],
        because=facts["because"],
        version=facts["version"],
        source=facts.get("source", "")
        if {"source", "source_text"} & request.POST.keys()
        else _source_of(row),
        by=request.viewer,
        at=request.at,
    )


def _source_of(row: Evidence) -> str:
    """The short form on the initiative page does not ask for the source, so the present one stays."""
    return row.source.ref if row.source else ""


def _affected(initiative: Initiative, whom: str) -> Affected:
    found = next((one for one in queries.affected(initiative) if one.ref == whom), None)
    if found is None:
        raise Http404
    return found


def _monday_form(request: Request, affected: Affected, data: Any) -> MondayForm:
    said = affected.said
    usual = {"version": said.version if said else 0, "text": said.text if said else ""}
    if said:
        usual["changes"] = "yes" if said.changes else "no"
    return drafts.begin(request, partial(MondayForm, data), **usual)


def _say_monday(request: Request, initiative: Initiative, affected: Affected, form: MondayForm) -> Any:
    unit = Unit.objects.get(ref=affected.ref) if affected.kind == "unit" else None
    group = AudienceGroup.objects.get(ref=affected.ref) if affected.kind == "group" else None
    return actions.say_monday(
        initiative=initiative, unit=unit, group=group, **form.cleaned_data, by=request.viewer, at=request.at
    )
