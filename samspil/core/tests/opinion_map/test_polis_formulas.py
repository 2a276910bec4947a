"""The compatible figures against goldens computed number by number, slowly, from the written formulas alone.

`python -m samspil.core.tests.opinion_map.test_polis_formulas` writes the goldens anew.
"""

import json
from math import sqrt
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from samspil.core.opinion_map import polis_formulas as polis
from samspil.core.opinion_map.axes import Centred, axes_of
from samspil.core.opinion_map.statements import group_counts

from .made import real, rows_in, stored_groups

GOLDENS = Path(__file__).parent / "goldens"
NAMES = ("biodiversity", "brexit", "vtaiwan")
NUMBERS = ("pa", "pd", "pat", "pdt", "ra", "rd", "rat", "rdt")
EVERY = 12  # of the many numbers every twelfth statement's are kept


# --- slowly, one number at a time ---------------------------------------------------------------------------


def counted(name: str) -> tuple[dict[int, list[int]], dict[int, dict[int, list[int]]]]:
    """(disagree, pass, agree) of each statement: of all people, and of each stored group."""
    conversation, group_of = real(name), dict(stored_groups(name))
    statements = conversation.votes.statements.tolist()
    everybody = {statement: [0, 0, 0] for statement in statements}
    groups = {
        group: {statement: [0, 0, 0] for statement in statements} for group in sorted(set(group_of.values()))
    }
    for person, statement, value in rows_in(conversation.votes):
        everybody[statement][value + 1] += 1
        if person in group_of:
            groups[group_of[person]][statement][value + 1] += 1
    return everybody, groups


def numbers(mine: list[int], theirs: list[int]) -> dict[str, float]:
    s, s_ = sum(mine), sum(theirs)
    told = {}
    for letter, x, x_ in (("a", mine[2], theirs[2]), ("d", mine[0], theirs[0])):
        p = (x + 1) / (s + 2)
        q = (x + x_ + 2) / (s + s_ + 2)
        a, b = (x + 1) / (s + 1), (x_ + 1) / (s_ + 1)
        told |= {
            f"p{letter}": p,
            f"p{letter}t": 2 * sqrt(s + 1) * ((x + 1) / (s + 1) - 0.5),
            f"r{letter}": p / ((x_ + 1) / (s_ + 2)),
            f"r{letter}t": 0.0 if q == 1 else (a - b) / sqrt(q * (1 - q) * (1 / (s + 1) + 1 / (s_ + 1))),
        }
    return told


def chosen(of: dict[int, dict[str, float]]) -> list[list[Any]]:
    """The representative statements of one group."""
    best, passing = None, []
    for statement, n in of.items():
        by_agreeing = n["rat"] > 1.2816 and n["pat"] > 1.2816
        by_disagreeing = n["rdt"] > 1.2816 and n["pdt"] > 1.2816
        if by_agreeing or by_disagreeing:
            letter = "a" if n["rat"] > n["rdt"] else "d"
            product = n[f"r{letter}"] * n[f"r{letter}t"] * n[f"p{letter}"] * n[f"p{letter}t"]
            passing.append((product, [statement, "agree" if letter == "a" else "disagree"]))
        if best is None:
            if n["pat"] > 1.2816 or (n["ra"] > 1 and n["pa"] > 0.5):
                best = statement
        elif of[best]["ra"] > 1:
            if n["ra"] * n["rat"] * n["pa"] * n["pat"] > (
                of[best]["ra"] * of[best]["rat"] * of[best]["pa"] * of[best]["pat"]
            ):
                best = statement
        elif n["pa"] * n["pat"] > of[best]["pa"] * of[best]["pat"]:
            best = statement
    ranked = [one for _product, one in sorted(passing, key=lambda each: -each[0])]
    first = [] if best is None else [[best, "agree"]]
    five = (first + [one for one in ranked if one not in first])[:5]
    if not five:
        surest = max(of, key=lambda statement: max(of[statement]["rat"], of[statement]["rdt"]))
        five = [[surest, "agree" if of[surest]["rat"] > of[surest]["rdt"] else "disagree"]]
    return [one for one in five if one[1] == "agree"] + [one for one in five if one[1] == "disagree"]


def agreed_by_all(everybody: dict[int, list[int]], way: int) -> list[int]:
    passing = []
    for statement, counts in everybody.items():
        seen = sum(counts)
        p, t = (counts[way] + 1) / (seen + 2), 2 * sqrt(seen + 1) * ((counts[way] + 1) / (seen + 1) - 0.5)
        if p > 0.5 and t > 1.2816:
            passing.append((p * t, statement))
    return [statement for _product, statement in sorted(passing, key=lambda one: -one[0])[:5]]


def slowly(name: str) -> dict[str, Any]:
    """All figures of a conversation, as they are written in the formulas."""
    everybody, groups = counted(name)
    told: dict[int, dict[int, dict[str, float]]] = {}
    for group, counts in groups.items():
        others = [g for g in groups if g != group]
        told[group] = {
            statement: numbers(mine, [sum(groups[g][statement][way] for g in others) for way in range(3)])
            for statement, mine in counts.items()
        }
    out = real(name).moderated
    in_it = [statement for statement in everybody if statement not in out]
    gic = {}
    for statement in everybody:
        product = 1.0
        for counts in groups.values():
            product *= (counts[statement][2] + 1) / (sum(counts[statement]) + 2)
        gic[statement] = product
    kept = list(everybody)[::EVERY]
    return {
        "counts": {str(g): [counts[s] for s in everybody] for g, counts in groups.items()},
        "numbers": {str(g): {str(s): [of[s][n] for n in NUMBERS] for s in kept} for g, of in told.items()},
        "consensus_of_groups": {str(s): gic[s] for s in kept},
        "priority": {
            str(s): prior(everybody[s], 0.1 * (at % 7)) for at, s in enumerate(everybody) if s in kept
        },
        "representative": {str(g): chosen({s: of[s] for s in in_it}) for g, of in told.items()},
        "agree": agreed_by_all({s: everybody[s] for s in in_it}, 2),
        "disagree": agreed_by_all({s: everybody[s] for s in in_it}, 0),
    }


def prior(counts: list[int], extreme: float) -> float:
    seen = sum(counts)
    p, a = (counts[1] + 1) / (seen + 2), (counts[2] + 1) / (seen + 2)
    return ((1 - p) * (1 + extreme) * a * (1 + 8 * 2 ** (-seen / 5))) ** 2


# --- and what the house computes ----------------------------------------------------------------------------


@pytest.fixture(params=NAMES)
def golden(request: pytest.FixtureRequest) -> dict[str, Any]:
    told = json.loads((GOLDENS / f"{request.param}.json").read_text())
    conversation, stored = real(request.param), dict(stored_groups(request.param))
    group_of = np.array([stored.get(person, -1) + 1 for person in conversation.votes.participants.tolist()])
    k = int(group_of.max())
    votes = conversation.votes
    return told | {
        "votes": votes,
        "keys": votes.statements.tolist(),
        "active": votes.active(conversation.moderated),
        "groups": group_counts(votes, group_of, k),
    }


def test_counts_are_exact(golden: dict[str, Any]) -> None:
    assert [golden["groups"][int(g)].tolist() for g in golden["counts"]] == list(golden["counts"].values())


def test_probabilities_ratios_and_their_tests(golden: dict[str, Any]) -> None:
    found = polis.repness(golden["groups"])
    for group, of in golden["numbers"].items():
        for statement, wanted in of.items():
            at = int(group), golden["keys"].index(int(statement))
            told = [float(getattr(found, name)[at]) for name in NUMBERS]
            for name, mine, theirs in zip(NUMBERS, told, wanted, strict=True):
                assert mine == pytest.approx(theirs, abs=1e-9 if name.endswith("t") else 1e-12)


def test_representative_statements_are_the_same(golden: dict[str, Any]) -> None:
    found = polis.representative(polis.repness(golden["groups"]), golden["active"])
    for group, wanted in golden["representative"].items():
        told = [[golden["keys"][place], way] for place, way in found[int(group)]]
        assert told == wanted


def test_consensus_is_the_same(golden: dict[str, Any]) -> None:
    found = polis.consensus(golden["votes"].counts(), golden["active"])
    for way in ("agree", "disagree"):
        assert [golden["keys"][place] for place in found[way]] == golden[way]


def test_group_informed_consensus_and_priority(golden: dict[str, Any]) -> None:
    agree, disagree = polis.group_informed_consensus(golden["groups"])
    extreme = 0.1 * (np.arange(len(golden["keys"])) % 7)
    priority = polis.priority(golden["votes"].counts(), extreme)
    for statement, wanted in golden["consensus_of_groups"].items():
        assert agree[golden["keys"].index(int(statement))] == pytest.approx(wanted, abs=1e-12)
    for statement, wanted in golden["priority"].items():
        assert priority[golden["keys"].index(int(statement))] == pytest.approx(wanted, rel=1e-9)
    mirrored, _agree = polis.group_informed_consensus(golden["groups"][:, :, ::-1])
    assert mirrored == pytest.approx(disagree)


def test_the_slow_figures_are_still_the_goldens(
    golden: dict[str, Any], request: pytest.FixtureRequest
) -> None:
    name = request.node.callspec.params["golden"]
    told = json.loads((GOLDENS / f"{name}.json").read_text())
    assert json.loads(json.dumps(slowly(name))) == told


def test_meta_statements_have_a_priority_of_their_own() -> None:
    counts = np.array([[1, 2, 3], [1, 2, 3]])
    assert polis.priority(counts, np.zeros(2), np.array([False, True])).tolist()[1] == 49


def test_extremity_is_how_far_out_agreeing_alone_would_put_a_person() -> None:
    conversation = real("brexit")
    active = conversation.votes.active([])
    axes = axes_of(Centred(conversation.votes, active))
    found = polis.extremity(axes, active)
    wanted = [
        sqrt(50) * (1 - axes.means[j]) * sqrt(axes.loadings[j, 0] ** 2 + axes.loadings[j, 1] ** 2)
        for j in range(50)
    ]
    assert found == pytest.approx(wanted)


def test_where_nobody_passes_the_surest_statement_stands_for_a_group() -> None:
    groups = np.array([[[5, 0, 4], [4, 0, 5]], [[5, 0, 5], [5, 0, 5]]])
    assert [len(each) for each in polis.representative(polis.repness(groups))] == [1, 1]


if __name__ == "__main__":
    GOLDENS.mkdir(exist_ok=True)
    for each in NAMES:
        (GOLDENS / f"{each}.json").write_text(json.dumps(slowly(each), separators=(",", ":")) + "\n")
