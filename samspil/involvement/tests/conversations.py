"""A small made-up conversation for the tests: who said what, and how people answered."""

from datetime import datetime

from samspil.core import consultation as core
from samspil.initiative import actions as hall
from samspil.initiative.models import Initiative
from samspil.involvement.actions import import_consultation
from samspil.involvement.models import Consultation
from tests.cast import Cast

SAID = (
    # agree, pass, disagree
    ("Vi skal kunne se ruten dagen før.", "1", (40, 5, 5)),
    ("Telefonen er nok i bilen.", "1", (10, 5, 35)),
    ("Jeg savner en pause kl. 10.", "1", (3, 1, 0)),
    ("Ingen har svaret på det her.", "1", (0, 0, 0)),
    ("Åse skal have sin egen nøgle.", "0", (6, 2, 2)),
    ("", "-1", (9, 0, 1)),
)


def tables(said: tuple = SAID) -> dict[str, list[dict[str, str]]]:
    """The tables of the export: each statement's answers come from persons 1, 2, 3 and so on."""
    comments = [
        {"comment-id": str(number), "moderated": moderated, "comment-body": text}
        for number, (text, moderated, _counts) in enumerate(said)
    ]
    votes = [
        {"timestamp": "1", "comment-id": str(number), "voter-id": str(voter), "vote": vote}
        for number, (_text, _moderated, counts) in enumerate(said)
        for voter, vote in enumerate("1" * counts[0] + "0" * counts[1] + "m" * counts[2])
    ]
    return {"comments": comments, "votes": [row | {"vote": row["vote"].replace("m", "-1")} for row in votes]}


def initiative_of(cast: Cast, at: datetime) -> Initiative:
    lead = cast.viewer("lead")
    need = hall.raise_need(
        problem="Vagtplanen passer ikke", for_whom="Hjemmeplejen", if_nothing="Flere vikarer", by=lead, at=at
    )
    return hall.start_initiative(
        needs=[need], units=[cast.units["workplace"]], owner=cast.people["owner"], by=lead, at=at
    )


def brought_in(
    cast: Cast, initiative: Initiative, at: datetime, said: tuple = SAID, **facts: object
) -> Consultation:
    given = {
        "consultation": core.read(tables(said)),
        "source": "Egen høring",
        "input_sha256": "0" * 64,
        "title": "Ruter i hjemmeplejen",
        "language": "da",
        "by": cast.viewer("lead"),
    } | facts
    return import_consultation(initiative=initiative, at=at, **given)
