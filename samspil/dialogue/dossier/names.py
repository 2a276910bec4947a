"""Names of files in a package: native words in letters that every machine and ZIP program writes alike."""

import re
import unicodedata

from django.utils import translation

LETTERS = {
    "da": {"æ": "ae", "ø": "oe", "å": "aa"},
    "sv": {"æ": "a", "ø": "o"},
    "en": {"æ": "ae", "ø": "o"},
}
LONGEST = 60


def plain(text: str) -> str:
    """The text in letters, figures and a few signs; Danish å becomes aa, Swedish å becomes a."""
    known = LETTERS.get(translation.get_language() or "en", LETTERS["en"])
    spelled = "".join(_spelled(sign, known) for sign in unicodedata.normalize("NFC", text))
    letters = unicodedata.normalize("NFKD", spelled).encode("ascii", "ignore").decode()
    words = " ".join(re.sub(r"[^A-Za-z0-9._-]+", " ", letters).split())
    stem, dot, ending = words.rpartition(".")
    if dot and stem and len(ending) <= 5:
        return f"{_cut(stem)}.{ending}" if ending else _cut(stem)
    return _cut(words)


def numbered(number: int, title: str) -> str:
    """“03 Plan for the roster”: the number keeps names apart and in order."""
    return " ".join(part for part in (f"{number:02}", plain(title.replace(".", " "))) if part)


def folder(number: int, title: str) -> str:
    return f"{number} {plain(title)}"


def _spelled(sign: str, known: dict[str, str]) -> str:
    lower = known.get(sign.lower(), "")
    if not lower:
        return sign
    return lower if sign.islower() else lower.capitalize()


def _cut(text: str) -> str:
    return text[:LONGEST].strip(" ._-") or "x"
