"""The doormen of the meeting room: the big screen, and the secretary's page."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samspil.dialogue import pages, queries
from samspil.dialogue.agenda import settling
from samspil.dialogue.at_the_table import forms
from samspil.dialogue.at_the_table.saving import save_item, versions_of
from samspil.dialogue.at_the_table.stored import points_of, stored_at
from samspil.dialogue.confidential import is_confidential, may_read
from samspil.dialogue.doorstep import BOTH, about_meeting, to
from samspil.dialogue.guidelines import queries as guidelines
from samspil.dialogue.models import Item, Meeting
from samspil.dialogue.permissions import PERMISSIONS
from samspil.kit.forms import answer, typed_in
from samspil.kit.refusal import ChangedMeanwhile, Refused
from samspil.organisation import drafts
from samspil.organisation.door import Request, door, who
from samspil.organisation.viewer import Viewer

HIDDEN = ("csrfmiddlewaretoken", "only")


@door(PERMISSIONS, "see_meeting", find=queries.meeting)
def screen(request: Request, found: Meeting) -> HttpResponse:
    """One item at a time in large type; the next one is a link away."""
    viewer = request.viewer
    lines, _sent = settling.lines_of(found)
    lines = tuple(one for one in lines if may_read(viewer, one.item))
    place = _place(request.GET.get("item", ""), len(lines))
    line = lines[place - 1] if place else None
    context = about_meeting(found, viewer, _("Big screen"))
    context |= {
        "lines": [(one, context["regime"].purposes.get(one.item.purpose, "")) for one in lines],
        "line": line,
        "purpose": context["regime"].purposes.get(line.item.purpose, "") if line else "",
        "closed": bool(line and is_confidential(line.item, viewer.today)),
        "questions": queries.questions_of(line.item) if line else [],
        "outcomes": pages.outcomes_here(line.item, found) if line else [],
        "before": place - 1 if place > 1 else 0,
        "after": place + 1 if place < len(lines) else 0,
        "place": place,
    }
    return render(request, "dialogue/at_the_table/screen.html", context)


@door(PERMISSIONS, "record_outcome", find=queries.meeting, methods=BOTH)
def record_meeting(request: Request, found: Meeting) -> HttpResponse:
    """All items in order with outcome, positions, text and an action; saved one by one or all at once."""
    if found.cancelled_at:
        raise Refused(_("This meeting is cancelled, so nothing came of it."))
    if found.on > request.viewer.today:
        raise Refused(_("The meeting has not been held yet. Record what came of it afterwards."))
    items = _items(found, request.viewer)
    make = partial(_form, found, items, request.viewer, request.POST or None)
    form = drafts.begin(request, make)
    theirs: dict[str, str] = {}
    if request.method == "POST":
        chosen = [one for one in items if request.POST.get("only", "") in ("", one.ref)]
        if items and not chosen:
            raise Http404
        saved, theirs = _save(request, form, chosen)
        if not any(form.parts[one.ref].errors for one in chosen):
            return _saved(request, found, form, len(saved))
        form = _what_is_left(request, found, items, form, saved, theirs)
    context = about_meeting(found, request.viewer, _("Record the meeting"))
    points = points_of(items)
    context |= {
        "form": form,
        "parts": [
            (number, one, form.parts[one.ref], theirs.get(one.ref, ""), points[one.pk])
            for number, one in enumerate(items, 1)
        ],
        "faulty": [
            (one, form.parts[one.ref]) for one in items if form.is_bound and form.parts[one.ref].errors
        ],
    }
    return render(request, "dialogue/at_the_table/record.html", context, status=409 if theirs else 200)


def _save(request: Request, form: forms.WholeMeeting, items: list[Item]) -> tuple[set[str], dict[str, str]]:
    """Which items were saved, and what others wrote meanwhile about those that were not."""
    saved: set[str] = set()
    theirs: dict[str, str] = {}
    for item in items:
        part = form.parts[item.ref]
        if not part.is_valid() or not part.anything:
            continue
        try:
            if answer(part, partial(_keep, item, part, request)):
                saved.add(item.ref)
        except ChangedMeanwhile as fault:
            part.add_error(None, str(fault.sentence))
            theirs[item.ref] = fault.theirs
    return saved, theirs


def _keep(item: Item, part: forms.ItemAtTheTable, request: Request) -> bool:
    save_item(item, part, **who(request))
    return True


def _saved(request: Request, found: Meeting, form: forms.WholeMeeting, saved: int) -> HttpResponse:
    """After one item the others' words stay as a draft; after all of them the draft is done with."""
    said = ngettext("%(count)s item is saved.", "%(count)s items are saved.", saved) % {"count": saved}
    messages.success(request, said if saved else _("Nothing was changed."))
    only = request.POST.get("only", "")
    others = {name for ref, part in form.parts.items() if ref != only for name in part.names()}
    rest = {name: value for name, value in typed_in(request.POST, but=HIDDEN).items() if name in others}
    if only and rest:
        drafts.keep(request.viewer, drafts.name_of(request), rest, request.at)
    else:
        drafts.sent(request)
    return redirect(f"{request.path}#item-{only}" if only else to("meeting", request, found.ref))


def _what_is_left(
    request: Request,
    found: Meeting,
    items: list[Item],
    old: forms.WholeMeeting,
    saved: set[str],
    theirs: dict[str, str],
) -> forms.WholeMeeting:
    """The form again where something was not saved.

    What was saved is not sent a second time, and what somebody else changed is replaced only now that both
    texts were seen.
    """
    typed = request.POST.copy()
    for item in items:
        if item.ref in saved or item.ref in theirs:
            typed = old.again(typed, item.ref, versions_of(item))
        if item.ref in saved:
            for name in forms.ACTION:
                typed[f"{item.ref}-{name}"] = ""
    form = _form(found, items, request.viewer, typed)
    for ref, part in form.parts.items():
        part.is_valid()
        part.errors.clear()
        part.errors.update(old.parts[ref].errors if ref not in saved else {})
    drafts.keep(request.viewer, drafts.name_of(request), typed_in(typed, but=HIDDEN), request.at)
    return form


def _form(
    found: Meeting, items: list[Item], viewer: Viewer, data: Any = None, initial: Any = None
) -> forms.WholeMeeting:
    return forms.WholeMeeting(
        data,
        items=items,
        stored=stored_at(found, items),
        unions=forms.unions_at(items[0] if items else None, viewer.today),
        people=queries.people_to_choose(found.committee, None, viewer.today),
        meetings=queries.meetings_after(found),
        guidelines=guidelines.meant_by(items, viewer.today) if items else {},
        initial=initial,
    )


def _items(found: Meeting, viewer: Viewer) -> list[Item]:
    """What the meeting treats, without what it handed on to another meeting."""
    return [one for one in queries.agenda(found) if one.meeting_id == found.pk and may_read(viewer, one)]


def _place(asked: str, most: int) -> int:
    """The item that is shown, from 1; 0 for the list of all."""
    return min(int(asked), most) if asked.isdecimal() else 0
