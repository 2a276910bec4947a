"""Public holidays of a country, so that deadlines can be counted in working days."""

from collections.abc import Iterable
from datetime import date
from functools import lru_cache

import holidays


def holidays_of(country: str, years: Iterable[int]) -> frozenset[date]:
    """The public holidays of a country in these years; an unknown country has none."""
    return frozenset(day for year in set(years) for day in _of_year(country, year))


@lru_cache(maxsize=128)
def _of_year(country: str, year: int) -> frozenset[date]:
    try:
        return frozenset(holidays.country_holidays(country, years=year))
    except NotImplementedError:
        return frozenset()
