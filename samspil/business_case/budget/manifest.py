"""What budgets bring to the room's manifest."""

from django.utils.translation import gettext_lazy as _

from samspil.business_case.budget import boards
from samspil.kit.room import AS_LONG_AS_THE_CASE, PersonalData, ThingKind, Verb

THINGS = {"budget_cut": ThingKind(_("taken from a budget"), boards.cards)}
SEALED = {"budget_cut": boards.sealed}
VERBS = {
    "business_case.cut_entered": Verb(
        _("entered that %(amount)s was taken from %(unit_name)s, %(account)s, in %(year)s: “%(title)s”")
    ),
    "business_case.cut_taken_back": Verb(
        _("took back an entry of what was taken from %(unit_name)s: %(because)s")
    ),
}
PERSONAL_DATA = (
    PersonalData(
        "business_case.BudgetCut",
        _("What was taken from budgets"),
        {"entered_by": _("who entered it"), "taken_back_by": _("who took the entry back")},
        AS_LONG_AS_THE_CASE,
        "anonymise",
        _("What was taken stays; who typed it goes."),
        beside={
            "account": _("account"),
            "year": _("year"),
            "source": _("source"),
            "taken_back_because": _("why it was taken back"),
            "entered_at": _("entered at"),
        },
    ),
)
