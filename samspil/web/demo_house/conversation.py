"""A made-up consultation: statements from the texts, answers drawn by lot with the seed the texts name.

Every statement says for each group of people how likely they are to agree and to pass. The answers become
the same tables that a real export has, and go through the same reader.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from random import Random
from typing import Any

from samspil.core.consultation import COMMENTS, VOTES, Consultation, read

MODERATION = {"accepted": "1", "unmoderated": "0", "rejected": "-1"}


@dataclass(frozen=True)
class Held:
    """A consultation that was held, and the fingerprint of what came in."""

    consultation: Consultation
    sha256: str


def conversation(told: Mapping[str, Any]) -> Held:
    """The consultation that the texts describe; the same every time."""
    votes = list(_votes(told, Random(told["seed"])))  # noqa: S311 - made-up answers
    comments = [
        {
            "comment-id": str(number),
            "moderated": MODERATION[one.get("moderated", "accepted")],
            "comment-body": one["text"],
        }
        for number, one in enumerate(told["statements"], 1)
    ]
    text = json.dumps([comments, votes], sort_keys=True, ensure_ascii=False)
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    return Held(read({COMMENTS: comments, VOTES: votes}), sha256)


def _votes(told: Mapping[str, Any], dice: Random) -> Iterator[dict[str, str]]:
    """One row a vote. Nobody has to answer all; `reached` says how many came as far as a statement."""
    groups = [place for place, size in enumerate(told["groups"]) for _ in range(size)]
    for person, group in enumerate(groups, 1):
        for number, one in enumerate(told["statements"], 1):
            if dice.random() < one.get("reached", 0.9):
                agree, passed = one["likely"][group]
                drawn = dice.random()
                vote = "1" if drawn < agree else "0" if drawn < agree + passed else "-1"
                yield {
                    "timestamp": str(person * 100 + number),
                    "comment-id": str(number),
                    "voter-id": str(person),
                    "vote": vote,
                }
