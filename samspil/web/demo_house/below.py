"""Scenes of what goes down to the local committees and comes up again, and of a staff side's room.

A handful of replies are given through the actions; the many others are laid in bulk, drawn by lot from the
texts with the seed of the house.
"""

from datetime import datetime
from typing import TYPE_CHECKING

from samspil.dialogue.models import Item, Meeting
from samspil.dialogue.regime import table_in_force
from samspil.dialogue.replies import actions as down
from samspil.dialogue.replies import queries
from samspil.dialogue.replies.models import Asked, Reply, ReplyAnswer, Sending
from samspil.dialogue.replies.pages import own_question
from samspil.dialogue.staff_room import actions as staff_room
from samspil.initiative.models import Thing
from samspil.initiative.things import new_thing
from samspil.organisation.viewer import Viewer, viewer_of
from samspil.web.demo_house.texts import Event

if TYPE_CHECKING:
    from samspil.web.demo_house.story import Story


def send_down(story: "Story", event: Event, by: Viewer, at: datetime) -> None:
    """A committee puts questions about a matter of its own to everybody below."""
    committee, due = story.house.committees[event["committee"]], story.house.day(event["due"])
    meeting = Meeting.objects.filter(committee=committee, on__gt=due).order_by("on").first()
    item = story.items[event["item"]] = Item.objects.create(
        organisation=by.organisation,
        thing=new_thing(by.organisation, "item"),
        committee=committee,
        meeting=meeting,
        title=event["title"],
        case=event["case"],
        regime=table_in_force(by.organisation, by.today),
        status=Item.Status.ON_AGENDA if meeting else Item.Status.REQUESTED,
        requested_by=by.person,
        requested_at=at,
    )
    asked = [
        down.NewQuestion(f"own_{place}", own_question(text).wording)
        for place, text in enumerate(event["ask"])
    ]
    below = queries.below(committee)
    down.send_down(item=item, committees=below, questions=asked, due=due, why=event["why"], by=by, at=at)


def reply(story: "Story", event: Event, by: Viewer, at: datetime) -> None:
    """One committee replies; `paper`: somebody enters what one below an area wrote by hand, a staff meeting
    where there is one."""
    sending = _sending(story, event)
    found = Asked.objects.filter(sending=sending, replies=None)
    if "paper" in event:
        found = found.filter(committee__parent__name=event["paper"])
    else:
        found = found.filter(committee__name=event["committee"])
    asked = queries.asked(found.order_by("-committee__staff_meeting", "committee__name")[0].ref)
    assert asked is not None  # noqa: S101 - it was found just now
    facts = {
        "asked": asked,
        "held_on": story.house.day(event["on"]),
        "took_part": event["took_part"],
        "answers": [
            down.NewAnswer(question, text, position)
            for question, (position, text) in zip(
                queries.questions_of(sending), event["answers"], strict=True
            )
        ],
    }
    if "paper" in event:
        down.enter_paper_reply(**facts, by=by, at=at)
    else:
        down.give_reply(**facts, way=event["way"], by=by, at=at)


def many_reply(story: "Story", event: Event, _by: Viewer, at: datetime) -> None:
    """The many others: most of them reply, some with nothing to say, some stay silent.

    So do those named as `silent`: their reply is left to whoever tries the demo.
    """
    sending, dice = _sending(story, event), story.house.dice
    silent = list(
        Asked.objects.filter(sending=sending, replies=None)
        .exclude(committee__name__in=event.get("silent", ()))
        .select_related("committee")
        .order_by("pk")
    )
    replying = dice.sample(silent, int(len(silent) * event["share"]))
    things = Thing.objects.bulk_create(
        Thing(organisation=sending.organisation, kind="reply") for _one in replying
    )
    running = queries.running_seats([one.committee_id for one in replying], story.today)
    rows = Reply.objects.bulk_create(
        Reply(
            organisation=sending.organisation,
            thing=thing,
            asked=one,
            number=1,
            way=dice.choice(event["ways"]),
            held_on=story.house.day(event["day"] - dice.randrange(1, event["days"])),
            took_part=dice.randrange(4, 28) if one.committee.staff_meeting else dice.randrange(5, 9),
            because=dice.choice(event["reasons"]) if dice.random() < event["without"] else "",
            replied_by=running[one.committee_id][0].person if one.committee_id in running else None,
            replied_at=at,
        )
        for one, thing in zip(replying, things, strict=True)
    )
    questions = queries.questions_of(sending)
    ReplyAnswer.objects.bulk_create(
        ReplyAnswer(
            organisation=sending.organisation, reply=row, question=question, position=position, text=text
        )
        for row in rows
        if not row.because
        for question, choices in zip(questions, event["answers"], strict=True)
        for position, text in [dice.choice(choices)]
    )
    Sending.objects.filter(pk=sending.pk).update(reminded_before_at=at)


def staff_note(story: "Story", event: Event, by: Viewer, at: datetime) -> None:
    """The staff side prepares in its own room: a note, what a colleague says of it, and when they meet."""
    item = story.item(event)
    note = staff_room.write_note(
        committee=item.committee, title=event["title"], text=event["text"], item=item, by=by, at=at
    )
    colleague = viewer_of(story.person(event["colleague"]), at)
    staff_room.comment(note=note, text=event["comment"], by=colleague, at=at)
    if item.meeting:
        on = story.house.day(event["pre_meeting"])
        staff_room.set_pre_meeting(meeting=item.meeting, on=on, place=event["place"], by=by, at=at)


def _sending(story: "Story", event: Event) -> Sending:
    found = Sending.objects.get(item=story.items[event["item"]])
    whole = queries.sending(found.ref)
    assert whole is not None  # noqa: S101 - the texts reply only to what was sent
    return whole
