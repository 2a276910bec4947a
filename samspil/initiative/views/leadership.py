"""The leadership overview, as a page and as a file, and the money that was given for an initiative."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from samspil.initiative import actions, leadership, leadership_paper, queries
from samspil.initiative.forms import LeadershipFilter, MoneyForm
from samspil.initiative.models import Initiative
from samspil.initiative.permissions import PERMISSIONS
from samspil.initiative.views.ways import crumbs, initiative_crumbs, sent, to
from samspil.kit import house
from samspil.kit.charts import draw
from samspil.kit.downloads import download
from samspil.kit.exports import write
from samspil.kit.forms import answer
from samspil.organisation import drafts
from samspil.organisation.door import Request, door

FEW = 8  # shown at once; the rest is folded away
CURRENCIES = {"DK": "DKK", "SE": "SEK"}


@door(PERMISSIONS, "see_leadership")
def overview(request: Request) -> HttpResponse:
    """One page: how far, decided when, heard in time, what it costs, and where it piles up."""
    found = leadership.overview(request.viewer, request.GET.get("unit", ""))
    language = get_language() or request.organisation.language
    context = {
        "found": found,
        "form": LeadershipFilter(
            {"unit": found.unit.ref if found.unit else ""}, choices=found.choices, unit=found.unit
        ),
        "phases": draw(leadership_paper.phases(found), language),
        "few": f":{FEW}",
        **_few("soon", found.soon),
        "later": found.coming[len(found.soon) :],
        **_few("passed", found.passed),
        **_few("loads", found.loads),
        "planned": any(cell.planned for one in found.loads for cell in one.cells),
        "load_notes": leadership_paper.load_notes(found),
        "behind": [(one, leadership_paper.reach(one, found)) for one in found.loads],
        "panels": _panels(request, [*found.initiatives, *found.over]),
        "query": f"?unit={found.unit.ref}" if found.unit else "",
        "below": f"&below={found.unit.ref}" if found.unit else "",
        "breadcrumbs": crumbs(request, (_("Leadership overview"), "")),
    }
    return render(request, "initiative/leadership.html", context)


def _panels(request: Request, initiatives: Sequence[Initiative]) -> list[tuple[str, str, str]]:
    """What other rooms say about these initiatives: address, title, words."""
    rooms = [room for room in house.rooms_on(request.organisation.rooms_off) if room.leadership]
    return [
        (room.name, str(panel.title), render_to_string(panel.template, dict(context), request))
        for room in rooms
        for panel in room.leadership
        for context in [panel.context(initiatives, request.viewer, request.at)]
    ]


def _few(name: str, rows: Sequence[Any]) -> dict[str, Sequence[Any]]:
    """The first few at once, and what is folded away."""
    return {f"{name}_few": rows[:FEW], f"{name}_rest": rows[FEW:]}


@door(PERMISSIONS, "see_leadership")
def overview_file(request: Request, format: str) -> HttpResponse:
    if format not in ("pdf", "xlsx"):
        raise Http404
    found = leadership.overview(request.viewer, request.GET.get("unit", ""))
    language = get_language() or request.organisation.language
    paper = leadership_paper.document(found, request.organisation, language)
    return download(write(paper, format))  # type: ignore[arg-type]


@door(PERMISSIONS, "give_money", find=queries.initiative, methods=("GET", "POST"))
def give_money(request: Request, initiative: Initiative) -> HttpResponse:
    """What was given so far, and the form for another figure."""
    usual = {
        "currency": CURRENCIES.get(request.organisation.country, "EUR"),
        "since": request.viewer.today,
    }
    form = drafts.begin(request, partial(MoneyForm, sent(request)), **usual)
    if request.method == "POST":
        given = answer(
            form,
            lambda: actions.give_money(
                initiative=initiative, **form.cleaned_data, by=request.viewer, at=request.at
            ),
        )
        if given:
            drafts.sent(request)
            messages.success(request, _("Saved. The earlier figure stays visible below."))
            return to(request, "give_money", initiative.ref)
    context = {
        "initiative": initiative,
        "form": form,
        "given": queries.money_given(initiative),
        "breadcrumbs": initiative_crumbs(request, initiative, (_("Money as given"), "")),
    }
    return render(request, "initiative/give_money.html", context)
