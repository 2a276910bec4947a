"""A secret round of forty people in a database of its own, put back to its beginning as often as needed.

The dice of the house are loaded and its clock stands, so that two runs differ in nothing but who answered what
and who came when.
"""

import os
import random
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING
from unittest import mock

if TYPE_CHECKING:
    from samspil.core.urn.form import Ballot
    from tests.urns import SecretRound

PEOPLE = 40
OF_THE_CAST = 13  # everybody but the guest
SEED = b"samspil"


def set_up() -> None:
    """Django on the database that `DATABASE_URL` names."""
    os.environ["SAMSPIL_MODE"] = "test"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samspil.web.settings")
    import django

    import samspil  # noqa: F401 - the newest SQLite, before Django looks for one

    django.setup()
    from django.db import connection

    connection.settings_dict["OPTIONS"].pop("pool", None)


@contextmanager
def loaded_dice(seed: object = 0) -> Iterator[None]:
    """Everything that is drawn by lot comes out the same as in every other run."""
    dice = random.Random(repr(seed))
    with (
        mock.patch("secrets.token_bytes", dice.randbytes),
        mock.patch("secrets.token_hex", lambda size: dice.randbytes(size).hex()),
        mock.patch("samspil.kit.refs._dice", dice),
    ):
        yield


@contextmanager
def statements(number: int = 4) -> Iterator[None]:
    """What is asked: so many statements, whatever the rooms of the house ask."""
    from samspil.core.urn.form import Question
    from samspil.kit import house
    from tests.urns import ASKS

    asked = tuple(Question(f"q{one}", f"Udsagn {one}", "da") for one in range(1, number + 1))
    kind = replace(ASKS, asks=lambda _round: asked)
    with mock.patch.object(house, "round_kinds", return_value={"opinions": kind}):
        yield


def opened_round(**urn: object) -> "SecretRound":
    """Forty people, three holders with keys that were tried, and the round open."""
    from django.core.management import call_command

    from samspil.kit import clock
    from samspil.organisation.scope import scope
    from tests.cast import AT, gather
    from tests.urns import HOLDERS, Device, planned

    call_command("migrate", verbosity=0)
    clock.move_to(AT)
    cast = gather()
    with scope(cast.organisation):
        found = planned(cast, AT, people=PEOPLE - OF_THE_CAST, **urn)
        found.devices = {who: Device(SEED + who.encode().ljust(13, b".")[:13]) for who in HOLDERS}
        return found.ready()


def envelopes(round_: "SecretRound", ballots: "Sequence[Ballot]") -> list[bytes]:
    """Sealed once, so that permuting them among people is all that changes."""
    from samspil.core.urn.sealing import RANDOM_SIZE
    from samspil.participation.urn import casting

    dice, urn = random.Random(1), round_.urn
    return [casting.seal(ballot, urn, dice.randbytes(RANDOM_SIZE)) for ballot in ballots]


def distinct_ballots(dice: random.Random, keys: Sequence[str], number: int = PEOPLE) -> "list[Ballot]":
    """No two alike, so that a link is right or wrong."""
    from samspil.core.urn.form import Ballot

    values: set[tuple[int, ...]] = set()
    while len(values) < number:
        values.add(tuple(dice.choice((-1, 0, 1)) for _key in keys))
    shuffled = dice.sample(sorted(values), number)
    return [
        Ballot(dict(zip(keys, one, strict=True)), tuple(dice.sample(keys, len(keys)))) for one in shuffled
    ]


class Sqlite:
    """One database in a file."""

    def __init__(self) -> None:
        from django.db import connection

        self.path = Path(connection.settings_dict["NAME"])
        self.base = self.path.with_suffix(".base")

    def keep(self) -> None:
        self.image()
        shutil.copy(self.path, self.base)

    def put_back(self) -> None:
        from django.db import connection

        connection.close()
        for file in (self.path, Path(f"{self.path}-wal"), Path(f"{self.path}-shm")):
            file.unlink(missing_ok=True)
        shutil.copy(self.base, self.path)

    def image(self) -> bytes:
        """The bytes of the file after VACUUM and a checkpoint that truncates the log."""
        from django.db import connection

        with connection.cursor() as cursor:
            cursor.execute("VACUUM")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.close()
        return self.path.read_bytes()


class PostgreSQL:
    """One database on a server, made anew from a template."""

    RANDOM = (b"\\restrict ", b"\\unrestrict ")  # a word pg_dump draws anew for each dump

    def __init__(self) -> None:
        from django.db import connection

        self.settings = connection.settings_dict
        self.name = self.settings["NAME"]

    def keep(self) -> None:
        self._renew("base", self.name)

    def put_back(self) -> None:
        self._renew(self.name, "base")

    def image(self) -> bytes:
        """The text of `pg_dump`; of its lines only the random ones are left out."""
        from samspil.kit.backup import _program

        options = [_program("pg_dump"), "-h", self.settings["HOST"], "-U", self.settings["USER"], self.name]
        text = subprocess.run(options, capture_output=True, check=True).stdout
        return b"\n".join(line for line in text.splitlines() if not line.startswith(self.RANDOM))

    def _renew(self, name: str, template: str) -> None:
        import psycopg
        from django.db import connection

        connection.close()
        where = {"host": self.settings["HOST"], "user": self.settings["USER"], "dbname": "postgres"}
        with psycopg.connect(**where, autocommit=True) as admin:
            admin.execute(f'DROP DATABASE IF EXISTS "{name}"')
            admin.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')


def database() -> Sqlite | PostgreSQL:
    from django.db import connection

    return PostgreSQL() if connection.vendor == "postgresql" else Sqlite()


def run(module: str, url: str, *arguments: str, var: Path) -> str:
    """A harness in a process of its own; what it prints."""
    from tests.durability.product import environment

    command = [sys.executable, "-m", f"tests.secrecy.{module}", *arguments]
    surroundings = environment(url) | {"SAMSPIL_VAR": str(var)}
    done = subprocess.run(command, env=surroundings, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-3000:]
    return done.stdout
