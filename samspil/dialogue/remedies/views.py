"""The doormen of requests and negotiations: form, one action, on to the next page."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from samspil.dialogue import queries as committees
from samspil.dialogue.documents import in_language
from samspil.dialogue.doorstep import to
from samspil.dialogue.models import Item
from samspil.dialogue.permissions import PERMISSIONS
from samspil.dialogue.remedies import actions, documents, forms, pages, queries, tables
from samspil.dialogue.remedies.models import RemedyCase
from samspil.kit.downloads import download
from samspil.kit.exports import write
from samspil.kit.exports.filing import pack
from samspil.kit.forms import answer, typed_on
from samspil.kit.refusal import ChangedMeanwhile, Refused
from samspil.organisation import drafts
from samspil.organisation.door import Request, door, typed_before_sign_in, who
from samspil.organisation.models import Committee, Union

BOTH = ("GET", "POST")


@door(PERMISSIONS, "raise_remedy", find=committees.committee, methods=BOTH)
def raise_remedy(request: Request, found: Committee) -> HttpResponse:
    """Ask for what the agreement gives the staff side."""
    item = _item(request, found)
    because = request.GET.get("because", "")
    context = pages.raising(found, item, request.viewer)
    make = partial(forms.RaiseCase, request.POST or None, kinds=context["remedies"].kinds)
    form = drafts.begin(request, make, raised_on=request.viewer.today, title=item.title if item else "")
    if request.method == "POST":
        raised = answer(
            form,
            lambda: actions.raise_case(
                committee=found, item=item, because=because, **form.cleaned_data, **who(request)
            ),
        )
        if raised:
            drafts.sent(request)
            messages.success(request, _("It is recorded. Those who owe the answer are told, with the day."))
            return redirect(to("remedy", request, raised.ref))
    return render(request, "dialogue/remedies/raise.html", context | {"form": form})


@door(PERMISSIONS, "see_remedy", find=queries.case)
def remedy(request: Request, found: RemedyCase) -> HttpResponse:
    """The case: its steps drawn and as a table, what is owed by whom and when, and how it ended."""
    return render(request, "dialogue/remedies/case.html", pages.case(found, request.viewer))


@door(PERMISSIONS, "read_remedy", find=queries.case)
def remedy_file(request: Request, found: RemedyCase, format: str) -> HttpResponse:
    """The case as a file."""
    language, today = found.table.language, request.viewer.today
    if format == "zip":
        return download(pack(in_language(language, documents.filing, found, today)))
    if format not in ("pdf", "docx"):
        raise Http404
    return download(write(in_language(language, documents.case, found, today), format))  # type: ignore[arg-type]


@door(PERMISSIONS, "answer_remedy", find=queries.case, methods=BOTH)
def answer_remedy(request: Request, found: RemedyCase) -> HttpResponse:
    return _form(
        request,
        found,
        forms.AnswerCase,
        actions.answer_case,
        initial={"answered_on": request.viewer.today},
        title=_("Answer the request"),
        submit=_("Give the answer"),
        said=_("The answer is given. The staff side is told."),
    )


@door(PERMISSIONS, "refer_remedy", find=queries.case, methods=BOTH)
def refer_remedy(request: Request, found: RemedyCase) -> HttpResponse:
    kind = tables.as_read(found.table, found.organisation).kind(found.kind)
    following = kind.after(queries.present_step(found).key)
    if following is None:
        raise Refused(_("There is no further step. Close the case with how it ended."))
    return _form(
        request,
        found,
        partial(forms.ReferCase, has_clock=following.clock is not None),
        actions.refer_case,
        title=_("Take the case further"),
        lead=f"{following.title}. {following.explanation}",
        submit=_("Take it further"),
        said=_("The case has gone on to its next step."),
    )


@door(PERMISSIONS, "close_remedy", find=queries.case, methods=BOTH)
def close_remedy(request: Request, found: RemedyCase) -> HttpResponse:
    closings = tables.as_read(found.table, found.organisation).closings
    return _form(
        request,
        found,
        partial(forms.CloseCase, closings=closings),
        actions.close_case,
        initial={"closed_on": request.viewer.today},
        title=_("End the case"),
        lead=_("From then on nobody is reminded of it. What was written stays."),
        submit=_("End the case"),
        said=_("The case has ended. Both sides are told."),
    )


@door(PERMISSIONS, "call_central", find=committees.item, methods=BOTH)
def call_central(request: Request, found: Item) -> HttpResponse:
    """A union has called for central negotiation."""
    unions = {one.ref: one for one in pages.unions_that_can_call(found, request.viewer)}
    initial = {"called_on": request.viewer.today} | typed_before_sign_in(request)
    form = forms.CallCentral(request.POST or None, unions=unions.values(), initial=initial)
    if request.method == "POST":
        called = answer(form, lambda: _call_central(request, found, form.cleaned_data, unions))
        if called:
            messages.success(request, _("It is recorded. The decision waits until it is concluded."))
            return redirect(to("item", request, found.ref))
    context = pages.calling(found, request.viewer) | {"form": form}
    return render(request, "dialogue/remedies/call_central.html", context)


@door(PERMISSIONS, "see_own_terms")
def own_terms(request: Request) -> HttpResponse:
    """The deadlines by the agreement, where each stands, and the organisation's own."""
    return render(request, "dialogue/remedies/terms.html", pages.terms(request.viewer))


@door(PERMISSIONS, "set_own_term", methods=BOTH)
def set_own_term(request: Request) -> HttpResponse:
    context = pages.terms(request.viewer)
    form = forms.SetOwnTerm(
        request.POST or None,
        clocks=context["clocks"],
        today=request.viewer.today,
        initial=typed_before_sign_in(request),
    )
    if request.method == "POST":
        kept = answer(form, lambda: actions.set_own_term(**form.cleaned_data, **who(request)))
        if kept:
            messages.success(request, _("Your deadline holds from its day. Cases before that keep theirs."))
            return redirect(reverse("dialogue:own_terms", args=[request.organisation.slug]))
    return render(request, "dialogue/remedies/set_own_term.html", context | {"form": form})


def _form(
    request: Request,
    found: RemedyCase,
    form_class: Callable[..., Form],
    action: Callable[..., RemedyCase],
    *,
    title: str,
    submit: str,
    said: str,
    lead: str = "",
    initial: dict[str, Any] | None = None,
) -> HttpResponse:
    """A form about a case; where somebody was quicker, both texts are shown."""
    make = partial(form_class, request.POST or None)
    form, theirs = drafts.begin(request, make, version=found.version, **(initial or {})), ""
    if request.method == "POST":
        try:
            done = answer(form, lambda: action(case=found, **form.cleaned_data, **who(request)))
        except ChangedMeanwhile as fault:
            done, theirs = None, pages.theirs(found, request.viewer, fault.theirs)
            form = form_class(typed_on(request.POST, found.version))
            form.add_error(None, str(fault.sentence))
        if done:
            drafts.sent(request)
            messages.success(request, said)
            return redirect(to("remedy", request, found.ref))
    context = pages.form_page(found, request.viewer)
    context |= {"form": form, "title": title, "submit": submit, "lead": lead, "theirs": theirs}
    return render(request, "dialogue/remedies/form.html", context, status=409 if theirs else 200)


def _call_central(request: Request, found: Item, typed: dict[str, Any], unions: dict[str, Union]) -> Any:
    return actions.call_central(
        item=found, union=unions[typed["union"]], called_on=typed["called_on"], **who(request)
    )


def _item(request: Request, found: Committee) -> Item | None:
    """The item of this committee that the request is about."""
    ref = request.GET.get("item", "")
    item = committees.item(ref) if ref else None
    return item if item and item.committee_id == found.pk else None
