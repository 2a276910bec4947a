"""The cast of the committees' tests, and short ways to word a question model."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import pytest

from samspil.core.question_wording import Text
from samspil.dialogue.tests.conftest import Play, play, play_under
from samspil.dialogue.wording import actions, entries, queries
from samspil.dialogue.wording.models import WordedQuestion, Wording, WordingVersion

__all__ = ["play", "play_under"]


@dataclass
class Desk:
    """The idea phase's questions on somebody's desk."""

    play: Play
    ref: str = "MED-idea"

    @property
    def model(self) -> queries.Model:
        found = queries.model(self.ref)
        assert found
        return found

    def begin(self, who: str = "chair") -> Wording:
        return actions.begin_wording(model=self.model, **self.play.by(who))

    def row(self, wording: Wording, key: str = "who_benefits", level: str = "local") -> WordedQuestion:
        rows = queries.questions_of(wording)
        return next(row for row in rows if row.key == key and level in row.levels)

    def word(
        self, row: WordedQuestion, who: str = "chair", ask: str = "Hvad er der i det for os?", **facts: Any
    ) -> WordedQuestion:
        entry = entries.of_question(row)
        native = replace(entry.native, ask=ask)
        reading = replace(entry.reading, ask=facts.pop("in_english", "What is in it for us?"))
        usual = {
            "levels": row.levels,
            "before": row.before,
            "core_question": row.core,
            "version": row.version,
        }
        return actions.word_question(
            question=row, native=native, reading=reading, **(usual | facts), **self.play.by(who)
        )

    def publish(self, wording: Wording, who: str = "chair", note: str = "Kortere") -> WordingVersion:
        wording.refresh_from_db()
        return actions.publish_wording(
            wording=wording, note=note, version=wording.version, **self.play.by(who)
        )

    def adapted(self, ask: str = "Hvad er der i det for os?") -> WordingVersion:
        wording = self.begin()
        self.word(self.row(wording), ask=ask)
        return self.publish(wording)

    def add(self, wording: Wording, **facts: Any) -> WordedQuestion:
        text = Text("Hvem passer telefonen?", "Tænk på en mandag.", "Nogen ringer altid.", ("Et navn",))
        english = Text("Who answers the phone?", "Think of a Monday.", "Somebody always calls.", ("A name",))
        usual = {"native": text, "reading": english, "levels": ["local"], "before": "decision"}
        return actions.add_question(
            wording=wording, core_question=False, **(usual | facts), **self.play.by("vice_chair")
        )


@pytest.fixture
def desk(play: Play) -> Desk:
    return Desk(play)


@pytest.fixture
def newer_house(content: None) -> Callable[..., None]:
    """The house brings a newer text of a question in the idea phase."""
    from samspil.organisation import content as rows
    from samspil.organisation.models import Content
    from tests.cast import AT

    def bring(key: str, ask: str, language: str = "da", regime: str = "MED") -> None:
        row = Content.objects.get(
            kind="question_model", key=f"{regime}.idea", language=language, organisation=None, current=True
        )
        questions = [{**one, "ask": ask} if one["key"] == key else one for one in row.body["questions"]]
        body = {**row.body, "version": "2027-01", "questions": questions}
        rows.keep("question_model", row.key, language, body, AT)

    return bring
