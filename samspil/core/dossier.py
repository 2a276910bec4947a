"""The dossier of an initiative as a file: how its bytes are laid, and whether a file is still as it was made.

Pure, and complete in itself: with `journal.py` beside it this file reads and checks a dossier without the
product. A dossier is a ZIP in which nothing is free: files are stored as they are, in the order of the
manifest, without dates, comments or extra fields. So there is exactly one file for given contents, and
whatever differs from it by one byte is found by building it again. In words: docs/calculations/dossier.md.
"""

import hashlib
import json
import struct
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from samspil.core import journal
from samspil.core.journal import Entry, Head

FORMAT = "samspil-dossier-1"
MANIFEST, FACTS, JOURNAL = "manifest.json", "dossier.json", "journal.jsonl"
LARGEST = 0xFFFFFFFF  # what a ZIP without its later extensions can say
APPROVED = ("dialogue.minutes_approved", "dialogue.meeting_elsewhere")

_LOCAL = struct.Struct("<4s5H3I2H")
_CENTRAL = struct.Struct("<4s6H3I5H2I")
_END = struct.Struct("<4s4H2IH")
_NO_DATE = (0, 33)  # 1 January 1980, the earliest a ZIP can say
_REGULAR_FILE = 0o100644 << 16
_MADE_BY = 3 << 8 | 20  # Unix, ZIP 2.0

Files = Sequence[tuple[str, bytes]]


# --- bytes -------------------------------------------------------------------------------------------------


class Unreadable(ValueError):  # noqa: N818 - named for what it says
    """These bytes are not laid as a dossier lays them; `at` is the first place where that shows."""

    def __init__(self, at: int) -> None:
        super().__init__(f"Not laid as a dossier from byte {at}.")
        self.at = at


def pack(files: Files) -> bytes:
    """The one ZIP that holds these files, in this order. Names are ASCII; under 4 GiB in all."""
    parts, directory, at = [], [], 0
    for name, content in files:
        if not is_plain(name):
            raise ValueError(f"Not a name for a file in a dossier: {name!r}.")
        facts = (0, 0, *_NO_DATE, zlib.crc32(content), len(content), len(content))
        head = _LOCAL.pack(b"PK\x03\x04", 20, *facts, len(name), 0) + name.encode()
        directory.append(
            _CENTRAL.pack(b"PK\x01\x02", _MADE_BY, 20, *facts, len(name), 0, 0, 0, 0, _REGULAR_FILE, at)
            + name.encode()
        )
        parts += [head, content]
        at += len(head) + len(content)
    size = sum(map(len, directory))
    if at + size > LARGEST or len(directory) > 0xFFFF:
        raise ValueError("Too large for a dossier.")
    end = _END.pack(b"PK\x05\x06", 0, 0, len(directory), len(directory), size, at, 0)
    return b"".join([*parts, *directory, end])


def is_plain(name: str) -> bool:
    """A relative name that is the same on every machine: visible ASCII, no way out of its folder."""
    parts = name.split("/")
    visible = name.isascii() and name.isprintable() and not set(name) & set('\\:*?"<>|')
    return visible and all(part and part.strip(". ") == part.strip() == part for part in parts)


def unpack(data: bytes) -> list[tuple[str, bytes]]:
    """The files of a ZIP laid as `pack` lays it, read from the front. Says nothing of whether they fit."""
    found, at = [], 0
    while data[at : at + 4] == b"PK\x03\x04":
        if at + _LOCAL.size > len(data):
            raise Unreadable(at)
        *_known, size, _unpacked, length, extra = _LOCAL.unpack_from(data, at)
        start = at + _LOCAL.size + length + extra
        if start + size > len(data):
            raise Unreadable(at)
        name = data[at + _LOCAL.size : at + _LOCAL.size + length]
        found.append((name.decode("latin-1"), data[start : start + size]))
        at = start + size
    if not found:
        raise Unreadable(0)
    return found


# --- the manifest ------------------------------------------------------------------------------------------


def sealed(files: Files, about: Mapping[str, str]) -> list[tuple[str, bytes]]:
    """The files with the manifest that names each of them, as the last. `about`: what the whole is."""
    listed = [{"name": name, "bytes": len(content), "sha256": sha256(content)} for name, content in files]
    known = {**about, "format": FORMAT, "files": listed}
    return [*files, (MANIFEST, readable({**known, "package_sha256": fingerprint(known)}))]


def fingerprint(manifest: Mapping[str, Any]) -> str:
    """The hash of the package: of everything the manifest says but this hash itself."""
    return sha256(journal.canonical({k: v for k, v in manifest.items() if k != "package_sha256"}))


def readable(value: object) -> bytes:
    """JSON for people and programs, written in one way only."""
    journal.canonical(value)
    return (json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


# --- what a dossier says of minutes ------------------------------------------------------------------------

PARTS_OF_A_RECORD = ("text", "outcomes", "positions", "order", "file_sha256", "met_on", "committee", "item")


def differences(before: bytes, after: bytes) -> tuple[str, ...]:
    """Which parts of two frozen records of minutes differ, by their names in the record."""
    one, other = json.loads(before), json.loads(after)
    return tuple(name for name in PARTS_OF_A_RECORD if one.get(name) != other.get(name))


@dataclass(frozen=True, slots=True)
class Version:
    """A version of the minutes of one item at one meeting. Dates as ISO text, empty for not yet."""

    number: int
    meeting: str
    sha256: str
    approved_on: str


@dataclass(frozen=True, slots=True)
class Change:
    """A version that came after an approved one of the same meeting."""

    approved: Version
    later: Version


def changes_since_approval(versions: Iterable[Version]) -> tuple[Change, ...]:
    """Every version that came after one that had been approved, with the one that it followed.

    A later version counts whether or not it was approved in its turn: the approved text is no longer what
    the minutes say. Versions of another meeting about the same item are minutes of their own.
    """
    approved: dict[str, Version] = {}
    found = []
    for one in sorted(versions, key=lambda version: version.number):
        if one.meeting in approved:
            found.append(Change(approved[one.meeting], one))
        if one.approved_on:
            approved[one.meeting] = one
    return tuple(found)


def changed_since_approval(versions: Iterable[Version], records: Mapping[int, bytes]) -> list[dict[str, Any]]:
    """The changes as a dossier tells them; `records` by number, without those of drafts. The parts of a draft
    are not known: its text is nobody's but the committee's until somebody has signed it."""
    return [
        {
            "after": one.approved.number,
            "number": one.later.number,
            "parts": list(differences(records[one.approved.number], records[one.later.number]))
            if one.later.number in records
            else [],
        }
        for one in changes_since_approval(versions)
    ]


# --- checking ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that does not fit. `kind` is for words and programs; `place` is a file, a row, a title."""

    kind: str
    place: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """The meeting was held outside Samspil: who entered it, on which day. `stated_by`: who says that it was
    approved; empty where it was approved in Samspil afterwards."""

    entered_by: str
    entered_on: str
    stated_by: str


@dataclass(frozen=True, slots=True)
class Told:
    """Minutes of an item that were approved: which version, when, and what came afterwards."""

    title: str
    number: int
    approved_on: str
    changes: tuple[Change, ...]
    elsewhere: Elsewhere | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """What a file says when it is examined. Without faults it is as it was made.

    `package_sha256` is worked out anew and empty where the bytes do not fit: what such a file says of itself
    is worth nothing. `language` is that of the dossier, as far as it can be read."""

    faults: tuple[Fault, ...]
    file_sha256: str
    package_sha256: str = ""
    about: Mapping[str, str] = field(default_factory=dict)
    files: int = 0
    minutes: tuple[Told, ...] = ()
    steps: tuple[Mapping[str, Any], ...] = ()
    closed: int = 0
    rows: int = 0
    rows_about: int = 0
    head: Head | None = None
    published: tuple[Head, ...] = ()
    language: str = ""
    out_of_reach: tuple[Head, ...] = ()  # heads from elsewhere that lie outside the stretch in the file

    @property
    def is_dossier(self) -> bool:
        return not any(fault.kind == "not_a_dossier" for fault in self.faults)


def examine(data: bytes, heads: Iterable[Head] = ()) -> Report:
    """Everything that does not fit in the bytes of a dossier. `heads`: heads of the journal known from
    elsewhere. Bytes come first: what stands in a file that was changed is not looked at further."""
    known = sha256(data)
    try:
        files = unpack(data)
    except Unreadable as fault:
        kind = "damaged" if FORMAT.encode() in data else "not_a_dossier"
        return Report((Fault(kind, detail=str(fault.at)),), known)
    faults = _one_for_each_cause([*_layout_faults(data, files)], [*_manifest_faults(files)])
    manifest = _manifest(dict(files).get(MANIFEST, b"")) or {}
    language = str(manifest.get("language", ""))
    if faults:
        is_ours = FORMAT.encode() in data
        found = faults if is_ours else (Fault("not_a_dossier"),)
        return Report(found, known, language=language)
    return _contents(dict(files), manifest, tuple(heads), known)


def _layout_faults(data: bytes, files: Files) -> Iterator[Fault]:
    """What differs from the one way to lay these files, and where it first shows."""
    names = [name for name, _content in files]
    if bad := next((name for name in names if not is_plain(name)), None):
        yield Fault("name", ascii(bad))
        return
    again = pack(files)
    if again == data:
        if len(set(names)) != len(names):
            yield Fault("twice", next(name for name in names if names.count(name) > 1))
        return
    at = next((i for i, pair in enumerate(zip(again, data, strict=False)) if pair[0] != pair[1]), None)
    here = min(len(again), len(data)) if at is None else at
    yield Fault("structure", _whose(here, files), str(here))


def _one_for_each_cause(layout: Sequence[Fault], listed: Sequence[Fault]) -> tuple[Fault, ...]:
    """A changed byte shows in the ZIP and in the list; it is told once, by what says more of it."""
    known = {fault.place for fault in listed}
    kept = [fault for fault in layout if fault.kind != "structure" or fault.place not in known]
    if kept and any(fault.kind == "manifest" for fault in listed):
        listed = []  # the list is missing because what stands before it cannot be read
    return (*kept, *listed)


def _whose(at: int, files: Files) -> str:
    """The file whose part of the ZIP a byte belongs to; empty in the directory at the end."""
    end = 0
    for name, content in files:
        end += _LOCAL.size + len(name) + len(content)
        if at < end:
            return name
    return ""


def _manifest(content: bytes) -> dict[str, Any] | None:
    try:
        known = json.loads(content)
        return known if isinstance(known, dict) and readable(known) == content else None
    except (ValueError, TypeError, RecursionError):
        return None


def _manifest_faults(files: Files) -> Iterator[Fault]:
    known = _manifest(dict(files).get(MANIFEST, b""))
    if known is None or known.get("format") != FORMAT or not isinstance(known.get("files"), list):
        yield Fault("manifest", MANIFEST)
        return
    if fingerprint(known) != known.get("package_sha256"):
        yield Fault("package_hash", MANIFEST)
    there = {name: {"name": name, "bytes": len(part), "sha256": sha256(part)} for name, part in files}
    there.pop(MANIFEST)
    listed = {str(one.get("name")) if isinstance(one, dict) else "": one for one in known["files"]}
    for name in (*listed, *(name for name in there if name not in listed)):
        if name not in there:
            yield Fault("missing", name)
        elif name not in listed:
            yield Fault("unlisted", name)
        elif there[name] != listed[name]:
            yield Fault("changed", name)
    if [one[0] for one in files] != [*listed, MANIFEST] and set(listed) == set(there):
        yield Fault("order", MANIFEST)


def _contents(
    files: Mapping[str, bytes], manifest: Mapping[str, Any], heads: tuple[Head, ...], known: str
) -> Report:
    about = {name: value for name, value in manifest.items() if isinstance(value, str)}
    base = {"file_sha256": known, "package_sha256": manifest["package_sha256"], "about": about}
    base["language"] = about.get("language", "")
    try:
        facts = json.loads(files[FACTS])
        entries = list(journal.read_lines(_lines(files[JOURNAL].decode())))
        faults = tuple(_content_faults(facts, files, entries, heads))
        return Report(
            faults,
            files=len(files),
            minutes=tuple(_told(facts)),
            steps=tuple(facts["before_steps"]),
            closed=len(facts["closed"]),
            rows=len(entries),
            rows_about=len(_about(facts, entries)),
            head=_head(facts["journal"]["head"]),
            published=tuple(_published(facts)),
            out_of_reach=tuple(_out_of_reach(facts, entries, heads)),
            **base,
        )
    except (KeyError, TypeError, ValueError, AttributeError, IndexError, RecursionError) as fault:
        return Report((Fault("shape", FACTS, type(fault).__name__),), files=len(files), **base)


def _lines(text: str) -> list[str]:
    """Lines end with a line end and with nothing else that some programs take for one."""
    *lines, rest = text.split("\n")
    if rest:
        raise ValueError("The last line does not end.")
    return lines


def _content_faults(
    facts: Mapping[str, Any], files: Mapping[str, bytes], entries: Sequence[Entry], heads: tuple[Head, ...]
) -> Iterator[Fault]:
    opened = _opened(facts)
    yield from _chain_faults(facts, entries, heads)
    yield from _opening_faults(opened, entries)
    for item in facts["items"]:
        yield from _minutes_faults(item, files)
        yield from _witness_faults(item, entries, opened)
    for decision in facts["decisions"]:
        yield from _decision_faults(decision, files, entries, opened)
    yield from _day_faults(facts)


# --- the journal -------------------------------------------------------------------------------------------


def _head(known: Mapping[str, Any]) -> Head:
    return Head(known["sequence"], known["hash"])


def _published(facts: Mapping[str, Any]) -> Iterator[Head]:
    return (_head(one) for one in facts["journal"]["published_heads"])


def _chain_faults(
    facts: Mapping[str, Any], entries: Sequence[Entry], heads: tuple[Head, ...]
) -> Iterator[Fault]:
    """The stretch from the first row about the initiative to the head is whole, and ends where it says."""
    before, end = _before(entries), _head(facts["journal"]["head"])
    promised = [
        *_published(facts),
        *(one for one in heads if before.sequence <= one.sequence <= end.sequence),
    ]
    inside = [head for head in promised if head.sequence != before.sequence]
    for fault in journal.verify(entries, inside, end, before):
        yield Fault(f"journal_{fault.kind}", str(fault.sequence))
    for head in promised:
        if head.sequence == before.sequence and head != before:
            yield Fault("journal_recomputed", str(head.sequence))


def _before(entries: Sequence[Entry]) -> Head:
    """The row that the stretch follows, as the first row of the stretch names it."""
    return Head(entries[0].sequence - 1, entries[0].previous) if entries else Head(0, journal.GENESIS)


def _out_of_reach(
    facts: Mapping[str, Any], entries: Sequence[Entry], heads: tuple[Head, ...]
) -> Iterator[Head]:
    first, last = _before(entries).sequence, _head(facts["journal"]["head"]).sequence
    return (one for one in heads if not first <= one.sequence <= last)


def _about(facts: Mapping[str, Any], entries: Iterable[Entry]) -> list[Entry]:
    refs = set(facts["journal"]["things"])
    return [entry for entry in entries if entry.thing in refs]


Opened = dict[int, dict[str, tuple[str, Any]]]


def _opened(facts: Mapping[str, Any]) -> Opened:
    """Row -> name -> salt and value, of the words that are told."""
    return {
        one["sequence"]: {name: (fact["salt"], fact["value"]) for name, fact in one["facts"].items()}
        for one in facts["journal"]["openings"]
    }


def _opening_faults(opened: Opened, entries: Iterable[Entry]) -> Iterator[Fault]:
    """Words that are told for a row are those which the row committed to."""
    rows = {entry.sequence: dict(entry.commitments) for entry in entries}
    for sequence, words in opened.items():
        for name, (salt, value) in words.items():
            sealed_as = rows.get(sequence, {}).get(name)
            if sealed_as != journal.commitment(bytes.fromhex(salt), value):
                yield Fault("words", str(sequence), name)


# --- minutes -----------------------------------------------------------------------------------------------


def _versions(item: Mapping[str, Any]) -> list[Version]:
    return [
        Version(one["number"], one["meeting"], one["sha256"], one["approved_on"]) for one in item["minutes"]
    ]


def _minutes_faults(item: Mapping[str, Any], files: Mapping[str, bytes]) -> Iterator[Fault]:
    """Each record fits its hash, each signature names that hash, and what is said to have changed did."""
    for one in item["minutes"]:
        if one["record"] and sha256(files[one["record"]]) != one["sha256"]:
            yield Fault("record", one["record"], item["title"])
        for signature in one["signatures"]:
            if signature["sha256"] != one["sha256"]:
                yield Fault("signature", item["title"], str(one["number"]))
    records = {one["number"]: files[one["record"]] for one in item["minutes"] if one["record"]}
    if changed_since_approval(_versions(item), records) != item["changed_since_approval"]:
        yield Fault("changed_since", item["title"])


def _witness_faults(item: Mapping[str, Any], entries: Iterable[Entry], opened: Opened) -> Iterator[Fault]:
    """What the journal wrote down of the minutes at the time agrees with the versions that are here."""
    shas = [one["sha256"] for one in item["minutes"]]
    named = [
        (entry.verb, opened[entry.sequence]["minutes_sha256"][1])
        for entry in entries
        if entry.thing == item["journal_ref"] and "minutes_sha256" in opened.get(entry.sequence, {})
    ]
    if any(value and value not in shas for _verb, value in named):
        yield Fault("unknown_version", item["title"])
    if named and named[-1][1] != (shas[-1] if shas else ""):
        yield Fault("newest_version", item["title"])
    approved = {value for verb, value in named if verb in APPROVED}
    for one in item["minutes"]:
        if one["approved_on"] and one["sha256"] not in approved:
            yield Fault("unwitnessed", item["title"], str(one["number"]))


def _decision_faults(
    decision: Mapping[str, Any], files: Mapping[str, bytes], entries: Iterable[Entry], opened: Opened
) -> Iterator[Fault]:
    """The frozen answers fit their hash, and it is the hash that the journal sealed with the decision."""
    kept = decision["board_sha256"]
    rows = [entry.sequence for entry in entries if entry.thing == decision["journal_ref"]]
    told = [opened[row]["board_sha256"][1] for row in rows if "board_sha256" in opened.get(row, {})]
    if sha256(files[decision["board"]]) != kept or any(value != kept for value in told):
        yield Fault("board", decision["board"])


def _told(facts: Mapping[str, Any]) -> Iterator[Told]:
    for item in facts["items"]:
        versions = _versions(item)
        changes = changes_since_approval(versions)
        for meeting in dict.fromkeys(one.meeting for one in versions):
            approved = [one for one in versions if one.meeting == meeting and one.approved_on]
            if approved:
                mine = tuple(one for one in changes if one.approved.meeting == meeting)
                last = approved[-1]
                yield Told(item["title"], last.number, last.approved_on, mine, _elsewhere(item, last))


def _elsewhere(item: Mapping[str, Any], version: Version) -> Elsewhere | None:
    """How the meeting of a version came to be known, when it was held outside Samspil."""
    meeting = next((one for one in item["meetings"] if one["id"] == version.meeting), None)
    if meeting is None or not meeting.get("entered_on"):
        return None
    signed = next(one["signatures"] for one in item["minutes"] if one["number"] == version.number)
    stated = [one["stated_by"] for one in signed if one["act"] == "approve" and one.get("stated_on")]
    return Elsewhere(meeting["entered_by"], meeting["entered_on"], "".join(stated[:1]))


# --- dates -------------------------------------------------------------------------------------------------


def _day_faults(facts: Mapping[str, Any]) -> Iterator[Fault]:
    """Before or after which step is a matter of two dates; both stand elsewhere in the dossier too."""
    steps = {one["id"]: one["dates"][-1]["on"] for one in facts["steps"]}
    met = {(item["id"], one["id"]): one["on"] for item in facts["items"] for one in item["meetings"]}
    for step in facts["before_steps"]:
        if steps[step["step"]] != step["on"]:
            yield Fault("days", step["title"])
        for one in (*step["discussed"], *step.get("on_agenda", [])):
            between = (date.fromisoformat(step["on"]) - date.fromisoformat(one["on"])).days
            if met[one["item"], one["meeting"]] != one["on"] or one["days_before"] != between:
                yield Fault("days", step["title"])
