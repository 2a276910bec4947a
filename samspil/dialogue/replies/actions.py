"""What people do to ask the committees below and to reply to those above."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from samspil.core.replies import reminder_day
from samspil.dialogue import asking, confidential
from samspil.dialogue.actions import THEY_CHANGED_IT, _fits, _in_reach
from samspil.dialogue.models import Item, Meeting
from samspil.dialogue.permissions import PERMISSIONS
from samspil.dialogue.replies import queries, words
from samspil.dialogue.replies.models import Asked, Reply, ReplyAnswer, Sending, SentQuestion
from samspil.dialogue.replies.sealing import sealed_replies
from samspil.dialogue.sealing import sealed
from samspil.initiative.models import Link
from samspil.initiative.things import link, new_thing
from samspil.kit.refusal import ChangedMeanwhile, Refused
from samspil.organisation import journal
from samspil.organisation.holidays import holidays_of
from samspil.organisation.models import Committee
from samspil.organisation.viewer import Viewer


@dataclass(frozen=True)
class NewQuestion:
    """A question to send down: its key and its wording as an item keeps it."""

    key: str
    wording: dict[str, Any]


@dataclass(frozen=True)
class NewAnswer:
    """What a committee answers to a question, and whose position it is."""

    question: SentQuestion
    text: str
    position: str = ReplyAnswer.Position.SHARED


# --- down ---------------------------------------------------------------------------------------------------


@transaction.atomic
def send_down(
    *,
    item: Item,
    committees: Sequence[Committee],
    questions: Sequence[NewQuestion],
    due: date,
    why: str = "",
    by: Viewer,
    at: datetime,
) -> Sending:
    """Put questions of an item to committees below; those who run them are told where to reply."""
    PERMISSIONS.require("send_down", by, item)
    _can_be_sent(item, committees, questions, due, by)
    sending = Sending.objects.create(
        organisation=by.organisation,
        thing=new_thing(by.organisation, "sending"),
        item=item,
        why=why.strip(),
        due=due,
        remind_on=reminder_day(by.today, due, _holidays(by, due)),
        sent_by=by.person,
        sent_at=at,
    )
    SentQuestion.objects.bulk_create(
        SentQuestion(
            organisation=by.organisation, sending=sending, key=one.key, position=place, wording=one.wording
        )
        for place, one in enumerate(questions)
    )
    Asked.objects.bulk_create(
        Asked(organisation=by.organisation, sending=sending, committee=one) for one in committees
    )
    link(item.thing, sending.thing, Link.Kind.LED_TO, by, at)
    facts = {"title": item.title, "committees": len(committees), "due": due.isoformat()}
    journal.append("dialogue.sent_down", thing=sending.ref, facts=facts, by=by, at=at)
    return sending


def _can_be_sent(
    item: Item, committees: Sequence[Committee], questions: Sequence[NewQuestion], due: date, by: Viewer
) -> None:
    if item.status == Item.Status.WITHDRAWN:
        raise Refused(_("This item was withdrawn. Send down one that stands."))
    if confidential.is_confidential(item, by.today):
        raise Refused(_("This item is closed to others, so it cannot be sent to them. Open it first."))
    below = {one.pk for one in queries.below(item.committee)}
    if not committees or any(one.pk not in below for one in committees):
        raise Refused(_("Choose at least one of the committees below this one."), "chosen")
    if not questions:
        raise Refused(_("Choose at least one question, or write one."), "questions")
    if due <= by.today:
        raise Refused(_("Choose a deadline after today, so that they can meet before it."), "due")
    open_ones = Asked.objects.filter(sending__item=item, sending__closed_at=None, committee__in=committees)
    if there := open_ones.select_related("committee").first():
        raise Refused(
            _now("%(committee)s has been asked about this item already. Close that one first.")
            % {"committee": there.committee.name},
            "chosen",
        )


@transaction.atomic
def close_replies(*, sending: Sending, by: Viewer, at: datetime) -> Sending:
    """Close the sheet: what has come up stands. Who replies later does so beside it."""
    PERMISSIONS.require("close_replies", by, sending)
    kept = Sending.objects.select_for_update().get(pk=sending.pk)
    if kept.closed_at:
        raise Refused(_("This has been closed already."))
    kept.closed_at, kept.closed_by = at, by.person
    kept.save(update_fields=["closed_at", "closed_by"])
    facts = {"title": sending.item.title}
    journal.append("dialogue.replies_closed", thing=sending.ref, facts=facts, by=by, at=at)
    return kept


# --- up -----------------------------------------------------------------------------------------------------


@transaction.atomic
def give_reply(
    *,
    asked: Asked,
    way: str,
    held_on: date,
    took_part: int | None = None,
    answers: Sequence[NewAnswer] = (),
    because: str = "",
    version: int = 0,
    by: Viewer,
    at: datetime,
) -> Reply:
    """Reply for one's own committee, or change its reply. `version` is that of the reply one has read, 0 for
    none. After the deadline, or once it is closed, the earlier reply stays beside the new one.
    """
    PERMISSIONS.require("give_reply", by, asked)
    _locked(asked)
    newest = queries.newest_reply(asked)
    if (newest.version if newest else 0) != version:
        theirs = _in_short(newest) if newest else ""
        raise ChangedMeanwhile(THEY_CHANGED_IT, theirs=theirs, yours=_typed(answers, because))
    return _keep(asked, newest, way, held_on, took_part, answers, because, False, by, at)


@transaction.atomic
def enter_paper_reply(
    *,
    asked: Asked,
    held_on: date,
    took_part: int | None = None,
    answers: Sequence[NewAnswer] = (),
    because: str = "",
    version: int = 0,
    by: Viewer,
    at: datetime,
) -> Reply:
    """Enter what a committee or a staff meeting wrote on paper. Nobody's reply is entered twice; one that was
    entered from paper can be corrected by who names its version.
    """
    PERMISSIONS.require("enter_paper_reply", by, asked)
    _locked(asked)
    newest = queries.newest_reply(asked)
    if newest and not (newest.entered and newest.version == version):
        raise Refused(already_replied(newest))
    way = Reply.Way.PAPER
    return _keep(asked, newest, way, held_on, took_part, answers, because, True, by, at)


def already_replied(reply: Reply) -> str:
    """That a reply is there, from whom and when."""
    facts = {"how": words.how(reply.way, reply.held_on, reply.took_part), "who": reply.replied_by or "–"}
    if reply.entered:
        return _now("There is a reply already: %(how)s, entered by %(who)s. It stands below.") % facts
    return _now("There is a reply already: %(how)s, sent by %(who)s. It stands below.") % facts


@transaction.atomic
def take_up(*, asked: Asked, meeting: Meeting | None = None, by: Viewer, at: datetime) -> Item:
    """Put what was sent down on one's own committee's agenda, as an item with the same questions."""
    PERMISSIONS.require("take_up_what_was_sent", by, asked)
    kept = _locked(asked)
    if kept.item_id:
        raise Refused(_("This stands among your committee's items already."))
    if meeting:
        _fits(meeting, asked.committee)
    sending = asked.sending
    item = asking.new_item(
        asked.committee,
        sending.item.title,
        by,
        at,
        case="\n\n".join(part for part in (sending.why, sending.item.case) if part),
        model=sending.item.model,
        **{name: getattr(sending.item, name) for name in confidential.WHILE_CLOSED},
    )
    asking.put_questions(item, ((one.key, one.wording) for one in queries.questions_of(sending)))
    if meeting and _in_reach(meeting, by.today):
        item.meeting, item.status = meeting, Item.Status.ON_AGENDA
        item.save(update_fields=["meeting", "status"])
    kept.item = item
    kept.save(update_fields=["item"])
    link(sending.thing, item.thing, Link.Kind.LED_TO, by, at)
    facts = {"title": item.title, "committee": asked.committee.name, **sealed(item)}
    journal.append("dialogue.taken_up", thing=item.ref, facts=facts, by=by, at=at)
    return item


# --- steps the actions share --------------------------------------------------------------------------------


def _keep(
    asked: Asked,
    newest: Reply | None,
    way: str,
    held_on: date,
    took_part: int | None,
    answers: Sequence[NewAnswer],
    because: str,
    entered: bool,
    by: Viewer,
    at: datetime,
) -> Reply:
    said = [one for one in answers if one.text.strip()]
    _says_something(asked, said, because, held_on, by)
    reply = newest if newest and not queries.is_frozen(asked.sending, at) else _new_reply(asked, newest, by)
    reply.way, reply.held_on, reply.because, reply.entered = way, held_on, because.strip(), entered
    reply.took_part, reply.replied_by, reply.replied_at = took_part, by.person, at
    reply.version = newest.version + 1 if newest else 1
    reply.save()
    ReplyAnswer.objects.filter(reply=reply).delete()
    ReplyAnswer.objects.bulk_create(
        ReplyAnswer(
            organisation=by.organisation,
            reply=reply,
            question=one.question,
            position=one.position,
            text=one.text.strip(),
        )
        for one in said
    )
    verb = "dialogue.paper_reply_entered" if entered else "dialogue.replied"
    facts = {
        "title": asked.sending.item.title,
        "committee": asked.committee.name,
        **sealed_replies([reply.ref])[reply.ref],
    }
    journal.append(verb, thing=reply.ref, facts=facts, by=by, at=at)
    return reply


def _says_something(asked: Asked, said: Sequence[NewAnswer], because: str, held_on: date, by: Viewer) -> None:
    if not said and not because.strip():
        raise Refused(_("Answer at least one question, or write why there is no answer."), "because")
    if said and because.strip():
        raise Refused(
            _("Either answer, or write why there is no answer. Empty the field you do not need."), "because"
        )
    if held_on > by.today:
        raise Refused(_("This day has not come yet. Choose today or an earlier day."), "held_on")
    if any(one.question.sending_id != asked.sending_id for one in said):
        raise Refused(_("This question was not put to your committee. Open the page again."))


def _new_reply(asked: Asked, newest: Reply | None, by: Viewer) -> Reply:
    return Reply(
        organisation=by.organisation,
        thing=new_thing(by.organisation, "reply"),
        asked=asked,
        number=newest.number + 1 if newest else 1,
    )


def _locked(asked: Asked) -> Asked:
    """Held until the action is over, so that two who reply at once see each other."""
    return Asked.objects.select_for_update().get(pk=asked.pk)


def _in_short(reply: Reply) -> str:
    texts = [one.text for one in reply.answers.all()]
    return "\n\n".join(texts or [words.no_answer(reply.because)])


def _typed(answers: Sequence[NewAnswer], because: str) -> str:
    return "\n\n".join(text for text in (*(one.text for one in answers), because) if text.strip())


def _holidays(by: Viewer, due: date) -> frozenset[date]:
    return holidays_of(by.organisation.country, range(by.today.year, due.year + 1))
