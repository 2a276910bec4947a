"""What is done with what people said."""

from samspil.involvement import actions
from samspil.involvement.permissions import PERMISSIONS
from samspil.organisation.viewer import Viewer
from tests.permissions.payloads.deed import Deed, reads, who
from tests.permissions.world import World, conversation


def _bring_in(world: World, by: Viewer) -> object:
    return actions.import_consultation(
        initiative=world.initiative(),
        consultation=conversation(str),
        source="Ny høring",
        input_sha256="1" * 64,
        **who(world, by),
    )


DEEDS = (
    reads(PERMISSIONS, "see_consultation", World.consultation),
    reads(PERMISSIONS, "see_statement", World.statement),
    reads(PERMISSIONS, "export_consultation", World.consultation),
    Deed("involvement.import_consultation", _bring_in),
)
