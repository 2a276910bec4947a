"""The words of a language where no web is set up: for commands that a stranger runs on their own machine."""

import gettext
import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from samspil.core.marking import marked as _

MOST_NAMED = 20
LANGUAGES = ("da", "sv", "en")
LOCALES = Path(__file__).resolve().parents[1] / "locale"
Say = Callable[[str], str]


def spoken(language: str | None) -> Say:
    """What says a marked text in a language; without a known one in that which the computer is set to."""
    known = gettext.translation("django", LOCALES, [spoken_language(language)], fallback=True)
    return known.gettext


def spoken_language(language: str | None) -> str:
    """The language asked for, if it is a known one; else that which the computer is set to."""
    computer = next(filter(None, map(os.environ.get, ("LC_ALL", "LC_MESSAGES", "LANG"))), "")
    wanted = language if language in LANGUAGES else computer[:2]
    return wanted if wanted in LANGUAGES else "en"


def what_is_wrong(lines: Sequence[str], say: Say) -> Iterator[str]:
    """What is wrong with a file, line by line; of very many the first, and how many more there are."""
    for line in lines[:MOST_NAMED]:
        yield f"  – {line}"
    if len(lines) > MOST_NAMED:
        more = say(_("… and %(count)s more lines like these.")) % {"count": len(lines) - MOST_NAMED}
        yield f"  {more}"
