"""What the journal commits to about a consultation."""

import hashlib
import json
from collections.abc import Iterable

from samspil.involvement.models import Consultation, Statement


def sealed_facts(consultation: Consultation, statements: Iterable[Statement]) -> dict[str, object]:
    """What the journal commits to. The counts stand as a salted hash, so small groups stay unreadable."""
    counts = [[one.number, one.agree, one.passed, one.disagree] for one in statements]
    salted = json.dumps([consultation.counts_salt, counts])
    return {
        "title": consultation.title,
        "statements": len(counts),
        "input_sha256": consultation.input_sha256,
        "counts_sha256": hashlib.sha256(salted.encode()).hexdigest(),
    }
