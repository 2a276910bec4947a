"""Who may do what in committees. One table, keyed by action."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from samspil.dialogue.agenda.settling import settling_seats
from samspil.dialogue.models import ActionPoint, Annex, Item, Meeting
from samspil.dialogue.secrecy import side_of
from samspil.dialogue.signing import APPROVE, RELEASE, sheets
from samspil.initiative.permissions import (
    admitted_guest,
    line_manager_of_those_affected,
    runs_it,
)
from samspil.kit.permission import Permission, Permissions, predicate
from samspil.organisation.models import Committee, Seat
from samspil.organisation.predicates import any_committee_seat, anyone_here, line_manager, operator
from samspil.organisation.viewer import Viewer

RUNNING = frozenset({Seat.Kind.CHAIR, Seat.Kind.VICE_CHAIR, Seat.Kind.SECRETARY})


def committee_of(thing: Any) -> int | None:
    """The committee that a thing belongs to, or is."""
    if isinstance(thing, Committee):
        return thing.pk
    if isinstance(thing, ActionPoint | Annex):
        return thing.item.committee_id
    return getattr(thing, "committee_id", None)


@predicate(_("those who run the committee"))
def runs_the_committee(viewer: Viewer, thing: Any) -> bool:
    """Chair, vice-chair or secretary of the committee, or a substitute for one of them."""
    committee = committee_of(thing)
    return committee is not None and any(_runs(seat) for seat in viewer.seats_in(committee))


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


def _runs(seat: Seat) -> bool:
    return seat.kind in RUNNING or bool(seat.substitute_for and seat.substitute_for.kind in RUNNING)


def _may_sign(viewer: Viewer, item: Any, act: str) -> bool:
    """Holds a seat that the rules of procedure name, whether or not it has been signed for already."""
    if not isinstance(item, Item) or viewer.person is None or not viewer.seats_in(item.committee_id):
        return False
    signers = sheets(item, None, viewer.today)[act].signers
    return any(signer.held_by(viewer.person.pk) for signer in signers)


ASK_THE_SECRETARY = _("The chair, the vice-chair and the secretary do this. Ask one of them.")

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
            anyone_here | admitted_guest,
            _("You see items about initiatives you are admitted to. Ask the project lead to let you in."),
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
            runs_the_committee | runs_it,
            _("Those who run the committee or the initiative choose the questions. Ask one of them."),
        ),
        "write_case": Permission(
            runs_the_committee | runs_it,
            _("Those who run the committee or the initiative write this. Ask one of them."),
        ),
        "give_case_number": Permission(
            runs_the_committee | runs_it,
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
        "add_action_point": Permission(runs_the_committee | operator, ASK_THE_SECRETARY),
        "finish_action_point": Permission(
            runs_the_committee | has_promised_it | operator,
            _("The one who promised it, or those who run the committee, mark it as done. Ask one of them."),
        ),
        "record_meeting_elsewhere": Permission(
            runs_it | runs_a_committee,
            _("The project lead, the owner or those who run a committee record this. Ask one of them."),
        ),
        "withdraw_item": Permission(
            runs_the_committee | runs_it | asked_for_it,
            _("The one who asked for it, or those who run the committee, withdraw it. Ask one of them."),
        ),
        # --- the meeting cycle ---
        "request_matter": Permission(
            any_committee_seat | line_manager,
            _("Somebody with a seat in a committee or a line manager asks for it. Ask one of them."),
        ),
        "add_annex": Permission(
            runs_the_committee | runs_it | asked_for_it,
            _("The one who asked for the item or those who run the committee add annexes. Ask one of them."),
        ),
        "remove_annex": Permission(
            runs_the_committee | brought_it,
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
