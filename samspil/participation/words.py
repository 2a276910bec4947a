"""Sentences of this room that more than one place says."""

from django.utils.translation import gettext_lazy as _

NOT_PLANNED_ANY_MORE = _(
    "The round has opened, and its promise stands. Close it and plan a new one if it must change."
)
NOT_OPEN = _("The round is not open.")
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
