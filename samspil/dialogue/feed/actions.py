"""Making, renewing and withdrawing the address of one's own calendar."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from samspil.dialogue.feed.models import FeedAddress
from samspil.dialogue.feed.secrets import hashed, new_token
from samspil.dialogue.permissions import PERMISSIONS
from samspil.kit.refusal import Refused
from samspil.organisation import journal
from samspil.organisation.viewer import Viewer

NOT_A_PERSON = _("Only a person has a calendar.")


@transaction.atomic
def make_feed(*, by: Viewer, at: datetime) -> str:
    """Make an address, or a new one in place of the old, which stops working. Tells the secret, once."""
    PERMISSIONS.require("make_feed", by)
    if by.person is None:
        raise Refused(NOT_A_PERSON)
    token = new_token()
    FeedAddress.objects.update_or_create(
        organisation=by.organisation,
        person=by.person,
        defaults={"token_sha256": hashed(token), "made_at": at, "read_on": None},
    )
    journal.append("dialogue.feed_made", by=by, at=at)
    return token


@transaction.atomic
def withdraw_feed(*, by: Viewer, at: datetime) -> None:
    """Let the address lead to nothing from now on."""
    PERMISSIONS.require("withdraw_feed", by)
    gone, _of_kinds = FeedAddress.objects.filter(person=by.person).delete()
    if not gone:
        raise Refused(_("There is no address to withdraw."))
    journal.append("dialogue.feed_withdrawn", by=by, at=at)
