"""The table of figure names."""

import pytest

from samspil.core.figures import KNOWN, UnknownFigure, known


def test_every_figure_is_found_under_its_own_key() -> None:
    assert all(known(key, name.unit) == name and name.key == key for key, name in KNOWN.items())


def test_a_figure_nobody_listed_is_refused() -> None:
    with pytest.raises(UnknownFigure, match="happiness"):
        known("happiness", "points")


def test_a_figure_in_another_unit_is_refused() -> None:
    with pytest.raises(UnknownFigure, match="persons, not in percent"):
        known("consultation_participants", "percent")
