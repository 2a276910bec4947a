"""What is done with what people said."""

from samspil.involvement import actions
from samspil.involvement.permissions import PERMISSIONS
from samspil.involvement.results.sources import HeldElsewhere
from samspil.organisation.viewer import Viewer
from tests.permissions.payloads.deed import Deed, SentAgain, reads, who
from tests.permissions.world import World, conversation


def _bring_in(world: World, by: Viewer) -> object:
    return actions.import_consultation(
        initiative=world.initiative(),
        consultation=conversation(str),
        source="Ny høring",
        input_sha256="1" * 64,
        **who(world, by),
    )


def _result(world: World) -> HeldElsewhere:
    return HeldElsewhere(world.consultation())


COMMENTS = "comment-id,moderated,comment-body\n0,1,Vagtplanen hænger sammen\n".encode()
VOTES = b"timestamp,comment-id,voter-id,vote\n" + b"".join(b"1,0,%d,1\n" % person for person in range(12))

DEEDS = (
    reads(PERMISSIONS, "see_consultation", World.consultation),
    reads(PERMISSIONS, "see_statement", World.statement),
    reads(PERMISSIONS, "export_consultation", World.consultation),
    reads(PERMISSIONS, "see_result", _result),
    reads(PERMISSIONS, "export_result", _result),
    Deed("involvement.import_consultation", _bring_in),
    Deed(
        "involvement.import_consultation",
        address="involvement:bring_consultation",
        form=lambda world: {
            "files": [SentAgain("comments.csv", COMMENTS), SentAgain("votes.csv", VOTES)],
            "title": "Vagter",
            "source": "Ny høring",
            "language": "da",
            "smallest_group": 5,
        },
    ),
)
