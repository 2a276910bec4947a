"""A dossier is as it was made, or the first byte that is not is found; what it says of minutes can be recomputed."""

import io
import json
import zipfile
from collections.abc import Callable
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samspil.core import dossier, journal
from samspil.core.dossier import Version, changes_since_approval, examine, pack, sealed, unpack

SALT = "00" * 16
ITEM, DECISION = "item00000001", "decision0001"
Package = list[tuple[str, bytes]]


def record(text: str = "Drøftet.") -> bytes:
    return journal.canonical({"format": "samspil-minutes-1", "text": text, "outcomes": []})


def opening(sequence: int, **facts: str) -> dict[str, Any]:
    told = {name: {"salt": SALT, "value": value} for name, value in facts.items()}
    return {"sequence": sequence, "facts": told}


def chain_of(rows: list[tuple[str, str, dict[str, str]]], first: int = 5) -> list[journal.Entry]:
    """Rows that follow another one: a stretch out of a longer chain."""
    found: list[journal.Entry] = []
    for number, (verb, thing, facts) in enumerate(rows, first):
        said = tuple(
            (name, journal.commitment(bytes.fromhex(SALT), value)) for name, value in sorted(facts.items())
        )
        before = found[-1].hash if found else "ab" * 32
        instant = f"2026-03-{number:02}T09:00:00Z"
        found.append(journal.seal(before, number, verb, thing, "actor0000001", instant, said))
    return found


def contents() -> tuple[dict[str, Any], dict[str, bytes], list[journal.Entry]]:
    """A small dossier: one item with approved minutes, one step, one decision, and rows of others between."""
    minutes, board = record(), b'{"lines":[]}'
    sha, board_sha = dossier.sha256(minutes), dossier.sha256(board)
    rows: list[tuple[str, str, dict[str, str]]] = [
        ("dialogue.item_requested", ITEM, {"minutes_sha256": ""}),
        ("organisation.role_given", "other0000001", {}),
        ("dialogue.minutes_written", ITEM, {"minutes_sha256": sha}),
        ("dialogue.minutes_approved", ITEM, {"minutes_sha256": sha}),
        ("initiative.gate_decided", DECISION, {"board_sha256": board_sha}),
        ("organisation.role_given", "other0000001", {}),
    ]
    entries = chain_of(rows)
    version = {
        "number": 1,
        "meeting": "m1",
        "sha256": sha,
        "approved_on": "2026-03-08",
        "record": "3 Referater/01 v1.json",
        "signatures": [{"act": "approve", "sha256": sha}],
    }
    facts = {
        "items": [
            {
                "id": "i1",
                "journal_ref": ITEM,
                "title": "Vagtplan",
                "meetings": [{"id": "m1", "on": "2026-03-07"}],
                "minutes": [version],
                "changed_since_approval": [],
            }
        ],
        "steps": [{"id": "s1", "dates": [{"on": "2026-03-20"}]}],
        "before_steps": [
            {
                "step": "s1",
                "title": "Kontrakten",
                "on": "2026-03-20",
                "discussed": [{"item": "i1", "meeting": "m1", "on": "2026-03-07", "days_before": 13}],
            }
        ],
        "closed": [],
        "decisions": [
            {"journal_ref": DECISION, "board": "4 Beslutninger/01.json", "board_sha256": board_sha}
        ],
        "journal": {
            "things": [ITEM, DECISION],
            "head": {"sequence": entries[-1].sequence, "hash": entries[-1].hash},
            "published_heads": [{"sequence": entries[1].sequence, "hash": entries[1].hash}],
            "openings": [opening(number, **said) for number, (_v, _t, said) in enumerate(rows, 5) if said],
        },
    }
    files = {"1 Overblik.pdf": b"%PDF-1.7 et overblik", "3 Referater/01 v1.json": minutes}
    return facts, files | {"4 Beslutninger/01.json": board}, entries


def assembled(facts: dict[str, Any], files: dict[str, bytes], entries: list[journal.Entry]) -> bytes:
    """The package that somebody makes who reckons every hash anew."""
    lines = "".join(f"{journal.write_line(entry)}\n" for entry in entries)
    every = [*files.items(), (dossier.FACTS, dossier.readable(facts)), (dossier.JOURNAL, lines.encode())]
    return pack(sealed(every, {"title": "Vagtplan", "organisation": "Fjordby", "made_on": "2026-04-01"}))


def a_dossier() -> bytes:
    return assembled(*contents())


def kinds(data: bytes, *heads: journal.Head) -> set[str]:
    return {fault.kind for fault in examine(data, heads).faults}


def test_a_dossier_that_nobody_touched_fits() -> None:
    report = examine(a_dossier())
    assert report.faults == ()
    assert (report.rows, report.rows_about, len(report.published)) == (6, 4, 1)
    assert [(one.title, one.number, one.changes) for one in report.minutes] == [("Vagtplan", 1, ())]


def test_the_same_contents_give_the_same_bytes_and_another_program_reads_them() -> None:
    data = a_dossier()
    assert data == a_dossier()
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        assert [(one.filename, archive.read(one)) for one in archive.infolist()] == unpack(data)
        assert {one.date_time for one in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


names = st.text("abcdefgh 0123", min_size=1, max_size=12).filter(dossier.is_plain)


@given(st.lists(st.tuples(names, st.binary(max_size=60)), min_size=1, max_size=6))
def test_what_is_packed_comes_out_again(files: Package) -> None:
    assert unpack(pack(files)) == files


@pytest.mark.parametrize(
    "name", ["", "/a", "a/", "../a", "a/../b", "a\\b", "å", "a\n", " a", "a ", "a//b", ".", "c:a", "a/./b"]
)
def test_a_name_that_leads_elsewhere_is_never_packed(name: str) -> None:
    with pytest.raises(ValueError, match="Not a name"):
        pack([(name, b"")])


def test_each_byte_that_is_changed_is_found() -> None:
    """Every byte of the small dossier, each with one bit turned and each replaced by another."""
    data = a_dossier()
    for at in range(len(data)):
        for other in (data[at] ^ 1, data[at] ^ 0x80, (data[at] + 13) % 256):
            altered = data[:at] + bytes([other]) + data[at + 1 :]
            assert kinds(altered), f"byte {at}"


# --- 10,000 ways of changing bytes -------------------------------------------------------------------------


def flip(data: bytes, dice: Random) -> bytes:
    at = dice.randrange(len(data))
    return data[:at] + bytes([data[at] ^ (1 << dice.randrange(8))]) + data[at + 1 :]


def insert(data: bytes, dice: Random) -> bytes:
    at = dice.randrange(len(data) + 1)
    return data[:at] + dice.randbytes(dice.randint(1, 9)) + data[at:]


def delete(data: bytes, dice: Random) -> bytes:
    at = dice.randrange(len(data))
    return data[:at] + data[at + dice.randint(1, 9) :]


def swap(data: bytes, dice: Random) -> bytes:
    one, other = sorted(dice.sample(range(len(data)), 2))
    return (
        data[:one] + data[other : other + 1] + data[one + 1 : other] + data[one : one + 1] + data[other + 1 :]
    )


def append(data: bytes, dice: Random) -> bytes:
    return data + dice.randbytes(dice.randint(1, 30))


def cut(data: bytes, dice: Random) -> bytes:
    return data[: dice.randrange(len(data))]


def rename(data: bytes, dice: Random) -> bytes:
    """A file has another name, in the ZIP alone; the ZIP is laid properly."""
    files = unpack(data)
    at = dice.randrange(len(files))
    files[at] = (f"x{dice.randrange(1000)}", files[at][1])
    return pack(files)


def reorder(data: bytes, dice: Random) -> bytes:
    files = unpack(data)
    dice.shuffle(files)
    return pack(files)


def leave_out(data: bytes, dice: Random) -> bytes:
    files = unpack(data)
    del files[dice.randrange(len(files))]
    return pack(files) if files else b""


def put_in(data: bytes, dice: Random) -> bytes:
    files = unpack(data)
    files.insert(dice.randrange(len(files) + 1), (f"y{dice.randrange(1000)}.txt", dice.randbytes(5)))
    return pack(files)


def repeat(data: bytes, dice: Random) -> bytes:
    files = unpack(data)
    return pack([*files, dice.choice(files)])


def rezip(data: bytes, dice: Random) -> bytes:
    """Another program packs the same files: compressed, with a comment, with dates."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", dice.choice([zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED])) as archive:
        for name, content in unpack(data):
            archive.writestr(zipfile.ZipInfo(name, (2026, 1, 1 + dice.randrange(28), 0, 0, 0)), content)
        archive.comment = dice.choice([b"", b"hej"])
    return out.getvalue()


WAYS: tuple[Callable[[bytes, Random], bytes], ...] = (
    flip,
    insert,
    delete,
    swap,
    append,
    cut,
    rename,
    reorder,
    leave_out,
    put_in,
    repeat,
    rezip,
)


def found_of(count: int, seed: int) -> list[str]:
    """The changes among so many that nothing was said of."""
    data, dice, missed = a_dossier(), Random(seed), []
    for number in range(count):
        way = WAYS[number % len(WAYS)]
        altered = way(data, dice)
        if altered != data and not kinds(altered):
            missed.append(f"{number}: {way.__name__}")
    return missed


def test_300_seeded_changes_are_found() -> None:
    assert found_of(300, seed=20260301) == []


@pytest.mark.prove
def test_10_000_seeded_changes_are_found() -> None:
    assert found_of(10_000, seed=20260302) == []


# --- somebody who packs properly but reckons no hash anew --------------------------------------------------


def repacked(change: Callable[[dict[str, bytes]], None]) -> set[str]:
    files = dict(unpack(a_dossier()))
    change(files)
    return kinds(pack(list(files.items())))


def test_a_list_that_says_something_else_does_not_fit_its_fingerprint() -> None:
    def change(files: dict[str, bytes]) -> None:
        files[dossier.MANIFEST] = files[dossier.MANIFEST].replace(b"Fjordby", b"Sjovik")

    assert repacked(change) == {"package_hash"}


def test_a_list_that_is_written_in_another_way_is_found() -> None:
    def change(files: dict[str, bytes]) -> None:
        files[dossier.MANIFEST] = json.dumps(json.loads(files[dossier.MANIFEST])).encode()

    assert repacked(change) == {"manifest"}


@pytest.mark.parametrize(
    "name", ["1 Overblik.pdf", "3 Referater/01 v1.json", "dossier.json", "journal.jsonl"]
)
def test_a_file_that_says_something_else_is_named(name: str) -> None:
    def change(files: dict[str, bytes]) -> None:
        files[name] += b" "

    assert repacked(change) == {"changed"}


# --- somebody who reckons every hash anew ------------------------------------------------------------------


def forged(change: Callable[[dict[str, Any], dict[str, bytes], list[journal.Entry]], None]) -> set[str]:
    facts, files, entries = contents()
    change(facts, files, entries)
    return kinds(assembled(facts, files, entries))


def test_minutes_that_do_not_fit_their_hash_are_found() -> None:
    def change(_facts: Any, files: dict[str, bytes], _entries: Any) -> None:
        files["3 Referater/01 v1.json"] = record("Noget andet.")

    assert forged(change) == {"record"}


def test_minutes_with_a_new_hash_are_contradicted_by_signature_and_journal() -> None:
    def change(facts: dict[str, Any], files: dict[str, bytes], _entries: Any) -> None:
        files["3 Referater/01 v1.json"] = record("Noget andet.")
        facts["items"][0]["minutes"][0]["sha256"] = dossier.sha256(record("Noget andet."))

    assert forged(change) == {"signature", "unknown_version", "newest_version", "unwitnessed"}


def test_a_signature_for_another_text_is_found() -> None:
    def change(facts: dict[str, Any], _files: Any, _entries: Any) -> None:
        facts["items"][0]["minutes"][0]["signatures"][0]["sha256"] = "0" * 64

    assert forged(change) == {"signature"}


def later_version(facts: dict[str, Any], files: dict[str, bytes], entries: list[journal.Entry]) -> None:
    """A version after the approval, properly journalled."""
    other = record("Rettet bagefter.")
    sha = dossier.sha256(other)
    files["3 Referater/01 v2.json"] = other
    item = facts["items"][0]
    first = item["minutes"][0]
    item["minutes"].append(
        first
        | {
            "number": 2,
            "sha256": sha,
            "approved_on": "",
            "record": "3 Referater/01 v2.json",
            "signatures": [],
        }
    )
    said = (("minutes_sha256", journal.commitment(bytes.fromhex(SALT), sha)),)
    last = entries[-1]
    entries.append(
        journal.seal(
            last.hash, last.sequence + 1, "dialogue.minutes_written", ITEM, "a", "2026-03-30T09:00:00Z", said
        )
    )
    facts["journal"]["openings"].append(opening(entries[-1].sequence, minutes_sha256=sha))
    facts["journal"]["head"] = {"sequence": entries[-1].sequence, "hash": entries[-1].hash}


def test_a_change_after_the_approval_is_told_and_is_no_fault() -> None:
    facts, files, entries = contents()
    later_version(facts, files, entries)
    facts["items"][0]["changed_since_approval"] = [{"after": 1, "number": 2, "parts": ["text"]}]
    report = examine(assembled(facts, files, entries))
    assert report.faults == ()
    assert [change.later.number for change in report.minutes[0].changes] == [2]


def test_a_change_after_the_approval_that_is_kept_quiet_is_found() -> None:
    assert forged(later_version) == {"changed_since"}


def test_a_later_version_that_is_left_out_is_named_by_the_journal() -> None:
    def change(facts: dict[str, Any], files: dict[str, bytes], entries: list[journal.Entry]) -> None:
        later_version(facts, files, entries)
        facts["items"][0]["minutes"].pop()

    assert forged(change) == {"unknown_version", "newest_version"}


def test_other_words_for_a_row_of_the_journal_are_found() -> None:
    def change(facts: dict[str, Any], _files: Any, _entries: Any) -> None:
        facts["journal"]["openings"][-1]["facts"]["board_sha256"]["salt"] = "11" * 16

    assert forged(change) == {"words"}


def test_a_row_of_the_journal_that_is_altered_or_left_out_is_found() -> None:
    def alter(_facts: Any, _files: Any, entries: list[journal.Entry]) -> None:
        one = entries[1]
        entries[1] = journal.seal(one.previous, one.sequence, "x.y", one.thing, one.actor, one.instant)

    def leave_out_one(_facts: Any, _files: Any, entries: list[journal.Entry]) -> None:
        del entries[1]

    assert "journal_unlinked" in forged(alter)
    assert "journal_missing" in forged(leave_out_one)


def test_a_stretch_sealed_anew_is_contradicted_by_a_head_that_was_published() -> None:
    """What stands in the file can all be made anew; what was printed elsewhere cannot."""
    facts, files, entries = contents()
    true_head = journal.Head(entries[-1].sequence, entries[-1].hash)
    rows = [(entry.verb, entry.thing, dict(entry.commitments)) for entry in entries]
    again: list[journal.Entry] = []
    for entry, (verb, thing, said) in zip(entries, rows, strict=True):
        before = again[-1].hash if again else entry.previous
        actor = "forgedactor1" if entry is entries[0] else entry.actor
        again.append(
            journal.seal(before, entry.sequence, verb, thing, actor, entry.instant, tuple(said.items()))
        )
    facts["journal"]["head"] = {"sequence": again[-1].sequence, "hash": again[-1].hash}
    facts["journal"]["published_heads"] = []
    data = assembled(facts, files, again)
    assert kinds(data) == set()
    assert kinds(data, true_head) == {"journal_recomputed"}


def test_a_head_outside_the_stretch_is_not_compared_and_that_is_said() -> None:
    late, early = journal.Head(99, "0" * 64), journal.Head(1, "0" * 64)
    report = examine(a_dossier(), [late, early])
    assert (report.faults, report.out_of_reach) == ((), (late, early))


def test_the_row_that_the_stretch_follows_can_be_compared_too() -> None:
    assert kinds(a_dossier(), journal.Head(4, "ab" * 32)) == set()
    assert kinds(a_dossier(), journal.Head(4, "cd" * 32)) == {"journal_recomputed"}


def test_days_that_do_not_follow_from_the_dates_are_found() -> None:
    def count(facts: dict[str, Any], _files: Any, _entries: Any) -> None:
        facts["before_steps"][0]["discussed"][0]["days_before"] = 30

    def move(facts: dict[str, Any], _files: Any, _entries: Any) -> None:
        facts["before_steps"][0]["on"] = "2026-03-21"

    assert forged(count) == {"days"}
    assert forged(move) == {"days"}


def test_frozen_answers_that_do_not_fit_are_found() -> None:
    def change(facts: dict[str, Any], files: dict[str, bytes], _entries: Any) -> None:
        files["4 Beslutninger/01.json"] = b"{}"
        facts["decisions"][0]["board_sha256"] = dossier.sha256(b"{}")

    assert forged(change) == {"board"}


@pytest.mark.parametrize("broken", [[], {}, {"items": 7}, {"items": [{}]}, None, "x"])
def test_facts_of_another_shape_are_a_fault_and_no_crash(broken: Any) -> None:
    _facts, files, entries = contents()
    assert kinds(assembled(broken, files, entries)) == {"shape"}


@given(st.binary(max_size=200))
def test_any_bytes_get_an_answer(data: bytes) -> None:
    assert examine(data).faults


def test_a_package_of_something_else_is_no_dossier() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.txt", "hej")
    assert not examine(out.getvalue()).is_dossier
    assert not examine(b"").is_dossier


# --- what counts as a change -------------------------------------------------------------------------------


def test_a_version_before_the_approval_or_of_another_meeting_is_no_change() -> None:
    versions = [Version(1, "m1", "a", ""), Version(2, "m1", "b", "2026-03-08"), Version(3, "m2", "c", "")]
    assert changes_since_approval(versions) == ()


def test_a_later_version_counts_even_when_it_was_approved_in_its_turn() -> None:
    one, other = Version(1, "m1", "a", "2026-03-08"), Version(2, "m1", "b", "2026-03-20")
    (change,) = changes_since_approval([other, one])
    assert (change.approved, change.later) == (one, other)


def test_the_parts_that_differ_are_named() -> None:
    assert dossier.differences(record("a"), record("b")) == ("text",)
    assert dossier.differences(record("a"), record("a")) == ()


def test_the_manifest_says_what_the_package_is() -> None:
    manifest = json.loads(dict(unpack(a_dossier()))[dossier.MANIFEST])
    assert (manifest["format"], manifest["title"]) == ("samspil-dossier-1", "Vagtplan")
    assert manifest["package_sha256"] == dossier.fingerprint(manifest)
