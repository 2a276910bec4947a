"""A ballot goes into the urn: sealed before anything is written, under no time, journalled nowhere."""

import secrets

from django.db import transaction

from samspil.core.urn import sealing
from samspil.core.urn.files import receipt
from samspil.core.urn.form import FOLLOW_SIZE, Ballot, Form, TooLongError, padded
from samspil.kit.refs import new_ref
from samspil.kit.refusal import Refused
from samspil.participation.entering import Entrance
from samspil.participation.models import Round
from samspil.participation.urn import queries, words
from samspil.participation.urn.models import Envelope, Urn
from samspil.participation.words import NOT_OPEN


def drawn_order(form: Form) -> tuple[str, ...]:
    """The order in which the statements stand on one ballot. It is sealed inside it and kept nowhere else."""
    keys = [one.key for one in form.questions]
    secrets.SystemRandom().shuffle(keys)
    return tuple(keys)


def follow_code() -> str:
    """With this code whoever writes a text finds what is answered to it."""
    return new_ref()[:FOLLOW_SIZE]


def seal(ballot: Ballot, urn: Urn, random: bytes = b"") -> bytes:
    """Seal in memory, for those whose browser runs no script."""
    form = queries.form_of(urn)
    try:
        plain = padded(ballot, form)
    except TooLongError as fault:
        raise Refused(str(words.TEXT_TOO_LONG) % {"most": form.longest_text}, field="text") from fault
    keys = [bytes.fromhex(key) for key in queries.public_keys(urn)]
    return sealing.seal(plain, keys, random or secrets.token_bytes(sealing.RANDOM_SIZE))


@transaction.atomic
def cast(entrance: Entrance, sealed: bytes) -> str:
    """Put an envelope into the urn, in the place of an earlier one; tells its receipt.

    The round is held meanwhile: whoever closes it waits for this envelope or turns it away, never loses it.
    """
    round_ = Round.objects.select_for_update().get(pk=entrance.round.pk)
    urn = Urn.objects.filter(round=round_).first()
    if urn is None or urn.state != Urn.State.OPEN:
        raise Refused(NOT_OPEN)
    if entrance.elector is None:
        raise Refused(words.NO_CODE_NO_BALLOT)
    if not sealing.looks_sealed(sealed, urn.form["size"]):
        raise Refused(words.TAMPERED_BALLOT)
    row = Envelope(
        elector=entrance.elector,
        organisation=round_.organisation,
        round=round_,
        sealed=sealed,
        sha256=receipt(sealed),
    )
    Envelope.objects.bulk_create(
        [row], update_conflicts=True, unique_fields=["elector"], update_fields=["sealed", "sha256"]
    )
    return row.sha256


def has_cast(entrance: Entrance) -> bool:
    """Whether this person has a ballot in the urn; told to them alone."""
    return bool(entrance.elector and Envelope.objects.filter(elector=entrance.elector).exists())
