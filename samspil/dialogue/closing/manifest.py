"""What closing an item for a time brings to the room's manifest."""

from django.utils.translation import gettext_lazy as _

from samspil.dialogue.closing.opening import tell_opened
from samspil.kit.room import Verb

TICKS = (tell_opened,)
CONTENT_KEYS = {"confidentiality": ("country",)}
VERBS = {
    "dialogue.item_closed": Verb(_("closed “%(title)s” until %(until)s: %(because)s")),
    "dialogue.item_day_changed": Verb(
        _("changed the day on which “%(title)s” opens from %(before)s to %(until)s")
    ),
    "dialogue.item_opened": Verb(_("opened “%(title)s” to everybody")),
}
