"""What people do in committees. Each action: permission, facts, consequences, journal.

The journal never holds what a side prepared before it was released: only a commitment to it, whose salt stays
with the answer. Every row about an item also names its outcomes and the hash of its newest minutes, so that
the live rows can be compared with the chain.
"""

import secrets
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from samspil.core.journal import commitment
from samspil.dialogue import asking, keeping, meeting_dates, queries, questions, referring, signing
from samspil.dialogue import regime as regimes
from samspil.dialogue.agenda import places
from samspil.dialogue.keeping import NewOutcome, NewPosition
from samspil.dialogue.models import (
    ActionPoint,
    DateCorrection,
    Item,
    ItemQuestion,
    Meeting,
    Minutes,
    Outcome,
    PreparatoryAnswer,
    Signature,
)
from samspil.dialogue.permissions import PERMISSIONS
from samspil.dialogue.proposal import (
    Proposal,
    model_of,
    propose,
    request_by_anew,
    request_by_the_rules,
    step_ahead,
)
from samspil.dialogue.remedies.models import CentralCall
from samspil.dialogue.sealing import sealed
from samspil.dialogue.secrecy import STAFF, released, side_of
from samspil.initiative import evidence
from samspil.initiative.models import Initiative, Link
from samspil.initiative.things import link, link_because
from samspil.kit.refusal import ChangedMeanwhile, Refused
from samspil.organisation import journal
from samspil.organisation.models import Committee, File, Person
from samspil.organisation.viewer import Viewer

THEY_CHANGED_IT = _("Somebody changed this while you were writing. Both texts are below; nothing is lost.")
NOT_OPEN = _("This has been discussed or withdrawn, so it can no longer be changed. Open the item to see it.")
NOT_HELD = _("This day has not come yet. Choose today or an earlier day.")


# --- meetings -----------------------------------------------------------------------------------------------


@transaction.atomic
def plan_meeting(
    *,
    committee: Committee,
    on: date,
    kind: str = Meeting.Kind.ORDINARY,
    starts: time | None = None,
    ends: time | None = None,
    place: str = "",
    request_by: date | None = None,
    by: Viewer,
    at: datetime,
) -> Meeting:
    """Put a meeting in the calendar. The last day to ask for an item follows from the rules of procedure."""
    PERMISSIONS.require("plan_meeting", by, committee)
    if on < by.today:
        raise Refused(
            _("This day has passed. Record a meeting that was held from the initiative's page."), "on"
        )
    if meeting_dates.taken(committee.pk, on, starts):
        raise Refused(_("There is a meeting on this day already. Choose another day or time."), "on")
    if starts and ends and ends <= starts:
        raise Refused(_("The meeting ends after it begins. Choose a later time."), "ends")
    last_day = request_by or request_by_the_rules(committee, on, kind, by)
    if last_day > on:
        raise Refused(_("Items are asked for before the meeting. Choose an earlier day."), "request_by")
    meeting = Meeting.objects.create(
        organisation=by.organisation,
        committee=committee,
        kind=kind,
        on=on,
        starts=starts,
        ends=ends,
        place=place,
        request_by=last_day,
    )
    facts = {"committee": committee.name, "on": on.isoformat(), "request_by": last_day.isoformat()}
    journal.append("dialogue.meeting_planned", thing=meeting.ref, facts=facts, by=by, at=at)
    return meeting


@transaction.atomic
def correct_meeting_date(
    *, meeting: Meeting, on: date, reason: str, by: Viewer, at: datetime
) -> DateCorrection:
    """Put a meeting's date right. The earlier one stays visible beside the reason, and the clock follows.

    A text that nobody has signed gets a version with the right date; one that was signed stays as it is. Each
    item gets a row in the journal before the meeting's own, for its rows say when it was discussed.
    """
    PERMISSIONS.require("correct_meeting_date", by, meeting)
    kept = Meeting.objects.select_for_update().get(pk=meeting.pk)
    if not reason.strip():
        raise Refused(_("Write why the date changes; both dates stay visible."), "reason")
    meeting_dates.check(kept, on, by.today)
    correction = DateCorrection.objects.create(
        organisation=by.organisation,
        meeting=kept,
        before=kept.on,
        after=on,
        reason=reason.strip(),
        corrected_by=by.person,
        corrected_at=at,
    )
    if kept.request_by and not meeting_dates.is_held(kept, by.today):
        kept.request_by = request_by_anew(kept, on, by)
    kept.on = on
    kept.revision += 1
    kept.save(update_fields=["on", "request_by", "revision"])
    items = list(queries.agenda(kept))
    for item in items:
        _say_the_right_day(item, kept, by, at)
    evidence.refresh([item.initiative for item in items if item.initiative], at)
    facts: dict[str, Any] = {
        "before": correction.before.isoformat(),
        "on": on.isoformat(),
        "reason": correction.reason,
    }
    for item in items:
        _remember("item_date_corrected", item, by, at, **facts)
    facts["committee"] = kept.committee.name
    journal.append("dialogue.meeting_date_corrected", thing=kept.ref, facts=facts, by=by, at=at)
    return correction


def _say_the_right_day(item: Item, meeting: Meeting, by: Viewer, at: datetime) -> None:
    newest = queries.newest_minutes(item) if item.meeting_id == meeting.pk else None
    if newest and not queries.signatures_of(newest):
        keeping.new_version(item, newest.text, newest.file, by, at)


# --- asking for an item -------------------------------------------------------------------------------------


@transaction.atomic
def request_item(
    *,
    initiative: Initiative,
    committee: Committee | None = None,
    meeting: Meeting | None = None,
    without_meeting: bool = False,
    title: str = "",
    question_keys: Sequence[str] | None = None,
    case: str = "",
    because: str = "",
    by: Viewer,
    at: datetime,
) -> Item:
    """Put an initiative before its committee. Everything has a default, so that it costs no field.

    Asked for in time the item stands on the agenda at once; else it waits for those who run the committee.
    """
    PERMISSIONS.require("request_item", by, initiative)
    if initiative.phase not in questions.PHASES:
        raise Refused(
            _("This initiative has ended, so there is nothing left to discuss before it is decided.")
        )
    proposal = propose(initiative, by, committee)
    meeting = meeting or (None if without_meeting else proposal.meeting)
    _fits(meeting, proposal.committee)
    item = _new_item(initiative, proposal, title, case, by, at)
    _put_questions(item, _chosen(proposal.questions, question_keys))
    if meeting and _in_reach(meeting, by.today):
        item.meeting, item.status = meeting, Item.Status.ON_AGENDA
        item.save(update_fields=["meeting", "status"])
        places.take(item, meeting)
        keeping.settle_table(item)
    link(initiative.thing, item.thing, Link.Kind.LED_TO, by, at)
    link_because(because, item.thing, Link.Kind.LED_TO, by, at)
    evidence.refresh([initiative], at)
    _remember("item_requested", item, by, at, committee=proposal.committee.name, on=_day(item.meeting))
    return item


@transaction.atomic
def place_item(*, item: Item, meeting: Meeting, by: Viewer, at: datetime) -> Item:
    """Put an item on the agenda of a meeting, or move it to another one, to come or just held."""
    PERMISSIONS.require("place_item", by, item)
    kept = _locked(item)
    _fits(meeting, kept.committee)
    if kept.status not in queries.OPEN and not _goes_on(kept):
        raise Refused(NOT_OPEN, "meeting")
    kept.meeting, kept.status = meeting, Item.Status.ON_AGENDA
    kept.save(update_fields=["meeting", "status"])
    places.take(kept, meeting)
    keeping.settle_table(kept)
    _refresh(kept, at)
    _remember("item_placed", kept, by, at, committee=kept.committee.name, on=meeting.on.isoformat())
    return kept


@transaction.atomic
def choose_questions(*, item: Item, keys: Sequence[str], version: int, by: Viewer, at: datetime) -> Item:
    """Choose which questions of the model are put. A question that has an answer stays."""
    PERMISSIONS.require("choose_questions", by, item)
    kept = _open(item)
    if kept.version != version:
        raise ChangedMeanwhile(THEY_CHANGED_IT, theirs=kept.title, yours=item.title)
    if not keys:
        raise Refused(_("Choose at least one question."), "questions")
    if kept.model is None:
        raise Refused(_("There is no question model for this phase. Ask the operator to load it."))
    there = {row.key: row for row in ItemQuestion.objects.filter(item=kept)}
    answered = set(
        PreparatoryAnswer.objects.filter(question__item=kept).values_list("question_id", flat=True)
    )
    for key, row in there.items():
        if key not in keys and row.pk not in answered:
            row.delete()
    chosen = _chosen(questions.of_level(kept.model, kept.committee.level), keys)
    _put_questions(kept, [one for one in chosen if one.key not in there], start=len(there))
    kept.version += 1
    kept.save(update_fields=["version"])
    _remember("questions_chosen", kept, by, at, questions=len(keys))
    return kept


@transaction.atomic
def write_case(
    *, item: Item, title: str, case: str, version: int, proposal: str | None = None, by: Viewer, at: datetime
) -> Item:
    """Write what the committee needs to know, and what is proposed; without a proposal it stays as it is."""
    PERMISSIONS.require("write_case", by, item)
    kept = _open(item)
    if kept.version != version:
        raise ChangedMeanwhile(THEY_CHANGED_IT, theirs=kept.case, yours=case)
    if not title.strip():
        raise Refused(_("Write a title, so that people know what it is about."), "title")
    kept.title, kept.case = title.strip(), case
    if proposal is not None:
        kept.proposal = proposal.strip()
    kept.version += 1
    kept.save(update_fields=["title", "case", "proposal", "version"])
    _remember("case_written", kept, by, at)
    return kept


@transaction.atomic
def give_case_number(*, item: Item, case_number: str, version: int, by: Viewer, at: datetime) -> Item:
    """Say under which number the records system keeps it; empty for the initiative's."""
    PERMISSIONS.require("give_case_number", by, item)
    kept = _locked(item)
    if kept.version != version:
        raise ChangedMeanwhile(THEY_CHANGED_IT, theirs=kept.case_number, yours=case_number)
    kept.case_number = case_number.strip()
    kept.version += 1
    kept.save(update_fields=["case_number", "version"])
    _remember("case_number_given", kept, by, at, case_number=kept.case_number or "–")
    return kept


@transaction.atomic
def withdraw_item(*, item: Item, reason: str, by: Viewer, at: datetime) -> Item:
    """Take an item back before it has been discussed."""
    PERMISSIONS.require("withdraw_item", by, item)
    kept = _open(item)
    if not reason.strip():
        raise Refused(_("Write in a sentence why it is withdrawn."), "reason")
    kept.status = Item.Status.WITHDRAWN
    kept.save(update_fields=["status"])
    _refresh(kept, at)
    _remember("item_withdrawn", kept, by, at, reason=reason)
    return kept


# --- before the meeting -------------------------------------------------------------------------------------


@transaction.atomic
def answer_question(
    *, question: ItemQuestion, text: str, version: int = 0, by: Viewer, at: datetime
) -> PreparatoryAnswer:
    """Write one's own side's answer. It is unreadable to others until the side releases its answers."""
    item = question.item
    PERMISSIONS.require("answer_question", by, item)
    kept = _open(item)
    side = side_of(by, kept.committee_id)
    if side is None or released(kept, side):
        raise Refused(_("Your side has released its answers, so they can no longer be changed."))
    answer = PreparatoryAnswer.objects.select_for_update().filter(question=question, side=side).first()
    if answer is None:
        answer = PreparatoryAnswer(organisation=by.organisation, question=question, side=side, version=0)
    if answer.version != version:
        raise ChangedMeanwhile(THEY_CHANGED_IT, theirs=answer.text, yours=text)
    answer.text, answer.salt = text, secrets.token_hex(16)
    answer.written_by, answer.written_at = by.person, at
    answer.version += 1
    answer.save()
    sealed_text = commitment(bytes.fromhex(answer.salt), text)
    _remember("question_answered", kept, by, at, side=side, question=question.ref, commitment=sealed_text)
    return answer


@transaction.atomic
def release_answers(*, item: Item, by: Viewer, at: datetime) -> Item:
    """Let everybody read what one's own side has answered. It cannot be taken back."""
    PERMISSIONS.require("release_answers", by, item)
    kept = _open(item)
    side = side_of(by, kept.committee_id)
    answers = PreparatoryAnswer.objects.filter(question__item=kept, side=side).exclude(text="").count()
    if not answers:
        raise Refused(_("There is no answer to release yet. Write at least one."))
    if side is None or released(kept, side):
        raise Refused(_("Your side has released its answers already."))
    field = "staff_released_at" if side == STAFF else "management_released_at"
    setattr(kept, field, at)
    kept.save(update_fields=[field])
    _remember("answers_released", kept, by, at, side=side, answers=answers)
    return kept


# --- at the meeting -----------------------------------------------------------------------------------------


@transaction.atomic
def record_outcome(
    *,
    item: Item,
    outcomes: Sequence[NewOutcome],
    positions: Sequence[NewPosition] | None = (),
    order: str = "",
    version: int = 0,
    by: Viewer,
    at: datetime,
) -> Item:
    """Record what came of the item, from the regime's list. Minutes that are written get a new version.

    `version` is how often it had been recorded at this meeting when they began, 0 for not yet. Without
    `positions` the committee's own agenda system knows the rest: what is here of them stays.
    """
    PERMISSIONS.require("record_outcome", by, item)
    kept = _locked(item)
    if kept.meeting is None or kept.status in (Item.Status.WITHDRAWN, Item.Status.REQUESTED):
        raise Refused(keeping.NOT_ON_AGENDA)
    if kept.meeting.on > by.today:
        raise Refused(_("The meeting has not been held yet. Record what came of it afterwards."))
    if queries.recorded_version(kept) != version:
        yours = keeping.in_short(kept, outcomes, positions or (), order)
        raise ChangedMeanwhile(THEY_CHANGED_IT, theirs=keeping.stored(kept), yours=yours)
    keeping.settle_table(kept)
    sent_to = referring.sent_to(kept)
    keeping.keep_outcomes(kept, outcomes, order, at, positions)
    if positions is not None:
        keeping.keep_positions(kept, positions)
    earlier = queries.newest_minutes(kept)
    kept.status = Item.Status.DISCUSSED
    kept.save(update_fields=["status"])
    if earlier:
        keeping.new_version(kept, earlier.text, earlier.file, by, at)
    referring.follow(kept, sent_to, by, at)
    _refresh(kept, at)
    _remember("outcome_recorded", kept, by, at, order=order)
    return kept


@transaction.atomic
def write_minutes(
    *, item: Item, text: str, version: int = 0, file: File | None = None, by: Viewer, at: datetime
) -> Minutes:
    """Write what the minutes say. What was written before stays; a new version needs new signatures.

    `version` is the number of the version one has read, 0 for none.
    """
    PERMISSIONS.require("write_minutes", by, item)
    kept = _locked(item)
    if not Outcome.objects.filter(item=kept, meeting=kept.meeting).exists():
        raise Refused(_("Record first what came of it; then the text can be written."))
    newest = queries.newest_minutes(kept)
    if (newest.number if newest else 0) != version:
        raise ChangedMeanwhile(THEY_CHANGED_IT, theirs=newest.text if newest else "", yours=text)
    if not text.strip() and file is None:
        raise Refused(_("Write the text, or add it as a file."), "text")
    minutes = keeping.new_version(kept, text, file or (newest.file if newest else None), by, at)
    _refresh(kept, at)
    _remember("minutes_written", kept, by, at, number=minutes.number)
    return minutes


@transaction.atomic
def release_minutes(*, item: Item, sha256: str, by: Viewer, at: datetime) -> Signature:
    """Release exactly the text with this hash, as one of those whom the rules name."""
    PERMISSIONS.require("release_minutes", by, item)
    return _sign(item, signing.RELEASE, sha256, by, at)


@transaction.atomic
def approve_minutes(*, item: Item, sha256: str, by: Viewer, at: datetime) -> Signature:
    """Approve exactly the text with this hash, as one of those whom the rules name."""
    PERMISSIONS.require("approve_minutes", by, item)
    return _sign(item, signing.APPROVE, sha256, by, at)


# --- what is to be done -------------------------------------------------------------------------------------


@transaction.atomic
def add_action_point(
    *, item: Item, text: str, owner: Person, due: date, by: Viewer, at: datetime
) -> ActionPoint:
    """Somebody promises to do something by a date."""
    PERMISSIONS.require("add_action_point", by, item)
    if not text.strip():
        raise Refused(_("Write what is to be done."), "text")
    if due < by.today:
        raise Refused(_("This day has passed. Choose a day to come."), "due")
    point = ActionPoint.objects.create(
        organisation=by.organisation, item=item, text=text.strip(), owner=owner, due=due
    )
    _remember("action_point_added", item, by, at, [owner], text=text, owner=str(owner), due=due.isoformat())
    return point


@transaction.atomic
def finish_action_point(*, point: ActionPoint, done_on: date, by: Viewer, at: datetime) -> ActionPoint:
    """What was promised has been done."""
    PERMISSIONS.require("finish_action_point", by, point)
    if done_on > by.today:
        raise Refused(NOT_HELD, "done_on")
    point.done_on = done_on
    point.save(update_fields=["done_on"])
    _remember("action_point_finished", point.item, by, at, text=point.text, done_on=done_on.isoformat())
    return point


# --- held elsewhere -----------------------------------------------------------------------------------------


@transaction.atomic
def record_meeting_elsewhere(
    *,
    initiative: Initiative,
    committee: Committee,
    on: date,
    outcomes: Sequence[NewOutcome],
    text: str = "",
    file: File | None = None,
    order: str = "",
    approved_on: date | None = None,
    approved_by: str = "",
    item: Item | None = None,
    by: Viewer,
    at: datetime,
) -> Item:
    """The committee treated this in the agenda system it already has: record date, outcome and file."""
    PERMISSIONS.require("record_meeting_elsewhere", by, initiative)
    if on > by.today:
        raise Refused(NOT_HELD, "on")
    if approved_on and not on <= approved_on <= by.today:
        raise Refused(
            _("The approval comes on the day of the meeting or later, and not after today."), "approved_on"
        )
    if approved_on and not approved_by.strip():
        raise Refused(_("Write who approved it."), "approved_by")
    meeting = Meeting.objects.create(
        organisation=by.organisation, committee=committee, kind=Meeting.Kind.ELSEWHERE, on=on
    )
    kept = (
        _locked(item) if item else _new_item(initiative, propose(initiative, by, committee), "", "", by, at)
    )
    if item is None:
        link(initiative.thing, kept.thing, Link.Kind.LED_TO, by, at)
    elif kept.status not in queries.OPEN:
        raise Refused(NOT_OPEN)
    kept.committee, kept.meeting, kept.status = committee, meeting, Item.Status.DISCUSSED
    kept.save(update_fields=["committee", "meeting", "status"])
    keeping.settle_table(kept)
    keeping.keep_outcomes(kept, outcomes, order, at)
    minutes = keeping.new_version(kept, text, file, by, at)
    if approved_on:
        keeping.sign_elsewhere(kept, minutes, approved_on, approved_by, by, at)
    _refresh(kept, at)
    _remember(
        "meeting_elsewhere",
        kept,
        by,
        at,
        committee=committee.name,
        on=on.isoformat(),
        approved_by=approved_by,
    )
    return kept


# --- steps the actions share --------------------------------------------------------------------------------


def _remember(
    verb: str, item: Item, by: Viewer, at: datetime, about: Iterable[Person] = (), **facts: object
) -> None:
    known = {"title": item.title, **facts, **sealed(item)}
    journal.append(f"dialogue.{verb}", thing=item.ref, facts=known, about=about, by=by, at=at)


def _refresh(item: Item, at: datetime) -> None:
    if item.initiative:
        evidence.refresh([item.initiative], at)


def _locked(item: Item) -> Item:
    """The item as it stands now, held until the action is over."""
    kept = Item.objects.select_for_update().get(pk=item.pk)
    kept.thing, kept.regime, kept.organisation = item.thing, item.regime, item.organisation
    return kept


def _open(item: Item) -> Item:
    kept = _locked(item)
    if kept.status not in queries.OPEN:
        raise Refused(NOT_OPEN)
    return kept


def _new_item(
    initiative: Initiative, proposal: Proposal, title: str, case: str, by: Viewer, at: datetime
) -> Item:
    step = step_ahead(initiative)
    return asking.new_item(
        proposal.committee,
        title.strip() or proposal.title,
        by,
        at,
        initiative=initiative,
        phase=initiative.phase,
        before_step=step[0] if step else None,
        case=case,
        model=model_of(initiative.phase, by),
    )


def _chosen(
    known: Sequence[questions.Question], keys: Sequence[str] | None
) -> tuple[questions.Question, ...]:
    if keys is None:
        return questions.core(known)
    return tuple(one for one in known if one.key in keys)


def _put_questions(item: Item, chosen: Iterable[questions.Question], start: int = 0) -> None:
    asking.put_questions(item, ((one.key, one.wording) for one in chosen), start)


def _fits(meeting: Meeting | None, committee: Committee) -> None:
    if meeting and meeting.committee_id != committee.pk:
        raise Refused(
            _("This meeting belongs to another committee. Choose one of this committee's."), "meeting"
        )
    if meeting and meeting.kind == Meeting.Kind.ELSEWHERE:
        raise Refused(_("This meeting was held elsewhere. Choose one that is planned here."), "meeting")
    if meeting and Meeting.objects.filter(pk=meeting.pk, cancelled_at__isnull=False).exists():
        raise Refused(_("This meeting is cancelled. Choose another one."), "meeting")


def _in_reach(meeting: Meeting, today: date) -> bool:
    return meeting.on >= today and (meeting.request_by is None or meeting.request_by >= today)


def _goes_on(item: Item) -> bool:
    """Whether it can come to another meeting: it came to nothing yet, or a union called centrally."""
    return _came_to_nothing(item) or CentralCall.objects.filter(item=item, meeting=item.meeting).exists()


def _came_to_nothing(item: Item) -> bool:
    """Whether what came of it leaves the matter to be discussed again: postponed, adjourned …"""
    regime = regimes.read(item.regime)
    here = Outcome.objects.filter(item=item, meeting=item.meeting)
    return any(not (known and known.counts) for known in (regime.outcome(row.key) for row in here))


def _sign(item: Item, act: str, sha256: str, by: Viewer, at: datetime) -> Signature:
    kept = _locked(item)
    minutes = queries.minutes_to_sign(kept, sha256)
    if minutes is None:
        raise Refused(_("Nothing has been written yet that could be signed."))
    if minutes.sha256 != sha256:
        theirs, yours = minutes.text, _text_of(kept, sha256)
        raise ChangedMeanwhile(
            _("The text was changed after you opened it. Read the new one before you sign."), theirs, yours
        )
    sheets = signing.sheets(kept, minutes, by.today)
    if act == signing.APPROVE and not sheets[signing.RELEASE].complete:
        raise Refused(_("The text has not been released yet. Those named on the page release it first."))
    place = sheets[act].place_for(by)
    if place is None:
        raise Refused(_("You have signed this text already, or your place has been signed for."))
    signature = keeping.signature(minutes, act, place, by, at)
    keeping.close_sheet(kept, minutes, act, by)
    _refresh(kept, at)
    verb = "minutes_released" if act == signing.RELEASE else "minutes_approved"
    complete = signing.sheets(kept, minutes, by.today)[act].complete
    _remember(verb, kept, by, at, seat=place.kind, complete=complete)
    return signature


def _text_of(item: Item, sha256: str) -> str:
    return Minutes.objects.filter(item=item, sha256=sha256).values_list("text", flat=True).first() or ""


def _day(meeting: Meeting | None) -> str:
    return meeting.on.isoformat() if meeting else ""
