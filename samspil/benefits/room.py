"""What this room brings to the house."""

from django.utils.translation import gettext_lazy as _

from samspil.benefits import boards, notices, panels
from samspil.benefits.permissions import PERMISSIONS
from samspil.kit.room import AS_LONG_AS_THE_CASE, MenuEntry, Panel, PersonalData, Room, ThingKind, Verb

_WHO_IT_WAS_GOES = _("What was promised and measured stays; who entered it is not needed later.")

PERSONAL_DATA = (
    PersonalData(
        "benefits.Benefit",
        _("Benefits"),
        {"owner": _("who owns it"), "deputy": _("deputy"), "excused_by": _("who let it go live")},
        AS_LONG_AS_THE_CASE,
        "anonymise",
        _("Who answers for a benefit must be known while it is followed; afterwards the name goes."),
        beside={
            "title": _("title"),
            "measured_as": _("what is measured"),
            "source": _("data source"),
            "gains": _("who gains"),
            "pays": _("who pays"),
            "excuse": _("why it goes live without"),
            "accepted_at": _("accepted at"),
        },
    ),
    PersonalData(
        "benefits.Baseline",
        _("Starting points of benefits"),
        {"recorded_by": _("who recorded it")},
        AS_LONG_AS_THE_CASE,
        "anonymise",
        _WHO_IT_WAS_GOES,
        beside={
            "value": _("value"),
            "measured_on": _("measured on"),
            "method": _("how it was measured"),
            "because": _("reason"),
            "recorded_at": _("recorded at"),
        },
    ),
    PersonalData(
        "benefits.Target",
        _("Targets of benefits"),
        {"set_by": _("who set it")},
        AS_LONG_AS_THE_CASE,
        "anonymise",
        _WHO_IT_WAS_GOES,
        beside={
            "likely": _("likely target"),
            "by": _("to be reached by"),
            "because": _("reason"),
            "set_at": _("set at"),
        },
    ),
    PersonalData(
        "benefits.Measurement",
        _("Measured benefits"),
        {"measured_by": _("who recorded it")},
        AS_LONG_AS_THE_CASE,
        "anonymise",
        _WHO_IT_WAS_GOES,
        beside={
            "on": _("day"),
            "value": _("value"),
            "source": _("data source"),
            "note": _("worth knowing"),
            "recorded_at": _("recorded at"),
        },
    ),
    PersonalData(
        "benefits.Deviation",
        _("Why benefits came otherwise"),
        {"said_by": _("who said it")},
        AS_LONG_AS_THE_CASE,
        "anonymise",
        _("The reason stays; who gave it is not needed later."),
        beside={"text": _("reason"), "does": _("what is done about it"), "said_at": _("said at")},
    ),
    PersonalData(
        "benefits.FreedTime",
        _("Decisions on freed time"),
        {"decided_by": _("who decided")},
        AS_LONG_AS_THE_CASE,
        "anonymise",
        _("The decision is a record and stays; who took it goes."),
        beside={
            "what_for": _("what the time is used for"),
            "not_heard_because": _("why the committee was not heard"),
            "decided_on": _("decided on"),
        },
    ),
    PersonalData(
        "benefits.ClosingReport",
        _("Closing reports"),
        {"written_by": _("who wrote it")},
        AS_LONG_AS_THE_CASE,
        "anonymise",
        _("The report is a record and stays; who wrote it goes."),
        beside={
            "number": _("number"),
            "account": _("what came of it"),
            "repeat": _("what others should repeat"),
            "avoid": _("what others should not do"),
            "written_at": _("written at"),
        },
    ),
)

VERBS = {
    "benefits.registered": Verb(
        _("put “%(title)s” into the benefit register; owner: %(owner)s"), notices.of_asking
    ),
    "benefits.changed": Verb(
        _("changed what is said of the benefit “%(title)s”; owner: %(owner)s"), notices.of_asking
    ),
    "benefits.taken_out": Verb(_("took the benefit “%(title)s” out of the register: %(because)s")),
    "benefits.accepted": Verb(_("said yes to owning the benefit “%(title)s”"), notices.of_answer),
    "benefits.declined": Verb(_("said no to owning the benefit “%(title)s”: %(because)s"), notices.of_answer),
    "benefits.handed_over": Verb(
        _("handed the benefit “%(title)s” over from %(before)s to %(owner)s: %(because)s"), notices.of_asking
    ),
    "benefits.excused": Verb(
        _("said why the benefit “%(title)s” goes live without all that is asked for: %(because)s")
    ),
    "benefits.prerequisite_met": Verb(
        _("marked a prerequisite of “%(title)s” as met on %(met_on)s: %(text)s")
    ),
    "benefits.baseline_recorded": Verb(
        _(
            "recorded the starting point of “%(title)s” as %(value)s %(unit)s, measured on %(on)s (before:"
            " %(before)s)"
        )
    ),
    "benefits.target_set": Verb(
        _("set the target of “%(title)s” to %(value)s %(unit)s by %(by)s (before: %(before)s): %(because)s"),
        notices.of_asking,
    ),
    "benefits.measuring_planned": Verb(
        _("planned the measuring of “%(title)s” from %(first_on)s until %(until)s")
    ),
    "benefits.measured": Verb(_("measured “%(title)s” on %(on)s: %(value)s %(unit)s")),
    "benefits.measurements_brought": Verb(_("brought figures of “%(title)s” in a list: %(count)s")),
    "benefits.deviation_explained": Verb(_("said why “%(title)s” came otherwise than promised: %(text)s")),
    "benefits.added_to_map": Verb(_("put “%(what)s” on the benefit map")),
    "benefits.removed_from_map": Verb(_("took “%(what)s” from the benefit map")),
    "benefits.arrow_drawn": Verb(_("drew an arrow on the benefit map from “%(start)s” to “%(end)s”")),
    "benefits.arrow_taken_away": Verb(
        _("took away the arrow on the benefit map from “%(start)s” to “%(end)s”")
    ),
    "benefits.freed_time_decided": Verb(
        _("decided on %(decided_on)s what the time freed by “%(title)s” is used for: %(what_for)s")
    ),
    "benefits.report_written": Verb(_("wrote closing report %(number)s of “%(title)s”")),
}


ROOM = Room(
    name="benefits",
    title=_("Benefits"),
    permissions=PERMISSIONS,
    menu=(MenuEntry(_("Benefits"), "benefits:overview", "benefits.see_overview", 28),),
    panels=(Panel(_("Benefits"), "benefits/_panel.html", panels.of_initiative, order=50),),
    leadership=(Panel(_("Benefits"), "benefits/_leadership.html", panels.of_leadership),),
    evidence=boards.EVIDENCE,
    things={
        "benefit": ThingKind(_("benefit"), boards.benefit_cards),
        "freed_time": ThingKind(_("decision on freed time"), boards.freed_time_cards),
        "closing_report": ThingKind(_("closing report"), boards.report_cards),
    },
    verbs=VERBS,
    search={"benefit": boards.benefit_texts, "closing_report": boards.report_texts},
    sealed={"benefit": boards.sealed_benefits, "closing_report": boards.sealed_reports},
    calendar=boards.calendar,
    waiting=boards.waiting_for,
    left_behind=boards.left_behind,
    content_keys={"indicators": ("key",)},
    ticks=(notices.remind,),
    personal_data=PERSONAL_DATA,
)
