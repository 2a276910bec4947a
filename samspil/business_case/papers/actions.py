"""From which side a line is looked at: said for many lines at once, in the one way lines are changed."""

from collections.abc import Mapping
from datetime import datetime

from samspil.business_case import actions
from samspil.business_case.actions import Written
from samspil.business_case.format import parts_of
from samspil.business_case.models import Case, Part
from samspil.core.business_case.case import Corner
from samspil.organisation.viewer import Viewer


def put_in_corners(
    *, case: Case, corners: Mapping[str, str], versions: Mapping[str, int], by: Viewer, at: datetime
) -> list[Part]:
    """`corners`: for lines by their refs, the side each is looked at from; nothing leaves it to be told by
    what the line is. Lines that stand there already are not touched."""
    moved = [
        one
        for one in parts_of(case)
        if one.ref in corners and one.content.get("corner", "") != corners[one.ref]
    ]
    written = [_put(one, corners[one.ref], versions.get(one.ref, one.version)) for one in moved]
    return actions.save(case=case, written=written, by=by, at=at)


def _put(part: Part, corner: str, version: int) -> Written:
    content = {key: value for key, value in part.content.items() if key != "corner"}
    if corner:
        content["corner"] = Corner(corner).value
    return Written(part.kind, content, part.owner, part.estimator, part, version)
