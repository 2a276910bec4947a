"""A round that has closed gets its result; one that is open tells nothing of it."""

import re
from collections.abc import Callable
from datetime import datetime

import pytest
from django.test import Client

from samspil.core import opinion_release
from samspil.core.tests.release_auditor import disclosures
from samspil.initiative.models import Evidence, Initiative
from samspil.involvement.opinions.models import RoundStatement
from samspil.involvement.results import actions, documents, pages
from samspil.involvement.results.models import OpinionResult
from samspil.involvement.results.rounds import order_results
from samspil.involvement.results.sources import HeldHere
from samspil.organisation import journal
from samspil.participation.models import Participant, Round
from tests.cast import Cast

from .held import work
from .rounds import answered, closed, opened

SignIn = Callable[[str], Client]


@pytest.fixture
def over(cast: Cast, initiative: Initiative, at: datetime) -> Round:
    return closed(cast, initiative, at)


def words(client: Client, address: str) -> str:
    client.cookies["django_language"] = "en"
    response = client.get(address)
    assert response.status_code == 200
    html = response.content.decode()
    return " ".join(re.sub("<[^>]+>", " ", html[html.index("<main") : html.index("</main>")]).split())


def test_the_result_is_made_once_the_round_has_closed(cast: Cast, over: Round, at: datetime) -> None:
    result = OpinionResult.objects.get(round=over)
    assert (result.participants, result.number) == (80, 1)
    order_results(cast.organisation, at)
    work(at)
    assert OpinionResult.objects.count() == 1
    assert journal.verify(cast.organisation) == []


def test_while_it_is_open_there_is_no_result_and_numbers_come_in_steps(
    sign_in: SignIn, cast: Cast, initiative: Initiative, at: datetime
) -> None:
    round_ = opened(cast, initiative, at)
    address = f"/fjordby/results/{round_.ref}/"
    assert "The result is made when the round has closed." in words(sign_in("employee"), address)
    answered(round_, at, people=27)
    order_results(cast.organisation, at)
    work(at)
    told = words(sign_in("employee"), address)
    assert "At least 20 people have answered." in told
    assert "27" not in told
    assert not OpinionResult.objects.exists()


def test_those_set_apart_are_not_among_the_results(over: Round) -> None:
    assert Participant.objects.filter(round=over).count() == 81
    assert OpinionResult.objects.get(round=over).participants == 80


def test_tiers_are_told_apart(sign_in: SignIn, over: Round) -> None:
    release = OpinionResult.objects.get(round=over).release
    assert {one["tier"]: one["people"] for one in release["tiers"]} == {"open": 53, "verified": 27}
    assert list(disclosures(release)) == []
    told = words(sign_in("employee"), f"/fjordby/results/{over.ref}/")
    assert "53 came by an open link" in told
    assert "27 showed who they are" in told


def test_thresholds_of_the_round_hold(cast: Cast, initiative: Initiative, at: datetime) -> None:
    strict = closed(cast, initiative, at, smallest_total=10, smallest_breakdown=30)
    release = OpinionResult.objects.get(round=strict).release
    assert release["thresholds"] == {"total": 10, "breakdown": 30}
    assert all(group["people"] >= 30 for group in release["groups"])
    assert list(disclosures(release)) == []


def test_computing_it_again_gives_the_same_and_erasing_somebody_is_told(over: Round) -> None:
    result, source = OpinionResult.objects.get(round=over), HeldHere(over)
    assert actions.check(result, source).verdict == "same"
    Participant.objects.filter(round=over, quarantined="").first().delete()  # type: ignore[union-attr]
    assert actions.check(result, source).verdict == "other_votes"


def test_no_hash_that_is_told_shows_whether_a_guess_at_the_votes_is_right(
    cast: Cast, initiative: Initiative, at: datetime
) -> None:
    """In a small round whoever knows the counts can try all ways in which they come about."""
    small = closed(cast, initiative, at, people=6)
    result, guessed = OpinionResult.objects.get(round=small), HeldHere(small).cast()
    assert guessed
    found = opinion_release.computed(guessed.votes, set(), HeldHere(small).thresholds)
    told = documents.as_json(pages.reading_of(HeldHere(small))).bytes.decode()  # type: ignore[arg-type]
    assert result.input_sha256 in told
    assert found.input_hash not in told
    assert found.result_hash not in told


def test_the_round_counts_as_evidence(initiative: Initiative, over: Round) -> None:
    row = Evidence.objects.get(initiative=initiative, demand="voices_heard")
    assert (row.status, row.because_key, row.because_facts) == (
        "met",
        "answered_once",
        {"participants": 80, "rounds": 1},
    )


def test_a_round_of_three_is_no_evidence(cast: Cast, initiative: Initiative, at: datetime) -> None:
    closed(cast, initiative, at, people=3)
    row = Evidence.objects.get(initiative=initiative, demand="voices_heard")
    assert (row.status, row.because_key) == ("missing", "too_few_heard")


def test_what_was_left_out_is_nowhere_in_the_result(cast: Cast, initiative: Initiative, at: datetime) -> None:
    round_ = opened(cast, initiative, at)
    RoundStatement.objects.filter(round=round_, number=3).update(
        state="rejected", rule="off_topic", text="Hemmeligt ord"
    )
    answered(round_, at)
    Round.objects.filter(pk=round_.pk).update(state="closed")
    order_results(cast.organisation, at)
    work(at)
    reading = pages.reading_of(HeldHere(Round.objects.get(pk=round_.pk)))
    assert reading
    assert 3 not in {one["id"] for one in reading.release["statements"]}
    assert "Hemmeligt" not in documents.as_json(reading).bytes.decode()


def test_whoever_was_asked_sees_the_result_without_an_account(over: Round) -> None:
    told = words(Client(), f"/p/{over.code}/result/")
    assert "80 people took part" in told
    assert "What we agree on" in told
    html = Client().get(f"/p/{over.code}/result/").content.decode()
    assert "/fjordby/" not in html[html.index("<main") : html.index("</main>")]
    assert f"/p/{over.code}/result/" in Client().get(f"/p/{over.code}/").content.decode()


def test_before_it_has_closed_they_are_told_when_it_comes(
    cast: Cast, initiative: Initiative, at: datetime
) -> None:
    round_ = opened(cast, initiative, at)
    assert "The result is made when the round has closed." in words(Client(), f"/p/{round_.code}/result/")


def test_the_page_of_the_round_leads_to_its_result(sign_in: SignIn, over: Round) -> None:
    html = sign_in("lead").get(f"/fjordby/rounds/{over.ref}/").content.decode()
    assert f"/fjordby/results/{over.ref}/" in html
