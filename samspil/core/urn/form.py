"""What a secret round asks, fixed when it opens, and the one ballot that answers it.

Every ballot of a round is padded to the same size, which follows from the form alone: the length of an
envelope says nothing about what is in it.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

AGREE, DISAGREE, PASS = 1, -1, 0
LARGEST = 16 * 1024  # bytes of a padded ballot; a form that needs more is refused
STEP = 256
LONGEST_CHARACTER = 4  # bytes in UTF-8; what JSON escapes is shorter
FOLLOW_SIZE = 12
Path = tuple[str, ...]  # from the widest group to the narrowest


@dataclass(frozen=True)
class Question:
    """A statement that is agreed to, disagreed with or passed."""

    key: str
    text: str
    language: str = ""


@dataclass(frozen=True)
class Attribute:
    """Something results may be broken down by. Its options are paths, so that small groups can be merged."""

    key: str
    title: str
    options: tuple[Path, ...]


@dataclass(frozen=True)
class Form:
    """All that one ballot can hold."""

    questions: tuple[Question, ...]
    attributes: tuple[Attribute, ...] = ()
    longest_text: int = 0  # characters of free text; 0: none is asked for

    @property
    def size(self) -> int:
        """Bytes of every padded ballot of this form."""
        fullest = Ballot(
            {one.key: DISAGREE for one in self.questions},
            tuple(one.key for one in self.questions),
            {one.key: len(one.options) for one in self.attributes},
            "",
            "x" * FOLLOW_SIZE,
        )
        needed = len(fullest.as_bytes()) + LONGEST_CHARACTER * self.longest_text + 1
        return -(-needed // STEP) * STEP


@dataclass(frozen=True)
class Ballot:
    """What one person answers. `order` is how the statements stood, drawn for this ballot alone."""

    answers: Mapping[str, int]
    order: Path
    attributes: Mapping[str, int] = field(default_factory=dict)  # which option of which attribute
    text: str = ""
    follow: str = ""  # with which whoever wrote the text finds the answer to it

    def as_bytes(self) -> bytes:
        plain = {
            "v": 1,
            "answers": dict(self.answers),
            "order": list(self.order),
            "attributes": dict(self.attributes),
            "text": self.text,
            "follow": self.follow,
        }
        return json.dumps(plain, ensure_ascii=False, separators=(",", ":")).encode()


class TooLongError(ValueError):
    """The ballot does not fit into the size its round has."""


def pad(plain: bytes, size: int) -> bytes:
    """Fill up to the size of the round, so that the end can be found again."""
    if len(plain) >= size:
        raise TooLongError
    return plain + b"\x80" + bytes(size - len(plain) - 1)


def unpad(padded: bytes) -> bytes | None:
    plain, mark, rest = padded.rpartition(b"\x80")
    return plain if mark and not rest.strip(b"\0") else None


def tidy(text: str) -> str:
    """Text without what cannot be seen: control characters would make a ballot longer than its size."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    return "".join(one for one in lines if one == "\n" or (one >= " " and not "\ud800" <= one <= "\udfff"))


def padded(ballot: Ballot, form: Form) -> bytes:
    return pad(ballot.as_bytes(), form.size)


def read_ballot(padded_: bytes | None, form: Form) -> Ballot | None:
    """The ballot in a padded plain text; nothing where it is not one that this form allows."""
    plain = unpad(padded_) if padded_ else None
    try:
        found = json.loads(plain or b"")
        ballot = Ballot(
            found["answers"],
            tuple(found["order"]),
            found["attributes"],
            found["text"],
            found["follow"],
        )
        return ballot if found["v"] == 1 and _allowed(ballot, form) else None
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None


def _allowed(ballot: Ballot, form: Form) -> bool:
    keys = [one.key for one in form.questions]
    answers = all(
        key in keys and _among(value, (AGREE, DISAGREE, PASS)) for key, value in ballot.answers.items()
    )
    known = {one.key: range(len(one.options)) for one in form.attributes}
    attributes = all(key in known and _among(at, known[key]) for key, at in ballot.attributes.items())
    texts = isinstance(ballot.text, str) and isinstance(ballot.follow, str)
    short = len(ballot.text) <= form.longest_text and len(ballot.follow) <= FOLLOW_SIZE
    return answers and attributes and texts and short and sorted(ballot.order) == sorted(keys)


def _among(value: Any, allowed: Any) -> bool:
    """Whether it is one of these numbers; JSON's `true` and `1.0` are none."""
    return type(value) is int and value in allowed
