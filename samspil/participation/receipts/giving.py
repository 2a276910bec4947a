"""Giving a receipt, and finding again whom it was given to."""

from django.http import HttpResponse

from samspil.participation import doorway
from samspil.participation.codes import hashed, new_code
from samspil.participation.doorway import ParticipantRequest
from samspil.participation.models import Participant, Round


def give(participant: Participant) -> str:
    """The code to show now, after the first answer; nothing when they have theirs already."""
    code = new_code()
    without = Participant.objects.filter(pk=participant.pk, receipt_sha256="")
    return code if without.update(receipt_sha256=hashed(code)) else ""


def hand_over(response: HttpResponse, request: ParticipantRequest, participant: Participant) -> None:
    """After an answer: whoever has no receipt yet gets one, which their device shows from now on."""
    if not participant.receipt_sha256 and (code := give(participant)):
        doorway.keep_receipt(response, request, code)


def holder_of(round_: Round, code: str) -> Participant | None:
    """Who took part under this receipt; no name is found from it."""
    rows = Participant.objects.filter(round=round_, receipt_sha256=hashed(code))
    return rows.first() if code else None
