"""The question models: the right questions for a phase and a level, in the regime's own language."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from samspil.dialogue.regime import NATIVE
from samspil.dialogue.words import BEFORE_STEPS
from samspil.organisation import content
from samspil.organisation.models import Content, Organisation

PHASES = ("idea", "development", "implementation", "follow_up")
LEVELS = ("main", "area", "local")


@dataclass(frozen=True)
class Question:
    """A question with what helps to answer it."""

    key: str
    ask: str
    explanation: str
    why: str
    good_answer: tuple[str, ...]
    before: str  # the binding step it must precede
    core: bool

    @property
    def in_time(self) -> str:
        """The binding step it must precede, in words."""
        return str(BEFORE_STEPS[self.before])

    @property
    def wording(self) -> dict[str, Any]:
        """As it is kept with an item."""
        return {
            "ask": self.ask,
            "explanation": self.explanation,
            "why": self.why,
            "good_answer": list(self.good_answer),
            "before": self.before,
            "core": self.core,
        }


def model_for(regime: str, phase: str, organisation: Organisation) -> Content | None:
    """The question model of a phase, native first; an organisation's own wording wins."""
    languages = [NATIVE.get(regime, ""), organisation.language, content.READING_LANGUAGE]
    return content.find("question_model", f"{regime}.{phase}", languages, organisation)


def of_level(model: Content, level: str) -> tuple[Question, ...]:
    """The questions for a level; a level the model does not know gets the nearest one above it."""
    known = levels_of(model.body)
    upward = LEVELS[LEVELS.index(level) :: -1] if level in LEVELS else ()
    nearest = next((one for one in upward if one in known), known[-1])
    return tuple(_question(entry) for entry in model.body["questions"] if nearest in entry["levels"])


def core(questions: Iterable[Question]) -> tuple[Question, ...]:
    """Enough for a small initiative."""
    return tuple(question for question in questions if question.core)


def levels_of(body: Mapping[str, Any]) -> Sequence[str]:
    """The levels a model has questions for, from the top."""
    named = {level for entry in body["questions"] for level in entry["levels"]}
    return [level for level in LEVELS if level in named]


def _question(entry: Mapping[str, Any]) -> Question:
    return Question(
        key=entry["key"],
        ask=entry["ask"],
        explanation=entry["explanation"],
        why=entry["why"],
        good_answer=tuple(entry["good_answer"]),
        before=entry["before"],
        core=entry["core"],
    )
