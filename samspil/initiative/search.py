"""Searching: every word that is typed stands somewhere in the words of what is found."""

from dataclasses import dataclass

from samspil.core.words import fold
from samspil.initiative.models import SearchText
from samspil.initiative.things import cards
from samspil.kit.room import Card
from samspil.organisation.viewer import Viewer

MOST = 50


@dataclass(frozen=True)
class Found:
    """What was found and may be seen; `more` tells that there is more than is shown."""

    cards: tuple[Card, ...]
    more: bool


def search(text: str, viewer: Viewer) -> Found:
    """The things that hold each word of the text, newest first, as far as the viewer may see them."""
    words = fold(text)
    if not words:
        return Found((), False)
    rows = SearchText.objects.select_related("thing").order_by("-thing_id")
    for word in words:
        rows = rows.filter(words__contains=word)
    things = [row.thing for row in rows[: MOST + 1]]
    known = cards(things[:MOST], viewer)
    return Found(tuple(known[one.ref] for one in things[:MOST] if one.ref in known), len(things) > MOST)
