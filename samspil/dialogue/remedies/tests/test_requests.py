"""A request from the staff side: raised, answered, taken further, ended, each by those whose turn it is."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from samspil.dialogue.remedies import actions, queries
from samspil.dialogue.remedies.models import RemedyCase, RemedyStep
from samspil.dialogue.remedies.waiting import waiting_for
from samspil.dialogue.tests.conftest import Play
from samspil.initiative import actions as hall
from samspil.initiative import consumers
from samspil.initiative.models import BindingStep, Link, Notice
from samspil.kit.refusal import ChangedMeanwhile, NotAllowed, Refused
from samspil.organisation.models import RegimePeriod

TODAY = date(2026, 2, 3)
KINDS = {
    "MED": "withdraw_decision",
    "SU": "information_duty",
    "samverkan": "called_12",
    "MBL": "called_12",
}
FIRST_DUE = {  # a month, a month, and two weeks from 3 February 2026
    "MED": date(2026, 3, 3),
    "SU": date(2026, 3, 3),
    "samverkan": date(2026, 2, 17),
    "MBL": date(2026, 2, 17),
}


def raised(play: Play, kind: str = "withdraw_decision", who: str = "vice_chair", **facts: Any) -> RemedyCase:
    usual = {
        "committee": play.cast.committees["local"],
        "title": "Vagtplanen er købt uden drøftelse",
        "asked": "Vi beder om, at købet trækkes tilbage.",
        "raised_on": TODAY,
    }
    return actions.raise_case(kind=kind, **usual | facts, **play.by(who, TODAY))


def answered(play: Play, case: RemedyCase, on: date = TODAY + timedelta(days=10)) -> RemedyCase:
    return actions.answer_case(
        case=case, answer="Vi tager det op.", answered_on=on, version=1, **play.by("chair", on)
    )


@pytest.mark.parametrize("regime", KINDS)
def test_each_regime_has_its_request_with_its_first_day(
    play_under: Callable[[str], Play], regime: str
) -> None:
    play = play_under(regime)
    case = raised(play, KINDS[regime])
    assert queries.present_step(case).due == FIRST_DUE[regime]


@pytest.mark.parametrize(
    "who", ["chair", "secretary", "management_member", "lead", "administrator", "employee"]
)
def test_only_those_who_speak_for_the_staff_side_raise_it(play: Play, who: str) -> None:
    with pytest.raises(NotAllowed):
        raised(play, who=who)


def test_a_case_goes_from_the_committee_to_the_main_committee_and_out_of_the_house(play: Play) -> None:
    case = answered(play, raised(play))
    later = TODAY + timedelta(days=12)
    case = actions.refer_case(
        case=case, because="Svaret er ikke nok.", version=2, **play.by("vice_chair", later)
    )
    assert queries.present_step(case).committee == play.cast.committees["main"]
    assert queries.present_step(case).due is None
    case = actions.answer_case(
        case=case, answer="Drøftet.", answered_on=later, version=3, **play.by("secretary", later)
    )
    case = actions.refer_case(case=case, because="Stadig uenige.", version=4, **play.by("steward", later))
    assert queries.present_step(case).committee is None
    with pytest.raises(NotAllowed):
        actions.answer_case(case=case, answer="Nej", answered_on=later, version=5, **play.by("chair", later))
    with pytest.raises(Refused, match="no further step"):
        actions.refer_case(case=case, because="Videre", version=5, **play.by("steward", later))
    case = actions.close_case(
        case=case,
        closing="carried_on",
        because="Ligger hos de centrale parter.",
        closed_on=later,
        version=5,
        **play.by("steward", later),
    )
    assert [one.key for one in queries.steps_of(case)] == ["answer", "main", "central"]


def test_a_case_does_not_go_on_while_an_answer_is_still_owed(play: Play) -> None:
    case = raised(play)
    with pytest.raises(Refused):
        actions.refer_case(case=case, because="For langsomt", version=1, **play.by("vice_chair", TODAY))
    after = date(2026, 3, 4)
    case = actions.refer_case(case=case, because="Intet svar", version=1, **play.by("vice_chair", after))
    assert RemedyStep.objects.get(key="answer").left_on == after
    assert queries.present_step(case).key == "main"


def test_a_day_that_was_agreed_on_holds_where_the_table_names_none(play: Play) -> None:
    case = answered(play, raised(play))
    later = TODAY + timedelta(days=12)
    agreed = date(2026, 4, 8)
    case = actions.refer_case(
        case=case, because="Ikke nok", due=agreed, version=2, **play.by("vice_chair", later)
    )
    assert queries.present_step(case).due == agreed


def test_what_has_ended_stays_as_it_is(play: Play) -> None:
    case = answered(play, raised(play))
    end = {"closing": "settled", "because": "Vi er enige.", "closed_on": TODAY + timedelta(days=11)}
    by = play.by("vice_chair", TODAY + timedelta(days=11))
    case = actions.close_case(case=case, version=2, **end, **by)
    with pytest.raises(Refused):
        actions.refer_case(case=case, because="Videre", version=3, **by)
    with pytest.raises(NotAllowed):
        answered(play, case)
    assert list(waiting_for(play.cast.viewer("chair"))) == []


def test_of_two_who_answer_at_once_the_second_sees_both_texts(play: Play) -> None:
    case = raised(play)
    answered(play, case)
    with pytest.raises(ChangedMeanwhile) as conflict:
        actions.answer_case(
            case=case,
            answer="Et andet svar",
            answered_on=TODAY,
            version=1,
            **play.by("management_member", TODAY),
        )
    assert (conflict.value.theirs, conflict.value.yours) == ("Vi tager det op.", "Et andet svar")


def test_an_answer_is_not_dated_before_the_request_or_ahead(play: Play) -> None:
    case = raised(play)
    for day in (TODAY - timedelta(days=1), TODAY + timedelta(days=1)):
        with pytest.raises(Refused) as refusal:
            actions.answer_case(case=case, answer="Ja", answered_on=day, version=1, **play.by("chair", TODAY))
        assert refusal.value.field == "answered_on"


def test_the_thread_leads_from_the_item_and_the_binding_step_to_the_case(play: Play) -> None:
    play.meeting(date(2026, 2, 18))
    item = play.item()
    case = raised(play, item=item)
    assert Link.objects.filter(from_thing=item.thing, to_thing=case.thing, kind="led_to").exists()
    assert case.initiative == play.initiative


def test_a_decision_without_an_item_is_cited_by_its_initiative_and_its_binding_step(play: Play) -> None:
    hall.plan_step(
        initiative=play.initiative,
        kind="contract",
        on=TODAY,
        phase="idea",
        taken=True,
        **play.by("lead", TODAY),
    )
    case = raised(play, because=play.initiative.ref)
    step = BindingStep.objects.get()
    assert case.initiative == play.initiative
    for thing in (play.initiative.thing, step.thing):
        assert Link.objects.filter(from_thing=thing, to_thing=case.thing, kind="led_to").exists()


def test_the_owing_side_is_told_and_the_one_who_asked_is_not(play: Play) -> None:
    raised(play)
    consumers.read_on(play.cast.organisation, play.cast.at)
    told = set(Notice.objects.filter(kind="remedy_owed").values_list("person__title", flat=True))
    assert told == {"chair", "secretary", "management member"}


def test_the_deadline_is_the_organisations_own_from_its_date_and_earlier_cases_keep_theirs(
    play: Play,
) -> None:
    before = raised(play)
    actions.set_own_term(
        clock="MED.withdraw_decision.answer",
        since=date(2026, 2, 10),
        number=10,
        unit="working_days",
        source="Lokal MED-aftale § 12",
        **play.by("administrator", TODAY),
    )
    later = date(2026, 2, 10)
    after = actions.raise_case(
        committee=play.cast.committees["local"],
        kind="withdraw_decision",
        title="En ny",
        asked="Vi beder om svar.",
        raised_on=later,
        **play.by("vice_chair", later),
    )
    assert queries.present_step(before).due == date(2026, 3, 3)
    assert queries.present_step(after).due == date(2026, 2, 24)


def test_a_case_keeps_the_table_of_the_agreement_that_held_when_it_was_raised(
    play_under: Callable[[str], Play],
) -> None:
    play = play_under("MBL")
    case = raised(play, "called_12")
    RegimePeriod.objects.create(
        organisation=play.cast.organisation, regime="samverkan", since=date(2026, 2, 10)
    )
    again = queries.case(case.ref)
    assert again is not None
    assert again.table.key == "MBL"
