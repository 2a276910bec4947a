"""Things and the thread between them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from samspil.initiative.models import Link, Thing
from samspil.kit import house
from samspil.kit.refusal import Refused
from samspil.kit.room import Card
from samspil.organisation.models import Organisation
from samspil.organisation.viewer import Viewer


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


def thread_of(thing: Thing, viewer: Viewer) -> Thread:
    """The thread through a thing, one step in both directions."""
    on = list(Link.objects.filter(from_thing=thing).select_related("to_thing").order_by("linked_at"))
    back = list(Link.objects.filter(to_thing=thing).select_related("from_thing").order_by("linked_at"))
    known = cards([*(row.to_thing for row in on), *(row.from_thing for row in back)], viewer)
    return Thread(
        forward=_seen([(row.kind, row.to_thing.ref) for row in on], known),
        backward=_seen([(row.kind, row.from_thing.ref) for row in back], known),
    )


def _seen(pairs: list[tuple[str, str]], known: Mapping[str, Card]) -> tuple[tuple[str, Card], ...]:
    return tuple((kind, known[ref]) for kind, ref in pairs if ref in known)
