"""The doorman of the frame: years, prices, discounting, key figures."""

from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from samspil.business_case import actions, queries
from samspil.business_case.frame.forms import FrameForm, initial_of
from samspil.business_case.key_figures import in_the_house
from samspil.business_case.models import Case
from samspil.business_case.pages import about, to
from samspil.business_case.permissions import PERMISSIONS
from samspil.business_case.refusals import at_fields
from samspil.kit.forms import answer, typed_on
from samspil.kit.refusal import ChangedMeanwhile
from samspil.organisation import drafts
from samspil.organisation.door import Request, door, who


@door(PERMISSIONS, "change_case", find=queries.case, methods=("GET", "POST"))
def frame(request: Request, case: Case) -> HttpResponse:
    """What everything in the case is computed by."""
    form = drafts.begin(
        request, partial(FrameForm, request.POST or None), **initial_of(case.title, case.frame, case.version)
    )
    fault = None
    if request.method == "POST":
        try:
            if _saved(request, case, form):
                drafts.sent(request)
                messages.success(request, _("The case is computed anew."))
                return redirect(to(request, "case", case.ref))
        except ChangedMeanwhile as changed:
            fault = changed
            form = FrameForm(typed_on(request.POST, Case.objects.get(pk=case.pk).version))
    context = about(request, case, "frame", _("Computed by"))
    context |= {"form": form, "fault": fault, "sets": in_the_house()}
    return render(request, "business_case/frame/frame.html", context, status=409 if fault else 200)


def _saved(request: Request, case: Case, form: FrameForm) -> Case | None:
    def save() -> Case:
        return actions.change_frame(
            case=case,
            version=form.cleaned_data["version"],
            title=form.cleaned_data["title"],
            frame=form.frame(),
            along=form.cleaned_data["along"],
            **who(request),
        )

    return answer(form, lambda: at_fields(save, form.refused))
