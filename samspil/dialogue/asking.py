"""Putting something that is no initiative before a committee: a guideline, a strategy.

A step inside an action: it checks no permission. Asked for in time the item stands on the agenda of the
committee's next meeting; else it waits for those who run the committee.
"""

from collections.abc import Sequence
from datetime import datetime

from samspil.dialogue import queries
from samspil.dialogue import regime as regimes
from samspil.dialogue.models import Item, ItemQuestion
from samspil.dialogue.questions import Question
from samspil.dialogue.sealing import sealed
from samspil.initiative.models import Link, Thing
from samspil.initiative.things import link, new_thing
from samspil.organisation import journal
from samspil.organisation.models import Committee, Content
from samspil.organisation.viewer import Viewer


def put_before(
    committee: Committee,
    about: Thing,
    *,
    title: str,
    case: str,
    case_number: str = "",
    model: Content | None = None,
    questions: Sequence[Question] = (),
    by: Viewer,
    at: datetime,
) -> Item:
    """An item of a committee about a thing, with its row in the journal."""
    meeting = queries.next_reachable(committee, by.today)
    item = Item.objects.create(
        organisation=by.organisation,
        thing=new_thing(by.organisation, "item"),
        committee=committee,
        meeting=meeting,
        status=Item.Status.ON_AGENDA if meeting else Item.Status.REQUESTED,
        title=title,
        case=case,
        case_number=case_number,
        model=model,
        regime=regimes.table_in_force(by.organisation, by.today),
        requested_by=by.person,
        requested_at=at,
    )
    put_questions(item, questions)
    link(about, item.thing, Link.Kind.LED_TO, by, at)
    facts = {"title": title, "committee": committee.name, "on": meeting.on.isoformat() if meeting else ""}
    journal.append("dialogue.item_requested", thing=item.ref, facts=facts | sealed(item), by=by, at=at)
    return item


def put_questions(item: Item, chosen: Sequence[Question]) -> None:
    ItemQuestion.objects.bulk_create(
        ItemQuestion(
            organisation_id=item.organisation_id,
            item=item,
            key=one.key,
            position=position,
            wording=one.wording,
        )
        for position, one in enumerate(chosen)
    )
