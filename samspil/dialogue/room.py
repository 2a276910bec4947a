"""What this room brings to the house."""

from django.utils.translation import gettext_lazy as _

from samspil.dialogue.permissions import PERMISSIONS
from samspil.kit.room import Room

ROOM = Room(
    name="dialogue",
    title=_("Dialogue"),
    permissions=PERMISSIONS,
    content_keys={"question_model": ("regime", "phase"), "regime": ("regime",)},
)
