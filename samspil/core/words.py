"""Words as the search sees them: lower case, å ä ö æ ø kept as the letters they are, other accents laid off.

No stems, no splitting of compounds: the end of a word and the middle of a compound are found by trigrams.
"""

import re
import unicodedata

LETTERS_OF_THEIR_OWN = {"a\u030a": "å", "a\u0308": "ä", "o\u0308": "ö"}
WORD = re.compile(r"[^\W_]+")
ACCENTS = re.compile(r"[\u0300-\u036f]")


def fold(text: str) -> list[str]:
    """The words of a text in their order; "Idé" and "ide" are the same word, "får" and "far" are not."""
    plain = unicodedata.normalize("NFD", unicodedata.normalize("NFKC", text).casefold())
    for parts, letter in LETTERS_OF_THEIR_OWN.items():
        plain = plain.replace(parts, letter)
    return WORD.findall(unicodedata.normalize("NFC", ACCENTS.sub("", plain)))


def trigrams(word: str) -> list[str]:
    """All runs of three letters; a shorter word is its own only run."""
    return [word[start : start + 3] for start in range(max(1, len(word) - 2))] if word else []
