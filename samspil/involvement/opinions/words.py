"""Sentences of opinion rounds that more than one place says."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from samspil.involvement.opinions.models import ModerationStep, RoundStatement, Vote

VALUES: Mapping[int, "str | Promise"] = {
    Vote.Value.AGREE: pgettext_lazy("vote", "Agree"),
    Vote.Value.DISAGREE: pgettext_lazy("vote", "Disagree"),
    Vote.Value.PASS: pgettext_lazy("vote", "Pass"),
}
STATES: Mapping[str, "str | Promise"] = {
    RoundStatement.State.WAITING: pgettext_lazy("statement", "Waits for a moderator"),
    RoundStatement.State.ACCEPTED: pgettext_lazy("statement", "Others are asked about it"),
    RoundStatement.State.REJECTED: pgettext_lazy("statement", "Not taken in"),
}

# The rules of moderation, as they are published beside every field for a statement of one's own.
RULES = {
    "several": _("It says more than one thing, so nobody knows what agreeing means."),
    "off_topic": _("It is about something else than what is asked."),
    "person": _("It is about somebody who can be recognised, or holds personal data."),
    "hurtful": _("It insults or threatens somebody, or speaks ill of a group of people."),
    "duplicate": _("Another statement here says the same."),
    "unclear": _("It can't be understood, or it is a question."),
}

NOT_OPEN_ANY_MORE = _("The round is not open any more, so nothing can be answered or changed.")
NOT_HERE = _("This statement is not asked about. Go on to the next one.")
SECRET_HAS_NO_VOTES = _("In a secret round the answers are given all at once, in a sealed envelope.")
STEPS: Mapping[str, "str | Promise"] = {
    ModerationStep.Step.ADDED: pgettext_lazy("moderation", "added"),
    ModerationStep.Step.ACCEPTED: pgettext_lazy("moderation", "taken in"),
    ModerationStep.Step.REJECTED: pgettext_lazy("moderation", "left out"),
    ModerationStep.Step.APPEALED: pgettext_lazy("moderation", "appealed against"),
    ModerationStep.Step.UPHELD: pgettext_lazy("moderation", "taken in after an appeal"),
    ModerationStep.Step.DISMISSED: pgettext_lazy("moderation", "left out after an appeal"),
}
