"""Sentences of this room that more than one place says."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

NOT_PLANNED_ANY_MORE = _(
    "The round has opened, and its promise stands. Close it and plan a new one if it must change."
)
NOT_OPEN = _("The round is not open.")
CLOSE_IT_FIRST = _("Close the round first: what came of it is told when nobody can answer any more.")
TWO_CHANGED_IT = _("Somebody else has changed the round. Look at their text and save again.")

CANNOT_HOLD = {
    "thresholds_too_low": _("Groups of fewer than five, or ten in breakdowns, are never shown. Choose more."),
    "breakdown_below_total": _(
        "The smallest group in breakdowns can't be smaller than the smallest group of all."
    ),
    "nobody_is_asked": _(
        "Nobody is asked yet. Choose a unit or a committee, hand out codes, or open a link."
    ),
    "secret_by_link": _("An open link can't be secret. Choose who is asked, or make the round confidential."),
    "fewer_than_smallest_group": _(
        "Fewer people are asked than the smallest group that may be shown, so there would never be a result. "
        "Ask more people, or ask with names."
    ),
    "over_before_it_began": _("The last day lies before the first, or has passed. Choose a later one."),
    "no_legal_basis": _(
        "Say on what legal basis people are asked. It stands in the privacy notice above the form."
    ),
    "no_disposal": _(
        "Name the decision on disposal (gallringsbeslut). It must stand there before the round opens."
    ),
}

CODES_BEFORE_OPENING = _(
    "Codes are made before the round opens: nobody is added once answers have come, or the newcomer's "
    "answer could be told from the difference. Plan another round for those who are missing."
)
TOO_MANY_CODES = _("A round can have at most %(most)s codes on paper.")
NO_PAPER_HERE = _(
    "This round can't be answered on paper or by telephone: whoever typed it in would see a secret answer."
)
ENTERED_BEFORE = _("This code was entered before, on %(day)s. A sheet counts once.")
ANSWERED_THEMSELVES = _("Whoever holds this code has answered on their own device. What they said stands.")
NOTHING_SET_APART = _("Nothing is set apart.")
NOTHING_ON_IT = _("Nothing is answered on this sheet. Put it aside, or fill in at least one line.")
TOO_FEW_HANDS = _("Fewer than %(smallest)s hands on a line could show who they were. Leave the line out.")
UNKNOWN_CODE = _(
    "We do not know this code. Look at it once more, sign by sign, or ask whoever gave it to you."
)
NOT_ASKED = _(
    "Your account is not among those who are asked here. If you were handed a code, type it below; "
    "otherwise ask whoever sent you."
)
TOO_OFTEN = _("Too many codes that we do not know have come from your network. Wait a minute and try again.")
TOO_MANY_AT_ONCE = _(
    "Very many begin from your network right now. Wait a minute and try again; nothing is lost."
)

INFLUENCE = {
    "informed": _("You are told what happens. What you say is read, but it changes nothing that is decided."),
    "consulted": _("What you say is read before it is decided, and you are told what came of it."),
    "cooperation": _(
        "What you say is worked on together with people who are affected before it is decided, and you are "
        "told what came of it."
    ),
    "co_decision": _("What you say decides, within the frame that is described here."),
}
INFLUENCE_NAMES = {
    "informed": _("We inform"),
    "consulted": _("We ask and listen"),
    "cooperation": _("We work it out together"),
    "co_decision": _("You decide with us"),
}
STATES = {
    "planned": pgettext_lazy("state of a round", "planned"),
    "open": pgettext_lazy("state of a round", "open"),
    "closed": pgettext_lazy("state of a round", "closed"),
}
CLOSING = {
    "named": _("No more answers are taken from then on. The round can't be opened again."),
    "confidential": _(
        "No more answers are taken from then on, and the key that leads from names to answers is destroyed. "
        "The round can't be opened again."
    ),
    "secret": _(
        "No more ballots are taken from then on, and the names are taken off those in the urn. The round "
        "can't be opened again. Two of the three holders can open the urn as soon as it has closed."
    ),
}
CLOSED = {
    "named": _("The round is closed."),
    "confidential": _("The round is closed. Nothing leads from names to answers any more."),
    "secret": _("The round is closed. The names are taken off the ballots."),
}
TIERS = {
    "roster": _("asked by name or code"),
    "verified": _("signed in, not asked by name"),
    "open": _("by the open link, unverified"),
}
CHANNELS = {
    "own_device": _("on a device of their own"),
    "paper": _("on paper"),
    "phone": _("by telephone"),
    "kiosk": _("on a shared device"),
}
