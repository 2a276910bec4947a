"""Promised against realised, freed time, and the closing report as page and file."""

import json

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from samspil.benefits import queries
from samspil.benefits.closing import actions, forms, report
from samspil.benefits.closing.promised import promised
from samspil.benefits.models import Benefit, ClosingReport
from samspil.benefits.permissions import PERMISSIONS
from samspil.benefits.ways import BOTH, about_benefit, about_initiative, crumbs, may, one_form, sent, url
from samspil.core.benefits.promises import calibration
from samspil.dialogue.confidential import may_read
from samspil.dialogue.documents import in_language
from samspil.dialogue.models import Item
from samspil.initiative import queries as hall
from samspil.initiative.models import Initiative
from samspil.kit.downloads import download
from samspil.kit.exports import write
from samspil.organisation import drafts
from samspil.organisation.door import Request, door, typed_before_sign_in, who

MOST_ITEMS = 30


@door(PERMISSIONS, "see_benefits", find=hall.initiative)
def promised_against_realised(request: Request, initiative: Initiative) -> HttpResponse:
    """What stood in the case and the register at the gate, beside what came."""
    found, gone = queries.with_what_is_gone(initiative, request.viewer.today)
    held = promised(initiative, found)
    context = about_initiative(request.viewer, initiative, _("Promised and realised"))
    context |= {
        "held": held,
        "gone": gone,
        "forecasts": calibration(one.forecast for one in [*found, *gone] if one.forecast),
        "may": may(request.viewer, initiative, "write_closing_report"),
    }
    return render(request, "benefits/promised.html", context)


@door(PERMISSIONS, "decide_freed_time", find=queries.benefit, methods=BOTH)
def decide_freed_time(request: Request, found: Benefit) -> HttpResponse:
    usual = {"decided_on": request.viewer.today}
    form = forms.FreedTimeForm(
        sent(request), items=_items(request, found), initial=usual | typed_before_sign_in(request)
    )
    context = about_benefit(request.viewer, found, _("What is the freed time used for?"))
    context |= {
        "submit": _("Record the decision"),
        "lead": _(
            "Until this is decided, freed minutes are no money, neither here nor in the business case."
        ),
    }
    return one_form(
        request,
        form,
        lambda form: actions.decide_freed_time(benefit=found, **form.cleaned_data, **who(request)),
        context,
        done=_("The decision is recorded. The line of the business case counts from now on."),
    )


@door(PERMISSIONS, "write_closing_report", find=hall.initiative, methods=BOTH)
def write_closing_report(request: Request, initiative: Initiative) -> HttpResponse:
    form = drafts.begin(request, lambda **options: forms.ClosingReportForm(sent(request), **options))
    context = about_initiative(request.viewer, initiative, _("Write a closing report"))
    found = queries.of_initiative(initiative, request.viewer.today)
    context |= {"counts": queries.counts(found), "all": len(found)}

    def write_it(form: forms.ClosingReportForm) -> ClosingReport:
        made = actions.write_closing_report(initiative=initiative, **form.cleaned_data, **who(request))
        drafts.sent(request)
        return made

    return one_form(
        request,
        form,
        write_it,
        context,
        done=_("The report is kept. It does not change any more; write another one when more is known."),
        template="benefits/write_report.html",
        leads_to=lambda made: url(request.viewer, "closing_report", made.ref),
    )


@door(PERMISSIONS, "see_benefits", find=queries.closing_report)
def closing_report(request: Request, found: ClosingReport) -> HttpResponse:
    title = _("Closing report %(number)s") % {"number": found.number}
    facts = json.loads(found.facts)
    context = {
        "report": found,
        "facts": facts,
        "gone": [report.gone_in_words(one, get_language() or "en") for one in facts.get("taken_out", ())],
        "initiative": found.initiative,
        "title": title,
        "breadcrumbs": crumbs(request.viewer, found.initiative, (title, "")),
    }
    return render(request, "benefits/report.html", context)


@door(PERMISSIONS, "see_benefits", find=queries.closing_report)
def closing_report_file(request: Request, found: ClosingReport, format: str) -> HttpResponse:
    """The report to print, mail or file."""
    if format not in ("pdf", "docx"):
        raise Http404
    document = in_language(request.organisation.language, report.document, found, request.viewer)
    return download(write(document, format))  # type: ignore[arg-type]


def _items(request: Request, found: Benefit) -> list[Item]:
    """What committees have heard about the initiative; a closed item is offered to those who may read it."""
    rows = Item.objects.filter(initiative=found.initiative, meeting__on__lte=request.viewer.today)
    known = rows.exclude(status=Item.Status.WITHDRAWN).select_related("thing", "committee", "meeting")
    newest = known.select_related("initiative", "regime").order_by("-meeting__on", "-pk")[:MOST_ITEMS]
    return [one for one in newest if may_read(request.viewer, one)]
