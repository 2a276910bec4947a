"""What the gates are told: owners, starting points, first days, and what became of the benefits."""

from datetime import date

import pytest

from samspil.benefits.measuring.actions import explain_deviation
from samspil.benefits.models import Benefit
from samspil.benefits.register.actions import excuse_benefit
from samspil.benefits.tests.conftest import Play
from samspil.initiative import actions as hall
from samspil.initiative import evidence, process
from samspil.kit.refusal import NotAllowed, Refused

pytestmark = pytest.mark.django_db


def line(play: Play, demand: str) -> tuple[str, str]:
    """How a demand is answered, and the sentence beside it."""
    gates = process.gates(play.initiative)
    found = [one for gate in gates for one in evidence.board_of(play.initiative, gate)]
    row = next(one for one in found if one.demand.key == demand)
    return str(row.status), row.because


@pytest.fixture
def full(play: Play) -> Play:
    """The same initiative on the full way, which asks for more."""
    play.initiative.process = process.process_for(play.cast.organisation, "standard")
    play.initiative.save()
    evidence.open_anew(play.initiative, play.at)
    return play


def test_nothing_registered_is_missing(play: Play) -> None:
    assert line(play, "baseline_measured") == ("missing", "No benefit is in the register yet.")


@pytest.mark.parametrize("lacking", ["owner", "baseline", "first_on"])
def test_one_thing_missing_blocks_go_live(play: Play, lacking: str) -> None:
    found = play.register()
    play.target(found)
    if lacking != "baseline":
        play.baseline(found)
    if lacking != "first_on":
        play.plan(found)
    if lacking != "owner":
        play.accept(found)
    status, because = line(play, "baseline_measured")
    assert status == "missing"
    assert found.title in because
    play.go_until("implementation")
    with pytest.raises(Refused, match="missing or unknown"):
        hall.decide_gate(
            initiative=play.initiative,
            gate="go_live",
            outcome="go",
            decided_on=play.today,
            reason="Vi går i drift",
            **play.by("owner"),
        )


def test_with_all_three_it_is_met(play: Play) -> None:
    play.ready()
    assert line(play, "baseline_measured")[0] == "met"


def test_one_of_two_is_not_enough(play: Play) -> None:
    play.ready()
    play.register("Færre klager")
    assert line(play, "baseline_measured") == (
        "missing",
        "An owner who has said yes, a starting point or a first day for measuring is missing for: Færre klager.",
    )


def test_a_reason_may_stand_instead_and_stays_visible(play: Play) -> None:
    found = play.register("Færre klager")
    with pytest.raises(NotAllowed):
        excuse_benefit(benefit=found, because="Vi når det ikke", **play.by("lead"))
    excuse_benefit(benefit=found, because="Klager tælles først fra marts", **play.by("owner"))
    status, because = line(play, "baseline_measured")
    assert (status, because) == (
        "met",
        "Something is missing, and it says why. Færre klager: Klager tælles først fra marts",
    )
    play.go_until("follow_up")
    frozen = play.initiative.decisions.get(gate="go_live").board
    assert "Klager tælles først fra marts" in frozen


def test_owners_are_asked_for_at_the_gate_before(full: Play) -> None:
    found = full.register()
    assert line(full, "benefit_owners")[0] == "missing"
    full.target(found)
    full.accept(found)
    assert line(full, "benefit_owners") == (
        "met",
        "Every benefit has an owner who has said yes. Benefits: 1.",
    )


def test_less_than_promised_asks_for_an_explanation(play: Play) -> None:
    found = play.ready()
    play.go_until("follow_up")
    play.until(date(2026, 9, 1))
    assert line(play, "benefit_status")[0] == "missing"
    play.measure(found, "9")
    assert line(play, "benefit_status") == (
        "missing",
        f"Less came than was promised, and nobody has said why: {found.title}.",
    )
    explain_deviation(benefit=found, cause="not_used", text="Appen er for langsom", **play.by())
    assert line(play, "benefit_status")[0] == "met"


def test_a_lowered_target_does_not_hide_what_was_promised(play: Play) -> None:
    found = play.ready()
    play.go_until("follow_up")
    play.target(found, "9", cautious=None, optimistic=None, meaning="", because="Lavere")
    play.until(date(2026, 9, 1))
    play.measure(found, "9")
    assert play.followed(found).standing.status == "realised"
    assert line(play, "benefit_status")[0] == "missing"


def test_freed_time_waits_for_a_decision(full: Play) -> None:
    full.ready(worth="qualitative")
    assert line(full, "freed_time_decided")[0] == "not_relevant"
    full.ready("Frigjort tid")
    assert line(full, "freed_time_decided") == (
        "missing",
        "Nobody has decided yet what the time is used for: Frigjort tid.",
    )


def test_the_rooms_sources_look_once(full: Play) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    for number in range(3):
        full.ready(f"Gevinst {number}")
    with CaptureQueriesContext(connection) as asked:
        evidence.refresh([full.initiative], full.at)
    table = Benefit._meta.db_table
    assert sum(f'FROM "{table}"' in one["sql"] for one in asked) == 1
