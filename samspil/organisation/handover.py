"""What people who left were entrusted with and nobody has taken over yet.

A role waits until somebody else has the same one in the same unit, a seat until somebody has come to the
same place after them; either can also be settled by saying that nobody follows. Other rooms tell of theirs.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists as IsThere
from django.db.models import F, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from samspil.kit import house
from samspil.kit.room import LeftBehind
from samspil.organisation import words
from samspil.organisation.models import Person, Role, Seat
from samspil.organisation.viewer import Viewer

MOST_PEOPLE = 500


@dataclass(frozen=True)
class Handover:
    """Somebody who left, and what waits."""

    person: Person
    things: tuple[LeftBehind, ...]


def waiting(viewer: Viewer) -> list[Handover]:
    """Who left and what of theirs waits; who left last comes first."""
    gone = Person.objects.filter(left_on__isnull=False, erased_at=None).order_by(
        "-left_on", "family_name", "pk"
    )
    people = {person.pk: person for person in gone[:MOST_PEOPLE]}
    found: dict[int, list[LeftBehind]] = {}
    for room in house.rooms_on(viewer.organisation.rooms_off):
        if room.left_behind:
            for thing in room.left_behind(list(people.values()), viewer):
                found.setdefault(thing.person_id, []).append(thing)
    return [Handover(person, tuple(found[key])) for key, person in people.items() if key in found]


def left_behind(people: Sequence[Person], viewer: Viewer) -> Iterator[LeftBehind]:
    """Roles and seats that ended because their holders left."""
    slug = viewer.organisation.slug
    for role in _roles(viewer).filter(person__in=people).select_related("unit"):
        title = ", ".join(str(part) for part in (words.ROLES[role.kind], role.unit) if part)
        settle = reverse("organisation:settle_role", args=[slug, role.ref])
        yield LeftBehind(
            role.person_id, _("Role"), title, reverse("organisation:people", args=[slug]), settle
        )
    for seat in _seats(viewer).filter(person__in=people).select_related("committee"):
        title = f"{seat.committee}, {words.SEATS[seat.kind]}"
        settle = reverse("organisation:settle_seat", args=[slug, seat.ref])
        yield LeftBehind(
            seat.person_id, _("Seat"), title, reverse("organisation:people", args=[slug]), settle
        )


def role_left(ref: str) -> Role | None:
    rows = Role.objects.select_related("person").filter(person__left_on__isnull=False, person__erased_at=None)
    return rows.filter(ref=ref).first()


def seat_left(ref: str) -> Seat | None:
    rows = Seat.objects.select_related("person", "committee")
    return rows.filter(ref=ref, person__left_on__isnull=False, person__erased_at=None).first()


def _roles(viewer: Viewer) -> "QuerySet[Role]":
    ended = Role.objects.filter(until=F("person__left_on"), settled_on=None)
    same_unit = Q(unit=OuterRef("unit")) | Q(unit__isnull=True)
    others = Role.objects.filter(same_unit, kind=OuterRef("kind"), person__left_on=None)
    return ended.exclude(IsThere(_holding(others, viewer))).order_by("pk")


def _seats(viewer: Viewer) -> "QuerySet[Seat]":
    ended = Seat.objects.filter(until=F("person__left_on"), settled_on=None)
    others = Seat.objects.filter(
        committee=OuterRef("committee"),
        side=OuterRef("side"),
        kind=OuterRef("kind"),
        since__gte=OuterRef("until"),
        person__left_on=None,
    )
    return ended.exclude(IsThere(_holding(others, viewer))).order_by("pk")


def _holding(rows: "QuerySet[Any]", viewer: Viewer) -> "QuerySet[Any]":
    return rows.filter(Q(until__isnull=True) | Q(until__gte=viewer.today))
