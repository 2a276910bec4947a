"""One measurement of `make bench-opinion`, in a process of its own.

    python -m tests.bench.opinion_run SIDE FOLDER RESULT [--groups K]

FOLDER holds a case (see `opinion_cases`); RESULT is where coordinates, groups and axes are written for comparison.
Prints a line of JSON: CPU and wall seconds, megabytes before and at the peak. Measured is the way from raw ids and
votes to a map with groups and counts; importing, reading the files and laying the votes out as each side takes them
(ours: three arrays; red-dwarf: a list of dicts) is not.
"""

import argparse
import gc
import json
import resource
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from tests.bench import opinion_cases
from tests.bench.opinion_cases import Votes


def measured(work: Callable[[], Any]) -> tuple[Any, dict[str, Any]]:
    """What the work gives, and what it took."""
    gc.collect()
    gc.freeze()  # a large input is not to slow down the collector of the side it belongs to
    Path("/proc/self/clear_refs").write_text("5")  # from here the peak is counted
    before = _megabytes("VmRSS")
    cpu, wall = _cpu(), time.perf_counter()
    found = work()
    cost = {"cpu": _cpu() - cpu, "wall": time.perf_counter() - wall}
    return found, cost | {"before": before, "peak": _megabytes("VmHWM"), "kernel": kernel()}


def _cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def _megabytes(kind: str) -> float:
    lines = Path("/proc/self/status").read_text().splitlines()
    return int(next(line for line in lines if line.startswith(kind)).split()[1]) * 1024 / 1e6


def kernel() -> str:
    """Which BLAS is loaded, with which kernel and how many threads."""
    from threadpoolctl import threadpool_info

    blas = [one for one in threadpool_info() if one["user_api"] == "blas"]
    told = {f"{one['internal_api']} {one['version']} {one['architecture']}, {one['num_threads']} thread" for one in blas}
    return "; ".join(sorted(told))


# --- red-dwarf ---------------------------------------------------------------------------------------------------


def red_dwarf(votes: Votes, result: Path, groups: int | None) -> dict[str, Any]:
    from reddwarf.implementations.polis import run_pipeline
    from reddwarf.utils.clusterer.kmeans import run_kmeans

    columns = (votes.participants.tolist(), votes.statements.tolist(), votes.values.tolist())
    rows = [
        {"participant_id": person, "statement_id": statement, "vote": value, "modified": at}
        for at, (person, statement, value) in enumerate(zip(*columns, strict=True))
    ]
    found, cost = measured(lambda: run_pipeline(votes=rows, random_state=0))
    people = found.participants_df
    labels = people["cluster_id"].fillna(-1).astype(int).to_numpy()
    points = people[["x", "y"]].to_numpy()
    same = np.full(len(labels), -1)
    if groups:
        same[labels >= 0] = run_kmeans(points[labels >= 0], n_clusters=groups, random_state=0).labels_
    np.savez(
        result,
        people=people.index.to_numpy(),
        points=points,
        labels=labels,
        same=same,
        statements=found.statements_df.index.to_numpy(),
        axes=found.statements_df[["pc1", "pc2"]].to_numpy(dtype=float),
    )
    return cost


# --- ours --------------------------------------------------------------------------------------------------------
