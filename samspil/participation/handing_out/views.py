"""The doormen of what is handed out."""

from functools import partial

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samspil.kit import house
from samspil.kit.downloads import download
from samspil.kit.exports import Export
from samspil.kit.forms import answer
from samspil.kit.refusal import Refused
from samspil.kit.room import OnPaper
from samspil.organisation.door import Request, door, typed_before_sign_in
from samspil.participation import queries
from samspil.participation.handing_out import actions, documents
from samspil.participation.handing_out.documents import ON_A_BATCH
from samspil.participation.handing_out.forms import MakeCodes
from samspil.participation.models import Elector, Round
from samspil.participation.organising import pages
from samspil.participation.permissions import PERMISSIONS
from samspil.participation.words import CODES_BEFORE_OPENING

BOTH = ("GET", "POST")


@door(PERMISSIONS, "hand_out", find=queries.round_with)
def poster_file(request: Request, found: Round) -> HttpResponse:
    return download(documents.poster_of(found))


@door(PERMISSIONS, "hand_out", find=queries.round_with, methods=BOTH)
def codes(request: Request, found: Round) -> HttpResponse:
    """Make codes for people without an account here, and print them."""
    make = partial(MakeCodes, request.POST or None, round_=found)
    form = make(initial=typed_before_sign_in(request))
    if request.method == "POST":
        made = answer(form, lambda: _make(request, form))
        if made:
            messages.success(request, _made(made))
            return redirect(_here(found))
    context = pages.about(found, _("Letters and sheets with a code")) | {
        "form": form if found.state == Round.State.PLANNED else None,
        "too_late": CODES_BEFORE_OPENING,
        "batches": _batches(found),
        "on_paper": _on_paper(found) is not None,
    }
    return render(request, "participation/rounds/codes.html", context)


@door(PERMISSIONS, "hand_out", find=queries.round_with, methods=("POST",))
def take_back_codes(request: Request, found: Round) -> HttpResponse:
    """All codes that were made lead nowhere any more."""
    for asked in found.asked.order_by("pk"):
        if Elector.objects.filter(asked=asked, person=None).exists():
            actions.take_back_codes(asked=asked, by=request.viewer, at=request.at)
    messages.success(request, _("The codes are taken back. Throw away what was printed."))
    return redirect(_here(found))


@door(PERMISSIONS, "hand_out", find=queries.round_with)
def letters_file(request: Request, found: Round, batch: int) -> HttpResponse:
    return download(documents.letters_of(found, _electors(found, batch)))


@door(PERMISSIONS, "hand_out", find=queries.round_with)
def sheets_file(request: Request, found: Round, batch: int) -> HttpResponse:
    paper = _on_paper(found)
    if paper is None:
        raise Http404
    return download(_sheets(found, batch, paper))


def _sheets(found: Round, batch: int, paper: OnPaper) -> Export:
    if not paper.lines(found):
        raise Refused(_("Write what is asked first: it stands on the sheets."))
    return documents.sheets_of(found, _electors(found, batch), paper)


def _make(request: Request, form: MakeCodes) -> int:
    count = form.cleaned_data["count"]
    actions.make_codes(asked=form.asked(), count=count, by=request.viewer, at=request.at)
    return int(count)


def _made(count: int) -> str:
    return ngettext(
        "%(count)s code is made. Print it below.", "%(count)s codes are made. Print them below.", count
    ) % {"count": count}


def _coded(found: Round) -> list[Elector]:
    """Those with a code on paper, in an order that stays."""
    return list(Elector.objects.filter(round=found, person=None).order_by("asked", "ref"))


def _batches(found: Round) -> list[tuple[int, int, int]]:
    """Number, first and last piece of each file."""
    count = Elector.objects.filter(round=found, person=None).count()
    firsts = range(0, count, ON_A_BATCH)
    return [(n, first + 1, min(first + ON_A_BATCH, count)) for n, first in enumerate(firsts, 1)]


def _electors(found: Round, batch: int) -> list[Elector]:
    here = _coded(found)[(batch - 1) * ON_A_BATCH : batch * ON_A_BATCH]
    if not here:
        raise Http404
    return here


def _on_paper(found: Round) -> OnPaper | None:
    kind = house.round_kinds().get(found.kind)
    return kind.on_paper if kind and found.level != Round.Level.SECRET else None


def _here(found: Round) -> str:
    return reverse("participation:codes", args=[found.organisation.slug, found.ref])
