"""The doormen of the table: write it, paste into it."""

from collections.abc import Sequence
from functools import partial

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samspil.business_case import actions, queries
from samspil.business_case.format import parts_of
from samspil.business_case.models import Case, Part
from samspil.business_case.pages import about, to
from samspil.business_case.permissions import PERMISSIONS
from samspil.business_case.refusals import Unreadable
from samspil.business_case.table import columns, pasting
from samspil.business_case.table.columns import Column
from samspil.business_case.table.grid import Grid
from samspil.business_case.words import SORTS
from samspil.kit.refusal import ChangedMeanwhile, NotAllowed, Refused
from samspil.organisation import drafts
from samspil.organisation.door import Request, door, who

BOTH = ("GET", "POST")
CELLS_ON_A_PAGE = 3_000
ROOM_FOR_NEW, MOST_ROOM = 3, 100


@door(PERMISSIONS, "change_case", find=queries.case, methods=BOTH)
def table(request: Request, case: Case) -> HttpResponse:
    """All lines in a table that is written in like a spreadsheet."""
    years = years_of(case)
    shown = columns.full(years)
    page = Paginator(lines_of(case, request.POST), max(5, CELLS_ON_A_PAGE // (len(shown) + 3))).get_page(
        request.GET.get("page")
    )
    new = _room(request)
    make = partial(
        Grid,
        request.POST or None,
        parts=list(page.object_list),
        columns=shown,
        years=years,
        start=page.start_index() or 1,
        new=new,
    )
    grid = drafts.begin(request, make, seen=state(case))  # type: ignore[type-var]
    quicker = False
    if request.method == "POST":
        try:
            if saved(request, case, grid):
                drafts.sent(request)
                return redirect(request.get_full_path())
        except ChangedMeanwhile:
            grid.meet()
            quicker = True
    context = about(request, case, "table", _("Lines"))
    context |= {
        "grid": grid,
        "form": grid,
        "page": page,
        "quicker": quicker,
        "undoable": queries.last_own_step(case, request.viewer.person),
        "more": new + 10,
        "seen": state(case),
    }
    return render(request, "business_case/table/table.html", context, status=409 if quicker else 200)


@door(PERMISSIONS, "change_case", find=queries.case, methods=BOTH)
def paste(request: Request, case: Case) -> HttpResponse:
    """Rows from a spreadsheet, pasted into one field: for many at once, and without a script."""
    years = years_of(case)
    shown = columns.full(years)
    form = drafts.begin(request, partial(pasting.PasteForm, request.POST or None))
    faults: list[str] = []
    if request.method == "POST" and form.is_valid():
        try:
            grid = _pasted(form.cleaned_data["rows"], shown, years)
            if saved(request, case, grid):
                drafts.sent(request)
                return redirect(to(request, "table", case.ref))
            faults = [sentence for _cell, sentence in grid.faults]
        except Refused as refusal:
            faults = [str(refusal.sentence)]
    context = about(request, case, "table", _("Paste rows"))
    context |= {"form": form, "columns": shown, "faults": faults, "choices": SORTS.values()}
    return render(request, "business_case/table/paste.html", context)


def _pasted(text: str, shown: Sequence[Column], years: Sequence[int]) -> Grid:
    rows = pasting.rows_of(text, shown, columns.language())
    if len(rows) > actions.MOST_AT_ONCE:
        raise actions.too_many(len(rows))
    return Grid(pasting.as_sent(rows), parts=[], columns=shown, years=years)


def saved(request: Request, case: Case, grid: Grid) -> bool:
    """Save what was written, all of it or nothing; what cannot be read is told at its cells."""
    if grid.too_long():
        return False
    written = grid.written()
    try:
        parts = actions.save(
            case=case, written=[one for _row, one in written], taken_out=grid.taken_out(), **who(request)
        )
    except Unreadable as fault:
        grid.refused(fault, written)
        return False
    except (NotAllowed, ChangedMeanwhile):
        raise
    except Refused as refusal:
        grid.faults.append(("", str(refusal.sentence)))
        return False
    count = len(parts) + len(grid.taken_out())
    told = ngettext("Saved: %(count)s line.", "Saved: %(count)s lines.", count) % {"count": count}
    messages.success(request, told if count else _("Nothing was changed."))
    return True


def lines_of(case: Case, sent: QueryDict) -> list[Part]:
    """The lines there are; of those that were taken out meanwhile the ones somebody was still writing."""
    here = [one for one in parts_of(case) if one.kind == Part.Kind.LINE]
    refs = {name.partition(".")[0] for name in sent if name.endswith(".version")}
    gone = refs - {one.ref for one in here}
    rows = case.parts.filter(thing__ref__in=gone, kind=Part.Kind.LINE).select_related("thing")
    return here + list(rows)


def years_of(case: Case) -> list[int]:
    first = int(case.frame["first_year"])
    return list(range(first, first + int(case.frame["years"])))


def state(case: Case) -> str:
    """Changes with every change: whoever opens a draft is told that the case has gone on."""
    return str(sum(case.parts.values_list("version", flat=True)) + case.version)


def _room(request: Request) -> int:
    return columns.whole(request.GET.get("new", ""), MOST_ROOM) or ROOM_FOR_NEW
