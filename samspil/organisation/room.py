"""What this room brings to the house."""

from django.utils.translation import gettext_lazy as _

from samspil.kit.room import Room
from samspil.organisation.permissions import PERMISSIONS

ROOM = Room(name="organisation", title=_("Organisation"), permissions=PERMISSIONS)
