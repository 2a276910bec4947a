"""What the minutes of whole meetings bring to the room's manifest."""

from django.utils.translation import gettext_lazy as _

from samspil.kit.room import AS_LONG_AS_THE_CASE, PersonalData, Verb

VERBS = {
    "dialogue.minutes_left_unsigned": Verb(_("left the text about “%(title)s” unsigned: %(because)s")),
    "dialogue.meeting_released": Verb(
        _("released the minutes of %(committee)s of %(on)s: %(items)s texts, %(left_out)s left out")
    ),
    "dialogue.meeting_approved": Verb(
        _("approved the minutes of %(committee)s of %(on)s: %(items)s texts, %(left_out)s left out")
    ),
}
PERSONAL_DATA = (
    PersonalData(
        "dialogue.Reservation",
        _("Texts left unsigned"),
        {"person": _("who left it unsigned")},
        AS_LONG_AS_THE_CASE,
        "anonymise",
        _("That a seat left a text unsigned, and why, belongs to the minutes; the name goes."),
        beside={"because": _("reason"), "noted_on": _("noted on")},
    ),
)
