"""The pages of what people said."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from samspil.initiative import page as initiative_page
from samspil.initiative.models import Initiative
from samspil.initiative.permissions import PERMISSIONS as HALL
from samspil.initiative.things import thread_of
from samspil.initiative.words import LINKS_BACK, LINKS_ON
from samspil.involvement import figures, queries
from samspil.involvement.forms import StatementFilter
from samspil.involvement.models import Consultation, Statement
from samspil.involvement.permissions import PERMISSIONS
from samspil.involvement.words import note_in_words
from samspil.kit.downloads import download
from samspil.kit.exports import write
from samspil.organisation.door import Request, door

ON_A_PAGE = 50
ENDED = (Initiative.Phase.CLOSED, Initiative.Phase.STOPPED)
FIRST_LOOK = {"moderated": "accepted", "sort": "agree"}


@door(PERMISSIONS, "see_consultation", find=queries.consultation)
def consultation(request: Request, found: Consultation) -> HttpResponse:
    """Every statement with how many agreed, passed and disagreed."""
    asked = request.GET if set(request.GET) - {"page"} else FIRST_LOOK
    form = StatementFilter(asked)
    rows = queries.statements(found, **form.chosen())
    page = Paginator(rows, ON_A_PAGE).get_page(request.GET.get("page"))
    query = request.GET.copy()
    query.pop("page", None)
    title = _("Statements %(first)s to %(last)s") % {"first": page.start_index(), "last": page.end_index()}
    context = {
        "consultation": found,
        "filter": form,
        "page": page,
        "query": query.urlencode(),
        "chart": figures.chart_of(found, list(page), title, get_language() or "en"),
        "table_title": title,
        "notes": [note_in_words(kind, numbers) for kind, numbers in found.notes],
        "votes": queries.shown_votes(found),
        "breadcrumbs": [*_way_to(request, found.initiative), {"title": found.title}],
    }
    return render(request, "involvement/consultation.html", context)


@door(PERMISSIONS, "export_consultation", find=queries.consultation)
def export(request: Request, found: Consultation, format: str) -> HttpResponse:
    """All statements in one file."""
    document = figures.document_of(found, queries.statements(found), get_language() or "en")
    return download(write(document, "csv" if format == "csv" else "xlsx"))


@door(PERMISSIONS, "see_statement", find=queries.statement)
def statement(request: Request, found: Statement) -> HttpResponse:
    """One statement: its figures, what came of it, and how it is cited."""
    thread = thread_of(found.thing, request.viewer)
    home = found.consultation
    way = [
        *_way_to(request, found.initiative),
        {"title": home.title, "url": _address(request, "involvement:consultation", home.ref)},
        {"title": _("Statement %(number)s") % {"number": found.number}},
    ]
    context = {
        "statement": found,
        "consultation": home,
        "chart": figures.chart_of_one(found, get_language() or "en"),
        "forward": [(LINKS_ON[kind], card) for kind, card in thread.forward],
        "backward": [(LINKS_BACK[kind], card) for kind, card in thread.backward],
        "uses": _uses(request, found),
        "answers": _answers(request, found),
        "breadcrumbs": way,
    }
    return render(request, "involvement/statement.html", context)


def _way_to(request: Request, initiative: Initiative) -> list[dict[str, str]]:
    return [
        {
            "title": _("Initiatives"),
            "url": reverse("initiative:initiatives", args=[request.organisation.slug]),
        },
        {"title": initiative.title, "url": _address(request, "initiative:initiative", initiative.ref)},
    ]


def _address(request: Request, page: str, ref: str) -> str:
    return reverse(page, args=[request.organisation.slug, ref])


def _uses(request: Request, statement: Statement) -> dict[str, str]:
    """Where a statement can be cited by this viewer: the other room's form, opened with it."""
    initiative, because = statement.initiative, f"?because={statement.ref}"
    uses = {}
    if HALL.allows("raise_need", request.viewer):
        uses["need"] = reverse("initiative:raise_need", args=[request.organisation.slug]) + because
    if HALL.allows("decide_gate", request.viewer, initiative) and initiative.phase not in ENDED:
        uses["decision"] = _address(request, "initiative:decide", initiative.ref) + because
    return uses


def _answers(request: Request, statement: Statement) -> list[tuple[str, str]]:
    """The answers that this viewer can let rest on it: what is asked, and the form opened with it."""
    initiative, because = statement.initiative, f"?because={statement.ref}"
    if not HALL.allows("answer_demand", request.viewer, initiative):
        return []
    where = (request.organisation.slug, initiative.ref)
    return [
        (demand.title, reverse("initiative:answer_demand", args=[*where, gate.key, demand.key]) + because)
        for gate, demand in initiative_page.asked_by_hand(initiative)
    ]
