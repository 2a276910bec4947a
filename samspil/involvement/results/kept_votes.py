"""The votes of consultations from elsewhere: one compressed file each, the same bytes for the same votes.

NumPy is fetched where votes are read, not when the house starts.
"""

import gzip
from datetime import datetime
from typing import TYPE_CHECKING

from samspil.core.consultation import Vote
from samspil.involvement.models import Consultation
from samspil.involvement.results.models import KeptVotes
from samspil.organisation import files
from samspil.organisation.viewer import Viewer

if TYPE_CHECKING:
    from samspil.core.opinion_map import Votes

HEADING = "participant,statement,vote"


def keep(consultation: Consultation, votes: tuple[Vote, ...], by: Viewer, at: datetime) -> None:
    """Part of the action that brings the consultation in."""
    data = packed(votes)
    file = files.keep_made("votes.csv.gz", "application/gzip", data, by, at)
    KeptVotes.objects.create(organisation=by.organisation, consultation=consultation, file=file)


def of(consultation: Consultation) -> "Votes | None":
    """The votes that were kept; nothing for a consultation from before they were."""
    kept = KeptVotes.objects.select_related("file__blob").filter(consultation=consultation).first()
    return unpacked(bytes(kept.file.blob.data)) if kept else None


def packed(votes: tuple[Vote, ...]) -> bytes:
    """One line a vote, by person and statement; compressed without a clock."""
    rows = sorted(votes, key=lambda one: (one.person, one.statement))
    lines = [f"{one.person},{one.statement},{one.choice}" for one in rows]
    return gzip.compress("\n".join([HEADING, *lines, ""]).encode(), compresslevel=6, mtime=0)


def unpacked(data: bytes) -> "Votes":
    import numpy as np

    from samspil.core.opinion_map import Votes

    lines = gzip.decompress(data).decode().splitlines()[1:]
    table = np.array([line.split(",") for line in lines], dtype=np.int64).reshape(-1, 3)
    return Votes.from_rows(table[:, 0], table[:, 1], table[:, 2])
