"""The table of permissions, as it is enforced, for people to read."""

from dataclasses import dataclass
from typing import Any

from samspil.kit import house
from samspil.kit.permission import Permissions
from samspil.web.permissions import PERMISSIONS


@dataclass(frozen=True)
class RoomTable:
    title: Any
    rows: tuple[tuple[str, str, Any], ...]


def permission_tables() -> list[Permissions]:
    """Every table of the house."""
    return [*(room.permissions for room in house.rooms()), PERMISSIONS]


def permission_table() -> list[RoomTable]:
    """Action, who, in the reader's words, and the sentence on the closed door."""
    from django.utils.translation import gettext as _

    titles = {room.name: room.title for room in house.rooms()} | {"web": _("The whole house")}
    return [
        RoomTable(
            titles[table.room],
            tuple((action, permission.in_words, permission.sentence) for action, permission in table.items()),
        )
        for table in permission_tables()
    ]
