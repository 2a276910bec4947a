"""What the committees' room brings to the house."""

from collections.abc import Iterable
from datetime import datetime
from itertools import chain

from django.utils.translation import gettext_lazy as _

from samspil.dialogue import boards, meeting_cycle, notices, pages, panel, sealing, waiting
from samspil.dialogue.closing.opening import tell_opened
from samspil.dialogue.confidential import hidden_items
from samspil.dialogue.dossier import actions as dossiers
from samspil.dialogue.dossier import keeping as keeping_of_dossiers
from samspil.dialogue.dossier import pages as dossier_pages
from samspil.dialogue.guidelines import boards as guideline_boards
from samspil.dialogue.guidelines import manifest as guidelines
from samspil.dialogue.permissions import PERMISSIONS
from samspil.dialogue.remedies import boards as request_boards
from samspil.dialogue.remedies import notices as request_notices
from samspil.dialogue.remedies import reminders
from samspil.dialogue.replies import boards as replies
from samspil.dialogue.replies import notices as reply_notices
from samspil.dialogue.replies.sealing import sealed_replies
from samspil.dialogue.strategy import boards as strategy_boards
from samspil.dialogue.strategy import manifest as strategy
from samspil.dialogue.wording import manifest as wording
from samspil.kit.room import CalendarEntry, MenuEntry, Panel, PersonalData, Room, ThingKind, Verb, Waiting
from samspil.organisation.viewer import Viewer

AS_LONG_AS_THE_CASE = _("as long as the case is kept by the organisation's retention rules")

PERSONAL_DATA = (
    PersonalData(
        "dialogue.RemedyCase",
        _("Requests by the staff side"),
        {"raised_by": _("who raised it")},
        AS_LONG_AS_THE_CASE,
        "anonymise",
        _("The request is the staff side's and belongs to the case; who raised it goes."),
        beside={
            "title": _("title"),
            "asked": _("what is asked for"),
            "closed_because": _("how it ended"),
            "raised_on": _("received on"),
        },
    ),
    PersonalData(
        "dialogue.RemedyStep",
        _("Answers to requests"),
        {"answered_by": _("who answered")},
        AS_LONG_AS_THE_CASE,
        "anonymise",
        _("The answer is a side's and belongs to the case; who typed it is not needed later."),
        beside={"answer": _("answer"), "answered_on": _("answered on")},
    ),
    PersonalData(
        "dialogue.CentralCall",
        _("Calls for central negotiation"),
        {"recorded_by": _("who recorded it")},
        AS_LONG_AS_THE_CASE,
        "anonymise",
        _("That a union called stays; who recorded it is not needed later."),
        beside={"called_on": _("called on")},
    ),
    PersonalData(
        "dialogue.Outcome",
        _("What outcomes ask for"),
        {"told": _("what was told, such as who is in a working group")},
        AS_LONG_AS_THE_CASE,
        "keep",
        _("It stands in the minutes, a public record that seats have signed."),
    ),
    PersonalData(
        "dialogue.Item",
        _("Items for committees"),
        {"requested_by": _("who asked for it")},
        AS_LONG_AS_THE_CASE,
        "anonymise",
        _("The item stays; who asked for it goes."),
        beside={
            "title": _("title"),
            "proposal": _("what is proposed"),
            "case": _("what the committee needs to know"),
            "requested_at": _("asked for at"),
        },
    ),
    PersonalData(
        "dialogue.DateCorrection",
        _("Corrected dates of meetings"),
        {"corrected_by": _("who corrected it")},
        AS_LONG_AS_THE_CASE,
        "anonymise",
        _("Both dates and the reason stay; who corrected it is not needed later."),
        beside={"reason": _("reason"), "corrected_at": _("corrected at")},
    ),
    *keeping_of_dossiers.PERSONAL_DATA,
    PersonalData(
        "dialogue.PreparatoryAnswer",
        _("Preparatory answers"),
        {"written_by": _("who wrote it")},
        AS_LONG_AS_THE_CASE,
        "anonymise",
        _("An answer is its side's and belongs to the case; who typed it is not needed later."),
        beside={"text": _("answer"), "written_at": _("written at")},
    ),
    PersonalData(
        "dialogue.ActionPoint",
        _("Agreed actions"),
        {"owner": _("who promised it")},
        AS_LONG_AS_THE_CASE,
        "anonymise",
        _("What was promised stays; who promised it goes."),
        beside={"text": _("what was promised"), "due": _("to be done by"), "done_on": _("done on")},
    ),
    PersonalData(
        "dialogue.Minutes",
        _("Minutes"),
        {"written_by": _("who wrote it")},
        AS_LONG_AS_THE_CASE,
        "anonymise",
        _("Minutes that were signed are a public record and may not be changed; who typed them goes."),
        beside={"number": _("version"), "text": _("text"), "written_at": _("written at")},
    ),
    PersonalData(
        "dialogue.Position",
        _("What sides and unions stood for"),
        {"text": _("position")},
        AS_LONG_AS_THE_CASE,
        "keep",
        _("It is a side's or a union's, not a person's, and stands in the minutes, a public record."),
    ),
    PersonalData(
        "dialogue.Signature",
        _("Signatures under minutes"),
        {"person": _("who signed")},
        AS_LONG_AS_THE_CASE,
        "anonymise",
        _("That a seat signed stays provable; the name goes."),
        beside={"signed_on": _("signed on")},
    ),
    PersonalData(
        "dialogue.Signature",
        _("Signatures given outside Samspil"),
        {"elsewhere_by": _("who signed")},
        AS_LONG_AS_THE_CASE,
        "keep",
        _("Who signed outside Samspil is written in the minutes, which are a public record."),
    ),
    # down and up
    PersonalData(
        "dialogue.Sending",
        _("Items sent down"),
        {"sent_by": _("who sent it down"), "closed_by": _("who closed it")},
        AS_LONG_AS_THE_CASE,
        "anonymise",
        _("What was asked stays with the case; who pressed the button is not needed later."),
        beside={"why": _("why it was asked"), "sent_at": _("sent at")},
    ),
    PersonalData(
        "dialogue.Reply",
        _("Replies of committees"),
        {"replied_by": _("who sent or entered it")},
        AS_LONG_AS_THE_CASE,
        "anonymise",
        _("A reply is its committee's and belongs to the case; who sent it is not needed later."),
        beside={"because": _("why there is no answer"), "replied_at": _("sent at")},
    ),
    PersonalData(
        "dialogue.ReplyAnswer",
        _("What committees answered"),
        {"text": _("answer")},
        AS_LONG_AS_THE_CASE,
        "keep",
        _("It is a committee's answer, not a person's, and belongs to the case."),
    ),
    # the staff side's room
    PersonalData(
        "dialogue.StaffNote",
        _("Notes that you released"),
        {"released_by": _("who released it")},
        AS_LONG_AS_THE_CASE,
        "anonymise",
        _("What was released stays with the item; who released it is not needed later."),
        beside={"released_at": _("released at")},
    ),
    PersonalData(
        "dialogue.StaffText",
        _("Notes in the staff side's room"),
        {"written_by": _("who wrote it")},
        AS_LONG_AS_THE_CASE,
        "anonymise",
        _("A note is the staff side's; who typed it is not needed later."),
        beside={"title": _("title"), "text": _("text"), "written_at": _("written at")},
    ),
    PersonalData(
        "dialogue.StaffComment",
        _("Comments in the staff side's room"),
        {"written_by": _("who wrote it")},
        AS_LONG_AS_THE_CASE,
        "anonymise",
        _("A comment is the staff side's; who typed it is not needed later."),
        beside={"text": _("text"), "written_at": _("written at")},
    ),
    PersonalData(
        "dialogue.PreMeeting",
        _("Dates of pre-meetings"),
        {"set_by": _("who set it")},
        AS_LONG_AS_THE_CASE,
        "anonymise",
        _("The date stays; who set it is not needed later."),
        beside={"on": _("date"), "place": _("place"), "set_at": _("set at")},
    ),
)


def _calendar(viewer: Viewer, at: datetime) -> Iterable[CalendarEntry]:
    return chain(boards.calendar(viewer, at), guideline_boards.calendar(viewer, at))


def _waiting(viewer: Viewer, at: datetime) -> Iterable[Waiting]:
    return chain(waiting.waiting_for(viewer, at), strategy_boards.waiting_for(viewer, at))


OF_PARTS = (
    PersonalData(
        "dialogue.Reservation",
        _("Texts left unsigned"),
        {"person": _("who left it unsigned")},
        AS_LONG_AS_THE_CASE,
        "anonymise",
        _("That a seat left a text unsigned, and why, belongs to the minutes; the name goes."),
        beside={"because": _("reason"), "noted_on": _("noted on")},
    ),
    PersonalData(
        "dialogue.FeedAddress",
        _("Address of one's own calendar"),
        {"person": _("whose calendar it is")},
        _("until it is withdrawn or renewed"),
        "delete",
        _("The address is of no use without the person."),
        beside={"made_at": _("made at"), "read_on": _("read last on")},
    ),
)

ROOM = Room(
    name="dialogue",
    title=_("Committees"),
    permissions=PERMISSIONS,
    menu=(
        MenuEntry(
            _("Committees"), "dialogue:committees", "dialogue.see_committees", named=pages.committees_word
        ),
    ),
    panels=(
        Panel(_("Discussed before it is decided"), "dialogue/_panel.html", panel.context, order=20),
        guidelines.PANEL,
        Panel(_("Dossier"), "dialogue/dossier/_panel.html", dossier_pages.panel, order=90),
    ),
    evidence=boards.EVIDENCE | guidelines.EVIDENCE,
    things={
        "item": ThingKind(_("item for a committee"), boards.item_cards, hidden=hidden_items),
        "sending": ThingKind(_("item sent down"), replies.sending_cards, hidden=replies.hidden_sendings),
        "reply": ThingKind(_("reply of a committee"), replies.reply_cards, hidden=replies.hidden_replies),
        "remedy": ThingKind(
            _("request by the staff side"), request_boards.cards, hidden=request_boards.hidden
        ),
        **guidelines.THINGS,
        **strategy.THINGS,
    },
    verbs={
        "dialogue.meeting_planned": Verb(_("planned a meeting of %(committee)s on %(on)s")),
        "dialogue.meeting_date_corrected": Verb(
            _("corrected the date of a meeting of %(committee)s from %(before)s to %(on)s: %(reason)s")
        ),
        "dialogue.item_date_corrected": Verb(
            _("corrected the date of the meeting about “%(title)s” from %(before)s to %(on)s: %(reason)s")
        ),
        "dialogue.item_requested": Verb(_("put “%(title)s” before %(committee)s"), tell=notices.of_request),
        "dialogue.item_placed": Verb(_("put “%(title)s” on the agenda of %(on)s"), tell=notices.of_agenda),
        "dialogue.questions_chosen": Verb(_("chose the questions about “%(title)s”")),
        "dialogue.case_written": Verb(_("wrote what the committee needs to know about “%(title)s”")),
        "dialogue.case_number_given": Verb(_("filed “%(title)s” under case number %(case_number)s")),
        "dialogue.item_withdrawn": Verb(_("withdrew “%(title)s”: %(reason)s")),
        "dialogue.question_answered": Verb(_("wrote a preparatory answer about “%(title)s”")),
        "dialogue.answers_released": Verb(_("released their side's answers about “%(title)s”")),
        "dialogue.outcome_recorded": Verb(_("recorded what came of “%(title)s”")),
        "dialogue.minutes_written": Verb(
            _("wrote version %(number)s of the text about “%(title)s”"), tell=notices.of_minutes
        ),
        "dialogue.minutes_released": Verb(_("released the text about “%(title)s”"), tell=notices.of_minutes),
        "dialogue.minutes_approved": Verb(_("approved the text about “%(title)s”")),
        "dialogue.action_point_added": Verb(
            _("agreed that %(owner)s does this by %(due)s: %(text)s"), tell=notices.of_action_point
        ),
        "dialogue.minutes_left_unsigned": Verb(_("left the text about “%(title)s” unsigned: %(because)s")),
        "dialogue.meeting_released": Verb(
            _("released the minutes of %(committee)s of %(on)s: %(items)s texts, %(left_out)s left out")
        ),
        "dialogue.meeting_approved": Verb(
            _("approved the minutes of %(committee)s of %(on)s: %(items)s texts, %(left_out)s left out")
        ),
        "dialogue.outcomes_taken_in": Verb(
            _("took in what came of %(items)s items at the meeting of %(committee)s on %(on)s")
        ),
        "dialogue.feed_made": Verb(_("made an address for their own calendar")),
        "dialogue.feed_withdrawn": Verb(_("withdrew the address of their own calendar")),
        "dialogue.item_closed": Verb(_("closed “%(title)s” until %(until)s: %(because)s")),
        "dialogue.item_day_changed": Verb(
            _("changed the day on which “%(title)s” opens from %(before)s to %(until)s")
        ),
        "dialogue.item_opened": Verb(_("opened “%(title)s” to everybody")),
        "dialogue.action_point_finished": Verb(_("marked as done: %(text)s")),
        "dialogue.remedy_raised": Verb(
            _("raised a request in %(committee)s: “%(title)s”; an answer is owed by %(due)s"),
            tell=request_notices.of_step,
        ),
        "dialogue.remedy_answered": Verb(
            _("answered the request “%(title)s” on %(on)s"), tell=request_notices.of_answer
        ),
        "dialogue.remedy_referred": Verb(
            _("took the request “%(title)s” further to “%(to)s”: %(because)s"), tell=request_notices.of_step
        ),
        "dialogue.remedy_closed": Verb(
            _("ended the request “%(title)s”: %(how)s"), tell=request_notices.of_closing
        ),
        "dialogue.central_called": Verb(
            _("recorded that %(union)s called for central negotiation about “%(title)s” on %(on)s"),
            tell=request_notices.of_call,
        ),
        "dialogue.own_term_set": Verb(_("entered a deadline of your own from %(since)s (%(source)s)")),
        "dialogue.meeting_elsewhere": Verb(
            _("recorded that %(committee)s treated “%(title)s” on %(on)s"), tell=notices.of_minutes
        ),
        "dialogue.sent_down": Verb(
            _("sent “%(title)s” down to be answered by %(due)s; committees asked: %(committees)s"),
            tell=reply_notices.of_sending,
        ),
        "dialogue.replies_closed": Verb(_("closed the sheet of replies about “%(title)s”")),
        "dialogue.replied": Verb(_("replied for %(committee)s about “%(title)s”")),
        "dialogue.paper_reply_entered": Verb(
            _("entered a reply on paper from %(committee)s about “%(title)s”")
        ),
        "dialogue.taken_up": Verb(
            _("made an item of %(committee)s of what was sent down: “%(title)s”"), tell=notices.of_request
        ),
        "dialogue.staff_note_written": Verb(_("wrote a note in the staff side's room of %(committee)s")),
        "dialogue.staff_comment_written": Verb(_("commented in the staff side's room of %(committee)s")),
        "dialogue.pre_meeting_set": Verb(_("set the date of a pre-meeting in %(committee)s")),
        "dialogue.staff_note_released": Verb(_("released a note of the staff side about “%(title)s”")),
        **wording.VERBS,
        "dialogue.dossier_ordered": Verb(_("had the dossier of “%(title)s” made")),
        "dialogue.dossier_made": Verb(
            _("got the dossier of “%(title)s”, with the fingerprint %(package_sha256)s")
        ),
        **guidelines.VERBS,
        **strategy.VERBS,
        **meeting_cycle.VERBS,
    },
    search={
        "item": boards.item_texts,
        "reply": replies.reply_texts,
        "remedy": request_boards.texts,
        **guidelines.SEARCH,
        **strategy.SEARCH,
    },
    sealed={"item": sealing.sealed_items, "reply": sealed_replies, **guidelines.SEALED},
    citable=replies.replies_to_cite,
    works={dossiers.WORK: dossiers.make_ordered},
    calendar=_calendar,
    waiting=_waiting,
    content_keys={
        "question_model": ("regime", "phase"),
        "regime": ("regime",),
        "remedy": ("regime",),
        "guideline_terms": ("regime",),
        "confidentiality": ("country",),
    },
    ticks=(reminders.remind, reply_notices.remind, tell_opened, *meeting_cycle.TICKS, *guidelines.TICKS),
    personal_data=(
        *PERSONAL_DATA,
        *OF_PARTS,
        *meeting_cycle.PERSONAL_DATA,
        *wording.PERSONAL_DATA,
        *guidelines.PERSONAL_DATA,
        *strategy.PERSONAL_DATA,
    ),
)
