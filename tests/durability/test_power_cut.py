"""The power goes at any moment: whatever was acknowledged is on the disk."""

import random
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.durability.disk import Disk
from tests.durability.house import House
from tests.durability.power_cut import Verdict, cut_the_power
from tests.durability.product import Product
from tests.durability.tiny import Hasty, Tiny
from tests.durability.trace import (
    CREATE,
    HEAD,
    RENAME,
    SYNC,
    TRUNCATE,
    UNLINK,
    WRITE,
    Event,
    Trace,
    compiled,
    read,
)


def _cut(product: Product, points: int, writes: int) -> Verdict:
    verdict = cut_the_power(product, points, writes)
    print(verdict)
    assert verdict.acknowledged >= writes
    return verdict


def test_two_hundred_power_cuts_lose_nothing() -> None:
    verdict = _cut(Tiny(), points=200, writes=200)
    assert verdict.damages == ()
    assert verdict.kinds["s"] >= verdict.acknowledged / 2, "the syncs were not seen"


@pytest.mark.prove
def test_a_database_that_answers_before_its_log_is_on_disk_is_caught() -> None:
    verdict = _cut(Hasty(), points=60, writes=60)
    assert verdict.points_with_loss > 12
    assert verdict.points_with_corruption == 0


@pytest.mark.prove
def test_three_hundred_power_cuts_of_the_house_lose_nothing_and_break_no_chain() -> None:
    assert _cut(House(desks=8), points=300, writes=200).damages == ()


@pytest.mark.prove
def test_ten_thousand_power_cuts_lose_nothing() -> None:
    assert _cut(Tiny(), points=10_000, writes=1000).damages == ()


@pytest.mark.prove
def test_five_hundred_power_cuts_of_a_hasty_database_are_mostly_caught() -> None:
    verdict = _cut(Hasty(), points=500, writes=1000)
    assert verdict.points_with_loss > 250


def test_the_shim_notes_what_a_process_does_to_the_files_of_the_database(tmp_path: Path) -> None:
    database, trace = tmp_path / "house", Trace(tmp_path / "trace")
    other = tmp_path / "other"
    done = (
        "import os\n"
        f"file = os.open({str(database)!r}, os.O_RDWR | os.O_CREAT)\n"
        "os.write(file, b'abc'); os.pwrite(file, b'xy', 7); os.ftruncate(file, 8)\n"
        "os.fsync(file); os.fdatasync(file); os.close(file)\n"
        f"os.rename({str(database)!r}, {str(database) + '-2'!r}); os.unlink({str(database) + '-2'!r})\n"
        f"folder = os.open({str(tmp_path)!r}, os.O_RDONLY); os.fsync(folder)\n"
        f"open({str(other)!r}, 'w').write('not ours')\n"
    )
    environment = {"PATH": "", **trace.watching(database)}
    subprocess.run([sys.executable, "-c", done], env=environment, check=True)
    trace.acknowledge("answer 1")
    assert [(event.kind, event.name, event.offset, event.data) for event in trace.events()] == [
        (CREATE, "house", 0, b""),
        (WRITE, "house", 0, b"abc"),
        (WRITE, "house", 7, b"xy"),
        (TRUNCATE, "house", 8, b""),
        (SYNC, "house", 0, b""),
        (SYNC, "house", 0, b""),
        (RENAME, "house", 0, b"house-2"),
        (UNLINK, "house-2", 0, b""),
        (SYNC, "", 0, b""),
        (b"a", "", 0, b"answer 1"),
    ]


def test_a_record_cut_short_is_not_an_event() -> None:
    whole = HEAD.pack(b"w", 2, 3, 0) + b"db" + b"abc"
    assert [
        len(read((whole * 2)[:length])) for length in (5, len(whole), len(whole) + 20, 2 * len(whole))
    ] == [
        0,
        1,
        1,
        2,
    ]


def test_without_a_compiler_the_test_fails_with_the_command_that_helps(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: None)
    with pytest.raises(RuntimeError, match="apt-get install gcc"):
        compiled(tmp_path)


WRITES = st.lists(st.tuples(st.integers(0, 3000), st.binary(min_size=1, max_size=1500)), max_size=12)


def _written(writes: list[tuple[int, bytes]]) -> list[Event]:
    return [Event(WRITE, "house", offset, data) for offset, data in writes]


def _straight(before: bytes, events: list[Event]) -> bytes:
    content = bytearray(before)
    for event in events:
        content.extend(bytes(max(0, event.offset - len(content))))
        content[event.offset : event.offset + len(event.data)] = event.data
    return bytes(content)


@given(safe=WRITES, unsafe=WRITES, seed=st.integers(), torn=st.booleans())
def test_what_was_synced_is_kept_and_every_other_byte_is_an_old_or_a_written_one(
    safe: list[tuple[int, bytes]], unsafe: list[tuple[int, bytes]], seed: int, torn: bool
) -> None:
    disk = Disk({"house": b"begin"})
    for event in [*_written(safe), Event(SYNC, "house", 0, b""), *_written(unsafe)]:
        disk.feed(event)
    kept = _straight(b"begin", _written(safe))
    found = disk.after_power_cut(random.Random(seed), torn)["house"]
    assert len(found) >= len(kept)
    for place, byte in enumerate(found):
        old = kept[place] if place < len(kept) else 0
        new = [data[place - offset] for offset, data in unsafe if 0 <= place - offset < len(data)]
        assert byte in (old, *new)


def test_a_new_name_is_safe_only_once_the_folder_is_synced() -> None:
    disk = Disk({})
    for event in (Event(CREATE, "log", 0, b""), Event(WRITE, "log", 0, b"abc"), Event(SYNC, "log", 0, b"")):
        disk.feed(event)
    after = [disk.after_power_cut(random.Random(seed), torn=False) for seed in range(50)]
    assert {} in after
    assert {"log": b"abc"} in after
    disk.feed(Event(SYNC, "", 0, b""))
    assert all(disk.after_power_cut(random.Random(seed), torn=False) == {"log": b"abc"} for seed in range(50))


def test_a_removed_name_may_come_back_until_the_folder_is_synced() -> None:
    disk = Disk({"log": b"abc"})
    disk.feed(Event(UNLINK, "log", 0, b""))
    after = [disk.after_power_cut(random.Random(seed), torn=False) for seed in range(50)]
    assert {} in after
    assert {"log": b"abc"} in after
    disk.feed(Event(SYNC, "", 0, b""))
    assert disk.after_power_cut(random.Random(1), torn=False) == {}
