"""Numbers as people type them or paste them from a spreadsheet, brought to one way of writing."""

import re

DECIMAL_SIGNS = {"da": ",", "sv": ",", "en": "."}
PARTS_THOUSANDS = {"da": ".", "sv": "", "en": ","}  # Swedes part them by spaces alone
_NUMBER = re.compile(r"[-+]?[0-9]*(?:[.,][0-9]+)*")
_GROUPS = re.compile(r"[-+]?[1-9][0-9]{0,2}(?:[.,][0-9]{3})+")


def plain_number(text: str, language: str) -> str:
    """The number with a point before its decimals and nothing between its thousands.

    Where a text says none it comes back as it is: whoever reads it next tells what is wrong with it. 1.250
    is a thousand and some in Danish, one and a quarter in Swedish and English.
    """
    typed = re.sub(r"\s", "", text).replace("\u2212", "-").removesuffix("%")
    signs = [sign for sign in typed if sign in ".,"]
    if not signs or not _NUMBER.fullmatch(typed):
        return typed
    if len(set(signs)) == 2:
        return _with_both(typed, signs[-1])
    parts_thousands = len(signs) > 1 or signs[0] == PARTS_THOUSANDS[language]
    if parts_thousands and _GROUPS.fullmatch(typed):
        return typed.replace(signs[0], "")
    return typed.replace(",", ".") if len(signs) == 1 else typed


def as_typed(number: str, language: str) -> str:
    """A number as somebody would type it: with the decimal sign of their language."""
    return number.replace(".", DECIMAL_SIGNS[language])


def _with_both(typed: str, decimal_sign: str) -> str:
    """A point and a comma in one number: the last one stands before the decimals."""
    whole, decimals = typed.rsplit(decimal_sign, 1)
    other = "." if decimal_sign == "," else ","
    return f"{whole.replace(other, '')}.{decimals}" if _GROUPS.fullmatch(whole) else typed
