"""What an organisation is now, as a list is compared with it. A constant number of questions."""

from collections.abc import Iterable
from typing import Any

from django.db.models import F, QuerySet

from samspil.core import organisation_list as core
from samspil.organisation import queries
from samspil.organisation.models import AudienceGroup, Committee, Person, Role, Seat, Union, Unit
from samspil.organisation.viewer import Viewer


def known(viewer: Viewer) -> core.Organisation:
    """Everybody and everything a list can speak of."""
    here = Person.objects.filter(left_on=None, erased_at=None)
    seats = Seat.objects.filter(person__left_on=None, person__erased_at=None)
    roles = Role.objects.filter(person__left_on=None, person__erased_at=None)
    levels = tuple(key for key, _title in queries.levels(viewer.organisation, viewer.today, "en"))
    return core.Organisation(
        of={
            core.UNITS: _rows(
                Unit.objects.filter(closed_on=None).order_by("pk"),
                ("key", "name", "headcount", "staff_function"),
                parent="parent_id",
            ),
            core.PEOPLE: _rows(
                here.order_by("family_name", "given_name", "pk"),
                ("key", "email", "given_name", "family_name", "title"),
                unit="unit_id",
                guest="guest_of",
            ),
            core.ROLES: _rows(
                roles.exclude(kind=Role.Kind.ADMINISTRATOR).order_by("pk"),
                ("kind", "since", "until"),
                person="person_id",
                unit="unit_id",
                guest="person__guest_of",
            ),
            core.UNIONS: _rows(
                Union.objects.order_by("pk"), ("name",), election_group="election_group__name"
            ),
            core.COMMITTEES: _rows(
                Committee.objects.order_by("pk"),
                ("name", "level", "staff_meeting"),
                parent="parent_id",
                unit="unit_id",
            ),
            core.SEATS: _rows(
                seats.order_by("pk"),
                ("side", "kind", "steward", "safety_rep", "since", "until"),
                committee="committee_id",
                person="person_id",
                union="union_id",
                substitute_for="substitute_for_id",
            ),
            core.GROUPS: _rows(AudienceGroup.objects.order_by("pk"), ("name", "kind", "size")),
        },
        today=viewer.today,
        levels=levels or ("main", "area", "local"),
        elects_together=viewer.organisation.country == "DK",
    )


def _rows(rows: "QuerySet[Any]", names: Iterable[str], **others: str) -> list[core.Known]:
    columns = {**{name: name for name in names}, **others}
    found = rows.values_list("pk", *(F(where) for where in columns.values()))
    return [core.Known(row[0], dict(zip(columns, row[1:], strict=True))) for row in found]
