"""A backup of an open secret round is put back: no ballot is in it, and the round says so.

DATABASE_URL=… SAMSPIL_VAR=… python -m tests.secrecy.restore FILE
"""

import argparse
import json
from io import StringIO
from typing import Any

from tests.secrecy import house


def restored(file: str) -> dict[str, Any]:
    from django.core.management import call_command

    from samspil.organisation.scope import scope
    from samspil.participation.urn.models import Envelope
    from samspil.participation.urn.results import results_of
    from tests.urns import answered, ballot_of

    with house.statements():
        round_ = house.opened_round()
        with scope(round_.cast.organisation):
            answered(round_, [ballot_of(1, 1, 1, 1)] * 7)
            cast = Envelope.objects.count()
        call_command("backup", file, stdout=StringIO())
        said = StringIO()
        call_command("restore", file, "--json", stdout=said)
        with scope(round_.cast.organisation):
            left, emptied = Envelope.objects.count(), round_.urn.emptied_at is not None
            answered(round_, [ballot_of(-1, 1, 1, 1)] * 6)
            round_.close()
            round_.open_urn()
            found = results_of(round_.round)
    assert found
    return {
        "cast": cast,
        "left": left,
        "emptied": emptied,
        "told": json.loads(said.getvalue())["emptied_urns"],
        "cast_again": found.total["q1"].disagree,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file")
    house.set_up()
    print(json.dumps(restored(parser.parse_args().file)))


if __name__ == "__main__":
    main()
