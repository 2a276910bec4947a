"""What this room brings to the house."""

from django.utils.translation import gettext_lazy as _

from samspil.involvement.permissions import PERMISSIONS
from samspil.kit.room import Room

ROOM = Room(name="involvement", title=_("Involvement"), permissions=PERMISSIONS)
