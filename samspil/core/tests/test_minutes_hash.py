import hashlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samspil.core.minutes_hash import meeting_hash

HASHES = st.binary(max_size=40).map(lambda data: hashlib.sha256(data).hexdigest())
A, B = hashlib.sha256(b"a").hexdigest(), hashlib.sha256(b"b").hexdigest()


def test_the_worked_example_of_the_documentation() -> None:
    assert A.startswith("ca978112")
    assert B.startswith("3e23e816")
    assert meeting_hash([A, B]) == "bef9b0c1d4d7a37973e9c7daa1bb6239056c0f6b0af6bc6d86bcf90c0b13b51d"


def test_a_stranger_computes_it_with_json_and_sha256() -> None:
    text = json.dumps({"format": "samspil-meeting-minutes-1", "items": [A, B]}, separators=(",", ":"))
    assert meeting_hash([A, B]) == hashlib.sha256(text.encode()).hexdigest()


@given(st.lists(HASHES, min_size=2, max_size=8, unique=True), st.randoms(use_true_random=False))
def test_the_order_counts(items: list[str], dice: object) -> None:
    shuffled = list(items)
    dice.shuffle(shuffled)  # type: ignore[attr-defined]
    assert (meeting_hash(items) == meeting_hash(shuffled)) == (items == shuffled)


@given(st.lists(HASHES, min_size=1, max_size=8), st.data())
def test_any_changed_digit_changes_it(items: list[str], data: st.DataObject) -> None:
    which = data.draw(st.integers(0, len(items) - 1))
    place = data.draw(st.integers(0, 63))
    other = data.draw(st.sampled_from(sorted(set("0123456789abcdef") - {items[which][place]})))
    changed = list(items)
    changed[which] = items[which][:place] + other + items[which][place + 1 :]
    assert meeting_hash(changed) != meeting_hash(items)


@given(st.lists(HASHES, max_size=6), st.integers(0, 6), HASHES)
def test_an_item_more_or_less_changes_it(items: list[str], place: int, more: str) -> None:
    assert meeting_hash([*items[:place], more, *items[place:]]) != meeting_hash(items)


@pytest.mark.parametrize("wrong", ["", A.upper(), A[:-1], A + "0", f" {A}", A + "\n", "g" * 64])
def test_what_is_no_hash_is_refused(wrong: str) -> None:
    with pytest.raises(ValueError, match="hex digits"):
        meeting_hash([A, wrong])
