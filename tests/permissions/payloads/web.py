"""What is done on the pages of the whole house."""

from samspil.web.permissions import PERMISSIONS
from tests.permissions.payloads.deed import Deed, reads

DEEDS = (
    reads(PERMISSIONS, "see_home"),
    reads(PERMISSIONS, "see_permissions"),
    Deed(
        "web.save_draft",
        lambda _world, viewer: PERMISSIONS.require("save_draft", viewer),
        writes=False,
    ),
    Deed(
        "web.save_draft",
        address="save_draft",
        form=lambda _world: {"problem": "Halvt færdig"},
        journalled=0,
    ),
)
