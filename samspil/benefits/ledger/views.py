"""The forms for starting points and targets."""

from django.http import HttpResponse
from django.utils.translation import gettext as _

from samspil.benefits import queries
from samspil.benefits.fields import shown
from samspil.benefits.ledger import actions, forms
from samspil.benefits.models import Benefit
from samspil.benefits.permissions import PERMISSIONS
from samspil.benefits.ways import BOTH, about_benefit, one_form, sent
from samspil.organisation.door import Request, door, typed_before_sign_in, who


@door(PERMISSIONS, "keep_ledger", find=queries.benefit, methods=BOTH)
def record_baseline(request: Request, found: Benefit) -> HttpResponse:
    one = queries.followed(found, request.viewer.today)
    usual = {"measured_on": request.viewer.today, "method": one.baseline.method if one.baseline else ""}
    form = forms.BaselineForm(
        sent(request),
        unit=found.unit,
        reason=bool(one.promised_at and one.baseline) or queries.live_on(found.initiative) is not None,
        value="value",
        initial=usual | typed_before_sign_in(request),
    )
    if one.baseline is None and "because" in form.fields:
        form.fields["because"].label = _("Why was it not recorded before it went live?")
        form.fields["because"].help_text = ""
    context = about_benefit(request.viewer, found, _("Starting point"))
    context |= {"submit": _("Save the starting point"), "lead": found.measured_as}
    return one_form(
        request,
        form,
        lambda form: actions.record_baseline(benefit=found, **form.cleaned_data, **who(request)),
        context,
        done=_("The starting point is saved."),
    )


@door(PERMISSIONS, "keep_ledger", find=queries.benefit, methods=BOTH)
def set_target(request: Request, found: Benefit) -> HttpResponse:
    one = queries.followed(found, request.viewer.today)
    now = one.target
    usual = (
        {
            "likely": shown(now.likely),
            "cautious": shown(now.cautious),
            "optimistic": shown(now.optimistic),
            "meaning": now.meaning,
            "target_day": now.by,
        }
        if now
        else {}
    )
    form = forms.TargetForm(
        sent(request),
        unit=found.unit,
        reason=bool(one.promised_at and now),
        value="likely",
        initial=usual | typed_before_sign_in(request),
    )
    context = about_benefit(request.viewer, found, _("Target"))
    context |= {"submit": _("Save the target"), "lead": found.measured_as}
    return one_form(
        request,
        form,
        lambda form: actions.set_target(benefit=found, **form.cleaned_data, **who(request)),
        context,
        done=_("The target is saved. What stood there before is kept beside it."),
    )
