"""What happened to the files of a database and what was acknowledged meanwhile, in one order.

The shim notes the first, the harness the second; see `shim.c` for the form of a record.
"""

import os
import shutil
import struct
import subprocess
from dataclasses import dataclass
from pathlib import Path

SHIM = Path(__file__).with_name("shim.c")
HEAD = struct.Struct("<cxHIq")
NO_COMPILER = (
    "The power-cut harness compiles a small library and found no C compiler."
    " An administrator can run `apt-get install gcc libc6-dev`."
)
CREATE, WRITE, TRUNCATE, SYNC, UNLINK, RENAME, ACKNOWLEDGE = b"c", b"w", b"t", b"s", b"u", b"r", b"a"


@dataclass(frozen=True)
class Event:
    """One record: `name` is a file beside the database ("" is the folder itself), `data` what was written."""

    kind: bytes
    name: str
    offset: int
    data: bytes


class Trace:
    """The file in which shim and harness take turns to note."""

    def __init__(self, path: Path) -> None:
        self.path = path
        path.touch()

    def watching(self, database: Path) -> dict[str, str]:
        """What must stand in the environment of the processes that are watched."""
        return {
            "LD_PRELOAD": str(compiled(self.path.parent)),
            "SHIM_PREFIX": str(database),
            "SHIM_TRACE": str(self.path),
        }

    def acknowledge(self, key: str) -> None:
        """Note that the product said this key was saved."""
        data = key.encode()
        with self.path.open("ab", buffering=0) as file:
            file.write(HEAD.pack(ACKNOWLEDGE, 0, len(data), 0) + data)

    def events(self) -> list[Event]:
        return read(self.path.read_bytes())


def read(noted: bytes) -> list[Event]:
    """The events in a trace; a record cut short by a kill at its end is left out."""
    events, at = [], 0
    while at + HEAD.size <= len(noted):
        kind, name_size, data_size, offset = HEAD.unpack_from(noted, at)
        start = at + HEAD.size + name_size
        if start + data_size > len(noted):
            break
        name = noted[at + HEAD.size : start].decode()
        events.append(Event(kind, name, offset, noted[start : start + data_size]))
        at = start + data_size
    return events


def compiled(folder: Path) -> Path:
    """The shim as a library; fails with the command that helps when there is no compiler."""
    library = folder / "shim.so"
    if library.exists():
        return library
    compiler = shutil.which(os.environ.get("CC", "gcc")) or shutil.which("cc")
    if compiler is None:
        raise RuntimeError(NO_COMPILER)
    command = [compiler, "-std=c11", "-O2", "-shared", "-fPIC", "-o", str(library), str(SHIM), "-ldl"]
    subprocess.run(command, check=True)
    return library
