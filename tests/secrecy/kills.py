"""Signal 9 at every statement of the way from a closed round to a destroyed urn; whoever comes next goes on.

    DATABASE_URL=… SAMSPIL_VAR=… python -m tests.secrecy.kills [--every 1]

Each try begins with the same open round in which ten people have answered, two of them alike. A child takes all
steps and is killed at the n-th statement; a second child finds what is there and takes the steps once more, the
holders with their keys in hand. Then everything is there and nothing twice.
"""

import argparse
import json
import os
import signal
from collections import Counter
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from tests.secrecy import house

if TYPE_CHECKING:
    from tests.urns import SecretRound

VALUES = [(1, 1, 1, 1)] * 2 + [(1, -1, 0, 1)] * 3 + [(-1, 0, 1, -1)] * 5
TEXTS = ["Aftenerne", "Nætterne"]


def go_all_the_way(round_: "SecretRound") -> None:
    """Every step that is still to be taken, from wherever the urn stands."""
    from samspil.participation.models import Round
    from samspil.participation.urn import actions, closing
    from samspil.participation.urn.models import Urn

    if Round.objects.get(pk=round_.round.pk).state == Round.State.OPEN:
        round_.close()
    closing.carry_on(round_.round, round_.at)
    if round_.urn.state == Urn.State.EXPORTED:
        for who in ("vice_chair", "secretary", "steward"):
            if round_.urn.state == Urn.State.EXPORTED and not _has_begun(round_, who):
                round_.hand_in(actions.open_urn, who)
    if round_.urn.state == Urn.State.OPENED:
        for who in ("steward", "secretary"):
            sha256 = round_.urn.result_sha256
            actions.confirm_recount(urn=round_.urn, sha256=sha256, **round_.by(who))
        actions.destroy_urn(urn=round_.urn, **round_.by("steward"))
    closing.tick(round_.cast.organisation, round_.at)


def _has_begun(round_: "SecretRound", who: str) -> bool:
    from tests.urns import HOLDERS

    return round_.urn.begun_by == HOLDERS.index(who)


def in_a_child(do: Callable[[], object]) -> int:
    """Do it in a child process; how it ended."""
    from django.db import connection

    connection.close()
    child = os.fork()
    if child == 0:
        status = 1
        try:
            do()
            status = 0
        finally:
            connection.close()
            os._exit(status)
    return os.waitpid(child, 0)[1]


def killed_at(round_: "SecretRound", number: int) -> bool:
    """Whether the way was long enough to be killed at this statement."""

    def die() -> None:
        from django.db import connection

        seen = 0

        def fatal(execute: Callable[..., Any], *arguments: Any) -> Any:
            nonlocal seen
            seen += 1
            if seen == number:
                os.kill(os.getpid(), signal.SIGKILL)
            return execute(*arguments)

        with connection.execute_wrapper(fatal):
            go_all_the_way(round_)

    return in_a_child(die) == signal.SIGKILL


def what_is_there(round_: "SecretRound") -> dict[str, Any]:
    """All that must be the same whatever happened on the way."""
    from samspil.organisation import journal
    from samspil.organisation.models import JournalRow
    from samspil.participation.urn.models import Envelope, OpenedText, SealedBallot
    from samspil.participation.urn.results import results_of

    urn, found = round_.urn, results_of(round_.round)
    verbs = Counter(
        verb for verb in JournalRow.objects.values_list("verb", flat=True) if verb not in ASKED_AGAIN
    )
    return {
        "state": urn.state,
        "cast": urn.cast,
        "total": {key: vars(count) for key, count in found.total.items()} if found else None,
        "sha256": urn.result_sha256,
        "receipts": bytes(urn.receipts.data).decode() if urn.receipts else "",
        "texts": list(OpenedText.objects.order_by("pk").values_list("text", flat=True)),
        "envelopes": Envelope.objects.count() + SealedBallot.objects.count(),
        "to_rewrite": urn.to_rewrite,
        "verbs": dict(sorted(verbs.items())),
        "faults": [fault.sentence for fault in journal.verify(round_.cast.organisation)],
    }


ASKED_AGAIN = ("participation.urn_recounted",)  # a holder may say the same twice


def kills(every: int, seed: int) -> dict[str, Any]:
    from samspil.organisation.scope import scope
    from samspil.participation.urn import casting
    from tests.urns import ballot_of

    with house.statements():
        round_ = house.opened_round(longest_text=200)
        with scope(round_.cast.organisation):
            sealed = house.envelopes(round_, [ballot_of(*one, text=t) for one, t in _answers()])
            sealed[1] = sealed[0]  # two equal envelopes
            for elector, envelope in zip(round_.electors, sealed, strict=False):
                casting.cast(round_.entrance(elector), envelope)
            base = house.database()
            base.keep()
            go_all_the_way(round_)
            expected, killed, different = what_is_there(round_), 0, []
            number = 1 + seed % every
            while True:
                base.put_back()
                if not killed_at(round_, number):
                    break
                killed += 1
                in_a_child(lambda: go_all_the_way(round_))
                found = what_is_there(round_)
                different += [] if found == expected else [{"at": number, "found": found}]
                number += every
    return {
        "kills": killed,
        "different": different[:2],
        "number_different": len(different),
        "expected": expected,
    }


def _answers() -> list[tuple[tuple[int, ...], str]]:
    texts = [*TEXTS, *[""] * (len(VALUES) - len(TEXTS))]
    return list(zip(VALUES, texts, strict=True))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--seed", type=int, default=0)
    wanted = parser.parse_args()
    house.set_up()
    print(json.dumps(kills(wanted.every, wanted.seed)))


if __name__ == "__main__":
    main()
