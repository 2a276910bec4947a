"""The words for what people said, as they are read."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

MODERATED = {
    "accepted": pgettext_lazy("statements", "Accepted"),
    "unmoderated": pgettext_lazy("statements", "Not moderated"),
    "rejected": pgettext_lazy("statements", "Rejected"),
}
SORTS = {
    "number": _("In the order they came"),
    "agree": _("Most agreed"),
    "disagree": _("Most disagreed"),
    "passed": _("Most passed"),
    "n": _("Most answers"),
}
TOO_FEW = _("too few to show")
NO_TEXT = _("The text was taken out by the moderators.")

# Totals of votes are left out on purpose: with them one could work out what is too few to show.
NOTES = {
    "repeated_votes": _(
        "%(repeated)s rows of the vote list repeat a person's vote on the same statement. "
        "The person's last vote counts."
    ),
    "matrix_differs": _(
        "The vote list and the matrix differ: %(only_in_list)s votes are only in the list "
        "(%(on_rejected)s of them on rejected statements), %(only_in_matrix)s only in the matrix, "
        "and %(different)s say something else. The list counts."
    ),
    "counts_differ": _(
        "For %(statements)s statements the file of statements has other counts than the last votes give. For "
        "%(explained)s of them it counted repeated votes too; %(unexplained)s remain unexplained."
    ),
    "counts_differ_without_list": _(
        "For %(statements)s statements the file of statements has other counts than the matrix: "
        "%(more)s more and %(fewer)s fewer. There is no vote list to explain them by. The matrix counts."
    ),
    "summary_statements": _(
        "The summary names %(stated)s statements and the file has %(read)s. The summary leaves out the "
        "%(never_voted_on)s statements that nobody voted on."
    ),
    "summary_voters": _("The summary names %(stated)s voters; %(read)s persons have voted."),
}


def note_in_words(kind: str, figures: dict[str, int]) -> str:
    """A difference between the files, as a sentence."""
    return str(NOTES[kind]) % figures
