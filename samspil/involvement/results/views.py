"""The doormen of results."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from samspil.core.consultation import PROBLEMS, ConsultationRejected
from samspil.initiative import queries as hall
from samspil.initiative.models import Initiative
from samspil.involvement.actions import import_consultation
from samspil.involvement.models import Consultation
from samspil.involvement.permissions import PERMISSIONS
from samspil.involvement.results import documents, pages
from samspil.involvement.results.bringing import brought
from samspil.involvement.results.forms import BringForm
from samspil.involvement.results.reading import Reading
from samspil.involvement.results.sources import HeldHere, Source, source
from samspil.kit.downloads import download
from samspil.kit.exports import Export, write
from samspil.kit.forms import answer
from samspil.organisation.door import Request, door
from samspil.participation.doorway import ParticipantRequest, participants

PROBLEMS_SHOWN = 50


@door(PERMISSIONS, "see_result", find=source)
def result(request: Request, found: Source) -> HttpResponse:
    """What we agree on, what divides us, the groups, and what cannot be said."""
    return _page(request, found, "result", lambda reading: pages.told(reading))


@door(PERMISSIONS, "see_result", find=source)
def statements(request: Request, found: Source) -> HttpResponse:
    """Every statement with how everybody and each group answered."""
    return _page(request, found, "result_statements", lambda reading: pages.statements(reading, request.GET))


@door(PERMISSIONS, "see_result", find=source)
def map_(request: Request, found: Source) -> HttpResponse:
    """The map, and the same as text and table."""
    return _page(request, found, "result_map", pages.map_of)


@door(PERMISSIONS, "see_result", find=source)
def method(request: Request, found: Source) -> HttpResponse:
    """How it was computed, how far it can be trusted, and its versions."""
    return _page(request, found, "result_method", pages.method)


def _page(request: Request, found: Source, tab: str, context: object) -> HttpResponse:
    reading = pages.reading_of(found, request.GET.get("version"))
    around = pages.frame(found, reading, request.viewer, request.at, tab)
    if reading is None:
        return render(request, "involvement/results/none.html", around)
    return render(request, f"involvement/results/{tab}.html", around | context(reading))  # type: ignore[operator]


@door(PERMISSIONS, "export_result", find=source)
def result_file(request: Request, found: Source, format: str) -> HttpResponse:
    reading = pages.reading_of(found, request.GET.get("version"))
    if reading is None or format not in ("pdf", "csv", "json"):
        raise Http404
    return download(_file(reading, format, get_language() or "en"))


def _file(reading: Reading, format: str, language: str) -> Export:
    if format == "json":
        return documents.as_json(reading)
    if format == "csv":
        return write(documents.as_table(reading, language), "csv")
    return write(documents.report(reading, language), "pdf")


@participants(closed=True)
def for_participants(request: ParticipantRequest) -> HttpResponse:
    """What came out, for whoever has the code of the round; no account is needed."""
    context = pages.for_participants(HeldHere(request.round))
    return render(request, "involvement/results/for_participants.html", context)


@door(PERMISSIONS, "import_consultation", find=hall.initiative, methods=("GET", "POST"))
def bring_consultation(request: Request, found: Initiative) -> HttpResponse:
    """A consultation that was held elsewhere comes onto the initiative, all of it or nothing."""
    form = BringForm(request.POST or None, request.FILES or None)
    wrong: list[tuple[str, int, str]] = []
    kept = None
    if request.method == "POST":
        try:
            kept = answer(form, lambda: _bring(request, found, form))
        except ConsultationRejected as refused:
            wrong = [(p.table, p.line, _(PROBLEMS[p.kind]).format(value=p.value)) for p in refused.problems]
    if kept:
        messages.success(
            request, _("The consultation stands on the initiative. Its result is being computed.")
        )
        return redirect(reverse("involvement:result", args=[request.organisation.slug, kept.ref]))
    way = [
        {"title": _("Start"), "url": reverse("home", args=[request.organisation.slug])},
        {
            "title": found.title,
            "url": reverse("initiative:initiative", args=[request.organisation.slug, found.ref]),
        },
        {"title": _("Bring in a consultation")},
    ]
    context = {
        "form": form,
        "initiative": found,
        "wrong": wrong[:PROBLEMS_SHOWN],
        "wrong_count": len(wrong),
        "breadcrumbs": way,
    }
    return render(request, "involvement/results/bring.html", context)


def _bring(request: Request, initiative: Initiative, form: BringForm) -> Consultation:
    facts = form.cleaned_data
    files = brought(facts["files"])
    named = {name: facts[name] for name in ("title", "language", "source", "held_until", "smallest_group")}
    return import_consultation(
        initiative=initiative,
        consultation=files.consultation,
        input_sha256=files.input_sha256,
        by=request.viewer,
        at=request.at,
        **named,
    )
