"""What this room shows on the page of an initiative."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from samspil.business_case import queries
from samspil.business_case.contest import queries as contest
from samspil.business_case.models import Part
from samspil.business_case.permissions import PERMISSIONS
from samspil.initiative.models import Initiative
from samspil.initiative.queries import ENDED
from samspil.organisation.viewer import Viewer


def case_in_short(initiative: Initiative, viewer: Viewer, _at: datetime) -> Mapping[str, Any]:
    """What the case comes to, how sure that is, and where it stands."""
    found = queries.computed_of([initiative]).get(initiative.pk)
    if found is None:
        may = PERMISSIONS.allows("begin_case", viewer, initiative) and initiative.phase not in ENDED
        return {"initiative": initiative, "case": None, "may_begin": may}
    case, computed, parts = found
    owed = list(contest.owed([initiative]))
    return {
        "initiative": initiative,
        "case": case,
        "result": computed.result if computed else None,
        "lines": sum(one.kind == Part.Kind.LINE for one in parts),
        "owed": len(owed),
        "late": sum(contest.is_late(one, viewer.today) for one in owed),
        "versions": queries.versions_of(case)[:3],
    }
