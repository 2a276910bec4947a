"""`make bench-votes`: a hall of 100 phones and a big screen, then as many votes a second as can be kept.

On both databases, each in a folder of its own, served as in production; the client runs on the same machine.

1. Live: 100 phones answer what the screen shows once a second for two minutes and look for the next statement as
   the page's script does; the facilitator goes on every twelve seconds; the screen is asked once a second.
2. Single votes: 64 phones answer as fast as they get their answer, for fifteen seconds.

Afterwards every acknowledged vote is looked for in the database. Exits with 1 when a limit is broken:
p95 below 500 ms, screen at most 2 s behind, nothing lost, no error, at least 300 votes a second.
"""

import asyncio
import contextlib
import json
import os
import platform
import re
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

from tests.databases import postgres

PHONES, SECONDS, SHOWN_FOR = 100, int(os.environ.get("BENCH_SECONDS", 120)), 12
CLIENTS, AS_FAST_FOR = 64, 15
STATEMENTS, SMALLEST = 60, 5
P95_MS, BEHIND_S, VOTES_A_SECOND = 500.0, 2.0, 300.0
WORKERS = {"sqlite": 2, "postgresql": 2}
VALUES = ("agree", "disagree", "pass")


def main() -> int:
    if len(sys.argv) > 1:
        return Measured(sys.argv[1]).print()
    print(
        f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}; client included\n"
    )
    with tempfile.TemporaryDirectory(prefix="samspil-votes-") as folder:
        sqlite = f"sqlite:///{folder}/house.sqlite3"
        code = _one("sqlite", sqlite, Path(folder))
    with tempfile.TemporaryDirectory(prefix="samspil-votes-") as folder, postgres(durable=True) as url:
        return max(code, _one("postgresql", url, Path(folder)))


def _one(kind: str, url: str, folder: Path) -> int:
    """Measure in a process of its own, for settings are read once."""
    environment = {
        **os.environ,
        "DATABASE_URL": url,
        "SAMSPIL_VAR": str(folder),
        "SAMSPIL_MODE": "demo",
        "DJANGO_SETTINGS_MODULE": "samspil.web.settings",
    }
    return subprocess.run([sys.executable, "-m", "tests.bench.voting", kind], env=environment).returncode


# --- the house -----------------------------------------------------------------------------------------------


class House:
    """A round that is open by link, with somebody who leads the meeting."""

    def __init__(self) -> None:
        import django

        django.setup()
        from django.core.management import call_command

        from samspil.kit import clock
        from samspil.organisation.content import load_house
        from tests.cast import gather

        call_command("migrate", verbosity=0)
        self.at = clock.now()
        load_house(self.at)
        self.cast = gather(at=self.at)
        self.rounds = {name: self._opened(name) for name in ("live", "fast")}
        self.session = self._session()

    def _opened(self, title: str) -> Any:
        from samspil.involvement.opinions import actions
        from samspil.organisation.scope import scope
        from samspil.participation import actions as rounds

        with scope(self.cast.organisation):
            by = self.cast.viewer("digital_lead")
            plan = rounds.Plan(
                title=title,
                purpose="Vi måler",
                opens_on=by.today,
                closes_on=by.today + timedelta(days=30),
                language="da",
                legal_basis="Måling",
                by_link=True,
                smallest_total=SMALLEST,
            )
            round_ = rounds.plan_round(plan=plan, by=by, at=self.at)
            said = [f"Udsagn nummer {number} om vores arbejde" for number in range(1, STATEMENTS + 1)]
            actions.add_statements(round_=round_, written=said, language="da", by=by, at=self.at)
            return rounds.open_round(round_=round_, by=by, at=self.at)

    def _session(self) -> str:
        from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
        from django.contrib.sessions.backends.db import SessionStore

        account, session = self.cast.account("digital_lead"), SessionStore()
        session[SESSION_KEY] = str(account.pk)
        session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
        session[HASH_SESSION_KEY] = account.get_session_auth_hash()
        session.save()
        return str(session.session_key)

    def show(self, number: int) -> None:
        from samspil.involvement.opinions import live
        from samspil.organisation.scope import scope

        with scope(self.cast.organisation):
            live.show_statement(
                round_=self.rounds["live"], number=number, by=self.cast.viewer("digital_lead"), at=self.at
            )

    def kept(self, name: str) -> list[tuple[int, int]]:
        """Number and value of every vote, sorted; whose it is nobody needs to know."""
        from samspil.involvement.opinions.models import Vote
        from samspil.organisation.scope import scope

        with scope(self.cast.organisation):
            votes = Vote.objects.filter(statement__round=self.rounds[name])
            return sorted(votes.values_list("statement__number", "value"))


# --- phones --------------------------------------------------------------------------------------------------


class Answer:
    def __init__(self, status: int, headers: dict[str, str], cookies: dict[str, str], body: str) -> None:
        self.status, self.headers, self.cookies, self.body = status, headers, cookies, body


class Line:
    """One connection that stays open, and the cookies of one browser. A lean client leaves the cores to the
    server it shares them with."""

    def __init__(self, port: int, cookies: dict[str, str] | None = None) -> None:
        self.port, self.cookies = port, dict(cookies or {})
        self.reader: asyncio.StreamReader | None = None
        self.writer: asyncio.StreamWriter | None = None

    async def ask(self, method: str, path: str, body: str = "", **headers: str) -> Answer:
        if self.writer is None or self.writer.is_closing():
            self.reader, self.writer = await asyncio.open_connection("127.0.0.1", self.port)
        lines = [f"{method} {path} HTTP/1.1", "Host: 127.0.0.1", f"Content-Length: {len(body)}"]
        lines.append("Cookie: " + "; ".join(f"{name}={value}" for name, value in self.cookies.items()))
        if body:
            lines.append("Content-Type: application/x-www-form-urlencoded")
        lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
        self.writer.write(("\r\n".join(lines) + "\r\n\r\n" + body).encode())
        answer = await self._read()
        self.cookies.update(answer.cookies)
        return answer

    async def _read(self) -> Answer:
        assert self.reader
        head = (await self.reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        status, headers, cookies = int(head[0].split()[1]), dict[str, str](), dict[str, str]()
        for line in head[1:]:
            name, _colon, value = line.partition(": ")
            if name.lower() == "set-cookie":
                key, _is, rest = value.partition("=")
                cookies[key] = rest.partition(";")[0]
            headers[name.lower()] = value
        length = int(headers.get("content-length", 0))
        body = (await self.reader.readexactly(length)).decode() if length else ""
        return Answer(status, headers, cookies, body)


@dataclass
class Phone:
    """Somebody who has come in by the link; `said` is what the server has acknowledged."""

    line: Line
    code: str
    token: str = ""
    said: dict[int, int] = field(default_factory=dict)
    times: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    asked: int = 0
    mark: str = ""

    @property
    def page(self) -> str:
        return f"/p/{self.code}/statements/"

    async def come_in(self) -> None:
        page = await self.line.ask("GET", f"/p/{self.code}/")
        token = _token(page.body)
        came = await self.line.ask("POST", f"/p/{self.code}/", f"csrfmiddlewaretoken={token}")
        if came.status != 302:
            raise SystemExit(f"the door answered {came.status}")
        await self.look()

    async def look(self) -> None:
        """What the script asks every second and a half."""
        answer = await self.line.ask(
            "GET", f"{self.page}now/", X_Part="ask", If_None_Match=self.mark or '"none"'
        )
        if answer.status == 200:
            self.mark = answer.headers["etag"]
            self._read(answer.body)
        elif answer.status != 304:
            self.errors.append(f"look {answer.status}")

    async def vote(self, number: int, value: str) -> float:
        """Answer, and wait for the acknowledgement; tells when it came."""
        began = time.perf_counter()
        body = f"csrfmiddlewaretoken={self.token}&value={value}"
        answer = await self.line.ask("POST", f"{self.page}{number}/", body, X_Part="ask")
        ended = time.perf_counter()
        if answer.status == 200:
            self.said[number] = {"agree": 1, "disagree": -1, "pass": 0}[value]
            self.times.append((ended - began) * 1000)
        else:
            self.errors.append(f"vote {answer.status}")
        return ended

    def _read(self, body: str) -> None:
        self.token = _token(body)
        found = re.search(r"/statements/(\d+)/\" data-vote", body)
        self.asked = int(found.group(1)) if found else 0


def _token(body: str) -> str:
    found = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', body)
    return found.group(1) if found else ""


async def _hall(port: int, house: House) -> dict[str, Any]:
    """Two minutes in a meeting."""
    house_round = house.rounds["live"]
    await asyncio.to_thread(house.show, 1)
    phones = [Phone(Line(port), house_round.code) for _each in range(PHONES)]
    for phone in phones:
        await phone.come_in()
    first: dict[int, list[float]] = {}
    screen = Screen(
        Line(port, {"sessionid": house.session}), f"/fjordby/rounds/{house_round.ref}/screen/now/"
    )
    end = time.perf_counter() + SECONDS
    watching = asyncio.create_task(screen.watch(end + 3))
    leading = asyncio.create_task(_lead(house, end))
    await asyncio.gather(*(_sit(phone, nth / PHONES, end, first) for nth, phone in enumerate(phones)))
    await asyncio.gather(watching, leading)
    return {
        "times": [one for phone in phones for one in phone.times],
        "errors": [one for phone in phones for one in phone.errors] + screen.errors,
        "said": sorted((number, value) for phone in phones for number, value in phone.said.items()),
        "behind": screen.behind(first),
        "votes": sum(len(phone.times) for phone in phones),
    }


async def _lead(house: House, end: float) -> None:
    number = 1
    while time.perf_counter() + SHOWN_FOR < end:
        await asyncio.sleep(SHOWN_FOR)
        number += 1
        await asyncio.to_thread(house.show, number)


async def _sit(phone: Phone, offset: float, end: float, first: dict[int, list[float]]) -> None:
    """Vote once a second, look every second and a half."""
    begun, nth = time.perf_counter() + offset, 0
    looked = begun
    while (due := begun + nth) < end:
        await asyncio.sleep(max(0.0, due - time.perf_counter()))
        if time.perf_counter() - looked > 1.5:
            looked = time.perf_counter()
            await phone.look()
        number = phone.asked
        new = number not in phone.said
        at = await phone.vote(number, VALUES[(nth + phone.asked) % 3])
        if new:
            first.setdefault(number, []).append(at)
        nth += 1


@dataclass
class Screen:
    """The projector: asks once a second, and notes when it saw how many answers."""

    line: Line
    path: str
    seen: list[tuple[float, int, int]] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    mark: str = '"none"'

    async def watch(self, end: float) -> None:
        while time.perf_counter() < end:
            answer = await self.line.ask("GET", self.path, If_None_Match=self.mark)
            if answer.status == 200:
                self.mark = answer.headers["etag"]
                _version, number, *counts = self.mark.strip('"').split("-")
                self.seen.append((time.perf_counter(), int(number), sum(map(int, filter(None, counts)))))
            elif answer.status != 304:
                self.errors.append(f"screen {answer.status}")
            await asyncio.sleep(1)

    def behind(self, first: dict[int, list[float]]) -> list[float]:
        """For each step of answers that was reached: how long until the screen showed it, if it was still on.
        As many as the smallest group are never shown, and fewer than that may have come since it moved on last
        (`live.py`); a step is reached that much later."""
        found = []
        for number, times in first.items():
            shown = [(at, n) for at, which, n in self.seen if which == number]
            off = min((at for at, which, _n in self.seen if which == number + 1), default=float("inf"))
            for step in range(SMALLEST, len(times) - 2 * SMALLEST + 2, SMALLEST):
                reached = sorted(times)[step + 2 * SMALLEST - 2]
                showed = min((at for at, n in shown if n >= step), default=off)
                found.append(min(showed, off) - reached)
        return found


async def _fast(port: int, house: House) -> dict[str, Any]:
    """As many as can be kept."""
    code = house.rounds["fast"].code
    phones = [Phone(Line(port), code) for _each in range(CLIENTS)]
    for phone in phones:
        await phone.come_in()
    began = time.perf_counter()
    end = began + AS_FAST_FOR
    await asyncio.gather(*(_hurry(phone, nth, end) for nth, phone in enumerate(phones)))
    took = time.perf_counter() - began
    return {
        "times": [one for phone in phones for one in phone.times],
        "errors": [one for phone in phones for one in phone.errors],
        "said": sorted((number, value) for phone in phones for number, value in phone.said.items()),
        "rate": sum(len(phone.times) for phone in phones) / took,
    }


async def _hurry(phone: Phone, nth: int, end: float) -> None:
    number = nth
    while time.perf_counter() < end:
        number += 1
        await phone.vote(number % STATEMENTS + 1, VALUES[number % 3])


# --- the figures ---------------------------------------------------------------------------------------------


class Measured:
    def __init__(self, kind: str) -> None:
        self.kind = kind
        self.house = House()
        fsync = _fsync_ms()
        workers = int(os.environ.get("BENCH_WORKERS", WORKERS[kind]))
        with served(workers) as port:
            self.hall = asyncio.run(_hall(port, self.house))
            self.fast = asyncio.run(_fast(port, self.house))
        self.lost = sum(self.house.kept(name) != found["said"] for name, found in self._parts())
        self.about = f"{kind}, {workers} web processes; fsync of 4 kB here: median {fsync:.2f} ms"

    def _parts(self) -> list[tuple[str, dict[str, Any]]]:
        return [("live", self.hall), ("fast", self.fast)]

    def print(self) -> int:
        hall, fast = self.hall, self.fast
        p95 = [statistics.quantiles(found["times"], n=100)[94] for found in (hall, fast)]
        behind = max(hall["behind"], default=0.0)
        errors = [*hall["errors"], *fast["errors"]]
        print(self.about)
        print(
            f"  live, {PHONES} phones: {hall['votes']} votes, median {_median(hall)} ms, p95 {p95[0]:.0f} ms,"
            f" longest {max(hall['times']):.0f} ms; screen at most {behind:.1f} s behind"
            f" ({len(hall['behind'])} steps)"
        )
        print(
            f"  as fast as they can, {CLIENTS} phones: {fast['rate']:.0f} durable votes a second,"
            f" median {_median(fast)} ms, p95 {p95[1]:.0f} ms, longest {max(fast['times']):.0f} ms"
        )
        print(
            f"  errors: {len(errors)} {json.dumps(sorted(set(errors)))}; rounds in which a vote was lost: {self.lost}\n"
        )
        holds = p95[0] < P95_MS and behind <= BEHIND_S and not errors and not self.lost
        return 0 if holds and fast["rate"] >= VOTES_A_SECOND else 1


def _median(found: dict[str, Any]) -> str:
    return f"{statistics.median(found['times']):.0f}"


def _fsync_ms() -> float:
    """How long the disk takes to promise that something is kept."""
    path, times = Path(os.environ["SAMSPIL_VAR"]) / "fsync", []
    with path.open("wb") as file:
        for _each in range(200):
            file.write(b"x" * 4096)
            file.flush()
            began = time.perf_counter()
            os.fsync(file.fileno())
            times.append((time.perf_counter() - began) * 1000)
    path.unlink()
    return statistics.median(times)


@contextlib.contextmanager
def served(workers: int) -> Iterator[int]:
    """The house behind granian, as `samspil serve` starts it."""
    from django.db import connections

    from samspil.web.management.commands.serve import web_command

    connections.close_all()
    with socket.socket() as any_port:
        any_port.bind(("127.0.0.1", 0))
        port = any_port.getsockname()[1]
    server = subprocess.Popen(web_command("127.0.0.1", port, workers), start_new_session=True)
    try:
        _wait_until_it_answers(port)
        yield port
    finally:
        server.terminate()
        server.wait()


def _wait_until_it_answers(port: int) -> None:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.1)
    raise SystemExit("the server did not come up")


if __name__ == "__main__":
    sys.exit(main())
