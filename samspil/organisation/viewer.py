"""Who is asking: a person in one organisation with roles and seats, as of one instant."""

from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet

from samspil.organisation.models import Account, Membership, Organisation, Person, Role, Seat

MANAGEMENT_ROLES = frozenset({Role.Kind.DIRECTOR, Role.Kind.DIGITAL_LEAD, Role.Kind.LINE_MANAGER})
OPERATOR = "operator"  # the actor of the command line and the worker


@dataclass(frozen=True)
class Viewer:
    """A person at the door. `person` is None only for the operator at the command line."""

    organisation: Organisation
    person: Person | None
    today: date
    roles: tuple[Role, ...] = ()
    seats: tuple[Seat, ...] = ()
    extra: frozenset[str] = field(default=frozenset())

    @property
    def subject(self) -> str:
        """The random id under which the journal knows this actor."""
        return self.person.subject if self.person else OPERATOR

    @property
    def is_guest(self) -> bool:
        return bool(self.person and self.person.guest_of)

    @property
    def is_operator(self) -> bool:
        return self.person is None

    @cached_property
    def role_kinds(self) -> frozenset[str]:
        return frozenset(role.kind for role in self.roles)

    def has_role(self, *kinds: str) -> bool:
        return bool(self.role_kinds.intersection(kinds))

    def seats_in(self, committee_id: int) -> tuple[Seat, ...]:
        return tuple(seat for seat in self.seats if seat.committee_id == committee_id)

    @cached_property
    def committee_ids(self) -> frozenset[int]:
        return frozenset(seat.committee_id for seat in self.seats)


def current(rows: "QuerySet[Any]", on: date) -> "QuerySet[Any]":
    """Rows with `since` and `until` that hold on a day."""
    return rows.filter(Q(until__isnull=True) | Q(until__gte=on), since__lte=on)


def day_in(organisation: Organisation, at: datetime) -> date:
    """The day on which an instant falls where the organisation lies."""
    return at.astimezone(ZoneInfo(organisation.zone)).date()


def viewer_of(person: Person, at: datetime) -> Viewer:
    """The viewer a person is at an instant. Needs the organisation's scope."""
    organisation = person.organisation
    today = day_in(organisation, at)
    return Viewer(
        organisation=organisation,
        person=person,
        today=today,
        roles=tuple(current(Role.objects.filter(person=person).select_related("unit"), today)),
        seats=tuple(current(Seat.objects.filter(person=person).select_related("committee", "union"), today)),
    )


def operator_of(organisation: Organisation, at: datetime) -> Viewer:
    """The viewer that the command line and the worker are."""
    return Viewer(organisation, None, day_in(organisation, at))


def person_of(account_id: int, slug: str) -> Person | None:
    """The person an account may act as in an organisation, if any."""
    membership = (
        Membership.everywhere.select_related("person__organisation", "person__unit")
        .filter(account_id=account_id, organisation__slug=slug, person__left_on__isnull=True)
        .first()
    )
    return membership.person if membership else None


def sole_account_of(person: Person) -> Account | None:
    """The account that is this person's alone; one with a place in another organisation is not."""
    membership = Membership.everywhere.select_related("account").filter(person=person).first()
    if membership is None:
        return None
    elsewhere = Membership.everywhere.filter(account_id=membership.account_id).exclude(pk=membership.pk)
    return None if elsewhere.exists() else membership.account
