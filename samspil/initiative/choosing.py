"""Choosing people, units and groups by typing part of a name: good with ten and with forty thousand."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from samspil.initiative.permissions import line_above
from samspil.initiative.queries import LINE
from samspil.organisation.models import AudienceGroup, Person, Role, Unit
from samspil.organisation.viewer import current
from samspil.organisation.words import GROUP_KINDS

MOST = 12
MANY = 500
FEW_UNITS = 30


@dataclass(frozen=True)
class Choice:
    """One thing to tick: its value in the form, and how it reads."""

    value: str
    label: str


def has_words(text: str, *fields: str) -> Q:
    """Every word stands in one of the fields. SQLite knows only the case of a to z, so å is helped."""
    wanted = Q()
    for word in text.split():
        forms = dict.fromkeys((word, word.lower(), word.capitalize(), word.upper()))
        wanted &= Q(*(_contains(field, form) for field in fields for form in forms), _connector=Q.OR)
    return wanted


def _contains(field: str, form: str) -> tuple[str, str]:
    return f"{field}__icontains", form


# --- people ----------------------------------------------------------------------------------------------


def people() -> QuerySet[Person]:
    """People who work here now; guests own nothing."""
    here = Person.objects.filter(left_on__isnull=True, erased_at__isnull=True, guest_of="")
    return here.select_related("unit")


def find_people(text: str) -> list[Person]:
    """People whose name, title or unit holds every word."""
    if not text.strip():
        return []
    return list(people().filter(has_words(text, "given_name", "family_name", "title", "unit__name"))[:MOST])


def subjects_called(text: str) -> list[str]:
    """The random ids under which the journal knows people of that name, also those who have left."""
    rows = Person.objects.filter(has_words(text, "given_name", "family_name"))
    return list(rows.values_list("subject", flat=True)[:MANY])


def managers_of(units: Iterable[Unit], on: date) -> list[Person]:
    """Those who lead the units or a unit above them, nearest first; staff functions are no line."""
    lines = [line_above(unit) for unit in units]
    height: dict[int, int] = {}
    for line in lines:
        for steps, key in enumerate(line):
            height[key] = max(steps, height.get(key, 0))
    roles = current(
        Role.objects.filter(kind=Role.Kind.LINE_MANAGER, unit__in=height, unit__staff_function=False), on
    )
    shared = {role.person_id: _distance(role.unit_id, lines, height) for role in roles}
    found = people().filter(pk__in=shared)
    return sorted(found, key=lambda person: (shared[person.pk], str(person)))[:MOST]


def _distance(unit: int, lines: Sequence[list[int]], height: dict[int, int]) -> tuple[int, int]:
    """Who leads more of those affected comes first, then who is nearest to them."""
    return -sum(unit in line for line in lines), height[unit]


def person_choices(found: Iterable[Person]) -> list[Choice]:
    return [
        Choice(one.ref, ", ".join(filter(None, (str(one), one.title, str(one.unit or ""))))) for one in found
    ]


def person_of(ref: str) -> Person | None:
    return people().filter(ref=ref).first()


# --- units and groups ------------------------------------------------------------------------------------


def find_affected(text: str) -> list[Choice]:
    """Units and groups whose name holds every word."""
    if not text.strip():
        return []
    units = Unit.objects.filter(has_words(text, "name")).select_related("parent")[:MOST]
    groups = AudienceGroup.objects.filter(has_words(text, "name"))[:MOST]
    return [*map(unit_choice, units), *map(group_choice, groups)]


def units_called(text: str) -> list[Unit]:
    """Units whose name holds every word, to look for what they notice."""
    return list(Unit.objects.filter(has_words(text, "name"))[:MANY])


def unit_of(ref: str) -> Unit | None:
    return Unit.objects.filter(ref=ref).first() if ref else None


def proposed_affected(near: Unit | None) -> list[Choice]:
    """All units while they are few; else the areas and those near where the need was raised. Then groups."""
    units = Unit.objects.select_related("parent")
    if Unit.objects.count() > FEW_UNITS:
        units = units.filter(_around(near) | Q(parent__parent__isnull=True, parent__isnull=False))
    line = line_above(near)
    near_first = {key: place for place, key in enumerate(line)}
    ordered = sorted(units, key=lambda unit: (near_first.get(unit.pk, len(line)), unit.name))
    return [
        *map(unit_choice, ordered[:FEW_UNITS]),
        *map(group_choice, AudienceGroup.objects.all()[:FEW_UNITS]),
    ]


def _around(near: Unit | None) -> Q:
    if near is None:
        return Q(pk__in=[])
    return Q(pk__in=line_above(near)) | (Q(parent=near.parent_id) if near.parent_id else Q())


def chosen_affected(values: Iterable[str]) -> tuple[list[Unit], list[AudienceGroup]]:
    """The units and groups behind ticked values; what is not here is left out."""
    wanted: dict[str, list[str]] = {"unit": [], "group": []}
    for value in values:
        kind, _colon, ref = value.partition(":")
        wanted.setdefault(kind, []).append(ref)
    units = Unit.objects.filter(ref__in=wanted["unit"]).select_related(LINE)
    return list(units), list(AudienceGroup.objects.filter(ref__in=wanted["group"]))


def unit_choice(unit: Unit) -> Choice:
    above = f" · {unit.parent}" if unit.parent_id and unit.parent.parent_id else ""  # type: ignore[union-attr]
    return Choice(f"unit:{unit.ref}", f"{unit.name}{above}")


def group_choice(group: AudienceGroup) -> Choice:
    return Choice(f"group:{group.ref}", f"{group.name} · {GROUP_KINDS.get(group.kind, group.kind)}")
