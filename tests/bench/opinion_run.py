"""One measurement of `make bench-opinion`, in a process of its own.

    python -m tests.bench.opinion_run SIDE FOLDER RESULT

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
from tests.opinion_map.oracle import agreement

MORE = 1_000
NUMBERS = range(2, 7)


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
    told = {
        f"{one['internal_api']} {one['version']} {one['architecture']}, {one['num_threads']} thread"
        for one in blas
    }
    return "; ".join(sorted(told))


# --- red-dwarf ---------------------------------------------------------------------------------------------------


def red_dwarf(votes: Votes, result: Path) -> dict[str, Any]:
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
    asked = {}  # its groups when it is asked for so many
    for k in NUMBERS:
        asked[f"labels {k}"] = np.full(len(labels), -1)
        asked[f"labels {k}"][labels >= 0] = run_kmeans(points[labels >= 0], k, random_state=0).labels_
    np.savez(
        result,
        people=people.index.to_numpy(),
        points=points,
        labels=labels,
        **asked,
        statements=found.statements_df.index.to_numpy(),
        axes=found.statements_df[["pc1", "pc2"]].to_numpy(dtype=float),
    )
    return cost


# --- ours --------------------------------------------------------------------------------------------------------


def ours(votes: Votes, result: Path) -> dict[str, Any]:
    from samspil.core.opinion_map import Parameters, opinion_map
    from samspil.core.opinion_map import Votes as Known

    def work() -> Any:
        known = Known.from_rows(votes.participants, votes.statements, votes.values)
        return opinion_map(known, parameters=Parameters(replicates=0))

    found, cost = measured(work)
    np.savez(
        result,
        people=found.participants,
        points=found.coordinates,
        labels=np.where(found.group_of > 0, found.group_of, -1),
        statements=found.statements,
        axes=found.axes.loadings,
    )
    return cost | {"groups": found.k, "votes": found.votes}


def one_thousand_more(votes: Votes, _result: Path) -> dict[str, Any]:
    """The votes are in and shown; a thousand more come, some by newcomers, some in place of earlier ones."""
    from samspil.core.opinion_map import RunningMap
    from samspil.core.opinion_map import Votes as Known

    running = RunningMap(Known.from_rows(votes.participants, votes.statements, votes.values))
    running.refresh()
    dice = np.random.default_rng(6)
    people = [*dice.choice(votes.participants, 900).tolist(), *range(100)]
    more = list(
        zip(
            people,
            dice.choice(votes.statements, MORE).tolist(),
            dice.choice([-1, 0, 1], MORE).tolist(),
            strict=True,
        )
    )

    def work() -> Any:
        for person, statement, value in more:
            running.cast(person, statement, value)
        return running.refresh()

    fresh, cost = measured(work)
    return cost | {"groups": fresh.k, "votes": MORE} | _as_from_the_start(running, fresh)


def _as_from_the_start(running: Any, fresh: Any) -> dict[str, Any]:
    """How far the fresh picture is from that of the same votes computed anew."""
    from samspil.core.opinion_map import Parameters, opinion_map

    anew = opinion_map(running.votes, parameters=Parameters(replicates=0))
    here = _in_order(fresh.statements, anew.statements)
    cosines = np.abs((fresh.axes.loadings[here] * anew.axes.loadings).sum(axis=0))
    counted = bool(np.array_equal(fresh.counts[here], anew.counts))
    placed = _in_order(fresh.participants, anew.participants)
    return {
        "cosine": float(cosines.min()),
        "counts equal": counted,
        "agreement": agreement(fresh.group_of[placed], anew.group_of),
    }


def _in_order(of: Any, wanted: Any) -> Any:
    place = {key: at for at, key in enumerate(of.tolist())}
    return np.array([place[key] for key in wanted.tolist()])


SIDES = {"ours": ours, "one-thousand-more": one_thousand_more, "red-dwarf": red_dwarf}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("side", choices=[*SIDES, "prepare"])
    parser.add_argument("folder", type=Path)
    parser.add_argument("result", type=Path)
    parser.add_argument("--case")
    parser.add_argument("--seed", type=int)
    wanted = parser.parse_args()
    if wanted.side == "prepare":
        opinion_cases.prepare(wanted.case, wanted.seed, wanted.folder)
        print("{}")
    else:
        votes = opinion_cases.load(wanted.folder)
        print(json.dumps(SIDES[wanted.side](votes, wanted.result)))


if __name__ == "__main__":
    main()
