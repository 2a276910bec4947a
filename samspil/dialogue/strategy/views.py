"""The doormen of strategies: form, one action, on to the next page."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from samspil.dialogue.confidential import may_read
from samspil.dialogue.doorstep import kept_or_both, to
from samspil.dialogue.permissions import PERMISSIONS
from samspil.dialogue.strategy import actions, forms, pages, queries
from samspil.dialogue.strategy.models import Strategy, StrategyDiscussion, StrategyRound
from samspil.kit.downloads import download
from samspil.kit.exports import Export
from samspil.kit.forms import answer, typed_on
from samspil.organisation import drafts, files
from samspil.organisation.door import Request, door, typed_before_sign_in, who

BOTH = ("GET", "POST")


@door(PERMISSIONS, "see_strategies")
def strategies(request: Request) -> HttpResponse:
    """The strategies that hold, and those that are over."""
    return render(request, "dialogue/strategy/strategies.html", pages.strategies(request.viewer))


@door(PERMISSIONS, "write_strategy", methods=BOTH)
def start_strategy(request: Request) -> HttpResponse:
    form = drafts.begin(request, partial(forms.StartStrategy, request.POST or None, request.FILES or None))
    if request.method == "POST":
        made = answer(form, lambda: _start(request, form))
        if made:
            drafts.sent(request)
            messages.success(request, _("The strategy is there. Next: where is it to be discussed?"))
            return redirect(to("open_strategy_round", request, made.ref))
    context = pages.form_page(request.viewer, _("A new strategy"))
    return _form(request, context | {"form": form, "submit": _("Save")})


@door(PERMISSIONS, "see_strategy", find=queries.strategy)
def strategy(request: Request, found: Strategy) -> HttpResponse:
    """What it says, where it was discussed, and what came of it."""
    return render(request, "dialogue/strategy/strategy.html", pages.strategy(found, request.viewer))


@door(PERMISSIONS, "write_strategy", find=queries.strategy, methods=BOTH)
def write_version(request: Request, found: Strategy) -> HttpResponse:
    newest = queries.newest(found)
    make = partial(forms.WriteVersion, request.POST or None, request.FILES or None)
    form = drafts.begin(request, make, version=newest.number, goals=newest.goals, address=newest.link)
    again = partial(forms.WriteVersion, typed_on(request.POST, newest.number))
    if request.method == "POST":
        written, form, theirs = kept_or_both(form, lambda: _write(request, found, form), again)
        if written:
            drafts.sent(request)
            messages.success(request, _("The new version is saved. The earlier one stays."))
            return redirect(to("strategy", request, found.ref))
    else:
        theirs = ""
    context = pages.form_page(request.viewer, _("A new version"), found)
    return _form(request, context | {"form": form, "submit": _("Save the version"), "theirs": theirs})


@door(PERMISSIONS, "open_strategy_round", find=queries.strategy, methods=BOTH)
def open_round(request: Request, found: Strategy) -> HttpResponse:
    """Choose the committees; each gets an item with the questions about a strategy."""
    waiting = queries.still_open(found)
    known = [one for one in queries.committees_to_ask() if one.pk not in waiting]
    form = forms.OpenRound(
        request.POST or None,
        committees=known,
        initial={"committees": [one.ref for one in known if one.level == "main"]}
        | typed_before_sign_in(request),
    )
    if request.method == "POST":
        opened = answer(form, lambda: _open(request, found, form))
        if opened:
            messages.success(request, _("It is put before the committees. Their members are told."))
            return redirect(to("strategy", request, found.ref))
    context = pages.form_page(request.viewer, _("Put it before committees"), found)
    lead = _("Each committee gets an item with a few questions about the strategy, on its next meeting.")
    return _form(request, context | {"form": form, "submit": _("Put it before them"), "lead": lead})


@door(PERMISSIONS, "answer_strategy_round", find=queries.discussion, methods=BOTH)
def answer_discussion(request: Request, found: StrategyDiscussion) -> HttpResponse:
    """What was said in a committee, and what came of it."""
    if not may_read(request.viewer, found.item):
        raise Http404
    versions = list(found.round.strategy.versions.all())
    make = partial(forms.AnswerDiscussion, request.POST or None, versions=versions)
    changed = next((one.ref for one in versions if one.pk == found.changed_id), "")
    form = drafts.begin(
        request, make, version=found.version, said=found.said, answer=found.answer, changed=changed
    )
    again = partial(forms.AnswerDiscussion, typed_on(request.POST, found.version), versions=versions)
    theirs = ""
    if request.method == "POST":
        done, form, theirs = kept_or_both(form, lambda: _answer(request, found, form), again)
        if done:
            drafts.sent(request)
            messages.success(request, _("The answer is saved, and everybody here can read it."))
            return redirect(to("strategy", request, found.round.strategy.ref))
    title = _("Answer %(committee)s") % {"committee": found.item.committee.name}
    context = pages.form_page(request.viewer, title, found.round.strategy)
    return _form(request, context | {"form": form, "submit": _("Save the answer"), "theirs": theirs})


@door(PERMISSIONS, "see_strategy", find=queries.strategy)
def strategy_file(request: Request, found: Strategy, number: str) -> HttpResponse:
    """The file of a version."""
    version = next((one for one in found.versions.all() if str(one.number) == number), None)
    if version is None or version.file is None:
        raise Http404
    kept = version.file
    return download(Export(kept.name, kept.content_type, bytes(kept.blob.data)))


# --- what the doormen share ------------------------------------------------------------------------------


def _form(request: Request, context: dict[str, Any]) -> HttpResponse:
    status = 409 if context.get("theirs") else 200
    return render(request, "dialogue/strategy/form.html", context, status=status)


@transaction.atomic
def _start(request: Request, form: forms.StartStrategy) -> Strategy:
    typed = {name: form.cleaned_data[name] for name in ("title", "since", "until", "goals", "address")}
    return actions.start_strategy(
        **typed, file=files.brought(form.cleaned_data["file"], **who(request)), **who(request)
    )


@transaction.atomic
def _write(request: Request, found: Strategy, form: forms.WriteVersion) -> Any:
    typed = {name: form.cleaned_data[name] for name in ("version", "goals", "address", "because")}
    return actions.write_strategy_version(
        strategy=found, **typed, file=files.brought(form.cleaned_data["file"], **who(request)), **who(request)
    )


def _open(request: Request, found: Strategy, form: forms.OpenRound) -> StrategyRound:
    chosen = set(form.cleaned_data["committees"])
    committees = [one for one in queries.committees_to_ask() if one.ref in chosen]
    return actions.open_strategy_round(strategy=found, committees=committees, **who(request))


def _answer(request: Request, found: StrategyDiscussion, form: forms.AnswerDiscussion) -> StrategyDiscussion:
    typed = form.cleaned_data
    versions = {one.ref: one for one in found.round.strategy.versions.all()}
    return actions.answer_strategy_discussion(
        discussion=found,
        version=typed["version"],
        said=typed["said"],
        answer=typed["answer"],
        changed=versions.get(typed["changed"]),
        **who(request),
    )
