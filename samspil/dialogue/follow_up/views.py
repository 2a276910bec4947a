"""The doormen of what stayed open."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samspil.dialogue import pages, queries
from samspil.dialogue.confidential import may_read
from samspil.dialogue.doorstep import BOTH, about_committee, kept_or_both, to
from samspil.dialogue.follow_up import actions, forms, still_open
from samspil.dialogue.models import ActionPoint, Meeting
from samspil.dialogue.permissions import PERMISSIONS
from samspil.kit.forms import typed_on
from samspil.organisation.door import Request, door, typed_before_sign_in, who
from samspil.organisation.models import Committee


@door(PERMISSIONS, "see_committee", find=queries.committee)
def actions_of_committee(request: Request, found: Committee) -> HttpResponse:
    """What was promised in a committee, by whom and by when."""
    viewer = request.viewer
    open_ones = still_open.promises(found, viewer)
    context = about_committee(found, viewer, _("Agreed actions"))
    context |= {
        "open_ones": [
            (
                one,
                PERMISSIONS.allows("finish_action_point", viewer, one.point),
                PERMISSIONS.allows("move_action_point", viewer, one.point),
            )
            for one in open_ones
        ],
        "done": still_open.kept_promises(found, viewer),
        "overdue": sum(one.overdue for one in open_ones),
    }
    return render(request, "dialogue/follow_up/actions.html", context)


@door(PERMISSIONS, "move_action_point", find=queries.action_point, methods=BOTH)
def move_action_point(request: Request, found: ActionPoint) -> HttpResponse:
    initial = {"due": found.due, "version": found.version} | typed_before_sign_in(request)
    form, theirs = forms.MoveActionPoint(request.POST or None, initial=initial), ""
    if request.method == "POST":
        moved, form, theirs = kept_or_both(
            form,
            lambda: actions.move_action_point(point=found, **form.cleaned_data, **who(request)),
            lambda: forms.MoveActionPoint(typed_on(request.POST, found.version)),
        )
        if moved:
            messages.success(request, _("It has another day. The one before stays visible with your reason."))
            return redirect(to("committee_actions", request, found.item.committee.ref))
    item = queries.item(found.item.ref)
    assert item is not None  # noqa: S101 - the point belongs to it
    context = pages.form_page(item, request.viewer)
    context |= {"point": found, "form": form, "theirs": theirs, "readable": may_read(request.viewer, item)}
    return render(request, "dialogue/follow_up/move_action.html", context, status=409 if theirs else 200)


@door(PERMISSIONS, "carry_over", find=queries.meeting, methods=("POST",))
def carry_over(request: Request, found: Meeting) -> HttpResponse:
    """Put what stayed open on the agenda, all at once."""
    items = actions.carry_over(meeting=found, **who(request))
    said = ngettext(
        "%(count)s item is carried over to the agenda.",
        "%(count)s items are carried over to the agenda.",
        len(items),
    )
    messages.success(request, said % {"count": len(items)})
    return redirect(to("meeting", request, found.ref))
