"""Question cards: the questions for a regime, a phase and a level on one page or one sheet, for everyone.

They hold nothing but the content that the house ships, so they need no account and no organisation.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.core.cache import cache
from django.db.models import QuerySet
from django.utils import translation
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from samspil.dialogue.questions import PHASES, Question, levels_of, of_level
from samspil.dialogue.regime import NATIVE, Regime, read
from samspil.initiative.words import PHASES as PHASE_WORDS
from samspil.kit.exports import (
    Card,
    Document,
    Export,
    Heading,
    Metadata,
    Paragraph,
    write,
)
from samspil.organisation.content import READING_LANGUAGE
from samspil.organisation.models import Content

LINES_TO_WRITE_ON = 2
ONE_DAY = 24 * 60 * 60


@dataclass(frozen=True)
class QuestionCard:
    """The questions for one regime, phase and level in one language."""

    regime: Regime
    phase: str
    level: str
    model: Content
    questions: tuple[Question, ...]

    @property
    def language(self) -> str:
        return self.model.language

    @property
    def level_title(self) -> str:
        return capfirst(self.regime.levels.get(self.level, self.level))

    @property
    def phase_title(self) -> str:
        return str(PHASE_WORDS[self.phase])

    @property
    def first(self) -> list[Question]:
        """The few that are enough for a small initiative."""
        return [one for one in self.questions if one.core]

    @property
    def more(self) -> list[Question]:
        return [one for one in self.questions if not one.core]


@dataclass(frozen=True)
class Named:
    """A key of an address and how it reads."""

    key: str
    title: str


@dataclass(frozen=True)
class Phase(Named):
    levels: tuple[Named, ...]


@dataclass(frozen=True)
class Shelf:
    """What there is for one regime in one language."""

    regime: Regime
    phases: tuple[Phase, ...]


def languages_of(regime: str) -> tuple[str, ...]:
    """A regime is native in its own language and can be read in English."""
    return (NATIVE[regime], READING_LANGUAGE) if regime in NATIVE else ()


def shelves() -> Iterator[Shelf]:
    """Every card there is, regime by regime, in its own language and in English."""
    tables = {(row.key, row.language): row for row in _rows("regime")}
    models = {(row.key, row.language): row for row in _rows("question_model")}
    for regime in NATIVE:
        for language in languages_of(regime):
            if (regime, language) in tables:
                yield _shelf(read(tables[regime, language]), models)


def card(regime: str, phase: str, level: str, language: str) -> QuestionCard | None:
    """One card; without a language, or with one it does not speak, in the regime's own."""
    if phase not in PHASES or regime not in NATIVE:
        return None
    spoken = language if language in languages_of(regime) else NATIVE[regime]
    table = _rows("regime").filter(key=regime, language=spoken).first()
    model = _rows("question_model").filter(key=f"{regime}.{phase}", language=spoken).first()
    if table is None or model is None or level not in levels_of(model.body):
        return None
    return QuestionCard(read(table), phase, level, model, of_level(model, level))


def as_pdf(shown: QuestionCard) -> Export:
    """The card as a sheet to print. Content never changes under its hash, so the sheet is kept for a day."""
    key = f"question-sheet-{shown.model.sha256}-{shown.regime.language}-{shown.level}"
    return cache.get_or_set(key, lambda: write(document(shown), "pdf"), ONE_DAY)  # type: ignore[return-value]


def document(shown: QuestionCard) -> Document:
    """The card as a document: the few core questions with room to write, then the others in brief."""
    with translation.override(shown.language):
        body = shown.model.body
        return Document(
            title=f"{shown.regime.title} · {shown.level_title} · {shown.phase_title}",
            language=shown.language,
            blocks=[
                Heading(1, body["title"]),
                Paragraph(body["intro"]),
                Heading(2, _("The core questions")),
                *(_card(one) for one in shown.first),
                *([Heading(2, _("More questions to choose from"))] if shown.more else []),
                *(_brief(one) for one in shown.more),
                Paragraph(f"{body['source']} {_('Version')} {body['version']}.", small=True),
            ],
            metadata=Metadata(author="Samspil", subject=body["title"]),
        )


def _card(question: Question) -> Card:
    return Card(
        title=question.ask,
        body=question.explanation,
        hints=[
            (_("Why it matters"), question.why),
            (_("A good answer has"), _listed(question.good_answer)),
        ],
        topic=question.in_time,
        answer_lines=LINES_TO_WRITE_ON,
    )


def _brief(question: Question) -> Card:
    return Card(title=question.ask, body=question.explanation, topic=question.in_time, brief=True)


def _listed(parts: Sequence[str]) -> str:
    return " · ".join(parts)


def _shelf(regime: Regime, models: Mapping[tuple[str, str], Content]) -> Shelf:
    with translation.override(regime.language):
        return Shelf(regime, tuple(_phases(regime, models)))


def _phases(regime: Regime, models: Mapping[tuple[str, str], Content]) -> Iterator[Phase]:
    for phase in PHASES:
        model = models.get((f"{regime.key}.{phase}", regime.language))
        if model:
            known = levels_of(model.body)
            levels = tuple(Named(one, capfirst(regime.levels.get(one, one))) for one in known)
            yield Phase(phase, str(PHASE_WORDS[phase]), levels)


def _rows(kind: str) -> QuerySet[Content]:
    return Content.objects.filter(kind=kind, organisation=None, current=True)
