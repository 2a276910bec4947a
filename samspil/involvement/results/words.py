"""The words of results: how sure, why not, and what that means."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

CERTAINTY = {
    "clear": _("Clear groups"),
    "loose": _("Groups that overlap"),
    "untested": _("Groups that were not tested"),
    "very_uncertain": _("Very uncertain: few people voted"),
    "no_groups": _("No clear groups"),
    "counts_only": _("Too few people for groups"),
}
HOW_SURE = {
    "clear": _("If each person's answers are split in two halves, both halves find much the same groups."),
    "loose": _(
        "If each person's answers are split in two halves, the halves only partly find the same groups. "
        "The groups overlap: read them as tendencies, not as camps."
    ),
    "untested": _("Nobody has tested yet whether the groups would be found again."),
    "very_uncertain": _(
        "Fewer than 50 people voted. A few other people would have given another picture. "
        "Read everything below "
        "the counts as a hint and nothing more."
    ),
    "no_groups": _(
        "The answers do not fall into groups. That is a result too: people do not stand in camps."
    ),
    "counts_only": _("With fewer than 20 people there is no map and there are no groups, only counts."),
}
WHY_NO_GROUPS = {
    "few_voters": _("With fewer than 20 people there is no map and there are no groups, only counts."),
    "few_included": _("Too few people answered enough statements to be placed in groups."),
    "shuffled": _(
        "If the answers are shuffled at random among people, the map looks just as divided. "
        "So we can't say that there are groups."
    ),
    "no_parting": _("However people are divided, one of the groups is too small to mean anything."),
    "halves": _(
        "If each person's answers are split in two halves, the halves do not find the same groups. "
        "So we can't say that there are groups."
    ),
}
RELIABILITY = {
    "solid": _("solid: most in it land in the same group again when chance is let in"),
    "uncertain": _("uncertain: many in it would land in another group by chance alone"),
    "untested": _("not tested"),
}
RELIABILITY_IN_SHORT = {"solid": _("Solid"), "uncertain": _("Uncertain"), "untested": _("Not tested")}
AGREE_IN_EVERY_GROUP = _("At least %(tenths)s of 10 in every group agree.")
DISAGREE_IN_EVERY_GROUP = _("At least %(tenths)s of 10 in every group disagree.")
ALL_IN_EVERY_GROUP = _("Everybody in every group agrees.")
NONE_IN_EVERY_GROUP = _("Everybody in every group disagrees.")
AGREE = _("%(tenths)s of 10 agree.")
DISAGREE = _("%(tenths)s of 10 disagree.")
ALL_AGREE = _("Everybody agrees.")
ALL_DISAGREE = _("Everybody disagrees.")

# (every group or everybody, agree or disagree) -> the sentence for tenths, and for ten of ten
LEANING = {
    (True, "agree"): (AGREE_IN_EVERY_GROUP, ALL_IN_EVERY_GROUP),
    (True, "disagree"): (DISAGREE_IN_EVERY_GROUP, NONE_IN_EVERY_GROUP),
    (False, "agree"): (AGREE, ALL_AGREE),
    (False, "disagree"): (DISAGREE, ALL_DISAGREE),
}
HERE_AND_ELSEWHERE = {
    "agree": _("%(share)s agree here, %(others)s among the others."),
    "disagree": _("%(share)s disagree here, %(others)s among the others."),
}
HERE = {"agree": _("%(share)s agree."), "disagree": _("%(share)s disagree.")}

NOT_PLACED = ngettext_lazy(
    "%(count)s person answered too little to be placed in a group (at least %(needed)s "
    "statements are needed). "
    "Their answers count in all totals.",
    "%(count)s people answered too little to be placed in a group (at least %(needed)s "
    "statements are needed). "
    "Their answers count in all totals.",
    "count",
)
BETWEEN = ngettext_lazy(
    "%(count)s person stands between the groups and could belong to either.",
    "%(count)s people stand between the groups and could belong to either.",
    "count",
)
NOT_COMPARED = ngettext_lazy(
    "%(count)s statement was answered by too few in one of the groups. Nothing is said about how the groups "
    "differ on it.",
    "%(count)s statements were answered by too few in one of the groups. Nothing is said "
    "about how the groups "
    "differ on them.",
    "count",
)
NOT_COUNTED = ngettext_lazy(
    "%(count)s statement was answered by fewer than %(least)s people. No figures are "
    "shown for it, so that nobody "
    "can be recognised.",
    "%(count)s statements were answered by fewer than %(least)s people. No figures are "
    "shown for them, so that "
    "nobody can be recognised.",
    "count",
)
REJECTED = ngettext_lazy(
    "%(count)s statement was taken out by the moderators. It is not part of the map or of the comparison.",
    "%(count)s statements were taken out by the moderators. They are not part of the map "
    "or of the comparison.",
    "count",
)
RESPONSE_STYLE = _(
    "Part of what the map shows is a way of answering: some people agree with much, "
    "others disagree with much, "
    "whatever it is about. Read the distance between the groups with care."
)
AXES_EXCHANGEABLE = _(
    "The two directions of the map are about equally strong. Left–right and up–down could change places."
)
NOT_EVERYBODY = _(
    "Those who took part are not everybody. The result says what they think; it can't say "
    "how many think so among "
    "those who did not take part."
)
NOBODY_ANSWERED_ALL = _(
    "Nobody had to answer everything, and what was put forward late was answered by fewer."
)
NOT_WHY = _("The figures say how people answered, not why. For that, ask them.")
TIERS = {
    "roster": _("were asked by name or code"),
    "verified": _("showed who they are when they signed in"),
    "open": _("came by an open link"),
}
