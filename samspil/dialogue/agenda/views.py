"""The doormen of the agenda: ask for a matter, annexes, order, settle, send."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from samspil.dialogue import pages, queries
from samspil.dialogue import regime as regimes
from samspil.dialogue.agenda import actions, forms, settling
from samspil.dialogue.agenda.models import AgendaEntry, Annex
from samspil.dialogue.agenda.queries import annex as find_annex
from samspil.dialogue.confidential import may_read
from samspil.dialogue.doorstep import BOTH, about_committee, about_meeting, to
from samspil.dialogue.models import Item, Meeting
from samspil.dialogue.permissions import PERMISSIONS
from samspil.kit.downloads import download
from samspil.kit.exports import Export
from samspil.kit.forms import answer, typed_on
from samspil.kit.refusal import ChangedMeanwhile, NotAllowed
from samspil.organisation import drafts, files
from samspil.organisation.door import Request, door, who
from samspil.organisation.models import Committee, File


@door(PERMISSIONS, "request_matter", find=queries.committee, methods=BOTH)
def request_matter(request: Request, found: Committee) -> HttpResponse:
    """Put any matter before a committee."""
    meetings = list(queries.meetings_to_choose(found, request.viewer.today))
    regime = regimes.in_force(request.organisation, request.viewer.today)
    make = partial(
        forms.RequestMatter,
        request.POST or None,
        request.FILES or None,
        meetings=meetings,
        purposes=regime.purposes,
        today=request.viewer.today,
    )
    form = drafts.begin(request, make, meeting=_meeting_asked_for(request, found))
    if request.method == "POST":
        made = answer(form, lambda: _request(request, found, meetings, form.cleaned_data))
        if made:
            drafts.sent(request)
            messages.success(request, _requested(made))
            return redirect(to("item", request, made.ref))
    context = about_committee(found, request.viewer, _("Put a matter before the committee"))
    return render(request, "dialogue/agenda/request_matter.html", context | {"form": form})


@door(PERMISSIONS, "add_annex", find=queries.item, methods=BOTH)
def add_annex(request: Request, found: Item) -> HttpResponse:
    form = forms.AddAnnex(request.POST or None, request.FILES or None)
    if request.method == "POST":
        added = answer(form, lambda: _add_annexes(request, found, form.cleaned_data))
        if added:
            messages.success(request, _("It is added to the item."))
            return redirect(to("item", request, found.ref))
    return render(
        request, "dialogue/agenda/add_annex.html", pages.form_page(found, request.viewer) | {"form": form}
    )


@door(PERMISSIONS, "see_item", find=find_annex)
def annex_file(request: Request, found: Annex) -> HttpResponse:
    """An annex, for those who may read its item."""
    if not may_read(request.viewer, found.item):
        raise NotAllowed(
            _("This item is closed until a day that is set. Ask those who sit in the committee.")
        )
    kept = found.file
    return download(Export(kept.name, kept.content_type, bytes(kept.blob.data)))


@door(PERMISSIONS, "remove_annex", find=find_annex, methods=("POST",))
def remove_annex(request: Request, found: Annex) -> HttpResponse:
    actions.remove_annex(annex=found, **who(request))
    messages.success(request, _("It is taken off the item."))
    return redirect(to("item", request, found.item.ref))


@door(PERMISSIONS, "arrange_agenda", find=queries.meeting, methods=("POST",))
def arrange_agenda(request: Request, found: Meeting) -> HttpResponse:
    """Move an item up or down; the page comes back where the item now stands."""
    item = _item_here(request.POST.get("item", ""), found)
    actions.arrange_agenda(
        meeting=found, item=item, direction=request.POST.get("direction", ""), **who(request)
    )
    return redirect(f"{to('meeting', request, found.ref)}#item-{item.ref}")


@door(PERMISSIONS, "describe_entry", find=queries.meeting, methods=BOTH)
def describe_entry(request: Request, found: Meeting, entry: str) -> HttpResponse:
    """How long an item may take, who presents it, and what is wanted."""
    item = _item_here(entry, found)
    if not may_read(request.viewer, item):
        raise Http404
    kept = AgendaEntry.objects.filter(meeting=found, item=item).first()
    purposes = regimes.as_read(item.regime, request.organisation).purposes
    form = forms.DescribeEntry(request.POST or None, purposes=purposes, initial=_as_described(item, kept))
    theirs = ""
    if request.method == "POST":
        try:
            done = answer(
                form,
                lambda: actions.describe_entry(meeting=found, item=item, **form.cleaned_data, **who(request)),
            )
        except ChangedMeanwhile as fault:
            newest = AgendaEntry.objects.get(meeting=found, item=item).version
            form = forms.DescribeEntry(typed_on(request.POST, newest), purposes=purposes)
            form.add_error(None, str(fault.sentence))
            done, theirs = None, fault.theirs
        if done:
            messages.success(request, _("Saved."))
            return redirect(f"{to('meeting', request, found.ref)}#item-{item.ref}")
    context = about_meeting(found, request.viewer, item.title)
    context |= {"item": item, "form": form, "theirs": theirs}
    return render(request, "dialogue/agenda/describe_entry.html", context, status=409 if theirs else 200)


@door(PERMISSIONS, "settle_agenda", find=queries.meeting, methods=BOTH)
def settle_agenda(request: Request, found: Meeting) -> HttpResponse:
    """Read exactly the agenda, then say yes to it."""
    if request.method == "POST":
        actions.settle_agenda(meeting=found, sha256=request.POST.get("sha256", ""), **who(request))
        messages.success(request, _("You have said yes to the agenda."))
        return redirect(to("meeting", request, found.ref))
    return _read_agenda(request, found, "settle")


@door(PERMISSIONS, "send_agenda", find=queries.meeting, methods=BOTH)
def send_agenda(request: Request, found: Meeting) -> HttpResponse:
    """Read exactly the agenda, then send it."""
    if request.method == "POST":
        actions.send_agenda(meeting=found, sha256=request.POST.get("sha256", ""), **who(request))
        messages.success(request, _("The agenda is sent. The members are told."))
        return redirect(to("meeting", request, found.ref))
    return _read_agenda(request, found, "send")


def _read_agenda(request: Request, found: Meeting, act: str) -> HttpResponse:
    title = _("Settle the agenda") if act == "settle" else _("Send the agenda")
    agenda = settling.agenda_of(found, request.viewer.today)
    context = about_meeting(found, request.viewer, title)
    context |= {
        "title": title,
        "act": act,
        "agenda": agenda,
        "place": agenda.place_for(request.viewer),
        "purposes": context["regime"].purposes,
    }
    return render(request, "dialogue/agenda/read_agenda.html", context)


def _request(request: Request, committee: Committee, meetings: list[Meeting], typed: dict[str, Any]) -> Item:
    by_ref = {one.ref: one for one in meetings}
    with transaction.atomic():
        return actions.request_matter(
            committee=committee,
            title=typed["title"],
            case=typed["case"],
            purpose=typed["purpose"],
            meeting=by_ref.get(typed["meeting"]),
            phase=typed["phase"],
            own_questions=typed["own_questions"].splitlines(),
            annexes=[_keep(request, one) for one in typed["annexes"]],
            **who(request),
        )


@transaction.atomic
def _add_annexes(request: Request, item: Item, typed: dict[str, Any]) -> list[Annex]:
    chosen = typed["brought"]
    name = typed["name"] if len(chosen) == 1 else ""
    return [
        actions.add_annex(item=item, file=_keep(request, one), name=name, **who(request)) for one in chosen
    ]


def _keep(request: Request, brought: Any) -> File:
    return files.keep(brought.name, brought.read(), request.viewer, request.at)


def _meeting_asked_for(request: Request, committee: Committee) -> str:
    """The meeting the page was opened from, else the next one that can be reached."""
    asked = request.GET.get("meeting", "")
    if asked:
        return asked
    nearest = queries.next_reachable(committee, request.viewer.today)
    return nearest.ref if nearest else ""


def _requested(item: Item) -> str:
    if item.status == Item.Status.ON_AGENDA:
        return _("It stands on the agenda.")
    return _("It is asked for. The chair, the vice-chair and the secretary are told and find a meeting.")


def _item_here(ref: str, meeting: Meeting) -> Item:
    found = queries.item(ref)
    if found is None or found.meeting_id != meeting.pk:
        raise Http404
    return found


def _as_described(item: Item, entry: AgendaEntry | None) -> dict[str, Any]:
    """What stands there; before anybody said who presents it, whoever asked for it is proposed."""
    nobody_said = entry is None or entry.version == 1
    return {
        "version": entry.version if entry else 0,
        "purpose": item.purpose,
        "minutes": entry.minutes if entry else None,
        "presenter": str(item.requested_by or "") if nobody_said or entry is None else entry.presenter,
    }
