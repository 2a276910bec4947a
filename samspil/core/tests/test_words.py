"""What the search sees of a text."""

from hypothesis import given
from hypothesis import strategies as st

from samspil.core.words import fold, trigrams


def test_nordic_letters_are_kept():
    assert fold("Ærø, Ålborg, Östersund, Färjestaden") == ["ærø", "ålborg", "östersund", "färjestaden"]


def test_a_letter_written_as_two_signs_is_the_same_letter():
    assert fold("A\u030alborg O\u0308stersund") == fold("Ålborg Östersund")


def test_får_and_far_are_two_words_but_idé_and_ide_are_one():
    assert fold("får") != fold("far")
    assert fold("Idé") == fold("ide")


def test_an_accent_on_top_of_a_nordic_letter_is_laid_off():
    assert fold("Ǻ ǿ ǽ") == ["å", "ø", "æ"]


def test_hyphens_and_marks_part_words_and_figures_stay():
    assert fold("IT-systemet: §11, MBL/samverkan (2026)") == [
        "it",
        "systemet",
        "11",
        "mbl",
        "samverkan",
        "2026",
    ]


def test_compounds_stay_whole_and_are_found_by_their_trigrams():
    compound, part = fold("Velfærdsteknologien")[0], fold("teknologi")[0]
    assert set(trigrams(part)) <= set(trigrams(compound))


def test_short_words_are_their_own_trigram():
    assert [trigrams(word) for word in ("", "it", "bus", "båda")] == [[], ["it"], ["bus"], ["båd", "åda"]]


@given(st.text())
def test_folding_twice_changes_nothing(text: str):
    assert fold(" ".join(fold(text))) == fold(text)


@given(st.text("aåäöæøeé oO"))
def test_capital_letters_make_no_difference(text: str):
    assert fold(text.upper()) == fold(text)


@given(st.text(min_size=3))
def test_trigrams_cover_the_word(word: str):
    runs = trigrams(word)
    assert "".join([*(run[0] for run in runs[:-1]), runs[-1]]) == word
