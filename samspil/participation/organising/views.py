"""The doormen of those who ask."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from samspil.initiative import queries as hall
from samspil.initiative.models import Initiative
from samspil.kit import house
from samspil.kit.forms import answer, typed_on
from samspil.kit.refusal import Refused
from samspil.organisation import drafts
from samspil.organisation.door import Request, door
from samspil.participation import actions, kinds, queries, words
from samspil.participation.models import Round
from samspil.participation.organising import forms, pages
from samspil.participation.permissions import PERMISSIONS

BOTH = ("GET", "POST")
CONFIRM = "participation/rounds/confirm.html"


@door(PERMISSIONS, "see_rounds")
def rounds(request: Request) -> HttpResponse:
    """All rounds of the organisation: what is open first."""
    return render(request, "participation/rounds/rounds.html", pages.rounds(request.viewer))


@door(PERMISSIONS, "plan_own_round", methods=BOTH)
def plan(request: Request) -> HttpResponse:
    """Ask about the organisation itself."""
    return _plan(request, None)


@door(PERMISSIONS, "plan_round", find=hall.initiative, methods=BOTH)
def ask(request: Request, found: Initiative) -> HttpResponse:
    """Ask the people an initiative is about."""
    return _plan(request, found)


@door(PERMISSIONS, "see_round", find=queries.round_with)
def round_page(request: Request, found: Round) -> HttpResponse:
    """Where a round stands: its promise, who is asked, how many took part, the ways in."""
    return render(request, "participation/rounds/round.html", pages.round_(found, request.viewer))


@door(PERMISSIONS, "change_round", find=queries.round_with, methods=BOTH)
def change_round(request: Request, found: Round) -> HttpResponse:
    """Change what is planned, as long as nobody has been asked."""
    make = partial(
        forms.PlanForm,
        request.POST or None,
        organisation=request.organisation,
        offered=[*forms.already_asked(found), *forms.near(found.initiative)],
    )
    form = drafts.begin(request, make, **forms.planned(found))
    if request.method == "POST":
        changed = answer(
            form,
            lambda: actions.change_round(
                round_=found,
                plan=form.plan(),
                version=form.cleaned_data["version"] or 0,
                by=request.viewer,
                at=request.at,
            ),
        )
        if changed:
            drafts.sent(request)
            messages.success(request, _("The plan is changed."))
            return redirect(_page("round", found))
        if form.has_error("version"):
            found.refresh_from_db()
            form.data = typed_on(request.POST, found.version)
    context = pages.about(found, _("Change the plan")) | {"form": form, "legal": pages.law(request)}
    return render(request, "participation/rounds/plan.html", context)


@door(PERMISSIONS, "open_round", find=queries.round_with, methods=BOTH)
def open_round(request: Request, found: Round) -> HttpResponse:
    """Ask once more, then let people in, or say why not on the round's own page."""
    if request.method != "POST":
        return render(request, CONFIRM, pages.opening(found, request.viewer))
    try:
        actions.open_round(round_=found, by=request.viewer, at=request.at)
    except Refused as refusal:
        messages.warning(request, str(refusal.sentence))
    else:
        messages.success(request, _("It is open. Those with an account here are told; hand out the rest."))
    return redirect(_page("round", found))


@door(PERMISSIONS, "close_round", find=queries.round_with, methods=BOTH)
def close_round(request: Request, found: Round) -> HttpResponse:
    """Ask once more, then take no more answers."""
    if request.method != "POST":
        return render(request, CONFIRM, pages.closing(found))
    actions.close_round(round_=found, by=request.viewer, at=request.at)
    messages.success(request, str(words.CLOSED[found.level]))
    return redirect(_page("round", found))


@door(PERMISSIONS, "tell_what_came_of_it", find=queries.round_with, methods=BOTH)
def what_came_of_it(request: Request, found: Round) -> HttpResponse:
    """Answer those who answered."""
    make = partial(forms.WhatCameOfIt, request.POST or None)
    form = drafts.begin(request, make, text=found.came_of_it, version=found.version)
    if request.method == "POST":
        told = answer(
            form,
            lambda: actions.tell_what_came_of_it(
                round_=found, **form.cleaned_data, by=request.viewer, at=request.at
            ),
        )
        if told:
            drafts.sent(request)
            messages.success(request, _("Everybody who took part can read it now."))
            return redirect(_page("round", found))
        if form.has_error("version"):
            found.refresh_from_db()
            form.data = typed_on(request.POST, found.version)
    context = pages.about(found, _("Tell what came of it")) | {"form": form}
    return render(request, "participation/rounds/what_came_of_it.html", context)


def _plan(request: Request, initiative: Initiative | None) -> HttpResponse:
    make = partial(
        forms.PlanForm,
        request.POST or None,
        organisation=request.organisation,
        offered=forms.near(initiative),
    )
    form = drafts.begin(request, make, **forms.usual(request.viewer, initiative))
    if request.method == "POST":
        planned = answer(
            form,
            lambda: actions.plan_round(
                plan=form.plan(), initiative=initiative, by=request.viewer, at=request.at
            ),
        )
        if planned:
            drafts.sent(request)
            return redirect(_after_planning(planned))
    context: dict[str, Any] = {"form": form, "initiative": initiative, "legal": pages.law(request)}
    context["breadcrumbs"] = pages.way_to(request.organisation, initiative, _("Ask people"))
    return render(request, "participation/rounds/plan.html", context)


def _after_planning(round_: Round) -> str:
    """On to what is asked: that room has a page for it."""
    return kinds.prepare(round_) if round_.kind in house.round_kinds() else _page("round", round_)


def _page(name: str, round_: Round) -> str:
    return reverse(f"participation:{name}", args=[round_.organisation.slug, round_.ref])
