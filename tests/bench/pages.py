"""`make bench-pages`: how long pages take with 500 initiatives and 40,000 people, in one process on SQLite.

Builds the house in a folder of its own, serves it with one granian process, asks for each page 200 times over
loopback after 20 warm-up requests, and prints median and p95. Then counts queries at 50 and at 500 initiatives.
Exits with 1 when a p95 is above 200 ms or a count grows.
"""

import http.client
import socket
import statistics
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path

from tests.bench.ground import machine, own_ground

INITIATIVES = 500
PEOPLE = 40_000
REQUESTS = 200
WARM_UP = 20
LIMIT_MS = 200.0


def main() -> int:
    with own_ground("bench"):
        return _measure()


def _measure() -> int:
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    house = House()
    house.people(PEOPLE)
    house.initiatives(50)
    few = house.query_counts()
    house.initiatives(INITIATIVES - 50)
    many = house.query_counts()
    print(f"{machine()}, n = {REQUESTS} each")
    print(f"{INITIATIVES} initiatives, {PEOPLE} people, SQLite, one process, client on the same machine\n")
    slow = _ask_all(house, many)
    grown = {page for page in few if many[page] > few[page]}
    print("\nqueries at 50 and 500 initiatives:")
    for page in few:
        print(f"  {page:<12} {few[page]:>3} {many[page]:>3}{'   GROWS' if page in grown else ''}")
    return 1 if slow or grown else 0


def _ask_all(house: "House", counts: dict[str, int]) -> list[str]:
    slow = []
    print(f"{'page':<12} {'median ms':>10} {'p95 ms':>10} {'queries':>8}")
    with served() as port:
        for page, path in house.pages().items():
            times = _ask(port, path, house.session)
            p95 = statistics.quantiles(times, n=100)[94]
            print(f"{page:<12} {statistics.median(times):>10.1f} {p95:>10.1f} {counts[page]:>8}")
            if p95 > LIMIT_MS:
                slow.append(page)
    return slow


def _ask(port: int, path: str, session: str) -> list[float]:
    connection = http.client.HTTPConnection("127.0.0.1", port)
    times = []
    for number in range(WARM_UP + REQUESTS):
        start = time.perf_counter()
        connection.request("GET", path, headers={"Cookie": f"sessionid={session}", "Accept-Language": "da"})
        answer = connection.getresponse()
        answer.read()
        if answer.status != 200:
            raise SystemExit(f"{path} answered {answer.status}")
        if number >= WARM_UP:
            times.append((time.perf_counter() - start) * 1000)
    return times


class served:
    """One granian process for as long as it is needed; gives its port."""

    def __enter__(self) -> int:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = int(free.getsockname()[1])
        granian = Path(sys.executable).parent / "granian"
        command = [
            granian,
            "--interface",
            "wsgi",
            "--workers",
            "1",
            "--port",
            str(port),
            "samspil.web.wsgi:application",
        ]
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for _attempt in range(200):
            try:
                socket.create_connection(("127.0.0.1", port), 0.2).close()
                return port
            except OSError:
                time.sleep(0.1)
        raise SystemExit("The server did not start.")

    def __exit__(self, *_trouble: object) -> None:
        self.process.terminate()
        self.process.wait()


class House:
    """Fjordby, grown large."""

    def __init__(self) -> None:
        from samspil.kit import clock
        from samspil.organisation.content import load_house
        from tests.cast import gather

        self.at = clock.now()
        load_house(self.at)
        self.cast = gather("fjordby", "MED", self.at)
        self.session = self._sign_in("lead")
        self.made = 0

    def _sign_in(self, who: str) -> str:
        from django.test import Client

        client = Client()
        client.force_login(self.cast.account(who), backend="django.contrib.auth.backends.ModelBackend")
        return str(client.cookies["sessionid"].value)

    def people(self, number: int) -> None:
        from samspil.organisation.models import Person
        from samspil.organisation.scope import scope

        with scope(self.cast.organisation):
            Person.objects.bulk_create(
                [
                    Person(
                        organisation=self.cast.organisation,
                        given_name=f"Prøve{n % 197}",
                        family_name=f"Person{n}",
                        unit=self.cast.units["workplace"],
                    )
                    for n in range(number)
                ],
                batch_size=5000,
            )

    def initiatives(self, number: int) -> None:
        from samspil.dialogue import actions as dialogue
        from samspil.initiative import actions
        from samspil.organisation.scope import scope

        lead = self.cast.viewer("lead")
        with scope(self.cast.organisation):
            if not self.made:
                committee = self.cast.committees["local"]
                day = lead.today + timedelta(days=60)
                dialogue.plan_meeting(
                    committee=committee, on=day, by=self.cast.viewer("secretary"), at=self.at
                )
            for _one in range(number):
                self.made += 1
                need = actions.raise_need(
                    problem=f"Behov {self.made}",
                    for_whom="Hjemmeplejen",
                    if_nothing="Det bliver ved",
                    by=lead,
                    at=self.at,
                )
                initiative = actions.start_initiative(
                    needs=[need],
                    units=[self.cast.units["workplace"]],
                    owner=self.cast.people["owner"],
                    by=lead,
                    at=self.at,
                )
                on = lead.today + timedelta(days=90)
                actions.plan_step(initiative=initiative, kind="contract", on=on, by=lead, at=self.at)
                item = dialogue.request_item(initiative=initiative, by=lead, at=self.at)
        self.initiative_ref, self.item_ref = initiative.ref, item.ref

    def pages(self) -> dict[str, str]:
        start = f"/{self.cast.organisation.slug}"
        return {
            "list": f"{start}/initiatives/",
            "initiative": f"{start}/initiatives/{self.initiative_ref}/",
            "item": f"{start}/items/{self.item_ref}/",
            "needs": f"{start}/needs/",
        }

    def query_counts(self) -> dict[str, int]:
        from django.db import connection
        from django.test import Client
        from django.test.utils import CaptureQueriesContext

        client = Client()
        client.cookies["sessionid"] = self.session
        counts = {}
        for page, path in self.pages().items():
            client.get(path)
            with CaptureQueriesContext(connection) as queries:
                client.get(path)
            counts[page] = len(queries)
        return counts


if __name__ == "__main__":
    raise SystemExit(main())
