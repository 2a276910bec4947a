"""Rounds that have closed get their result."""

from datetime import datetime

from django.db.models import Q

from samspil.involvement.results import actions
from samspil.involvement.results.sources import OPINIONS, HeldHere
from samspil.organisation.models import Organisation
from samspil.participation.models import Round
from samspil.participation.urn.models import Urn

COUNTED = (Urn.State.OPENED, Urn.State.DESTROYED)


def order_results(_organisation: Organisation, at: datetime) -> None:
    """What the worker does every minute: rounds of opinions that have closed, or whose urn was
    opened, and have no result get one."""
    closed = Round.objects.filter(kind=OPINIONS, state=Round.State.CLOSED, results=None)
    sealed = Q(level=Round.Level.SECRET) & ~Q(urn__state__in=COUNTED)
    for round_ in closed.exclude(sealed).select_related("thing", "organisation"):
        actions.order(HeldHere(round_), at)
