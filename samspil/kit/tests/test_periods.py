"""A period reads as people say it."""

from datetime import timedelta

import pytest
from django.utils import translation

from samspil.kit.periods import in_words


@pytest.mark.parametrize(
    ("period", "words"),
    [
        (timedelta(hours=1), "1 hour"),
        (timedelta(hours=8), "8 hours"),
        (timedelta(days=1), "1 day"),
        (timedelta(days=30), "30 days"),
        (timedelta(days=365), "1 year"),
        (timedelta(days=730), "2 years"),
    ],
)
def test_a_period_reads_in_the_largest_whole_unit(period: timedelta, words: str) -> None:
    with translation.override("en"):
        assert in_words(period) == words
