"""What one's own calendar brings to the room's manifest."""

from django.utils.translation import gettext_lazy as _

from samspil.kit.room import PersonalData, Verb

VERBS = {
    "dialogue.feed_made": Verb(_("made an address for their own calendar")),
    "dialogue.feed_withdrawn": Verb(_("withdrew the address of their own calendar")),
}
PERSONAL_DATA = (
    PersonalData(
        "dialogue.FeedAddress",
        _("Address of one's own calendar"),
        {"person": _("whose calendar it is")},
        _("until it is withdrawn or renewed"),
        "delete",
        _("The address is of no use without the person."),
        beside={"made_at": _("made at"), "read_on": _("read last on")},
    ),
)
