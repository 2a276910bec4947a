"""The urn: keys that can be typed, envelopes that any two of three open, and counts that follow from content."""

import random
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from itertools import combinations, permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nacl.public import PrivateKey, SealedBox

from samspil.core.urn import counting, files, keys, sealing
from samspil.core.urn.files import About, NoUrnError, SealedUrn, WrongKeyError
from samspil.core.urn.form import (
    LARGEST,
    Attribute,
    Ballot,
    Form,
    Question,
    TooLongError,
    pad,
    padded,
    read_ballot,
    tidy,
    unpad,
)

SECRETS = [bytes([number]) * keys.SECRET_SIZE for number in (1, 2, 3)]
PUBLIC = [keys.public_of(secret) for secret in SECRETS]
FORM = Form(
    (Question("aaaa", "Vagtplanen passer", "da"), Question("bbbb", "Telefonen er nok", "da")),
    (Attribute("place", "Arbejdsplads", (("Nord", "Dag"), ("Nord", "Nat"), ("Syd", "Dag"))),),
    longest_text=200,
)


def dice(seed: object = 0) -> bytes:
    return random.Random(repr(seed)).randbytes(sealing.RANDOM_SIZE)


def ballot(agree: int = 1, place: int = 0, text: str = "") -> Ballot:
    return Ballot(
        {"aaaa": agree, "bbbb": 0}, ("bbbb", "aaaa"), {"place": place}, text, "kode" if text else ""
    )


def sealed(given_: Ballot, seed: object = 0) -> bytes:
    return sealing.seal(padded(given_, FORM), PUBLIC, dice(seed))


def urn(envelopes: Sequence[bytes], smallest_total: int = 5, smallest_breakdown: int = 10) -> SealedUrn:
    about = About(
        "r" * 12, "Vagtplanen", "Fjordby Kommune", 40, "0" * 64, smallest_total, smallest_breakdown, FORM
    )
    return SealedUrn(about, tuple(one.hex() for one in PUBLIC), tuple(envelopes))


# --- keys that can be typed ----------------------------------------------------------------------------------


@given(st.binary(min_size=keys.SECRET_SIZE, max_size=keys.SECRET_SIZE), st.booleans())
def test_a_key_comes_back_however_it_is_typed(secret: bytes, carelessly: bool) -> None:
    text = keys.as_text(secret)
    assert [len(group) for group in text.split()] == [5] * 8
    typed = text.lower().replace(" ", "-").replace("0", "o").replace("1", "l") if carelessly else text
    assert keys.from_text(f"  {typed}\n") == secret


@given(
    st.binary(min_size=keys.SECRET_SIZE, max_size=keys.SECRET_SIZE),
    st.integers(0, 39),
    st.integers(1, 31),
)
def test_one_wrong_character_is_found_in_its_group(secret: bytes, at: int, off: int) -> None:
    typed = list(keys.as_text(secret).replace(" ", ""))
    typed[at] = keys.ALPHABET[(keys.ALPHABET.index(typed[at]) + off) % 32]
    with pytest.raises(keys.MistypedKeyError) as fault:
        keys.from_text("".join(typed))
    assert fault.value.group == at // 5 + 1


@given(st.binary(min_size=keys.SECRET_SIZE, max_size=keys.SECRET_SIZE), st.integers(0, 38))
def test_neighbours_that_changed_places_are_found(secret: bytes, at: int) -> None:
    typed = list(keys.as_text(secret).replace(" ", ""))
    typed[at], typed[at + 1] = typed[at + 1], typed[at]
    if "".join(typed) != keys.as_text(secret).replace(" ", "") and at % 5 < 3:
        with pytest.raises(keys.MistypedKeyError):
            keys.from_text("".join(typed))


def test_groups_that_changed_places_are_found() -> None:
    groups = keys.as_text(bytes(range(20))).split()
    for one, other in combinations(range(8), 2):
        swapped = list(groups)
        swapped[one], swapped[other] = swapped[other], swapped[one]
        with pytest.raises(keys.MistypedKeyError):
            keys.from_text(" ".join(swapped))


@pytest.mark.parametrize("text", ["", "ABCDE", "ABCDE " * 9, "ÆØÅÆØ " * 8])
def test_what_is_no_key_is_refused(text: str) -> None:
    with pytest.raises(keys.MistypedKeyError):
        keys.from_text(text)


# --- envelopes -------------------------------------------------------------------------------------------------


def test_a_box_of_ours_is_libsodiums_sealed_box_and_the_other_way_round() -> None:
    pair = PrivateKey(keys.private_of(SECRETS[0]))
    assert SealedBox(pair).decrypt(sealing.seal_box(b"ja", PUBLIC[0], dice()[:32])) == b"ja"
    assert sealing.open_box(SealedBox(pair.public_key).encrypt(b"nej"), SECRETS[0]) == b"nej"


@pytest.mark.parametrize(("one", "other"), list(permutations(range(3), 2)))
def test_any_two_of_three_open_an_envelope_whoever_begins(one: int, other: int) -> None:
    found = sealing.open_with_two(sealed(ballot()), [(one, SECRETS[one]), (other, SECRETS[other])])
    assert read_ballot(found, FORM) == ballot()


@pytest.mark.parametrize("alone", range(3))
def test_one_alone_opens_nothing(alone: int) -> None:
    envelope = sealed(ballot())
    pretended = [(alone, SECRETS[alone]), *((one, SECRETS[alone]) for one in sealing.others(alone))]
    for pair in permutations(pretended, 2):
        assert sealing.open_with_two(envelope, pair) is None
    for box in sealing.begin(envelope, alone, SECRETS[alone]):
        assert sealing.open_box(box, SECRETS[alone]) is None


def test_another_rounds_keys_open_nothing() -> None:
    foreign = [(0, b"f" * 20), (1, b"g" * 20)]
    assert sealing.open_with_two(sealed(ballot()), foreign) is None


@given(st.text(max_size=200), st.sampled_from([-1, 0, 1]), st.integers(0, 2))
def test_every_envelope_of_a_round_has_the_same_length(text: str, agree: int, place: int) -> None:
    envelope = sealed(ballot(agree, place, tidy(text)))
    assert len(envelope) == sealing.sealed_size(FORM.size)
    assert sealing.looks_sealed(envelope, FORM.size)


@given(st.data())
def test_an_envelope_that_was_touched_is_spoiled_or_still_whole(data: st.DataObject) -> None:
    """Of six wraps two holders need one: a touched bit is noticed, or it was in a wrap that was not needed."""
    envelope = bytearray(sealed(ballot()))
    at = data.draw(st.integers(1, len(envelope) - 1))
    envelope[at] ^= data.draw(st.integers(1, 255))
    found = read_ballot(sealing.open_with_two(bytes(envelope), [(0, SECRETS[0]), (1, SECRETS[1])]), FORM)
    needed = at < 1 + sealing.WRAP or at >= sealing.CONTENT_AT
    assert found is None if needed else found == ballot()


# --- padding and reading ---------------------------------------------------------------------------------------


@given(st.binary(max_size=99))
def test_padding_comes_off_again(plain: bytes) -> None:
    assert len(pad(plain, 100)) == 100
    assert unpad(pad(plain, 100)) == plain


def test_what_fills_the_size_has_no_room_for_its_end() -> None:
    with pytest.raises(TooLongError):
        pad(bytes(100), 100)


@given(
    st.text(alphabet=st.characters(min_codepoint=0x10000, max_codepoint=0x10FFFF), min_size=200, max_size=200)
)
def test_the_longest_text_of_the_longest_characters_fits(text: str) -> None:
    assert read_ballot(padded(ballot(-1, 2, tidy(text)), FORM), FORM) is not None


def test_quotes_and_lines_are_not_longer_than_what_was_reckoned() -> None:
    for text in ('"' * 200, "\\" * 200, "\n" * 198 + "x"):
        assert len(padded(ballot(-1, 2, text), FORM)) == FORM.size


def test_a_form_of_fifty_statements_and_a_long_text_is_under_the_limit() -> None:
    fifty = tuple(Question(f"{number:012}", "…") for number in range(50))
    assert Form(fifty, longest_text=2000).size <= LARGEST
    assert Form(fifty, longest_text=4000).size > LARGEST


@pytest.mark.parametrize(
    "wrong",
    [
        replace(ballot(), answers={"cccc": 1}),
        replace(ballot(), answers={"aaaa": 2}),
        replace(ballot(), answers={"aaaa": True}),
        replace(ballot(), order=("aaaa",)),
        replace(ballot(), attributes={"place": 3}),
        replace(ballot(), attributes={"age": 0}),
        replace(ballot(), text="x" * 201),
    ],
)
def test_what_the_form_does_not_allow_is_no_ballot(wrong: Ballot) -> None:
    assert read_ballot(pad(wrong.as_bytes(), 2048), FORM) is None


@given(st.binary(max_size=200))
def test_nothing_that_comes_out_of_an_envelope_is_a_fault(plain: bytes) -> None:
    assert read_ballot(pad(plain, 256), FORM) is None


# --- merging ---------------------------------------------------------------------------------------------------

PATHS = st.lists(st.sampled_from("abc"), max_size=3).map(tuple)
CELLS = st.lists(st.tuples(PATHS, PATHS), max_size=60)


@given(CELLS, st.integers(2, 12))
def test_no_cell_that_is_told_apart_is_small(cells: list[counting.Cell], smallest: int) -> None:
    sizes = Counter(counting.merged(cells, smallest))
    assert len(sizes) <= 1 or min(sizes.values()) >= smallest


@given(CELLS, st.integers(2, 12))
def test_a_merged_cell_is_wider_than_what_it_was(cells: list[counting.Cell], smallest: int) -> None:
    for before, after in zip(cells, counting.merged(cells, smallest), strict=True):
        assert all(path[: len(kept)] == kept for path, kept in zip(before, after, strict=True))


@given(CELLS, st.integers(2, 12), st.randoms())
def test_merging_does_not_ask_in_which_order_people_came(
    cells: list[counting.Cell], smallest: int, dice_: random.Random
) -> None:
    went = dict(zip(cells, counting.merged(cells, smallest), strict=True))
    shuffled = list(cells)
    dice_.shuffle(shuffled)
    assert counting.merged(shuffled, smallest) == [went[cell] for cell in shuffled]


@given(CELLS)
def test_what_is_large_enough_stays_as_it_was(cells: list[counting.Cell]) -> None:
    assert counting.merged(cells * 9, 9) == cells * 9


# --- the count -------------------------------------------------------------------------------------------------


def test_the_recount_is_the_same_whichever_two_count_and_however_the_urn_was_shuffled() -> None:
    envelopes = [sealed(ballot((-1, 0, 1)[number % 3], number % 3), number) for number in range(40)]
    expected = files.recount(urn(envelopes), SECRETS[:2]).as_bytes()
    for pair in permutations(SECRETS, 2):
        random.Random(1).shuffle(envelopes)
        assert files.recount(urn(envelopes), pair).as_bytes() == expected
    assert files.read(expected).as_bytes() == expected


def test_two_equal_ballots_count_twice_and_so_do_two_equal_envelopes() -> None:
    same = [
        sealed(ballot(), 1),
        sealed(ballot(), 2),
        sealed(ballot(), 2),
        *(sealed(ballot(-1), n) for n in "abc"),
    ]
    opened = files.recount(urn(same), SECRETS[:2]).opened
    assert counting.results(opened).total["aaaa"] == counting.Count(agree=3, disagree=3)


def test_an_envelope_that_cannot_be_read_is_counted_as_spoiled() -> None:
    broken = bytearray(sealed(ballot(), "broken"))
    broken[-1] ^= 1
    no_ballot = sealing.seal(pad(b"hej", FORM.size), PUBLIC, dice("no ballot"))
    envelopes = [bytes(broken), no_ballot, b"short", *(sealed(ballot(), n) for n in range(5))]
    opened = files.recount(urn(envelopes), SECRETS[:2]).opened
    assert (opened.cast, opened.spoiled, len(opened.ballots)) == (8, 3, 5)


def test_where_too_few_took_part_no_answer_is_kept() -> None:
    opened = files.recount(urn([sealed(ballot(text="hemmeligt"), n) for n in range(4)]), SECRETS[:2]).opened
    assert opened == counting.Opened(4, 0, too_few=True)


def test_a_statement_that_too_few_answered_is_not_kept() -> None:
    silent = [Ballot({"bbbb": 1}, ("aaaa", "bbbb")) for _one in range(6)]
    opened = counting.open_all((padded(one, FORM) for one in [*silent, ballot()]), FORM, 5, 10)
    assert opened.thin == ("aaaa",)
    assert set(counting.results(opened).total) == {"bbbb"}


def test_texts_lie_apart_from_answers_and_in_their_own_order() -> None:
    ballots = [ballot(1, n % 3, f"{9 - n} tekst") for n in range(9)]
    opened = counting.open_all((padded(one, FORM) for one in ballots), FORM, 5, 10)
    assert [text for text, _follow in opened.texts] == [f"{n} tekst" for n in range(1, 10)]
    assert "tekst" not in repr(opened.ballots)
    assert (
        b"tekst"
        not in files.recount(urn([sealed(one, n) for n, one in enumerate(ballots)]), SECRETS[1:]).as_bytes()
    )


def test_cells_are_told_when_they_are_large_enough() -> None:
    places = [0] * 12 + [1] * 3 + [2] * 11
    opened = counting.open_all((padded(ballot(1, at), FORM) for at in places), FORM, 5, 10)
    told = {cell: counts["aaaa"].agree for cell, counts in counting.results(opened).cells.items()}
    assert told == {(("Nord", "Dag"),): 12, ((),): 14}


@given(
    st.dictionaries(st.sampled_from("abcde"), st.tuples(*[st.integers(0, 14)] * 3), min_size=2),
    st.integers(1, 10),
)
def test_everybody_less_the_cells_that_are_told_is_nobody_or_enough(
    cells: dict[str, tuple[int, int, int]], smallest: int
) -> None:
    counts: dict[counting.Cell, dict[str, counting.Count]] = {
        ((name,),): {"q1": counting.Count(*answers)} for name, answers in cells.items()
    }
    total = counting.Count(*map(sum, zip(*cells.values(), strict=True)))
    told = counting.told_apart(counting.Results({"q1": total}, counts), smallest)
    shown = [found["q1"].answers for found in told.values() if found]
    assert all(answers >= smallest for answers in shown)
    left = total.answers - sum(shown)
    assert left == 0 or left >= smallest or not shown


def test_one_answer_in_a_cell_is_not_the_rest_of_a_sum() -> None:
    large, small = counting.Count(12), counting.Count(0, 1)
    cells: dict[counting.Cell, dict[str, counting.Count]] = {
        (("Nord",),): {"q1": large, "q2": large},
        (("Syd",),): {"q1": small, "q2": large},
    }
    results = counting.Results({"q1": counting.Count(12, 1), "q2": counting.Count(24)}, cells)
    told = counting.told_apart(results, 10)
    assert told == {(("Nord",),): {"q2": large}, (("Syd",),): {"q2": large}}


@pytest.mark.parametrize("pair", [[SECRETS[0], SECRETS[0]], [SECRETS[0], b"x" * 20], [b"x" * 20, b"y" * 20]])
def test_a_count_wants_two_keys_of_this_urn(pair: list[bytes]) -> None:
    with pytest.raises(WrongKeyError):
        files.recount(urn([sealed(ballot())]), pair)


@given(st.data())
def test_a_file_that_was_changed_is_none_or_has_another_hash(data: st.DataObject) -> None:
    whole = urn([sealed(ballot(), n) for n in range(3)]).as_bytes()
    at = data.draw(st.integers(0, len(whole) - 1))
    changed = whole[:at] + bytes([whole[at] ^ data.draw(st.integers(1, 255))]) + whole[at + 1 :]
    with suppress(NoUrnError):
        assert files.read(changed).as_bytes() == changed != whole
