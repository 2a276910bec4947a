"""The doormen of the committees' room: form, one action, on to the next page."""

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from samspil.dialogue import (
    actions,
    asks,
    documents,
    forms,
    keeping,
    late,
    pages,
    queries,
    questions,
    signing,
)
from samspil.dialogue import proposal as proposals
from samspil.dialogue import regime as regimes
from samspil.dialogue.agenda import pages as agenda_pages
from samspil.dialogue.confidential import anybody
from samspil.dialogue.doorstep import kept_or_both, to
from samspil.dialogue.guidelines import pages as guidelines
from samspil.dialogue.models import ActionPoint, Item, Meeting, Minutes
from samspil.dialogue.permissions import PERMISSIONS
from samspil.dialogue.replies import pages as replies
from samspil.dialogue.right_level import lines_of
from samspil.dialogue.secrecy import answers_visible_to, in_staff_room, side_of
from samspil.dialogue.staff_room import pages as staff_room
from samspil.initiative.models import Initiative
from samspil.kit.downloads import download
from samspil.kit.exports import Document, Export, write
from samspil.kit.exports.filing import pack
from samspil.kit.forms import answer, typed_on
from samspil.kit.refusal import ChangedMeanwhile, Refused
from samspil.organisation import drafts, files
from samspil.organisation.door import Request, door, typed_before_sign_in, who
from samspil.organisation.models import Committee, Person
from samspil.organisation.viewer import Viewer

BOTH = ("GET", "POST")


# --- committees and meetings -----------------------------------------------------------------------------


@door(PERMISSIONS, "see_committees")
def committees(request: Request) -> HttpResponse:
    """The tree of committees, and what waits for the viewer."""
    return render(request, "dialogue/committees.html", pages.committees(request.viewer, request.at))


@door(PERMISSIONS, "see_committee", find=queries.committee)
def committee(request: Request, found: Committee) -> HttpResponse:
    """One committee: who sits there, when it meets, what waits, and its rules."""
    context = pages.committee(found, request.viewer) | replies.on_the_committees_page(found, request.viewer)
    context |= guidelines.of_committee(found, request.viewer)
    context["staff_room_open"] = in_staff_room(request.viewer, found.pk)
    return render(request, "dialogue/committee.html", context)


@door(PERMISSIONS, "plan_meeting", find=queries.committee, methods=BOTH)
def plan_meeting(request: Request, found: Committee) -> HttpResponse:
    form = forms.PlanMeeting(request.POST or None, initial=typed_before_sign_in(request))
    if request.method == "POST":
        planned = answer(
            form, lambda: actions.plan_meeting(committee=found, **form.cleaned_data, **who(request))
        )
        if planned:
            messages.success(request, _("The meeting is planned. Items can be put on its agenda."))
            return redirect(to("meeting", request, planned.ref))
    return render(
        request, "dialogue/plan_meeting.html", pages.plan_meeting(found, request.viewer) | {"form": form}
    )


@door(PERMISSIONS, "see_meeting", find=queries.meeting)
def meeting(request: Request, found: Meeting) -> HttpResponse:
    """The agenda of a meeting."""
    return render(request, "dialogue/meeting.html", agenda_pages.meeting(found, request.viewer))


@door(PERMISSIONS, "correct_meeting_date", find=queries.meeting, methods=BOTH)
def correct_meeting_date(request: Request, found: Meeting) -> HttpResponse:
    """Every date the meeting has had, and the form for the right one."""
    form = forms.CorrectMeetingDate(
        request.POST or None, initial={"on": found.on} | typed_before_sign_in(request)
    )
    if request.method == "POST":
        done = answer(
            form,
            lambda: actions.correct_meeting_date(meeting=found, **form.cleaned_data, **who(request)),
        )
        if done:
            messages.success(
                request, _("The date is corrected. The earlier one stays visible with your reason.")
            )
            return redirect(to("meeting", request, found.ref))
    context = pages.correct_meeting_date(found, request.viewer) | {"form": form}
    return render(request, "dialogue/correct_meeting_date.html", context)


@door(PERMISSIONS, "see_meeting", find=queries.meeting)
def agenda(request: Request, found: Meeting, format: str) -> HttpResponse:
    """The agenda as a file, as far as one may read; `?open=1` leaves out what is closed to others."""
    language = request.organisation.language
    with translation.override(language):
        regime = regimes.in_force(request.organisation, found.on)
    parts = (found, regime, anybody(request.viewer) if request.GET.get("open") else request.viewer)
    if format == "zip":
        return download(pack(documents.in_language(language, documents.agenda_filing, *parts)))
    return _as_file(documents.in_language(language, documents.agenda, *parts), format, "pdf", "docx")


# --- asking for an item ----------------------------------------------------------------------------------


@door(PERMISSIONS, "request_item", find=queries.initiative, methods=BOTH)
def request_item(request: Request, found: Initiative) -> HttpResponse:
    """Put an initiative before its committee; everything is chosen beforehand."""
    chosen = _committee(request.POST.get("committee") or request.GET.get("committee", ""))
    proposal = proposals.propose(found, request.viewer, chosen)
    meetings = list(queries.meetings_of(proposal.committee, request.viewer.today))
    make = partial(
        forms.RequestItem,
        request.POST or None,
        committees=pages.committees_to_choose(proposal),
        meetings=meetings,
        questions=proposal.questions,
    )
    form = drafts.begin(request, make, **_proposed(proposal))
    if request.method == "POST":
        made = answer(form, lambda: _request_item(request, found, proposal, meetings, form.cleaned_data))
        if made:
            drafts.sent(request)
            messages.success(request, _requested(made))
            return redirect(to("item", request, made.ref))
    context = pages.request_item(found, proposal, request.viewer) | {"form": form}
    return render(request, "dialogue/request_item.html", context)


@door(PERMISSIONS, "place_item", find=queries.item, methods=BOTH)
def place_item(request: Request, found: Item) -> HttpResponse:
    meetings = list(queries.meetings_to_choose(found.committee, request.viewer.today))
    form = forms.PlaceItem(
        request.POST or None,
        meetings=meetings,
        initial={"meeting": found.meeting.ref if found.meeting else ""} | typed_before_sign_in(request),
    )
    if request.method == "POST":
        by_ref = {one.ref: one for one in meetings}
        placed = answer(
            form,
            lambda: actions.place_item(
                item=found, meeting=by_ref[form.cleaned_data["meeting"]], **who(request)
            ),
        )
        if placed:
            messages.success(request, _("It stands on the agenda. The members of the committee are told."))
            return redirect(to("item", request, found.ref))
    return _form_page(
        request,
        found,
        form,
        title=_("Put it on a meeting"),
        submit=_("Put it on this meeting"),
        lead=_("The members are told when it stands on an agenda."),
        empty=not meetings,
    )


@door(PERMISSIONS, "choose_questions", find=queries.item, methods=BOTH)
def choose_questions(request: Request, found: Item) -> HttpResponse:
    known = questions.of_level(found.model, found.committee.level) if found.model else ()
    form = forms.ChooseQuestions(
        request.POST or None,
        known=known,
        initial={
            "version": found.version,
            "questions": [row.key for row in queries.questions_of(found)],
        },
    )
    if request.method == "POST":
        chosen = answer(
            form,
            lambda: actions.choose_questions(
                item=found,
                keys=form.cleaned_data["questions"],
                version=form.cleaned_data["version"],
                **who(request),
            ),
        )
        if chosen:
            messages.success(request, _("The questions are chosen. Both sides can answer them now."))
            return redirect(to("item", request, found.ref))
    return _form_page(
        request,
        found,
        form,
        title=_("Choose the questions"),
        submit=_("Put these questions"),
        lead=_("The core questions are enough for a small initiative."),
    )


@door(PERMISSIONS, "write_case", find=queries.item, methods=BOTH)
def write_case(request: Request, found: Item) -> HttpResponse:
    initial = {"version": found.version, "title": found.title, "case": found.case, "proposal": found.proposal}
    form = drafts.begin(request, partial(forms.WriteCase, request.POST or None), **initial)
    theirs = ""
    if request.method == "POST":
        written, form, theirs = kept_or_both(
            form,
            lambda: actions.write_case(item=found, **form.cleaned_data, **who(request)),
            lambda: forms.WriteCase(typed_on(request.POST, found.version)),
        )
        if written:
            drafts.sent(request)
            messages.success(request, _("Saved."))
            return redirect(to("item", request, found.ref))
    return _form_page(
        request, found, form, title=_("What the committee needs to know"), submit=_("Save"), theirs=theirs
    )


@door(PERMISSIONS, "give_case_number", find=queries.item, methods=BOTH)
def give_case_number(request: Request, found: Item) -> HttpResponse:
    initial = {"version": found.version, "case_number": found.case_number}
    form = forms.CaseNumber(request.POST or None, initial=initial | typed_before_sign_in(request))
    theirs = ""
    if request.method == "POST":
        given, form, theirs = kept_or_both(
            form,
            lambda: actions.give_case_number(item=found, **form.cleaned_data, **who(request)),
            lambda: forms.CaseNumber(typed_on(request.POST, found.version)),
        )
        if given:
            messages.success(request, _("Saved."))
            return redirect(to("item", request, found.ref))
    return _form_page(
        request,
        found,
        form,
        title=_("Case number"),
        submit=_("Save"),
        lead=_("Where the records system keeps this. Left empty, the initiative's number holds."),
        theirs=theirs,
    )


@door(PERMISSIONS, "withdraw_item", find=queries.item, methods=BOTH)
def withdraw_item(request: Request, found: Item) -> HttpResponse:
    form = forms.Withdraw(request.POST or None, initial=typed_before_sign_in(request))
    if request.method == "POST":
        done = answer(form, lambda: actions.withdraw_item(item=found, **form.cleaned_data, **who(request)))
        if done:
            messages.success(request, _("It is withdrawn. The reason stays visible in the journal."))
            return redirect(to("item", request, found.ref))
    return _form_page(
        request,
        found,
        form,
        title=_("Withdraw it"),
        submit=_("Withdraw"),
        lead=_("It leaves the agenda. What has been written stays where it is."),
    )


# --- the item --------------------------------------------------------------------------------------------


@door(PERMISSIONS, "see_item", find=queries.item)
def item(request: Request, found: Item) -> HttpResponse:
    """What it is about, the questions and answers, what came of it, the text and its signatures."""
    form = _answers_form(request, found)
    return render(request, "dialogue/item.html", _item_page(request, found, form))


@door(PERMISSIONS, "answer_question", find=queries.item, methods=("POST",))
def answer_questions(request: Request, found: Item) -> HttpResponse:
    """Save one's own side's answers; where a colleague wrote meanwhile, both texts are shown."""
    form = _answers_form(request, found, request.POST)
    if form is None or not form.is_valid():
        return render(request, "dialogue/item.html", _item_page(request, found, form))
    conflicts = _save_answers(request, form)
    if conflicts:
        form = _with_both_texts(request, found, conflicts)
        context = _item_page(request, found, form) | {"conflicts": conflicts}
        return render(request, "dialogue/item.html", context, status=409)
    drafts.forget(request.viewer, _draft_name(found))
    if request.POST.get("then") == "release":
        return redirect(to("release_answers", request, found.ref))
    messages.success(request, _answers_saved(form))
    return redirect(to("item", request, found.ref))


@door(PERMISSIONS, "release_answers", find=queries.item, methods=BOTH)
def release_answers(request: Request, found: Item) -> HttpResponse:
    """Show exactly what everybody will be able to read, then let them."""
    if request.method == "POST":
        actions.release_answers(item=found, **who(request))
        messages.success(
            request, _("Your side's answers are released. Everybody here can read them on this page.")
        )
        return redirect(to("item", request, found.ref))
    return render(request, "dialogue/release_answers.html", pages.release(found, request.viewer))


@door(PERMISSIONS, "record_outcome", find=queries.item, methods=BOTH)
def record_outcome(request: Request, found: Item) -> HttpResponse:
    table = regimes.as_read(keeping.table_of(found), request.organisation)
    regime = asks.choosable(table, found.committee)
    make = partial(_outcome_form, request, found, regime, request.POST or None)
    form = drafts.begin(request, make, **pages.outcome_so_far(found, request.viewer.today))
    theirs = ""
    if request.method == "POST":
        recorded, form, theirs = kept_or_both(
            form,
            lambda: _record_outcome(request, found, form),
            lambda: _outcome_form(
                request, found, regime, typed_on(request.POST, queries.recorded_version(found))
            ),
        )
        if recorded:
            drafts.sent(request)
            messages.success(request, _("It is recorded. Now write what was said."))
            return redirect(to("write_minutes", request, found.ref))
    context = pages.form_page(found, request.viewer) | {"form": form, "regime": regime, "theirs": theirs}
    return render(request, "dialogue/record_outcome.html", context, status=409 if theirs else 200)


# --- minutes ---------------------------------------------------------------------------------------------


@door(PERMISSIONS, "write_minutes", find=queries.item, methods=BOTH)
def write_minutes(request: Request, found: Item) -> HttpResponse:
    newest = queries.newest_minutes(found)
    form = forms.WriteMinutes(
        request.POST or None,
        request.FILES or None,
        initial={"version": newest.number if newest else 0, "text": newest.text if newest else ""}
        | drafts.of(request.viewer, f"text-{found.ref}")
        | typed_before_sign_in(request),
    )
    theirs = ""
    if request.method == "POST":
        written, form, theirs = kept_or_both(
            form,
            lambda: _write_minutes(request, found, form.cleaned_data),
            lambda: forms.WriteMinutes(typed_on(request.POST, newest.number if newest else 0)),
        )
        if written:
            drafts.forget(request.viewer, f"text-{found.ref}")
            messages.success(request, _("It is saved. Those who release it are told."))
            return redirect(to("item", request, found.ref))
    context = pages.write_minutes(found, newest, request.viewer)
    draft = _draft_url(request, f"text-{found.ref}")
    return render(
        request, "dialogue/write_minutes.html", context | {"form": form, "theirs": theirs, "draft_url": draft}
    )


@door(PERMISSIONS, "release_minutes", find=queries.item, methods=BOTH)
def release_minutes(request: Request, found: Item) -> HttpResponse:
    """Read exactly the text, then release it."""
    return _sign(request, found, signing.RELEASE, actions.release_minutes)


@door(PERMISSIONS, "approve_minutes", find=queries.item, methods=BOTH)
def approve_minutes(request: Request, found: Item) -> HttpResponse:
    """Read exactly the text, then approve it."""
    return _sign(request, found, signing.APPROVE, actions.approve_minutes)


@door(PERMISSIONS, "see_item", find=queries.item)
def minutes_file(request: Request, found: Item, format: str) -> HttpResponse:
    """The newest text as a file; only its committee sees it before it is released."""
    newest = queries.newest_minutes(found)
    if newest is None or not pages.may_read_text(found, newest, request.viewer):
        raise Http404
    language, on = found.regime.language, request.viewer.today
    if format == "zip":
        return download(pack(documents.in_language(language, documents.minutes_filing, found, newest, on)))
    document = documents.in_language(language, documents.minutes, found, newest, on)
    return _as_file(document, format, "pdf", "docx")


@door(PERMISSIONS, "see_item", find=queries.item)
def brought_file(request: Request, found: Item) -> HttpResponse:
    """The file that belongs to the newest text."""
    newest = queries.newest_minutes(found)
    if newest is None or newest.file is None or not pages.may_read_text(found, newest, request.viewer):
        raise Http404
    kept = newest.file
    return download(Export(kept.name, kept.content_type, bytes(kept.blob.data)))


# --- what is to be done ----------------------------------------------------------------------------------


@door(PERMISSIONS, "add_action_point", find=queries.item, methods=BOTH)
def add_action_point(request: Request, found: Item) -> HttpResponse:
    people = queries.people_to_choose(found.committee, found.initiative, request.viewer.today)
    form = forms.AddActionPoint(request.POST or None, people=people, initial=typed_before_sign_in(request))
    if request.method == "POST":
        added = answer(form, lambda: _add_action_point(request, found, form.cleaned_data))
        if added:
            messages.success(request, _("It is noted, and the one who does it is told."))
            return redirect(to("item", request, found.ref))
    return _form_page(request, found, form, title=_("Agree on an action"), submit=_("Note it"))


@door(PERMISSIONS, "finish_action_point", find=queries.action_point, methods=("POST",))
def finish_action_point(request: Request, found: ActionPoint) -> HttpResponse:
    actions.finish_action_point(point=found, done_on=request.viewer.today, **who(request))
    messages.success(request, _("It is marked as done."))
    return redirect(to("item", request, found.item.ref))


# --- held elsewhere, and too late ------------------------------------------------------------------------


@door(PERMISSIONS, "record_meeting_elsewhere", find=queries.initiative, methods=BOTH)
def held_elsewhere(request: Request, found: Initiative) -> HttpResponse:
    """The committee treated it in the agenda system it has: date, outcome, file."""
    regime = regimes.in_force(request.organisation, request.viewer.today)
    rights = [line.right for line in lines_of([found])[found.pk] if line.right]
    chosen = _committee(request.POST.get("committee", "")) or (rights[0] if rights else None)
    if chosen is None:
        raise Refused(proposals.NO_COMMITTEE)
    make = partial(
        forms.HeldElsewhere,
        request.POST or None,
        request.FILES or None,
        regime=regime,
        unions=signing.unions_of(signing.seats_in([chosen.pk], request.viewer.today)),
        committees=pages.with_those_above(rights),
    )
    form = drafts.begin(request, make, committee=chosen.ref, on=_day_held(found, request))
    if request.method == "POST":
        kept = answer(form, lambda: _record_elsewhere(request, found, chosen, form))
        if kept:
            drafts.sent(request)
            messages.success(request, _elsewhere_recorded(kept))
            return redirect(to("item", request, kept.ref))
    context = pages.held_elsewhere(found, request.viewer)
    context |= {"form": form, "regime": regime, "committee": chosen}
    return render(request, "dialogue/held_elsewhere.html", context)


@door(PERMISSIONS, "see_asked_too_late")
def asked_too_late(request: Request) -> HttpResponse:
    """What was discussed after the binding step, or not before it."""
    return render(request, "dialogue/asked_too_late.html", pages.asked_too_late(request.viewer))


@door(PERMISSIONS, "see_asked_too_late")
def asked_too_late_file(request: Request, format: str) -> HttpResponse:
    viewer = request.viewer
    language = translation.get_language() or request.organisation.language
    document = documents.too_late(late.report(viewer), request.organisation, viewer.today, language)
    return _as_file(document, format, "xlsx", "pdf", "csv")


# --- what the doormen share ------------------------------------------------------------------------------


def _item_page(request: Request, found: Item, form: Any) -> dict[str, Any]:
    """The item with what came up about it, and what the staff side's room shows of itself there."""
    viewer = request.viewer
    return {
        **pages.item(found, viewer, form),
        **replies.on_the_items_page(found, viewer),
        **staff_room.on_the_items_page(found, viewer),
    }


def _committee(ref: str) -> Committee | None:
    return queries.committee(ref) if ref else None


def _proposed(proposal: proposals.Proposal) -> dict[str, Any]:
    return {
        "committee": proposal.committee.ref,
        "meeting": proposal.meeting.ref if proposal.meeting else "",
        "title": proposal.title,
        "questions": [one.key for one in questions.core(proposal.questions)],
    }


def _request_item(
    request: Request,
    initiative: Initiative,
    proposal: proposals.Proposal,
    meetings: list[Any],
    typed: dict[str, Any],
) -> Item:
    by_ref = {one.ref: one for one in meetings}
    return actions.request_item(
        initiative=initiative,
        committee=proposal.committee,
        meeting=by_ref.get(typed["meeting"]),
        without_meeting=not typed["meeting"],
        title=typed["title"],
        question_keys=typed["questions"],
        case=typed["case"],
        because=request.GET.get("because", ""),
        **who(request),
    )


def _requested(item: Item) -> str:
    if item.status == Item.Status.ON_AGENDA:
        return _(
            "It stands on the agenda. The members of the committee are told and can prepare their answers."
        )
    return _("It is asked for. The chair, the vice-chair and the secretary are told and find a meeting.")


def _answers_form(request: Request, found: Item, data: Any = None) -> forms.AnswerQuestions | None:
    """The form of the viewer's own side, while its answers are not released."""
    side = side_of(request.viewer, found.committee_id)
    if side is None or not pages.may_answer(found, side):
        return None
    kept = drafts.of(request.viewer, _draft_name(found)) | typed_before_sign_in(request)
    form = forms.AnswerQuestions(
        data,
        asked=queries.questions_of(found),
        side=side,
        answers=answers_visible_to(request.viewer, found),
        initial=kept,
    )
    form.draft_url = _draft_url(request, _draft_name(found))  # type: ignore[attr-defined]
    return form


def _answers_saved(form: forms.AnswerQuestions) -> str:
    """How far one's own side has come, whatever part of it was written just now."""
    answered, asked = form.progress()
    return _(
        "Saved: your side has answered %(answered)s of %(asked)s."
        " Only your side can read it until you release it with the button below the questions."
    ) % {"answered": answered, "asked": asked}


def _save_answers(request: Request, form: forms.AnswerQuestions) -> dict[str, ChangedMeanwhile]:
    conflicts = {}
    for question, text, version in form.changed():
        try:
            actions.answer_question(question=question, text=text, version=version, **who(request))
        except ChangedMeanwhile as fault:
            conflicts[question.ref] = fault
    return conflicts


def _with_both_texts(
    request: Request, found: Item, conflicts: dict[str, ChangedMeanwhile]
) -> forms.AnswerQuestions | None:
    """The form again: mine in the field, theirs beside it, and saving now replaces theirs knowingly."""
    drafts.forget(request.viewer, _draft_name(found))
    form = _answers_form(request, found)
    if form:
        for ref, fault in conflicts.items():
            form.initial[f"text_{ref}"] = fault.yours
            form.fields[f"text_{ref}"].theirs = fault.theirs  # type: ignore[attr-defined]
    return form


def _draft_name(found: Item) -> str:
    return f"answers-{found.ref}"


def _draft_url(request: Request, name: str) -> str:
    return f"{reverse('save_draft', args=[request.organisation.slug])}?{urlencode({'form': name})}"


@transaction.atomic
def _write_minutes(request: Request, found: Item, typed: dict[str, Any]) -> Minutes:
    kept = files.brought(typed["file"], **who(request))
    return actions.write_minutes(
        item=found, text=typed["text"], version=typed["version"], file=kept, **who(request)
    )


def _outcome_form(
    request: Request, found: Item, regime: regimes.Regime, data: Any, initial: Any = None
) -> forms.RecordOutcome:
    seats = signing.seats_in([found.committee_id], request.viewer.today)
    return forms.RecordOutcome(
        data,
        regime=regime,
        unions=signing.unions_of(seats),
        committee=found.committee,
        meetings=queries.meetings_after(found.meeting),
        initial=initial,
    )


def _record_outcome(request: Request, found: Item, form: forms.RecordOutcome) -> Item:
    return actions.record_outcome(
        item=found,
        outcomes=form.outcomes(),
        positions=form.positions(),
        order=form.cleaned_data["order"],
        version=form.cleaned_data["version"],
        **who(request),
    )


def _sign(request: Request, found: Item, act: str, call: Callable[..., Any]) -> HttpResponse:
    newest = queries.newest_minutes(found)
    if newest is None:
        raise Refused(_("Nothing has been written yet that could be signed."))
    if request.method == "POST":
        call(item=found, sha256=request.POST.get("sha256", ""), **who(request))
        said, page = _what_now(act, signing.sheets(found, newest, request.viewer.today), request.viewer)
        messages.success(request, said)
        return redirect(to(page, request, found.ref))
    return render(request, "dialogue/sign.html", pages.sign(found, newest, act, request.viewer))


def _what_now(act: str, sheets: Mapping[str, signing.Sheet], viewer: Viewer) -> tuple[str, str]:
    """What is said to who has signed, and the page that comes next."""
    if act == signing.APPROVE:
        return _("You have approved the text."), "item"
    if sheets[signing.RELEASE].complete and sheets[signing.APPROVE].place_for(viewer):
        return _("You have released the text. It waits for your approval."), "approve_minutes"
    return _("You have released the text."), "item"


def _add_action_point(request: Request, found: Item, typed: dict[str, Any]) -> ActionPoint:
    owner = Person.objects.get(ref=typed["owner"])
    return actions.add_action_point(
        item=found, text=typed["text"], owner=owner, due=typed["due"], **who(request)
    )


@transaction.atomic
def _record_elsewhere(
    request: Request, initiative: Initiative, committee: Committee, form: forms.HeldElsewhere
) -> Item:
    typed = form.cleaned_data
    return actions.record_meeting_elsewhere(
        initiative=initiative,
        committee=committee,
        on=typed["on"],
        outcomes=form.outcomes(),
        text=typed["text"],
        file=files.brought(typed["file"], **who(request)),
        order=typed["order"],
        approved_on=typed["approved_on"],
        approved_by=typed["approved_by"],
        item=queries.open_item_about(initiative),
        **who(request),
    )


def _day_held(initiative: Initiative, request: Request) -> date | None:
    """The day is known when the item stands on a meeting whose day has come."""
    existing = queries.open_item_about(initiative)
    day = existing.meeting.on if existing and existing.meeting else None
    return day if day and day <= request.viewer.today else None


def _elsewhere_recorded(item: Item) -> str:
    if item.status == Item.Status.APPROVED:
        return _("The meeting is recorded, with who approved the text.")
    return _("The meeting is recorded. Those whom the rules name approve the text here.")


def _form_page(
    request: Request,
    found: Item,
    form: Any,
    *,
    title: str,
    submit: str,
    lead: str = "",
    theirs: str = "",
    empty: bool = False,
) -> HttpResponse:
    context = {"form": form, "title": capfirst(title), "submit": submit, "lead": lead}
    context |= {"theirs": theirs, "nothing_to_choose": empty}
    return render(request, "dialogue/form.html", pages.form_page(found, request.viewer) | context)


def _as_file(document: Document, format: str, *known: str) -> HttpResponse:
    if format not in known:
        raise Http404
    return download(write(document, format))  # type: ignore[arg-type]
