"""What must stand before a secret round opens, and what is fixed when it does."""

from django.utils.functional import Promise

from samspil.core.urn.files import form_as_plain
from samspil.core.urn.form import LARGEST
from samspil.participation.models import Round
from samspil.participation.urn import queries, words
from samspil.participation.urn.models import Urn


def what_is_missing(round_: Round) -> "str | Promise":
    """Why this secret round can't open yet, in a sentence; nothing when it can."""
    urn = queries.urn_of(round_)
    if urn is None:
        return words.SET_UP_FIRST
    form = queries.form_to_be(urn)
    if not form.questions:
        return words.NO_STATEMENTS
    if form.size > LARGEST:
        return str(words.TOO_LARGE) % {"size": form.size, "most": LARGEST}
    if len(queries.public_keys(urn)) < queries.HOLDERS:
        return words.KEYS_MISSING
    return "" if urn.drilled_at else words.NO_DRILL


def open_urn_of(round_: Round) -> None:
    """Fix what a ballot holds; part of the transaction in which the round opens."""
    urn = Urn.objects.select_for_update().get(round=round_)
    urn.form = form_as_plain(queries.form_to_be(urn))
    urn.state, urn.begun_by = Urn.State.OPEN, None
    urn.drill, urn.left, urn.drill_sha256 = b"", b"", ""
    urn.save()
