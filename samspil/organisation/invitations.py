"""Links with which a person comes in: good for one use, for some days, kept only as a hash.

Opening the link changes nothing, because mail scanners open links; only sending its form does.
"""

import hashlib
import secrets
from datetime import datetime, timedelta

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from samspil.kit.refusal import Refused
from samspil.organisation.models import Account, Invitation, Membership, Person

GOOD_FOR = timedelta(days=7)
NO_LONGER_GOOD = _("This link is no longer good. Ask an administrator for a new one.")


def write(person: Person, username: str, at: datetime) -> str:
    """Keep a new invitation; the token it returns is the only copy."""
    token = secrets.token_urlsafe(32)
    Invitation.objects.create(
        organisation_id=person.organisation_id,
        person=person,
        token_sha256=_hash(token),
        username=username,
        invited_at=at,
        expires_at=at + GOOD_FOR,
    )
    return token


def find(token: str) -> Invitation | None:
    """The invitation of a token in the present organisation, used up or not."""
    rows = Invitation.objects.select_related("person__organisation", "person__unit")
    return rows.filter(token_sha256=_hash(token)).first()


def is_open(invitation: Invitation, at: datetime) -> bool:
    """Unused, not called back, not too old, and the person is still without an account and here."""
    person = invitation.person
    spent = invitation.accepted_at or invitation.revoked_at or at >= invitation.expires_at
    gone = person.left_on or person.erased_at
    return not (spent or gone or Membership.objects.filter(person=person).exists())


def check_open(invitation: Invitation, at: datetime) -> None:
    if not is_open(invitation, at):
        raise Refused(NO_LONGER_GOOD)


def open_one(person: Person, at: datetime) -> Invitation | None:
    """The link that would let this person in now, if there is one."""
    rows = Invitation.objects.filter(person=person, accepted_at=None, revoked_at=None, expires_at__gt=at)
    return rows.first()


def revoke_open(person: Person, at: datetime) -> None:
    Invitation.objects.filter(person=person, accepted_at=None, revoked_at=None).update(revoked_at=at)


def new_account(invitation: Invitation, username: str, password: str) -> Account:
    """An account with a password; the user name an administrator gave wins over the one typed."""
    username = invitation.username or username.strip()
    if not username:
        raise Refused(_("Choose a user name."), "username")
    if Account.objects.filter(username__iexact=username).exists():
        raise Refused(_("This user name is taken. Choose another."), "username")
    account = Account(username=username, language="")
    try:
        validate_password(password, account)
    except ValidationError as weak:
        raise Refused(" ".join(weak.messages), "password") from weak
    account.set_password(password)
    account.save()
    return account


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
