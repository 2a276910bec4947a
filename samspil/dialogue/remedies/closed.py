"""A request about an item that is closed to the reader: that it is there, where it stands and what is owed by
when. None of its words, for a request is named after its item.

The committee it has come to is told that much, since it owes the answer; those who are let in to the item
tell it the rest.
"""

from django.utils.translation import gettext as _

from samspil.dialogue.confidential import may_read
from samspil.dialogue.remedies.models import RemedyCase, RemedyStep
from samspil.dialogue.words import day
from samspil.organisation.viewer import Viewer


def is_closed_to(viewer: Viewer, case: RemedyCase) -> bool:
    return case.item is not None and not may_read(viewer, case.item)


def title_for(viewer: Viewer, case: RemedyCase) -> str:
    """What a request is called before this reader."""
    if not is_closed_to(viewer, case):
        return case.title
    until = case.item.confidential_until if case.item else None
    return _("Request about a closed item, opens on %(day)s") % {"day": day(until) if until else "–"}


def may_read_answer(viewer: Viewer, case: RemedyCase, step: RemedyStep) -> bool:
    """What one's own committee answered is readable there."""
    return not is_closed_to(viewer, case) or step.committee_id in viewer.committee_ids
