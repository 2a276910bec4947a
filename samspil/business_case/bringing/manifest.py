"""What brought spreadsheets bring to the room's manifest."""

from django.utils.translation import gettext_lazy as _

from samspil.business_case.bringing import waiting
from samspil.kit.room import PersonalData, Verb

VERBS = {
    "business_case.file_brought": Verb(_("brought the file %(file)s for the business case “%(title)s”")),
    "business_case.columns_settled": Verb(
        _("said what the columns of %(file)s mean for the business case “%(title)s”")
    ),
    "business_case.file_taken_over": Verb(
        _("took over %(file)s into the business case “%(title)s”: %(new)s new, %(changed)s changed")
    ),
    "business_case.file_thrown_away": Verb(_("threw the file %(file)s for the case “%(title)s” away")),
}
TICKS = (waiting.tidy_daily,)
PERSONAL_DATA = (
    PersonalData(
        "business_case.BroughtFile",
        _("Spreadsheets that wait to be taken into a business case"),
        {"brought_by": _("who brought it in"), "mappings": _("how its columns are read")},
        _("until they are taken over or thrown away, at most 30 days"),
        "delete",
        _("The file may name the person. It can be brought again without them."),
        beside={"brought_at": _("brought in at")},
        erase=waiting.forget,
    ),
)
