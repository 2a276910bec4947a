"""The positions as a chart with its table: how many committees gave each, question by question."""

from django.utils import translation
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from samspil.dialogue.replies import words
from samspil.dialogue.replies.queries import Sheet
from samspil.kit.charts import Basis, Chart, Stack, StackedBars, draw

LONGEST_LABEL = 110


def chart_of(found: Sheet, language: str) -> Chart:
    """Counts of committees; each committee counts once, with its newest reply, however many took part."""
    with translation.override(language):
        stacks = tuple(
            Stack(
                f"{number}. {Truncator(question.wording['ask']).chars(LONGEST_LABEL)}", found.counts(question)
            )
            for number, question in enumerate(found.questions, 1)
        )
        basis = Basis(len(found.replied), _("replies of committees"), found.today)
        parts = tuple(str(word) for word in words.POSITIONS.values())
        return draw(
            StackedBars(_("Positions, question by question"), parts, stacks, basis, _("Question"), False),
            language,
        )
