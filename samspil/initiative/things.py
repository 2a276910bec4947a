"""Things and the thread between them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from samspil.initiative.models import Evidence, Initiative, Link, Thing
from samspil.initiative.words import LINKS_BACK, LINKS_ON
from samspil.kit import house
from samspil.kit.refusal import Refused
from samspil.kit.room import Card
from samspil.organisation.models import Organisation
from samspil.organisation.viewer import Viewer

DEEPEST = 4  # links walked in each direction
WIDEST = 100  # links looked at in one step


@dataclass(frozen=True)
class Thread:
    """What a thing stands on and what came of it, as a viewer may see it."""

    forward: tuple[tuple[str, Card], ...]
    backward: tuple[tuple[str, Card], ...]


def new_thing(organisation: Organisation, kind: str) -> Thing:
    return Thing.objects.create(organisation=organisation, kind=kind)


def thing_of(ref: str) -> Thing:
    """The thing with this ref in the present organisation, or a refusal that says what to do."""
    thing = Thing.objects.filter(ref=ref).first()
    if thing is None:
        raise Refused(_("What you wanted to refer to is not here. Choose it again from its own page."))
    return thing


def link(from_thing: Thing, to_thing: Thing, kind: str, by: Viewer, at: datetime) -> Link:
    """Say that one thing led to, rests on, answers, changed, measures or contradicts another."""
    found, _new = Link.objects.get_or_create(
        from_thing=from_thing,
        to_thing=to_thing,
        kind=kind,
        defaults={"organisation": by.organisation, "linked_at": at, "linked_by": by.subject},
    )
    return found


def rest_on(
    initiative: Initiative, source: Thing | None, before: Thing | None, by: Viewer, at: datetime
) -> None:
    """An answer now rests on one thing and did so on another: the thread follows, unless a second answer of
    the initiative still rests on the other."""
    if before and before != source:
        cited = Evidence.objects.filter(initiative=initiative, source=before, by_hand=True).exists()
        if not cited:
            resting = Link.objects.filter(from_thing=initiative.thing, kind=Link.Kind.RESTS_ON)
            resting.filter(to_thing=before).delete()
    if source:
        link(initiative.thing, source, Link.Kind.RESTS_ON, by, at)


def link_because(ref: str, thing: Thing, kind: str, by: Viewer, at: datetime) -> None:
    """A form was opened with `?because=<ref>`: the cited thing led to this one."""
    if ref:
        link(thing_of(ref), thing, kind, by, at)


def cards(things: Iterable[Thing], viewer: Viewer) -> dict[str, Card]:
    """The cards of many things at once; what the viewer may not see is left out."""
    by_kind: dict[str, list[str]] = {}
    for thing in things:
        by_kind.setdefault(thing.kind, []).append(thing.ref)
    kinds = house.thing_kinds()
    found: dict[str, Card] = {}
    for kind, refs in by_kind.items():
        if kind in kinds:
            found |= kinds[kind].cards(refs, viewer)
    return found


def hidden(refs: Iterable[str], viewer: Viewer) -> set[str]:
    """Of which things a viewer may not even read the name: rooms can close them for a time."""
    asked = set(refs)
    kinds = [kind.hidden for kind in house.thing_kinds().values() if kind.hidden]
    return {ref for of_kind in kinds for ref in of_kind(asked, viewer)} if asked else set()


def cards_near(thing: Thing, viewer: Viewer) -> list[Card]:
    """All that hangs on a thing within two links."""
    near = _linked_to({thing.pk})
    hanging = Thing.objects.filter(pk__in=near | _linked_to(near)).exclude(pk=thing.pk)
    known = cards(hanging[:WIDEST], viewer)
    return sorted(known.values(), key=lambda card: (card.kind, card.title, str(card.line)))


@dataclass(frozen=True)
class Citable:
    """What an answer or a decision about an initiative can rest on; `found` is what typed words fit."""

    found: tuple[Card, ...]
    near: tuple[Card, ...]

    @property
    def cards(self) -> tuple[Card, ...]:
        return (*self.found, *self.near)


def citable(initiative: Initiative, viewer: Viewer, words: str = "", also: Iterable[str] = ()) -> Citable:
    """What is named, what fits the words, what hangs on the initiative, and a little of what stands on it."""
    named = _named(initiative, also, viewer)
    found = (
        [*_named(initiative, [words.strip()], viewer), *_standing(initiative, words, viewer)] if words else []
    )
    near = [*named, *cards_near(initiative.thing, viewer), *_standing(initiative, "", viewer)]
    return Citable(tuple(found), tuple(near))


def _named(initiative: Initiative, refs: Iterable[str], viewer: Viewer) -> list[Card]:
    rows = Thing.objects.filter(ref__in=[ref for ref in refs if ref]).exclude(pk=initiative.thing_id)
    return list(cards(rows[:WIDEST], viewer).values())


def _standing(initiative: Initiative, words: str, viewer: Viewer) -> list[Card]:
    """What the rooms that are switched on have standing on an initiative."""
    rooms = house.rooms_on(viewer.organisation.rooms_off)
    return [card for room in rooms if room.citable for card in room.citable(initiative, words, viewer)]


def _linked_to(keys: set[int]) -> set[int]:
    pairs = Link.objects.filter(Q(from_thing__in=keys) | Q(to_thing__in=keys))
    return {key for pair in pairs.values_list("from_thing", "to_thing")[:WIDEST] for key in pair}


def thread_of(thing: Thing, viewer: Viewer) -> Thread:
    """The thread through a thing, one step in both directions."""
    on = list(Link.objects.filter(from_thing=thing).select_related("to_thing").order_by("linked_at"))
    back = list(Link.objects.filter(to_thing=thing).select_related("from_thing").order_by("linked_at"))
    known = cards([*(row.to_thing for row in on), *(row.from_thing for row in back)], viewer)
    return Thread(
        forward=_seen([(row.kind, row.to_thing.ref) for row in on], known),
        backward=_seen([(row.kind, row.from_thing.ref) for row in back], known),
    )


CAUSE_COMES_FIRST = (Link.Kind.LED_TO, Link.Kind.ANSWERED_BY, Link.Kind.CHANGED)
CAUSE_COMES_LAST = (Link.Kind.RESTS_ON, Link.Kind.MEASURES)


@dataclass(frozen=True)
class Knot:
    """A thing on the thread; `word` says how what stands before it hangs together with it."""

    word: str
    card: Card
    further: tuple["Knot", ...] = ()


@dataclass(frozen=True)
class Chain:
    """The whole thread through a thing: where it comes from, what came of it, and what speaks against it."""

    origins: tuple[Knot, ...]
    results: tuple[Knot, ...]
    against: tuple[Knot, ...]

    def __bool__(self) -> bool:
        return bool(self.origins or self.results or self.against)


def chain_of(thing: Thing, viewer: Viewer) -> Chain:
    """Walk the thread both ways. What the viewer may not see is left out, and so is all behind it."""
    back, forth = _walk(thing, back=True), _walk(thing, back=False)
    against = [(_word(row, thing.pk), _other(row, thing.pk)) for row in _against(thing)]
    found = [other for pairs in (*back.values(), *forth.values(), against) for _name, other in pairs]
    known = cards({one.pk: one for one in found}.values(), viewer)
    return Chain(
        _knots(thing.pk, back, known),
        _knots(thing.pk, forth, known),
        tuple(Knot(word, known[other.ref]) for word, other in against if other.ref in known),
    )


Hanging = dict[int, list[tuple[str, Thing]]]


def _walk(start: Thing, *, back: bool) -> Hanging:
    """What hangs on each thing, level by level; a thing that was met is not walked again."""
    hanging: Hanging = {}
    met = level = {start.pk}
    for _step in range(DEEPEST):
        fresh: set[int] = set()
        for row in _links_at(level, back)[:WIDEST]:
            here = _effect(row) if back else _cause(row)
            other = _other(row, here)
            if other.pk not in met | fresh:
                hanging.setdefault(here, []).append((_word(row, here), other))
                fresh.add(other.pk)
        met, level = met | fresh, fresh
    return hanging


def _links_at(level: set[int], back: bool) -> QuerySet[Link]:
    """The links from these things to their causes, or to their effects."""
    first, last = ("to_thing__in", "from_thing__in") if back else ("from_thing__in", "to_thing__in")
    ends = Q(**{first: level, "kind__in": CAUSE_COMES_FIRST}) | Q(
        **{last: level, "kind__in": CAUSE_COMES_LAST}
    )
    return Link.objects.filter(ends).select_related("from_thing", "to_thing").order_by("linked_at", "pk")


def _cause(row: Link) -> int:
    return row.from_thing_id if row.kind in CAUSE_COMES_FIRST else row.to_thing_id


def _effect(row: Link) -> int:
    return row.to_thing_id if row.kind in CAUSE_COMES_FIRST else row.from_thing_id


def _against(thing: Thing) -> QuerySet[Link]:
    rows = Link.objects.filter(Q(from_thing=thing) | Q(to_thing=thing), kind=Link.Kind.CONTRADICTS)
    return rows.select_related("from_thing", "to_thing").order_by("linked_at", "pk")


def _other(row: Link, here: int) -> Thing:
    return row.to_thing if row.from_thing_id == here else row.from_thing


def _word(row: Link, here: int) -> str:
    return str((LINKS_ON if row.from_thing_id == here else LINKS_BACK)[row.kind])


def _knots(key: int, hanging: Hanging, known: Mapping[str, Card], depth: int = DEEPEST) -> tuple[Knot, ...]:
    return tuple(
        Knot(word, known[other.ref], _knots(other.pk, hanging, known, depth - 1) if depth else ())
        for word, other in hanging.get(key, [])
        if other.ref in known
    )


def _seen(pairs: list[tuple[str, str]], known: Mapping[str, Card]) -> tuple[tuple[str, Card], ...]:
    return tuple((kind, known[ref]) for kind, ref in pairs if ref in known)
