"""By when an answer is owed, and which figures can stand in place of another."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samspil.core.business_case.contesting import OwnFigure, answer_due, effect, fault_of
from samspil.core.business_case.estimates import Meaning
from samspil.core.working_days import is_working_day, working_days_between

from .cases import a_case, a_line, read

HOLIDAYS = frozenset({date(2026, 4, 2), date(2026, 4, 3), date(2026, 4, 6)})  # Easter
DAYS = st.dates(date(2026, 1, 1), date(2027, 12, 31))


@pytest.mark.parametrize(
    ("said", "decided", "due"),
    [
        ("2026-03-02", "2026-06-01", "2026-03-16"),  # ten working days
        ("2026-03-30", "2026-06-01", "2026-04-16"),  # Easter lies between
        ("2026-03-02", "2026-03-12", "2026-03-11"),  # the working day before the decision
        ("2026-03-02", "2026-03-16", "2026-03-13"),  # on the tenth day it is decided
        ("2026-03-02", "2026-03-03", "2026-03-04"),  # two days in any case
        ("2026-03-02", "2026-03-02", "2026-03-16"),  # decided: no hurry
        ("2026-03-02", "2025-03-02", "2026-03-16"),
    ],
)
def test_an_answer_is_owed_within_ten_working_days_and_before_it_is_decided(
    said: str, decided: str, due: str
) -> None:
    found = answer_due(date.fromisoformat(said), date.fromisoformat(decided), HOLIDAYS)
    assert found.isoformat() == due


@given(DAYS, DAYS)
def test_whoever_answers_has_two_working_days_at_least_and_ten_at_most(said: date, decided: date) -> None:
    due = answer_due(said, decided, HOLIDAYS)
    assert is_working_day(due, HOLIDAYS)
    assert 2 <= working_days_between(said, due, HOLIDAYS) <= 10
    if said < decided and working_days_between(said, decided - timedelta(days=1), HOLIDAYS) >= 2:
        assert due < decided


def a_range(low: str, value: str, high: str, meaning: Meaning = Meaning.MIN_MAX_PERT) -> OwnFigure:
    return OwnFigure(Decimal(value), "counted", Decimal(low), Decimal(high), meaning)


@pytest.mark.parametrize(
    ("figure", "fault"),
    [
        (OwnFigure(Decimal(4), "counted"), ""),
        (a_range("3", "4", "6"), ""),
        (OwnFigure(Decimal(4), "counted", high=Decimal(6)), "half_a_range"),
        (OwnFigure(Decimal(4), "counted", Decimal(3), Decimal(6)), "no_meaning"),
        (a_range("6", "4", "3"), "low_above_high"),
        (a_range("3", "7", "6"), "outside"),
        (a_range("0", "4", "6", Meaning.RANGE_90_LOGNORMAL), "not_above_zero"),
    ],
)
def test_what_has_to_be_mended_is_named(figure: OwnFigure, fault: str) -> None:
    assert fault_of(figure) == fault


@pytest.mark.parametrize("meaning", list(Meaning))
def test_every_figure_without_a_fault_can_be_read_in_a_case(meaning: Meaning) -> None:
    figure = a_range("3", "4", "6", meaning)
    read(a_case(a_line("visits", amount=figure.as_data())))
    assert ("likely" in figure.as_data()) == (not meaning.startswith("range_90"))


def test_what_a_figure_changes_is_the_exact_difference_of_the_mean_case() -> None:
    before, after = (read(a_case(a_line("licences", amount=amount))) for amount in ("100", "120.5"))
    assert effect(before, after).difference == Decimal("-20.5")
