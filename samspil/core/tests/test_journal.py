"""The chain finds what was done to it; what it cannot find from inside, a published head finds."""

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samspil.core import journal
from samspil.core.journal import (
    GENESIS,
    Entry,
    Head,
    canonical,
    commitment,
    read_lines,
    seal,
    verify,
    write_line,
)

SALT = bytes(range(16))
VERBS = ("need.raised", "item.requested", "item.discussed", "gate.decided", "minutes.approved")
words = st.text(max_size=12)


def a_chain(length: int) -> list[Entry]:
    rows: list[Entry] = []
    for number in range(1, length + 1):
        said = (("title", commitment(SALT, f"Sag nr. {number}")),)
        instant = f"2026-03-{1 + number % 28:02}T09:{number % 60:02}:00Z"
        before = rows[-1].hash if rows else GENESIS
        rows.append(
            seal(before, number, VERBS[number % 5], f"thing{number:07}", "actor0000001", instant, said)
        )
    return rows


def head_of(rows: list[Entry]) -> Head:
    return Head(rows[-1].sequence, rows[-1].hash) if rows else Head(0, GENESIS)


def resealed(rows: list[Entry]) -> list[Entry]:
    """What someone with the whole database can do: number and hash every row anew."""
    fresh: list[Entry] = []
    for number, row in enumerate(rows, start=1):
        before = fresh[-1].hash if fresh else GENESIS
        fresh.append(seal(before, number, row.verb, row.thing, row.actor, row.instant, row.commitments))
    return fresh


def kinds(faults: list[journal.Fault]) -> list[tuple[str, int]]:
    return [(fault.kind, fault.sequence) for fault in faults]


CHAIN = a_chain(12)


def test_a_whole_chain_has_no_faults():
    assert verify(CHAIN, published_heads=[head_of(CHAIN[:5]), head_of(CHAIN)], head=head_of(CHAIN)) == []


def test_an_empty_chain_is_whole_and_ends_at_genesis():
    assert verify([], published_heads=[Head(0, GENESIS)], head=Head(0, GENESIS)) == []


def test_the_hash_can_be_recomputed_by_hand():
    entry = seal(GENESIS, 1, "need.raised", "t1", "a1", "2026-03-01T09:00:00Z", (("title", "c0"),))
    by_hand = (
        '{"actor":"a1","commitments":[["title","c0"]],"format":"samspil-journal-1","hash":"",'
        '"instant":"2026-03-01T09:00:00Z","previous":"'
        + "0" * 64
        + '","sequence":1,"thing":"t1","verb":"need.raised"}'
    )
    assert entry.hash == hashlib.sha256(by_hand.encode()).hexdigest()


@pytest.mark.parametrize("field", ["verb", "thing", "actor", "instant"])
def test_an_altered_word_is_found_in_its_row_alone(field: str):
    rows = [*CHAIN[:4], replace(CHAIN[4], **{field: "another"}), *CHAIN[5:]]
    assert kinds(verify(rows)) == [("altered", 5)]


def test_an_altered_commitment_is_found():
    rows = [replace(CHAIN[0], commitments=(("title", "0" * 64),)), *CHAIN[1:]]
    assert kinds(verify(rows)) == [("altered", 1)]


def test_an_altered_row_with_a_fresh_hash_no_longer_carries_the_next_one():
    forged = seal(CHAIN[3].hash, 5, "gate.decided", "thing0000005", "actor0000002", CHAIN[4].instant)
    assert kinds(verify([*CHAIN[:4], forged, *CHAIN[5:]])) == [("unlinked", 6)]


def test_a_deleted_row_is_found():
    assert kinds(verify(CHAIN[:4] + CHAIN[5:])) == [("missing", 5)]


def test_a_deleted_first_row_is_found():
    assert kinds(verify(CHAIN[1:])) == [("missing", 1)]


def test_swapped_rows_are_found():
    rows = [*CHAIN[:2], CHAIN[3], CHAIN[2], *CHAIN[4:]]
    assert kinds(verify(rows)) == [("missing", 3), ("misplaced", 3)]


@pytest.mark.parametrize("row", [1, 5, 12])
def test_a_duplicated_row_is_found(row: int):
    assert kinds(verify([*CHAIN[:row], CHAIN[row - 1], *CHAIN[row:]])) == [("duplicated", row)]


def test_a_row_numbered_zero_is_found():
    assert ("misplaced", 0) in kinds(verify([seal(GENESIS, 0, "v", "t", "a", "i"), *CHAIN]))


def test_a_truncated_chain_looks_whole_from_inside():
    assert verify(CHAIN[:9]) == []


def test_a_truncated_chain_is_found_by_the_stored_head():
    assert kinds(verify(CHAIN[:9], head=head_of(CHAIN))) == [("truncated", 12)]


def test_a_truncated_chain_is_found_by_a_published_head():
    assert kinds(verify(CHAIN[:9], published_heads=[head_of(CHAIN[:11])])) == [("truncated", 11)]


def test_an_emptied_chain_is_found_by_a_published_head():
    assert kinds(verify([], published_heads=[head_of(CHAIN[:1])])) == [("truncated", 1)]


def test_a_wholly_recomputed_chain_looks_whole_with_its_own_head():
    forged = resealed([CHAIN[0], replace(CHAIN[1], verb="forged"), *CHAIN[2:]])
    assert verify(forged, head=head_of(forged)) == []


def test_a_wholly_recomputed_chain_is_found_by_a_published_head():
    forged = resealed([CHAIN[0], replace(CHAIN[1], verb="forged"), *CHAIN[2:]])
    faults = verify(forged, published_heads=[head_of(CHAIN[:8])], head=head_of(forged))
    assert kinds(faults) == [("recomputed", 8)]


def test_two_published_heads_of_one_number_cannot_both_hold():
    heads = [head_of(CHAIN[:3]), Head(3, "f" * 64)]
    assert kinds(verify(CHAIN, published_heads=heads)) == [("recomputed", 3)]


def test_rows_appended_past_the_stored_head_are_found():
    assert kinds(verify(CHAIN, head=head_of(CHAIN[:10]))) == [("beyond_head", 12)]


def test_an_instant_before_the_one_of_the_row_before_is_no_fault_of_the_chain():
    first = seal(GENESIS, 1, "v", "t", "a", "2026-03-15T09:00:00Z")
    second = seal(first.hash, 2, "v", "t", "a", "2026-03-01T09:00:00Z")
    assert verify([first, second]) == []


def test_verifying_holds_one_row_at_a_time():
    alive: list[int] = []

    def rows() -> Iterator[Entry]:
        for row in CHAIN:
            alive.append(row.sequence)
            yield row

    assert verify(rows()) == []
    assert alive == list(range(1, 13))


def test_every_fault_is_told_not_only_the_first():
    rows = [replace(row, verb="forged") for row in CHAIN]
    assert kinds(verify(rows)) == [("altered", number) for number in range(1, 13)]


def test_an_exported_chain_is_read_back_as_it_was():
    assert list(read_lines(write_line(row) + "\n" for row in CHAIN)) == CHAIN


@pytest.mark.parametrize(
    "line",
    [
        "",
        "[]",
        "not json",
        '{"sequence":1}',
        write_line(CHAIN[0]) + " ",
        write_line(CHAIN[0]).replace(",", ", ", 1),
        write_line(CHAIN[0]).replace('"sequence":1', '"sequence":"1"'),
        write_line(CHAIN[0]).replace('"sequence":1', '"sequence":1.0'),
        write_line(CHAIN[0]).replace('"sequence":1', '"sequence":1,"sequence":1'),
        write_line(CHAIN[0]).replace('"sequence":1', '"note":"hello","sequence":1'),
        write_line(CHAIN[0]).replace("requested", "\\ud800"),
        "[" * 100_000,
    ],
)
def test_a_line_a_journal_would_not_write_is_refused_with_its_number(line: str):
    with pytest.raises(ValueError, match="Line 2 is not written"):
        list(read_lines([write_line(CHAIN[0]), line]))


def test_a_commitment_opens_with_its_salt_and_value_only():
    kept = commitment(SALT, {"name": "Åse", "text": "Vi mangler tid."})
    assert kept == commitment(SALT, {"text": "Vi mangler tid.", "name": "Åse"})
    assert kept != commitment(SALT, {"name": "Åse", "text": "Vi mangler tid"})
    assert kept != commitment(bytes(16), {"name": "Åse", "text": "Vi mangler tid."})


def test_a_short_salt_is_refused_because_it_can_be_guessed():
    with pytest.raises(ValueError, match="at least 16 bytes"):
        commitment(b"short", "text")


@pytest.mark.parametrize("value", [1.5, {1: "one"}, {"a": {2: 3}}, b"bytes", {"a": [0.1]}])
def test_values_with_more_than_one_form_are_refused(value: object):
    with pytest.raises(TypeError):
        canonical(value)


@given(
    st.dictionaries(
        words, st.recursive(st.integers() | words | st.none(), st.lists, max_leaves=5), max_size=4
    )
)
def test_canonical_does_not_depend_on_the_order_of_keys_and_reads_back(mapping: dict[str, object]):
    turned = dict(reversed(mapping.items()))
    assert canonical(mapping) == canonical(turned)
    assert json.loads(canonical(mapping)) == mapping


@given(st.lists(st.tuples(words, words, words, words), max_size=8), st.data())
def test_any_words_seal_into_a_whole_chain_that_survives_export(
    rows: list[tuple[str, ...]], data: st.DataObject
):
    chain: list[Entry] = []
    for number, (verb, thing, actor, instant) in enumerate(rows, start=1):
        chain.append(seal(head_of(chain).hash, number, verb, thing, actor, instant))
    assert verify(read_lines(map(write_line, chain)), head=head_of(chain)) == []
    cut = data.draw(st.integers(0, len(chain)))
    assert bool(verify(chain[:cut], head=head_of(chain))) == (cut < len(chain))


Mutation = Callable[[Random, list[Entry]], list[Entry]]


def altered(dice: Random, rows: list[Entry]) -> list[Entry]:
    place = dice.randrange(len(rows))
    field = dice.choice(["verb", "thing", "actor", "instant", "previous", "hash"])
    text = getattr(rows[place], field)
    where = dice.randrange(len(text))
    other = chr(ord(text[where]) ^ (1 << dice.randrange(5)))
    return [
        *rows[:place],
        replace(rows[place], **{field: text[:where] + other + text[where + 1 :]}),
        *rows[place + 1 :],
    ]


def altered_number(dice: Random, rows: list[Entry]) -> list[Entry]:
    place = dice.randrange(len(rows))
    other = rows[place].sequence + dice.choice([-7, -1, 1, 7])
    return [*rows[:place], replace(rows[place], sequence=other), *rows[place + 1 :]]


def altered_commitment(dice: Random, rows: list[Entry]) -> list[Entry]:
    place = dice.randrange(len(rows))
    changed = dice.choice([(), (("title", "e" * 64),), (*rows[place].commitments, ("more", "e" * 64))])
    return [*rows[:place], replace(rows[place], commitments=changed), *rows[place + 1 :]]


def altered_and_rehashed(dice: Random, rows: list[Entry]) -> list[Entry]:
    place = dice.randrange(len(rows))
    old = rows[place]
    forged = seal(old.previous, old.sequence, "forged", old.thing, old.actor, old.instant, old.commitments)
    return [*rows[:place], forged, *rows[place + 1 :]]


def deleted(dice: Random, rows: list[Entry]) -> list[Entry]:
    start = dice.randrange(len(rows))
    return rows[:start] + rows[start + dice.randint(1, 3) :]


def swapped(dice: Random, rows: list[Entry]) -> list[Entry]:
    first, second = dice.sample(range(len(rows)), 2)
    turned = list(rows)
    turned[first], turned[second] = turned[second], turned[first]
    return turned


def swapped_and_renumbered(dice: Random, rows: list[Entry]) -> list[Entry]:
    return [replace(row, sequence=number) for number, row in enumerate(swapped(dice, rows), start=1)]


def duplicated(dice: Random, rows: list[Entry]) -> list[Entry]:
    row, place = dice.choice(rows), dice.randrange(len(rows))
    return [*rows[:place], row, *rows[place:]]


def inserted(dice: Random, rows: list[Entry]) -> list[Entry]:
    place = dice.randrange(len(rows))
    before = rows[place - 1].hash if place else GENESIS
    return [*rows[:place], seal(before, place + 1, "forged", "t", "a", "i"), *rows[place:]]


def truncated(dice: Random, rows: list[Entry]) -> list[Entry]:
    return rows[: dice.randrange(len(rows))]


def recomputed(dice: Random, rows: list[Entry]) -> list[Entry]:
    kind = dice.choice([altered_and_rehashed, altered_commitment, deleted, swapped, inserted])
    return resealed(kind(dice, rows))


MUTATIONS: list[Mutation] = [
    altered,
    altered_number,
    altered_commitment,
    altered_and_rehashed,
    deleted,
    swapped,
    swapped_and_renumbered,
    duplicated,
    inserted,
    truncated,
    recomputed,
]


def undetected(repeats: int, seed: int) -> Counter[str]:
    """Mutations of a chain whose last head was published that nobody noticed, by kind."""
    dice, missed = Random(seed), Counter[str]()
    for number in range(repeats):
        mutation = MUTATIONS[number % len(MUTATIONS)]
        rows = CHAIN[: dice.randint(2, len(CHAIN))]
        forged = mutation(dice, rows)
        assert forged != rows, mutation
        missed[mutation.__name__] += not verify(forged, published_heads=[head_of(rows)])
    return +missed


def test_three_hundred_mutations_are_all_found():
    assert not undetected(300, seed=1)


@pytest.mark.prove
def test_ten_thousand_mutations_are_all_found():
    assert not undetected(10_000, seed=2)


def test_a_flipped_bit_in_an_export_is_found():
    lines, dice = [write_line(row) for row in CHAIN], Random(3)
    for _ in range(300):
        place = dice.randrange(len(lines))
        where = dice.randrange(len(lines[place]))
        other = chr(ord(lines[place][where]) ^ (1 << dice.randrange(5)))
        line = lines[place][:where] + other + lines[place][where + 1 :]
        assert not holds([*lines[:place], line, *lines[place + 1 :]])


def holds(lines: list[str]) -> bool:
    try:
        return not verify(read_lines(lines), published_heads=[head_of(CHAIN)])
    except ValueError:
        return False
