"""The swap test: who answered what is exchanged among forty people, and who came when; the bytes stay the same.

    DATABASE_URL=… SAMSPIL_VAR=… python -m tests.secrecy.swap --pairs 10 [--leak]

Each pair is the first run and another one. Looked at after closing (`exported`), after opening and after the
envelopes are destroyed. Nothing is left out but what `house.PostgreSQL.RANDOM` names. `--leak` plants what the
test must find: ballots kept in the order of the roster.
"""

import argparse
import hashlib
import json
import random
from contextlib import nullcontext
from typing import TYPE_CHECKING, Any
from unittest import mock

from tests.secrecy import house

if TYPE_CHECKING:
    from tests.urns import SecretRound

MOMENTS = ("exported", "opened", "destroyed")


def one_run(
    round_: "SecretRound", sealed: list[bytes], dice: random.Random | None, base: Any, every: bool
) -> dict[str, str]:
    """Everybody answers, some of them twice; then the urn goes all its way. The hashes of what is there."""
    from samspil.participation.urn import actions, casting, closing

    base.put_back()
    electors, envelopes = round_.electors, list(sealed)
    arrivals = list(range(len(electors)))
    if dice:
        dice.shuffle(envelopes)
        dice.shuffle(arrivals)
    images = {}
    with house.loaded_dice():
        for first in arrivals[:5]:
            casting.cast(round_.entrance(electors[first]), envelopes[first - 1])
        for number in arrivals:
            casting.cast(round_.entrance(electors[number]), envelopes[number])
        round_.close()
        if every:
            images["exported"] = _hash(base.image())
        round_.open_urn()
        if every:
            images["opened"] = _hash(base.image())
        for who in ("steward", "secretary"):
            does = round_.by(who)
            actions.confirm_recount(urn=round_.urn, sha256=round_.urn.result_sha256, **does)
        actions.destroy_urn(urn=round_.urn, **round_.by("steward"))
        closing.rewrite(round_.round)
        images["destroyed"] = _hash(base.image())
    return images


def swapped(pairs: int, seed: int, every: int) -> dict[str, Any]:
    from samspil.organisation.scope import scope
    from tests.urns import ballot_of

    dice = random.Random(seed)
    with house.statements():
        with house.loaded_dice():
            round_ = house.opened_round()
        base = house.database()
        base.keep()
        with scope(round_.cast.organisation):
            values = [[dice.choice((-1, 0, 1)) for _key in range(4)] for _one in range(house.PEOPLE)]
            sealed = house.envelopes(round_, [ballot_of(*one) for one in values])
            # looking writes to the file's own header, so a run is held against one that was looked at as often
            first = {every_: one_run(round_, sealed, None, base, every_) for every_ in (True, False)}
            different: dict[str, int] = dict.fromkeys(MOMENTS, 0)
            looked = dict(different)
            for number in range(pairs):
                often = number % every == 0
                for moment, image in one_run(round_, sealed, dice, base, often).items():
                    looked[moment] += 1
                    different[moment] += image != first[often][moment]
    return {"pairs": pairs, "seed": seed, "looked_at": looked, "different": different}


def leak() -> Any:
    """Rows are kept in the order of the roster instead of that of their hashes."""
    return mock.patch("samspil.participation.urn.closing.in_order", list)


def _hash(image: bytes) -> str:
    return hashlib.sha256(image).hexdigest()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pairs", type=int, default=10)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--every", type=int, default=1, help="look before destruction in every n-th pair only"
    )
    parser.add_argument("--leak", action="store_true")
    wanted = parser.parse_args()
    house.set_up()
    with leak() if wanted.leak else nullcontext():
        print(json.dumps(swapped(wanted.pairs, wanted.seed, wanted.every)))


if __name__ == "__main__":
    main()
