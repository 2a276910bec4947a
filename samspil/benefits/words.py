"""The words for the choices of this room, as people read them."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

STATUSES = {
    "realised": pgettext_lazy("benefit", "Realised"),
    "partly": pgettext_lazy("benefit", "Partly realised"),
    "not_realised": pgettext_lazy("benefit", "Not realised"),
    "unknown": pgettext_lazy("benefit", "Unknown (overdue)"),
    "not_yet": pgettext_lazy("benefit", "Not yet"),
}
HARM_STATUSES = {
    **STATUSES,
    "realised": pgettext_lazy("disadvantage", "As small as promised"),
    "partly": pgettext_lazy("disadvantage", "Larger than promised"),
    "not_realised": pgettext_lazy("disadvantage", "Too large"),
}
TONES = {
    "realised": "success",
    "partly": "info",
    "not_realised": "error",
    "unknown": "warning",
    "not_yet": "",
}
ICONS = {
    "realised": "success",
    "partly": "info",
    "not_realised": "error",
    "unknown": "help",
    "not_yet": "time",
}
WORTHS = {
    "cashable": _("Cashable: money in a budget"),
    "reallocation": _("Freed time: hours or means for something else"),
    "qualitative": _("Qualitative: no amount is put on it"),
}
SHORT_WORTHS = {
    "cashable": _("Cashable"),
    "reallocation": _("Freed time"),
    "qualitative": _("Qualitative"),
}
PREREQUISITES = {
    "change": pgettext_lazy("prerequisite", "A change"),
    "competence": pgettext_lazy("prerequisite", "Competence"),
    "workflow": pgettext_lazy("prerequisite", "A way of working"),
}
MEANINGS = {
    "min_max_pert": _("The least and the most that can happen"),
    "p10_p90_metalog": _("One time in ten it comes out below, one time in ten above"),
    "range_90_normal": _("Nine times of ten it lies between them"),
}
EVERY = {
    0: _("Only once"),
    1: _("Every month"),
    3: _("Every three months"),
    6: _("Twice a year"),
    12: _("Once a year"),
}
CAUSES = {
    "not_used": _("It is not used as intended"),
    "later": _("It comes later than promised"),
    "prerequisites": _("A prerequisite is not there yet"),
    "estimate": _("The estimate hoped for too much, or too little"),
    "baseline": _("The starting point was wrong"),
    "surroundings": _("Something around it changed"),
    "other": _("Another reason"),
}
KINDS = {
    "solution": pgettext_lazy("benefit map", "Solution"),
    "change": pgettext_lazy("benefit map", "Changed work"),
    "benefit": pgettext_lazy("benefit map", "Benefit"),
    "goal": pgettext_lazy("benefit map", "Goal"),
}
EFFECTS = {"helps": _("helps"), "hinders": _("hinders")}
USES = {
    "reinvest": _("It stays in the work"),
    "save": _("It is saved"),
    "both": _("Some of it stays, some is saved"),
}
WAYS = {"hand": _("by hand"), "file": _("from a file"), "api": _("from another system")}
LACKS = {
    "owner": _("an owner in the line who has said yes"),
    "baseline": _("a starting point"),
    "first_on": _("a first day for measuring"),
}
MAP_FAULTS = {
    "itself": _("A thing cannot lead to itself. Choose another."),
    "twice": _("This arrow is on the map already."),
    "backwards": _(
        "The map runs from solution to changed work to benefit to goal. “%(start)s” comes after “%(end)s”;"
        " draw the arrow the other way round."
    ),
    "conflict": _(
        "The map already says the opposite about “%(start)s” and “%(end)s”. One thing cannot both help and"
        " hinder another: take that arrow away first, or split the thing into two."
    ),
    "circle": _("The arrow would close a circle: %(way)s. Take one of its arrows away first."),
}
PLACES = {
    "inside": _("inside the forecast"),
    "worse": _("worse than the forecast"),
    "better": _("better than the forecast"),
}
