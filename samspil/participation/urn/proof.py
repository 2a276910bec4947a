"""Somebody shows that a key is theirs without showing it: only its holder can open what was sealed to it.

What was sealed is remembered nowhere: its hash goes out with it, signed, and comes back.
"""

import hashlib
import secrets

from django.core import signing

from samspil.core.urn.sealing import KEY, seal_box
from samspil.participation.urn.models import Holder

LASTS = 60 * 60  # seconds; opening forty thousand ballots on a slow phone takes minutes


def challenge(holder: Holder) -> tuple[bytes, str]:
    """A box that only this holder's key opens, and the ticket that goes back with what is in it."""
    answer = secrets.token_bytes(KEY)
    box = seal_box(answer, bytes.fromhex(holder.public_key), secrets.token_bytes(KEY))
    return box, signing.dumps(_hash(answer), salt=_salt(holder))


def is_proved(holder: Holder, ticket: str, answer: bytes) -> bool:
    try:
        return bool(signing.loads(ticket, salt=_salt(holder), max_age=LASTS) == _hash(answer))
    except signing.BadSignature:
        return False


def _hash(answer: bytes) -> str:
    return hashlib.sha256(answer).hexdigest()


def _salt(holder: Holder) -> str:
    return f"samspil.participation.urn {holder.pk} {holder.public_key}"
