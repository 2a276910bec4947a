"""The doorman of the attendance sheet."""

from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from samspil.dialogue import queries
from samspil.dialogue.attendance import actions, counting, forms
from samspil.dialogue.doorstep import BOTH, about_meeting, to
from samspil.dialogue.models import Meeting
from samspil.dialogue.permissions import PERMISSIONS
from samspil.kit.forms import answer, typed_on
from samspil.kit.refusal import ChangedMeanwhile, Refused
from samspil.organisation import drafts
from samspil.organisation.door import Request, door, who


@door(PERMISSIONS, "note_attendance", find=queries.meeting, methods=BOTH)
def note_attendance(request: Request, found: Meeting) -> HttpResponse:
    """Who came, who stood in, and the sentence about the quorum."""
    if not counting.on_its_day(found, request.viewer.today):
        raise Refused(_("Who came is noted on the day of the meeting or later."))
    sheet, places = counting.sheet_of(found), counting.places_at(found)
    make = partial(forms.NoteAttendance, request.POST or None, places=places)
    form = drafts.begin(request, make, **forms.as_noted(sheet))
    theirs = ""
    if request.method == "POST":
        try:
            noted = answer(
                form,
                lambda: actions.note_attendance(
                    meeting=found,
                    came=form.came(),
                    note=form.cleaned_data["note"],
                    version=form.cleaned_data["version"],
                    **who(request),
                ),
            )
        except ChangedMeanwhile as fault:
            newest = counting.sheet_of(found)
            typed = typed_on(request.POST, newest.version if newest else 0)
            form = forms.NoteAttendance(typed, places=places)
            form.add_error(None, str(fault.sentence))
            noted, theirs = None, fault.theirs
        if noted:
            drafts.sent(request)
            messages.success(request, _("It is noted who came."))
            return redirect(to("meeting", request, found.ref))
    context = about_meeting(found, request.viewer, _("Who came"))
    context |= {"form": form, "theirs": theirs, "sides": _by_side(form, context["regime"].sides)}
    return render(request, "dialogue/attendance/note.html", context, status=409 if theirs else 200)


def _by_side(form: forms.NoteAttendance, sides: dict[str, str]) -> list[tuple[str, list[object]]]:
    return [
        (title, [field for place, field in form.lines() if place.seat.side == side])
        for side, title in sides.items()
    ]
