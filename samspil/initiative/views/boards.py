"""Pages of the boards: the thread, the journal and the search."""

from datetime import datetime
from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from samspil.initiative import choosing, journal, queries, things
from samspil.initiative.forms import JournalFilter, SearchForm, chosen
from samspil.initiative.models import Initiative, Thing
from samspil.initiative.permissions import PERMISSIONS
from samspil.initiative.search import search
from samspil.initiative.views.ways import crumbs, initiative_crumbs
from samspil.kit import exports
from samspil.kit.downloads import download
from samspil.organisation.door import Request, door
from samspil.organisation.models import JournalRow

A_PAGE = 50
LONGEST_EXPORT = 20_000


@door(PERMISSIONS, "see_thread", find=queries.thing)
def thread(request: Request, thing: Thing) -> HttpResponse:
    """Where a thing comes from and what came of it, as far as the thread goes."""
    card = things.cards([thing], request.viewer).get(thing.ref)
    if card is None:
        raise Http404
    context = {
        "card": card,
        "chain": things.chain_of(thing, request.viewer),
        "breadcrumbs": crumbs(request, (card.title, str(card.url)), (_("Thread"), "")),
    }
    return render(request, "initiative/thread.html", context)


@door(PERMISSIONS, "see_journal")
def organisation_journal(request: Request) -> HttpResponse:
    """What happened in the whole organisation."""
    return _journal(request, journal.rows(), {"breadcrumbs": crumbs(request, (_("Journal"), ""))})


@door(PERMISSIONS, "see_initiative", find=queries.initiative)
def initiative_journal(request: Request, initiative: Initiative) -> HttpResponse:
    """What happened to one initiative."""
    here = {
        "initiative": initiative,
        "breadcrumbs": initiative_crumbs(request, initiative, (_("Journal"), "")),
    }
    return _journal(request, journal.rows_about(initiative, request.viewer), here)


@door(PERMISSIONS, "search")
def search_page(request: Request) -> HttpResponse:
    """Everything in the organisation that holds all the words."""
    words = request.GET.get("q", "").strip()
    context = {
        "form": SearchForm({"q": words}),
        "words": words,
        "found": search(words, request.viewer),
        "breadcrumbs": crumbs(request, (_("Search"), "")),
    }
    return render(request, "initiative/search.html", context)


def _journal(request: Request, rows: QuerySet[JournalRow], here: dict[str, Any]) -> HttpResponse:
    form = JournalFilter(request.GET, verbs=journal.verbs())
    asked = chosen(form)
    actors = choosing.subjects_called(asked["who"]) if "who" in asked else None
    rows = journal.chosen(rows, verb=asked.get("verb", ""), actors=actors)
    if request.GET.get("format") == "csv":
        return _as_csv(request, rows)
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        "form": form,
        "asked": asked,
        "page": page,
        "happenings": journal.told(page.object_list, request.viewer),
        "query": query.urlencode(),
        **here,
    }
    return render(request, "initiative/journal.html", context)


def _as_csv(request: Request, rows: QuerySet[JournalRow]) -> HttpResponse:
    told = journal.told(rows[:LONGEST_EXPORT], request.viewer)
    table = exports.Table(
        caption=_("Journal"),
        columns=(exports.Column(_("Number"), numeric=True), _("When"), _("Who"), pgettext("journal", "What")),
        rows=tuple((one.sequence, _minute(one.when), one.who, one.sentence) for one in told),
    )
    document = exports.Document(_("Journal"), get_language() or "en", [exports.TableBlock(table)])
    return download(exports.write(document, "csv"))


def _minute(when: datetime) -> str:
    return when.isoformat(sep=" ", timespec="minutes")
