"""The words for the hall's choices, as people read them."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

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
DECIDERS = {
    "leader": _("A leader"),
    "council": _("The council"),
    "board": _("A board of politicians"),
    "council_committee": _("A committee of the council"),
    "delegated": _("Somebody to whom politicians have delegated it"),
}
AI = {"yes": _("Yes"), "no": _("No"), "unknown": _("Don't know yet")}
WORK_CHANGES = {
    "tasks": _("Which tasks people have, or how they do them"),
    "staffing": _("How many do the work, or who"),
    "place": _("Where the work is done"),
    "hours": _("When the work is done"),
    "monitoring": _("How the work is watched or measured"),
}
TOLD = {
    "representatives": _("The staff's representatives"),
    "staff": _("The staff it touches"),
}
WAYS = {
    "item": _("An item in the committee"),
    "meeting": _("A meeting"),
    "mail": _("A mail or letter"),
    "poster": _("A poster or notice"),
}
STEP_KINDS = {
    "budget": _("The budget is adopted"),
    "requirements": _("The requirements become final"),
    "tender": _("The tender goes out"),
    "contract": _("The contract is signed"),
    "decision": _("The decision is taken"),
    "political": _("Politicians decide"),
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

# The facts of the hall's own journal rows that are keys of a choice.
FACTS: Mapping[str, "Mapping[str, str | Promise]"] = {
    "kind": STEP_KINDS,
    "status": STATUSES,
    "outcome": OUTCOMES,
    "origin": ORIGINS,
}
ISO_DAY = re.compile(r"\d{4}-\d\d-\d\d")


class Facts(dict[str, Any]):
    """Facts for a sentence; one whose words were erased says so instead of failing."""

    def __missing__(self, name: str) -> str:
        return gettext("(words erased)")


def in_words(
    facts: Mapping[str, Any], choices: "Mapping[str, Mapping[str, str | Promise]] | None" = None
) -> Facts:
    """Facts as people read them: days in the reader's way, keys of choices as their words."""
    words = choices or {}
    return Facts({name: _in_words(value, words.get(name, {})) for name, value in facts.items()})


def _in_words(value: Any, choices: "Mapping[str, str | Promise]") -> Any:
    if isinstance(value, str) and value in choices:
        return str(choices[value])
    if isinstance(value, str) and ISO_DAY.fullmatch(value):
        return date_format(date.fromisoformat(value), "DATE_FORMAT")
    return value
