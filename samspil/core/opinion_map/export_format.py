"""A finished conversation in the export format of Polis, ready for its map.

The tables are read, and what is wrong in them named with file, line and reason, by
`samspil.core.consultation`.
"""

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from samspil.core import consultation
from samspil.core.consultation import COMMENTS, MATRIX, VOTES, ConsultationRejected, Moderation, Problem

from .votes import Key, Votes

Misread = ConsultationRejected


@dataclass(frozen=True, slots=True, eq=False)
class Conversation:
    """What a finished conversation holds. `unvoted` are statements in the list on which nobody voted."""

    votes: Votes
    moderated: frozenset[Key] = frozenset()
    texts: Mapping[Key, str] = field(default_factory=dict)
    unvoted: tuple[Key, ...] = ()
    title: str = ""


def conversation_of(
    *,
    votes: Iterable[str] | None = None,
    matrix: Iterable[str] | None = None,
    comments: Iterable[str] | None = None,
) -> Conversation:
    """A conversation from the lines of its files; `Misread` names all that is wrong in them."""
    given = {VOTES: votes, MATRIX: matrix, COMMENTS: comments}
    return from_tables({name: csv.DictReader(lines) for name, lines in given.items() if lines is not None})


def from_tables(tables: consultation.Tables) -> Conversation:
    """A conversation from its tables; statements without a list of them have numbers only."""
    read = consultation.read(tables, without_texts=True)
    if not read.votes:
        raise Misread([Problem(VOTES if VOTES in tables else MATRIX, 0, "no_votes")])
    return from_consultation(read)


def from_consultation(read: consultation.Consultation) -> Conversation:
    """What the map needs of a consultation. Statements that were neither accepted nor rejected stay in."""
    cast = Votes.from_rows(
        [vote.person for vote in read.votes],
        [vote.statement for vote in read.votes],
        [vote.choice for vote in read.votes],
    )
    return Conversation(
        votes=cast,
        moderated=frozenset(one.id for one in read.statements if one.moderation is Moderation.REJECTED),
        texts={one.id: one.text for one in read.statements if one.text},
        unvoted=tuple(one.id for one in read.statements if one.n == 0),
        title=read.title,
    )
