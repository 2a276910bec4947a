"""The house's own computation, asked in the terms of the oracle."""

from typing import Any

import numpy as np

from samspil.core.opinion_map import OpinionMap, Parameters, Votes, opinion_map
from tests.opinion_map.conversations import Conversation
from tests.opinion_map.oracle import Floats, Labels


def votes_of(conversation: Conversation) -> Votes:
    people, statements = zip(*conversation.votes, strict=True)
    return Votes.from_rows(people, statements, list(conversation.votes.values()))


def map_of(conversation: Conversation, **parameters: Any) -> OpinionMap:
    return opinion_map(
        votes_of(conversation), moderated=conversation.rejected, parameters=Parameters(**parameters)
    )


def loadings(found: OpinionMap, statements: list[str]) -> Floats:
    """A row for each of these statements, in this order."""
    assert found.axes is not None
    place = {key: at for at, key in enumerate(found.statements.tolist())}
    return found.axes.loadings[[place[statement] for statement in statements]]


def labels(found: OpinionMap) -> Labels:
    """The group of each person who is included."""
    return found.group_of[found.included].astype(np.int64)
