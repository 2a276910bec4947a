"""The figures board: rows are added, never changed."""

from datetime import date, datetime

import pytest

from samspil.core.figures import UnknownFigure
from samspil.initiative import figures
from samspil.initiative.models import Figure, FigureIsKept, Initiative
from tests.cast import Cast


def push(cast: Cast, one: Initiative, at: datetime, value: int | None, on: date) -> Figure:
    return figures.push(
        one.thing,
        "consultation_participants",
        value,
        "persons",
        on=on,
        source="Høringen i marts",
        n=value,
        by=cast.viewer("lead"),
        at=at,
    )


def test_the_newest_day_counts_whatever_was_pushed_last(
    cast: Cast, initiative: Initiative, at: datetime
) -> None:
    push(cast, initiative, at, 120, date(2026, 3, 1))
    push(cast, initiative, at, 80, date(2026, 2, 1))
    newest = figures.newest(initiative.thing, "consultation_participants")
    assert newest is not None
    assert newest.value == 120


def test_of_the_same_day_the_later_row_counts_and_the_earlier_stays(
    cast: Cast, initiative: Initiative, at: datetime
) -> None:
    push(cast, initiative, at, 120, date(2026, 3, 1))
    push(cast, initiative, at, 121, date(2026, 3, 1))
    key = (initiative.thing_id, "consultation_participants")
    assert figures.newest_of([initiative.thing], ["consultation_participants"])[key].value == 121
    assert Figure.objects.count() == 2


def test_unknown_is_a_value(cast: Cast, initiative: Initiative, at: datetime) -> None:
    assert push(cast, initiative, at, None, date(2026, 3, 1)).value is None


def test_a_figure_that_stands_is_not_changed(cast: Cast, initiative: Initiative, at: datetime) -> None:
    row = push(cast, initiative, at, 120, date(2026, 3, 1))
    row.value = 999
    with pytest.raises(FigureIsKept):
        row.save()


def test_a_figure_nobody_knows_is_not_pushed(cast: Cast, initiative: Initiative, at: datetime) -> None:
    with pytest.raises(UnknownFigure):
        figures.push(
            initiative.thing,
            "joy",
            7,
            "points",
            on=date(2026, 3, 1),
            source="…",
            by=cast.viewer("lead"),
            at=at,
        )
