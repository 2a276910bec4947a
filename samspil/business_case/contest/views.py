"""The doormen of contesting: form, one action, back to what is said."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from samspil.business_case import queries as room
from samspil.business_case.contest import actions, forms, pages, queries
from samspil.business_case.contest.figures import figures_of
from samspil.business_case.contest.models import Remark
from samspil.business_case.models import Case, Part
from samspil.business_case.pages import about, to
from samspil.business_case.permissions import PERMISSIONS
from samspil.kit.forms import answer as sent_to
from samspil.kit.forms import typed_on
from samspil.kit.refusal import ChangedMeanwhile, Refused
from samspil.organisation import drafts
from samspil.organisation.door import Request, door, who

BOTH = ("GET", "POST")


@door(PERMISSIONS, "see_case", find=room.case)
def assumptions(request: Request, found: Case) -> HttpResponse:
    """What the case assumes, in sentences that those affected can check against their work."""
    return _page(request, "assumptions", found, pages.assumptions(found, request.viewer))


@door(PERMISSIONS, "contest_case", find=room.part, methods=BOTH)
def contest(request: Request, found: Part, figure: str) -> HttpResponse:
    """Say that a figure is right, is not, or is another one."""
    _has(found, figure)
    make = partial(forms.Contest, request.POST or None, figure=figure)
    form = drafts.begin(request, make)
    if request.method == "POST":
        remark = sent_to(form, lambda: _say(request, found, figure, form))
        if remark:
            return _thanked(request, remark)
    context = pages.contest(found, figure, request.viewer)
    return _page(request, "contest", found.case, context | {"form": form})


@door(PERMISSIONS, "contest_case", find=room.part, methods=BOTH)
def comment(request: Request, found: Part) -> HttpResponse:
    """Say something about a part as a whole."""
    form = drafts.begin(request, partial(forms.Comment, request.POST or None))
    if request.method == "POST":
        remark = sent_to(
            form,
            lambda: actions.say(
                part=found,
                stance=Remark.Stance.COMMENT,
                because=request.GET.get("because", ""),
                **form.cleaned_data,
                **who(request),
            ),
        )
        if remark:
            return _thanked(request, remark)
    return _page(request, "comment", found.case, {"part": found, "case": found.case, "form": form})


@door(PERMISSIONS, "word_assumption", find=room.part, methods=BOTH)
def word(request: Request, found: Part, figure: str) -> HttpResponse:
    """Put into plain words what a figure assumes."""
    _has(found, figure)
    now = queries.wording_of(found, figure)
    version, theirs = (now.version if now else 0), ""
    make = partial(forms.Word, request.POST or None)
    form: Form = drafts.begin(request, make, version=version, text=now.text if now else "")
    if request.method == "POST":
        try:
            done = sent_to(
                form,
                lambda: actions.word(part=found, figure=figure, **form.cleaned_data, **who(request)),
            )
        except ChangedMeanwhile as fault:
            done, theirs = None, fault.theirs
            form = forms.Word(typed_on(request.POST, version))
            form.add_error(None, str(fault.sentence))
        if done:
            drafts.sent(request)
            messages.success(request, _("The sentence stands. Those affected read it with the figure."))
            return redirect(to(request, "part", found.ref))
    context = pages.contest(found, figure, request.viewer)
    context |= {"form": form, "theirs": theirs}
    return _page(request, "word", found.case, context, 409 if theirs else 200)


@door(PERMISSIONS, "answer_remark", find=queries.remark, methods=BOTH)
def answer(request: Request, found: Remark) -> HttpResponse:
    """Answer what was said of a figure, to one person or to several at once."""
    if not found.is_owed:
        raise Refused(_("This has been answered already. Open the page of the line to read the answer."))
    context = pages.answering(found, request.viewer)
    build = partial(
        forms.AnswerRemarks,
        figure=found.figure,
        waiting=context["waiting"],
        outcomes=context["outcomes"],
    )
    everybody = [ref for ref, _name in context["waiting"]]
    form: Any = drafts.begin(
        request, partial(build, request.POST or None), version=found.part.version, remarks=everybody
    )
    theirs = ""
    if request.method == "POST":
        try:
            done = sent_to(form, lambda: _answer(request, form))
        except ChangedMeanwhile as fault:
            done, theirs = None, fault.theirs
            form = build(typed_on(request.POST, found.part.version))
            form.add_error(None, str(fault.sentence))
        if done:
            drafts.sent(request)
            messages.success(request, _("The answer is given. Those who spoke are told."))
            return redirect(to(request, "part", found.part.ref, found.ref))
    context |= {"form": form, "theirs": theirs}
    return _page(request, "answer", found.case, context, 409 if theirs else 200)


def _say(request: Request, part: Part, figure: str, form: forms.Contest) -> Remark:
    return actions.say(
        part=part,
        figure=figure,
        stance=form.cleaned_data["stance"],
        text=form.cleaned_data["text"],
        own=form.own(),
        because=request.GET.get("because", ""),
        **who(request),
    )


def _answer(request: Request, form: forms.AnswerRemarks) -> Any:
    chosen = queries.remarks().filter(thing__ref__in=form.cleaned_data["remarks"])
    return actions.answer(
        remarks=list(chosen),
        outcome=form.cleaned_data["outcome"],
        text=form.cleaned_data["text"],
        own=form.own(),
        version=form.cleaned_data["version"],
        **who(request),
    )


def _thanked(request: Request, remark: Remark) -> HttpResponse:
    drafts.sent(request)
    if remark.due:
        facts = {"who": queries.who_owes(remark), "day": date_format(remark.due, "DATE_FORMAT")}
        messages.success(request, _("Thank you. %(who)s owes you an answer by %(day)s.") % facts)
    else:
        messages.success(request, _("Thank you. It stands beside the figure."))
    return redirect(to(request, "part", remark.part.ref, remark.ref))


def _has(part: Part, figure: str) -> None:
    if figure not in figures_of(part):
        raise Http404


def _page(
    request: Request, template: str, case: Case, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    part = context.get("part")
    beside = about(request, case, "assumptions", str(part or _("What it assumes")))
    return render(request, f"business_case/contest/{template}.html", beside | context, status=status)
