"""The linking test: somebody who has the database at five moments, logs, mails, backups and the roster, and
knows what five people answered, tries to say who gave which of the other ballots.

    DATABASE_URL=sqlite:///… SAMSPIL_VAR=… python -m tests.secrecy.link --rounds 10 [--plant row_order|times|seed]

The linker tries every order of people it can find against every order of ballots, times against times, and
seeded shuffles against the orders on ballots; it takes what fits the five best, and guesses where nothing
fits. With a leak planted the same program finds nearly everybody.
"""

import argparse
import json
import random
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any
from unittest import mock

from tests.secrecy import house

if TYPE_CHECKING:
    from samspil.core.urn.form import Ballot
    from tests.urns import SecretRound

KNOWN = 5
STATEMENTS = [f"q{number}" for number in range(1, 11)]
AT_HALF = house.PEOPLE // 2
LEAKS = ("row_order", "times", "seed")
Answers = tuple[tuple[str, int], ...]
Links = dict[int, Answers]


@dataclass
class Evidence:
    """All that lies about: what is on the disk at five moments, what was logged, and what is published."""

    roster: Sequence[tuple[int, str]]  # elector's number and ref
    moments: list[dict[str, list[tuple[Any, ...]]]] = field(default_factory=list)
    log: list[str] = field(default_factory=list)
    ballots: list[Mapping[str, Any]] = field(default_factory=list)


def linked(evidence: Evidence, known: Mapping[int, Answers], dice: random.Random) -> Links:
    """What the linker says of everybody else."""
    people = [number for number, _ref in evidence.roster]
    open_ = [_answers(one) for one in evidence.ballots]
    tried = [*_by_order(evidence, people, open_), _by_time(evidence), _by_seed(evidence)]
    best = max(tried, key=lambda links: sum(links.get(one) == known[one] for one in known))
    left = [one for one in open_ if one not in known.values()]
    dice.shuffle(left)
    guessed = dict(zip((one for one in people if one not in known), left, strict=True))
    return guessed | {one: found for one, found in best.items() if one not in known}


def _by_order(evidence: Evidence, people: list[int], ballots: list[Answers]) -> Iterator[Links]:
    """The n-th person is the n-th ballot, for each order in which people or ballots stand anywhere."""
    envelopes = next((one for one in reversed(evidence.moments) if one["participation_envelope"]), None)
    rows = envelopes["participation_envelope"] if envelopes else []
    orders = [
        people,
        [number for number, _ref in sorted(evidence.roster, key=lambda one: one[1])],
        [row[0] for row in rows],
        [row[0] for row in sorted(rows, key=lambda row: row[1])],
        _arrivals(evidence),
    ]
    for order in orders:
        for ballots_ in (ballots, ballots[::-1]):
            if len(order) == len(ballots_):
                yield dict(zip(order, ballots_, strict=True))


def _arrivals(evidence: Evidence) -> list[int]:
    """In which order people came, as far as the log or new rows between two looks tell."""
    logged = [int(line.split()[1]) for line in evidence.log if line.startswith("elector ")]
    seen: list[int] = []
    for moment in evidence.moments:
        seen += [row[0] for row in moment["participation_envelope"] if row[0] not in seen]
    return logged or seen


def _by_time(evidence: Evidence) -> Links:
    """A ballot with a time is of whoever was logged at that time."""
    came = {line.split()[2]: int(line.split()[1]) for line in evidence.log if line.startswith("elector ")}
    timed = [one for one in evidence.ballots if "at" in one]
    return {came[one["at"]]: _answers(one) for one in timed if one["at"] in came}


def _by_seed(evidence: Evidence) -> Links:
    """A ballot whose statements stand as a shuffle from somebody's number would have put them."""
    links: Links = {}
    for number, _ref in evidence.roster:
        for ballot in evidence.ballots:
            if "order" in ballot and list(ballot["order"]) == seeded_order(number, sorted(ballot["order"])):
                links[number] = _answers(ballot)
    return links


def seeded_order(number: int, keys: Sequence[str]) -> list[str]:
    """An order that can be drawn again by whoever knows the number: the mistake that is planted."""
    return random.Random(number).sample(list(keys), len(keys))


def _answers(ballot: Mapping[str, Any]) -> Answers:
    return tuple(sorted(ballot["answers"].items()))


# --- the leaks that are planted --------------------------------------------------------------------------------


@dataclass
class Planted:
    """What a careless house would keep beside the opened ballots, and in its log."""

    kind: str = ""
    log: list[str] = field(default_factory=list)
    beside: dict[Answers, dict[str, Any]] = field(default_factory=dict)

    def patches(self) -> list[Any]:
        if self.kind != "row_order":
            return []
        keep = "samspil.core.urn.counting.sorted"  # opened ballots stay in the order of the urn
        urn = "samspil.participation.urn.closing.in_order"  # and the urn in that of the roster
        return [
            mock.patch(keep, list, create=True),
            mock.patch(urn, list),
            mock.patch(f"{ROWS}.order_by", _rows),
        ]

    def ballot_of(self, number: int, came: int, ballot: "Ballot") -> "Ballot":
        from dataclasses import replace

        beside: dict[str, Any] = {}
        if self.kind == "times":
            beside["at"] = f"10:{came // 60:02}:{came % 60:02}"
            self.log.append(f"elector {number} {beside['at']}")
        if self.kind == "seed":
            beside["order"] = seeded_order(number, sorted(ballot.order))
            ballot = replace(ballot, order=tuple(beside["order"]))
        self.beside[tuple(sorted(ballot.answers.items()))] = beside
        return ballot


ROWS = "django.db.models.query.QuerySet"


def _rows(query: Any, *fields: str) -> Any:
    """In a careless house the sealed ballots are read as they lie."""
    from django.db.models.query import QuerySet

    kept = ("pk",) if fields == ("sha256", "copy") else fields
    clone = query._chain()
    clone.query.clear_ordering(force=True, clear_default=False)
    clone.query.add_ordering(*kept)
    assert isinstance(clone, QuerySet)
    return clone


# --- one round ---------------------------------------------------------------------------------------------------


def one_round(round_: "SecretRound", base: Any, dice: random.Random, kind: str) -> tuple[int, int]:
    """Of how many people the linker said anything, and of how many it was right."""
    from samspil.participation.urn import casting

    base.put_back()
    planted, electors = Planted(kind), round_.electors
    ballots = house.distinct_ballots(dice, STATEMENTS)
    arrivals = dice.sample(range(len(electors)), len(electors))
    evidence = Evidence([(one.pk, one.ref) for one in electors], log=planted.log)
    truth: dict[int, Answers] = {}
    evidence.moments.append(_look(base.path))
    with ExitStack() as patches:
        for patch in planted.patches():
            patches.enter_context(patch)
        for came, place in enumerate(arrivals):
            elector = electors[place]
            ballot = planted.ballot_of(elector.pk, came, ballots[place])
            truth[elector.pk] = tuple(sorted(ballot.answers.items()))
            casting.cast(round_.entrance(elector), casting.seal(ballot, round_.urn))
            if came in (AT_HALF, len(electors) - 1):
                evidence.moments.append(_look(base.path))
        round_.close()
        evidence.moments.append(_look(base.path))
        round_.open_urn()
        evidence.moments.append(_look(base.path))
    result = json.loads(bytes(round_.urn.result.data))  # type: ignore[union-attr]
    evidence.ballots = [one | planted.beside.get(_answers(one), {}) for one in result["ballots"]]
    known = {number: truth[number] for number in dice.sample(sorted(truth), KNOWN)}
    said = linked(evidence, known, dice)
    others = [number for number in truth if number not in known]
    return len(others), sum(said.get(number) == truth[number] for number in others)


def _look(path: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of the urn's tables as somebody reads them who has copied the files."""
    with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as file:
        ask: Callable[[str], list[tuple[Any, ...]]] = lambda sql: list(file.execute(sql))  # noqa: E731
        return {
            "participation_envelope": ask(
                "SELECT elector_id, sha256 FROM participation_envelope ORDER BY rowid"
            ),
            "participation_sealedballot": ask(
                "SELECT id, sha256 FROM participation_sealedballot ORDER BY rowid"
            ),
        }


def links(rounds: int, seed: int, kinds: Sequence[str]) -> dict[str, Any]:
    """For each leak that is planted, and for none: how many links the linker named, and how many are right."""
    from samspil.organisation.scope import scope

    with house.statements(len(STATEMENTS)):
        round_ = house.opened_round()
        base = house.database()
        base.keep()
        with scope(round_.cast.organisation):
            return {kind: _share(round_, base, rounds, seed, kind) for kind in kinds}


def _share(round_: "SecretRound", base: Any, rounds: int, seed: int, kind: str) -> dict[str, Any]:
    dice = random.Random(seed)
    found = [one_round(round_, base, dice, kind) for _one in range(rounds)]
    said, right = (sum(column) for column in zip(*found, strict=True))
    return {"rounds": rounds, "seed": seed, "said": said, "right": right, "share": right / said}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=10)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--plant", choices=["", *LEAKS, "all"], default="")
    wanted = parser.parse_args()
    house.set_up()
    kinds = ["", *LEAKS] if wanted.plant == "all" else [wanted.plant]
    print(json.dumps(links(wanted.rounds, wanted.seed, kinds)))


if __name__ == "__main__":
    main()
