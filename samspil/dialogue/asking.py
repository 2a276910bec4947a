"""Items as they begin: a committee, a title, the agreement in force, who asks and when; and their questions.

Steps inside actions: they check no permission.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

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


def new_item(committee: Committee, title: str, by: Viewer, at: datetime, **facts: Any) -> Item:
    """An item that is asked for, under the agreement in force; `facts` are other fields of it."""
    return Item.objects.create(
        organisation=by.organisation,
        thing=new_thing(by.organisation, "item"),
        committee=committee,
        title=title,
        regime=regimes.table_in_force(by.organisation, by.today),
        requested_by=by.person,
        requested_at=at,
        **facts,
    )


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
    """An item about a guideline or a strategy, with its row in the journal.

    Asked for in time it stands on the agenda of the committee's next meeting; else it waits for those who run
    the committee.
    """
    meeting = queries.next_reachable(committee, by.today)
    status = Item.Status.ON_AGENDA if meeting else Item.Status.REQUESTED
    told = {"meeting": meeting, "status": status, "case": case, "case_number": case_number, "model": model}
    item = new_item(committee, title, by, at, **told)
    put_questions(item, ((one.key, one.wording) for one in questions))
    link(about, item.thing, Link.Kind.LED_TO, by, at)
    facts = {"title": title, "committee": committee.name, "on": meeting.on.isoformat() if meeting else ""}
    journal.append("dialogue.item_requested", thing=item.ref, facts=facts | sealed(item), by=by, at=at)
    return item


def put_questions(item: Item, asked: Iterable[tuple[str, Mapping[str, Any]]], start: int = 0) -> None:
    """Put questions, each by its key with its wording, which stays with the item."""
    ItemQuestion.objects.bulk_create(
        ItemQuestion(
            organisation_id=item.organisation_id, item=item, key=key, position=position, wording=wording
        )
        for position, (key, wording) in enumerate(asked, start)
    )
