"""Random references that are shown outside, so that nothing can be counted or ordered from them."""

import secrets

from django.db import models

ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"
LENGTH = 12
_dice = secrets.SystemRandom()


def new_ref() -> str:
    """Twelve random characters without look-alikes (about 59 bits)."""
    return "".join(_dice.choices(ALPHABET, k=LENGTH))


class RefField(models.CharField):  # type: ignore[type-arg]
    """The reference of a row as the outside world knows it."""

    def __init__(self, **options: object) -> None:
        options |= {"max_length": LENGTH, "unique": True, "default": new_ref, "editable": False}
        super().__init__(**options)  # type: ignore[arg-type]
