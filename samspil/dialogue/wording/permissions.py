"""Who may word the questions: those who run the main committee, from both sides, and administrators."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from samspil.kit.permission import Permission, predicate
from samspil.organisation.models import Seat
from samspil.organisation.predicates import administrator, anyone_here
from samspil.organisation.viewer import Viewer

MAIN = "main"
# Where unions sign the minutes and there is no vice-chair, their signatories speak for the staff side.
SPEAKING = frozenset({Seat.Kind.CHAIR, Seat.Kind.VICE_CHAIR, Seat.Kind.SECRETARY, Seat.Kind.ADJUSTER})


@predicate(_("those who run the main committee, from both sides"))
def speaks_for_the_main_committee(viewer: Viewer, _thing: Any = None) -> bool:
    """Chair, vice-chair, secretary or a union's signatory there, or a substitute for one of them."""
    return any(seat.committee.level == MAIN and _speaks(seat) for seat in viewer.seats)


def _speaks(seat: Seat) -> bool:
    return seat.kind in SPEAKING or bool(seat.substitute_for and seat.substitute_for.kind in SPEAKING)


words_questions = speaks_for_the_main_committee | administrator
ASK_THE_MAIN_COMMITTEE = _(
    "Those who run the main committee, from both sides, and administrators word the questions."
    " Ask one of them."
)

TABLE = {
    "see_question_models": Permission(
        anyone_here, _("The questions are open to everyone who belongs to the organisation.")
    ),
    "see_wording": Permission(words_questions, ASK_THE_MAIN_COMMITTEE),
    "begin_wording": Permission(words_questions, ASK_THE_MAIN_COMMITTEE),
    "drop_wording": Permission(words_questions, ASK_THE_MAIN_COMMITTEE),
    "word_question": Permission(words_questions, ASK_THE_MAIN_COMMITTEE),
    "add_question": Permission(words_questions, ASK_THE_MAIN_COMMITTEE),
    "leave_out_question": Permission(words_questions, ASK_THE_MAIN_COMMITTEE),
    "take_question_back": Permission(words_questions, ASK_THE_MAIN_COMMITTEE),
    "move_question": Permission(words_questions, ASK_THE_MAIN_COMMITTEE),
    "build_on_newest": Permission(words_questions, ASK_THE_MAIN_COMMITTEE),
    "publish_wording": Permission(words_questions, ASK_THE_MAIN_COMMITTEE),
    "return_to_house": Permission(words_questions, ASK_THE_MAIN_COMMITTEE),
}
