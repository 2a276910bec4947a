"""An initiative, meetings and items to play with in this room's tests."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from samspil.dialogue import actions
from samspil.dialogue.models import Item, ItemQuestion, Meeting
from samspil.initiative import actions as hall
from samspil.initiative.models import Initiative
from samspil.organisation.models import Committee
from samspil.organisation.scope import scope
from tests.cast import Cast, gather


def noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)


BOTH_POSITIONS = (
    actions.NewPosition("management", "Vi går i gang i maj."),
    actions.NewPosition("staff", "Der mangler tid til oplæring."),
)


def told_by(met_on: date) -> dict[str, Any]:
    """An answer to whatever an outcome of a meeting on a day may ask for."""
    return {
        "later": met_on + timedelta(days=14),
        "called_on": met_on,
        "notice": 3,
        **dict.fromkeys(
            ("guideline", "account", "who", "sent_to", "material", "missing", "called_by"), "Det, der var"
        ),
        "committee_above": Committee.objects.get(level="main").ref,
        "other_committee": Committee.objects.get(level="main").ref,
    }


@dataclass
class Play:
    """A cast with an initiative, and short ways to let people act on a day."""

    cast: Cast
    initiative: Initiative

    def by(self, who: str, on: date | None = None) -> dict[str, Any]:
        at = noon(on) if on else self.cast.at
        return {"by": self.cast.viewer(who, at), "at": at}

    def meeting(self, on: date, level: str = "local", **facts: Any) -> Meeting:
        return actions.plan_meeting(
            committee=self.cast.committees[level], on=on, **facts, **self.by("secretary")
        )

    def item(self, who: str = "lead", on: date | None = None, **facts: Any) -> Item:
        return actions.request_item(initiative=self.initiative, **facts, **self.by(who, on))

    def first_question(self, item: Item) -> ItemQuestion:
        return ItemQuestion.objects.select_related("item").filter(item=item).order_by("position")[0]

    def discussed(self, on: date, key: str = "discussed", **facts: Any) -> Item:
        """An item that was treated at a meeting on a day, entered on that day."""
        meeting = self.meeting(on)
        item = self.item(meeting=meeting)
        if item.meeting is None:
            actions.place_item(item=item, meeting=meeting, **self.by("secretary"))
        item = Item.objects.select_related("thing", "regime", "organisation", "committee").get(pk=item.pk)
        if "disagree" in key:
            facts.setdefault("positions", BOTH_POSITIONS)
        outcomes = [actions.NewOutcome(key, told=told_by(on))]
        return actions.record_outcome(item=item, outcomes=outcomes, **facts, **self.by("secretary", on))

    def approved(self, item: Item, on: date, *signers: str) -> Item:
        """The minutes are written, released and approved on a day."""
        minutes = actions.write_minutes(item=item, text="Drøftet.", **self.by("secretary", on))
        for act in (actions.release_minutes, actions.approve_minutes):
            for who in signers or ("chair", "vice_chair"):
                act(item=item, sha256=minutes.sha256, **self.by(who, on))
        return Item.objects.get(pk=item.pk)


def play_of(cast: Cast) -> Play:
    lead, at = cast.viewer("lead"), cast.at
    need = hall.raise_need(
        problem="Vagtplanen passer ikke", for_whom="Hjemmeplejen", if_nothing="Flere vikarer", by=lead, at=at
    )
    initiative = hall.start_initiative(
        needs=[need], units=[cast.units["workplace"]], owner=cast.people["owner"], by=lead, at=at
    )
    return Play(cast, initiative)


@pytest.fixture
def play(cast: Cast) -> Play:
    """Fjordby (MED), an initiative in the idea phase that is decided locally."""
    return play_of(cast)


@pytest.fixture
def play_under(content: None) -> Iterator[Callable[[str], Play]]:
    """The same under another regime: `play_under("MBL")`."""
    opened = []

    def under(regime: str) -> Play:
        cast = gather(f"sted-{regime.lower()}", regime)
        inside = scope(cast.organisation)
        inside.__enter__()
        opened.append(inside)
        return play_of(cast)

    yield under
    for inside in reversed(opened):
        inside.__exit__(None, None, None)
