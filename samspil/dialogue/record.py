"""The record that a version of the minutes freezes: what the committee came to, in the words of that day.

Its hash is what people sign, so the record holds everything a signature answers for and nothing that may
change afterwards. Action points live on and are not part of it.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from samspil.core.journal import canonical

FORMAT = "samspil-minutes-1"


@dataclass(frozen=True)
class Said:
    """A title and, where one is meant, whom it concerns: an outcome with a union, a side's position.

    `told`: what an outcome asked for besides, each with its title.
    """

    title: str
    union: str = ""
    text: str = ""
    told: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Record:
    """What stands in the minutes of one item."""

    organisation: str
    committee: str
    met_on: str
    item: str
    outcomes: tuple[Said, ...]
    positions: tuple[Said, ...]
    order: str
    text: str
    file: str  # the name of a file that belongs to it
    file_sha256: str
    salt: str = ""  # so that the hash of a closed item gives nothing to guess; earlier records have none

    def frozen(self) -> str:
        """The record as the one text that is hashed."""
        body = (
            asdict(self) if self.salt else {key: part for key, part in asdict(self).items() if key != "salt"}
        )
        return canonical({"format": FORMAT, **body}).decode()


def fingerprint(frozen: str) -> str:
    return hashlib.sha256(frozen.encode()).hexdigest()


def thaw(frozen: str, sha256: str) -> Record:
    """The record as it was signed; a text that does not fit its hash is refused."""
    if fingerprint(frozen) != sha256:
        raise ValueError("The minutes do not fit their hash.")
    body: dict[str, Any] = json.loads(frozen)
    del body["format"]
    body["outcomes"], body["positions"] = _said(body["outcomes"]), _said(body["positions"])
    return Record(**body)


def _said(entries: Sequence[dict[str, Any]]) -> tuple[Said, ...]:
    return tuple(
        Said(**{**entry, "told": tuple((title, text) for title, text in entry.get("told", ()))})
        for entry in entries
    )
