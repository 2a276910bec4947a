"""What opinion rounds bring to the room's manifest: verbs of the journal, and what they know of people."""

from django.utils.translation import gettext_lazy as _

from samspil.involvement.opinions import erasing
from samspil.involvement.opinions.words import VALUES
from samspil.kit.room import PersonalData, Verb

AS_LONG_AS_THE_ROUND = _("as long as the round and what came of it are kept")
UNTIL_IT_CLOSES = _("until the round closes")

VERBS = {
    "involvement.statements_added": Verb(_("wrote %(statements)s statements for “%(title)s”")),
    "involvement.statement_changed": Verb(_("changed statement %(number)s")),
    "involvement.statement_removed": Verb(_("took statement %(number)s out of “%(title)s”")),
    "involvement.core_chosen": Verb(_("chose which statements of “%(title)s” come first: %(statements)s")),
    "involvement.statement_accepted": Verb(_("took in statement %(number)s")),
    "involvement.statement_rejected": Verb(_("left out statement %(number)s")),
    "involvement.appeal_decided": Verb(_("decided the appeal about statement %(number)s")),
    "involvement.live_shown": Verb(_("held “%(title)s” in a meeting: statement %(number)s")),
    "involvement.live_ended": Verb(_("ended the meeting with “%(title)s”")),
}

PERSONAL_DATA = (
    PersonalData(
        "involvement.Vote",
        _("Answers in rounds"),
        {"value": _("what was answered"), "day": _("on which day")},
        AS_LONG_AS_THE_ROUND,
        "delete",
        _(
            "With names, and in confidence while the round is open: your answers go. After that nothing "
            "leads from you to an answer."
        ),
        beside={"statement": _("statement")},
        choices={"value": dict(VALUES)},
        find=erasing.votes_of,
    ),
    PersonalData(
        "involvement.RoundStatement",
        _("Statements in rounds"),
        {"text": _("what was written"), "author": _("by whom, until the round closes")},
        UNTIL_IT_CLOSES,
        "anonymise",
        _("The statement stays, because others have answered it; that you wrote it goes."),
        beside={"round": _("round"), "reason": _("why it was left out")},
        find=erasing.statements_by,
        erase=erasing.forget_the_author,
    ),
    PersonalData(
        "involvement.Appeal",
        _("Appeals about statements"),
        {"decided_by": _("who decided it")},
        AS_LONG_AS_THE_ROUND,
        "anonymise",
        _("The decision stays; who took it goes."),
        beside={"reason": _("reason"), "grounds": _("what was appealed for"), "decided_at": _("at")},
    ),
    PersonalData(
        "involvement.ModerationStep",
        _("Moderation log"),
        {"by": _("who moderated")},
        AS_LONG_AS_THE_ROUND,
        "anonymise",
        _("The step stays, so that it can be seen that rules were kept; who took it goes."),
        beside={"step": _("step"), "reason": _("reason"), "at": _("at")},
    ),
)
