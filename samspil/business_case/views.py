"""The doormen of the case itself: what it comes to, its versions, what was changed in it."""

from functools import partial

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from samspil.business_case import actions, queries
from samspil.business_case.contest.pages import still_open
from samspil.business_case.format import read_version
from samspil.business_case.forms import PutBeforeCommittee
from samspil.business_case.light.forms import is_light
from samspil.business_case.models import Case, CaseVersion
from samspil.business_case.pages import about, to
from samspil.business_case.permissions import PERMISSIONS
from samspil.business_case.results import in_their_order, lines_of, shown_findings, standing_of, years_of_mean
from samspil.business_case.table.columns import whole
from samspil.business_case.told import conventions_of, told_steps
from samspil.core.business_case.mean_case import mean_case
from samspil.kit.forms import answer
from samspil.kit.refusal import Refused
from samspil.organisation import drafts
from samspil.organisation.door import Request, door, who

STEPS_ON_A_PAGE = 50
BACK_TO = ("table", "history", "case", "shared", "light")


@door(PERMISSIONS, "see_case", find=queries.case)
def case(request: Request, found: Case) -> HttpResponse:
    """What the case comes to, how sure that is, what to look at, and its lines."""
    standing = standing_of(found)
    context = about(request, found, "case")
    context |= {
        "standing": standing,
        "mean": standing.mean,
        "result": standing.result,
        "years": years_of_mean(standing.mean) if standing.mean else [],
        "lines": lines_of(standing),
        "findings": shown_findings(standing, request.organisation.slug, context["may_change"]),
        "conventions": conventions_of(standing),
        "versions": queries.versions_of(found),
        "light": is_light(found, standing.parts),
        **still_open(found, standing.content, request.viewer.today),
        "may_put": PERMISSIONS.allows("put_before_committee", request.viewer, found) and standing.content,
    }
    return render(request, "business_case/case.html", context)


@door(PERMISSIONS, "see_case", find=queries.version)
def version(request: Request, found: CaseVersion) -> HttpResponse:
    """The case as it was put before others, and whether it has changed since."""
    content = read_version(found)
    mean = mean_case(content)
    living = standing_of(found.case)
    context = about(request, found.case, "history", _("Version %(number)s") % {"number": found.number})
    context |= {
        "version": found,
        "content": content,
        "mean": mean,
        "result": queries.shown_result(found),
        "lines": in_their_order(content, mean.lines),
        "years": years_of_mean(mean),
        "same": living.content == content,
        "living": living.mean,
    }
    return render(request, "business_case/version.html", context)


@door(PERMISSIONS, "see_case", find=queries.case)
def history(request: Request, found: Case) -> HttpResponse:
    """The versions of a case, and everything that was changed in it."""
    context = about(request, found, "history", _("Versions and changes"))
    page = Paginator(queries.step_numbers(found), STEPS_ON_A_PAGE).get_page(request.GET.get("page"))
    context |= {
        "versions": queries.versions_of(found),
        "steps": told_steps(queries.steps_of(found, list(page)), context["may_change"]),
        "page": page,
    }
    return render(request, "business_case/history.html", context)


@door(PERMISSIONS, "change_case", find=queries.case, methods=("POST",))
def undo(request: Request, found: Case) -> HttpResponse:
    """Take back what was saved in one step."""
    step, back = whole(request.POST.get("step", "")), request.POST.get("back", "")
    try:
        actions.undo(case=found, step=step, **who(request))
        messages.success(request, _("It is taken back. What others changed beside it stays."))
    except Refused as refusal:
        messages.warning(request, str(refusal.sentence))
    return redirect(to(request, back if back in BACK_TO else "history", found.ref))


@door(PERMISSIONS, "put_before_committee", find=queries.case, methods=("GET", "POST"))
def put_before_committee(request: Request, found: Case) -> HttpResponse:
    """Keep the case as it is put before the committee."""
    form = drafts.begin(request, partial(PutBeforeCommittee, request.POST or None))
    if request.method == "POST":
        kept = answer(
            form,
            lambda: actions.put_before_committee(case=found, note=form.cleaned_data["note"], **who(request)),
        )
        if kept:
            drafts.sent(request)
            messages.success(request, _("Version %(number)s is kept as it stands.") % {"number": kept.number})
            return redirect(to(request, "version", kept.ref))
    context = about(request, found, "history", _("Put the case before the committee")) | {"form": form}
    return render(request, "business_case/put_before_committee.html", context)
