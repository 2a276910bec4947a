"""What `make bench-opinion` shows: how alike the two results are, the medians, the ratios, the page for the docs."""

import os
import platform
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tests.opinion_map.oracle import agreement, inertia

Result = dict[str, NDArray[Any]]

TOLD = {
    "B1": "bowling-green, a real conversation",
    "B2": "10,000 people, 500 statements",
    "B3": "33,422 people, 783 statements",
    "B4": "100,000 people, 1,000 statements",
    "B5": "1,000,000 people, 1,000 statements",
    "B6": "1,000 votes more on B4, all fresh",
}
AT_LEAST = {"B1": 2.5, "B2": 30.0, "B3": 40.0, "B4": 150.0}  # times less CPU than red-dwarf
AIM = {"B1": 10.0, "B2": 100.0, "B3": 200.0, "B4": 1000.0}
MEMORY_AT_MOST = 0.1  # of red-dwarf's, on B4
SECONDS_AT_MOST = {"B5": 10.0, "B6": 0.1}
MEGABYTES_AT_MOST = {"B5": 1_500.0}


@dataclass
class Measured:
    """The rounds of one case: what each side took, and how alike the results are."""

    case: str
    ours: list[dict[str, Any]] = field(default_factory=list)
    theirs: list[dict[str, Any]] = field(default_factory=list)
    alike: dict[str, float] = field(default_factory=dict)

    def middle(self, side: str, what: str) -> float:
        return float(median(one[what] for one in getattr(self, side)))

    def times_less(self, what: str) -> float | None:
        """How many times less of it we take."""
        return self.middle("theirs", what) / self.middle("ours", what) if self.theirs else None


# --- how alike ---------------------------------------------------------------------------------------------------


def compared(ours: Path, theirs: Path) -> dict[str, float]:
    """Axes, number of groups, inertia at our number, and agreement, over the people both have placed in a group."""
    one, other = dict(np.load(ours)), dict(np.load(theirs))
    found = {"cosine": _cosine(one, other)}
    _, here, there = np.intersect1d(one["people"], other["people"], return_indices=True)
    both = (one["labels"][here] >= 0) & (other["labels"][there] >= 0)
    points, labels = one["points"][here][both], one["labels"][here][both]
    if not len(labels):
        return found
    k, own = len(np.unique(labels)), other["labels"][there][both]
    found |= {"k": k, "their k": len(np.unique(own)), "agreement": agreement(labels, own)}
    if f"labels {k}" not in other:
        return found
    asked = other[f"labels {k}"][there][both]
    return found | {
        "inertia": inertia(points, labels) / inertia(points, asked),
        "agreement at our k": agreement(labels, asked),
    }


def _cosine(one: Result, other: Result) -> float:
    """Of the worse of the two axes."""
    _, here, there = np.intersect1d(one["statements"], other["statements"], return_indices=True)
    ours, theirs = one["axes"][here], other["axes"][there]
    length = np.linalg.norm(ours, axis=0) * np.linalg.norm(theirs, axis=0)
    return float(np.min(np.abs((ours * theirs).sum(axis=0)) / length))


# --- what was promised -------------------------------------------------------------------------------------------


def misses(found: Sequence[Measured]) -> list[str]:
    """Promised figures that were not reached, in words."""
    return [miss for one in found for miss in [*_slow(one), *_heavy(one), *_different(one)]]


def _slow(one: Measured) -> Iterable[str]:
    times = one.times_less("cpu")
    if times is not None and times < AT_LEAST[one.case]:
        yield f"{one.case}: {times:.1f} times less CPU than red-dwarf, promised {AT_LEAST[one.case]:g}"
    limit = SECONDS_AT_MOST.get(one.case)
    if limit and one.middle("ours", "cpu") > limit:
        yield f"{one.case}: {one.middle('ours', 'cpu'):.3f} CPU s, promised {limit:g}"


def _heavy(one: Measured) -> Iterable[str]:
    times = one.times_less("peak")
    if one.case == "B4" and times is not None and 1 / times > MEMORY_AT_MOST:
        yield f"B4: {1 / times:.2f} of red-dwarf's memory, promised {MEMORY_AT_MOST:g}"
    limit = MEGABYTES_AT_MOST.get(one.case)
    if limit and one.middle("ours", "peak") > limit:
        yield f"{one.case}: {one.middle('ours', 'peak'):,.0f} MB, promised {limit:,.0f}"


def _different(one: Measured) -> Iterable[str]:
    if any(fresh.get("cosine", 1) < 1 - 1e-9 or not fresh.get("counts equal", True) for fresh in one.ours):
        yield f"{one.case}: the fresh picture is not that of the same votes computed anew"
    if one.alike and one.alike["cosine"] < 1 - 1e-6:
        yield f"{one.case}: the axes differ, cosine {one.alike['cosine']:.9f}"
    if one.alike and one.alike.get("inertia", 0) > 1.0005:
        yield f"{one.case}: {one.alike['inertia']:.4f} of red-dwarf's inertia"


# --- the table ---------------------------------------------------------------------------------------------------

COST = [
    "case",
    "votes",
    "side",
    "n",
    "CPU s",
    "wall s",
    "peak MB",
    "before it MB",
    "times less CPU",
    "memory",
]
ALIKE = [
    "case",
    "axes, cosine",
    "groups: ours",
    "red-dwarf",
    "agreement",
    "at our number",
    "inertia, ours/theirs",
]


def table(found: Sequence[Measured]) -> str:
    """Two Markdown tables: what it took, and how alike the results are."""
    costs = [row for one in found for row in _costs(one)]
    alike = [_alike(one) for one in found if one.alike]
    return "\n".join([*_markdown(COST, costs), "", *(_markdown(ALIKE, alike) if alike else [])])


def _costs(one: Measured) -> Iterable[list[str]]:
    for side, name in (("ours", "Samspil"), ("theirs", "red-dwarf")):
        rounds = getattr(one, side)
        if not rounds:
            continue
        yield [
            one.case if side == "ours" else "",
            f"{one.ours[0]['votes']:,}" if side == "ours" else "",
            name,
            str(len(rounds)),
            _spread(rounds, "cpu"),
            _spread(rounds, "wall"),
            f"{one.middle(side, 'peak'):,.0f}",
            f"{one.middle(side, 'before'):,.0f}",
            *(_ratios(one) if side == "ours" else ["", ""]),
        ]


def _ratios(one: Measured) -> list[str]:
    cpu, memory = one.times_less("cpu"), one.times_less("peak")
    return [f"{cpu:,.0f}" if cpu else "", f"{1 / memory:.3f}" if memory else ""]


def _spread(rounds: Sequence[dict[str, Any]], what: str) -> str:
    """The median, and between which it lies."""
    values = [one[what] for one in rounds]
    return f"{median(values):.3f} ({min(values):.3f}–{max(values):.3f})"


def _alike(one: Measured) -> list[str]:
    def told(what: str, form: str) -> str:
        return format(one.alike[what], form) if what in one.alike else "–"

    return [
        one.case,
        told("cosine", ".9f"),
        told("k", "d"),
        told("their k", "d"),
        told("agreement", ".3f"),
        told("agreement at our k", ".3f"),
        told("inertia", ".4f"),
    ]


def _markdown(head: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    return [f"| {' | '.join(row)} |" for row in [head, ["---"] * len(head), *rows]]


# --- the page ----------------------------------------------------------------------------------------------------


def page(found: Sequence[Measured], seed: int, command: str) -> str:
    """The tables with what one must know to read and repeat them."""
    kernels = sorted({one["kernel"] for measured in found for one in [*measured.ours, *measured.theirs]})
    versions = ", ".join(f"{name} {version(name)}" for name in ("numpy", "scipy", "red-dwarf"))
    told = "\n".join(f"- {one.case}: {TOLD[one.case]}" for one in found)
    missed = misses(found)
    verdict = "Every promised figure is reached." if not missed else "Missed: " + "; ".join(missed) + "."
    return f"""# The opinion map beside red-dwarf

Made by `{command}` (`tests/bench/opinion.py`), seed {seed}. The computation: `docs/calculations/opinion_map.md`.

Machine: {_processor()}, {os.cpu_count()} cores; Python {platform.python_version()}, {versions}; BLAS: {"; ".join(kernels)}.

{told}

Load average at the end: {os.getloadavg()[0]:.0f}. Wall seconds carry it; CPU seconds are what is compared.

Each measurement is a process of its own; the sides take turns{_but(found)}; shown are the median (least–most) of n. Measured is
the way from raw ids and votes to map, groups and counts, the mapping of ids included on both sides; not importing,
not reading the file, not laying the votes out (ours: three arrays; red-dwarf: a list of dicts, which its memory
column holds before it begins). Ours is the map as published but for the bootstrap, the split halves and the null
tests, which red-dwarf does not have.
B6 begins with the tables and the map of B4 and ends with fresh axes, coordinates, groups and counts; axes and counts
are then compared with those of the same votes computed anew.

{table(found)}

{verdict}

Agreement is the adjusted Rand index (1: the same groups) over all whom both have placed; "at our number": red-dwarf's
own k-means asked for as many groups as ours has. Inertia below 1: our groups lie closer together than theirs.

To repeat: `make bench-opinion`; once and quickly: `make bench-opinion OPTIONS=--quick`; red-dwarf on B4 takes minutes and
gigabytes a round.
"""


def _but(found: Sequence[Measured]) -> str:
    """Where one side was measured less often than the other, it was not in turns."""
    fewer = [one.case for one in found if one.theirs and len(one.theirs) < len(one.ours)]
    return (
        f" (red-dwarf on {', '.join(fewer)}: fewer times, see n, and by itself beforehand)" if fewer else ""
    )


def _processor() -> str:
    lines = Path("/proc/cpuinfo").read_text().splitlines()
    return next(
        (line.split(":")[1].strip() for line in lines if line.startswith("model name")), platform.machine()
    )
