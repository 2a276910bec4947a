"""A main committee with committees below, and an item that it sends down to them."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest

from samspil.dialogue import queries as dialogue
from samspil.dialogue.models import Item
from samspil.dialogue.replies import actions, queries
from samspil.dialogue.replies.models import Asked, Reply, Sending
from samspil.dialogue.tests.conftest import Play, play, play_under
from samspil.organisation.models import Committee

__all__ = ["play", "play_under"]
DUE = date(2026, 3, 2)
IN_TIME, LATE = date(2026, 2, 20), date(2026, 3, 5)


@dataclass
class Below:
    """The item of the main committee, and short ways to send it down and to reply."""

    play: Play
    item: Item

    def locals(self, count: int = 0) -> list[Committee]:
        """The local committees; more of them when asked for."""
        area = self.play.cast.committees["area"]
        Committee.objects.bulk_create(
            Committee(
                organisation=self.play.cast.organisation,
                parent=area,
                unit=self.play.cast.units["workplace"],
                name=f"Lokaludvalg {number:03}",
                level="local",
                staff_meeting=number % 2 == 0,
            )
            for number in range(count)
        )
        return queries.below(self.item.committee)

    def questions(self) -> list[actions.NewQuestion]:
        found = dialogue.questions_of(self.item)[:2]
        return [actions.NewQuestion(one.key, one.wording) for one in found]

    def send(self, committees: list[Committee] | None = None, **facts: Any) -> Sending:
        does = {"due": DUE, "why": "Vi vil vide, hvad I oplever", **self.play.by("secretary"), **facts}
        chosen = self.locals() if committees is None else committees
        made = actions.send_down(item=self.item, committees=chosen, questions=self.questions(), **does)
        found = queries.sending(made.ref)
        assert found
        return found

    def asked(self, sending: Sending) -> Asked:
        """The committee of the cast."""
        mine = self.play.cast.committees["local"], self.play.cast.committees["area"]
        found = queries.asked(Asked.objects.get(sending=sending, committee__in=mine).ref)
        assert found
        return found

    def answers(self, sending: Sending, text: str = "Vi mangler tid") -> list[actions.NewAnswer]:
        return [actions.NewAnswer(one, text, "staff") for one in queries.questions_of(sending)]

    def reply(
        self, sending: Sending, on: date = IN_TIME, text: str = "Vi mangler tid", **facts: Any
    ) -> Reply:
        newest = queries.newest_reply(self.asked(sending))
        told = {"way": "meeting", "held_on": on, "took_part": 9, "version": newest.version if newest else 0}
        return actions.give_reply(
            asked=self.asked(sending),
            **{**told, "answers": self.answers(sending, text), **self.play.by("chair", on), **facts},
        )


@pytest.fixture
def below(play: Play) -> Below:
    item = play.item(committee=play.cast.committees["main"])
    found = dialogue.item(item.ref)
    assert found
    return Below(play, found)
