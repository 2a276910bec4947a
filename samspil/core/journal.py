"""One hash chain: what happened, in an order nobody can change unnoticed.

This file needs nothing but Python. Kept beside an exported chain (one entry a line) it verifies that chain
without the product: `verify(read_lines(lines), [Head(sequence, hash)])`; see docs/calculations/journal.md."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

Pairs = tuple[tuple[str, str], ...]
GENESIS = "0" * 64
FORMAT = "samspil-journal-1"
SHORTEST_SALT = 16
_ENCODER = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


@dataclass(frozen=True, slots=True)
class Entry:
    """One row. Names and sentences are not here; only commitments to them, so they can be erased."""

    sequence: int
    verb: str
    thing: str
    actor: str
    instant: str
    commitments: Pairs
    previous: str
    hash: str


@dataclass(frozen=True, slots=True)
class Head:
    """Where a chain ends: the number and hash of its last row; an empty chain ends at (0, GENESIS)."""

    sequence: int
    hash: str


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong. `kind` is for programs and translations, `sentence` for the command line."""

    kind: str
    sequence: int
    sentence: str


def canonical(value: object) -> bytes:
    """The one way to write a value as JSON: keys sorted, no spaces, UTF-8. Decimals and dates go as text."""
    if not _has_one_form(value):
        raise TypeError("Only text, whole numbers, true, false, none, lists and mappings; others as text.")
    return _ENCODER.encode(value).encode()


def _has_one_form(value: object) -> bool:
    if isinstance(value, dict):
        return all(isinstance(key, str) for key in value) and all(map(_has_one_form, value.values()))
    if isinstance(value, list | tuple):
        return all(map(_has_one_form, value))
    return value is None or isinstance(value, str | int)


def commitment(salt: bytes, value: object) -> str:
    """Binds to a value without telling it: recomputed by whoever has salt and value, guessed by nobody."""
    if len(salt) < SHORTEST_SALT:
        raise ValueError(f"A salt has at least {SHORTEST_SALT} bytes.")
    return hashlib.sha256(canonical({"salt": salt.hex(), "value": value})).hexdigest()


def seal(
    previous: str, sequence: int, verb: str, thing: str, actor: str, instant: str, commitments: Pairs = ()
) -> Entry:
    """The next row of the chain that ends with the hash `previous`; commitments are kept sorted by name."""
    facts = (sequence, verb, thing, actor, instant, tuple(sorted(commitments)), previous)
    return Entry(*facts, hash=_fingerprint(Entry(*facts, hash="")))


def _fingerprint(entry: Entry) -> str:
    return hashlib.sha256(canonical(_fields(entry) | {"format": FORMAT, "hash": ""})).hexdigest()


def _fields(entry: Entry) -> dict[str, object]:
    return {name: getattr(entry, name) for name in Entry.__slots__}


def verify(
    entries: Iterable[Entry],
    published_heads: Iterable[Head] = (),
    head: Head | None = None,
    before: Head | None = None,
) -> list[Fault]:
    """Every fault of a chain, in one pass; an empty list means whole. A cut-off or wholly recomputed chain
    looks whole from inside: it is found by the stored `head` and by heads published outside the database.
    `before`: the row that a stretch of a chain follows; the heads then lie in the stretch."""
    promises = {*published_heads, *([head] if head else [])}
    seen = dict.fromkeys((promise.sequence for promise in promises), GENESIS)
    faults: list[Fault] = []
    last = before or Head(0, GENESIS)
    for entry in entries:
        faults += _row_faults(last, entry)
        if entry.sequence in seen:
            seen[entry.sequence] = entry.hash
        if entry.sequence > last.sequence:
            last = Head(entry.sequence, entry.hash)
    if head and last.sequence > head.sequence:
        faults.append(Fault("beyond_head", last.sequence, f"Rows follow after the head, {head.sequence}."))
    return faults + list(_promise_faults(promises, seen, last))


def _row_faults(last: Head, entry: Entry) -> Iterator[Fault]:
    here = entry.sequence
    if entry.hash != _fingerprint(entry):
        yield Fault("altered", here, f"Row {here} does not say what it said when it was sealed.")
    if 0 < here == last.sequence:
        yield Fault("duplicated", here, f"Row {here} is there more than once.")
    elif here <= last.sequence:
        yield Fault("misplaced", here, f"Row {here} stands after row {last.sequence}.")
    elif here > last.sequence + 1:
        yield Fault("missing", last.sequence + 1, f"Rows are missing between {last.sequence} and {here}.")
    elif entry.previous != last.hash:
        yield Fault("unlinked", here, f"Row {here} does not follow the row that stands before it.")


def _promise_faults(promises: Iterable[Head], seen: Mapping[int, str], last: Head) -> Iterator[Fault]:
    for promise in sorted(promises, key=lambda promise: (promise.sequence, promise.hash)):
        here = promise.sequence
        if here > last.sequence:
            yield Fault("truncated", here, f"Row {here} was there once; the chain ends at {last.sequence}.")
        elif seen[here] != promise.hash:
            yield Fault("recomputed", here, f"Row {here} does not have the hash that was kept or published.")


def write_line(entry: Entry) -> str:
    """The entry as one line of canonical JSON, without the line end."""
    return canonical(_fields(entry)).decode()


def read_lines(lines: Iterable[str]) -> Iterator[Entry]:
    """The entries of an exported chain, one at a time; a line changed by one byte raises ValueError."""
    for number, line in enumerate(lines, start=1):
        entry = _entry(line.removesuffix("\n"))
        if entry is None:
            raise ValueError(f"Line {number} is not written as a journal writes its entries.")
        yield entry


def _entry(line: str) -> Entry | None:
    try:
        fields = json.loads(line)
        entry = Entry(**fields | {"commitments": tuple(map(tuple, fields["commitments"]))})
        return entry if isinstance(entry.sequence, int) and write_line(entry) == line else None
    except (AttributeError, KeyError, TypeError, ValueError, RecursionError):
        return None
