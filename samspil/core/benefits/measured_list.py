"""A list of figures as people bring it from a spreadsheet or another system: a line for each figure.

A benefit is found by its title, whichever case and spaces it is written with. All or nothing: each line that
cannot be understood is a fault with its place.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from samspil.core.lists import Column, Fault, Kind, Lines, same

FIGURES = "figures"


def _column(key: str, da: str, sv: str, en: str, kind: str = "text", **more: Any) -> Column:
    return Column(key, {"da": da, "sv": sv, "en": en}, kind, **more)


KIND = Kind(
    FIGURES,
    {"da": "Målinger", "sv": "Mätningar", "en": "Figures"},
    (
        _column("benefit", "Gevinst", "Nytta", "Benefit", required=True),
        _column("on", "Målt den", "Mätt den", "Measured on", "day", required=True),
        _column("value", "Værdi", "Värde", "Value", "amount", required=True),
        _column("n", "Antal spurgt", "Antal tillfrågade", "Number asked", "whole"),
        _column("population", "Ud af", "Av", "Out of", "whole"),
        _column("spread", "Standardafvigelse", "Standardavvikelse", "Standard deviation", "amount"),
        _column("source", "Kilde", "Källa", "Source"),
        _column("note", "Bemærkning", "Anmärkning", "Note", longest=300),
    ),
    (
        {
            "da": {"benefit": "Minutter pr. besøg", "on": "2026-03-01", "value": "6,5", "n": "40"},
            "sv": {"benefit": "Minuter per besök", "on": "2026-03-01", "value": "6,5", "n": "40"},
            "en": {"benefit": "Minutes for a visit", "on": "2026-03-01", "value": "6.5", "n": "40"},
        },
    ),
)


@dataclass(frozen=True, slots=True)
class Brought:
    """A line that was understood; `benefit` is what the caller knows it by, `line` its number in the file."""

    benefit: int
    line: int
    on: date
    value: Decimal
    n: int | None
    population: int | None
    spread: Decimal | None
    source: str
    note: str


def brought(lines: Lines, known: Iterable[tuple[str, int]]) -> tuple[tuple[Brought, ...], tuple[Fault, ...]]:
    """The figures of a list, and what is wrong with it. `known`: the titles in the register; of two that
    read alike nobody can tell which is meant."""
    folded: dict[str, set[int]] = {}
    for title, one in known:
        folded.setdefault(same(title), set()).add(one)
    found, faults, met = [], list(lines.faults), set()
    wrong = {(fault.sheet, fault.row) for fault in lines.faults}
    for line in lines.of[FIGURES]:
        if (line.sheet, line.number) in wrong:
            continue
        keys = folded.get(same(line["benefit"]), set())
        if len(keys) != 1:
            reason = "benefits_alike" if keys else "unknown_benefit"
            faults.append(line.fault("benefit", reason, cell=line["benefit"]))
            continue
        (key,) = keys
        if (key, line["on"]) in met:
            faults.append(line.fault("on", "figure_twice", cell=line["on"].isoformat()))
            continue
        met.add((key, line["on"]))
        rest = [line[name] for name in ("n", "population", "spread")]
        texts = [line[name] or "" for name in ("source", "note")]
        found.append(Brought(key, line.number, line["on"], line["value"], *rest, *texts))
    return tuple(found), tuple(faults)
