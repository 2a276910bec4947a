"""`make bench-business-case`: a case of 40 lines and 10 years beside monaco and beside a plain Python loop.

All three draw one value per uncertain line, spread it over ten years, and give the net present value and the
cumulated net of every year. Ours is measured whole: with the mean case, bands, sensitivity and traced draws,
which the others do not compute; and by its draws alone. Each runs in a process of its own; times leave out
starting Python and fetching libraries, memory is the most the process ever held. What is too long to wait
for is scaled up from the largest size that was run, and said so. Ends with 1 when a promise is not kept.
"""

import csv
import json
import os
import platform
import random
import re
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.real_inputs import DATA

ROOT = Path(__file__).resolve().parents[2]
LINES = DATA / "business-case" / "forty-lines.csv"
RATE = 0.035
SHAPES = {"PERT": "min_max_pert", "triangular": "min_max_triangular"}
SIZES = (65_536, 1_000_000)
MONACO_SIZES = (1_024, 4_096, 16_384)
LOOP_SIZE = 20_000
ROUNDS = 3


def main() -> int:
    if sys.argv[1:2] == ["one"]:
        side, shape, draws = sys.argv[2:5]
        print(json.dumps(measured(side, shape, int(draws))))
        return 0
    if not LINES.exists():
        print("The reference case is not here; SAMSPIL_DATA names the folder with business-case/.")
        return 2
    said_of_the_machine()
    kept = [beside(shape) for shape in SHAPES]
    return 0 if all(kept) else 1


def said_of_the_machine() -> None:
    import monaco
    import numpy
    import scipy

    model = re.search(r"model name\s*:\s*(.*)", Path("/proc/cpuinfo").read_text())
    print(
        f"{model.group(1) if model else platform.machine()}, {os.cpu_count()} cores"
        f" ({os.getloadavg()[0]:.1f} processes want them); Python {platform.python_version()},"
        f" NumPy {numpy.__version__}, SciPy {scipy.__version__}, monaco {monaco.__version__}"
    )
    print(f"40 lines × 10 years; medians of {ROUNDS} runs, each in a process of its own, one thread each\n")


# --- side by side ------------------------------------------------------------------------------------------


def beside(shape: str) -> bool:
    """Prints a table for a shape of the estimates, and tells whether what was promised is kept."""
    ours = {size: typical("ours", shape, size) for size in SIZES}
    alone = {size: typical("draws", shape, size) for size in SIZES}
    loop = {LOOP_SIZE: typical("loop", shape, LOOP_SIZE)}
    monaco = {size: run_one("monaco", shape, size) for size in MONACO_SIZES}
    print(f"{shape:<20} {'draws':>12} {'seconds':>9} {'of work':>8} {'highest MB':>12}")
    named = {"ours, everything": ours, "ours, draws alone": alone, "plain loop": loop, "monaco": monaco}
    for name, runs in named.items():
        for size, one in runs.items():
            print(f"  {name:<18} {size:>12,} {one['wall']:9.2f} {one['work']:8.2f} {one['memory']:12.0f}")
    agree(shape, ours, loop[LOOP_SIZE], monaco)
    kept = [ratios(size, ours[size], alone[size], loop[LOOP_SIZE], monaco) for size in SIZES]
    return all(kept)


Measured = dict[str, float]


def ratios(size: int, ours: Measured, alone: Measured, loop: Measured, monaco: dict[int, Measured]) -> bool:
    """The others scaled to a size. Promised is, for the larger size and with everything: 100, 20 and 30
    times."""
    small, large = MONACO_SIZES[0], MONACO_SIZES[-1]
    a_case = (monaco[large]["memory"] - monaco[small]["memory"]) / (large - small)
    memory = monaco[small]["memory"] + a_case * (size - small)
    slow, slower = loop["work"] * size / LOOP_SIZE, monaco[large]["work"] * size / large
    print(f"  scaled to {size:,} draws: loop {slow:.0f} s; monaco {slower:.0f} s and {memory:,.0f} MB")
    for name, one in (("everything", ours), ("draws alone", alone)):
        print(
            f"    ours, {name}: {slower / one['work']:.0f} × as fast as monaco, {slow / one['work']:.0f} × as"
            f" fast as the loop, 1/{memory / one['memory']:.0f} of monaco's memory"
        )
    kept = slower / ours["work"] >= 100 and slow / ours["work"] >= 20 and memory / ours["memory"] >= 30
    return kept or size != SIZES[-1]


def agree(
    shape: str, ours: dict[int, dict[str, float]], loop: dict[str, float], monaco: dict[int, dict[str, float]]
) -> None:
    """All three have to have computed the same: means within four standard errors of the smallest."""
    large, truth = monaco[MONACO_SIZES[-1]], ours[SIZES[-1]]
    for one, draws in ((loop, LOOP_SIZE), (large, MONACO_SIZES[-1])):
        error = 4 * truth["deviation"] / draws**0.5
        assert abs(one["mean"] - truth["mean"]) < error, (shape, one, truth)
    print(f"  means: ours {truth['mean']:.0f}, loop {loop['mean']:.0f}, monaco {large['mean']:.0f}")


def typical(side: str, shape: str, size: int) -> dict[str, float]:
    runs = [run_one(side, shape, size) for _ in range(ROUNDS)]
    return {name: statistics.median(one[name] for one in runs) for name in runs[0]}


def run_one(side: str, shape: str, size: int) -> dict[str, float]:
    threads = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
    command = [
        sys.executable,
        "-W",
        "ignore",
        "-m",
        "tests.bench.business_case",
        "one",
        side,
        shape,
        str(size),
    ]
    done = subprocess.run(
        command, cwd=ROOT, env=os.environ | threads, capture_output=True, text=True, check=True, timeout=3_600
    )
    return json.loads(done.stdout.splitlines()[-1])  # type: ignore[no-any-return]


# --- one side, in a process of its own ---------------------------------------------------------------------


def measured(side: str, shape: str, draws: int) -> dict[str, float]:
    ready = {"ours": ours_ready, "draws": draws_ready, "loop": loop_ready, "monaco": monaco_ready}
    run = ready[side](shape, draws)
    start, work = time.perf_counter(), time.process_time()
    mean, deviation = run()
    wall, work = time.perf_counter() - start, time.process_time() - work
    status = Path("/proc/self/status").read_text()
    highest = re.search(r"VmHWM:\s*(\d+)", status)
    memory = int(highest.group(1)) / 1024 if highest else float("nan")
    return {"wall": wall, "work": work, "memory": memory, "mean": mean, "deviation": deviation}


Run = Callable[[], tuple[float, float]]


def rows() -> list[dict[str, str]]:
    with LINES.open() as file:
        return list(csv.DictReader(file))


def ours_ready(shape: str, draws: int) -> Run:
    """From the text of the case to the whole result."""
    from scipy.stats import qmc  # noqa: F401 - fetched before the clock starts, as the others' libraries are

    from samspil.core.business_case.reading import read_case
    from samspil.core.business_case.result import compute

    text = as_text(shape)

    def run() -> tuple[float, float]:
        result = compute(read_case(text), draws=draws)
        result.as_data()
        return result.distribution.mean, result.distribution.deviation

    return run


def draws_ready(shape: str, draws: int) -> Run:
    """The draws alone: what the other sides compute."""
    from scipy.stats import qmc  # noqa: F401

    from samspil.core.business_case.reading import read_case
    from samspil.core.business_case.simulation import distribution, simulate

    text = as_text(shape)

    def run() -> tuple[float, float]:
        found = distribution(simulate(read_case(text), draws=draws, seed=1).npv)
        return found.mean, found.deviation

    return run


def as_text(shape: str) -> str:
    from samspil.core.business_case.reading import FORMAT

    lines = [
        {
            "id": row["line"],
            "kind": row["kind"],
            "class": "cashable",
            "amount": {
                "low": row["low"],
                "likely": row["likely"],
                "high": row["high"],
                "meaning": SHAPES[shape],
            },
            "share_by_year": {str(2027 + year): row[f"share_year_{year}"] for year in range(10)},
        }
        for row in rows()
    ]
    case = {
        "format": FORMAT,
        "title": "Forty lines",
        "currency": "DKK",
        "decided_on": "2026-11-01",
        "first_year": 2027,
        "years": 10,
        "price_year": 2026,
        "discount_rates": [{"from_year": 0, "rate": str(RATE)}],
        "lines": lines,
    }
    return json.dumps(case)


def figures() -> list[tuple[float, float, float, list[float]]]:
    """low, likely, high and the signed share of each year."""
    return [
        (
            float(row["low"]),
            float(row["likely"]),
            float(row["high"]),
            [
                (1 if row["kind"] == "benefit" else -1) * float(row[f"share_year_{year}"])
                for year in range(10)
            ],
        )
        for row in rows()
    ]


def loop_ready(shape: str, draws: int) -> Run:
    """What one writes without a library: for each draw, each line, each year."""
    lines, dice = figures(), random.Random(1)
    factors = [1 / (1 + RATE) ** year for year in range(10)]

    def value(low: float, likely: float, high: float) -> float:
        if shape == "triangular":
            return dice.triangular(low, high, likely)
        width = high - low
        return low + width * dice.betavariate(1 + 4 * (likely - low) / width, 1 + 4 * (high - likely) / width)

    def run() -> tuple[float, float]:
        found, cumulated = [], []
        for _ in range(draws):
            net = [0.0] * 10
            for low, likely, high, shares in lines:
                drawn = value(low, likely, high)
                for year in range(10):
                    net[year] += drawn * shares[year]
            npv, so_far, path = 0.0, 0.0, []
            for year in range(10):
                npv += net[year] * factors[year]
                so_far += net[year]
                path.append(so_far)
            found.append(npv)
            cumulated.append(path)
        return statistics.fmean(found), statistics.pstdev(found)

    return run


def monaco_ready(shape: str, draws: int) -> Run:
    """As its documentation has it: an input for each line, a function for each case, outputs that it keeps."""
    import monaco
    import numpy as np
    from scipy import stats

    lines = figures()
    shares = np.array([one[3] for one in lines])
    factors = 1 / (1 + RATE) ** np.arange(10)

    def before(case: Any) -> tuple[Any]:
        return (np.array([case.invals[f"l{place}"].val for place in range(len(lines))]),)

    def compute(values: Any) -> tuple[Any, Any]:
        net = (values[:, None] * shares).sum(axis=0)
        return (net * factors).sum(), np.cumsum(net)

    def after(case: Any, npv: Any, cumulated: Any) -> None:
        case.addOutVal("npv", npv)
        case.addOutVal("cumulated", cumulated)

    def run() -> tuple[float, float]:
        steps = {"preprocess": before, "run": compute, "postprocess": after}
        simulation = monaco.Sim(
            name="forty", ndraws=draws, fcns=steps, seed=1, singlethreaded=True, verbose=False,
            savesimdata=False, savecasedata=False, firstcaseismedian=False,
        )  # fmt: skip
        for place, (low, likely, high, _shares) in enumerate(lines):
            width = high - low
            at = (likely - low) / width
            if shape == "triangular":
                known = {"dist": stats.triang, "distkwargs": {"c": at, "loc": low, "scale": width}}
            else:
                beta = {"a": 1 + 4 * at, "b": 5 - 4 * at, "loc": low, "scale": width}
                known = {"dist": stats.beta, "distkwargs": beta}
            simulation.addInVar(name=f"l{place}", **known)
        simulation.runSim()
        npv = np.array([float(one) for one in simulation.outvars["npv"].nums])
        return float(npv.mean()), float(npv.std())

    return run


if __name__ == "__main__":
    raise SystemExit(main())
