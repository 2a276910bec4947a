"""Who may do what: one readable table per room, made of named predicates.

A table is keyed by action. Pages, actions, the command line and the table page ask the same table.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from rules import predicates

from samspil.kit.refusal import NotAllowed

JOINED = {"or": _("%(first)s or %(last)s"), "and": _("%(first)s and %(last)s"), "not": _("not %(last)s")}


class Condition(predicates.Predicate):
    """A named condition that people can read; joined with `|`, `&` and `~` it still is."""

    title: "str | Promise" = ""
    joined: str = ""
    parts: "tuple[Condition, ...]" = ()

    def __or__(self, other: "Condition") -> "Condition":
        return _joined(super().__or__(other), "or", self, other)

    def __and__(self, other: "Condition") -> "Condition":
        return _joined(super().__and__(other), "and", self, other)

    def __invert__(self) -> "Condition":
        return _joined(super().__invert__(), "not", self)

    @property
    def in_words(self) -> str:
        """The condition in the reader's language: “x, y or z”, “x and y”, “not x”."""
        if not self.joined:
            return str(self.title)
        *first, last = [self._inside(part) for part in self.parts]
        return str(JOINED[self.joined]) % {"first": ", ".join(first), "last": last}

    def _inside(self, part: "Condition") -> str:
        return f"({part.in_words})" if part.joined in ("or", "and") else part.in_words


def _joined(made: Any, how: str, *parts: Condition) -> Condition:
    """`x | (y | z)` reads as one list; what is joined in another way stands in brackets."""
    joined: Condition = made
    joined.joined = how
    joined.parts = tuple(inner for part in parts for inner in (part.parts if part.joined == how else (part,)))
    return joined


def predicate(title: "str | Promise") -> Callable[[Callable[[Any, Any], bool]], Any]:
    """Name a condition on (viewer, thing): its function for the code, its title for people."""

    def named(test: Callable[[Any, Any], bool]) -> Condition:
        condition = Condition(test)
        condition.title = title
        return condition

    return named


@dataclass(frozen=True)
class Permission:
    """`who` is a predicate of (viewer, thing); `sentence` is what a refused person reads."""

    who: Any
    sentence: "str | Promise"

    def allows(self, viewer: Any, thing: Any = None) -> bool:
        return bool(self.who.test(viewer, thing))

    @property
    def in_words(self) -> str:
        """The rule as it reads on the permissions page."""
        return str(self.who.in_words)


class Permissions(Mapping[str, Permission]):
    """The table of one room. Its keys are `room.action`."""

    def __init__(self, room: str, table: Mapping[str, Permission]) -> None:
        self.room = room
        self._table = {f"{room}.{action}": permission for action, permission in table.items()}

    def __getitem__(self, action: str) -> Permission:
        return self._table[action]

    def __iter__(self) -> Iterator[str]:
        return iter(self._table)

    def __len__(self) -> int:
        return len(self._table)

    def require(self, action: str, viewer: Any, thing: Any = None) -> None:
        """Let the viewer pass or raise `NotAllowed` with the sentence on the closed door."""
        permission = self[f"{self.room}.{action}"]
        if not permission.allows(viewer, thing):
            raise NotAllowed(permission.sentence)

    def allows(self, action: str, viewer: Any, thing: Any = None) -> bool:
        """Whether the viewer would pass; for buttons that are shown or not."""
        return self[f"{self.room}.{action}"].allows(viewer, thing)
