"""The doorman of what-if."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from samspil.business_case import queries
from samspil.business_case.models import Case
from samspil.business_case.pages import about
from samspil.business_case.permissions import PERMISSIONS
from samspil.business_case.results import ore, standing_of
from samspil.business_case.what_if import sliders
from samspil.organisation.door import Request, door


@door(PERMISSIONS, "see_case", find=queries.case)
def what_if(request: Request, case: Case) -> HttpResponse:
    """What the case would come to if some of its figures were others. Nothing is stored."""
    standing = standing_of(case)
    shown = sliders.sliders_of(standing, request.GET)
    context = about(request, case, "what_if", _("What if"))
    context |= {"standing": standing, "sliders": shown}
    if standing.content and standing.mean:
        then = sliders.then(standing.content, shown)
        context |= {
            "now": ore(standing.mean.npv),
            "then": ore(then.npv),
            "payback": then.payback.year,
            "payback_now": standing.mean.payback.year,
            "moved": any(one.percent != sliders.USUAL for one in shown),
            "data": sliders.for_the_script(standing.content, standing.mean, shown),
            "bounds": (sliders.LOWEST, sliders.HIGHEST, sliders.STEP),
        }
    return render(request, "business_case/what_if/what_if.html", context)
