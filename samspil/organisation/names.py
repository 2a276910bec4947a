"""Names as people look for them: lower case, å ä ö æ ø kept, family name first."""

from typing import Any

from django.db import models
from django.db.models import Q

from samspil.core.words import fold


def found_as(given_name: str, family_name: str) -> str:
    """A leading space before each word, so that every word can be found from its beginning."""
    return "".join(f" {word}" for word in fold(f"{family_name} {given_name}"))


def named_like(text: str) -> Q:
    """Everybody who has, for each word typed, a name that begins with it."""
    wanted = Q()
    for word in fold(text):
        wanted &= Q(found_as__contains=f" {word}")
    return wanted


class FoundAsField(models.CharField):  # type: ignore[type-arg]
    """Filled from the names whenever the row is written, in bulk too."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**(options | {"max_length": 260, "blank": True, "default": "", "editable": False}))

    def pre_save(self, person: models.Model, add: bool) -> str:
        names = (getattr(person, "given_name", ""), getattr(person, "family_name", ""))
        person.found_as = found_as(*names)[:260]  # type: ignore[attr-defined]
        return str(person.found_as)  # type: ignore[attr-defined]
