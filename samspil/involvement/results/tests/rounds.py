"""A round of opinions for the tests: planned, opened, answered by people of two minds, closed."""

import random
from datetime import datetime, timedelta

from samspil.initiative.models import Initiative
from samspil.involvement.opinions import actions as statements
from samspil.involvement.opinions.models import RoundStatement, Vote
from samspil.involvement.results.rounds import order_results
from samspil.organisation.viewer import day_in
from samspil.participation import actions as rounds
from samspil.participation.actions import Plan
from samspil.participation.models import Participant, Round
from tests.cast import Cast

from .held import LIKELY, TEXTS, work

PLAN = {
    "title": "Ruter og telefoner",
    "purpose": "Vi vil vide, hvordan det går ude på ruterne.",
    "language": "da",
    "legal_basis": "Kommunens adgang til at høre sine ansatte",
    "by_link": True,
}


def opened(cast: Cast, initiative: Initiative | None, at: datetime, **facts: object) -> Round:
    by, today = cast.viewer("lead"), day_in(cast.organisation, at)
    days = {"opens_on": today, "closes_on": today + timedelta(days=14)}
    plan = Plan(**{**PLAN, **days, **facts})
    round_ = rounds.plan_round(plan=plan, initiative=initiative, by=by, at=at)
    statements.add_statements(round_=round_, written=TEXTS, language="da", by=by, at=at)
    return rounds.open_round(round_=round_, by=by, at=at)


def answered(round_: Round, at: datetime, people: int = 80, likely: tuple = LIKELY) -> None:
    """Every third comes signed in, the others by the link; there is one more, to be set apart."""
    dice, tiers = random.Random(7), Participant.Tier
    came = Participant.objects.bulk_create(
        Participant(
            organisation=round_.organisation,
            round=round_,
            key=f"{person:064x}",
            tier=tiers.OPEN if person % 3 else tiers.VERIFIED,
            joined_on=at.date(),
        )
        for person in range(people + 1)
    )
    asked = list(RoundStatement.objects.filter(round=round_).order_by("number"))
    Vote.objects.bulk_create(
        Vote(
            organisation=round_.organisation,
            participant=one,
            statement=said,
            value=1 if dice.random() < likely[nth][person % 2] else -1,
            day=at.date(),
        )
        for person, one in enumerate(came)
        for nth, said in enumerate(asked)
        if dice.random() < 0.8
    )


def closed(cast: Cast, initiative: Initiative | None, at: datetime, **facts: object) -> Round:
    """Its result is there."""
    people = {name: facts.pop(name) for name in ("people", "likely") if name in facts}
    round_ = opened(cast, initiative, at, **facts)
    answered(round_, at, **people)
    round_ = rounds.close_round(round_=round_, by=cast.viewer("lead"), at=at)
    last = Participant.objects.filter(round=round_).latest("key")
    Participant.objects.filter(pk=last.pk).update(quarantined="burst")
    order_results(cast.organisation, at)
    work(at)
    return round_
