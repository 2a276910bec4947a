"""What sending down and replying bring to the room's manifest."""

from django.utils.translation import gettext_lazy as _

from samspil.dialogue import notices as of_items
from samspil.dialogue.replies import boards, notices
from samspil.dialogue.replies.sealing import sealed_replies
from samspil.kit.room import AS_LONG_AS_THE_CASE, PersonalData, ThingKind, Verb

THINGS = {
    "sending": ThingKind(_("item sent down"), boards.sending_cards, hidden=boards.hidden_sendings),
    "reply": ThingKind(_("reply of a committee"), boards.reply_cards, hidden=boards.hidden_replies),
}
SEARCH = {"reply": boards.reply_texts}
SEALED = {"reply": sealed_replies}
CITABLE = boards.replies_to_cite
TICKS = (notices.remind,)
VERBS = {
    "dialogue.sent_down": Verb(
        _("sent “%(title)s” down to be answered by %(due)s; committees asked: %(committees)s"),
        tell=notices.of_sending,
    ),
    "dialogue.replies_closed": Verb(_("closed the sheet of replies about “%(title)s”")),
    "dialogue.replied": Verb(_("replied for %(committee)s about “%(title)s”")),
    "dialogue.paper_reply_entered": Verb(_("entered a reply on paper from %(committee)s about “%(title)s”")),
    "dialogue.taken_up": Verb(
        _("made an item of %(committee)s of what was sent down: “%(title)s”"), tell=of_items.of_request
    ),
}
PERSONAL_DATA = (
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
)
