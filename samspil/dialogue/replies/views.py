"""The doormen of what goes down and what comes up."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samspil.dialogue import queries as dialogue
from samspil.dialogue.documents import in_language
from samspil.dialogue.doorstep import to
from samspil.dialogue.models import Item
from samspil.dialogue.permissions import PERMISSIONS
from samspil.dialogue.replies import actions, documents, forms, pages, queries
from samspil.dialogue.replies.models import Asked, Reply, Sending
from samspil.kit.downloads import download
from samspil.kit.exports import write
from samspil.kit.forms import answer, typed_on
from samspil.kit.refusal import ChangedMeanwhile
from samspil.organisation import drafts
from samspil.organisation.door import Request, door, typed_before_sign_in, who
from samspil.organisation.models import Committee

BOTH = ("GET", "POST")


@door(PERMISSIONS, "send_down", find=dialogue.item, methods=BOTH)
def send_down(request: Request, found: Item) -> HttpResponse:
    """Choose whom to ask what by when. Who would have no meeting before is shown before it goes out."""
    below = queries.below(found.committee)
    known = pages.questions_to_send(found)
    make = partial(
        forms.SendDown,
        request.POST or None,
        everybody=pages.everybody(below),
        choices=pages.choices(below),
        questions=[(one.key, one.wording["ask"]) for one in known],
    )
    form = drafts.begin(request, make, **pages.proposed(found, known, request.viewer.today))
    warning = None
    if request.method == "POST" and form.is_valid():
        asked = _asked(form, below)
        warning = _unread_warning(request, form, asked)
        if warning is None:
            sent = answer(form, lambda: _send(request, found, form, known, asked))
            if sent:
                drafts.sent(request)
                messages.success(request, _sent(len(asked)))
                return redirect(to("replies", request, sent.ref))
    context = pages.send_down(found, request.viewer) | {"form": form, "warning": warning}
    return render(request, "dialogue/replies/send_down.html", context)


@door(PERMISSIONS, "see_replies", find=queries.sending)
def replies(request: Request, found: Sending) -> HttpResponse:
    """The sheet of replies."""
    asked = request.GET
    language = translation.get_language() or request.organisation.language
    context = pages.replies(
        found,
        request.viewer,
        asked.get("view", ""),
        asked.get("area", ""),
        asked.get("question", ""),
        language,
    )
    return render(request, "dialogue/replies/replies.html", context)


@door(PERMISSIONS, "see_replies", find=queries.sending)
def replies_file(request: Request, found: Sending, format: str) -> HttpResponse:
    """The whole sheet as a file: to read, to send on, or to sort and filter."""
    if format not in ("pdf", "docx", "xlsx"):
        raise Http404
    make = documents.tables if format == "xlsx" else documents.sheet
    sheet = queries.sheet(found, request.viewer.today)
    document = in_language(found.item.regime.language, make, sheet)
    return download(write(document, format))  # type: ignore[arg-type]


@door(PERMISSIONS, "close_replies", find=queries.sending, methods=("POST",))
def close_replies(request: Request, found: Sending) -> HttpResponse:
    actions.close_replies(sending=found, **who(request))
    messages.success(request, _("It is closed. Replies that still come stand beside what is here now."))
    return redirect(to("replies", request, found.ref))


@door(PERMISSIONS, "see_replies", find=queries.asked)
def reply(request: Request, found: Asked) -> HttpResponse:
    """One committee's own page."""
    return render(request, "dialogue/replies/reply.html", pages.reply(found, request.viewer))


@door(PERMISSIONS, "give_reply", find=queries.asked, methods=BOTH)
def give_reply(request: Request, found: Asked) -> HttpResponse:
    """The page that the mail leads to: everything is prefilled but the answers."""
    newest = queries.newest_reply(found)
    questions = queries.questions_of(found.sending)
    make = partial(forms.GiveReply, request.POST or None, asked=questions, reply=newest)
    usual = {} if newest else pages.proposed_reply(found, request.viewer)
    form, theirs = drafts.begin(request, make, **forms.stored(questions, newest), **usual), ""
    if request.method == "POST":
        try:
            given = answer(form, lambda: _give(request, found, form))
        except ChangedMeanwhile as fault:
            form = forms.GiveReply(
                typed_on(request.POST, newest.version if newest else 0), asked=questions, reply=newest
            )
            form.add_error(None, str(fault.sentence))
            given, theirs = None, fault.theirs
        if given:
            drafts.sent(request)
            messages.success(request, _("Thank you. Your committee's reply has been sent."))
            return redirect(to("reply", request, found.ref))
    context = pages.give_reply(found, request.viewer, newest) | {"form": form, "theirs": theirs}
    return render(request, "dialogue/replies/give_reply.html", context, status=409 if theirs else 200)


@door(PERMISSIONS, "enter_paper_reply", find=queries.asked, methods=BOTH)
def enter_paper(request: Request, found: Asked) -> HttpResponse:
    """Enter what was written on paper; where there is a reply already, that is shown instead."""
    newest = queries.newest_reply(found)
    questions = queries.questions_of(found.sending)
    initial = {} if newest else {"held_on": request.viewer.today}
    form = forms.EnterPaper(
        request.POST or None,
        asked=questions,
        reply=newest if newest and newest.entered else None,
        initial=initial | typed_before_sign_in(request),
    )
    if request.method == "POST":
        entered = answer(form, lambda: _enter(request, found, form))
        if entered:
            messages.success(request, _("The paper is entered, with your name beside it."))
            return redirect(to("reply", request, found.ref))
    context = pages.enter_paper(found, request.viewer, newest) | {"form": form}
    return render(request, "dialogue/replies/enter_paper.html", context)


@door(PERMISSIONS, "see_replies", find=queries.asked)
def answer_sheet(request: Request, found: Asked) -> HttpResponse:
    """The sheet to write on, for a meeting without accounts."""
    language = found.sending.item.regime.language
    hand_in = pages.hand_in_to(found, request.viewer.today)
    with translation.override(language):
        document = documents.answer_sheet(found, hand_in, language)
    return download(write(document, "pdf"))


@door(PERMISSIONS, "take_up_what_was_sent", find=queries.asked, methods=BOTH)
def take_up(request: Request, found: Asked) -> HttpResponse:
    """Put it on one's own committee's agenda, on a meeting before the deadline if there is one."""
    meetings = list(dialogue.meetings_to_choose(found.committee, request.viewer.today))
    first = next((one for one in meetings if one.on <= found.sending.due), None)
    form = forms.TakeUp(
        request.POST or None,
        meetings=meetings,
        initial={"meeting": first.ref if first else ""} | typed_before_sign_in(request),
    )
    by_ref = {one.ref: one for one in meetings}
    if request.method == "POST":
        taken = answer(
            form,
            lambda: actions.take_up(
                asked=found, meeting=by_ref.get(form.cleaned_data["meeting"]), **who(request)
            ),
        )
        if taken:
            messages.success(request, _("It is an item of your committee now, with the same questions."))
            return redirect(to("item", request, taken.ref))
    return render(
        request, "dialogue/replies/take_up.html", pages.take_up(found, request.viewer) | {"form": form}
    )


@door(PERMISSIONS, "find_answer_sheet")
def find_sheet(request: Request) -> HttpResponse:
    """From the code on a paper to the page where it is entered."""
    context = pages.find_sheet(request.viewer, request.GET.get("code", "").strip())
    return render(request, "dialogue/replies/find_sheet.html", context)


# --- what the doormen share --------------------------------------------------------------------------------


def _asked(form: forms.SendDown, below: Sequence[Committee]) -> list[Committee]:
    typed = form.cleaned_data
    return list(below) if typed["to"] == forms.EVERYBODY else pages.chosen(below, typed["chosen"])


def _unread_warning(
    request: Request, form: forms.SendDown, asked: Sequence[Committee]
) -> dict[str, Any] | None:
    """What is to be read before it goes out: whoever sends the same deadline again has read it."""
    due, today = form.cleaned_data["due"], request.viewer.today
    if due <= today or form.cleaned_data["seen"] == due.isoformat():
        return None
    warning = pages.warning(request.organisation, asked, due, today)
    if warning:
        typed = request.POST.copy()
        typed["seen"] = due.isoformat()
        form.data = typed
    return warning


def _send(
    request: Request,
    found: Item,
    form: forms.SendDown,
    known: Sequence[actions.NewQuestion],
    asked: Sequence[Committee],
) -> Sending:
    typed = form.cleaned_data
    chosen = [one for one in known if one.key in typed["questions"]]
    if typed["own"].strip():
        chosen.append(pages.own_question(typed["own"].strip()))
    return actions.send_down(
        item=found, committees=asked, questions=chosen, due=typed["due"], why=typed["why"], **who(request)
    )


def _sent(count: int) -> str:
    return ngettext(
        "It is sent to %(count)s committee. Those who run it are told where to reply.",
        "It is sent to %(count)s committees. Those who run them are told where to reply.",
        count,
    ) % {"count": count}


def _give(request: Request, found: Asked, form: forms.GiveReply) -> Reply:
    return actions.give_reply(asked=found, answers=form.answers(), **form.about(), **who(request))


def _enter(request: Request, found: Asked, form: forms.EnterPaper) -> Reply:
    return actions.enter_paper_reply(asked=found, answers=form.answers(), **form.about(), **who(request))
