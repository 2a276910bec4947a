"""`make bench-import`: how long a list of 9,000 people takes from the file to the organisation, on SQLite.

Builds a house in a folder of its own and does, through the pages, what an administrator does: brings the list,
looks at it, takes it over, and brings it once more. Prints each time, the machine and n; exits with 1 when
bringing, looking and taking over together need more than ten seconds.
"""

import os
import re
import statistics
import time
from typing import Any

from tests.bench.ground import machine, own_ground

PEOPLE = 9_000
ROUNDS = 3
LIMIT = 10.0


def main() -> int:
    with own_ground("bench"):
        return _measure()


def _measure() -> int:
    import django

    django.setup()
    from django.core.management import call_command

    from samspil.kit import clock
    from samspil.organisation.content import load_house
    from tests.lists import town

    call_command("migrate", verbosity=0)
    load_house(clock.now())
    data = {"xlsx": town.as_xlsx(town.town(PEOPLE)), "json": town.as_json(town.town(PEOPLE))}
    busy = f"{os.getloadavg()[0]:.1f} processes want them"
    print(f"{machine()}, {busy}, n = {ROUNDS} each")
    worst = 0.0
    for ending, bytes_ in data.items():
        rounds = [_round(f"by{ending}{number}", ending, bytes_) for number in range(ROUNDS)]
        print(
            f"\n{ending}, {PEOPLE} people, {len(bytes_) / 1e6:.1f} MB: seconds, median (longest), of which work"
        )
        for step in rounds[0][0]:
            times, work = ([one[which][step] for one in rounds] for which in (0, 1))
            median = statistics.median
            print(f"  {step:<24} {median(times):6.2f} ({max(times):.2f}) {median(work):6.2f}")
        worst = max(worst, *(sum(list(times.values())[:3]) for times, _work in rounds))
    print(f"\nfrom the file to the organisation, at worst: {worst:.2f} s (limit {LIMIT:.0f} s)")
    return 1 if worst > LIMIT else 0


def _round(slug: str, ending: str, data: bytes) -> tuple[dict[str, float], dict[str, float]]:
    from django.core.files.uploadedfile import SimpleUploadedFile
    from django.test import Client

    from samspil.kit import clock
    from tests.cast import gather

    cast = gather(slug, "MED", clock.now())
    client = Client()
    client.force_login(cast.account("administrator"), backend="django.contrib.auth.backends.ModelBackend")
    times: dict[str, float] = {}
    work: dict[str, float] = {}

    def timed(step: str, path: str, form: dict[str, Any] | None = None) -> Any:
        start, worked = time.perf_counter(), time.process_time()
        answer = client.post(path, form) if form is not None else client.get(path)
        times[step] = time.perf_counter() - start
        work[step] = time.process_time() - worked
        if answer.status_code not in (200, 302):
            raise SystemExit(f"{path} answered {answer.status_code}")
        return answer

    for again in ("", " again"):
        file = SimpleUploadedFile(f"by.{ending}", data)
        there = timed(f"bring{again}", f"/{slug}/organisation/lists/", {"files": [file]})["Location"]
        page = timed(f"look{again}", there).content.decode()
        if not again:
            seen = re.findall(r'name="seen" value="([0-9a-f]{64})"', page)
            timed("take over", f"{there}take-over/", {"seen": seen[0]})
    return times, work


if __name__ == "__main__":
    raise SystemExit(main())
