"""What this room shows on the page of an initiative."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from samspil.initiative.models import Initiative
from samspil.involvement.permissions import PERMISSIONS
from samspil.involvement.queries import highlights
from samspil.organisation.viewer import Viewer


def voices(initiative: Initiative, viewer: Viewer, _at: datetime) -> Mapping[str, Any]:
    """The consultations on the initiative, with what most agreed and most disagreed with."""
    return {
        "initiative": initiative,
        "voices": highlights(initiative),
        "may_import": PERMISSIONS.allows("import_consultation", viewer, initiative),
    }
