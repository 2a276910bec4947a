"""An item about anything, from its title to its place. Steps inside actions: no permission, no journal."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from samspil.dialogue import asking, questions
from samspil.dialogue import regime as regimes
from samspil.dialogue.agenda import places
from samspil.dialogue.models import Item, Meeting
from samspil.dialogue.proposal import model_of
from samspil.kit.refusal import Refused
from samspil.organisation.models import Committee
from samspil.organisation.viewer import Viewer

MOST_OWN_QUESTIONS = 20
CANCELLED = _("This meeting is cancelled. Choose another one.")


def new_matter(committee: Committee, title: str, case: str, purpose: str, by: Viewer, at: datetime) -> Item:
    """An item about anything, under the regime in force."""
    if not title.strip():
        raise Refused(_("Write a title, so that people know what it is about."), "title")
    item = asking.new_item(committee, title.strip(), by, at, case=case.strip(), purpose=purpose)
    known_purpose(item, purpose)
    return item


def put_on(item: Item, meeting: Meeting, planned: bool = False) -> None:
    item.meeting, item.status = meeting, Item.Status.ON_AGENDA
    item.save(update_fields=["meeting", "status"])
    places.take(item, meeting, planned)


def put_questions(item: Item, phase: str, own: Sequence[str], by: Viewer) -> None:
    """The core questions of a phase, if one is chosen, then one's own; the wording stays with the item."""
    model = model_of(phase, by) if phase in questions.PHASES else None
    chosen = questions.core(questions.of_level(model, item.committee.level)) if model else ()
    if model:
        item.model = model
        item.save(update_fields=["model"])
    asked = [(one.key, one.wording) for one in chosen]
    for number, text in enumerate([one.strip() for one in own if one.strip()][:MOST_OWN_QUESTIONS], 1):
        asked.append((f"own_{number}", own_wording(text)))
    asking.put_questions(item, asked)


def own_wording(text: str) -> dict[str, object]:
    """A question of one's own has its words and nothing that helps with it."""
    return {"ask": text, "explanation": "", "why": "", "good_answer": [], "before": "", "core": True}


def known_purpose(item: Item, purpose: str) -> str:
    if purpose and purpose not in regimes.read(item.regime).purposes:
        raise Refused(_("Choose one of the things that can be wanted of the committee."), "purpose")
    return purpose
