"""What can be read of rounds and of who was asked."""

from datetime import date

from django.db.models import Count, Q, QuerySet

from samspil.organisation.models import Person, Seat, Unit
from samspil.organisation.scope import every_organisation
from samspil.organisation.viewer import current
from samspil.participation.models import AskedGroup, Round


def rounds() -> "QuerySet[Round]":
    return Round.objects.select_related("thing", "initiative__thing", "organisation")


def round_with(ref: str) -> Round | None:
    return rounds().filter(thing__ref=ref).first()


def round_by_code(code: str) -> Round | None:
    """The round that a poster or a link leads to, whatever the organisation."""
    with every_organisation():
        return rounds().filter(code=code).first()


def persons_asked(asked: AskedGroup, on: date) -> "QuerySet[Person]":
    """The people here whom a unit with all below it, or a committee, stands for; a group has none."""
    here = Person.objects.filter(left_on=None, erased_at=None, guest_of="")
    if asked.unit_id:
        return here.filter(unit__in=_with_all_below(asked.unit_id))
    if asked.committee_id:
        seats = current(Seat.objects.filter(committee=asked.committee_id), on)
        return here.filter(pk__in=seats.values("person"))
    return here.none()


def electors_by_group(round_: Round) -> tuple[int, ...]:
    counted = AskedGroup.objects.filter(round=round_).annotate(n=Count("electors")).order_by("pk")
    return tuple(row.n for row in counted)


def took_part(round_: Round) -> int:
    return round_.participants.filter(quarantined="").count()


def _with_all_below(unit: int) -> set[int]:
    pairs = Unit.objects.filter(Q(closed_on=None)).values_list("pk", "parent")
    below: dict[int | None, list[int]] = {}
    for key, parent in pairs:
        below.setdefault(parent, []).append(key)
    found, fresh = {unit}, [unit]
    while fresh:
        fresh = [key for one in fresh for key in below.get(one, ())]
        found.update(fresh)
    return found
