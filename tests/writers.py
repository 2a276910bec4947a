"""Sixteen at once append to one organisation's journal.

    DATABASE_URL=… python -m tests.writers 16 20

starts four processes with four threads each on an empty database, and prints what the journal says afterwards.
"""

import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

THREADS = 4
SLUG = "fjordby"


def prepare() -> None:
    from django.core.management import call_command

    from tests.cast import gather

    call_command("migrate", verbosity=0)
    gather(SLUG)


def write(number: int, rows: int) -> int:
    """One writer: so many rows, each in a transaction of its own. Returns how many were acknowledged."""
    from django.db import connection, transaction

    from samspil.organisation import journal
    from samspil.organisation.models import Organisation
    from samspil.organisation.scope import scope
    from samspil.organisation.viewer import operator_of
    from tests.cast import AT

    organisation = Organisation.objects.get(slug=SLUG)
    by = operator_of(organisation, AT)
    with scope(organisation):
        for row in range(rows):
            with transaction.atomic():
                journal.append("tests.written", facts={"who": f"{number}-{row}"}, by=by, at=AT)
    connection.close()
    return rows


def write_in_threads(rows: int) -> int:
    with ThreadPoolExecutor(THREADS) as pool:
        return sum(pool.map(write, range(THREADS), [rows] * THREADS))


def look() -> dict[str, object]:
    from samspil.organisation import journal
    from samspil.organisation.models import JournalRow, Organisation
    from samspil.organisation.scope import scope

    organisation = Organisation.objects.get(slug=SLUG)
    with scope(organisation):
        numbers = list(JournalRow.objects.values_list("sequence", flat=True))
        return {"rows": numbers, "faults": [one.sentence for one in journal.verify(organisation)]}


def main() -> None:
    import django

    django.setup()
    if sys.argv[1] == "write":
        print(write_in_threads(int(sys.argv[2])))
        return
    writers, rows = int(sys.argv[1]), int(sys.argv[2])
    prepare()
    command = [sys.executable, "-m", "tests.writers", "write", str(rows)]
    processes = [
        subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _n in range(writers // THREADS)
    ]
    acknowledged = sum(int(process.communicate()[0] or 0) for process in processes)
    failed = sum(process.returncode != 0 for process in processes)
    print(json.dumps({"acknowledged": acknowledged, "failed": failed, **look()}))


if __name__ == "__main__":
    import samspil  # noqa: F401 - the newest SQLite, before Django looks for one

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samspil.web.settings")
    os.environ["SAMSPIL_MODE"] = "test"
    main()
