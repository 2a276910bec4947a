"""How many statements can be asked of everybody's group first, so that the smallest group covers them."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from samspil.core.routing import largest_core
from samspil.kit.refusal import Refused
from samspil.participation import queries as rounds
from samspil.participation.models import Round

TOO_LARGE = _(
    "The smallest group that is asked has %(people)s people, so at most %(most)s statements can be asked of "
    "every group first. You chose %(chosen)s."
)
TOO_LARGE_FOR_ONE = _(
    "How many will come is not known, so at most %(most)s statements can be asked of everybody first: as "
    "many as one person answers. You chose %(chosen)s."
)


def smallest_group(round_: Round, today: date) -> int | None:
    """How many people the smallest group has that is asked; None when it is not known who will come.

    A group that is too small ever to be shown has no say in it.
    """
    planned = round_.state == Round.State.PLANNED
    sizes = rounds.expected_electors(round_, today) if planned else rounds.electors_by_group(round_)
    return min((size for size in sizes.values() if size >= round_.smallest_total), default=None)


def most_allowed(round_: Round, today: date) -> int:
    return largest_core(smallest_group(round_, today))


def check(round_: Round, chosen: int, today: date) -> None:
    """Refuse a core set that is too large, with the number that is allowed."""
    people = smallest_group(round_, today)
    most = largest_core(people)
    if chosen > most:
        sentence = TOO_LARGE if people else TOO_LARGE_FOR_ONE
        raise Refused(sentence % {"people": people, "most": most, "chosen": chosen}, field="core")
