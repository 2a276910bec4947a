"""`samspil check-house`: in words, whether this house can be relied on."""

import json
from argparse import ArgumentParser
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.core import checks
from django.core.management.base import BaseCommand

from samspil.kit import clock
from samspil.web.views import readiness

ASKED = {
    "migrations": ("The database is up to date.", "The database is behind. Run “samspil migrate”."),
    "worker": ("A worker is running.", "No worker has shown itself lately. Run “samspil worker”."),
    "backup": ("There is a fresh backup.", "There is no fresh backup. Run “samspil backup PATH”."),
    "chain": (
        "The journal was checked and is whole.",
        "The journal is not known to be whole. Run “samspil journal verify”.",
    ),
}


class Command(BaseCommand):
    help = "Say whether database, worker, backup, journal and settings are in order."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        found = [*_readiness(), *_settings()]
        fine = all(one["fine"] for one in found)
        if options["json"]:
            self.stdout.write(json.dumps({"fine": fine, "checks": found}, ensure_ascii=False))
        else:
            self.stdout.write(
                "\n".join(f"{'ok     ' if one['fine'] else 'look at'}  {one['says']}" for one in found)
            )
        if not fine:
            raise SystemExit(1)


def _readiness() -> Iterator[dict[str, Any]]:
    for name, check in readiness(clock.now()).items():
        good, bad = ASKED.get(name, (f"{name}: fine", f"{name}: not fine"))
        word = "" if check["fine"] or check["word"] in ("", "never") else f" ({check['word']})"
        yield {"check": name, "fine": check["fine"], "says": (good if check["fine"] else bad) + word}


def _settings() -> Iterator[dict[str, Any]]:
    """What the program's own checks say of its settings and its database."""
    said = checks.run_checks(include_deployment_checks=settings.PRODUCTION, databases=["default"])
    grave = [one for one in said if one.level >= checks.ERROR or (one.id or "").startswith("samspil.")]
    yield {"check": "settings", "fine": not grave, "says": f"Settings: {len(grave)} things to look at."}
    for one in grave:
        yield {"check": one.id, "fine": False, "says": f"{one.msg} {one.hint or ''}".strip()}
