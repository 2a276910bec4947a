"""What this room brings to the house."""

from django.utils.translation import gettext_lazy as _

from samspil.kit.room import MenuEntry, Panel, PersonalData, Room, ThingKind, Verb
from samspil.participation.erasing import forget_in_rounds
from samspil.participation.organising import boards, clockwork, notices, pages
from samspil.participation.permissions import PERMISSIONS
from samspil.participation.urn import closing, manifest

AS_LONG_AS_THE_CASE = _("as long as the case is kept by the organisation's retention rules")
AS_LONG_AS_THE_ROUND = _("as long as the round and what came of it are kept")

PERSONAL_DATA = (
    PersonalData(
        "participation.Round",
        _("Rounds"),
        {"planned_by": _("who planned it")},
        AS_LONG_AS_THE_CASE,
        "anonymise",
        _("The round stays; who planned it goes."),
        beside={"title": _("title"), "planned_at": _("planned at")},
    ),
    PersonalData(
        "participation.Participant",
        _("Taking part"),
        {"person": _("who took part, in rounds with names"), "entered_by": _("who typed it in")},
        AS_LONG_AS_THE_ROUND,
        "delete",
        _(
            "With names, and in confidence while the round is open: you and your answers go. After that "
            "nothing leads to you. What you typed in for others stays without your name."
        ),
        beside={"round": _("round"), "joined_on": _("on")},
        erase=forget_in_rounds,
    ),
    PersonalData(
        "participation.Elector",
        _("Who was asked"),
        {"person": _("who was asked")},
        AS_LONG_AS_THE_ROUND,
        "delete",
        _(
            "That you were asked goes with you. What you answered in confidence can't be found by your name "
            "once the round has closed."
        ),
        beside={"round": _("round")},
        erase=manifest.forget_elector,
    ),
    PersonalData(
        "participation.HandCount",
        _("Hands counted in meetings"),
        {"counted_by": _("who counted")},
        AS_LONG_AS_THE_CASE,
        "anonymise",
        _("The tally stays; who counted goes."),
        beside={"where": _("meeting"), "on": _("on")},
    ),
    *manifest.PERSONAL_DATA,
)

ROOM = Room(
    name="participation",
    title=_("Rounds of questions"),
    permissions=PERMISSIONS,
    about=(
        MenuEntry(_("Rounds of questions"), "participation:rounds", "participation.see_rounds", order=45),
    ),
    panels=(Panel(_("Ask people"), "participation/rounds/_panel.html", pages.panel, order=42),),
    things={"round": ThingKind(_("round of questions"), boards.cards)},
    search={"round": boards.texts},
    calendar=boards.calendar,
    waiting=boards.waiting,
    content_keys={"legal_basis": ("country",)},
    ticks=(*clockwork.TICKS, closing.tick),
    verbs={
        "participation.round_planned": Verb(_("planned the round “%(title)s”")),
        "participation.round_changed": Verb(_("changed the plan of the round “%(title)s”")),
        "participation.round_opened": Verb(_("opened the round for %(electors)s people"), notices.of_opening),
        "participation.round_closed": Verb(_("closed the round"), notices.of_close),
        "participation.codes_made": Verb(_("made %(count)s codes for “%(group)s”")),
        "participation.codes_taken_back": Verb(_("took back %(count)s codes of “%(group)s”")),
        "participation.hands_counted": Verb(_("counted hands at “%(where)s”")),
        "participation.set_apart": Verb(_("set %(count)s participants by the open link apart")),
        "participation.let_in": Verb(_("let %(count)s participants in: %(because)s")),
        "participation.what_came_of_it_told": Verb(_("told those who took part what came of it")),
        **manifest.VERBS,
    },
    personal_data=PERSONAL_DATA,
    left_out_of_backups=manifest.LEFT_OUT_OF_BACKUPS,
    works={closing.JOB: closing.work},
)
