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


def of_deputy(row: JournalRow, _facts: Mapping[str, Any]) -> Iterator[Tell]:
    """Whoever was named as deputy hears that they act only where the holder can't."""
    urn = queries.urn_with(row.thing)
    if urn is None or urn.state != Urn.State.PREPARING:
        return
    for one in queries.holders(urn):
        if one.deputy and one.deputy.left_on is None:
            with language_of(one.deputy):
                facts = {"title": urn.round.title, "name": one.person or ""}
                subject = _("You are deputy for a key of “%(title)s”") % facts
                body = _(
                    "You are deputy for %(name)s, who holds one of the three keys of this secret round. You "
                    "only have to do something if %(name)s can't: then you take the place and make a key of "
                    "your own before the round opens."
                )
                place = str(one.place)
                yield Tell(
                    one.deputy, "deputy_named", urn.round.ref, subject, body % facts, _page(urn), period=place
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
    for one in queries.holders(urn):
        if one.person and one.person.left_on is None:
            with language_of(one.person):
                facts = {"title": urn.round.title}
                yield Tell(one.person, kind, urn.round.ref, _(subject) % facts, _(body), _page(urn))


def _page(urn: Urn) -> str:
    return reverse("participation:urn", args=[urn.round.organisation.slug, urn.round.ref])
