"""What other rooms' pages show of the benefits."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from samspil.benefits import queries
from samspil.benefits.permissions import PERMISSIONS
from samspil.core.benefits.following import Status
from samspil.initiative.models import Initiative
from samspil.organisation.viewer import Viewer

FEW = 8


def of_initiative(initiative: Initiative, viewer: Viewer, _at: datetime) -> Mapping[str, Any]:
    """How each benefit of an initiative stands, the unknown ones first."""
    if not PERMISSIONS.allows("see_benefits", viewer, initiative):
        return {"rows": (), "organisation": viewer.organisation, "initiative": initiative}
    found = sorted(queries.of_initiative(initiative, viewer.today), key=worst_first)
    return {
        "organisation": viewer.organisation,
        "initiative": initiative,
        "rows": found[:FEW],
        "more": len(found) - FEW,
        "unknown": [one for one in found if one.judged.status is Status.UNKNOWN],
        "lacking": [one for one in found if one.lacks],
        "may_register": PERMISSIONS.allows("register_benefit", viewer, initiative),
    }


def of_leadership(initiatives: Sequence[Initiative], viewer: Viewer, _at: datetime) -> Mapping[str, Any]:
    """How the benefits of many initiatives stand, and whose figures are overdue."""
    found = queries.follow(
        queries.standing_rows().filter(initiative__in=[one.pk for one in initiatives]), viewer.today
    )
    unknown = [one for one in found if one.judged.status is Status.UNKNOWN]
    unknown.sort(key=lambda one: (one.judged.overdue, one.benefit.title))
    return {
        "organisation": viewer.organisation,
        "counts": queries.counts(found),
        "all": len(found),
        "unknown": unknown[:FEW],
        "more": len(unknown) - FEW,
        "unowned": [one for one in found if "owner" in one.lacks],
        "moved": [one for one in found if one.moved],
        "without": len(initiatives) - len({one.benefit.initiative_id for one in found}),
    }


ORDER = (Status.UNKNOWN, Status.NOT_REALISED, Status.PARTLY, Status.NOT_YET, Status.REALISED)


def worst_first(one: queries.Followed) -> tuple[int, int]:
    return ORDER.index(one.judged.status), one.benefit.place
