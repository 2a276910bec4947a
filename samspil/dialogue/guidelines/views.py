"""The doormen of procedure guidelines: form, one action, on to the next page."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from samspil.dialogue import queries as committees
from samspil.dialogue import regime as regimes
from samspil.dialogue.confidential import may_read
from samspil.dialogue.documents import in_language
from samspil.dialogue.doorstep import to
from samspil.dialogue.guidelines import actions, documents, forms, pages, queries, terms
from samspil.dialogue.guidelines.models import Guideline, GuidelineVersion
from samspil.dialogue.models import Item
from samspil.dialogue.permissions import PERMISSIONS
from samspil.initiative.models import Initiative
from samspil.kit.downloads import download
from samspil.kit.exports import Export, write
from samspil.kit.forms import answer, typed_on
from samspil.kit.refusal import ChangedMeanwhile
from samspil.organisation import drafts, files
from samspil.organisation.door import Request, door, typed_before_sign_in, who
from samspil.organisation.models import Committee

BOTH = ("GET", "POST")


@door(PERMISSIONS, "propose_guideline", find=committees.initiative, methods=BOTH)
def propose_for_initiative(request: Request, found: Initiative) -> HttpResponse:
    """One button: the draft is filled in from the calendar, and can be changed afterwards."""
    if request.method == "POST":
        made = actions.propose_guideline(initiative=found, **who(request))
        messages.success(
            request, _("The draft is ready. Look at the days and topics, and change what you like.")
        )
        return redirect(to("change_guideline", request, made.ref))
    return render(request, "dialogue/guidelines/propose.html", pages.propose(request.viewer, found))


@door(PERMISSIONS, "propose_general_guideline", find=committees.committee, methods=BOTH)
def propose_in_committee(request: Request, found: Committee) -> HttpResponse:
    """A guideline about new technology in general."""
    known = terms.as_read(terms.table_for(request.viewer), request.organisation)
    form = forms.ProposeGeneral(
        request.POST or None,
        kinds=known.general,
        initial={"kind": "new_technology"} | typed_before_sign_in(request),
    )
    if request.method == "POST":
        made = answer(
            form,
            lambda: actions.propose_general_guideline(committee=found, **form.cleaned_data, **who(request)),
        )
        if made:
            messages.success(request, _("The draft is ready. Change what you like."))
            return redirect(to("change_guideline", request, made.ref))
    context = pages.propose(request.viewer, found) | {"form": form}
    return render(request, "dialogue/guidelines/propose.html", context)


@door(PERMISSIONS, "see_guideline", find=queries.guideline)
def guideline(request: Request, found: Guideline) -> HttpResponse:
    """What holds now, what was promised and held, the draft, and every version there was."""
    return render(request, "dialogue/guidelines/guideline.html", pages.guideline(found, request.viewer))


@door(PERMISSIONS, "change_guideline", find=queries.guideline, methods=BOTH)
def change_guideline(request: Request, found: Guideline) -> HttpResponse:
    draft = queries.draft(found)
    if draft is None:
        return redirect(to("guideline", request, found.ref))
    form = drafts.begin(
        request, _form_of(request, found, draft, request.POST or None), **_written(found, draft)
    )
    theirs = ""
    if request.method == "POST":
        try:
            if answer(form, lambda: _change(request, found, form)):
                drafts.sent(request)
                messages.success(request, _("The draft is saved."))
                return redirect(to("guideline", request, found.ref))
        except ChangedMeanwhile as fault:
            form, theirs = (
                _form_of(request, found, draft, typed_on(request.POST, draft.version))(),
                fault.theirs,
            )
            form.add_error(None, str(fault.sentence))
    context = pages.form_page(found, request.viewer, _("Change the draft")) | {"form": form, "theirs": theirs}
    return render(request, "dialogue/guidelines/change.html", context, status=409 if theirs else 200)


@door(PERMISSIONS, "change_guideline", find=queries.guideline, methods=("POST",))
def revise_guideline(request: Request, found: Guideline) -> HttpResponse:
    actions.revise_guideline(guideline=found, **who(request))
    messages.success(request, _("A new version is begun. What holds goes on holding until it is agreed."))
    return redirect(to("change_guideline", request, found.ref))


@door(PERMISSIONS, "change_guideline", find=queries.guideline, methods=("POST",))
def put_guideline_before(request: Request, found: Guideline) -> HttpResponse:
    item = actions.put_guideline_before(guideline=found, **who(request))
    if item.meeting:
        messages.success(request, _("It stands on the agenda. The members of the committee are told."))
    else:
        messages.success(request, _("It is asked for. Those who run the committee find a meeting."))
    return redirect(to("item", request, item.ref))


@door(PERMISSIONS, "agree_guideline", find=queries.guideline, methods=BOTH)
def agree_guideline(request: Request, found: Guideline) -> HttpResponse:
    """The outcome of an item in the committee says that both sides agree."""
    items = _items(request, found)
    form = forms.AgreeGuideline(request.POST or None, items=items, initial=typed_before_sign_in(request))
    if request.method == "POST":
        by_ref = {one.ref: one for one in items}
        agreed = answer(
            form,
            lambda: actions.agree_guideline(
                guideline=found,
                item=by_ref[form.cleaned_data["item"]],
                holds_from=form.cleaned_data["holds_from"],
                **who(request),
            ),
        )
        if agreed:
            return _agreed(request, found)
    context = pages.form_page(found, request.viewer, _("It was agreed in the committee"))
    return render(
        request,
        "dialogue/guidelines/form.html",
        context | {"form": form, "submit": _("It is agreed"), "nothing_to_choose": not items},
    )


@door(PERMISSIONS, "record_guideline_elsewhere", find=queries.guideline, methods=BOTH)
def agreed_elsewhere(request: Request, found: Guideline) -> HttpResponse:
    form = forms.AgreedElsewhere(
        request.POST or None, request.FILES or None, initial=typed_before_sign_in(request)
    )
    if request.method == "POST":
        agreed = answer(form, lambda: _record_elsewhere(request, found, form))
        if agreed:
            return _agreed(request, found)
    context = pages.form_page(found, request.viewer, _("It was agreed elsewhere"))
    context |= {"form": form, "submit": _("Record it")}
    return render(request, "dialogue/guidelines/form.html", context)


@door(PERMISSIONS, "terminate_guideline", find=queries.guideline, methods=BOTH)
def terminate_guideline(request: Request, found: Guideline) -> HttpResponse:
    kind = terms.as_read(found.terms, request.organisation).kind(found.kind)
    regime = regimes.in_force(request.organisation, request.viewer.today)
    form = forms.TerminateGuideline(
        request.POST or None,
        sides=[(key, capfirst(title)) for key, title in regime.sides.items()],
        months=kind.notice_months,
        initial={"notice_on": request.viewer.today} | typed_before_sign_in(request),
    )
    if request.method == "POST":
        done = answer(
            form, lambda: actions.terminate_guideline(guideline=found, **form.cleaned_data, **who(request))
        )
        if done:
            messages.success(request, _("Notice is recorded. The page says until when it holds."))
            return redirect(to("guideline", request, found.ref))
    context = pages.form_page(found, request.viewer, _("Give notice"))
    context |= {"form": form, "submit": _("Record the notice"), "lead": kind.notice_source}
    return render(request, "dialogue/guidelines/form.html", context | {"fixed": not kind.terminable})


@door(PERMISSIONS, "see_guideline", find=queries.guideline)
def guideline_document(request: Request, found: Guideline, format: str) -> HttpResponse:
    """The guideline to print or file."""
    if format not in ("pdf", "docx"):
        raise Http404
    document = in_language(request.organisation.language, documents.guideline, found, request.viewer)
    return download(write(document, format))  # type: ignore[arg-type]


@door(PERMISSIONS, "see_guideline", find=queries.guideline)
def guideline_file(request: Request, found: Guideline, number: str) -> HttpResponse:
    """The file that came with a version that was agreed elsewhere."""
    version = next((one for one in found.versions.all() if str(one.number) == number), None)
    if version is None or version.file is None:
        raise Http404
    kept = version.file
    return download(Export(kept.name, kept.content_type, bytes(kept.blob.data)))


# --- what the doormen share ------------------------------------------------------------------------------


def _form_of(request: Request, found: Guideline, draft: GuidelineVersion, data: Any) -> Any:
    return partial(
        forms.ChangeGuideline,
        data,
        discussions=list(draft.discussions.all()),
        committees=list(Committee.objects.order_by("name")),
        general=found.initiative_id is None,
    )


def _written(found: Guideline, draft: GuidelineVersion) -> dict[str, Any]:
    return {
        "version": draft.version,
        "title": found.title,
        "purpose": draft.purpose,
        "taking_part": draft.taking_part,
        "follow_up": draft.follow_up,
        f"committee_{forms.NEW}": found.committee.ref,
    }


def _change(request: Request, found: Guideline, form: forms.ChangeGuideline) -> GuidelineVersion:
    typed = form.cleaned_data
    return actions.change_guideline(
        guideline=found,
        **{name: typed[name] for name in ("version", "title", "purpose", "taking_part", "follow_up")},
        discussions=form.promised(),
        **who(request),
    )


@transaction.atomic
def _record_elsewhere(request: Request, found: Guideline, form: forms.AgreedElsewhere) -> GuidelineVersion:
    typed = form.cleaned_data
    return actions.record_guideline_elsewhere(
        guideline=found,
        agreed_on=typed["agreed_on"],
        agreed_by=typed["agreed_by"],
        holds_from=typed["holds_from"],
        file=files.brought(typed["file"], **who(request)),
        **who(request),
    )


def _items(request: Request, found: Guideline) -> list[Item]:
    """The items about it first, then others of the committee in which something was agreed."""
    about = queries.items_about([found])[found.pk]
    agreed_by = terms.read(found.terms).agreed_by
    others = Item.objects.filter(committee=found.committee, outcomes__key__in=agreed_by).exclude(
        pk__in=[one.pk for one in about]
    )
    rows = others.select_related("thing", "committee", "meeting", "regime", "initiative").distinct()
    known = [*about, *rows.order_by("-meeting__on", "-pk")[:10]]
    return [one for one in known if may_read(request.viewer, one)]


def _agreed(request: Request, found: Guideline) -> HttpResponse:
    messages.success(request, _("It is agreed. The page shows from which day it holds."))
    return redirect(to("guideline", request, found.ref))
