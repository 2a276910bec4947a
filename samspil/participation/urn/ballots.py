"""The doormen of a secret ballot. Nothing that is answered here is logged, kept as a draft or shown again."""

import base64
import binascii
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render

from samspil.kit.refusal import Refused
from samspil.participation.doorway import ParticipantRequest, participants
from samspil.participation.entering import Entrance
from samspil.participation.models import Round
from samspil.participation.urn import casting, forms, queries, words
from samspil.participation.urn.models import Urn

BOTH = ("GET", "POST")


@participants(methods=BOTH)
def ballot(request: ParticipantRequest) -> HttpResponse:
    """All statements on one page, in an order drawn for this ballot. A later ballot replaces an earlier."""
    urn = queries.urn_of(request.round) if request.round.level == Round.Level.SECRET else None
    if urn is None or request.entrance is None or request.entrance.elector is None:
        return redirect("p:welcome", request.round.code)
    return _take(request, urn, request.entrance) if request.method == "POST" else _ask(request, urn)


@participants(methods=BOTH, closed=True)
def receipt(request: ParticipantRequest) -> HttpResponse:
    """Whether a ballot lies in the urn, or was in it when it closed. What is in it nobody is told."""
    form = forms.CheckReceipt(request.POST or None)
    found = None
    if request.method == "POST" and form.is_valid():
        found = queries.is_there(request.round, form.value)
    context = {"form": form, "found": found, "urn": queries.urn_of(request.round)}
    return render(request, "participation/p/ballot_receipt.html", context)


@participants(methods=BOTH, closed=True)
def follow(request: ParticipantRequest) -> HttpResponse:
    """What became of a text: only whoever holds its code finds it, and nobody learns who wrote it."""
    form = forms.FollowText(request.POST or None)
    text = queries.text_followed(request.round, form.value) if form.is_bound and form.is_valid() else ""
    context = {"form": form, "text": text, "urn": queries.urn_of(request.round)}
    return render(request, "participation/p/follow_text.html", context)


@participants(closed=True)
def receipts(request: ParticipantRequest) -> HttpResponse:
    """The published list of receipts: one a line, in the order of the hashes."""
    urn = queries.urn_of(request.round)
    if urn is None or urn.receipts is None:
        return redirect("p:ballot_receipt", request.round.code)
    return HttpResponse(bytes(urn.receipts.data), content_type="text/plain; charset=utf-8")


for view in (ballot, receipt, follow):
    view.leaves_no_line = True  # in the request log


def _ask(request: ParticipantRequest, urn: Urn, form: forms.BallotForm | None = None) -> HttpResponse:
    ask = queries.form_of(urn)
    form = form or forms.BallotForm(form=ask, initial={"order": " ".join(casting.drawn_order(ask))})
    context: dict[str, Any] = {
        "form": form,
        "size": ask.size,
        "holders": " ".join(queries.public_keys(urn)),
        "urn": urn,
        "again": request.entrance and casting.has_cast(request.entrance),
    }
    return render(request, "participation/p/ballot.html", context, status=422 if form.errors else 200)


def _take(request: ParticipantRequest, urn: Urn, entrance: Entrance) -> HttpResponse:
    sealed, follow = _sealed_in_the_browser(request), ""
    if not sealed:
        form = forms.BallotForm(request.POST, form=queries.form_of(urn))
        if not form.is_valid():
            return _ask(request, urn, form)
        found = form.ballot(casting.follow_code())
        sealed, follow = casting.seal(found, urn), found.follow
    context = {"receipt": casting.cast(entrance, sealed), "follow": follow}
    return render(request, "participation/p/cast.html", context)


def _sealed_in_the_browser(request: ParticipantRequest) -> bytes:
    try:
        return base64.b64decode(request.POST.get("sealed", ""), validate=True)
    except (binascii.Error, ValueError) as fault:
        raise Refused(words.TAMPERED_BALLOT) from fault
