"""Refusals: named errors whose sentence tells a person why and what to do next.

Raised where they arise, turned into pages in one place (`samspil.web.middleware`).
"""

from django.utils.functional import Promise


class Refused(Exception):  # noqa: N818 - a refusal is an answer, not a fault
    """Something a person asked for cannot be done; `sentence` says why and what to do."""

    def __init__(self, sentence: "str | Promise", field: str | None = None) -> None:
        super().__init__(str(sentence))
        self.sentence = sentence
        self.field = field


class NotAllowed(Refused):
    """The person may be here but may not do this (403)."""


class TooOften(Refused):
    """The same was asked for too often in a short time (429)."""


class ChangedMeanwhile(Refused):
    """Somebody else changed the text first; both texts are kept and shown."""

    def __init__(self, sentence: "str | Promise", theirs: str, yours: str) -> None:
        super().__init__(sentence)
        self.theirs = theirs
        self.yours = yours
