"""What this room brings to the house."""

from django.utils.translation import gettext_lazy as _

from samspil.kit.room import PersonalData, Room, Verb
from samspil.participation.permissions import PERMISSIONS

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
        "participation.Elector",
        _("Who was asked"),
        {"person": _("who was asked")},
        AS_LONG_AS_THE_ROUND,
        "delete",
        _("That you were asked goes with you. What you answered in confidence can't be found by your name."),
        beside={"round": _("round")},
    ),
    PersonalData(
        "participation.Participant",
        _("Taking part"),
        {"person": _("who took part, in rounds with names")},
        AS_LONG_AS_THE_ROUND,
        "delete",
        _("With names: you and your answers go. In confidence: nothing here leads to you."),
        beside={"round": _("round"), "joined_on": _("on")},
    ),
)

ROOM = Room(
    name="participation",
    title=_("Rounds of questions"),
    permissions=PERMISSIONS,
    verbs={
        "participation.round_planned": Verb(_("planned the round “%(title)s”")),
        "participation.round_changed": Verb(_("changed the plan of the round “%(title)s”")),
        "participation.round_opened": Verb(_("opened the round for %(electors)s people")),
        "participation.round_closed": Verb(_("closed the round")),
    },
    personal_data=PERSONAL_DATA,
)
