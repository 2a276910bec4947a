"""The doormen of the staff side's room."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from samspil.dialogue import queries
from samspil.dialogue.doorstep import to
from samspil.dialogue.models import Item, Meeting
from samspil.dialogue.permissions import PERMISSIONS
from samspil.dialogue.staff_room import actions, forms, pages, words
from samspil.dialogue.staff_room.models import StaffNote
from samspil.kit.forms import answer, typed_on
from samspil.kit.refusal import ChangedMeanwhile
from samspil.organisation import drafts
from samspil.organisation.door import Request, door, typed_before_sign_in, who
from samspil.organisation.models import Committee

BOTH = ("GET", "POST")


@door(PERMISSIONS, "see_staff_room", find=queries.committee)
def room(request: Request, found: Committee) -> HttpResponse:
    return render(request, "dialogue/staff_room/room.html", pages.room(found, request.viewer))


@door(PERMISSIONS, "write_staff_note", find=queries.committee, methods=BOTH)
def new_note(request: Request, found: Committee) -> HttpResponse:
    """Write a note. What is typed is kept as a draft that nobody else sees."""
    items = pages.items_to_choose(found, request.viewer)
    make = partial(forms.WriteNote, request.POST or None, items=items)
    form = drafts.begin(request, make, version=0, item=request.GET.get("about", ""))
    if request.method == "POST":
        written = answer(form, lambda: _write(request, found, items, form.cleaned_data))
        if written:
            drafts.sent(request)
            messages.success(request, _("Saved. Only the staff side of this committee can read it."))
            return redirect(to("staff_note", request, written.ref))
    context = pages.form_page(found, request.viewer, _("Write a note"))
    return render(request, "dialogue/staff_room/form.html", context | {"form": form, "submit": _("Save")})


@door(PERMISSIONS, "see_staff_room", find=words.note)
def note(request: Request, found: StaffNote) -> HttpResponse:
    return _note_page(request, found, forms.Comment())


@door(PERMISSIONS, "write_staff_note", find=words.note, methods=BOTH)
def change_note(request: Request, found: StaffNote) -> HttpResponse:
    """A new version of a note; where a colleague was quicker, both texts are shown."""
    items = pages.items_to_choose(found.committee, request.viewer, found.item)
    newest = words.versions(found, request.viewer)[0]
    usual = {"title": newest.title, "text": newest.text, "item": found.item.ref if found.item else ""}
    make = partial(forms.WriteNote, request.POST or None, items=items)
    form, theirs = drafts.begin(request, make, version=found.version, **usual), ""
    if request.method == "POST":
        try:
            written = answer(form, lambda: _write(request, found.committee, items, form.cleaned_data, found))
        except ChangedMeanwhile as fault:
            form = forms.WriteNote(typed_on(request.POST, found.version), items=items)
            form.add_error(None, str(fault.sentence))
            written, theirs = None, fault.theirs
        if written:
            drafts.sent(request)
            messages.success(request, _("Saved. The version before it stays readable for the staff side."))
            return redirect(to("staff_note", request, found.ref))
    context = pages.form_page(found.committee, request.viewer, _("Change the note"), found)
    context |= {"form": form, "submit": _("Save"), "theirs": theirs}
    return render(request, "dialogue/staff_room/form.html", context, status=409 if theirs else 200)


@door(PERMISSIONS, "comment_on_staff_note", find=words.note, methods=("POST",))
def comment(request: Request, found: StaffNote) -> HttpResponse:
    form = forms.Comment(request.POST)
    if answer(form, lambda: actions.comment(note=found, **form.cleaned_data, **who(request))):
        messages.success(request, _("Saved."))
        return redirect(to("staff_note", request, found.ref))
    return _note_page(request, found, form)


@door(PERMISSIONS, "move_staff_note", find=words.note, methods=("POST",))
def move_note(request: Request, found: StaffNote) -> HttpResponse:
    """The note's text goes into the side's preparatory answer, and the side goes on there."""
    questions = pages.questions_to_move_to(found)
    form = forms.MoveNote(request.POST, questions=questions)
    by_ref = {one.ref: one for one in questions}
    moved = answer(
        form,
        lambda: actions.move_note(note=found, question=by_ref[form.cleaned_data["question"]], **who(request)),
    )
    if moved and found.item:
        messages.success(request, _("The text stands in your side's answer now. It is still not released."))
        return redirect(to("item", request, found.item.ref) + "#answers")
    return _note_page(request, found, forms.Comment(), move=form)


@door(PERMISSIONS, "release_staff_note", find=words.note, methods=BOTH)
def release_note(request: Request, found: StaffNote) -> HttpResponse:
    """Show exactly what everybody will read, ask, ask again, then let them."""
    sent = request.method == "POST"
    if sent and request.POST.get("sure") == "yes":
        version = request.POST.get("version", "")
        actions.release_note(note=found, version=int(version) if version.isdigit() else 0, **who(request))
        messages.success(request, _("The note is released. Everybody who may read the item reads it there."))
        return redirect(to("staff_note", request, found.ref))
    context = pages.release(found, request.viewer, sure=sent)
    return render(request, "dialogue/staff_room/release.html", context)


@door(PERMISSIONS, "set_pre_meeting", find=queries.meeting, methods=BOTH)
def pre_meeting(request: Request, found: Meeting) -> HttpResponse:
    kept = words.pre_meeting_of(found, request.viewer)
    known = {"on": kept.on, "starts": kept.starts, "place": kept.place} if kept else {}
    version = kept.version if kept else 0
    form = forms.SetPreMeeting(
        request.POST or None, initial={"version": version, **known} | typed_before_sign_in(request)
    )
    theirs = ""
    if request.method == "POST":
        try:
            done = answer(
                form, lambda: actions.set_pre_meeting(meeting=found, **form.cleaned_data, **who(request))
            )
        except ChangedMeanwhile as fault:
            form = forms.SetPreMeeting(typed_on(request.POST, version))
            form.add_error(None, str(fault.sentence))
            done, theirs = None, fault.theirs
        if done:
            messages.success(request, _("The date is set. Only the staff side sees it, here in its room."))
            return redirect(to("staff_room", request, found.committee.ref))
    context = pages.pre_meeting(found, request.viewer)
    context |= {"form": form, "submit": _("Set the date"), "theirs": theirs}
    return render(request, "dialogue/staff_room/form.html", context, status=409 if theirs else 200)


def _note_page(
    request: Request, found: StaffNote, form: forms.Comment, move: forms.MoveNote | None = None
) -> HttpResponse:
    questions = pages.questions_to_move_to(found)
    context = pages.note(found, request.viewer) | {"comment_form": form, "form": move or form}
    context["move_form"] = move or (forms.MoveNote(questions=questions) if questions else None)
    return render(request, "dialogue/staff_room/note.html", context)


def _write(
    request: Request,
    committee: Committee,
    items: list[Item],
    typed: dict[str, Any],
    found: StaffNote | None = None,
) -> StaffNote:
    by_ref = {one.ref: one for one in items}
    return actions.write_note(
        committee=committee,
        title=typed["title"],
        text=typed["text"],
        item=by_ref.get(typed["item"]),
        note=found,
        version=typed["version"],
        **who(request),
    )
