"""Pages of initiatives: the list, the start, the page itself, and changing what is said."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from samspil.initiative import actions, choosing, page, process, queries
from samspil.initiative.forms import NOTHING, ChangeForm, GuestForm, InitiativeFilter, StartForm, chosen
from samspil.initiative.models import Initiative, Need
from samspil.initiative.permissions import PERMISSIONS
from samspil.initiative.views.ways import crumbs, initial, initiative_crumbs, sent, to, url
from samspil.kit.forms import answer, typed_on
from samspil.kit.refusal import ChangedMeanwhile
from samspil.organisation import drafts
from samspil.organisation.door import Request, door
from samspil.organisation.models import Unit
from samspil.organisation.viewer import Viewer

A_PAGE = 50
WAITING_NEEDS = 15


@door(PERMISSIONS, "see_initiatives")
def initiatives(request: Request) -> HttpResponse:
    """The list: stored rows only, so that it stays quick with hundreds of initiatives."""
    form = InitiativeFilter(request.GET)
    asked = chosen(form)
    rows = _filtered(queries.initiatives(request.viewer), asked, request.viewer)
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        "form": form,
        "asked": asked,
        "below": choosing.unit_of(asked.get("below", "")),
        "page": Paginator(rows, A_PAGE).get_page(request.GET.get("page")),
        "query": query.urlencode(),
        "may_bring": PERMISSIONS.allows("bring_projects", request.viewer),
        "may_start": PERMISSIONS.allows("start_initiative", request.viewer),
        "breadcrumbs": crumbs(request, (_("Initiatives"), "")),
    }
    return render(request, "initiative/initiatives.html", context)


@door(PERMISSIONS, "start_initiative", methods=("GET", "POST"))
def start(request: Request) -> HttpResponse:
    """One page, six fields, three of them already answered."""
    named = queries.needs_of(request.GET.getlist("need"))
    offered = named or _waiting_needs()
    form = StartForm(
        sent(request),
        initial=initial(request, needs=[one.ref for one in named]),
        needs=offered,
        viewer=request.viewer,
        near=_near(named),
    )
    if request.method == "POST":
        if "find" in request.POST:
            form.look()
        elif found := answer(form, lambda: _start(request, form)):
            messages.success(
                request,
                _("The initiative is started and %(owner)s owns it. Below is what the first gate asks for.")
                % {"owner": found.owner},
            )
            return to(request, "initiative", found.ref)
    context = {
        "form": form,
        "named": named,
        "breadcrumbs": crumbs(
            request, (_("Initiatives"), url(request, "initiatives")), (_("Start an initiative"), "")
        ),
    }
    return render(request, "initiative/start.html", context)


@door(PERMISSIONS, "see_initiative", find=queries.initiative)
def initiative(request: Request, initiative: Initiative) -> HttpResponse:
    """The heart: where are we, what is missing and who owes it, what comes up, what happened lately."""
    context = page.page_of(initiative, request.viewer, request.at)
    context["panels"] = _panels(request, initiative)
    context["breadcrumbs"] = initiative_crumbs(request, initiative)
    return render(request, "initiative/initiative.html", context)


@door(PERMISSIONS, "change_initiative", find=queries.initiative, methods=("GET", "POST"))
def change(request: Request, initiative: Initiative) -> HttpResponse:
    """Change what is said. Whoever comes second sees both texts and saves again, or leaves it."""
    form = _change_form(request, initiative, sent(request))
    fault = None
    if request.method == "POST" and "find" in request.POST:
        form.look()
    elif request.method == "POST":
        try:
            if answer(form, lambda: _change(request, initiative, form)):
                drafts.sent(request)
                messages.success(request, _("Saved. The journal keeps what was said before."))
                return to(request, "initiative", initiative.ref)
        except ChangedMeanwhile as changed:
            fault = changed
            form = _change_form(request, initiative, typed_on(request.POST, initiative.version))
            form.look()
    context = {
        "initiative": initiative,
        "form": form,
        "fault": fault,
        "breadcrumbs": initiative_crumbs(request, initiative, (_("Change"), "")),
    }
    return render(request, "initiative/change.html", context, status=409 if fault else 200)


@door(PERMISSIONS, "admit_guest", find=queries.initiative, methods=("GET", "POST"))
def guests(request: Request, initiative: Initiative) -> HttpResponse:
    """Who from a partner organisation may follow this initiative."""
    people = {one.ref: one for one in queries.guests()}
    form = GuestForm(sent(request), guests=people.values())
    if request.method == "POST":
        admitted = answer(
            form,
            lambda: actions.admit_guest(
                initiative=initiative,
                person=people[form.cleaned_data["person"]],
                by=request.viewer,
                at=request.at,
            ),
        )
        if admitted:
            messages.success(
                request,
                _("%(name)s can follow this initiative now and is told by mail.") % {"name": admitted.person},
            )
            return to(request, "guests", initiative.ref)
    context = {
        "initiative": initiative,
        "form": form,
        "people": people,
        "admissions": initiative.admissions.select_related("person"),
        "breadcrumbs": initiative_crumbs(request, initiative, (_("Guests"), "")),
    }
    return render(request, "initiative/guests.html", context)


def _filtered(rows: QuerySet[Initiative], asked: Mapping[str, Any], viewer: Viewer) -> QuerySet[Initiative]:
    rows = rows.filter(choosing.has_words(asked.get("words", ""), "title"))
    if asked.get("phase") == "running":
        rows = rows.exclude(phase__in=queries.ENDED)
    elif "phase" in asked:
        rows = rows.filter(phase=asked["phase"])
    if "ai" in asked:
        rows = rows.filter(ai_involved=asked["ai"])
    if "whose" in asked:
        mine = Q(owner=viewer.person)
        rows = rows.filter(mine if asked["whose"] == "owned" else mine | Q(lead=viewer.person))
    if "unit" in asked:
        rows = queries.affecting(rows, choosing.units_called(asked["unit"]))
    if below := choosing.unit_of(asked.get("below", "")):
        rows = queries.affecting(rows, [below])
    return _only(rows, asked.get("only", ""), viewer)


def _only(rows: QuerySet[Initiative], what: str, viewer: Viewer) -> QuerySet[Initiative]:
    if what == "open":
        return queries.with_open_demands(rows)
    if what == "undated":
        return queries.undated(rows, viewer.today)
    if what in ("money", "unpriced"):
        return queries.with_money(rows, given=what == "money")
    if what == "late":
        return rows.filter(Q(asked_too_late=True))
    return rows.filter(Q(owner_outside=True)) if what == "outside" else rows


def _waiting_needs() -> list[Need]:
    return list(queries.needs().filter(status=Need.Status.WAITING)[:WAITING_NEEDS])


def _near(needs: list[Need]) -> Unit | None:
    """Where the need was raised: the likeliest place to notice the change."""
    person = needs[0].raised_by if needs else None
    unit = person.unit if person else None
    return None if unit is None or unit.staff_function else unit


def _start(request: Request, form: StartForm) -> Initiative:
    data = form.cleaned_data
    return actions.start_initiative(
        needs=queries.needs_of(data["needs"]),
        units=data["units"],
        groups=data["groups"],
        owner=data["owner"],
        origin=data["origin"],
        decision_level=data["decision_level"],
        ai_involved=data["ai_involved"],
        by=request.viewer,
        at=request.at,
    )


def _change(request: Request, initiative: Initiative, form: ChangeForm) -> Initiative:
    names = (
        "title",
        "owner",
        "lead",
        "decision_level",
        "ai_involved",
        "case_number",
        "units",
        "groups",
        "version",
    )
    facts = {name: form.cleaned_data[name] for name in names}
    facts["process_key"] = form.cleaned_data.get("process_key", "")
    facts["decider"] = form.cleaned_data["decider"]
    facts["work_changes"] = form.cleaned_data["work_changes"]
    return actions.change_initiative(initiative=initiative, **facts, by=request.viewer, at=request.at)


def _change_form(request: Request, initiative: Initiative, data: Any) -> ChangeForm:
    usual = {
        name: getattr(initiative, name)
        for name in ("title", "decision_level", "decider", "ai_involved", "case_number")
    }
    usual |= {"lead": str(initiative.lead), "owner": initiative.owner.ref, "version": initiative.version}
    usual["process_key"] = initiative.process.key
    usual["work_changes"] = [NOTHING] if initiative.substantial is False else initiative.work_changes
    ways = [] if initiative.decisions.exists() else process.ways(request.organisation)
    usual["affected"] = [f"{one.kind}:{one.ref}" for one in queries.surroundings(initiative).affected]
    make = partial(
        ChangeForm, data, viewer=request.viewer, owner=initiative.owner, lead=initiative.lead, ways=ways
    )
    return drafts.begin(request, make, **usual)


def _panels(request: Request, initiative: Initiative) -> list[tuple[str, SafeString]]:
    """What the other rooms show about this initiative, each under its title."""
    return [
        (
            str(panel.title),
            render_to_string(panel.template, panel.context(initiative, request.viewer, request.at), request),
        )
        for panel in page.panels_of(initiative)
    ]
