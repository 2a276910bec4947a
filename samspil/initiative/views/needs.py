"""Pages of the need inbox."""

from collections.abc import Mapping
from functools import partial

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from samspil.initiative import actions, choosing, queries, things
from samspil.initiative.forms import AnswerAlsoForm, MergeForm, NeedFilter, NeedForm, chosen
from samspil.initiative.models import Initiative, Need
from samspil.initiative.permissions import PERMISSIONS, runs_it
from samspil.initiative.views.ways import crumbs, need_crumbs, sent, to, url
from samspil.kit.forms import answer
from samspil.organisation import drafts
from samspil.organisation.door import Request, door
from samspil.organisation.viewer import Viewer

A_PAGE = 30
CANDIDATES = 20


@door(PERMISSIONS, "see_needs")
def needs(request: Request) -> HttpResponse:
    """The inbox: what does not work, newest first."""
    form = NeedFilter(request.GET)
    asked = chosen(form)
    page = Paginator(_filtered(asked), A_PAGE).get_page(request.GET.get("page"))
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        "form": form,
        "asked": asked,
        "below": choosing.unit_of(asked.get("below", "")),
        "page": page,
        "query": query.urlencode(),
        "may_raise": PERMISSIONS.allows("raise_need", request.viewer),
        "may_start": PERMISSIONS.allows("start_initiative", request.viewer),
        "breadcrumbs": crumbs(request, (_("Needs"), "")),
    }
    return render(request, "initiative/needs.html", context)


@door(PERMISSIONS, "raise_need", methods=("GET", "POST"))
def raise_need(request: Request) -> HttpResponse:
    form = drafts.begin(request, partial(NeedForm, sent(request)), because=request.GET.get("because", ""))
    if request.method == "POST":
        need = answer(form, lambda: actions.raise_need(**form.cleaned_data, by=request.viewer, at=request.at))
        if need:
            drafts.sent(request)
            messages.success(request, _("The need is raised. You are told when somebody works on it."))
            return to(request, "need", need.ref)
    above = crumbs(request, (_("Needs"), url(request, "needs")), (_("Raise a need"), ""))
    return render(request, "initiative/raise_need.html", {"form": form, "breadcrumbs": above})


@door(PERMISSIONS, "see_needs", find=queries.need)
def need(request: Request, need: Need) -> HttpResponse:
    """A need, what answers it, and what can be done with it."""
    answered_by = queries.initiatives(request.viewer).filter(needs=need)
    running = _may_answer(request.viewer).exclude(pk__in=answered_by.values("pk"))
    context = {
        "need": need,
        "answered_by": answered_by,
        "merged": Need.objects.filter(merged_into=need).select_related("thing"),
        "chain": things.chain_of(need.thing, request.viewer),
        "answer_form": AnswerAlsoForm(running=running) if running else None,
        "may_start": PERMISSIONS.allows("start_initiative", request.viewer),
        "may_merge": PERMISSIONS.allows("merge_needs", request.viewer, need),
        "breadcrumbs": need_crumbs(request, need),
    }
    return render(request, "initiative/need.html", context)


@door(PERMISSIONS, "merge_needs", find=queries.need, methods=("GET", "POST"))
def merge_need(request: Request, need: Need) -> HttpResponse:
    """Choose the need that is the same one; words narrow the choice."""
    words = request.GET.get("words", "")
    candidates = _like(need, words)
    form = MergeForm(sent(request), candidates=candidates)
    if request.method == "POST":
        into = answer(
            form,
            lambda: actions.merge_needs(
                need=need,
                into=queries.need(form.cleaned_data["into"]) or need,
                by=request.viewer,
                at=request.at,
            ),
        )
        if into:
            messages.success(request, _("The two needs are one now. Its page names both."))
            return to(request, "need", into.ref)
    context = {
        "need": need,
        "form": form,
        "words": words,
        "candidates": candidates,
        "breadcrumbs": need_crumbs(request, need, (_("Merge"), "")),
    }
    return render(request, "initiative/merge_need.html", context)


@door(PERMISSIONS, "see_needs", find=queries.need, methods=("POST",))
def answer_need(request: Request, need: Need) -> HttpResponse:
    """Let an initiative that runs already answer the need; the action knows who may."""
    form = AnswerAlsoForm(request.POST, running=_may_answer(request.viewer))
    found = answer(
        form,
        lambda: actions.answer_also(
            initiative=Initiative.objects.get(thing__ref=form.cleaned_data["initiative"]),
            need=need,
            by=request.viewer,
            at=request.at,
        ),
    )
    if found:
        messages.success(request, _("The initiative answers this need as well."))
    else:
        messages.error(request, " ".join(str(text) for texts in form.errors.values() for text in texts))
    return to(request, "need", need.ref)


def _filtered(asked: Mapping[str, str]) -> QuerySet[Need]:
    rows = queries.needs()
    if "status" in asked:
        rows = rows.filter(status=asked["status"])
    if below := choosing.unit_of(asked.get("below", "")):
        rows = rows.filter(raised_by__unit__in=queries.units_below([below.pk]))
    return rows.filter(choosing.has_words(asked.get("words", ""), "problem", "for_whom", "if_nothing"))


def _may_answer(viewer: Viewer) -> QuerySet[Initiative]:
    """Running initiatives that this viewer may say something about."""
    rows = queries.initiatives(viewer).exclude(phase__in=queries.ENDED)
    if runs_it.test(viewer, None):
        return rows
    return rows.filter(owner=viewer.person) | rows.filter(lead=viewer.person)


def _like(need: Need, words: str) -> list[Need]:
    """Needs with the words; without words, those that share a longer word with this one come first."""
    others = queries.needs().exclude(pk=need.pk)
    if words:
        return list(
            others.filter(choosing.has_words(words, "problem", "for_whom", "if_nothing"))[:CANDIDATES]
        )
    shared = {word for word in need.problem.lower().split() if len(word) > 4}
    newest = list(others[: CANDIDATES * 5])
    newest.sort(key=lambda one: -len(shared.intersection(one.problem.lower().split())))
    return newest[:CANDIDATES]
