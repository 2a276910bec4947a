"""A database per released version, and the way forward from it.

    python -m tests.tags.databases keep 0.1.0     # before a tag: keep a database as this version makes it
    python -m tests.tags.databases forward 0.1.0  # load it into DATABASE_URL, migrate, and look whether all is there

A kept database is the rows as JSON, the migrations they were made by, and how many rows of each kind there are.
"""

import gzip
import io
import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from unittest import mock

FOLDER = Path(__file__).parent
OURS = ("kit", "organisation", "initiative", "involvement", "dialogue")


def kept_versions() -> list[str]:
    """The versions that have a database here."""
    return sorted(path.name.removesuffix(".json.gz") for path in FOLDER.glob("*.json.gz"))


def keep(version: str) -> None:
    """Build a small house with everything of the first walk in it and keep its database."""
    from django.core.management import call_command

    from tests.tags.house import build

    call_command("migrate", verbosity=0)
    build()
    rows = io.StringIO()
    call_command("dumpdata", *OURS, use_base_manager=True, stdout=rows)
    body = {"migrations": _leaves(), "counts": _counts(), "rows": json.loads(rows.getvalue())}
    with gzip.GzipFile(FOLDER / f"{version}.json.gz", "wb", mtime=0) as file:
        file.write(json.dumps(body, ensure_ascii=False).encode())


def forward(version: str) -> list[str]:
    """Migrate an empty database to the version, load its rows, migrate to the present; tells what is wrong.

    Afterwards the database is thrown away and laid anew, to see that both ways lead to the same tables.
    """
    from django.core.management import call_command

    body = json.loads(gzip.decompress((FOLDER / f"{version}.json.gz").read_bytes()))
    for app, migration in body["migrations"].items():
        call_command("migrate", app, migration, verbosity=0)
    path = Path(os.environ["SAMSPIL_VAR"]) / "rows.json"
    path.write_text(json.dumps(body["rows"], ensure_ascii=False))
    with _models_as_they_were(body["migrations"]):
        call_command("loaddata", path, verbosity=0)
    call_command("migrate", verbosity=0)
    return [*_missing(body["counts"]), *_broken_chains(), *_other_tables_than_a_new_house()]


def _models_as_they_were(migrations: dict[str, str]) -> Any:
    """Rows are read into the models of their own version; the present ones may have fields it did not know."""
    from django.core.serializers import python
    from django.db import connection
    from django.db.migrations.loader import MigrationLoader

    then = MigrationLoader(connection).project_state(list(migrations.items())).apps
    return mock.patch.object(python, "apps", then)


def _leaves() -> dict[str, str]:
    from django.db import connection
    from django.db.migrations.loader import MigrationLoader

    return dict(sorted(MigrationLoader(connection).graph.leaf_nodes()))


def _counts() -> dict[str, int]:
    from django.apps import apps

    models = [model for app in OURS for model in apps.get_app_config(app).get_models()]
    return {model._meta.label: model._base_manager.count() for model in models}


def _missing(counts: dict[str, int]) -> Iterator[str]:
    now = _counts()
    for label, number in counts.items():
        if now.get(label, 0) < number:
            yield f"{label}: {number} rows before, {now.get(label, 0)} now"


def _other_tables_than_a_new_house() -> Iterator[str]:
    from django.core.management import call_command

    from tests.tags.shape import shape, throw_away

    walked = shape()
    throw_away()
    call_command("migrate", verbosity=0)
    for part in sorted(walked ^ shape()):
        yield f"{' '.join(part)}: {'only after migrating' if part in walked else 'only in a new database'}"


def _broken_chains() -> Iterator[str]:
    from samspil.organisation import journal
    from samspil.organisation.models import Organisation
    from samspil.organisation.scope import scope

    for organisation in Organisation.objects.all():
        with scope(organisation):
            yield from (fault.sentence for fault in journal.verify(organisation))


def main(command: str, version: str) -> int:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samspil.web.settings")
    django.setup()
    faults: Any = {"keep": keep, "forward": forward}[command](version)
    print("\n".join(faults or []) or "all is there")
    return 1 if faults else 0


if __name__ == "__main__":
    raise SystemExit(main(*sys.argv[1:]))
