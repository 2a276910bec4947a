"""The doormen of closing and opening an item."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from samspil.dialogue import pages, queries
from samspil.dialogue.closing import actions, forms
from samspil.dialogue.closing.reasons import reasons_of
from samspil.dialogue.models import Item
from samspil.dialogue.permissions import PERMISSIONS
from samspil.kit.forms import answer
from samspil.organisation.door import Request, door, typed_before_sign_in, who

BOTH = ("GET", "POST")


@door(PERMISSIONS, "close_item", find=queries.item, methods=BOTH)
def close_item(request: Request, found: Item) -> HttpResponse:
    reasons = reasons_of(request.organisation)
    form = forms.CloseItem(request.POST or None, reasons=reasons, initial=typed_before_sign_in(request))
    if request.method == "POST":
        closed = answer(form, lambda: actions.close_item(item=found, **form.cleaned_data, **who(request)))
        if closed:
            messages.success(
                request, _("The item is closed. Others read that it is there, and when it opens.")
            )
            return _back(request, found)
    lead = _(
        "Closed items are read by the committee, by those who run the initiative and by the one who asked for"
        " it. Others see neither title nor content, in no list, search, file or mail."
    )
    return _page(
        request,
        found,
        {"form": form, "title": _("Close it for a time"), "submit": _("Close it"), "lead": lead},
    )


@door(PERMISSIONS, "change_closed_item", find=queries.item, methods=BOTH)
def change_closed_item(request: Request, found: Item) -> HttpResponse:
    initial = {"until": found.confidential_until} | typed_before_sign_in(request)
    form = forms.ChangeDay(request.POST or None, initial=initial)
    if request.method == "POST":
        moved = answer(
            form, lambda: actions.change_closed_item(item=found, **form.cleaned_data, **who(request))
        )
        if moved:
            messages.success(request, _("The day is changed. On that day the item opens by itself."))
            return _back(request, found)
    title = _("Change the day on which it opens")
    return _page(request, found, {"form": form, "title": title, "submit": _("Change the day")})


@door(PERMISSIONS, "open_item", find=queries.item, methods=BOTH)
def open_item(request: Request, found: Item) -> HttpResponse:
    """Say what opening means, then do it."""
    if request.method == "POST":
        actions.open_item(item=found, **who(request))
        messages.success(request, _("The item is open. Everybody here can read it."))
        return _back(request, found)
    return render(request, "dialogue/open_item.html", pages.form_page(found, request.viewer))


def _back(request: Request, found: Item) -> HttpResponse:
    return redirect(reverse("dialogue:item", args=[request.organisation.slug, found.ref]))


def _page(request: Request, found: Item, context: dict[str, Any]) -> HttpResponse:
    return render(request, "dialogue/form.html", pages.form_page(found, request.viewer) | context)
