"""The doormen of what a case comes to: pictures, line by line, draws, papers and files."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import slugify
from django.utils.translation import gettext as _

from samspil.business_case import queries
from samspil.business_case.drawing.told import Told
from samspil.business_case.format import parts_of
from samspil.business_case.models import Case, CaseVersion, Part
from samspil.business_case.pages import about, to
from samspil.business_case.papers import committee, pages, steering
from samspil.business_case.papers.actions import put_in_corners
from samspil.business_case.papers.forms import CornersForm
from samspil.business_case.papers.sources import Source, frozen, living
from samspil.business_case.permissions import PERMISSIONS
from samspil.core.business_case.kept import Kept
from samspil.core.business_case.workbook import workbook
from samspil.core.business_case.writing import as_data, canonical
from samspil.kit.downloads import download
from samspil.kit.exports import Export, write
from samspil.kit.exports.as_live_xlsx import written
from samspil.kit.forms import answer
from samspil.organisation.door import Request, door, who

PAPERS = {"steering-group": steering.document, "committee": committee.document}
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Page = Callable[[Source, Told], dict[str, Any]]


# --- pages ------------------------------------------------------------------------------------------------


@door(PERMISSIONS, "see_case", find=queries.case)
def pictures(request: Request, found: Case) -> HttpResponse:
    """What the case comes to in pictures, from four sides, and what can be carried away."""
    return _page(request, _living(request, found), "pictures", _("Pictures and papers"), pages.result_page)


@door(PERMISSIONS, "see_case", find=queries.version)
def version_pictures(request: Request, found: CaseVersion) -> HttpResponse:
    return _page(request, _frozen(request, found), "pictures", _("Pictures and papers"), pages.result_page)


@door(PERMISSIONS, "see_case", find=queries.case)
def lines(request: Request, found: Case) -> HttpResponse:
    """Each line with the figures it rests on, their sources and the people beside it."""
    return _page(request, _living(request, found), "lines", _("Line by line"), pages.lines_page)


@door(PERMISSIONS, "see_case", find=queries.version)
def version_lines(request: Request, found: CaseVersion) -> HttpResponse:
    return _page(request, _frozen(request, found), "lines", _("Line by line"), pages.lines_page)


@door(PERMISSIONS, "see_case", find=queries.case)
def draws(request: Request, found: Case) -> HttpResponse:
    """Three draws that add up by hand."""
    return _page(request, _living(request, found), "draws", _("Three draws"), _draws)


@door(PERMISSIONS, "see_case", find=queries.version)
def version_draws(request: Request, found: CaseVersion) -> HttpResponse:
    return _page(request, _frozen(request, found), "draws", _("Three draws"), _draws)


def _draws(_source: Source, told: Told) -> dict[str, Any]:
    return pages.draws_page(told)


@door(PERMISSIONS, "change_case", find=queries.case, methods=("GET", "POST"))
def corners(request: Request, found: Case) -> HttpResponse:
    """From which side each line is looked at."""
    rows = [one for one in parts_of(found) if one.kind == Part.Kind.LINE]
    form = CornersForm(request.POST or None, lines=rows)
    if request.method == "POST":
        done = answer(form, lambda: put_in_corners(case=found, **form.chosen(), **who(request)))
        if done is not None:
            messages.success(request, _("The lines stand where you put them."))
            return redirect(to(request, "pictures", found.ref))
    context = about(request, found, "pictures", _("From four sides")) | {"form": form}
    return render(request, "business_case/papers/corners.html", context)


def _page(request: Request, source: Source, page: str, title: str, context_of: Page) -> HttpResponse:
    context = about(request, source.case, "pictures", title) | {
        "source": source,
        "version": source.version,
        "here": page,
        "page_title": title,
        "parts_of_page": _parts(source, page),
        "files": pages.files(source) if source.told else [],
    }
    if source.told:
        context |= context_of(source, source.told)
    return render(request, f"business_case/papers/{page}.html", context)


def _parts(source: Source, here: str) -> list[dict[str, Any]]:
    named = (("pictures", _("Pictures")), ("lines", _("Line by line")), ("draws", _("Three draws")))
    return [{"title": title, "url": source.url(page), "current": page == here} for page, title in named]


# --- files ------------------------------------------------------------------------------------------------


@door(PERMISSIONS, "see_case", find=queries.case)
def paper(request: Request, found: Case, paper: str, format: str) -> HttpResponse:
    return _paper(_living(request, found), paper, format)


@door(PERMISSIONS, "see_case", find=queries.version)
def version_paper(request: Request, found: CaseVersion, paper: str, format: str) -> HttpResponse:
    return _paper(_frozen(request, found), paper, format)


@door(PERMISSIONS, "see_case", find=queries.case)
def workbook_of_case(request: Request, found: Case) -> HttpResponse:
    """A workbook with live formulas that reproduce the mean case."""
    return _workbook(_living(request, found))


@door(PERMISSIONS, "see_case", find=queries.version)
def version_workbook(request: Request, found: CaseVersion) -> HttpResponse:
    return _workbook(_frozen(request, found))


@door(PERMISSIONS, "see_case", find=queries.case)
def json_of_case(request: Request, found: Case) -> HttpResponse:
    """The case in the published format."""
    return _json(_living(request, found))


@door(PERMISSIONS, "see_case", find=queries.version)
def version_json(request: Request, found: CaseVersion) -> HttpResponse:
    return _json(_frozen(request, found))


def _paper(source: Source, paper: str, format: str) -> HttpResponse:
    if paper not in PAPERS or format not in ("pdf", "docx"):
        raise Http404
    made = PAPERS[paper](_told(source), source.beside())
    return download(write(made, format))  # type: ignore[arg-type]


def _workbook(source: Source) -> HttpResponse:
    told = _told(source)
    sheets = workbook(Kept(told.case, told.data), _, lambda id_: _called(told, id_))
    return download(Export(_name(told, "xlsx"), XLSX, written(sheets, told.case.title)))


def _called(told: Told, id_: str) -> str:
    """Lines by number and name, drivers by name: an id says nothing to a person."""
    number = told.numbers.get(id_)
    return f"{number}. {told.name(id_)}" if number else told.name(id_)


def _json(source: Source) -> HttpResponse:
    told = _told(source)
    return download(Export(_name(told, "json"), "application/json", canonical(as_data(told.case))))


def _name(told: Told, ending: str) -> str:
    stem = slugify(told.case.title, allow_unicode=True)[:80].strip("-") or "samspil"
    return f"{stem}.{ending}"


def _told(source: Source) -> Told:
    if source.told is None:
        raise Http404  # nothing is written yet, so there is nothing to carry away
    return source.told


def _living(request: Request, found: Case) -> Source:
    return living(found, request.organisation, request.viewer.today)


def _frozen(request: Request, found: CaseVersion) -> Source:
    return frozen(found, request.organisation)
