"""The keys under which people take part in a confidential round.

HMAC-SHA256 of the elector's random ref under a secret of that round alone. The same person comes back to the
same key until the round closes; then the secret is destroyed and the way from one to the other is gone.
"""

import hashlib
import hmac
import secrets
from collections.abc import Sequence

from django.db import connection, transaction

from samspil.participation.codes import hashed
from samspil.participation.models import Participant, PseudonymKey, Round

SECRET_BYTES = 32
# By hand, for whoever votes asks each time.
SECRET = f"SELECT secret FROM {PseudonymKey._meta.db_table} WHERE round_id = %s"  # noqa: S608  # nosec B608 - ours


def make_key(round_: Round) -> None:
    PseudonymKey.objects.create(
        organisation=round_.organisation, round=round_, secret=secrets.token_bytes(SECRET_BYTES)
    )


def destroy_key(round_: Round) -> None:
    """SQLite overwrites what is deleted. PostgreSQL leaves it in the table's file, which is written anew."""
    PseudonymKey.objects.filter(round=round_).delete()
    transaction.on_commit(_write_the_table_anew, robust=True)


def _write_the_table_anew() -> None:
    if connection.vendor == "postgresql" and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute(f"VACUUM FULL {connection.ops.quote_name(PseudonymKey._meta.db_table)}")


def forget_the_order(round_: Round) -> None:
    """Write the participants anew in the order of their keys: the number of a row then says nothing of when
    somebody came. Nothing refers to them meanwhile; whoever holds what did puts it back by the keys."""
    rows = list(Participant.objects.filter(round=round_).order_by("key"))
    Participant.objects.filter(round=round_).delete()
    for row in rows:
        row.pk = None
    Participant.objects.bulk_create(rows, batch_size=500)


def participant_key(round_: Round, who: str) -> str:
    """The key of `who`: an elector's ref, a browser's token, or an account, each with its kind before it."""
    with connection.cursor() as cursor:
        cursor.execute(SECRET, [round_.pk])
        row = cursor.fetchone()
    if row is None:
        raise PseudonymKey.DoesNotExist
    return _key(row[0], who)


def named_key(round_: Round, who: str) -> str:
    """The same where names are shown."""
    return hashed(f"{round_.code} {who}")


def participant_keys(asked: Sequence[tuple[Round, str]]) -> dict[int, str]:
    """The keys of somebody in several rounds, by round; secret ones have none."""
    rows = PseudonymKey.objects.filter(round__in=[one for one, _ in asked])
    secrets_of = {row.round_id: row.secret for row in rows}
    found = {}
    for round_, who in asked:
        if round_.level == Round.Level.NAMED:
            found[round_.pk] = named_key(round_, who)
        elif round_.pk in secrets_of:
            found[round_.pk] = _key(secrets_of[round_.pk], who)
    return found


def _key(secret: bytes | memoryview, who: str) -> str:
    return hmac.new(bytes(secret), who.encode(), hashlib.sha256).hexdigest()
