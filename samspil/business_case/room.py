"""What this room brings to the house."""

from django.utils.translation import gettext_lazy as _

from samspil.business_case import boards, computing, erasing, freezing, panels, worker
from samspil.business_case.bringing import manifest as bringing
from samspil.business_case.budget import manifest as budget
from samspil.business_case.contest import boards as contest_boards
from samspil.business_case.contest import manifest as contest
from samspil.business_case.permissions import PERMISSIONS
from samspil.kit.room import AS_LONG_AS_THE_CASE, Panel, PersonalData, Room, ThingKind, Verb

PERSONAL_DATA = (
    PersonalData(
        "business_case.Case",
        _("Business cases"),
        {"begun_by": _("who began it")},
        AS_LONG_AS_THE_CASE,
        "anonymise",
        _("The case stays, because decisions rest on it; who began it goes."),
        beside={"title": _("title"), "begun_at": _("begun at")},
    ),
    PersonalData(
        "business_case.Part",
        _("Lines, shared figures and risks of business cases"),
        {"owner": _("who owns it"), "estimator": _("who estimated it")},
        AS_LONG_AS_THE_CASE,
        "anonymise",
        _("The figure stays, because decisions rest on it; who owned or estimated it goes."),
        beside={"case": _("business case"), "content": _("what it says")},
    ),
    PersonalData(
        "business_case.Edit",
        _("Changes of business cases"),
        {"by": _("who made the change")},
        AS_LONG_AS_THE_CASE,
        "anonymise",
        _("What was changed stays; who changed it, and who owned or estimated it then, goes."),
        beside={"case": _("business case"), "part": _("line"), "at": _("at")},
        find=erasing.edits_about,
        erase=erasing.forget_in_edits,
    ),
    PersonalData(
        "business_case.CaseVersion",
        _("Business cases as put before others"),
        {"frozen_by": _("who kept it")},
        AS_LONG_AS_THE_CASE,
        "anonymise",
        _("A version is a record and stays; it says roles and no names, and who kept it goes."),
        beside={
            "title": _("title"),
            "number": _("number"),
            "note": _("note"),
            "frozen_at": _("at"),
        },
    ),
)

ROOM = Room(
    name="business_case",
    title=_("Business case"),
    permissions=PERMISSIONS,
    panels=(Panel(_("Business case"), "business_case/panel.html", panels.case_in_short, order=50),),
    evidence=boards.EVIDENCE,
    things={
        "business_case": ThingKind(_("business case"), boards.case_cards),
        "case_part": ThingKind(_("part of a business case"), boards.part_cards),
        "case_version": ThingKind(_("version of a business case"), boards.version_cards),
        **contest.THINGS,
        **budget.THINGS,
    },
    verbs={
        "business_case.begun": Verb(_("began the business case “%(title)s”")),
        "business_case.changed": Verb(
            _("changed the business case “%(title)s”: %(written)s written, %(taken_out)s taken out")
        ),
        "business_case.frame_changed": Verb(_("changed what the business case “%(title)s” is computed by")),
        "business_case.moved": Verb(_("put the lines of “%(title)s” in another order")),
        "business_case.undone": Verb(_("took back a change of the business case “%(title)s”")),
        "business_case.put_before_committee": Verb(
            _("put version %(number)s of the business case “%(title)s” before the committee")
        ),
        "business_case.version_computed": Verb(
            _("computed version %(number)s of the business case “%(title)s”")
        ),
        **contest.VERBS,
        **budget.VERBS,
        **bringing.VERBS,
    },
    citable=boards.to_cite,
    left_behind=boards.left_behind,
    search={"business_case": boards.case_texts, **contest.SEARCH},
    sealed={"case_version": boards.sealed_versions, **budget.SEALED},
    personal_data=(
        *PERSONAL_DATA,
        *contest.PERSONAL_DATA,
        *budget.PERSONAL_DATA,
        *bringing.PERSONAL_DATA,
    ),
    waiting=contest_boards.waiting,
    ticks=(*contest.TICKS, *bringing.TICKS),
    content_keys={"key_figures": ("country", "version")},
    works={computing.WORK: worker.compute_ordered},
    decided=freezing.with_the_decision,
)
