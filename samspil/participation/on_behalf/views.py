"""The doormen of those who type in for others."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from samspil.kit.forms import answer
from samspil.organisation.door import Request, door, typed_before_sign_in
from samspil.participation import queries
from samspil.participation.codes import spaced
from samspil.participation.models import Round
from samspil.participation.on_behalf import actions, forms
from samspil.participation.organising import pages
from samspil.participation.permissions import PERMISSIONS

BOTH = ("GET", "POST")


@door(PERMISSIONS, "enter_for_others", find=queries.round_with, methods=BOTH, waits=False)
def enter(request: Request, found: Round) -> HttpResponse:
    """Sheet after sheet, by keyboard: the code, a digit a line, Enter; the next sheet waits."""
    paper = actions.paper_of(found)
    lines = paper.lines(found)
    usual = {"channel": request.GET.get("channel", "paper"), "code": request.GET.get("code", "")}
    form = forms.EnterAnswers(request.POST or None, lines=lines, paper=paper, initial=usual)
    if request.method == "POST":
        entered = answer(form, lambda: _enter(request, found, form))
        if entered:
            messages.success(request, _("Kept: %(code)s.") % {"code": spaced(form.cleaned_data["code"])})
            channel = form.cleaned_data["channel"]
            return redirect(f"{_here('enter', found)}?{urlencode({'channel': channel})}")
    context = pages.about(found, _("Type in sheets")) | {
        "form": form,
        "keys": [(place, word) for place, (_value, word) in enumerate(paper.boxes, 1)],
        "typed_in": queries.typed_in_by(found, request.viewer.person),
    }
    return render(request, "participation/rounds/enter.html", context)


@door(PERMISSIONS, "count_hands", find=queries.round_with, methods=BOTH)
def hands(request: Request, found: Round) -> HttpResponse:
    """Keep the hands that were counted in a meeting."""
    paper = actions.paper_of(found)
    form = forms.CountHands(
        request.POST or None,
        lines=paper.lines(found),
        paper=paper,
        initial=typed_before_sign_in(request),
    )
    if request.method == "POST":
        counted = answer(form, lambda: _count(request, found, form))
        if counted:
            messages.success(request, _("The hands are kept, beside the answers of people one by one."))
            return redirect(_here("round", found))
    context = pages.about(found, _("Count hands")) | {"form": form}
    return render(request, "participation/rounds/hands.html", context)


def _enter(request: Request, found: Round, form: forms.EnterAnswers) -> Any:
    typed = form.cleaned_data
    return actions.enter_answers(
        round_=found,
        code=typed["code"],
        channel=typed["channel"],
        answers=form.answers(),
        by=request.viewer,
        at=request.at,
    )


def _count(request: Request, found: Round, form: forms.CountHands) -> Any:
    where, lines = form.cleaned_data["where"], form.lines()
    return actions.count_hands(round_=found, where=where, lines=lines, by=request.viewer, at=request.at)


def _here(name: str, found: Round) -> str:
    return reverse(f"participation:{name}", args=[found.organisation.slug, found.ref])
