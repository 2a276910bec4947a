"""Giving a receipt, and finding again whom it was given to."""

from samspil.participation.codes import hashed, new_code
from samspil.participation.models import Participant, Round


def give(participant: Participant) -> str:
    """The code to show now, after the first answer; nothing when they have theirs already."""
    code = new_code()
    without = Participant.objects.filter(pk=participant.pk, receipt_sha256="")
    return code if without.update(receipt_sha256=hashed(code)) else ""


def holder_of(round_: Round, code: str) -> Participant | None:
    """Who took part under this receipt; no name is found from it."""
    rows = Participant.objects.filter(round=round_, receipt_sha256=hashed(code))
    return rows.first() if code else None
