"""Whether the promise of a round can hold, in sentences."""

from datetime import date

from django.utils.functional import Promise

from samspil.core import round_promise
from samspil.core.round_promise import what_cannot_hold
from samspil.participation import kinds, queries
from samspil.participation.models import Round
from samspil.participation.urn import gate
from samspil.participation.words import CANNOT_HOLD

LAWS_ON_DISPOSAL = ("SE",)  # countries where a decision on gallring is named before opening


def why_not_open(round_: Round, today: date) -> "list[str | Promise]":
    """What stands in the way of opening today, in sentences; the first to be told first."""
    reasons: list[str | Promise] = [CANNOT_HOLD[one] for one in what_cannot_hold(_promise(round_, today))]
    unready = kinds.unready(round_)
    locked = gate.what_is_missing(round_) if round_.level == Round.Level.SECRET else ""
    return [*reasons, *(one for one in (unready, locked) if one)]


def _promise(round_: Round, today: date) -> round_promise.Promise:
    return round_promise.Promise(
        level=round_.level,
        by_link=round_.by_link,
        electors=tuple(queries.expected_electors(round_, today).values()),
        smallest_total=round_.smallest_total,
        smallest_breakdown=round_.smallest_breakdown,
        opens_on=round_.opens_on,
        closes_on=round_.closes_on,
        today=today,
        legal_basis=round_.legal_basis,
        disposal=round_.disposal,
        needs_disposal=round_.organisation.country in LAWS_ON_DISPOSAL,
    )
