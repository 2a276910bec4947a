"""`make bench-opinion`: the opinion map side by side with red-dwarf 0.4.0, on the same votes.

Each measurement has a process of its own with one BLAS thread; the sides take turns, and medians are shown. B1 is the
largest real conversation, B2 to B5 are made from the seed, B6 is a thousand votes more on B4. `--quick` measures once
and leaves the slow side of B4 out; `--write` makes docs/benchmarks/opinion_map.md of what it found. Exits with 1 when
a figure that was promised is missed.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from tests.bench.opinion_table import Measured, compared, misses, page, table

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "benchmarks" / "opinion_map.md"
SEED = 20_261_129
ROUNDS = 5
COMPARED, ALONE = ("B1", "B2", "B3", "B4"), ("B5", "B6")
SLOW = "B4"  # minutes and gigabytes a round for red-dwarf
ONE_THREAD = {f"{library}_NUM_THREADS": "1" for library in ("OPENBLAS", "OMP", "MKL")}
SLOWED_BY = ("OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE")  # set on some machines for the sake of old builds


def main() -> int:
    wanted = _wanted()
    print(f"seed {wanted.seed}, {wanted.rounds} rounds, red-dwarf on {SLOW}: {wanted.slow_rounds}")
    with tempfile.TemporaryDirectory(prefix="samspil-bench-") as folder:
        found = [_measure(case, wanted, Path(folder)) for case in wanted.cases]
    print(table(found))
    if wanted.write:
        PAGE.parent.mkdir(exist_ok=True)
        PAGE.write_text(page(found, wanted.seed, "make bench-opinion"))
    for miss in misses(found):
        print(f"missed: {miss}")
    return 1 if misses(found) else 0


def _wanted() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make bench-opinion", description=__doc__)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--slow-rounds", type=int, help=f"rounds of red-dwarf on {SLOW}; as many as the others")
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--write", action="store_true")
    parser.add_argument("cases", nargs="*", default=[*COMPARED, *ALONE])
    wanted = parser.parse_args()
    if wanted.quick:
        wanted.rounds = 1
    if wanted.slow_rounds is None:
        wanted.slow_rounds = 0 if wanted.quick else wanted.rounds
    return wanted


def _measure(case: str, wanted: argparse.Namespace, folder: Path) -> Measured:
    source = "B4" if case == "B6" else case
    votes = folder / source
    if not votes.exists():
        _say(f"{source}: making the votes")
        _run("prepare", votes, folder / "unused.npz", "--case", source, "--seed", str(wanted.seed))
    side = "one-thousand-more" if case == "B6" else "ours"
    measured = Measured(case)
    their_rounds = {SLOW: wanted.slow_rounds}.get(case, wanted.rounds) if case in COMPARED else 0
    for number in range(max(wanted.rounds, their_rounds)):
        if number < wanted.rounds:
            measured.ours.append(_round(case, side, number, votes, folder / "ours.npz"))
        if number < their_rounds:
            groups = str(measured.ours[0]["groups"])
            cost = _round(case, "red-dwarf", number, votes, folder / "theirs.npz", "--groups", groups)
            measured.theirs.append(cost)
    if measured.theirs:
        measured.alike = compared(folder / "ours.npz", folder / "theirs.npz")
    return measured


def _round(case: str, side: str, number: int, votes: Path, result: Path, *more: str) -> dict[str, Any]:
    started = time.perf_counter()
    cost = _run(side, votes, result, *more)
    whole = time.perf_counter() - started
    _say(
        f"{case} {side:<17} round {number + 1}: {cost['cpu']:8.3f} CPU s, {cost['wall']:8.3f} s,"
        f" peak {cost['peak']:6,.0f} MB  (process {whole:.0f} s)"
    )
    return cost


def _run(side: str, votes: Path, result: Path, *more: str) -> dict[str, Any]:
    environment = {name: value for name, value in os.environ.items() if name not in SLOWED_BY} | ONE_THREAD
    command = [sys.executable, "-m", "tests.bench.opinion_run", side, str(votes), str(result), *more]
    done = subprocess.run(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, check=True)
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def _say(line: str) -> None:
    print(line, flush=True)


if __name__ == "__main__":
    raise SystemExit(main())
