"""Personal numbers are found however they are written, and what only looks a little like one is left alone."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samspil.core.personal_numbers import personal_numbers_in

DAYS = st.dates(date(1920, 1, 1), date(2025, 12, 31))
SERIALS = st.integers(0, 9999).map("{:04}".format)
SIGNS = st.sampled_from(["-", " ", "–", "‑", " - ", "\u00a0", ".", "/", "−"])
AROUND = st.sampled_from([("", ""), ("CPR:", "."), ("(", ")"), ("født ", ", bor her"), ("x", "x")])


def with_check_digit(nine: str) -> str:
    """The tenth digit by the rule as it is told on paper: double every other, add the digits, up to ten."""
    total = 0
    for place, digit in enumerate(nine):
        for sign in str(int(digit) * (2 if place % 2 == 0 else 1)):
            total += int(sign)
    return nine + str(-total % 10)


@given(DAYS, SERIALS, SIGNS, AROUND, st.booleans())
def test_a_danish_number_is_found_in_both_countries_when_it_is_written_as_usual(
    day: date, serial: str, sign: str, around: tuple[str, str], replaced: bool
) -> None:
    number = f"{day.day + 60 * replaced:02}{day:%m%y}{sign}{serial}"
    for country in ("DK", "SE"):
        assert personal_numbers_in(around[0] + number + around[1], country)


@given(DAYS, SERIALS)
def test_in_denmark_it_is_found_written_together_and_in_pairs(day: date, serial: str) -> None:
    assert personal_numbers_in(f"{day:%d%m%y}{serial}", "DK")
    assert personal_numbers_in(f"{day:%d %m %y} {serial[:2]} {serial[2:]}", "DK")
    assert personal_numbers_in(f"{day:%d.%m.%y}-{serial}", "DK")


@given(
    DAYS, st.integers(0, 999).map("{:03}".format), SIGNS | st.just("") | st.just("+"), st.booleans(), AROUND
)
def test_a_swedish_number_is_found_with_and_without_its_century(
    day: date, serial: str, sign: str, full_year: bool, around: tuple[str, str]
) -> None:
    ten = with_check_digit(f"{day:%y%m%d}{serial}")
    number = f"{day:%Y}"[:2] * full_year + ten[:6] + sign + ten[6:]
    assert personal_numbers_in(around[0] + number + around[1], "SE")
    assert personal_numbers_in(around[0] + number + around[1], "DK")


@given(DAYS, st.integers(0, 999).map("{:03}".format), st.integers(1, 9))
def test_a_swedish_number_with_a_wrong_check_digit_is_none(day: date, serial: str, off: int) -> None:
    ten = with_check_digit(f"{day:%y%m%d}{serial}")
    wrong = ten[:9] + str((int(ten[9]) + off) % 10)
    assert personal_numbers_in(f"{wrong[:6]}{wrong[6:]}", "SE") == ()


@given(st.integers(32, 60), st.integers(1, 12), st.integers(0, 99), SERIALS)
def test_no_day_no_danish_number(day: int, month: int, year: int, serial: str) -> None:
    found = personal_numbers_in(f"{day:02}{month:02}{year:02}-{serial}", "DK")
    assert found == () or with_check_digit(f"{day:02}{month:02}{year:02}{serial[:3]}")[9] == serial[3]


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyzæøåäö ,.!?-–/()", max_size=200))
def test_words_hold_no_number(text: str) -> None:
    assert personal_numbers_in(text, "DK") == ()


@given(st.integers(10**10, 10**11 - 1) | st.integers(10**13, 10**16))
def test_a_longer_row_of_digits_is_something_else(number: int) -> None:
    assert personal_numbers_in(f"Konto {number}", "DK") == ()


@pytest.mark.parametrize(
    "harmless",
    [
        "Sag 00.32.18-P19-1-26",
        "Sagsnr. 26/12345",
        "Dnr KS 2026-00123",
        "Dnr KS 2026/00123-4",
        "Org.nr 212000-1355",
        "CVR 29 18 93 98",
        "Ring til 70 12 34 56",
        "Tel. 070-123 45 67",
        "Mötet är kl. 09.00–10.30 den 12/3 2026",
        "Fra 01.01.2026-31.12.2026",
        "2026-01-12–2026-12-31",
        "EAN 5798009811578",
        "Vi brugte 1.250.000 kr. i 2025",
    ],
)
def test_case_numbers_telephone_numbers_and_dates_pass(harmless: str) -> None:
    assert personal_numbers_in(harmless, "SE") == ()
    assert personal_numbers_in(harmless, "DK") == ()


def test_a_swedish_mobile_number_written_together_passes_where_it_is_one() -> None:
    assert personal_numbers_in("Ring 0701234567", "SE") == ()


def test_invisible_and_foreign_signs_do_not_hide_a_number() -> None:
    assert personal_numbers_in("0101\u200b90-1234", "DK")
    assert personal_numbers_in("０１０１９０-１２３４", "DK")
