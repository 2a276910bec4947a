"""The words for what people say of a case and for what comes of it."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from samspil.business_case.contest.models import Answer, Remark

STANCES = {
    Remark.Stance.COMMENT: pgettext_lazy("stance", "says"),
    Remark.Stance.AGREES: pgettext_lazy("stance", "agrees"),
    Remark.Stance.DISAGREES: pgettext_lazy("stance", "does not agree"),
    Remark.Stance.OWN_FIGURE: pgettext_lazy("stance", "has another figure"),
}
OUTCOMES = {
    Answer.Outcome.ACCEPTED: _("your figure is in the case now"),
    Answer.Outcome.PARTLY: _("the figure was changed, to another one"),
    Answer.Outcome.NOT_ACCEPTED: _("the figure stays as it is"),
    Answer.Outcome.NOTED: _("it is answered; no figure changes"),
}
