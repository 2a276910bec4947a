"""The doormen between Samspil and another agenda system."""

from dataclasses import asdict
from typing import Any

from django.contrib import messages
from django.core import signing as seals
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samspil.dialogue import asks, pages, queries
from samspil.dialogue import regime as regimes
from samspil.dialogue.confidential import anybody
from samspil.dialogue.exchange import actions, cases, forms, outcomes
from samspil.dialogue.minutes.document import language_of
from samspil.dialogue.models import Item, Meeting
from samspil.dialogue.permissions import PERMISSIONS
from samspil.kit.downloads import download
from samspil.kit.exports import Export, write
from samspil.kit.forms import answer
from samspil.kit.refusal import Refused
from samspil.kit.uploads import clean_name
from samspil.organisation import files
from samspil.organisation.door import Request, door
from samspil.organisation.lists.actions import ShownAnew

BOTH = ("GET", "POST")
SEAL = "dialogue.exchange.lines"
LASTS = 60 * 60 * 12  # seconds between looking at the lines and taking them in


@door(PERMISSIONS, "see_meeting", find=queries.meeting)
def cases_page(request: Request, found: Meeting) -> HttpResponse:
    """What goes to another agenda system, and where its outcomes come back."""
    context = _about(request, found) | {
        "may_take_in": PERMISSIONS.allows("take_in_outcomes", request.viewer, found),
        "held": found.on <= request.viewer.today,
    }
    return render(request, "dialogue/exchange/cases.html", context)


@door(PERMISSIONS, "see_meeting", find=queries.meeting)
def cases_file(request: Request, found: Meeting, format: str) -> HttpResponse:
    """A whole agenda: proposal, case, decision; `?open=1` leaves out what is closed to others."""
    viewer = anybody(request.viewer) if request.GET.get("open") else request.viewer
    language = language_of(found)
    with translation.override(language):
        regime = regimes.in_force(request.organisation, found.on)
        items = cases.agenda_items(found, viewer)
        if format == "json":
            return download(cases.as_json(found, items, regime, viewer, _name(found)))
        if format in ("pdf", "docx"):
            return download(write(cases.cases_of(found, items, regime, viewer, language), format))  # type: ignore[arg-type]
        readable = [one for one in items if isinstance(one, Item)]
        choices = asks.choosable(regime, found.committee)
        return download(_table(outcomes.table_of(found, readable, regime), choices, _name(found), format))


@door(PERMISSIONS, "see_item", find=queries.item)
def case_file(request: Request, found: Item, format: str) -> HttpResponse:
    """One item: proposal, case, decision."""
    if format not in ("pdf", "docx"):
        raise Http404
    language = found.regime.language
    with translation.override(language):
        regime = regimes.as_read(found.regime, request.organisation)
        document = cases.case_of(found, regime, request.viewer, language)
    return download(write(document, format))  # type: ignore[arg-type]


@door(PERMISSIONS, "take_in_outcomes", find=queries.meeting, methods=BOTH)
def take_in_outcomes(request: Request, found: Meeting) -> HttpResponse:
    """First the table and what would come of it; then all of it, or nothing."""
    if request.method == "POST" and "lines" in request.POST:
        return _take_in(request, found)
    form = forms.BringTable(request.POST or None, request.FILES or None)
    if request.method == "POST":
        rows = answer(form, lambda: _rows(form))
        if rows:
            return _preview(request, found, rows)
    return _page(request, found, {"form": form})


def _rows(form: forms.BringTable) -> list[outcomes.Row]:
    table = form.cleaned_data["table"]
    return outcomes.rows_of(table.name, table.read())


def _preview(
    request: Request, found: Meeting, rows: list[outcomes.Row], form: Any = None, anew: str = ""
) -> HttpResponse:
    read = actions.look(rows, found, request.viewer)
    sealed = seals.dumps([asdict(row) for row in rows], salt=SEAL, compress=True)
    initial = {"lines": sealed, "seen": actions.standing(found)}
    context = {"form": form or forms.TakeIn(initial=initial), "read": read, "looked": True, "anew": anew}
    return _page(request, found, context)


def _take_in(request: Request, found: Meeting) -> HttpResponse:
    try:
        kept = seals.loads(request.POST["lines"], salt=SEAL, max_age=LASTS)
    except seals.BadSignature:
        raise Refused(_("This page has been open for too long. Bring the table again.")) from None
    rows = [outcomes.Row(**one) for one in kept]
    form = forms.TakeIn(request.POST, request.FILES)
    try:
        taken = answer(form, lambda: _take_in_all(request, found, rows, form.cleaned_data))
    except ShownAnew as shown:
        return _preview(request, found, rows, anew=str(shown.sentence))
    if not taken:
        return _preview(request, found, rows, form)
    count = len(taken)
    messages.success(
        request,
        ngettext("%(count)s item is taken in.", "%(count)s items are taken in.", count) % {"count": count},
    )
    return redirect(reverse("dialogue:minutes_of_meeting", args=[request.organisation.slug, found.ref]))


@transaction.atomic
def _take_in_all(
    request: Request, found: Meeting, rows: list[outcomes.Row], typed: dict[str, Any]
) -> list[Item]:
    named = {row.file for row in rows}
    kept = {
        one.name: files.keep(one.name, one.read(), request.viewer, request.at)
        for one in typed["annexes"]
        if one.name in named or clean_name(one.name) in named
    }
    return actions.take_in_outcomes(
        meeting=found, rows=rows, files=kept, seen=typed["seen"], by=request.viewer, at=request.at
    )


def _table(rows: list[list[str]], regime: regimes.Regime, name: str, format: str) -> Export:
    if format == "csv":
        return outcomes.as_csv(rows, name)
    if format == "xlsx":
        return outcomes.as_xlsx(rows, regime, name)
    raise Http404


def _name(found: Meeting) -> str:
    return f"{slugify(found.committee.name, allow_unicode=True)}-{found.on.isoformat()}"


def _page(request: Request, found: Meeting, context: dict[str, Any]) -> HttpResponse:
    return render(request, "dialogue/exchange/take_in.html", _about(request, found) | context)


def _about(request: Request, found: Meeting) -> dict[str, Any]:
    regime = regimes.in_force(request.organisation, found.on)
    return {
        "meeting": found,
        "words": regime.words,
        "regime": regime,
        "breadcrumbs": pages.meeting_crumbs(request.viewer, regime.words, found, _("For your agenda system")),
    }
