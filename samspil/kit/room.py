"""The manifest of a room: everything it brings to the house, readable in one place."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Literal

from django.utils.functional import Promise

from samspil.kit.permission import Permissions

Text = "str | Promise"


@dataclass(frozen=True)
class MenuEntry:
    """One entry of the main menu."""

    title: "str | Promise"
    url_name: str
    action: str


@dataclass(frozen=True)
class Panel:
    """A part of the initiative page. `context(initiative, viewer, at)` returns what `template` shows."""

    title: "str | Promise"
    template: str
    context: Callable[..., Mapping[str, Any]]
    order: int = 50


@dataclass(frozen=True)
class ThingKind:
    """A kind of thing that can be cited. `cards(refs, viewer)` answers for many at once."""

    title: "str | Promise"
    cards: Callable[..., Mapping[str, "Card"]]


@dataclass(frozen=True)
class Card:
    """What a viewer may know of a cited thing."""

    ref: str
    kind: str
    title: str
    url: str
    line: "str | Promise" = ""


@dataclass(frozen=True)
class PersonalData:
    """What a model knows of people, how long, and what erasure does with it."""

    model: str
    fields: Sequence[str]
    kept: "timedelta | str"
    on_erasure: Literal["delete", "anonymise", "keep"]
    because: str
    erase: "Callable[..., None] | None" = None


@dataclass(frozen=True)
class Verb:
    """A journal verb: the sentence it reads as, and who gets a notice of it."""

    sentence: "str | Promise"
    notify: "Callable[..., Iterable[Any]] | None" = None


@dataclass(frozen=True)
class CalendarEntry:
    """Something with a date in the organisation's calendar."""

    on: Any
    title: str
    url: str
    kind: "str | Promise"


@dataclass(frozen=True)
class Room:
    """The manifest. Empty parts are left out."""

    name: str
    title: "str | Promise"
    permissions: Permissions
    can_be_switched_off: bool = True
    menu: Sequence[MenuEntry] = ()
    panels: Sequence[Panel] = ()
    evidence: Mapping[str, Callable[..., Any]] = field(default_factory=dict)
    things: Mapping[str, ThingKind] = field(default_factory=dict)
    verbs: Mapping[str, Verb] = field(default_factory=dict)
    search: Mapping[str, Callable[..., Iterable[tuple[str, str, str]]]] = field(default_factory=dict)
    calendar: "Callable[..., Iterable[CalendarEntry]] | None" = None
    personal_data: Sequence[PersonalData] = ()
    sealed: Mapping[str, Callable[..., Mapping[str, Any]]] = field(default_factory=dict)
    content: Sequence[tuple[str, str]] = ()
