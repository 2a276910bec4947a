"""Amounts are read as they were meant."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samspil.core.money import read_amount


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("1250000", "1250000"),
        ("1.250.000", "1250000"),
        ("1 250 000", "1250000"),
        ("1\u00a0250\u00a0000,5", "1250000.5"),
        ("1,250,000.50", "1250000.50"),
        ("1.250.000,50", "1250000.50"),
        ("1.250", "1250"),
        ("1,25", "1.25"),
        ("0", "0"),
        ("\u2212300", "-300"),
    ],
)
def test_an_amount_is_read_as_it_was_meant(typed: str, meant: str) -> None:
    assert read_amount(typed) == Decimal(meant)


@pytest.mark.parametrize(
    "typed", ["", "ti", "12 mio.", "1.25.000", "1.250,000.00", "1.250.000.5", "1e9", "NaN"]
)
def test_what_is_no_amount_is_none(typed: str) -> None:
    assert read_amount(typed) is None


@given(st.integers(-(10**13), 10**13))
def test_every_custom_of_writing_says_the_same(amount: int) -> None:
    for sign in (".", ",", " "):
        assert read_amount(f"{amount:,}".replace(",", sign)) == amount
