"""The keys under which people take part in a confidential round.

HMAC-SHA256 of the elector's random ref under a secret of that round alone. The same person comes back to the
same key until the round closes; then the secret is destroyed and the way from one to the other is gone.
"""

import hashlib
import hmac
import secrets

from samspil.participation.models import PseudonymKey, Round

SECRET_BYTES = 32


def make_key(round_: Round) -> None:
    PseudonymKey.objects.create(
        organisation=round_.organisation, round=round_, secret=secrets.token_bytes(SECRET_BYTES)
    )


def destroy_key(round_: Round) -> None:
    PseudonymKey.objects.filter(round=round_).delete()


def participant_key(round_: Round, who: str) -> str:
    """The key of `who`: an elector's ref, a browser's token, or an account, each with its kind before it."""
    secret = bytes(PseudonymKey.objects.get(round=round_).secret)
    return hmac.new(secret, who.encode(), hashlib.sha256).hexdigest()
