"""What people type or paste is the number they mean, in their language."""

import pytest

from samspil.core.typed_numbers import as_typed, plain_number


@pytest.mark.parametrize(
    ("typed", "language", "meant"),
    [
        ("1.250", "da", "1250"),
        ("1.250", "sv", "1.250"),
        ("1.250", "en", "1.250"),
        ("1,250", "en", "1250"),
        ("1,250", "da", "1.250"),
        ("1.234.567", "da", "1234567"),
        ("1,234,567", "en", "1234567"),
        ("1 234 567,5", "sv", "1234567.5"),
        ("1\u00a0234", "sv", "1234"),
        ("1.234,50", "da", "1234.50"),
        ("1,234.50", "da", "1234.50"),
        ("0.125", "da", "0.125"),
        ("0,125", "en", "0.125"),
        ("\u2212300", "da", "-300"),
        ("50 %", "da", "50"),
        ("12", "da", "12"),
        ("1,2,3", "da", "1,2,3"),
        ("abc", "da", "abc"),
        ("NaN", "sv", "NaN"),
        ("1e400", "en", "1e400"),
        ("", "en", ""),
    ],
)
def test_a_number_is_read_as_its_language_writes_it(typed: str, language: str, meant: str) -> None:
    assert plain_number(typed, language) == meant


@pytest.mark.parametrize("language", ["da", "sv", "en"])
@pytest.mark.parametrize("number", ["0", "1250", "1.25", "0.125", "1234.567", "-0.001", "1234567.891"])
def test_what_is_shown_is_read_back_as_the_same(number: str, language: str) -> None:
    assert plain_number(as_typed(number, language), language) == number
