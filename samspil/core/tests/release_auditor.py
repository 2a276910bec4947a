"""An auditor who has everything that was published and nothing else, and looks for what small groups answered.

For each statement the answers of each part (the groups, and those without one; or the tiers) are unknowns. What was
published about them are equations. A part that is not told, and holds anybody, must neither follow from them nor be
held within less than the threshold.
"""

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
from scipy.optimize import linprog

ANSWERS = ("agree", "pass", "disagree")
Counts = Mapping[str, int] | None


def disclosures(release: Mapping[str, Any]) -> Iterator[str]:
    """Every figure that tells of too few people, in words."""
    least, few = release["thresholds"]["breakdown"], release["thresholds"]["total"]
    yield from _people(release, least, few)
    for told in release["statements"]:
        yield from _statement(f"statement {told['id']}", told["all"], _groups(release, told), least, few)
        if release["tiers"] and told["all"]:
            yield from _statement(
                f"tiers, {told['id']}", told["all"], _tiers(release, told["id"]), least, few
            )
    yield from (f"a dot for {dot['people']}" for dot in release["dots"] if dot["people"] < few)


def _people(release: Mapping[str, Any], least: int, few: int) -> Iterator[str]:
    everybody = release["participants"]
    if everybody is not None and everybody < few:
        yield f"{everybody} participants"
    sizes = [group["people"] for group in release["groups"]]
    yield from (f"a group of {size}" for size in sizes if size < least)
    if sizes and everybody is not None and 0 < everybody - sum(sizes) < least:
        yield f"{everybody - sum(sizes)} people without a group"


def _groups(release: Mapping[str, Any], told: Mapping[str, Any]) -> list[Counts]:
    return [*told["groups"], told["without_group"]] if release["groups"] else []


def _tiers(release: Mapping[str, Any], key: Any) -> list[Counts]:
    return [next((one for one in tier["answers"] if one["id"] == key), None) for tier in release["tiers"]]


def _statement(name: str, whole: Counts, parts: list[Counts], least: int, few: int) -> Iterator[str]:
    if whole is None:
        yield from (f"{name}: a part without a whole" for part in parts if part)
        return
    if whole["n"] < few:
        yield f"{name}: {whole['n']} in all"
    yield from (f"{name}: a part of {part['n']}" for part in parts if part and part["n"] < least)
    for at, part in enumerate(parts):
        if part is None:
            low, high = _within(whole, parts, at)
            if high > 0 and high - low < least and whole["n"] >= least:
                yield f"{name}: part {at} lies within {low:.0f} and {high:.0f}"


def _within(whole: Mapping[str, int], parts: list[Counts], at: int) -> tuple[float, float]:
    """The fewest and the most people that may have answered in a part, by everything that was published."""
    size = len(parts) * len(ANSWERS)
    rows, sums = [], []
    for place, answer in enumerate(ANSWERS):
        rows.append([1.0 if column % len(ANSWERS) == place else 0.0 for column in range(size)])
        sums.append(whole[answer])
    for number, part in enumerate(parts):
        for place, answer in enumerate(ANSWERS):
            if part is not None:
                rows.append([float(column == number * len(ANSWERS) + place) for column in range(size)])
                sums.append(part[answer])
    wanted = np.array([float(column // len(ANSWERS) == at) for column in range(size)])
    ends = [linprog(sign * wanted, A_eq=np.array(rows), b_eq=np.array(sums)) for sign in (1, -1)]
    assert all(end.success for end in ends), "what was published contradicts itself"
    return float(ends[0].fun), float(-ends[1].fun)
