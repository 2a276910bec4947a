"""Amounts as people write them in Denmark, Sweden and England."""

import re
from decimal import Decimal

_GROUPED = re.compile(r"-?\d{1,3}(?:([.,'])\d{3})(?:\1\d{3})*(?:(?!\1)[.,]\d{1,2})?")
_PLAIN = re.compile(r"-?\d+(?:[.,]\d{1,2})?")


def read_amount(text: str) -> Decimal | None:
    """The amount that a text says, or None where it says none.

    A sign before three digits parts thousands, before one or two it is the decimal sign: 1.250 is one
    thousand two hundred and fifty, 1,25 is one and a quarter. Spaces part thousands in every case.
    """
    typed = re.sub(r"\s", "", text).replace("\u2212", "-")
    grouped = _GROUPED.fullmatch(typed)
    if grouped:
        typed = typed.replace(grouped.group(1), "")
    elif not _PLAIN.fullmatch(typed):
        return None
    return Decimal(typed.replace(",", "."))
