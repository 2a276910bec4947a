"""What is done with dossiers."""

from samspil.dialogue.dossier import actions
from samspil.dialogue.dossier.models import Dossier
from samspil.dialogue.permissions import PERMISSIONS
from samspil.organisation.viewer import Viewer
from tests.permissions.payloads.deed import Deed, reads, who
from tests.permissions.world import World


def _made(world: World) -> Dossier:
    rows = Dossier.objects.select_related("initiative__thing")
    return rows.get(ref=world.refs["dossier"])


def _order(world: World, by: Viewer) -> object:
    return actions.order_dossier(initiative=world.initiative(), language="da", **who(world, by))


DEEDS = (
    reads(PERMISSIONS, "see_dossiers", World.initiative),
    reads(PERMISSIONS, "download_dossier", _made),
    Deed("dialogue.order_dossier", _order, "dialogue:order_dossier", lambda _world: {}),
)
