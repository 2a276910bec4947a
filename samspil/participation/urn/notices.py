"""What the three who hold the keys of a secret round are told, so that nobody has to fetch them."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from samspil.initiative.notices import language_of
from samspil.kit.room import Tell
from samspil.organisation.models import JournalRow
from samspil.participation.urn import queries
from samspil.participation.urn.models import Urn


def of_keys(row: JournalRow, _facts: Mapping[str, Any]) -> Iterator[Tell]:
    """Whoever was chosen to hold a key makes it."""
    yield from _to_holders(
        row,
        Urn.State.PREPARING,
        "key_wanted",
        gettext_noop("You hold a key of “%(title)s”"),
        gettext_noop(
            "You are one of the three who hold the keys of this secret round. Make your key on your own "
            "phone and write it down. Then two of you try theirs, and the round can open."
        ),
    )


def of_closing(row: JournalRow, _facts: Mapping[str, Any]) -> Iterator[Tell]:
    """The round has closed: two of them open the urn."""
    yield from _to_holders(
        row,
        Urn.State.EXPORTED,
        "urn_waits",
        gettext_noop("“%(title)s” waits to be opened with your key"),
        gettext_noop("The round has closed. Any two of you three open the urn, each on your own device."),
    )


def _to_holders(row: JournalRow, state: str, kind: str, subject: str, body: str) -> Iterator[Tell]:
    urn = queries.urn_with(row.thing)
    if urn is None or urn.state != state:
        return
    page = reverse("participation:urn", args=[urn.round.organisation.slug, urn.round.ref])
    for one in queries.holders(urn):
        if one.person and one.person.left_on is None:
            with language_of(one.person):
                facts = {"title": urn.round.title}
                yield Tell(one.person, kind, urn.round.ref, _(subject) % facts, _(body), page)
