"""The words of results: how sure, why not, and what that means."""

from django.utils.translation import get_language, get_language_info, ngettext_lazy
from django.utils.translation import gettext_lazy as _

CLEAR_FOR_PERSONS = 0.6  # how alike the groups of two halves are from where on single persons belong clearly
CERTAINTY = {
    "clear": _("Clear groups"),
    "clear_as_wholes": _("Groups that are clear only as wholes"),
    "loose": _("Groups that overlap"),
    "untested": _("Groups that were not tested"),
    "very_uncertain": _("Very uncertain: few people voted"),
    "no_groups": _("No clear groups"),
    "counts_only": _("Too few people for groups"),
}
HOW_SURE = {
    "clear": _("If each person's answers are split in two halves, both halves find much the same groups."),
    "clear_as_wholes": _(
        "If each person's answers are split in two halves, both halves find the groups, but do not put "
        "everybody in the same one. The groups are clear as wholes; where a single person belongs is less "
        "sure."
    ),
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
HALVES = _("How alike the two halves are: %(figure)s, where 1 is the same groups and 0 is chance.")
STAYING = _(
    "In new maps, with other people and answers of the same kind, about %(tenths)s of 10 stay in their group."
)
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
    "solid": _("solid: about %(tenths)s of 10 stay in it in new maps"),
    "uncertain": _("uncertain: only about %(tenths)s of 10 stay in it in new maps"),
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
HERE_AND_IN_THE_OTHER = {
    "agree": _("%(share)s agree here, %(others)s in %(other)s."),
    "disagree": _("%(share)s disagree here, %(others)s in %(other)s."),
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
    "%(count)s person stands between the groups and could belong to either. The person is counted in the "
    "nearest group.",
    "%(count)s people stand between the groups and could belong to either. They are counted in the "
    "nearest group.",
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
ALL_STATEMENTS = _(
    "Answered by anybody: %(all)s = %(listed)s (listed) + %(removed)s (taken out by the moderators)."
)
LISTED_IN_GROUPS = _(
    "Listed: %(listed)s = %(compared)s (compared) + %(few)s (too few answers in one of the groups)."
)
LISTED = _("Listed: %(listed)s = %(compared)s (compared) + %(few)s (too few answers).")
COMPARED = _(
    "Compared: %(compared)s = %(agreed)s (agreed on) + %(dividing)s (dividing) + %(both)s (both) "
    "+ %(neither)s (neither)."
)
BOTH = _("Both means: every group leans the same way, but some clearly more than others.")
BOTH_WITHOUT_GROUPS = _("Both means: clearly more than half lean one way, and many the other.")
RESPONSE_STYLE = _(
    "Part of what the map shows is a way of answering: some people agree with much, "
    "others disagree with much, "
    "whatever it is about. Read the distance between the groups with care."
)
RESPONSE_STYLE_STRONG = _(
    "One direction of the map goes closely with how much people agree at all, whatever it is about "
    "(correlation %(figure)s, at most 1). The groups may therefore show who says yes to much and who says no "
    "to much, as well as who thinks what."
)
STRONG_STYLE = 0.6
SECOND_MAP_SAME = _(
    "We drew a second map in which each person's readiness to agree is taken off: %(share)s stand in "
    "the same group there."
)
SECOND_MAP_OTHERWISE = _(
    "We drew a second map in which each person's readiness to agree is taken off: it has %(groups)s groups "
    "instead of %(here)s."
)
SECOND_MAP_NONE = _(
    "We drew a second map in which each person's readiness to agree is taken off: it has no clear groups."
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
NINE_PARTS = _("The thin lines cut the map in nine equal parts; words and table tell who stands in which.")
WRITTEN_IN = _("written in %(language)s")
TIERS = {
    "roster": _("were asked by name or code"),
    "verified": _("showed who they are when they signed in"),
    "open": _("came by an open link"),
}


def graded(certainty: str, halves: float | None) -> str:
    """The key of the word for how sure: groups that are clear are graded by how alike two halves are."""
    if certainty == "clear" and halves is not None and halves < CLEAR_FOR_PERSONS:
        return "clear_as_wholes"
    return certainty


def written_in(language: str) -> str:
    """“written in English”, where that is not the language of the page."""
    reader = get_language() or "en"
    if not language or language.lower() == reader.lower():
        return ""
    name = _name_of(language)
    return str(WRITTEN_IN) % {"language": name if reader == "en" else name.lower()}


def _name_of(language: str) -> str:
    try:
        return str(get_language_info(language.lower())["name_translated"])
    except KeyError:
        return language
