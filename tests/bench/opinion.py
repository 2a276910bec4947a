"""`make bench-opinion`: the opinion map side by side with red-dwarf 0.4.0, on the same votes.

Each measurement has a process of its own with one BLAS thread; the sides take turns, and medians are shown. B1 is the
largest real conversation, B2 to B5 are made from the seed, B6 is a thousand votes more on B4. `--quick` measures once
and leaves the slow side of B4 out; `--write` makes docs/benchmarks/opinion_map.md of what it found; `--keep FOLDER`
keeps the votes and red-dwarf's rounds there, or takes them from there, so that only ours is measured anew. Exits with
1 when a figure that was promised is missed.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
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
    with tempfile.TemporaryDirectory(prefix="samspil-bench-") as passing:
        folder = wanted.keep or Path(passing)
        folder.mkdir(parents=True, exist_ok=True)
        found = [_measure(case, wanted, folder) for case in wanted.cases]
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
    parser.add_argument(
        "--slow-rounds", type=int, help=f"rounds of red-dwarf on {SLOW}; as many as the others"
    )
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--keep", type=Path, metavar="FOLDER")
    parser.add_argument("cases", nargs="*", default=[*COMPARED, *ALONE])
    wanted = parser.parse_args()
    if wanted.quick:
        wanted.rounds = 1
    if wanted.slow_rounds is None:
        wanted.slow_rounds = 0 if wanted.quick else wanted.rounds
    return wanted


def _measure(case: str, wanted: argparse.Namespace, folder: Path) -> Measured:
    votes = _votes("B4" if case == "B6" else case, wanted.seed, folder)
    kept = folder / f"{case}-red-dwarf.json"
    measured = Measured(case, theirs=json.loads(kept.read_text()) if kept.exists() else [])
    their_rounds = 0
    if case in COMPARED and not kept.exists():
        their_rounds = wanted.slow_rounds if case == SLOW else wanted.rounds
    result, their_result = folder / f"{case}-ours.npz", folder / f"{case}-red-dwarf.npz"
    for number in range(max(wanted.rounds, their_rounds)):
        if number < wanted.rounds:
            measured.ours.append(_round(case, "one-thousand-more" if case == "B6" else "ours", votes, result))
        if number < their_rounds:
            measured.theirs.append(_round(case, "red-dwarf", votes, their_result))
            kept.write_text(json.dumps(measured.theirs))
    if measured.theirs:
        measured.alike = compared(result, their_result)
    return measured


def _votes(case: str, seed: int, folder: Path) -> Path:
    """Where the votes of the case lie, made if they are not there."""
    votes = folder / f"{case}-votes-{seed}"
    if not votes.exists():
        _say(f"{case}: making the votes")
        _run("prepare", votes, folder / "nothing", "--case", case, "--seed", str(seed))
    return votes


def _round(case: str, side: str, votes: Path, result: Path) -> dict[str, Any]:
    cost = _run(side, votes, result)
    _say(f"{case} {side:<17} {cost['cpu']:8.3f} CPU s, {cost['wall']:8.3f} s, peak {cost['peak']:6,.0f} MB")
    return cost


def _run(side: str, votes: Path, result: Path, *more: str) -> dict[str, Any]:
    environment = (
        {name: value for name, value in os.environ.items() if name not in SLOWED_BY}
        | ONE_THREAD
        | {"PYTHONWARNINGS": "ignore"}
    )
    command = [sys.executable, "-m", "tests.bench.opinion_run", side, str(votes), str(result), *more]
    done = subprocess.run(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, check=True)
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def _say(line: str) -> None:
    print(line, flush=True)


if __name__ == "__main__":
    raise SystemExit(main())
