"""The doormen of receipts."""

from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _

from samspil.kit.exports.qr import svg_of
from samspil.participation import kinds, pace, queries
from samspil.participation.codes import spaced
from samspil.participation.coming_in.forms import CodeField
from samspil.participation.doorway import ParticipantRequest, participants
from samspil.participation.models import Participant, Round
from samspil.participation.receipts.giving import holder_of
from samspil.participation.words import CHANNELS, TIERS, UNKNOWN_CODE

BOTH = ("GET", "POST")


class Follow(forms.Form):
    receipt = CodeField(
        label=_("Code of your receipt"), help_text=_("You were shown it after your first answer.")
    )


@participants(closed=True)
def receipt(request: ParticipantRequest) -> HttpResponse:
    """The receipt of whoever took part on this device: to write down, to scan or to print."""
    code = request.receipt
    if not code:
        return redirect("p:follow", request.round.code)
    address = reverse("p:follow_with", args=[request.round.code, code])
    drawn = svg_of(settings.BASE_URL + address)
    context = {"code": spaced(code), "address": address, "qr": mark_safe(drawn)}  # noqa: S308  # nosec B308 B703 - ours
    return render(request, "participation/p/receipt.html", context)


@participants(methods=BOTH, closed=True)
def follow(request: ParticipantRequest) -> HttpResponse:
    """Type the code of a receipt."""
    form = Follow(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if holder_of(request.round, form.cleaned_data["receipt"]):
            return redirect("p:follow_with", request.round.code, form.cleaned_data["receipt"])
        pace.note_wrong_code(request)
        form.add_error("receipt", str(UNKNOWN_CODE))
    return render(request, "participation/p/follow.html", {"form": form})


@participants(closed=True)
def follow_with(request: ParticipantRequest, receipt: str) -> HttpResponse:
    """What a receipt tells: that it counts, until when it can be changed, what came of it. Never more."""
    found = holder_of(request.round, receipt)
    if found is None:
        pace.note_wrong_code(request)
        form = Follow({"receipt": receipt})
        form.add_error("receipt", str(UNKNOWN_CODE))
        return render(request, "participation/p/follow.html", {"form": form}, status=404)
    return render(request, "participation/p/followed.html", _told(request, found))


def _told(request: ParticipantRequest, found: Participant) -> dict[str, Any]:
    return {
        "participant": found,
        "tier": TIERS[found.tier],
        "channel": CHANNELS[found.channel],
        "shown": kinds.shown(request.round) if request.round.state == Round.State.CLOSED else "",
        "led_to": queries.what_it_led_to(request.round),
    }
