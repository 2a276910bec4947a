"""What is done with what came of it."""

from collections.abc import Callable

from samspil.involvement.permissions import PERMISSIONS
from samspil.involvement.results.sources import HeldElsewhere
from tests.permissions.payloads.deed import Deed, SentAgain, reads
from tests.permissions.world import World

COMMENTS = "comment-id,moderated,comment-body\n0,1,Vagtplanen hænger sammen\n".encode()
VOTES = b"timestamp,comment-id,voter-id,vote\n" + b"".join(b"1,0,%d,1\n" % person for person in range(12))


def _result(world: World) -> HeldElsewhere:
    return HeldElsewhere(world.consultation())


DEEDS = (
    reads(PERMISSIONS, "see_result", _result),
    reads(PERMISSIONS, "export_result", _result),
    Deed(
        "involvement.import_consultation",
        address="involvement:bring_consultation",
        form=lambda world: {
            "files": [SentAgain("comments.csv", COMMENTS), SentAgain("votes.csv", VOTES)],
            "title": world.say("Vagter"),
            "source": world.say("Ny høring"),
            "language": "da",
            "smallest_group": "5",
        },
    ),
)


def _of(*more: str) -> Callable[[World], list[str]]:
    return lambda world: [world.refs["consultation"], *more]


ADDRESSES: dict[str, Callable[[World], list[str]]] = {
    "involvement:result": _of(),
    "involvement:result_statements": _of(),
    "involvement:result_map": _of(),
    "involvement:result_method": _of(),
    "involvement:result_file": _of("csv"),
    "involvement:bring_consultation": lambda world: [world.refs["initiative"]],
}
