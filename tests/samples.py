"""What is tried day by day, and what only `make prove` tries."""

import random
from collections.abc import Collection, Iterable
from typing import Any

import pytest
from _pytest.mark import ParameterSet


def every_day(chosen: Collection[Any], places: Iterable[Any]) -> list[ParameterSet]:
    """The chosen ones day by day; `make prove` tries the others."""
    return [_sample(one, one in chosen) for one in places]


def a_third_of(places: Iterable[Any]) -> list[ParameterSet]:
    """A third of them, whom their names draw; `make prove` tries the rest."""
    return [_sample(one, random.Random(str(one)).random() < 1 / 3) for one in places]


def _sample(place: Any, daily: bool) -> ParameterSet:
    return pytest.param(place, marks=() if daily else pytest.mark.prove, id=str(place))
