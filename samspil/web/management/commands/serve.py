"""`samspil serve`: the web server, and in demo mode the worker beside it."""

import ipaddress
import os
import signal
import socket
import subprocess  # nosec B404
import sys
import time
from argparse import ArgumentParser
from types import FrameType
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

THREADS = 4
APPLICATION = "samspil.web.wsgi:application"
LOOK_AGAIN = 0.2
PATIENCE = 15
ONLY_HERE = (
    "Demo mode lets anybody sign in as anyone, so it answers on this machine only."
    " Use --host 127.0.0.1, or set SAMSPIL_MODE=production."
)
TAKEN = "Something answers on port {port} already. Stop it, or choose another with --port."


class Command(BaseCommand):
    help = "Serve the pages."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", default=8000, type=int)
        parser.add_argument("--workers", type=int, help="web processes; in production nothing starts without")
        parser.add_argument("--prepare", action="store_true", help="first do what `samspil prepare` does")

    def handle(self, *args: Any, **options: Any) -> None:
        workers = options["workers"] or 1
        if settings.DEMO and not is_loopback(options["host"]):
            raise CommandError(ONLY_HERE)
        web = web_command(options["host"], options["port"], workers)
        if settings.PRODUCTION and not options["workers"]:
            self.stdout.write("Run these two under your service manager:\n")
            self.stdout.write(f"  {' '.join(web)}\n  {' '.join(worker_command())}")
            return
        if not is_free(options["host"], options["port"]):
            raise CommandError(TAKEN.format(port=options["port"]))
        if options["prepare"]:
            call_command("prepare", stdout=self.stdout)
        here = f"http://{options['host']}:{options['port']}"
        if settings.DEMO:
            os.environ.setdefault("SAMSPIL_BASE_URL", here)  # posters and mails lead to where it answers
        self.stdout.write(f"Samspil answers on {here}/ – stop with Ctrl-C")
        self.stdout.flush()
        connection.close()
        sys.exit(run([web] if settings.PRODUCTION else [web, worker_command()]))


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach an address."""
    try:
        return host == "localhost" or ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def is_free(host: str, port: int) -> bool:
    """Whether nobody answers there. Two servers may share a port unseen, and one may be an old one."""
    try:
        socket.create_connection((host.strip("[]"), port), timeout=1).close()
    except OSError:
        return True
    return False


def web_command(host: str, port: int, workers: int) -> list[str]:
    where = ["--host", host, "--port", str(port)]
    size = ["--workers", str(workers), "--blocking-threads", str(THREADS)]
    quiet = ["--log-level", "warning", "--no-ws"]
    return [sys.executable, "-m", "granian", "--interface", "wsgi", *where, *size, *quiet, APPLICATION]


def worker_command() -> list[str]:
    return [sys.executable, "-m", "samspil", "worker"]


def run(commands: list[list[str]]) -> int:
    """Run them side by side until one ends or somebody says stop; then stop the others in good order."""
    stopped = []

    def stop(_signal: int, _frame: FrameType | None) -> None:
        stopped.append(True)

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    children = [
        subprocess.Popen(command, start_new_session=True)  # noqa: S603  # nosec B603 - our own commands
        for command in commands
    ]
    while not stopped and all(child.poll() is None for child in children):
        time.sleep(LOOK_AGAIN)
    return _stop(children, asked=bool(stopped))


def _stop(children: "list[subprocess.Popen[bytes]]", asked: bool) -> int:
    for child in children:
        child.terminate()
    for child in children:
        try:
            child.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            os.killpg(child.pid, signal.SIGKILL)  # with what it has started itself
    return 0 if asked else 1
