"""What the preview of a list shows, whatever the list is about."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from samspil.core.lists import Fault
from samspil.core.organisation_list import Change
from samspil.organisation.lists import words

ROWS_SHOWN = 100
FAULTS_SHOWN = 500


def faults_shown(faults: Sequence[Fault], reasons: Any = words.REASONS) -> list[dict[str, Any]]:
    """The faults in words, each with its place."""
    return [
        {"sheet": one.sheet, "row": one.row or "", "column": one.column, "what": words.sentence(one, reasons)}
        for one in faults[:FAULTS_SHOWN]
    ]


def few(name: str, rows: Sequence[Any], show: Callable[[Any], Any] = lambda row: row) -> dict[str, Any]:
    """As many rows as a page can show, and how many more there are."""
    return {
        name: [show(row) for row in rows[:ROWS_SHOWN]],
        f"{name}_more": max(0, len(rows) - ROWS_SHOWN),
    }


def changed(
    label: str,
    changes: Iterable[Change],
    heading: Callable[[str], str],
    shown: Callable[[str, Any], str],
) -> dict[str, Any]:
    """One row that changes: each value before and after, as it reads."""
    return {
        "label": label,
        "values": [
            {
                "column": heading(one.column),
                "before": shown(one.column, one.before),
                "after": shown(one.column, one.after),
            }
            for one in changes
        ],
    }
