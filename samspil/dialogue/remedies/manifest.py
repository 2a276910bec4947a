"""What requests and negotiations bring to the room's manifest."""

from django.utils.translation import gettext_lazy as _

from samspil.dialogue.remedies import boards, notices, reminders
from samspil.kit.room import AS_LONG_AS_THE_CASE, PersonalData, ThingKind, Verb

THINGS = {"remedy": ThingKind(_("request by the staff side"), boards.cards, hidden=boards.hidden)}
SEARCH = {"remedy": boards.texts}
TICKS = (reminders.remind,)
CONTENT_KEYS = {"remedy": ("regime",)}
VERBS = {
    "dialogue.remedy_raised": Verb(
        _("raised a request in %(committee)s: “%(title)s”; an answer is owed by %(due)s"),
        tell=notices.of_step,
    ),
    "dialogue.remedy_answered": Verb(_("answered the request “%(title)s” on %(on)s"), tell=notices.of_answer),
    "dialogue.remedy_referred": Verb(
        _("took the request “%(title)s” further to “%(to)s”: %(because)s"), tell=notices.of_step
    ),
    "dialogue.remedy_closed": Verb(_("ended the request “%(title)s”: %(how)s"), tell=notices.of_closing),
    "dialogue.central_called": Verb(
        _("recorded that %(union)s called for central negotiation about “%(title)s” on %(on)s"),
        tell=notices.of_call,
    ),
    "dialogue.own_term_set": Verb(_("entered a deadline of your own from %(since)s (%(source)s)")),
}
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
)
