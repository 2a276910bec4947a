"""The words for the organisation's choices, as people read them."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

ROLES = {
    "administrator": pgettext_lazy("role", "administrator"),
    "director": pgettext_lazy("role", "director"),
    "digital_lead": pgettext_lazy("role", "head of digitalisation"),
    "line_manager": pgettext_lazy("role", "line manager"),
    "project_lead": pgettext_lazy("role", "project lead"),
    "consultant": pgettext_lazy("role", "union or national consultant (reads)"),
    "auditor": pgettext_lazy("role", "auditor (reads)"),
}
SEATS = {
    "chair": pgettext_lazy("seat", "chair"),
    "vice_chair": pgettext_lazy("seat", "vice-chair"),
    "secretary": pgettext_lazy("seat", "secretary"),
    "member": pgettext_lazy("seat", "member"),
    "adjuster": pgettext_lazy("seat", "approves the minutes for a union"),
}
QUORUM = {
    "": pgettext_lazy("quorum", "As in the examples of your agreement"),
    "half_of_each_side": _("At least half of each side has come"),
    "one_of_each_side": _("Somebody from each side has come"),
    "none": _("The rules name none"),
}
SIDES = {"management": pgettext_lazy("side", "management"), "staff": pgettext_lazy("side", "staff")}
GROUP_KINDS = {
    "staff": _("Staff"),
    "citizens": _("Citizens"),
    "companies": _("Companies"),
    "associations": _("Associations"),
    "partners": _("Partners"),
}
BARRIERS = {
    "device": _("No fitting device"),
    "digital_skills": _("Little practice with digital services"),
    "administrative_skills": _("Little practice with letters and forms"),
    "language": _("Another first language"),
    "no_helper": _("Nobody who can act for them"),
    "exempt": _("Exempt from digital post"),
    "time_and_place": _("Shifts, distance or no desk"),
}
OUTSIDE_AVERAGE = {
    "disability": _("Disability or illness"),
    "old_age": _("High age"),
    "children": _("Children and young people"),
    "newcomers": _("New in the country"),
    "night_work": _("Works at night or alone"),
    "short_contract": _("Temporary or on call"),
    "protected_identity": _("Protected name and address"),
}
WHAT_ERASURE_DOES = {
    "delete": _("It is deleted."),
    "anonymise": _("It stays without the person's name."),
    "keep": _("It stays."),
}
