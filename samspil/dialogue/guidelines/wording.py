"""A version as one text, for the item by which it is put before its committee."""

from django.utils import translation
from django.utils.translation import gettext as _

from samspil.dialogue import words
from samspil.dialogue.guidelines.models import Guideline, GuidelineVersion, PromisedDiscussion
from samspil.initiative.words import PHASES


def case_of(guideline: Guideline, version: GuidelineVersion) -> str:
    """Its words and a line for each promised discussion, in the organisation's language."""
    with translation.override(guideline.organisation.language):
        lines = [f"• {_line(one)}" for one in version.discussions.all()]
    parts = [version.purpose, "\n".join(lines), version.taking_part, version.follow_up]
    return "\n\n".join(part for part in parts if part)


def _line(discussion: PromisedDiscussion) -> str:
    phase = str(PHASES.get(discussion.phase, _("Whatever the phase")))
    where = (
        discussion.committee.name if discussion.committee else _("The right committee for each initiative")
    )
    by = [words.day(discussion.by)] if discussion.by else []
    return " · ".join([phase, where, *by])
