"""The worker that reads files: a small process that can open nothing, write nothing and start nothing.

It answers one file at a time. A question is a line of JSON (`kind`, `name`, `size`) and the bytes of the
file; an answer is a line of JSON (`size`) and as many bytes of JSON: `tables` or `refused`, and `peak`, the
most memory the process has ever held, in bytes.
"""

import json
import resource
import sys
from typing import Any, BinaryIO

from samspil.kit.sheets import rows

MEMORY = 200 * 1024 * 1024
SECONDS = 10


def lock_down() -> None:
    """Give up what reading needs not. The three open pipes stay; no fourth file or socket can be opened."""
    for encoding in ("utf-8-sig", "utf-16", "cp1252", "cp437"):
        "".encode(encoding)
    limits = {
        resource.RLIMIT_AS: MEMORY,
        resource.RLIMIT_FSIZE: 0,
        resource.RLIMIT_NOFILE: 3,
        resource.RLIMIT_NPROC: 0,
        resource.RLIMIT_CORE: 0,
    }
    for limit, most in limits.items():
        resource.setrlimit(limit, (most, most))


def answer(question: dict[str, Any], data: bytes) -> dict[str, Any]:
    try:
        found: dict[str, Any] = {"tables": rows.tables(question["kind"], question["name"], data)}
    except rows.NotReadableError:
        found = {"refused": "damaged"}
    except (rows.TooMuchError, MemoryError):
        found = {"refused": "too_much"}
    return found


def peak(status: BinaryIO | None) -> int:
    """The most memory held so far, in bytes. The kernel's page about this program counts from its start;
    where there is none, what is counted begins with the program that started this one."""
    if status is None:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    status.seek(0)
    line = next(line for line in status.read().splitlines() if line.startswith(b"VmHWM:"))
    return int(line.split()[1]) * 1024


def own_status() -> BinaryIO | None:
    try:
        return open("/proc/self/status", "rb", buffering=0)
    except OSError:
        return None


def serve(status: BinaryIO | None) -> None:
    """Answer until nobody asks any more."""
    asks, answers = sys.stdin.buffer, sys.stdout.buffer
    while line := asks.readline():
        question = json.loads(line)
        data = asks.read(question["size"])
        used = resource.getrusage(resource.RUSAGE_SELF)
        until = int(used.ru_utime + used.ru_stime) + SECONDS
        resource.setrlimit(resource.RLIMIT_CPU, (until, resource.getrlimit(resource.RLIMIT_CPU)[1]))
        found = answer(question, data)
        found["peak"] = peak(status)
        text = json.dumps(found, ensure_ascii=False).encode()
        answers.write(json.dumps({"size": len(text)}).encode() + b"\n" + text)
        answers.flush()


def main() -> None:
    status = own_status()
    lock_down()
    serve(status)
