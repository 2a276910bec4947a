"""Every address of the house, as Django resolves it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from samspil.kit.permission import Permissions

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")


@dataclass(frozen=True)
class Address:
    """A pattern of the URL conf. `door`: permissions, action, methods, find; None where there is no door."""

    name: str
    route: str
    view: Callable[..., Any]

    def __str__(self) -> str:
        return self.name

    @property
    def door(self) -> tuple[Permissions, str, tuple[str, ...], Any] | None:
        return getattr(self.view, "door", None)

    @property
    def action(self) -> str:
        assert self.door is not None
        return self.door[1]

    @property
    def methods(self) -> tuple[str, ...]:
        assert self.door is not None
        return self.door[2]


def addresses(patterns: list[Any] | None = None, space: str = "", above: str = "") -> Iterator[Address]:
    """All of them, however deep they are included."""
    for one in get_resolver().url_patterns if patterns is None else patterns:
        route = above + str(one.pattern)
        if isinstance(one, URLResolver):
            inside = f"{space}{one.namespace}:" if one.namespace else space
            yield from addresses(one.url_patterns, inside, route)
        elif isinstance(one, URLPattern):
            yield Address(f"{space}{one.name}", route, one.callback)


def ours() -> list[Address]:
    """Those of our own rooms; the library that signs people in tests its own."""
    return [one for one in addresses() if one.view.__module__.startswith("samspil.")]


def behind_the_door() -> list[Address]:
    return [one for one in ours() if one.door]


def unguarded(found: list[Address], open_to_all: dict[str, str]) -> list[str]:
    """Addresses that are neither behind the door nor on the list of open ones."""
    return [one.name for one in found if not one.door and one.name not in open_to_all]


def without_entry(found: list[Address], known: set[str]) -> list[str]:
    """Addresses whose door asks for an action that stands in no table."""
    return [one.name for one in found if one.door and one.action not in known]
