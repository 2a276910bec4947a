"""The doormen of brought spreadsheets: choosing a file, its columns, what would come, taking it over."""

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache

from samspil.business_case import queries
from samspil.business_case.bringing import actions, forms, saying, waiting, words
from samspil.business_case.bringing.models import BroughtFile
from samspil.business_case.bringing.plan import Coming, plan_of
from samspil.business_case.format import as_format, read_format, role_of
from samspil.business_case.models import Case
from samspil.business_case.pages import about, to
from samspil.business_case.permissions import PERMISSIONS
from samspil.business_case.results import standing_of
from samspil.business_case.words import FIELDS
from samspil.core.business_case.brought.mapping import is_template
from samspil.core.business_case.brought.template import template
from samspil.core.business_case.exact import to_the_ore
from samspil.kit.downloads import download
from samspil.kit.exports import Export
from samspil.kit.exports.as_live_xlsx import written
from samspil.kit.forms import answer
from samspil.organisation.door import Request, door, who
from samspil.organisation.lists.actions import ShownAnew
from samspil.organisation.lists.showing import FAULTS_SHOWN, few
from samspil.organisation.lists.words import language

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
BOTH = ("GET", "POST")


@never_cache
@door(PERMISSIONS, "change_case", find=queries.case, methods=BOTH)
def bring(request: Request, found: Case) -> HttpResponse:
    """Where a spreadsheet is brought: template, file, and what waits already."""
    form = forms.BringForm(request.POST or None, request.FILES or None)
    if request.method == "POST":
        made = answer(form, lambda: _brought(request, found, form))
        if made:
            ours = is_template(waiting.tables(made))
            return redirect(_at(request, "look_at_sheet" if ours else "settle_columns", made))
    context = about(request, found, "table", _("Bring a spreadsheet")) | {
        "form": form,
        "waiting": found.brought_files.select_related("file", "brought_by"),
    }
    return render(request, "business_case/bringing/bring.html", context)


def _brought(request: Request, found: Case, form: forms.BringForm) -> BroughtFile:
    file = form.cleaned_data["files"]
    return actions.bring(case=found, name=file.name, data=file.read(), **who(request))


@door(PERMISSIONS, "change_case", find=queries.case)
def case_template(request: Request, found: Case) -> HttpResponse:
    """The template in the reader's language, filled with the lines that are there."""
    sheets = template(_content(found), language())
    name = f"{_('business-case')}.xlsx"
    return download(Export(name, XLSX, written(sheets, found.title)))


def _content(found: Case) -> Any:
    """The case as the core reads it; one without lines is read as if it had one, and shown without it."""
    content = standing_of(found).content
    if content is not None:
        return content
    line = {"id": "x", "kind": "cost", "class": "qualitative"}
    return replace(read_format({**as_format(found, ()), "lines": [line]}), lines=())


@never_cache
@door(PERMISSIONS, "change_case", find=waiting.find, methods=BOTH)
def settle_columns(request: Request, found: BroughtFile) -> HttpResponse:
    """What stands on each sheet, and which column means what."""
    sheets = _sheet_forms(request, found)
    if request.method == "POST" and all(form.is_valid() for form in sheets):
        before = waiting.mappings(found)
        settled = [form.settled() for form in sheets]
        actions.settle(brought=found, mappings=settled, **who(request))
        if "again" not in request.POST and all(
            (one.use, one.head) == (other.use, other.head) for one, other in zip(before, settled, strict=True)
        ):
            return redirect(_at(request, "look_at_sheet", found))
        messages.info(request, _("The columns are shown as they now seem to be meant. Look at them."))
        return redirect(_at(request, "settle_columns", found))
    context = about(request, found.case, "table", _("What the columns mean")) | {
        "brought": found,
        "sheets": sheets,
    }
    return render(request, "business_case/bringing/columns.html", context)


def _sheet_forms(request: Request, found: BroughtFile) -> list[forms.SheetForm]:
    by_name = {one.name: one for one in waiting.tables(found)}
    first, years = int(found.case.frame["first_year"]), int(found.case.frame["years"])
    return [
        forms.SheetForm(
            request.POST or None,
            table=by_name[mapping.sheet],
            mapping=mapping,
            years=range(first, first + years),
            number=number,
        )
        for number, mapping in enumerate(waiting.mappings(found), start=1)
    ]


@never_cache
@door(PERMISSIONS, "change_case", find=waiting.find)
def look_at_sheet(request: Request, found: BroughtFile) -> HttpResponse:
    """What would come, or everything that is wrong."""
    return _preview(request, found)


@never_cache
@door(PERMISSIONS, "change_case", find=waiting.find, methods=("POST",))
def take_over_sheet(request: Request, found: BroughtFile) -> HttpResponse:
    """Take it over as a whole. What no longer holds is shown anew."""
    form = forms.TakeOverForm(request.POST)
    case = found.case
    try:
        done = answer(form, lambda: actions.take_over(brought=found, **form.cleaned_data, **who(request)))
    except ShownAnew as shown:
        return _preview(request, found, anew=str(shown.sentence))
    if done is None:
        return _preview(request, found, form)
    messages.success(request, _became(done))
    return redirect(to(request, "table", case.ref))


@door(PERMISSIONS, "change_case", find=waiting.find, methods=("POST",))
def throw_away_sheet(request: Request, found: BroughtFile) -> HttpResponse:
    case = found.case
    actions.throw_away(brought=found, **who(request))
    messages.success(request, _("The file is thrown away. Nothing was changed."))
    return redirect(to(request, "bring_sheet", case.ref))


# --- the preview ------------------------------------------------------------------------------------------


def _preview(
    request: Request, found: BroughtFile, form: forms.TakeOverForm | None = None, anew: str = ""
) -> HttpResponse:
    plan = plan_of(found)
    context = about(request, found.case, "table", _("What would come")) | {
        "brought": found,
        "plan": plan,
        "form": form or forms.TakeOverForm(initial={"seen": plan.fingerprint}),
        "anew": anew,
        "faults": words.shown(plan.faults, FAULTS_SHOWN),
        "more_faults": max(0, len(plan.faults) - FAULTS_SHOWN),
        "notes": words.shown(plan.notes, FAULTS_SHOWN),
        "left_out": words.shown(plan.left_out, FAULTS_SHOWN),
        "nothing": not plan.faults and not plan.coming,
        "before": _ore(plan.before),
        "after": _ore(plan.after),
        **few("new", plan.new, _new),
        **few("changed", plan.changed, _changed),
    }
    return render(request, "business_case/bringing/look.html", context)


def _ore(amount: Any) -> Any:
    return None if amount is None else to_the_ore(amount)


def _new(one: Coming) -> dict[str, Any]:
    return {
        "use": words.USES[one.use],
        "title": one.part.title,
        "says": saying.sentences(one.content),
        "people": ", ".join(filter(None, (role_of(one.owner), role_of(one.estimator)))),
        "row": one.part.row,
        "sheet": one.part.sheet,
    }


def _changed(one: Coming) -> dict[str, Any]:
    before = dict(one.row.content) if one.row else {}
    names = [key for key in {**before, **one.content} if before.get(key) != one.content.get(key)]
    return {
        "label": one.part.title,
        "values": [
            {
                "column": FIELDS.get(key, key),
                "before": saying.told(key, before.get(key)),
                "after": saying.told(key, one.content.get(key)),
            }
            for key in names
        ],
    }


def _became(done: actions.TakenOver) -> str:
    said = [
        ngettext("%(number)s row is new", "%(number)s rows are new", done.new) % {"number": done.new},
        ngettext("%(number)s has changed", "%(number)s have changed", done.changed)
        % {"number": done.changed},
    ]
    return _("The file is taken over: %(said)s.") % {"said": ", ".join(said)}


def _at(request: Request, page: str, found: BroughtFile) -> str:
    return reverse(f"business_case:{page}", args=[request.organisation.slug, found.ref])
