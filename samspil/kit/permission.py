"""Who may do what: one readable table per room, made of named predicates.

A table is keyed by action. Pages, actions, the command line and the table page ask the same table.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from rules import predicates

from samspil.kit.refusal import NotAllowed


def predicate(test: Callable[[Any, Any], bool]) -> Any:
    """Name a condition on (viewer, thing) so that it can be combined with `|`, `&` and `~` and read aloud."""
    return predicates.predicate(test)  # type: ignore[no-untyped-call]


@dataclass(frozen=True)
class Permission:
    """`who` is a predicate of (viewer, thing); `sentence` is what a refused person reads."""

    who: Any
    sentence: "str | Promise"

    def allows(self, viewer: Any, thing: Any = None) -> bool:
        return bool(self.who.test(viewer, thing))

    @property
    def in_words(self) -> str:
        """The rule as it reads on the permissions page: the names of its predicates."""
        return str(self.who.name).strip("()").replace("_", " ")


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
