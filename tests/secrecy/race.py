"""Sixteen send one person's ballot at once: one lies in the urn, and nobody hears of a fault of the house.

DATABASE_URL=… SAMSPIL_VAR=… python -m tests.secrecy.race [--people 4]
"""

import argparse
import json
import threading
from collections import Counter
from typing import Any

from tests.secrecy import house

AT_ONCE = 16


def race(people: int) -> dict[str, Any]:
    from django.db import connection
    from django.test import Client

    from samspil.organisation.scope import scope
    from samspil.participation.urn.models import Envelope

    answered: Counter[int] = Counter()
    with house.statements():
        round_ = house.opened_round()
        with scope(round_.cast.organisation):
            code = round_.round.code
            who = [name for name in round_.cast.people if name != "guest"][:people]
            clients = []
            for name in who:
                client = Client(raise_request_exception=False)
                client.force_login(
                    round_.cast.account(name), backend="django.contrib.auth.backends.ModelBackend"
                )
                clients.append(client.cookies)
        for cookies in clients:
            start = threading.Barrier(AT_ONCE)

            def send(number: int, cookies: Any = cookies, start: threading.Barrier = start) -> None:
                mine = Client(raise_request_exception=False)
                mine.cookies = cookies.copy()
                start.wait()
                form = {f"answer-q{one}": str((number + one) % 3 - 1) for one in range(1, 5)}
                sent = {"order": "q1 q2 q3 q4", "sealed": "", **form}
                answered[mine.post(f"/p/{code}/ballot/", sent).status_code] += 1
                connection.close()

            threads = [threading.Thread(target=send, args=(number,)) for number in range(AT_ONCE)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
        with scope(round_.cast.organisation):
            envelopes = Envelope.objects.count()
    return {"answered": {str(status): n for status, n in answered.items()}, "envelopes": envelopes}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=4)
    wanted = parser.parse_args()
    house.set_up()
    print(json.dumps(race(wanted.people)))


if __name__ == "__main__":
    main()
