"""One hash for the minutes of a whole meeting: the hash of its items' hashes, in the order of the agenda.

This file needs nothing but Python and `core.journal`. Whoever may not read an item still has its hash and can
check the whole; see docs/calculations/minutes_hash.md.
"""

import hashlib
import re
from collections.abc import Sequence

from samspil.core.journal import canonical

FORMAT = "samspil-meeting-minutes-1"
_SHA256 = re.compile(r"[0-9a-f]{64}")


def meeting_hash(items: Sequence[str]) -> str:
    """The hash of a meeting's minutes.

    `items`: the SHA-256 of each item's record as 64 lower-case hex digits, in the order of the agenda; what
    has no text yet is left out. Returns 64 lower-case hex digits. Raises `ValueError` for anything that is
    not such a hash, so that two ways of writing one hash never give two results.
    """
    for one in items:
        if not _SHA256.fullmatch(one):
            raise ValueError("Each item is named by 64 lower-case hex digits.")
    return hashlib.sha256(canonical({"format": FORMAT, "items": list(items)})).hexdigest()
