"""The journal board: what happened, as sentences people can read."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext

from samspil.initiative import things
from samspil.initiative.models import (
    BindingStep,
    GateDecision,
    Initiative,
    Link,
    MondayStatement,
    Thing,
)
from samspil.initiative.words import FACTS, Facts, in_words
from samspil.kit import house
from samspil.organisation.models import JournalRow, JournalWords
from samspil.organisation.viewer import OPERATOR, Viewer


@dataclass(frozen=True)
class Happening:
    """Who did what and when, in the reader's language and the organisation's time."""

    sequence: int
    when: datetime
    who: str
    sentence: str
    thing: str


class AnyWords(dict[str, str]):
    """A sentence without its facts, to choose it by."""

    def __missing__(self, name: str) -> str:
        return "…"


def rows() -> QuerySet[JournalRow]:
    """The organisation's journal, newest first."""
    return JournalRow.objects.select_related("words__person").order_by("-sequence")


def rows_about(initiative: Initiative, viewer: Viewer) -> QuerySet[JournalRow]:
    """What happened to an initiative, its steps, decisions and statements, and to what is linked to it.

    Guests read of the initiative itself; what hangs on it may not be open to them.
    """
    parts = Q(pk=initiative.thing_id)
    for model in (BindingStep, GateDecision, MondayStatement):
        parts |= Q(pk__in=model.objects.filter(initiative=initiative).values("thing_id"))
    if not viewer.is_guest:
        parts |= Q(pk__in=Link.objects.filter(from_thing=initiative.thing_id).values("to_thing_id"))
        parts |= Q(pk__in=Link.objects.filter(to_thing=initiative.thing_id).values("from_thing_id"))
    return rows().filter(thing__in=Thing.objects.filter(parts).values("ref"))


def chosen(
    found: QuerySet[JournalRow], *, verb: str = "", actors: Iterable[str] | None = None
) -> QuerySet[JournalRow]:
    """Only one verb, only certain actors."""
    if verb:
        found = found.filter(verb=verb)
    return found if actors is None else found.filter(actor__in=list(actors))


def told(found: Iterable[JournalRow], viewer: Viewer) -> list[Happening]:
    """Rows as sentences. What happened to a thing that is closed to the viewer is told without its words.

    Only rows of a thing's own room hold its words, so only they are asked about.
    """
    zone, shown = ZoneInfo(viewer.organisation.zone), list(found)
    rooms = {room.name for room in house.rooms() if any(kind.hidden for kind in room.things.values())}
    closed = things.hidden(
        (row.thing for row in shown if row.thing and row.verb.partition(".")[0] in rooms), viewer
    )
    return [_happening(row, zone, row.thing in closed) for row in shown]


def sentence(verb: str, facts: "dict[str, object]") -> str:
    """The sentence of a verb with its facts; erased words are named as erased."""
    known = house.verbs().get(verb)
    if known is None:
        return verb
    choices = FACTS if verb.startswith("initiative.") else {}
    return str(known.sentence) % in_words(facts, choices)


def verbs() -> list[tuple[str, str]]:
    """All verbs of the house with their sentences, to choose from."""
    return [(name, _bare(verb.sentence)) for name, verb in house.verbs().items()]


def _bare(text: "str | Promise") -> str:
    return str(text) % AnyWords()


def _happening(row: JournalRow, zone: ZoneInfo, closed: bool) -> Happening:
    words = _words_of(row)
    when = datetime.fromisoformat(row.instant).astimezone(zone).replace(tzinfo=None)
    facts = words.facts if words else Facts()
    said = _without_facts(row.verb) if closed else sentence(row.verb, facts)
    return Happening(row.sequence, when, _who(row, words), said, row.thing)


def _without_facts(verb: str) -> str:
    """What happened, with none of the words it happened with."""
    known = house.verbs().get(verb)
    return _bare(known.sentence) if known else verb


def _words_of(row: JournalRow) -> JournalWords | None:
    return getattr(row, "words", None)


def _who(row: JournalRow, words: JournalWords | None) -> str:
    if row.actor == OPERATOR:
        return gettext("The operator")
    return str(words.person) if words and words.person else gettext("Somebody whose name is erased")
