"""Named predicates about the viewer alone. Rooms combine them with their own in their permission tables."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from samspil.kit.permission import predicate
from samspil.organisation.models import Role
from samspil.organisation.viewer import Viewer

READING_ROLES = frozenset({Role.Kind.AUDITOR, Role.Kind.CONSULTANT})


@predicate(_("anybody who belongs to the organisation"))
def anyone_here(viewer: Viewer, _thing: Any = None) -> bool:
    """Everyone who belongs to the organisation; guests from partner organisations do not."""
    return not viewer.is_guest


@predicate(_("the operator"))
def operator(viewer: Viewer, _thing: Any = None) -> bool:
    return viewer.is_operator


@predicate(_("an administrator"))
def administrator(viewer: Viewer, _thing: Any = None) -> bool:
    return viewer.has_role(Role.Kind.ADMINISTRATOR)


@predicate(_("a director"))
def director(viewer: Viewer, _thing: Any = None) -> bool:
    return viewer.has_role(Role.Kind.DIRECTOR)


@predicate(_("the head of digitalisation"))
def digital_lead(viewer: Viewer, _thing: Any = None) -> bool:
    return viewer.has_role(Role.Kind.DIGITAL_LEAD)


@predicate(_("a project lead"))
def any_project_lead(viewer: Viewer, _thing: Any = None) -> bool:
    return viewer.has_role(Role.Kind.PROJECT_LEAD)


@predicate(_("a line manager"))
def line_manager(viewer: Viewer, _thing: Any = None) -> bool:
    return viewer.has_role(Role.Kind.LINE_MANAGER)


@predicate(_("anybody with a seat in a committee"))
def any_committee_seat(viewer: Viewer, _thing: Any = None) -> bool:
    return bool(viewer.seats)


@predicate(_("an auditor or a consultant who reads along"))
def reader(viewer: Viewer, _thing: Any = None) -> bool:
    """Auditors and consultants of unions and national bodies read what members read."""
    return viewer.has_role(*READING_ROLES)


@predicate(_("anybody who belongs to the organisation and does more than read"))
def takes_part(viewer: Viewer, _thing: Any = None) -> bool:
    """Everyone here but auditors and consultants, who read and do nothing else."""
    only_reads = viewer.role_kinds and viewer.role_kinds <= READING_ROLES and not viewer.seats
    return not viewer.is_guest and not only_reads
