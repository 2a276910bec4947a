"""Tenancy: every query names its organisation.

`with scope(organisation):` opens a scope. Managers of rows that belong to an organisation raise outside of
one, and see only its rows inside. `every_organisation()` is for migrations, the worker's rounds and tests.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, TypeVar

from django.db import models

if TYPE_CHECKING:
    from samspil.organisation.models import Organisation

EVERYWHERE = "every organisation"
_scope: ContextVar[int | str | None] = ContextVar("organisation_scope", default=None)
M = TypeVar("M", bound=models.Model)


class ScopeMissing(RuntimeError):  # noqa: N818 - says what is wrong
    """A query was made without saying for which organisation."""


@contextmanager
def scope(organisation: "Organisation") -> Iterator[None]:
    """Everything queried inside belongs to this organisation."""
    token = _scope.set(organisation.pk)
    try:
        yield
    finally:
        _scope.reset(token)


@contextmanager
def every_organisation() -> Iterator[None]:
    """Deliberately look across organisations."""
    token = _scope.set(EVERYWHERE)
    try:
        yield
    finally:
        _scope.reset(token)


def current_scope() -> int | str:
    """The organisation's primary key, or EVERYWHERE; raises `ScopeMissing` when nobody has said."""
    value = _scope.get()
    if value is None:
        raise ScopeMissing("Open `with scope(organisation):` around this query.")
    return value


class Scoped(models.Manager[M]):
    """The manager of rows that belong to an organisation."""

    def get_queryset(self) -> models.QuerySet[M]:
        where = current_scope()
        rows = super().get_queryset()
        return rows if where == EVERYWHERE else rows.filter(organisation_id=where)


class OfOrganisation(models.Model):
    """A row that belongs to one organisation."""

    organisation = models.ForeignKey("organisation.Organisation", on_delete=models.CASCADE, related_name="+")

    objects = Scoped()

    class Meta:
        abstract = True
