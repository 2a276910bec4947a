"""The benefits of all initiatives on one page."""

from django import forms
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samspil.benefits import queries
from samspil.benefits.panels import worst_first
from samspil.benefits.permissions import PERMISSIONS
from samspil.benefits.words import STATUSES
from samspil.core.benefits.promises import calibration
from samspil.organisation.door import Request, door

A_PAGE = 30


class OverviewFilter(forms.Form):
    status = forms.ChoiceField(
        label=gettext_lazy("How does it stand?"),
        choices=[("", gettext_lazy("All")), *STATUSES.items()],
        required=False,
    )


@door(PERMISSIONS, "see_overview")
def overview(request: Request) -> HttpResponse:
    """How every benefit stands, the unknown ones first, and how well the organisation has estimated."""
    form = OverviewFilter(request.GET or None)
    wanted = form.cleaned_data["status"] if form.is_valid() else ""
    everything, gone = queries.everything(request.viewer.today)
    found = sorted(
        (one for one in everything if not wanted or one.judged.status == wanted),
        key=lambda one: (worst_first(one)[0], one.benefit.initiative.title, one.benefit.place),
    )
    context = {
        "form": form,
        "wanted": wanted,
        "page": Paginator(found, A_PAGE).get_page(request.GET.get("page")),
        "counts": queries.counts(everything),
        "all": len(everything),
        "forecasts": calibration(one.forecast for one in [*everything, *gone] if one.forecast),
        "breadcrumbs": [
            {"title": _("Start"), "url": reverse("home", args=[request.organisation.slug])},
            {"title": _("Benefits")},
        ],
    }
    return render(request, "benefits/overview.html", context)
