"""The secret in an address, and how an address is found by it."""

import hashlib
import secrets

from samspil.dialogue.feed.models import FeedAddress
from samspil.organisation.scope import every_organisation


def new_token() -> str:
    return secrets.token_urlsafe(32)


def hashed(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def address_with(token: str) -> FeedAddress | None:
    """The address that a secret belongs to, whatever organisation; nothing for somebody who has left."""
    with every_organisation():
        rows = FeedAddress.objects.filter(token_sha256=hashed(token), person__left_on=None)
        return rows.select_related("person__organisation").filter(person__erased_at=None).first()
