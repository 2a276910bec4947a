"""Rounds of opinions in the demo: made-up statements, and answers drawn by lot with the seed the texts name.

People plan, open and close a round through the actions they use. The answers are written at once: nobody in
the demo has given them, the round says so, and a hundred people at the door one by one would take a minute.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from random import Random
from typing import TYPE_CHECKING, Any

from samspil.involvement.opinions import actions as opinions
from samspil.involvement.opinions.models import RoundStatement, Vote
from samspil.involvement.results import actions as results
from samspil.organisation.viewer import Viewer
from samspil.participation import actions as rounds
from samspil.participation.actions import Plan
from samspil.participation.codes import hashed
from samspil.participation.models import Participant, Round
from samspil.web.demo_house.texts import Event

if TYPE_CHECKING:
    from samspil.web.demo_house.story import Story


def ask_round(story: "Story", event: Event, by: Viewer, at: datetime) -> None:
    """Planned, written and opened on one day."""
    told = event["rounds"][event["round"]]
    language = story.house.organisation.language
    plan = Plan(
        title=told["title"],
        purpose=told["purpose"],
        language=language,
        legal_basis=told["legal_basis"],
        opens_on=by.today,
        closes_on=story.house.day(event["until"]),
        by_link=True,
    )
    planned = rounds.plan_round(plan=plan, initiative=story.initiative(event), by=by, at=at)
    written = [one["text"] for one in told["statements"]]
    opinions.add_statements(round_=planned, written=written, language=language, by=by, at=at)
    story.rounds[event["round"]] = rounds.open_round(round_=planned, by=by, at=at)


def answer_round(story: "Story", event: Event, by: Viewer, _at: datetime) -> None:
    """Answers that nobody gave."""
    told, round_ = event["rounds"][event["round"]], story.rounds[event["round"]]
    dice = Random(told["seed"])  # noqa: S311 - made-up answers
    came = Participant.objects.bulk_create(_people(round_, told, by))
    asked = RoundStatement.objects.filter(round=round_).order_by("number")
    Vote.objects.bulk_create(_votes(came, list(asked), told, by, dice), batch_size=500)


def close_round(story: "Story", event: Event, by: Viewer, at: datetime) -> None:
    """Closed, its result computed, and what came of it told to those who answered."""
    closed = rounds.close_round(round_=story.rounds[event["round"]], by=by, at=at)
    results.make_ordered({"organisation": by.organisation.ref, "source": closed.ref}, at)
    closed.refresh_from_db()
    rounds.tell_what_came_of_it(round_=closed, text=event["came_of_it"], version=closed.version, by=by, at=at)


def _people(round_: Round, told: Mapping[str, Any], by: Viewer) -> Iterator[Participant]:
    """Every third was signed in, the others came by the link."""
    for number in range(sum(told["groups"])):
        yield Participant(
            organisation=by.organisation,
            round=round_,
            key=hashed(f"made up {round_.title} {number}"),
            tier=Participant.Tier.OPEN if number % 3 else Participant.Tier.VERIFIED,
            joined_on=by.today,
        )


def _votes(
    came: list[Participant], asked: list[RoundStatement], told: Mapping[str, Any], by: Viewer, dice: Random
) -> Iterator[Vote]:
    group_of = [place for place, size in enumerate(told["groups"]) for _ in range(size)]
    for person, group in zip(came, group_of, strict=True):
        for said, one in zip(asked, told["statements"], strict=True):
            if dice.random() < told.get("reached", 0.9):
                agree, passed = one["likely"][group]
                drawn = dice.random()
                yield Vote(
                    organisation=by.organisation,
                    participant=person,
                    statement=said,
                    value=1 if drawn < agree else 0 if drawn < agree + passed else -1,
                    day=by.today,
                )


SCENES: dict[str, Callable[..., None]] = {
    scene.__name__: scene for scene in (ask_round, answer_round, close_round)
}
