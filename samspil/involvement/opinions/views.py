"""The doormen of those who ask: statements before and while people answer, and moderation."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from samspil.involvement.opinions import actions, forms, moderating, pages, queries, ready
from samspil.involvement.opinions.models import Appeal, RoundStatement
from samspil.involvement.opinions.words import RULES
from samspil.involvement.permissions import PERMISSIONS
from samspil.kit.downloads import download
from samspil.kit.exports import write
from samspil.kit.forms import answer, typed_on
from samspil.kit.refusal import ChangedMeanwhile
from samspil.organisation import drafts
from samspil.organisation.door import Request, door, who
from samspil.participation import queries as rounds
from samspil.participation.models import Round

BOTH, SENT = ("GET", "POST"), ("POST",)
TEMPLATES = "involvement/opinions"


@door(PERMISSIONS, "prepare_statements", find=rounds.round_with, methods=BOTH)
def prepare(request: Request, found: Round) -> HttpResponse:
    """All statements of a round, and a place to write more: ten at a time, one a line."""
    form = drafts.begin(request, partial(forms.AddStatements, request.POST or None), language=found.language)
    if request.method == "POST":
        added = answer(
            form, lambda: actions.add_statements(round_=found, **form.cleaned_data, **who(request))
        )
        if added:
            drafts.sent(request)
            _say_added(request, len(added))
            return redirect("involvement:prepare_statements", found.organisation.slug, found.ref)
        if form.has_error("text"):
            form.add_error("written", form.errors.pop("text"))
    context = pages.preparing(found, request.viewer)
    return render(request, f"{TEMPLATES}/prepare.html", context | {"form": form})


@door(PERMISSIONS, "prepare_statements", find=rounds.round_with, methods=BOTH)
def take_template(request: Request, found: Round) -> HttpResponse:
    """Look at ten statements that are ready, with advice, and take them as they are or change them first."""
    theme = ready.theme(found, (request.POST or request.GET).get("theme", ""))
    if theme is None:
        raise Http404
    typed = {"written": "\n".join(theme.statements), "language": theme.language}
    form = forms.AddStatements(request.POST if "written" in request.POST else None, initial=typed)
    if request.method == "POST":
        added = answer(
            form, lambda: actions.add_statements(round_=found, **form.cleaned_data, **who(request))
        )
        if added:
            _say_added(request, len(added))
            return redirect("involvement:prepare_statements", found.organisation.slug, found.ref)
    context = pages.about(found, request.viewer, theme.title) | {"form": form, "theme": theme}
    return render(request, f"{TEMPLATES}/template.html", context)


@door(PERMISSIONS, "prepare_statements", find=rounds.round_with, methods=SENT)
def choose_core(request: Request, found: Round) -> HttpResponse:
    """Which statements every group is asked about first."""
    asked = [(one.number, one.text) for one in queries.statements_of(found)]
    form = forms.ChooseCore(request.POST, statements=asked)
    if form.is_valid():
        actions.choose_core(round_=found, numbers=form.numbers(), **who(request))
        messages.success(request, _("It is saved which statements come first."))
    return redirect("involvement:prepare_statements", found.organisation.slug, found.ref)


@door(PERMISSIONS, "see_round_statement", find=queries.statement)
def statement(request: Request, found: RoundStatement) -> HttpResponse:
    """One statement as others may read it: what it says and what became of it."""
    hidden = found.state != RoundStatement.State.ACCEPTED or found.round.state == Round.State.PLANNED
    if hidden and not PERMISSIONS.allows("moderate_statements", request.viewer, found):
        raise Http404
    return render(request, f"{TEMPLATES}/statement.html", pages.statement_page(found, request.viewer))


@door(PERMISSIONS, "prepare_statements", find=queries.statement, methods=BOTH)
def change(request: Request, found: RoundStatement) -> HttpResponse:
    """Say it better, before anybody has been asked."""
    make = partial(forms.ChangeStatement, request.POST or None)
    form = drafts.begin(request, make, text=found.text, language=found.language, version=found.version)
    theirs = ""
    if request.method == "POST":
        try:
            done = answer(
                form, lambda: actions.change_statement(statement=found, **form.cleaned_data, **who(request))
            )
        except ChangedMeanwhile as fault:
            done, theirs = None, fault.theirs
            found.refresh_from_db()
            form = forms.ChangeStatement(typed_on(request.POST, found.version))
            form.add_error(None, str(fault.sentence))
        if done:
            drafts.sent(request)
            messages.success(request, _("The statement is changed."))
            return redirect("involvement:prepare_statements", found.organisation.slug, found.round.ref)
    context = pages.statement_page(found, request.viewer)
    context |= {"form": form, "theirs": theirs, "title": _("Change the statement"), "submit": _("Save it")}
    return render(request, f"{TEMPLATES}/form.html", context, status=409 if theirs else 200)


@door(PERMISSIONS, "prepare_statements", find=queries.statement, methods=SENT)
def remove(request: Request, found: RoundStatement) -> HttpResponse:
    actions.remove_statement(statement=found, **who(request))
    messages.success(request, _("The statement is taken out."))
    return redirect("involvement:prepare_statements", found.organisation.slug, found.round.ref)


@door(PERMISSIONS, "moderate_statements", find=rounds.round_with)
def moderation(request: Request, found: Round) -> HttpResponse:
    """What waits, the rules, the appeals, and what was decided."""
    return render(request, f"{TEMPLATES}/moderation.html", pages.moderating_page(found, request.viewer))


@door(PERMISSIONS, "export_moderation", find=rounds.round_with)
def moderation_log(request: Request, found: Round) -> HttpResponse:
    """The log as a file."""
    return download(write(pages.log(found, get_language() or "en"), "csv"))


@door(PERMISSIONS, "moderate_statements", find=queries.statement, methods=SENT)
def accept(request: Request, found: RoundStatement) -> HttpResponse:
    moderating.accept_statement(statement=found, **who(request))
    messages.success(request, _("Others are asked about it from now on."))
    return _to_moderation(found)


@door(PERMISSIONS, "moderate_statements", find=queries.statement, methods=BOTH)
def reject(request: Request, found: RoundStatement) -> HttpResponse:
    """Leave a statement out, with the rule and a reason."""
    return _form(
        request,
        found,
        forms.Reject,
        lambda typed: moderating.reject_statement(statement=found, **typed, **who(request)),
        title=_("Leave the statement out"),
        submit=_("Leave it out"),
        said=_("It is left out. Its author reads the rule and the reason."),
    )


@door(PERMISSIONS, "decide_appeal", find=queries.statement, methods=BOTH)
def appeal(request: Request, found: RoundStatement) -> HttpResponse:
    """Look again at what was left out."""
    made = Appeal.objects.filter(statement=found).select_related("statement__round__thing").first()
    if made is None:
        raise Http404
    return _form(
        request,
        found,
        forms.DecideAppeal,
        lambda typed: moderating.decide_appeal(appeal=made, **typed, **who(request)),
        title=_("Decide the appeal"),
        submit=_("Decide it"),
        said=_("It is decided. The author reads your reason."),
        appeal=made,
    )


def _form(
    request: Request,
    found: RoundStatement,
    form_class: type[Form],
    act: Callable[[dict[str, Any]], object],
    *,
    title: str,
    submit: str,
    said: str,
    **more: Any,
) -> HttpResponse:
    form = drafts.begin(request, partial(form_class, request.POST or None))
    if request.method == "POST" and answer(form, lambda: act(form.cleaned_data) is not None):
        drafts.sent(request)
        messages.success(request, said)
        return _to_moderation(found)
    context = pages.statement_page(found, request.viewer)
    context |= {"form": form, "title": title, "submit": submit, "rules": RULES.values(), **more}
    return render(request, f"{TEMPLATES}/form.html", context)


def _to_moderation(found: RoundStatement) -> HttpResponse:
    return redirect(reverse("involvement:moderation", args=[found.organisation.slug, found.round.ref]))


def _say_added(request: Request, count: int) -> None:
    said = ngettext("%(count)s statement is added.", "%(count)s statements are added.", count)
    messages.success(request, said % {"count": count})
