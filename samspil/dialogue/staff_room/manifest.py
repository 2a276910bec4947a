"""What the staff side's room brings to the room's manifest."""

from django.utils.translation import gettext_lazy as _

from samspil.kit.room import AS_LONG_AS_THE_CASE, PersonalData, Verb

VERBS = {
    "dialogue.staff_note_written": Verb(_("wrote a note in the staff side's room of %(committee)s")),
    "dialogue.staff_comment_written": Verb(_("commented in the staff side's room of %(committee)s")),
    "dialogue.pre_meeting_set": Verb(_("set the date of a pre-meeting in %(committee)s")),
    "dialogue.staff_note_released": Verb(_("released a note of the staff side about “%(title)s”")),
}
PERSONAL_DATA = (
    PersonalData(
        "dialogue.StaffNote",
        _("Notes that you released"),
        {"released_by": _("who released it")},
        AS_LONG_AS_THE_CASE,
        "anonymise",
        _("What was released stays with the item; who released it is not needed later."),
        beside={"released_at": _("released at")},
    ),
    PersonalData(
        "dialogue.StaffText",
        _("Notes in the staff side's room"),
        {"written_by": _("who wrote it")},
        AS_LONG_AS_THE_CASE,
        "anonymise",
        _("A note is the staff side's; who typed it is not needed later."),
        beside={"title": _("title"), "text": _("text"), "written_at": _("written at")},
    ),
    PersonalData(
        "dialogue.StaffComment",
        _("Comments in the staff side's room"),
        {"written_by": _("who wrote it")},
        AS_LONG_AS_THE_CASE,
        "anonymise",
        _("A comment is the staff side's; who typed it is not needed later."),
        beside={"text": _("text"), "written_at": _("written at")},
    ),
    PersonalData(
        "dialogue.PreMeeting",
        _("Dates of pre-meetings"),
        {"set_by": _("who set it")},
        AS_LONG_AS_THE_CASE,
        "anonymise",
        _("The date stays; who set it is not needed later."),
        beside={"on": _("date"), "place": _("place"), "set_at": _("set at")},
    ),
)
