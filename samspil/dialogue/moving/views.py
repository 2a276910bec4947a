"""The doormen of moving and cancelling."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from samspil.dialogue import queries
from samspil.dialogue.doorstep import BOTH, about_meeting, to
from samspil.dialogue.models import Item, Meeting
from samspil.dialogue.moving import actions, forms
from samspil.dialogue.permissions import PERMISSIONS
from samspil.kit.forms import answer
from samspil.organisation.door import Request, door, typed_before_sign_in, who


@door(PERMISSIONS, "move_meeting", find=queries.meeting, methods=BOTH)
def move_meeting(request: Request, found: Meeting) -> HttpResponse:
    here = {name: getattr(found, name) for name in ("on", "starts", "ends", "place")}
    form = forms.MoveMeeting(request.POST or None, initial=here | typed_before_sign_in(request))
    if request.method == "POST":
        moved = answer(form, lambda: actions.move_meeting(meeting=found, **form.cleaned_data, **who(request)))
        if moved:
            messages.success(request, _("The meeting is moved. The members are told when and where."))
            return redirect(to("meeting", request, found.ref))
    context = about_meeting(found, request.viewer, _("Move the meeting"))
    return render(request, "dialogue/moving/move_meeting.html", context | {"form": form})


@door(PERMISSIONS, "cancel_meeting", find=queries.meeting, methods=BOTH)
def cancel_meeting(request: Request, found: Meeting) -> HttpResponse:
    after = queries.meeting_after(found, request.viewer.today)
    form = forms.CancelMeeting(request.POST or None, after=after, initial=typed_before_sign_in(request))
    if request.method == "POST":
        done = answer(
            form, lambda: actions.cancel_meeting(meeting=found, **form.cleaned_data, **who(request))
        )
        if done:
            messages.success(request, _("The meeting is cancelled. The members are told why."))
            return redirect(to("meeting", request, found.ref))
    waiting = Item.objects.filter(meeting=found, status=Item.Status.ON_AGENDA).count()
    context = about_meeting(found, request.viewer, _("Cancel the meeting"))
    return render(
        request, "dialogue/moving/cancel_meeting.html", context | {"form": form, "waiting": waiting}
    )
