"""The words for the hall's choices, as people read them."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

PHASES = {
    "idea": _("Idea"),
    "development": _("Development"),
    "implementation": _("Implementation"),
    "follow_up": _("Follow-up"),
    "closed": pgettext_lazy("phase", "Closed"),
    "stopped": pgettext_lazy("phase", "Stopped"),
}
ORIGINS = {
    "need": _("A need in the work or the service"),
    "law": _("Imposed by law"),
    "joint_public": _("A joint public solution"),
    "end_of_contract": _("A contract runs out"),
    "political": _("A political decision"),
}
LEVELS = {
    "main": _("The whole organisation"),
    "area": _("An area"),
    "local": _("A workplace"),
}
AI = {"yes": _("Yes"), "no": _("No"), "unknown": _("Don't know yet")}
STEP_KINDS = {
    "budget": _("Budget adopted"),
    "requirements": _("Requirements final"),
    "tender": _("Tender out"),
    "contract": _("Contract signed"),
    "decision": _("Decision taken"),
}
STATUSES = {
    "met": pgettext_lazy("demand", "Met"),
    "missing": pgettext_lazy("demand", "Missing"),
    "unknown": pgettext_lazy("demand", "Unknown"),
    "not_relevant": pgettext_lazy("demand", "Not relevant"),
}
OUTCOMES = {
    "go": _("Go on"),
    "go_with_conditions": _("Go on with conditions"),
    "adjust": _("Adjust and come back"),
    "postpone": _("Postpone"),
    "stop": _("Stop"),
}
OWED_BY = {
    "lead": _("project lead"),
    "owner": _("owner"),
    "committee": _("committee"),
    "line_manager": _("line manager"),
    "safety_rep": _("safety representative"),
    "finance": _("finance"),
}
NEED_STATUSES = {
    "waiting": pgettext_lazy("need", "Waiting"),
    "merged": pgettext_lazy("need", "Merged"),
    "answered": pgettext_lazy("need", "Being worked on"),
}
LINKS_ON = {
    "rests_on": _("rests on"),
    "led_to": _("led to"),
    "answered_by": _("is answered by"),
    "changed": _("changed"),
    "measures": _("measures"),
    "contradicts": _("contradicts"),
}
LINKS_BACK = {
    "rests_on": _("carries"),
    "led_to": _("comes from"),
    "answered_by": _("answers"),
    "changed": _("was changed by"),
    "measures": _("is measured by"),
    "contradicts": _("is contradicted by"),
}
