"""Requests, deadlines and waiting in plain and neutral words."""

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from samspil.core.remedy_clock import Stand
from samspil.dialogue import words
from samspil.dialogue.remedies.tables import Clock
from samspil.dialogue.remedies.waits import UnionWait

UNITS = {"days": _("Days"), "working_days": _("Working days"), "months": _("Months")}
OWED_BY = {
    "management": _("The management side"),
    "committee": _("Those who run the committee"),
    "outside": _("Others, outside the organisation"),
}


def term(clock: Clock) -> str:
    """“1 month”, “7 days”, “10 working days”."""
    number = clock.number
    if clock.unit == "months":
        return ngettext("%(number)s month", "%(number)s months", number) % {"number": number}
    if clock.unit == "working_days":
        return ngettext("%(number)s working day", "%(number)s working days", number) % {"number": number}
    return ngettext("%(number)s day", "%(number)s days", number) % {"number": number}


def wait(one: UnionWait) -> str:
    """What a union's stand means for the day of the decision."""
    found = one.wait
    facts = {
        "call_by": words.day(found.call_by) if found.call_by else "",
        "day": words.day(found.decide_from) if found.decide_from else "",
    }
    return _WAITS[found.stand]() % facts


_WAITS = {
    Stand.NOT_CONCLUDED: lambda: gettext("Not concluded yet; the decision waits."),
    Stand.AGREED: lambda: gettext("Concluded in agreement; nothing waits."),
    Stand.AWAITING_SIGNATURE: lambda: gettext(
        "Ended in disagreement. The days for calling central negotiation begin when the text is signed."
    ),
    Stand.MAY_BE_CALLED: lambda: gettext(
        "Ended in disagreement. Central negotiation can be called until %(call_by)s; otherwise it may be"
        " decided from %(day)s."
    ),
    Stand.NOT_CALLED: lambda: gettext(
        "Ended in disagreement. Nobody called for central negotiation by %(call_by)s; it may be decided from"
        " %(day)s."
    ),
    Stand.CALLED: lambda: gettext(
        "Central negotiation is called for; the decision waits until it is concluded."
    ),
    Stand.CENTRALLY_CONCLUDED: lambda: gettext("Concluded centrally; it may be decided from %(day)s."),
}
