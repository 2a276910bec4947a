"""All duties that fall due with the binding steps."""

from collections.abc import Sequence

from samspil.initiative import ai_duties, assessments
from samspil.initiative.models import Initiative


def redate(initiatives: Sequence[Initiative]) -> None:
    """Let what nobody dated and nobody did yet fall due with the steps as they stand now."""
    ai_duties.redate(initiatives)
    assessments.redate(initiatives)
