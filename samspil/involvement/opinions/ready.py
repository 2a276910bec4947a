"""Statements that are ready to be taken: three themes of ten, with advice on how statements are written."""

from dataclasses import dataclass

from samspil.organisation import content
from samspil.organisation.models import Content
from samspil.participation.models import Round

KIND = "statement_template"


@dataclass(frozen=True)
class Ready:
    """One theme in the language of a round."""

    key: str
    title: str
    lead: str
    language: str
    advice: tuple[str, ...]
    statements: tuple[str, ...]


def themes(round_: Round) -> list[Ready]:
    """What can be taken into a round, in its language."""
    rows = content.every(KIND, [round_.language], round_.organisation)
    return [_read(row) for row in rows if row.language == round_.language]


def theme(round_: Round, key: str) -> Ready | None:
    """The theme with this key, the first where none is named."""
    return next((one for one in themes(round_) if key in (one.key, "")), None)


def _read(row: Content) -> Ready:
    body = row.body
    said = tuple(one["text"] for one in body["statements"])
    return Ready(row.key, body["title"], body["lead"], row.language, tuple(body["advice"]), said)
