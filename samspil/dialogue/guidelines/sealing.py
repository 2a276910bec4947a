"""What the journal's rows about a guideline claim of what was agreed."""

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

from samspil.core.journal import canonical
from samspil.dialogue.guidelines.models import Guideline, GuidelineVersion


def sealed(guideline: Guideline) -> dict[str, str]:
    """The facts that every journal row about a guideline repeats."""
    return sealed_guidelines([guideline.ref])[guideline.ref]


def sealed_guidelines(refs: Sequence[str]) -> Mapping[str, dict[str, str]]:
    """The facts of live guidelines, to be compared with what the journal committed to."""
    rows = Guideline.objects.filter(thing__ref__in=refs).select_related("thing")
    return {
        row.ref: {"agreed_sha256": _fingerprint(row)}
        for row in rows.prefetch_related("versions__discussions__committee")
    }


def _fingerprint(guideline: Guideline) -> str:
    """The hash of every agreed version and of when it ends; empty while nothing is agreed."""
    agreed = [_agreed(one) for one in guideline.versions.all() if one.agreed_on]
    if not agreed:
        return ""
    ends = guideline.ends_on.isoformat() if guideline.ends_on else ""
    return hashlib.sha256(canonical({"agreed": agreed, "ends_on": ends})).hexdigest()


def _agreed(version: GuidelineVersion) -> dict[str, Any]:
    assert version.agreed_on is not None and version.holds_from is not None  # noqa: S101, PT018 - asked for
    return {
        "number": version.number,
        "agreed_on": version.agreed_on.isoformat(),
        "holds_from": version.holds_from.isoformat(),
        "words": [version.purpose, version.taking_part, version.follow_up],
        "discussions": [
            [
                one.phase,
                one.before,
                one.committee.ref if one.committee else "",
                one.by.isoformat() if one.by else "",
                one.topics,
            ]
            for one in version.discussions.all()
        ],
    }
