"""Question cards in the organisation's own words, and of what is in work. They are seen inside only."""

from samspil.core.question_wording import Entry
from samspil.dialogue import regime as regimes
from samspil.dialogue.question_cards import QuestionCard
from samspil.dialogue.questions import levels_of, of_level
from samspil.dialogue.wording import entries
from samspil.dialogue.wording.models import Wording
from samspil.dialogue.wording.queries import Model
from samspil.organisation.content import READING_LANGUAGE
from samspil.organisation.models import Content, Organisation


def card(model: Model, level: str, language: str, organisation: Organisation) -> QuestionCard | None:
    """The card that holds here; without a language it speaks the regime's own."""
    return _card(model.in_language(language), level, organisation)


def preview(
    wording: Wording, said: tuple[Entry, ...], level: str, language: str, organisation: Organisation
) -> QuestionCard | None:
    """The card as it would be if the wording were published now."""
    house = wording.house_reading if language == READING_LANGUAGE else wording.house_native
    body = entries.body(house, said, 0, organisation.name)
    body["version"] = house.version
    return _card(Content(key=house.key, language=house.language, body=body), level, organisation)


def languages_of(model: "Model | Wording") -> tuple[str, str]:
    return model.house_native.language, model.house_reading.language


def _card(content: Content, level: str, organisation: Organisation) -> QuestionCard | None:
    regime, _dot, phase = content.key.partition(".")
    if level not in levels_of(content.body):
        return None
    table = regimes.named(regime, organisation, content.language)
    return QuestionCard(table, phase, level, content, of_level(content, level))
