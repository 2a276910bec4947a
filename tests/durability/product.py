"""What a harness must know of the product it tries."""

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Protocol

import django
from django.conf import settings
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.utils import ConnectionHandler

from samspil.kit.databases import profile

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Found:
    """What stands in the database: keys written whole, and keys of which only half is there."""

    keys: frozenset[str]
    halves: frozenset[str] = frozenset()
    fault: str = ""


class Product(Protocol):
    """One product on one database; `database` is an address as `samspil.kit.databases.profile` takes it."""

    def prepare(self, database: str) -> None:
        """Make the empty database ready."""

    def commands(self, database: str, port: int, notes: Path) -> Sequence[Sequence[str]]:
        """The web and worker processes. A worker may note its own keys, one a line, once they are saved."""

    def write(self, port: int, key: str) -> bool:
        """One request; True only when the product said that it was saved."""

    def ready(self, port: int) -> bool:
        """Whether it takes requests."""

    def read(self, connection: BaseDatabaseWrapper) -> Found:
        """Everything that is there, in one look."""


def environment(database: str) -> dict[str, str]:
    """The surroundings in which a product's processes run."""
    return {**os.environ, "DATABASE_URL": database, "PYTHONPATH": str(ROOT)}


def read_back(product: Product, database: str) -> Found:
    """Everything that is there, over a connection of its own."""
    with opened(database) as connection:
        return product.read(connection)


@contextmanager
def opened(database: str) -> Iterator[BaseDatabaseWrapper]:
    """A connection as the product itself would open it."""
    if not settings.configured:
        settings.configure(USE_TZ=True, SAMSPIL_MODE="test")
        django.setup()
    connection = ConnectionHandler({"default": profile(database)})["default"]
    try:
        yield connection
    finally:
        connection.close()
        if hasattr(connection, "close_pool"):
            connection.close_pool()


def python(*arguments: str) -> list[str]:
    return [sys.executable, *arguments]


def named(place: str) -> Product:
    """The product that `module:name` points to."""
    module, name = place.split(":")
    product: Product = getattr(import_module(module), name)()
    return product
