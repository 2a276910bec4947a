"""How often something comes from one network. Kept in memory for a day, never stored.

A network is known only by an HMAC of its address under a key that is drawn anew each day and forgotten with
it; each web process counts for itself. Whoever copies database, logs or backups finds no address here.
"""

import hmac
import secrets
import threading
from collections import defaultdict, deque
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from ipaddress import IPv4Address, ip_address, ip_network
from typing import Any

from django.conf import settings

from samspil.kit.refs import new_ref
from samspil.kit.refusal import TooOften
from samspil.participation.words import TOO_MANY_AT_ONCE, TOO_OFTEN

WINDOW = timedelta(minutes=1)
WRONG_CODES, BEGINNINGS = 30, 240  # a minute and network; a whole meeting may sit behind one


@dataclass
class Memory:
    """What is known today; `of` gives a network's mark and forgets yesterday."""

    day: date | None = None
    key: bytes = b""
    seen: dict[tuple[str, str], deque[datetime]] = field(default_factory=lambda: defaultdict(deque))
    marks: dict[tuple[str, ...], str] = field(default_factory=lambda: defaultdict(new_ref))
    lock: threading.Lock = field(default_factory=threading.Lock)

    def of(self, address: str, at: datetime) -> str:
        if self.day != at.date():
            self.day, self.key = at.date(), secrets.token_bytes(32)
            self.seen.clear()
            self.marks.clear()
        return hmac.new(self.key, address.encode(), "sha256").hexdigest()

    def count(self, what: str, address: str, at: datetime) -> int:
        """How often it came within the window, this time included."""
        with self.lock:
            times = self.seen[what, self.of(address, at)]
            while times and times[0] <= at - WINDOW:
                times.popleft()
            times.append(at)
            return len(times)

    def mark(self, *of: str) -> str:
        """A mark drawn by lot, the same all day for the same; it tells nothing of what it stands for."""
        with self.lock:
            return self.marks[of]


MEMORY = Memory()


def note_wrong_code(request: Any) -> None:
    """Somebody typed a code that leads nowhere; whoever tries many has to wait."""
    if MEMORY.count("wrong code", address_of(request), request.at) > WRONG_CODES:
        raise TooOften(TOO_OFTEN)


def check_beginning(request: Any) -> None:
    """Somebody comes in by the open link."""
    if MEMORY.count("beginning", address_of(request), request.at) > BEGINNINGS:
        raise TooOften(TOO_MANY_AT_ONCE)


def marks_of_arrival(request: Any) -> str:
    """Two marks: one that everybody bears who comes from this network today, one for those of this hour.

    Nobody can tell a network or an hour from them. Answers that look alike and bear one mark are looked at
    (`consultation/`); a shared device bears none, for its organiser stands beside it.
    """
    if request.kiosk:
        return ""
    address, at = address_of(request), request.at
    network = MEMORY.of(address, at)
    code = request.round.code
    return f"{MEMORY.mark(code, network)} {MEMORY.mark(code, str(at.hour))}"


def address_of(request: Any) -> str:
    """Where a request comes from; behind a proxy of ours, what that proxy saw."""
    passed_on = request.headers.get("X-Forwarded-For", "")
    if settings.SECURE_PROXY_SSL_HEADER and passed_on:
        return _network_of(str(passed_on.rpartition(",")[2].strip()))
    return _network_of(str(request.META.get("REMOTE_ADDR", "")))


def _network_of(address: str) -> str:
    """Of the longer addresses the half that stands for a connection: whoever has one has all of the rest."""
    try:
        found = ip_address(address)
    except ValueError:
        return address
    if isinstance(found, IPv4Address):
        return address
    return str(found.ipv4_mapped or ip_network((found, 64), strict=False))
