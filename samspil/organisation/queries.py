"""What can be read of an organisation and its people."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Prefetch, Q, QuerySet

from samspil.organisation import content
from samspil.organisation.models import (
    AudienceGroup,
    Committee,
    Invitation,
    Membership,
    Organisation,
    Person,
    ProcedureRules,
    RegimePeriod,
    Role,
    Seat,
    Union,
    Unit,
)
from samspil.organisation.names import named_like
from samspil.organisation.viewer import current


@dataclass(frozen=True)
class Branch:
    """A unit with its place in the tree, how many work in it and who leads it."""

    unit: Unit
    depth: int
    people: int
    leaders: tuple[Person, ...]
    below: "tuple[Branch, ...]" = ()


def people(text: str = "", gone: bool = False) -> "QuerySet[Person]":
    """People by family name; everybody for whom each word typed begins one of their names."""
    rows = Person.objects.select_related("unit").filter(named_like(text), erased_at__isnull=True)
    rows = rows.exclude(left_on__isnull=True) if gone else rows.filter(left_on__isnull=True)
    return rows.order_by("family_name", "given_name", "pk")


def find_people(text: str, most: int = 20) -> list[Person]:
    """The first people a name or an address could mean; for forms that ask for a person."""
    if "@" in text:
        return list(people().filter(email__iexact=text.strip())[:most])
    return list(people(text)[:most]) if text.strip() else []


def person(ref: str) -> Person | None:
    """Somebody who is or was here; whoever was erased is not found."""
    return Person.objects.select_related("unit", "organisation").filter(ref=ref, erased_at=None).first()


def roles_of(person: Person) -> "QuerySet[Role]":
    return Role.objects.filter(person=person).select_related("unit").order_by("-since", "pk")


def seats_of(person: Person) -> "QuerySet[Seat]":
    rows = Seat.objects.filter(person=person).select_related("committee", "union", "substitute_for__person")
    return rows.order_by("-since", "pk")


def role(ref: str) -> Role | None:
    return Role.objects.select_related("person", "unit").filter(ref=ref, person__erased_at=None).first()


def seat(ref: str) -> Seat | None:
    return Seat.objects.select_related("person", "committee").filter(ref=ref, person__erased_at=None).first()


def administrators(on: date) -> list[Person]:
    """Whom to ask when something in the organisation is to change."""
    held = current(Role.objects.filter(kind=Role.Kind.ADMINISTRATOR, person__left_on=None), on)
    return list(Person.objects.filter(pk__in=held.values("person")).order_by("family_name", "given_name"))


def has_account(person: Person) -> bool:
    return Membership.objects.filter(person=person).exists()


def open_invitation(person: Person, at: datetime) -> Invitation | None:
    rows = Invitation.objects.filter(person=person, accepted_at=None, revoked_at=None, expires_at__gt=at)
    return rows.first()


def invitation(ref: str) -> Invitation | None:
    return Invitation.objects.select_related("person").filter(ref=ref).first()


def unit_tree(on: date) -> list[Branch]:
    """All units as a tree, in three queries however many there are."""
    led = Prefetch(
        "roles",
        current(Role.objects.filter(kind=Role.Kind.LINE_MANAGER), on)
        .filter(person__left_on__isnull=True)
        .select_related("person"),
        to_attr="led_by",
    )
    working = Count("people", filter=Q(people__left_on__isnull=True))
    below: dict[int | None, list[Any]] = {}
    for unit in Unit.objects.filter(closed_on=None).annotate(working=working).prefetch_related(led):
        below.setdefault(unit.parent_id, []).append(unit)
    return _branches(below, None, 0)


def _branches(below: dict[int | None, list[Any]], parent: int | None, depth: int) -> list[Branch]:
    return [
        Branch(
            unit,
            depth,
            unit.working,
            tuple(role.person for role in unit.led_by),
            tuple(_branches(below, unit.pk, depth + 1)),
        )
        for unit in below.get(parent, [])
    ]


def walk(branches: "list[Branch] | tuple[Branch, ...]") -> Iterator[Branch]:
    """The tree from the top down, each unit before what lies below it."""
    for branch in branches:
        yield branch
        yield from walk(branch.below)


def units_in_order() -> list[tuple[Unit, int]]:
    """Every unit with its depth, for lists to choose from; one query."""
    below: dict[int | None, list[Unit]] = {}
    for unit in Unit.objects.filter(closed_on=None):
        below.setdefault(unit.parent_id, []).append(unit)
    return list(_units_below(below, None, 0))


def _units_below(
    below: dict[int | None, list[Unit]], parent: int | None, depth: int
) -> Iterator[tuple[Unit, int]]:
    for unit in below.get(parent, []):
        yield unit, depth
        yield from _units_below(below, unit.pk, depth + 1)


def unit(ref: str) -> Unit | None:
    """A unit that is open."""
    return Unit.objects.select_related("parent").filter(ref=ref, closed_on=None).first()


def committee(ref: str) -> Committee | None:
    return Committee.objects.select_related("parent", "unit").filter(ref=ref).first()


def union(ref: str) -> Union | None:
    return Union.objects.select_related("election_group").filter(ref=ref).first()


def committees_rules(committee: Committee, on: date) -> ProcedureRules | None:
    """The rules that hold for a committee on a day: its own, else the organisation's."""
    own = ProcedureRules.objects.filter(committee=committee, since__lte=on)
    return own.order_by("-since", "-pk").first() or organisations_rules(on)


def committees() -> "QuerySet[Committee]":
    return Committee.objects.select_related("unit", "parent").order_by("name")


def unions() -> "QuerySet[Union]":
    return Union.objects.select_related("election_group").order_by("name")


def groups() -> "QuerySet[AudienceGroup]":
    return AudienceGroup.objects.order_by("kind", "name")


def group(ref: str) -> AudienceGroup | None:
    return AudienceGroup.objects.filter(ref=ref).first()


def regime_periods() -> "QuerySet[RegimePeriod]":
    return RegimePeriod.objects.order_by("-since")


def rules_of_procedure() -> "QuerySet[ProcedureRules]":
    """The organisation's rules first, then those of single committees; newest first."""
    return ProcedureRules.objects.select_related("committee").order_by("committee__name", "-since")


def regimes(organisation: Organisation) -> list[tuple[str, str]]:
    """The regimes that are loaded in the organisation's language, with their titles."""
    return _titles("regime", organisation)


def process_models(organisation: Organisation) -> list[tuple[str, str]]:
    """The ways an initiative can go that are loaded in the organisation's language, with their titles."""
    return _titles("process_model", organisation)


def _titles(kind: str, organisation: Organisation) -> list[tuple[str, str]]:
    rows = content.every(kind, [organisation.language], organisation)
    return [(row.key, row.body["title"]) for row in rows]


def organisations_rules(on: date) -> ProcedureRules | None:
    """The organisation's own rules of procedure that hold on a day."""
    return ProcedureRules.objects.filter(committee=None, since__lte=on).order_by("-since", "-pk").first()


def seats_to_stand_in_for(on: date) -> "QuerySet[Seat]":
    """Whom a substitute can stand in for: everybody who sits somewhere today and is no substitute."""
    seats = current(Seat.objects.filter(substitute_for=None, person__left_on=None), on)
    return seats.select_related("committee", "person").order_by(
        "committee__name", "person__family_name", "person__given_name", "pk"
    )


def levels(organisation: Organisation, on: date, language: str) -> list[tuple[str, str]]:
    """The levels of committees in the regime that holds on a day."""
    period = RegimePeriod.objects.filter(since__lte=on).order_by("-since").first()
    if period is None:
        return []
    found = content.find("regime", period.regime, [organisation.language, language, content.READING_LANGUAGE])
    return [(one["key"], one["title"]) for one in found.body["levels"]] if found else []
