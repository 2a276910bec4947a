"""What the wording brings to the room's manifest: sentences of the journal, and what it knows of people."""

from django.utils.translation import gettext_lazy as _

from samspil.dialogue.wording import notices
from samspil.kit.room import AS_LONG_AS_THE_CASE, PersonalData, Verb

VERBS = {
    "dialogue.wording_begun": Verb(_("began to word the questions anew (%(key)s)")),
    "dialogue.wording_dropped": Verb(_("put away the wording in work (%(key)s)")),
    "dialogue.wording_renewed": Verb(_("brought the house's newer text into the wording (%(key)s)")),
    "dialogue.question_worded": Verb(_("worded a question (%(key)s): %(question)s")),
    "dialogue.question_added": Verb(_("added a question (%(key)s): %(question)s")),
    "dialogue.question_left_out": Verb(_("left out a question (%(key)s): %(question)s Reason: %(reason)s")),
    "dialogue.question_taken_back": Verb(_("took a question back (%(key)s): %(question)s")),
    "dialogue.questions_moved": Verb(_("moved a question (%(key)s): %(question)s")),
    "dialogue.wording_published": Verb(
        _("published version %(number)s of the questions (%(key)s): %(note)s"), tell=notices.of_published
    ),
    "dialogue.wording_ended": Verb(
        _("went back to the house's questions (%(key)s): %(reason)s"), tell=notices.of_ended
    ),
}

PERSONAL_DATA = (
    PersonalData(
        "dialogue.Wording",
        _("Wordings in work"),
        {"begun_by": _("who began it")},
        _("until it is published or put away"),
        "anonymise",
        _("The wording is the organisation's; who began it is not needed later."),
        beside={"begun_at": _("begun at")},
    ),
    PersonalData(
        "dialogue.WordedQuestion",
        _("Questions in work"),
        {"changed_by": _("who changed it")},
        _("until it is published or put away"),
        "anonymise",
        _("The question is the organisation's; who typed it is not needed later."),
        beside={
            "native": _("question"),
            "reading": _("question in English"),
            "left_out_because": _("why it is left out"),
            "changed_at": _("changed at"),
        },
    ),
    PersonalData(
        "dialogue.WordingVersion",
        _("Published wordings"),
        {"published_by": _("who published it"), "ended_by": _("who went back to the house's text")},
        AS_LONG_AS_THE_CASE,
        "anonymise",
        _("What was asked, and why it changed, stays; who published it goes."),
        beside={
            "note": _("what changed and why"),
            "published_at": _("published at"),
            "ended_because": _("why the house's text holds again"),
        },
    ),
)
