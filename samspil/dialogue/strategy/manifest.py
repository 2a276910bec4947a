"""What strategies bring to the room's manifest."""

from django.utils.translation import gettext_lazy as _

from samspil.dialogue.strategy import boards
from samspil.kit.room import AS_LONG_AS_THE_CASE, PersonalData, ThingKind, Verb

THINGS = {"strategy": ThingKind(_("strategy"), boards.cards)}
SEARCH = {"strategy": boards.texts}
VERBS = {
    "dialogue.strategy_started": Verb(_("entered the strategy “%(title)s”")),
    "dialogue.strategy_written": Verb(_("wrote version %(number)s of the strategy “%(title)s”: %(because)s")),
    "dialogue.strategy_round_opened": Verb(
        _("put the strategy “%(title)s” before committees, round %(number)s; how many: %(committees)s")
    ),
    "dialogue.strategy_answered": Verb(_("answered what %(committee)s said about “%(title)s”")),
}
PERSONAL_DATA = (
    PersonalData(
        "dialogue.Strategy",
        _("Strategies"),
        {"owner": _("who answers for it")},
        AS_LONG_AS_THE_CASE,
        "anonymise",
        _("The strategy stays; who answered for it goes."),
        beside={"title": _("title")},
    ),
    PersonalData(
        "dialogue.StrategyVersion",
        _("Versions of strategies"),
        {"written_by": _("who wrote it")},
        AS_LONG_AS_THE_CASE,
        "anonymise",
        _("What it said stays; who typed it is not needed later."),
        beside={
            "number": _("version"),
            "goals": _("The goals"),
            "because": _("what made it change"),
            "written_at": _("written at"),
        },
    ),
    PersonalData(
        "dialogue.StrategyDiscussion",
        _("Answers about strategies"),
        {"answered_by": _("who answered")},
        AS_LONG_AS_THE_CASE,
        "anonymise",
        _("The answer is the organisation's; who wrote it goes."),
        beside={
            "said": _("What was said there, in short?"),
            "answer": _("answer"),
            "answered_on": _("answered on"),
        },
    ),
)
