"""An opinion map as plain data, for JSON."""

from dataclasses import asdict
from typing import Any

from .result import Counted, OpinionMap, Representative, StatementResult


def as_data(found: OpinionMap) -> dict[str, Any]:
    """All of a map in plain words and numbers; what cannot be said is null."""
    style = found.response_style
    return {
        "participants": len(found.participants),
        "statement_count": len(found.statements),
        "votes": found.votes,
        "included": int(found.included.sum()),
        "votes_needed": found.votes_needed,
        "algorithm_version": found.algorithm_version,
        "seed": found.seed,
        "parameters": asdict(found.parameters),
        "follows": found.follows,
        "input_hash": found.input_hash,
        "result_hash": found.result_hash,
        "certainty": found.certainty,
        "axes": _axes(found),
        "groups": _groups(found),
        "why_no_groups": found.why,
        "tested": found.tested,
        "response_style": {
            "correlation": style.correlation if style else None,
            "flag": style.flag if style else False,
            "axis": style.axis if style else None,
            "tendency": style.tendency if style else None,
            "loading": style.loading if style else None,
            "same_answer": style.same_answer if style else None,
        },
        "between_groups": found.uncertain_people,
        "statements": [statement_data(one) for one in found.statement_results()],
        "coordinates": _coordinates(found),
    }


def _coordinates(found: OpinionMap) -> dict[str, list[float]]:
    if found.coordinates is None:
        return {}
    people = map(str, found.participants.tolist())
    return dict(zip(people, found.coordinates.tolist(), strict=True))


def _axes(found: OpinionMap) -> dict[str, Any] | None:
    if found.axes is None:
        return None
    return {
        "eigenvalues": found.axes.eigenvalues.tolist(),
        "share": (found.axes.eigenvalues / found.axes.trace).tolist() if found.axes.trace else [],
        "exchangeable": found.exchangeable,
    }


def _groups(found: OpinionMap) -> dict[str, Any] | None:
    if not found.k:
        return None
    return {
        "k": found.k,
        "sizes": [group.size for group in found.groups],
        "silhouette": found.silhouette,
        "split_half_ari": found.split_half_ari,
        "stability": [{"share": group.share, "word": group.word} for group in found.groups],
        "members": {str(person): number for person, number in found.members().items()},
    }


def statement_data(one: StatementResult) -> dict[str, Any]:
    """One statement as plain data."""
    return {
        "id": one.id,
        **_counted(one.all),
        "active": one.active,
        "groups": [_counted(group) for group in one.groups],
        "agree_interval": list(one.agree_interval),
        "disagree_interval": list(one.disagree_interval),
        "bridging": one.bridging,
        "direction": one.direction,
        "divisive": one.divisive,
        "split": one.split,
        "representative_of": [each.group for each in one.representative],
        "representative": [_representative(each) for each in one.representative],
    }


def _representative(each: Representative) -> dict[str, Any]:
    return {
        "group": each.group,
        "direction": "agree" if each.direction > 0 else "disagree",
        "share": each.share,
        "others": each.others,
        "at_least": each.at_least,
    }


def _counted(one: Counted) -> dict[str, int]:
    return {"agree": one.agree, "disagree": one.disagree, "pass": one.passed, "seen": one.seen}
