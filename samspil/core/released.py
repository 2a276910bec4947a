"""What is known of a release without computing one: whose answers it may tell, and its hash.

Apart from `opinion_release`, so that pages, which only show releases, do not fetch NumPy.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Thresholds:
    """The fewest people whose answers are told: of everybody, and of a group among everybody."""

    total: int = 5
    breakdown: int = 10


def fingerprint(release: Mapping[str, Any]) -> str:
    """SHA-256 over a release, in one way of writing it."""
    text = json.dumps(release, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
