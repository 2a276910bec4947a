"""A folder of its own for a house that is built, measured or photographed, and gone afterwards."""

import os
import platform
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def own_ground(what: str) -> Iterator[Path]:
    """Everything that the house keeps lies there, also for programs that are started within."""
    folder = Path(tempfile.mkdtemp(prefix=f"samspil-{what}-"))
    os.environ |= {
        "SAMSPIL_VAR": str(folder),
        "SAMSPIL_MODE": "demo",
        "DJANGO_SETTINGS_MODULE": "samspil.web.settings",
    }
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def machine() -> str:
    """What stands beside every figure."""
    return f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"
