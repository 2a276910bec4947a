"""Rounds that have closed get their result."""

from datetime import datetime

from samspil.involvement.results import actions
from samspil.involvement.results.sources import OPINIONS, HeldHere
from samspil.organisation.models import Organisation
from samspil.participation.models import Round


def order_results(_organisation: Organisation, at: datetime) -> None:
    """What the worker does every minute: rounds of opinions that have closed and have no result get one."""
    closed = Round.objects.filter(kind=OPINIONS, state=Round.State.CLOSED, results=None)
    for round_ in closed.exclude(level=Round.Level.SECRET).select_related("thing", "organisation"):
        actions.order(HeldHere(round_), at)
