"""On what legal basis people are asked: a sentence by country to begin with, from dated content."""

from dataclasses import dataclass

from samspil.organisation import content
from samspil.organisation.models import Organisation
from samspil.participation.promising import LAWS_ON_DISPOSAL


@dataclass(frozen=True)
class LegalBasis:
    """The proposed sentence, how it is adapted, and what is named about disposal where that is asked for."""

    text: str = ""
    adapt: str = ""
    disposal: str = ""
    source: str = ""


def proposed(organisation: Organisation, text_language: str, reader: str) -> LegalBasis:
    """The sentence in the language of those who are asked, the advice in the reader's."""
    sentence, advice = _found(organisation, text_language), _found(organisation, reader)
    return LegalBasis(
        sentence.get("text", ""),
        advice.get("adapt", ""),
        advice.get("disposal", ""),
        advice.get("source", ""),
    )


def needs_disposal(organisation: Organisation) -> bool:
    return organisation.country in LAWS_ON_DISPOSAL


def _found(organisation: Organisation, language: str) -> dict[str, str]:
    row = content.find("legal_basis", organisation.country, (language, "en"), organisation)
    return dict(row.body) if row else {}
