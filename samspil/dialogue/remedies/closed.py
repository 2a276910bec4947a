"""A request about an item that is closed to the reader: that it is there, where it stands and what is owed by
when. None of its words, for a request is named after its item.

The committee it has come to is told that much, since it owes the answer; those who are let in to the item
tell it the rest.
"""

from datetime import date

from django.utils.translation import gettext as _

from samspil.dialogue.confidential import is_confidential, may_read
from samspil.dialogue.models import Item
from samspil.dialogue.remedies.models import RemedyCase, RemedyStep
from samspil.dialogue.words import day
from samspil.organisation.viewer import Viewer


def is_closed_to(viewer: Viewer, case: RemedyCase) -> bool:
    return case.item is not None and not may_read(viewer, case.item)


def title_for(viewer: Viewer, case: RemedyCase) -> str:
    """What a request is called before this reader."""
    return _closed(case.item) if case.item and is_closed_to(viewer, case) else case.title


def title_on(on: date, case: RemedyCase) -> str:
    """What a request is called in what is told on a day, to everybody alike; the page tells the rest."""
    return _closed(case.item) if case.item and is_confidential(case.item, on) else case.title


def _closed(item: Item) -> str:
    assert item.confidential_until is not None  # noqa: S101 - only a closed item is asked about
    return _("Request about a closed item, opens on %(day)s") % {"day": day(item.confidential_until)}


def may_read_answer(viewer: Viewer, case: RemedyCase, step: RemedyStep) -> bool:
    """What one's own committee answered is readable there."""
    return not is_closed_to(viewer, case) or step.committee_id in viewer.committee_ids
