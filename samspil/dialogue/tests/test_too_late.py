"""Was it discussed before the binding step? The dates decide, whatever the gate decision says."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.utils import translation

from samspil.dialogue import words
from samspil.dialogue.heard import Facts, coming_meetings
from samspil.dialogue.late import report
from samspil.dialogue.models import Item
from samspil.dialogue.tests.conftest import Play
from samspil.initiative import actions as hall
from samspil.initiative import evidence
from samspil.initiative.models import Evidence, Initiative

CONTRACT, DISCUSSION, DECISION = date(2026, 3, 1), date(2026, 3, 15), date(2026, 4, 1)


@pytest.fixture(autouse=True)
def in_english() -> object:
    with translation.override("en"):
        yield


def contract(play: Play, on: date = CONTRACT, taken: bool = False) -> None:
    hall.plan_step(initiative=play.initiative, kind="contract", on=on, taken=taken, **play.by("lead"))


def board(play: Play) -> Evidence:
    return Evidence.objects.get(initiative=play.initiative, demand="discussed_idea")


def ahead(play: Play, on: date) -> str:
    facts = Facts([play.initiative])
    (only,) = facts.ahead(play.initiative, coming_meetings(on), on, True)
    return words.ahead_sentence(only.ahead, only.verdict)


def test_on_1_february_the_next_meeting_and_the_request_date_are_named(play: Play) -> None:
    contract(play)
    play.meeting(date(2026, 2, 12), request_by=date(2026, 2, 3))
    play.meeting(date(2026, 3, 12))
    assert ahead(play, date(2026, 2, 1)) == (
        f"The next meeting at the right level is on {words.day(date(2026, 2, 12))}; ask for the item by "
        f"{words.day(date(2026, 2, 3))}. Otherwise: extraordinary meeting or in writing."
    )


def test_when_the_request_date_has_passed_the_other_ways_are_named(play: Play) -> None:
    contract(play)
    play.meeting(date(2026, 2, 12), request_by=date(2026, 2, 3))
    assert ahead(play, date(2026, 2, 4)).endswith("What is left: an extraordinary meeting, or in writing.")


def test_a_meeting_at_another_level_is_not_named(play: Play) -> None:
    Initiative.objects.filter(pk=play.initiative.pk).update(decision_level="area")
    play.initiative.refresh_from_db()
    contract(play)
    play.meeting(date(2026, 2, 12), request_by=date(2026, 2, 3))
    assert ahead(play, date(2026, 2, 1)).startswith("No meeting at the right level is planned")


def test_a_contract_of_1_march_discussed_on_15_march_is_14_days_late_even_when_decided_on_1_april(
    play: Play,
) -> None:
    contract(play)
    item = play.approved(play.discussed(DISCUSSION), date(2026, 3, 20))
    assert ahead(play, DECISION) == "Discussed 14 days after the binding step (the contract is signed)."
    hall.decide_gate(
        initiative=play.initiative,
        gate="explore",
        outcome="go",
        decided_on=DECISION,
        reason="Behovet er klart.",
        override_reason="Drøftet for sent.",
        **play.by("owner", DECISION),
    )
    row = board(play)
    assert row.status == "missing"
    assert row.source_id == item.thing_id
    assert evidence.because_of(row) == "Discussed 14 days after the binding step (the contract is signed)."
    (late,) = report(play.cast.viewer("director")).late
    assert (late.days, late.sentence) == (
        14,
        "Discussed 14 days after the binding step (the contract is signed).",
    )


def test_discussed_before_and_approved_later_is_met(play: Play) -> None:
    contract(play)
    item = play.discussed(date(2026, 2, 12))
    assert board(play).status == "missing"
    assert "Waiting for approval by: formand, næstformand" in evidence.because_of(board(play))
    play.approved(item, date(2026, 3, 20))
    assert board(play).status == "met"
    assert "17 days before the binding step" in evidence.because_of(board(play))


def test_on_the_same_day_the_order_has_to_be_recorded(play: Play) -> None:
    contract(play)
    item = play.discussed(CONTRACT)
    assert "not recorded which came first" in evidence.because_of(board(play))
    play.approved(item, date(2026, 3, 20))
    assert board(play).status == "missing"


@pytest.mark.parametrize(("order", "status"), [("before", "met"), ("after", "missing")])
def test_the_recorded_order_of_the_day_decides(play: Play, order: str, status: str) -> None:
    contract(play)
    play.approved(play.discussed(CONTRACT, order=order), date(2026, 3, 20))
    assert board(play).status == status


def test_having_been_informed_is_not_having_discussed(play: Play) -> None:
    contract(play)
    play.approved(play.discussed(date(2026, 2, 12), key="informed"), date(2026, 2, 20))
    assert board(play).status == "missing"
    assert board(play).because_key == "not_discussed_step_to_come.contract"


def test_without_a_binding_step_an_approved_discussion_is_met(play: Play) -> None:
    play.approved(play.discussed(date(2026, 2, 12)), date(2026, 2, 20))
    assert board(play).status == "met"
    assert "No binding step in this phase has a date yet" in evidence.because_of(board(play))


def test_a_discussion_below_the_level_of_the_decision_does_not_count(play: Play) -> None:
    Initiative.objects.filter(pk=play.initiative.pk).update(decision_level="area")
    play.initiative.refresh_from_db()
    contract(play)
    local = play.cast.committees["local"]
    meeting = play.meeting(date(2026, 2, 18))
    item = play.item(committee=local, meeting=meeting)
    assert Item.objects.get(pk=item.pk).committee == local
    from samspil.dialogue import actions

    actions.record_outcome(
        item=item, outcomes=[actions.NewOutcome("discussed")], **play.by("secretary", date(2026, 2, 18))
    )
    play.approved(item, date(2026, 2, 20))
    assert board(play).because_key == "not_discussed_step_to_come.contract"


def test_a_taken_step_without_a_discussion_is_on_the_list_of_what_came_too_late(play: Play) -> None:
    contract(play, date(2026, 1, 20), taken=True)
    (late,) = report(play.cast.viewer("lead")).late
    assert late.sentence == "Not discussed; the binding step (the contract is signed) has been taken."


def test_a_step_to_come_is_not_on_the_list(play: Play) -> None:
    contract(play)
    assert report(play.cast.viewer("lead")).late == []


@pytest.mark.parametrize("language", ["da", "sv", "en"])
def test_every_sentence_can_be_filled_in(play: Play, language: str) -> None:
    facts = dict.fromkeys(("days", "committee", "on", "who", "approved_on", "from_day"), "x")
    with translation.override(language):
        for sentence in words.EVIDENCE_WORDS.values():
            assert "%(" not in str(sentence) % facts


# --- the list of initiatives and the report tell of the same ---------------------------------------------


def on_both_lists(play: Play, client: Client) -> tuple[bool, bool]:
    """Whether the initiative is among those asked too late: in the report, and in the list of initiatives."""
    slug, title = play.cast.organisation.slug, str(play.initiative)
    in_the_report = bool(report(play.cast.viewer("lead")).late)
    found = client.get(f"/{slug}/initiatives/?only=late").content.decode()
    return in_the_report, f"/initiatives/{play.initiative.ref}/" in found and title in found


@pytest.mark.parametrize(
    ("step", "discussed_on", "late"),
    [
        ({"on": date(2026, 1, 20), "taken": True}, None, True),
        ({"on": date(2026, 1, 20)}, None, True),
        ({"on": date(2026, 2, 10)}, date(2026, 2, 11), True),
        ({"on": date(2026, 2, 10)}, date(2026, 2, 20), True),
        ({"on": date(2026, 2, 10)}, date(2026, 2, 5), False),
        ({"on": date(2026, 3, 1)}, None, False),
    ],
)
def test_the_report_and_the_list_of_initiatives_agree_on_what_was_asked_too_late(
    play: Play,
    sign_in: Callable[[str], Client],
    step: dict[str, Any],
    discussed_on: date | None,
    late: bool,
) -> None:
    contract(play, **step)
    if discussed_on:
        play.approved(play.discussed(discussed_on), date(2026, 2, 25))
    assert on_both_lists(play, sign_in("lead")) == (late, late)


def test_setting_the_demand_aside_takes_it_off_neither_list(
    play: Play, sign_in: Callable[[str], Client]
) -> None:
    contract(play, date(2026, 1, 20), taken=True)
    hall.answer_demand(
        initiative=play.initiative,
        gate="explore",
        demand="discussed_idea",
        status="not_relevant",
        because="Afgjort før Samspil.",
        version=board(play).version,
        **play.by("lead"),
    )
    assert on_both_lists(play, sign_in("lead")) == (True, True)
