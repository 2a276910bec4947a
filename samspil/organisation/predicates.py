"""Named predicates about the viewer alone. Rooms combine them with their own in their permission tables."""

from typing import Any

from samspil.kit.permission import predicate
from samspil.organisation.models import Role
from samspil.organisation.viewer import MANAGEMENT_ROLES, Viewer

READING_ROLES = frozenset({Role.Kind.AUDITOR, Role.Kind.CONSULTANT})


@predicate
def anyone_here(viewer: Viewer, _thing: Any = None) -> bool:
    """Everyone who belongs to the organisation; guests from partner organisations do not."""
    return not viewer.is_guest


@predicate
def operator(viewer: Viewer, _thing: Any = None) -> bool:
    return viewer.is_operator


@predicate
def administrator(viewer: Viewer, _thing: Any = None) -> bool:
    return viewer.has_role(Role.Kind.ADMINISTRATOR)


@predicate
def director(viewer: Viewer, _thing: Any = None) -> bool:
    return viewer.has_role(Role.Kind.DIRECTOR)


@predicate
def digital_lead(viewer: Viewer, _thing: Any = None) -> bool:
    return viewer.has_role(Role.Kind.DIGITAL_LEAD)


@predicate
def any_project_lead(viewer: Viewer, _thing: Any = None) -> bool:
    return viewer.has_role(Role.Kind.PROJECT_LEAD)


@predicate
def any_manager(viewer: Viewer, _thing: Any = None) -> bool:
    return viewer.has_role(*MANAGEMENT_ROLES)


@predicate
def any_committee_seat(viewer: Viewer, _thing: Any = None) -> bool:
    return bool(viewer.seats)


@predicate
def reader(viewer: Viewer, _thing: Any = None) -> bool:
    """Auditors and consultants of unions and national bodies read what members read."""
    return viewer.has_role(*READING_ROLES)


@predicate
def takes_part(viewer: Viewer, _thing: Any = None) -> bool:
    """Everyone here but auditors and consultants, who read and do nothing else."""
    only_reads = viewer.role_kinds and viewer.role_kinds <= READING_ROLES and not viewer.seats
    return not viewer.is_guest and not only_reads


@predicate
def nobody(_viewer: Viewer, _thing: Any = None) -> bool:
    return False
