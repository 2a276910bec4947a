"""The draws: the same on every way, and what closed forms and another hand say they should be."""

import json
import random
import subprocess
import sys
import tracemalloc
from typing import Any

import numpy as np
import pytest
from scipy import stats
from scipy.stats import qmc

from samspil.core.business_case.mean_case import mean_case
from samspil.core.business_case.points import CHUNK, SHARED, Points, chunks
from samspil.core.business_case.reserve import cost_reserve
from samspil.core.business_case.result import compute
from samspil.core.business_case.simulation import DRAWS, Simulation, distribution, simulate

from . import oracle
from .cases import MEANINGS, a_case, a_line, a_random_case, a_range, forty_lines, read

SEED = 7


def drawn(given: dict[str, Any], draws: int = DRAWS, **more: Any) -> Simulation:
    return simulate(read(given), draws=draws, seed=SEED, **more)


# --- points ----------------------------------------------------------------------------------------------------


def test_points_are_sobols_shifted_digit_by_digit() -> None:
    n = 5 * CHUNK
    points = Points(["b", "a"], SEED, n)
    plain = (qmc.Sobol(3, scramble=False, bits=32).random(1 << 16)[:n] * 2.0**32).astype(np.uint32)
    for place, key in enumerate((SHARED, "b", "a")):
        found = np.concatenate([points.read(key, *piece) for piece in chunks(0, n)])
        shifts = np.unique(plain[:, place] ^ (found * 2.0**32 - 0.5).astype(np.uint32))
        assert len(shifts) == 1


def test_each_column_falls_into_equal_parts_equally_often() -> None:
    points = Points(["a"], SEED, CHUNK)
    counts, _edges = np.histogram(points.read("a", 0, CHUNK), bins=CHUNK, range=(0, 1))
    assert set(counts) == {1}


def test_a_column_is_shifted_by_its_key_and_the_seed() -> None:
    first = {key: Points([key], seed, CHUNK).read(key, 0, 4)[0] for key in "ab" for seed in (1,)}
    other = Points(["a"], 2, CHUNK).read("a", 0, 4)[0]
    assert len({*first.values(), other}) == 3


@pytest.mark.parametrize(
    ("start", "stop"), [(0, 1), (5, CHUNK), (CHUNK - 1, 3 * CHUNK + 2), (CHUNK, 2 * CHUNK)]
)
def test_pieces_of_a_stretch_lie_in_one_chunk_and_cover_it(start: int, stop: int) -> None:
    pieces = chunks(start, stop)
    assert [n for at, count in pieces for n in range(at, at + count)] == list(range(start, stop))
    assert all(at // CHUNK == (at + count - 1) // CHUNK for at, count in pieces)


# --- the same on every way -------------------------------------------------------------------------------------


def everything(given: dict[str, Any], **more: Any) -> str:
    return str(compute(read(given), draws=20_000, seed=SEED, **more).as_data()["result_hash"])


def rich() -> dict[str, Any]:
    """A case with everything in it: drivers, correlated costs, risks."""
    given = a_random_case(11) | {"cost_correlation": "0.3"}
    risk = {"id": "late", "probability": "0.3", "consequence": a_range("1000", "5000", "20000")}
    return given | {"risks": [risk, risk | {"id": "again", "probability": "0.05"}]}


@pytest.mark.parametrize("block", [1, 1_000, 8_192, 77_777])
def test_block_size_changes_nothing(block: int) -> None:
    if block == 1:
        short = {"draws": 200}
        one, other = (simulate(read(rich()), seed=SEED, block=size, **short) for size in (1, 200))
        assert one.npv.tobytes() == other.npv.tobytes()
        return
    assert everything(rich(), block=block) == everything(rich())


def test_two_workers_compute_what_one_does() -> None:
    assert everything(rich(), workers=2, block=1_000) == everything(rich(), workers=1)


def test_the_order_of_lines_drivers_and_risks_changes_neither_hash() -> None:
    given, dice = rich(), random.Random(3)
    before = compute(read(given), draws=5_000).as_data()
    for name in ("lines", "drivers", "risks"):
        dice.shuffle(given[name])
    after = compute(read(given), draws=5_000).as_data()
    for name in ("input_hash", "result_hash", "distribution", "sensitivity", "mean_case"):
        assert before[name] == after[name]


def test_another_process_finds_the_same_hash() -> None:
    code = (
        "import json, sys; from samspil.core.business_case.reading import read_case;"
        "from samspil.core.business_case.result import compute;"
        f"print(compute(read_case(sys.stdin.read()), draws=20_000, seed={SEED}).as_data()['result_hash'])"
    )
    found = subprocess.run(
        [sys.executable, "-c", code], input=json.dumps(rich()), capture_output=True, text=True, check=True
    )
    assert found.stdout.strip() == everything(rich())


def test_another_seed_gives_other_draws_and_the_same_mean_case() -> None:
    one, other = (compute(read(rich()), draws=5_000, seed=seed).as_data() for seed in (1, 2))
    assert one["input_hash"] == other["input_hash"]
    assert one["mean_case"] == other["mean_case"]
    assert one["result_hash"] != other["result_hash"]


def test_a_risk_that_is_closed_leaves_all_lines_where_they_were() -> None:
    given = rich()
    before = drawn(given, 5_000).npv
    given["risks"] = given["risks"][:1]
    assert drawn(given, 5_000).npv.tobytes() == before.tobytes()


def test_memory_does_not_grow_with_lines_times_draws() -> None:
    """300,000 draws of 40 lines and 10 years as one table would be 96 MB, by years 960 MB."""
    case = read(forty_lines("min_max_triangular"))
    simulate(case, draws=1_000, seed=SEED)
    tracemalloc.start()
    simulate(case, draws=300_000, seed=SEED)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 25_000_000


# --- closed forms ----------------------------------------------------------------------------------------------


def test_a_sum_of_normals_is_normal() -> None:
    points = [(90, 130), (40, 80), (-20, 60), (5, 5.5)]
    lines = [
        a_line(f"l{n}", "benefit", a_range(*p[:1], None, p[1], "range_90_normal"))
        for n, p in enumerate(points)
    ]
    found = distribution(drawn(a_case(*lines)).npv)
    deviations = [(high - low) / 2 / stats.norm.ppf(0.95) for low, high in points]
    exact = stats.norm(sum(map(sum, points)) / 2, np.sqrt(np.square(deviations).sum()))
    assert found.mean == pytest.approx(exact.mean(), abs=4 * exact.std() / np.sqrt(DRAWS))
    assert found.deviation == pytest.approx(exact.std(), rel=0.01)
    for name, share in (("p5", 0.05), ("p10", 0.1), ("p50", 0.5), ("p90", 0.9), ("p95", 0.95)):
        assert getattr(found, name) == pytest.approx(exact.ppf(share), abs=0.02 * exact.std())
    assert found.p_positive == pytest.approx(exact.sf(0), abs=0.005)


def test_triangular_draws_have_the_moments_of_a_triangle() -> None:
    low, mode, high = 3.0, 7.0, 20.0
    values = drawn(a_case(a_line("l", "benefit", a_range(low, mode, high, "min_max_triangular")))).npv
    exact = stats.triang((mode - low) / (high - low), low, high - low)
    mean, variance, skew, _kurtosis = exact.stats("mvsk")
    assert values.mean() == pytest.approx(mean, abs=1e-3)
    assert values.var() == pytest.approx(variance, rel=1e-3)
    assert stats.skew(values) == pytest.approx(skew, abs=1e-2)


def test_a_metalogs_draws_have_its_quantiles() -> None:
    found = distribution(drawn(a_case(a_line("l", "benefit", a_range(20, 30, 55, "p10_p90_metalog")))).npv)
    assert (found.p10, found.p50, found.p90) == pytest.approx((20, 30, 55), abs=0.01)


# --- the reference case ----------------------------------------------------------------------------------------

TABLE = {  # mean, P5, P50, P95, P(NPV>0), costs from P50 to P80 in %
    "min_max_pert": (3782, 479, 3764, 7103, 0.971, 2.7),
    "min_max_triangular": (4783, 959, 4764, 8631, 0.981, 3.0),
    "p10_p90_metalog": (4471, -3285, 4353, 12585, 0.826, 6.4),
    "range_90_lognormal": (5047, -537, 5000, 10776, 0.931, 4.6),
}


@pytest.mark.parametrize("meaning", TABLE)
def test_what_low_and_high_mean_gives_the_five_rows_of_the_table(meaning: str) -> None:
    """Within 1 %: of the mean; quantiles, which are drawn in the table too, within 1 % of P5 to P95."""
    mean, p5, p50, p95, positive, reserve = TABLE[meaning]
    case = read(forty_lines(meaning))
    found = drawn(forty_lines(meaning))
    shown, width = distribution(found.npv), p95 - p5
    exact = mean_case(case)
    assert float(exact.npv_of_likely) == pytest.approx(2781, rel=0.01)
    assert float(exact.npv) == pytest.approx(mean, rel=0.01)
    assert shown.mean == pytest.approx(mean, rel=0.01)
    assert (shown.p5, shown.p50, shown.p95) == pytest.approx((p5, p50, p95), abs=0.01 * width)
    assert shown.p_positive == pytest.approx(positive, abs=0.01)
    share = cost_reserve(case, found).share
    assert share is not None
    assert 100 * share == pytest.approx(reserve, abs=0.1)


@pytest.mark.parametrize(("correlation", "reserve"), [("0", 3.0), ("0.3", 6.9), ("0.6", 9.6)])
def test_costs_that_move_together_need_a_larger_reserve(correlation: str, reserve: float) -> None:
    given = forty_lines("min_max_triangular", cost_correlation=correlation)
    share = cost_reserve(read(given), drawn(given)).share
    assert share is not None
    assert 100 * share == pytest.approx(reserve, abs=0.3)


def test_years_drawn_by_themselves_hide_the_spread() -> None:
    together, apart = (
        distribution(drawn(forty_lines("min_max_triangular", years_independent=one), 16_384).npv)
        for one in (False, True)
    )
    narrower = 1 - (apart.p95 - apart.p5) / (together.p95 - together.p5)
    assert narrower == pytest.approx(0.62, abs=0.03)
    assert apart.mean == pytest.approx(together.mean, rel=0.01)
    assert apart.p_positive > 0.995


# --- another hand ----------------------------------------------------------------------------------------------


def agrees(seed: int, n: int, draws: int) -> None:
    """Mean and quantiles within four standard errors of plain dice, ours reckoned as a hundredth of them."""
    print(f"case {seed}, dice {seed + 1}")
    given = a_random_case(seed)
    theirs, found = oracle.draws(given, n, seed + 1), drawn(given, draws)
    ours = distribution(found.npv)
    scale = float(theirs.std())
    if scale == 0:
        assert ours.mean == pytest.approx(float(theirs.mean()))
        return
    assert ours.mean == pytest.approx(float(mean_case(read(given)).npv), abs=0.004 * scale)
    assert ours.mean == pytest.approx(float(theirs.mean()), abs=(4 / np.sqrt(n) + 0.001) * scale)
    for name, share in (("p5", 0.05), ("p10", 0.1), ("p50", 0.5), ("p90", 0.9), ("p95", 0.95)):
        below = float((theirs <= getattr(ours, name)).mean())
        assert below == pytest.approx(share, abs=4 * np.sqrt(share * (1 - share) / n) + 0.002), name


@pytest.mark.parametrize("seed", [101, 202, 303])
def test_random_cases_agree_with_plain_dice(seed: int) -> None:
    agrees(seed, 100_000, DRAWS)


@pytest.mark.prove
@pytest.mark.parametrize("seed", range(1_000, 1_040))
def test_forty_random_cases_agree_with_a_million_plain_dice(seed: int) -> None:
    agrees(seed, 1_000_000, DRAWS)


@pytest.mark.prove
@pytest.mark.parametrize("meaning", MEANINGS)
def test_the_error_of_65536_draws_is_small(meaning: str) -> None:
    """Over twenty seeds: of P5, P50 and P95 in hundredths of the deviation, of the share above zero in points."""
    case = read(forty_lines(meaning))
    shown = [distribution(simulate(case, draws=DRAWS, seed=seed).npv) for seed in range(20)]
    truth = distribution(simulate(case, draws=1 << 21, seed=99).npv)
    for name, limit in (("p5", 1.2), ("p50", 0.7), ("p95", 1.2)):
        errors = [100 * (getattr(one, name) - getattr(truth, name)) / truth.deviation for one in shown]
        error = float(np.sqrt(np.mean(np.square(errors))))
        print(f"{meaning} {name}: {error:.2f} % of the deviation")
        assert error < limit
