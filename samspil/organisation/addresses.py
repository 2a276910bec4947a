"""The addresses that belong to the house itself; no organisation may bear the name of one."""

from collections.abc import Iterator

from django.conf import settings
from django.urls import get_resolver


def of_the_house() -> frozenset[str]:
    """The first word of every address that does not begin with the name of an organisation."""
    return frozenset([*_first_words(), settings.STATIC_URL.strip("/")])


def _first_words() -> Iterator[str]:
    for one in get_resolver().url_patterns:
        word = str(one.pattern).partition("/")[0]
        if word and word[0] not in "<^":
            yield word
