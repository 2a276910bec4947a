"""Who may do what in committees. One table, keyed by action."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from samspil.dialogue import confidential
from samspil.dialogue.agenda.models import Annex
from samspil.dialogue.agenda.settling import settling_seats
from samspil.dialogue.models import ActionPoint, Item, Meeting
from samspil.dialogue.queries import agenda
from samspil.dialogue.remedies.permissions import (
    is_let_in_to_the_case,
    may_record_a_call,
    owes_the_answer,
    sees_the_case,
    speaks_for_the_staff_side,
)
from samspil.dialogue.secrecy import in_staff_room, side_of
from samspil.dialogue.signing import APPROVE, RELEASE, sheets
from samspil.dialogue.wording import permissions as wording
from samspil.initiative.models import Initiative
from samspil.initiative.permissions import (
    admitted_guest,
    line_manager_of_those_affected,
    runs_it,
)
from samspil.kit.permission import Permission, Permissions, predicate
from samspil.organisation.models import Committee, Role, Seat
from samspil.organisation.predicates import (
    administrator,
    any_committee_seat,
    anyone_here,
    digital_lead,
    director,
    line_manager,
    operator,
)
from samspil.organisation.viewer import Viewer

RUNNING = frozenset({Seat.Kind.CHAIR, Seat.Kind.VICE_CHAIR, Seat.Kind.SECRETARY})


def committee_of(thing: Any) -> int | None:
    """The committee that a thing belongs to, or is."""
    if isinstance(thing, Committee):
        return thing.pk
    if isinstance(thing, ActionPoint | Annex):
        return thing.item.committee_id
    return getattr(thing, "committee_id", None)


@predicate(_("anybody who belongs to the organisation and has a name here"))
def somebody_here(viewer: Viewer, _thing: Any = None) -> bool:
    """The operator has no calendar, and guests sit in no committee."""
    return viewer.person is not None and not viewer.is_guest


@predicate(_("those who run the committee"))
def runs_the_committee(viewer: Viewer, thing: Any) -> bool:
    """Chair, vice-chair or secretary of the committee, or a substitute for one of them."""
    committee = committee_of(thing)
    return committee is not None and any(_runs(seat) for seat in viewer.seats_in(committee))


@predicate(_("somebody with a seat in the committee"))
def sits_in_the_committee(viewer: Viewer, thing: Any) -> bool:
    committee = committee_of(thing)
    return committee is not None and bool(viewer.seats_in(committee))


@predicate(_("those who run a committee"))
def runs_a_committee(viewer: Viewer, _thing: Any = None) -> bool:
    return any(_runs(seat) for seat in viewer.seats)


@predicate(_("those who may record it, for a meeting held elsewhere"))
def records_it_elsewhere(viewer: Viewer, meeting: Any) -> bool:
    if not isinstance(meeting, Meeting) or meeting.kind != Meeting.Kind.ELSEWHERE:
        return False
    about = [item.initiative for item in meeting.items.select_related("initiative") if item.initiative]
    return runs_a_committee(viewer) or any(runs_it.test(viewer, one) for one in about)


@predicate(_("somebody with a seat on one of the committee's sides"))
def sits_on_a_side(viewer: Viewer, item: Any) -> bool:
    """Answers for one of the two sides of the item's committee."""
    return isinstance(item, Item) and side_of(viewer, item.committee_id) is not None


@predicate(_("those whom the rules of procedure name for releasing"))
def named_to_release(viewer: Viewer, item: Any) -> bool:
    return _may_sign(viewer, item, RELEASE)


@predicate(_("those whom the rules of procedure name for approving"))
def named_to_approve(viewer: Viewer, item: Any) -> bool:
    return _may_sign(viewer, item, APPROVE)


@predicate(_("those whom the rules of procedure name for releasing"))
def named_to_release_all(viewer: Viewer, meeting: Any) -> bool:
    return _may_sign_meeting(viewer, meeting, RELEASE)


@predicate(_("those whom the rules of procedure name for approving"))
def named_to_approve_all(viewer: Viewer, meeting: Any) -> bool:
    return _may_sign_meeting(viewer, meeting, APPROVE)


@predicate(_("the one who asked for it"))
def asked_for_it(viewer: Viewer, item: Any) -> bool:
    return isinstance(item, Item) and bool(viewer.person) and item.requested_by_id == viewer.person.pk  # type: ignore[union-attr]


@predicate(_("the one who asked for the item or brought the annex"))
def brought_it(viewer: Viewer, thing: Any) -> bool:
    """An annex is its bringer's and belongs to whoever asked for the item."""
    if viewer.person is None or not isinstance(thing, Annex):
        return False
    return viewer.person.pk in (thing.added_by_id, thing.item.requested_by_id)


@predicate(_("those whom the rules of procedure name for settling the agenda"))
def named_to_settle(viewer: Viewer, meeting: Any) -> bool:
    return isinstance(meeting, Meeting) and bool(settling_seats(viewer, meeting))


@predicate(_("the one who promised it"))
def has_promised_it(viewer: Viewer, point: Any) -> bool:
    """The owner of an action point."""
    return isinstance(point, ActionPoint) and bool(viewer.person) and point.owner_id == viewer.person.pk  # type: ignore[union-attr]


@predicate(_("somebody who may read the item"))
def may_read_its_item(viewer: Viewer, thing: Any) -> bool:
    """A sending, or a committee that was asked: readable as far as the item that was sent down is."""
    return confidential.may_read(viewer, getattr(thing, "sending", thing).item)


@predicate(_("the secretary of the committee that asks, or of one in between"))
def secretary_above(viewer: Viewer, asked: Any) -> bool:
    above = _line_to(asked.committee, asked.sending.committee_id) if viewer.seats else set()
    secretary = Seat.Kind.SECRETARY
    return any(
        seat.committee_id in above
        and (seat.kind == secretary or bool(seat.substitute_for and seat.substitute_for.kind == secretary))
        for seat in viewer.seats
    )


@predicate(_("the workplace's manager"))
def manages_its_workplace(viewer: Viewer, asked: Any) -> bool:
    unit = asked.committee.unit_id
    return unit is not None and any(
        role.kind == Role.Kind.LINE_MANAGER and role.unit_id == unit for role in viewer.roles
    )


@predicate(_("somebody with a seat on the committee's staff side and with no part in management"))
def is_in_the_staff_room(viewer: Viewer, thing: Any) -> bool:
    committee = committee_of(thing)
    return committee is not None and in_staff_room(viewer, committee)


def _line_to(committee: Committee, top: int) -> set[int]:
    """The committees above one, up to and with the one that asks."""
    above: set[int] = set()
    while committee.parent and top not in above:
        committee = committee.parent
        above.add(committee.pk)
    return above


@predicate(_("those who may read every closed item in it"))
def reads_all_that_is_in_it(viewer: Viewer, dossier: Any) -> bool:
    """What stands in a dossier and is closed now, even if it was open then, the viewer is let in to."""
    refs = getattr(dossier, "items_in_it", ())
    return not refs or not _closed_about(dossier.initiative, viewer).intersection(refs)


def _closed_about(initiative: Initiative, viewer: Viewer) -> set[str]:
    """The refs of an initiative's items that are closed to a viewer; asked for once a page."""
    known = initiative.__dict__.setdefault("known_closed", {})
    if viewer.subject not in known:
        rows = confidential.closed_to(viewer).filter(initiative=initiative)
        known[viewer.subject] = set(rows.values_list("thing__ref", flat=True))
    return known[viewer.subject]  # type: ignore[no-any-return]


@predicate(_("those who are let in while an item is closed"))
def is_let_in(viewer: Viewer, item: Any) -> bool:
    """An open item lets everybody in; an annex is as open as its item."""
    item = item.item if isinstance(item, Annex) else item
    return not isinstance(item, Item) or confidential.may_read(viewer, item)


def _runs(seat: Seat) -> bool:
    return seat.kind in RUNNING or bool(seat.substitute_for and seat.substitute_for.kind in RUNNING)


def _may_sign_meeting(viewer: Viewer, meeting: Any, act: str) -> bool:
    """Holds a seat that the rules name for one of the meeting's items."""
    if not isinstance(meeting, Meeting) or viewer.person is None or not viewer.seats_in(meeting.committee_id):
        return False
    tables = {one.regime_id: one for one in agenda(meeting)}
    return any(_may_sign(viewer, item, act) for item in tables.values())


def _may_sign(viewer: Viewer, item: Any, act: str) -> bool:
    """Holds a seat that the rules of procedure name, whether or not it has been signed for already."""
    if not isinstance(item, Item) or viewer.person is None or not viewer.seats_in(item.committee_id):
        return False
    signers = sheets(item, None, viewer.today)[act].signers
    return any(signer.held_by(viewer.person.pk) for signer in signers)


ASK_THE_STAFF_SIDE = _(
    "Those who speak for the staff side do this: the vice-chair, a union's signatory or a steward. Ask one of"
    " them."
)
A_CALENDAR = _("Everyone who belongs to the organisation can have their meetings in a calendar.")
ASK_THE_SECRETARY = _("The chair, the vice-chair and the secretary do this. Ask one of them.")
REPLIES_ARE_OPEN = _(
    "Replies are open to everyone who belongs to the organisation, unless the item is closed for a time."
)
ITS_OWN_ROOM = _(
    "This is the staff side's own room. It is open to those with a seat on that side, and to nobody by virtue"
    " of a role."
)

PERMISSIONS = Permissions(
    "dialogue",
    {
        "see_committees": Permission(
            anyone_here, _("Committees are open to everyone who belongs to the organisation.")
        ),
        "see_committee": Permission(
            anyone_here, _("Committees are open to everyone who belongs to the organisation.")
        ),
        "see_meeting": Permission(
            anyone_here, _("Meetings and agendas are open to everyone who belongs to the organisation.")
        ),
        "see_item": Permission(
            (anyone_here | admitted_guest) & is_let_in,
            _(
                "Items are open to everyone here, except those that are closed for a time; guests see those"
                " of initiatives they are admitted to. Ask those who run the committee."
            ),
        ),
        "see_asked_too_late": Permission(
            anyone_here, _("This list is open to everyone who belongs to the organisation.")
        ),
        "plan_meeting": Permission(runs_the_committee | operator, ASK_THE_SECRETARY),
        "correct_meeting_date": Permission(
            runs_the_committee | records_it_elsewhere,
            _(
                "Those who run the committee correct the date, and for a meeting held elsewhere those who may"
                " record it. Ask one of them."
            ),
        ),
        "request_item": Permission(
            runs_it | line_manager_of_those_affected | any_committee_seat,
            _("The project lead, the owner, a manager of those affected or a committee member asks for it."),
        ),
        "place_item": Permission(runs_the_committee | operator, ASK_THE_SECRETARY),
        "choose_questions": Permission(
            (runs_the_committee | runs_it) & is_let_in,
            _("Those who run the committee or the initiative choose the questions. Ask one of them."),
        ),
        "write_case": Permission(
            (runs_the_committee | runs_it) & is_let_in,
            _("Those who run the committee or the initiative write this. Ask one of them."),
        ),
        "give_case_number": Permission(
            (runs_the_committee | runs_it) & is_let_in,
            _("Those who run the committee or the initiative write this. Ask one of them."),
        ),
        "answer_question": Permission(
            sits_on_a_side,
            _("Each side of the committee writes its own answers. Ask somebody who has a seat there."),
        ),
        "release_answers": Permission(
            sits_on_a_side,
            _("Each side of the committee releases its own answers. Ask somebody who has a seat there."),
        ),
        "record_outcome": Permission(runs_the_committee, ASK_THE_SECRETARY),
        "write_minutes": Permission(runs_the_committee, ASK_THE_SECRETARY),
        "release_minutes": Permission(
            named_to_release, _("Those whom the rules of procedure name release this. The page lists them.")
        ),
        "approve_minutes": Permission(
            named_to_approve, _("Those whom the rules of procedure name approve this. The page lists them.")
        ),
        "release_meeting": Permission(
            named_to_release_all,
            _("Those whom the rules of procedure name release this. The page lists them."),
        ),
        "approve_meeting": Permission(
            named_to_approve_all,
            _("Those whom the rules of procedure name approve this. The page lists them."),
        ),
        "take_in_outcomes": Permission(runs_the_committee, ASK_THE_SECRETARY),
        "see_own_feed": Permission(somebody_here, A_CALENDAR),
        "make_feed": Permission(somebody_here, A_CALENDAR),
        "withdraw_feed": Permission(somebody_here, A_CALENDAR),
        "add_action_point": Permission(runs_the_committee | operator, ASK_THE_SECRETARY),
        "finish_action_point": Permission(
            runs_the_committee | has_promised_it | operator,
            _("The one who promised it, or those who run the committee, mark it as done. Ask one of them."),
        ),
        "close_item": Permission(runs_the_committee, ASK_THE_SECRETARY),
        "change_closed_item": Permission(runs_the_committee, ASK_THE_SECRETARY),
        "open_item": Permission(runs_the_committee, ASK_THE_SECRETARY),
        "record_meeting_elsewhere": Permission(
            runs_it | runs_a_committee,
            _("The project lead, the owner or those who run a committee record this. Ask one of them."),
        ),
        "withdraw_item": Permission(
            (runs_the_committee | runs_it | asked_for_it) & is_let_in,
            _("The one who asked for it, or those who run the committee, withdraw it. Ask one of them."),
        ),
        # down and up
        "see_replies": Permission(anyone_here & may_read_its_item, REPLIES_ARE_OPEN),
        "find_answer_sheet": Permission(
            anyone_here, _("The code on a paper is looked up by those who belong to the organisation.")
        ),
        "send_down": Permission(runs_the_committee, ASK_THE_SECRETARY),
        "close_replies": Permission(runs_the_committee, ASK_THE_SECRETARY),
        "give_reply": Permission(runs_the_committee & may_read_its_item, ASK_THE_SECRETARY),
        "take_up_what_was_sent": Permission(runs_the_committee & may_read_its_item, ASK_THE_SECRETARY),
        "enter_paper_reply": Permission(
            (secretary_above | manages_its_workplace) & may_read_its_item,
            _(
                "A paper is entered by the secretary of the committee that asks, the secretary of the one in"
                " between, or the workplace's manager. Hand it to one of them."
            ),
        ),
        # the staff side's room
        "see_staff_room": Permission(is_in_the_staff_room, ITS_OWN_ROOM),
        "write_staff_note": Permission(is_in_the_staff_room, ITS_OWN_ROOM),
        "comment_on_staff_note": Permission(is_in_the_staff_room, ITS_OWN_ROOM),
        "set_pre_meeting": Permission(is_in_the_staff_room, ITS_OWN_ROOM),
        "move_staff_note": Permission(is_in_the_staff_room, ITS_OWN_ROOM),
        "release_staff_note": Permission(is_in_the_staff_room, ITS_OWN_ROOM),
        # requests and negotiations
        "see_remedy": Permission(
            sees_the_case,
            _(
                "Requests are open to the members of the committees they have come to, and to those who run"
                " the initiative. Ask one of them."
            ),
        ),
        "read_remedy": Permission(
            sees_the_case & is_let_in_to_the_case,
            _(
                "This request is about an item that is closed to you. You see when an answer is owed; ask"
                " those who run the committee it was raised in."
            ),
        ),
        "raise_remedy": Permission(speaks_for_the_staff_side, ASK_THE_STAFF_SIDE),
        "answer_remedy": Permission(
            owes_the_answer,
            _(
                "The management side of the committee answers, or those who run the committee it has come"
                " to. Ask one of them."
            ),
        ),
        "refer_remedy": Permission(speaks_for_the_staff_side, ASK_THE_STAFF_SIDE),
        "close_remedy": Permission(speaks_for_the_staff_side, ASK_THE_STAFF_SIDE),
        "call_central": Permission(
            may_record_a_call,
            _(
                "Those who speak for the staff side, or those who run the committee, record this. Ask one of"
                " them."
            ),
        ),
        "see_own_terms": Permission(
            anyone_here, _("Deadlines are open to everyone who belongs to the organisation.")
        ),
        "set_own_term": Permission(
            administrator | operator, _("An administrator enters your own deadlines. Ask one of them.")
        ),
        **wording.TABLE,
        "see_dossiers": Permission(
            anyone_here | admitted_guest,
            _("You see dossiers of initiatives you are admitted to. Ask the project lead to let you in."),
        ),
        "order_dossier": Permission(
            anyone_here | admitted_guest,
            _("You see dossiers of initiatives you are admitted to. Ask the project lead to let you in."),
        ),
        "download_dossier": Permission(
            (anyone_here | admitted_guest) & reads_all_that_is_in_it,
            _(
                "This dossier holds an item that is closed to you. Have one made for yourself; it holds what"
                " you may read."
            ),
        ),
        # procedure guidelines
        "see_guideline": Permission(
            anyone_here | admitted_guest,
            _("You see what is agreed about initiatives you are admitted to. Ask the project lead."),
        ),
        "propose_guideline": Permission(
            runs_it | any_committee_seat,
            _("The project lead, the owner or a committee member proposes it. Ask one of them."),
        ),
        "propose_general_guideline": Permission(
            sits_in_the_committee | digital_lead,
            _("A member of the committee or the head of digitalisation proposes it. Ask one of them."),
        ),
        "change_guideline": Permission(
            runs_the_committee | runs_it,
            _("Those who run the committee or the initiative write this. Ask one of them."),
        ),
        "agree_guideline": Permission(runs_the_committee, ASK_THE_SECRETARY),
        "record_guideline_elsewhere": Permission(
            runs_the_committee | runs_it,
            _("The project lead, the owner or those who run a committee record this. Ask one of them."),
        ),
        "terminate_guideline": Permission(runs_the_committee, ASK_THE_SECRETARY),
        # the strategy
        "see_strategies": Permission(
            anyone_here, _("Strategies are open to everyone who belongs to the organisation.")
        ),
        "see_strategy": Permission(
            anyone_here, _("Strategies are open to everyone who belongs to the organisation.")
        ),
        "write_strategy": Permission(
            director | digital_lead | operator,
            _("A director or the head of digitalisation writes the strategy. Ask one of them."),
        ),
        "open_strategy_round": Permission(
            director | digital_lead | runs_a_committee | operator,
            _(
                "A director, the head of digitalisation or those who run a committee put the strategy before"
                " committees. Ask one of them."
            ),
        ),
        "answer_strategy_round": Permission(
            director | digital_lead | operator,
            _("A director or the head of digitalisation answers what was said. Ask one of them."),
        ),
        # --- the meeting cycle ---
        "request_matter": Permission(
            any_committee_seat | line_manager,
            _("Somebody with a seat in a committee or a line manager asks for it. Ask one of them."),
        ),
        "add_annex": Permission(
            (runs_the_committee | runs_it | asked_for_it) & is_let_in,
            _("The one who asked for the item or those who run the committee add annexes. Ask one of them."),
        ),
        "remove_annex": Permission(
            (runs_the_committee | brought_it) & is_let_in,
            _("The one who brought it or those who run the committee take it off. Ask one of them."),
        ),
        "arrange_agenda": Permission(runs_the_committee, ASK_THE_SECRETARY),
        "describe_entry": Permission(runs_the_committee, ASK_THE_SECRETARY),
        "settle_agenda": Permission(
            named_to_settle,
            _("Those whom the rules of procedure name settle the agenda. The page lists them."),
        ),
        "send_agenda": Permission(runs_the_committee, ASK_THE_SECRETARY),
        "plan_year": Permission(runs_the_committee | operator, ASK_THE_SECRETARY),
        "add_topic": Permission(runs_the_committee, ASK_THE_SECRETARY),
        "change_topic": Permission(runs_the_committee, ASK_THE_SECRETARY),
        "end_topic": Permission(runs_the_committee, ASK_THE_SECRETARY),
        "take_usual_topics": Permission(runs_the_committee, ASK_THE_SECRETARY),
        "place_topic": Permission(runs_the_committee, ASK_THE_SECRETARY),
        "note_attendance": Permission(runs_the_committee, ASK_THE_SECRETARY),
        "move_meeting": Permission(runs_the_committee, ASK_THE_SECRETARY),
        "cancel_meeting": Permission(runs_the_committee, ASK_THE_SECRETARY),
        "carry_over": Permission(runs_the_committee, ASK_THE_SECRETARY),
        "move_action_point": Permission(
            runs_the_committee | has_promised_it,
            _("The one who promised it, or those who run the committee, give it a new day. Ask one of them."),
        ),
    },
)
