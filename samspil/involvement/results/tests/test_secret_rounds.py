"""A secret round gets its result from the opened urn, and from nothing else."""

from datetime import datetime

from samspil.core.urn.form import Ballot
from samspil.involvement.opinions import actions as statements
from samspil.involvement.results.models import OpinionResult
from samspil.involvement.results.rounds import order_results
from samspil.involvement.results.sources import HeldHere
from tests.cast import Cast
from tests.urns import SecretRound, answered, planned

from .held import work

WRITTEN = ("Vagtplanen passer", "Telefonen er nok", "Vi bliver hørt")


def ballot(*values: int) -> Ballot:
    keys = [f"s{number}" for number in range(1, len(WRITTEN) + 1)]
    return Ballot(dict(zip(keys, values, strict=True)), tuple(keys), {}, "")


def closed(cast: Cast, at: datetime, ballots: list[Ballot]) -> SecretRound:
    secret = planned(cast, at, people=24)
    statements.add_statements(
        round_=secret.round, written=WRITTEN, language="da", by=cast.viewer("digital_lead", at), at=at
    )
    secret.ready()
    answered(secret, ballots)
    secret.close()
    return secret


def results(cast: Cast, at: datetime) -> list[OpinionResult]:
    order_results(cast.organisation, at)
    work(at)
    return list(OpinionResult.objects.all())


def test_nothing_is_told_before_two_holders_have_opened_the_urn(cast: Cast, at: datetime) -> None:
    secret = closed(cast, at, [ballot(1, 0, -1)] * 12 + [ballot(1, 1, -1)] * 10)
    assert results(cast, at) == []
    assert "two key holders" in HeldHere(secret.urn.round).why_none
    secret.open_urn()
    (result,) = results(cast, at)
    told = {one["id"]: one["all"] for one in result.release["statements"]}
    assert told[1] == {"agree": 22, "pass": 0, "disagree": 0, "n": 22}
    assert told[2] == {"agree": 10, "pass": 12, "disagree": 0, "n": 22}
    assert result.release["tiers"] == []


def test_three_ballots_are_told_nothing_of(cast: Cast, at: datetime) -> None:
    secret = closed(cast, at, [ballot(1, 0, -1)] * 3)
    secret.open_urn()
    (result,) = results(cast, at)
    assert (result.participants, result.release["statements"]) == (None, [])
