"""What the committees' room brings to the house: its own part here, then that of each sub-package."""

from collections.abc import Iterable
from datetime import datetime
from itertools import chain

from django.utils.translation import gettext_lazy as _

from samspil.dialogue import boards, meeting_cycle, notices, pages, panel, sealing, waiting
from samspil.dialogue.closing import manifest as closing
from samspil.dialogue.confidential import hidden_items
from samspil.dialogue.dossier import manifest as dossier
from samspil.dialogue.feed import manifest as feed
from samspil.dialogue.guidelines import boards as guideline_boards
from samspil.dialogue.guidelines import manifest as guidelines
from samspil.dialogue.minutes import manifest as minutes
from samspil.dialogue.permissions import PERMISSIONS
from samspil.dialogue.remedies import manifest as remedies
from samspil.dialogue.replies import manifest as replies
from samspil.dialogue.staff_room import manifest as staff_room
from samspil.dialogue.strategy import boards as strategy_boards
from samspil.dialogue.strategy import manifest as strategy
from samspil.dialogue.wording import manifest as wording
from samspil.kit.room import (
    AS_LONG_AS_THE_CASE,
    CalendarEntry,
    MenuEntry,
    Panel,
    PersonalData,
    Room,
    ThingKind,
    Verb,
    Waiting,
)
from samspil.organisation.viewer import Viewer

PERSONAL_DATA = (
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
)


def _calendar(viewer: Viewer, at: datetime) -> Iterable[CalendarEntry]:
    return chain(boards.calendar(viewer, at), guideline_boards.calendar(viewer, at))


def _waiting(viewer: Viewer, at: datetime) -> Iterable[Waiting]:
    return chain(waiting.waiting_for(viewer, at), strategy_boards.waiting_for(viewer, at))


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
        dossier.PANEL,
    ),
    evidence=boards.EVIDENCE | guidelines.EVIDENCE,
    things={
        "item": ThingKind(_("item for a committee"), boards.item_cards, hidden=hidden_items),
        **replies.THINGS,
        **remedies.THINGS,
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
        "dialogue.outcomes_taken_in": Verb(
            _("took in what came of %(items)s items at the meeting of %(committee)s on %(on)s")
        ),
        "dialogue.action_point_finished": Verb(_("marked as done: %(text)s")),
        "dialogue.meeting_elsewhere": Verb(
            _("recorded that %(committee)s treated “%(title)s” on %(on)s"), tell=notices.of_minutes
        ),
        **meeting_cycle.VERBS,
        **minutes.VERBS,
        **closing.VERBS,
        **feed.VERBS,
        **replies.VERBS,
        **staff_room.VERBS,
        **remedies.VERBS,
        **wording.VERBS,
        **dossier.VERBS,
        **guidelines.VERBS,
        **strategy.VERBS,
    },
    search={
        "item": boards.item_texts,
        **replies.SEARCH,
        **remedies.SEARCH,
        **guidelines.SEARCH,
        **strategy.SEARCH,
    },
    sealed={"item": sealing.sealed_items, **replies.SEALED, **guidelines.SEALED},
    citable=replies.CITABLE,
    works=dossier.WORKS,
    calendar=_calendar,
    waiting=_waiting,
    content_keys={
        "question_model": ("regime", "phase"),
        "regime": ("regime",),
        **remedies.CONTENT_KEYS,
        **guidelines.CONTENT_KEYS,
        **closing.CONTENT_KEYS,
    },
    ticks=(*remedies.TICKS, *replies.TICKS, *closing.TICKS, *meeting_cycle.TICKS, *guidelines.TICKS),
    personal_data=(
        *PERSONAL_DATA,
        *meeting_cycle.PERSONAL_DATA,
        *minutes.PERSONAL_DATA,
        *feed.PERSONAL_DATA,
        *replies.PERSONAL_DATA,
        *staff_room.PERSONAL_DATA,
        *remedies.PERSONAL_DATA,
        *dossier.PERSONAL_DATA,
        *wording.PERSONAL_DATA,
        *guidelines.PERSONAL_DATA,
        *strategy.PERSONAL_DATA,
    ),
)
