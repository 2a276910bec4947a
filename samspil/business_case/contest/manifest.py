"""What contesting brings to the room's manifest."""

from django.utils.translation import gettext_lazy as _

from samspil.business_case.contest import boards, notices
from samspil.business_case.contest.models import Answer, Remark
from samspil.business_case.contest.words import OUTCOMES, STANCES
from samspil.kit.room import AS_LONG_AS_THE_CASE, PersonalData, ThingKind, Verb

THINGS = {
    "remark": ThingKind(_("remark about the case"), boards.remark_cards),
    "remark_answer": ThingKind(_("answer to a remark"), boards.answer_cards),
    "assumption": ThingKind(_("assumption of the case"), boards.assumption_cards),
}
SEARCH = {"remark": boards.remark_texts}
TICKS = (notices.remind,)
VERBS = {
    "business_case.remarked": Verb(
        _("said something about “%(part)s” in the case “%(title)s”"), tell=notices.of_remark
    ),
    "business_case.remarks_answered": Verb(
        _("answered what was said about “%(part)s” in the case “%(title)s”; remarks answered: %(remarks)s"),
        tell=notices.of_answer,
    ),
    "business_case.assumption_worded": Verb(_("put into words what “%(part)s” assumes: “%(text)s”")),
}
PERSONAL_DATA = (
    PersonalData(
        "business_case.Remark",
        _("What was said about cases"),
        {"said_by": _("by whom"), "owed_by": _("who owed the answer")},
        AS_LONG_AS_THE_CASE,
        "anonymise",
        _("What was said and answered belongs to the decision; who said it goes."),
        beside={
            "text": _("what was said"),
            "stance": _("agrees or not"),
            "stood": _("figure in the case"),
            "own": _("own figure"),
            "said_at": _("said at"),
        },
        choices={"stance": {one.value: STANCES[one] for one in Remark.Stance}},
    ),
    PersonalData(
        "business_case.Answer",
        _("Answers to what was said about cases"),
        {"answered_by": _("who answered")},
        AS_LONG_AS_THE_CASE,
        "anonymise",
        _("The answer belongs to the decision; who gave it goes."),
        beside={"text": _("answer"), "outcome": _("what came of it"), "answered_at": _("answered at")},
        choices={"outcome": {one.value: OUTCOMES[one] for one in Answer.Outcome}},
    ),
    PersonalData(
        "business_case.Assumption",
        _("Assumptions in plain words"),
        {"worded_by": _("who worded it")},
        AS_LONG_AS_THE_CASE,
        "anonymise",
        _("The sentence belongs to the case; who wrote it goes."),
        beside={"text": _("sentence"), "stood": _("figure in the case"), "worded_at": _("written at")},
    ),
)
