"""The words for what can be said of a question, and for what became of it."""

from django.utils.translation import get_language, get_language_info, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from samspil.core.question_wording import Change

PARTS = {
    "ask": _("The question"),
    "explanation": _("What is meant"),
    "why": _("Why it matters"),
    "good_answer": _("A good answer has"),
    "levels": _("Levels on which it is asked"),
    "before": _("When it is to be taken up"),
    "core": _("Core question"),
}
CHANGES = {
    Change.ADDED: pgettext_lazy("question", "New"),
    Change.GONE: pgettext_lazy("question", "Gone"),
    Change.REWORDED: pgettext_lazy("question", "Changed"),
    Change.LEFT_OUT: pgettext_lazy("question", "Left out"),
    Change.TAKEN_BACK: pgettext_lazy("question", "Asked again"),
}
YES_NO = {True: _("Yes"), False: _("No")}


def language_name(code: str) -> str:
    """A language in the reader's own."""
    name = str(get_language_info(code)["name_translated"])
    return name if get_language() == "en" else name.lower()
