"""The two files of a closed urn: the sealed one that holders recount, and the opened one that anybody can.

Both are JSON in one canonical way of writing, so that a file has one hash. `docs/calculations/urn.md` has
every field.
"""

import base64
import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from samspil.core.urn.counting import Opened, open_all
from samspil.core.urn.form import Attribute, Form, Question
from samspil.core.urn.keys import public_of
from samspil.core.urn.sealing import open_with_two

SEALED, OPENED = "samspil urn 1", "samspil opened urn 1"


class NoUrnError(ValueError):
    """The file is no urn, or not as it was written."""


class WrongKeyError(ValueError):
    """A key that is none of this urn's, or the same one twice."""


@dataclass(frozen=True)
class About:
    """What both files say of their round."""

    round: str
    title: str
    organisation: str
    roster_size: int
    roster_sha256: str
    smallest_total: int
    smallest_breakdown: int
    form: Form


@dataclass(frozen=True)
class SealedUrn:
    """Every envelope of a round without whose it was, in the order of its hash; equal ones stand twice."""

    about: About
    holders: tuple[str, ...]  # public keys, in the order of the holders' places
    envelopes: tuple[bytes, ...]

    def as_bytes(self) -> bytes:
        ballots = [base64.b64encode(one).decode() for one in in_order(self.envelopes)]
        return canonical(
            {"format": SEALED, **_about(self.about), "holders": list(self.holders), "ballots": ballots}
        )


@dataclass(frozen=True)
class OpenedUrn:
    """What came out of an urn, as it is published. Of free texts it has the number and a hash."""

    about: About
    urn_sha256: str
    opened: Opened
    texts: int
    texts_sha256: str

    def as_bytes(self) -> bytes:
        found = self.opened
        return canonical(
            {
                "format": OPENED,
                **_about(self.about),
                "urn_sha256": self.urn_sha256,
                "cast": found.cast,
                "spoiled": found.spoiled,
                "too_few": found.too_few,
                "thin": list(found.thin),
                "ballots": [{"answers": dict(answers), "cell": cell} for answers, cell in found.ballots],
                "texts": self.texts,
                "texts_sha256": self.texts_sha256,
            }
        )


def in_order(envelopes: Iterable[bytes]) -> list[bytes]:
    """In the order of their hashes, which has nothing to do with who came when."""
    return sorted(envelopes, key=receipt)


def receipt(envelope: bytes) -> str:
    """What a person gets for a ballot: it shows that the envelope is there, and nothing of its content."""
    return hashlib.sha256(envelope).hexdigest()


def receipts_file(envelopes: Iterable[bytes]) -> bytes:
    """The published list: one receipt a line, in order."""
    return "".join(f"{receipt(one)}\n" for one in in_order(envelopes)).encode()


def opened_urn(about: About, urn_sha256: str, opened: Opened) -> OpenedUrn:
    return OpenedUrn(about, urn_sha256, opened, len(opened.texts), opened.texts_sha256)


def recount(urn: SealedUrn, secrets: Sequence[bytes]) -> OpenedUrn:
    """Open a sealed urn with the secrets of two of its holders: the same result as the house's own."""
    placed = [(place_of(one, urn.holders), one) for one in secrets]
    if len({place for place, _secret in placed}) != 2:
        raise WrongKeyError
    return _counted(urn, (open_with_two(one, placed) for one in in_order(urn.envelopes)))


def place_of(secret: bytes, holders: Sequence[str]) -> int:
    """Which holder a secret belongs to; raises `WrongKeyError` where it is none of theirs."""
    public = public_of(secret).hex()
    if public not in holders:
        raise WrongKeyError
    return holders.index(public)


def read(data: bytes) -> SealedUrn | OpenedUrn:
    """An urn's file, or `NoUrnError`: a file that is not written in the canonical way was changed."""
    try:
        found = json.loads(data)
        made = _read_opened(found) if found["format"] == OPENED else _read_sealed(found)
    except (ValueError, TypeError, KeyError, AttributeError, IndexError, RecursionError) as fault:
        raise NoUrnError from fault
    if made.as_bytes() != data:
        raise NoUrnError
    return made


def canonical(plain: Any) -> bytes:
    return (json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":")) + "\n").encode()


def form_as_plain(form: Form) -> dict[str, Any]:
    return {
        "questions": [{"key": one.key, "text": one.text, "language": one.language} for one in form.questions],
        "attributes": [
            {"key": one.key, "title": one.title, "options": [list(path) for path in one.options]}
            for one in form.attributes
        ],
        "longest_text": form.longest_text,
        "size": form.size,
    }


def form_from_plain(found: Any) -> Form:
    return Form(
        tuple(Question(one["key"], one["text"], one["language"]) for one in found["questions"]),
        tuple(
            Attribute(one["key"], one["title"], tuple(tuple(path) for path in one["options"]))
            for one in found["attributes"]
        ),
        int(found["longest_text"]),
    )


def _counted(urn: SealedUrn, plains: Iterable[bytes | None]) -> OpenedUrn:
    about = urn.about
    opened = open_all(plains, about.form, about.smallest_total, about.smallest_breakdown)
    return opened_urn(about, hashlib.sha256(urn.as_bytes()).hexdigest(), opened)


def _about(about: About) -> dict[str, Any]:
    return vars(about) | {"form": form_as_plain(about.form)}


def _read_about(found: Any) -> About:
    names = [name for name in About.__dataclass_fields__ if name != "form"]
    return About(**{name: found[name] for name in names}, form=form_from_plain(found["form"]))


def _read_sealed(found: Any) -> SealedUrn:
    ballots = tuple(base64.b64decode(one, validate=True) for one in found["ballots"])
    return SealedUrn(_read_about(found), tuple(found["holders"]), ballots)


def _read_opened(found: Any) -> OpenedUrn:
    ballots = tuple(
        (tuple(sorted(one["answers"].items())), tuple(tuple(path) for path in one["cell"]))
        for one in found["ballots"]
    )
    opened = Opened(found["cast"], found["spoiled"], found["too_few"], tuple(found["thin"]), ballots)
    return OpenedUrn(_read_about(found), found["urn_sha256"], opened, found["texts"], found["texts_sha256"])
