"""Putting an initiative before its committee: nothing has to be filled in, and the right committee is found."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from samspil.dialogue import actions
from samspil.dialogue.models import Item, Meeting
from samspil.dialogue.right_level import lines_of
from samspil.dialogue.tests.conftest import Play
from samspil.initiative import actions as hall
from samspil.initiative.models import AffectedUnit, Initiative, Link
from samspil.kit.refusal import NotAllowed, Refused
from samspil.organisation.models import Committee, ProcedureRules, Unit


def decided_at(play: Play, level: str) -> None:
    Initiative.objects.filter(pk=play.initiative.pk).update(decision_level=level)
    play.initiative.refresh_from_db()


def another_area(play: Play) -> tuple[Unit, Committee]:
    organisation = play.cast.organisation
    unit = Unit.objects.create(organisation=organisation, name="Skoler", parent=play.cast.units["whole"])
    committee = Committee.objects.create(
        organisation=organisation,
        parent=play.cast.committees["main"],
        unit=unit,
        name="Udvalg skoler",
        level="area",
    )
    return unit, committee


@pytest.mark.parametrize("level", ["local", "area", "main"])
def test_the_right_committee_is_that_of_the_leader_with_power_to_decide(play: Play, level: str) -> None:
    decided_at(play, level)
    (line,) = lines_of([play.initiative])[play.initiative.pk]
    assert line.right == play.cast.committees[level]


def test_committees_above_the_right_one_may_hear_it_too_and_those_below_not(play: Play) -> None:
    decided_at(play, "area")
    (line,) = lines_of([play.initiative])[play.initiative.pk]
    assert line.heard_in == {play.cast.committees["area"].pk, play.cast.committees["main"].pk}


def test_where_a_level_has_no_committee_the_next_one_above_is_right(play: Play) -> None:
    play.cast.committees["local"].delete()
    (line,) = lines_of([play.initiative])[play.initiative.pk]
    assert line.right == play.cast.committees["area"]


def test_two_areas_are_two_lines_and_the_main_committee_hears_for_both(play: Play) -> None:
    decided_at(play, "area")
    unit, committee = another_area(play)
    AffectedUnit.objects.create(organisation=unit.organisation, initiative=play.initiative, unit=unit)
    lines = lines_of([play.initiative])[play.initiative.pk]
    assert [line.right for line in lines] == [play.cast.committees["area"], committee]
    assert all(play.cast.committees["main"].pk in line.heard_in for line in lines)


def test_one_area_of_two_heard_is_not_enough(play: Play) -> None:
    from samspil.initiative.models import Evidence

    unit, committee = another_area(play)
    AffectedUnit.objects.create(organisation=unit.organisation, initiative=play.initiative, unit=unit)
    decided_at(play, "area")
    local = play.cast.committees["area"]
    meeting = play.meeting(date(2026, 2, 18), "area")
    item = play.item(committee=local, meeting=meeting)
    held = date(2026, 2, 18)
    actions.record_outcome(
        item=item, outcomes=[actions.NewOutcome("discussed")], **play.by("secretary", held)
    )
    play.approved(item, held)
    assert Evidence.objects.get(demand="discussed_idea").because_key == "not_discussed"
    assert actions.propose(play.initiative, play.cast.viewer("lead")).committee == committee


def test_an_item_costs_no_field(play: Play) -> None:
    meeting = play.meeting(date(2026, 2, 18))
    item = play.item()
    assert (item.committee, item.meeting, item.status) == (
        play.cast.committees["local"],
        meeting,
        Item.Status.ON_AGENDA,
    )
    assert item.title == play.initiative.title
    assert 4 <= item.questions.count() <= 5
    assert item.model is not None
    assert (item.model.key, item.model.language) == ("MED.idea", "da")
    assert Link.objects.filter(from_thing=play.initiative.thing, to_thing=item.thing, kind="led_to").exists()


def test_the_button_alone_puts_it_before_the_committee(play: Play, sign_in: Callable[[str], Client]) -> None:
    play.meeting(date(2026, 2, 18))
    client = sign_in("lead")
    path = f"/{play.cast.organisation.slug}/initiatives/{play.initiative.ref}/put-before/"
    form = client.get(path).context["form"]
    response = client.post(path, {name: form[name].value() or "" for name in form.fields}, follow=True)
    assert response.status_code == 200
    assert Item.objects.get().status == Item.Status.ON_AGENDA


def test_the_last_day_to_ask_is_counted_in_working_days_without_holidays(play: Play) -> None:
    # ten working days before 16 April 2026, past Easter: 15 14 13 10 9 8 7 April, 1 April, 31 and 30 March
    assert play.meeting(date(2026, 4, 16)).request_by == date(2026, 3, 30)


def test_a_committees_own_rules_win_over_the_organisations(play: Play) -> None:
    ProcedureRules.objects.create(
        organisation=play.cast.organisation,
        committee=play.cast.committees["local"],
        since=date(2026, 1, 1),
        request_working_days=2,
        release=["chair"],
        approve=["chair"],
    )
    assert play.meeting(date(2026, 2, 18)).request_by == date(2026, 2, 16)
    assert play.meeting(date(2026, 2, 18), "area").request_by == date(2026, 2, 4)


def test_asked_for_too_late_it_waits_for_those_who_run_the_committee(play: Play) -> None:
    meeting = play.meeting(date(2026, 2, 18))
    item = play.item(on=date(2026, 2, 6))
    assert (item.status, item.meeting) == (Item.Status.REQUESTED, None)
    with pytest.raises(NotAllowed):
        actions.place_item(item=item, meeting=meeting, **play.by("lead"))
    placed = actions.place_item(item=item, meeting=meeting, **play.by("secretary"))
    assert placed.status == Item.Status.ON_AGENDA


def test_an_extraordinary_meeting_takes_items_up_to_its_day(play: Play) -> None:
    meeting = play.meeting(date(2026, 2, 4), kind=Meeting.Kind.EXTRAORDINARY)
    assert play.item(on=date(2026, 2, 3)).meeting == meeting


def test_an_item_does_not_fit_a_meeting_of_another_committee(play: Play) -> None:
    elsewhere = play.meeting(date(2026, 2, 18), "area")
    item = play.item()
    with pytest.raises(Refused) as refusal:
        actions.place_item(item=item, meeting=elsewhere, **play.by("secretary"))
    assert refusal.value.field == "meeting"


def test_an_employee_without_a_part_does_not_ask(play: Play) -> None:
    with pytest.raises(NotAllowed):
        play.item("employee")
    assert not Item.objects.exists()


def test_a_postponed_item_goes_on_to_another_meeting(play: Play) -> None:
    item = play.discussed(date(2026, 2, 18), key="postponed")
    later = play.meeting(date(2026, 3, 18))
    moved = actions.place_item(item=item, meeting=later, **play.by("secretary", date(2026, 2, 20)))
    assert (moved.meeting, moved.status) == (later, Item.Status.ON_AGENDA)


def test_a_discussed_item_stays_where_it_was_discussed(play: Play) -> None:
    item = play.discussed(date(2026, 2, 18))
    later = play.meeting(date(2026, 3, 18))
    with pytest.raises(Refused):
        actions.place_item(item=item, meeting=later, **play.by("secretary", date(2026, 2, 20)))


def test_a_withdrawn_item_says_why_and_leaves_the_agenda(play: Play) -> None:
    play.meeting(date(2026, 2, 18))
    item = play.item()
    with pytest.raises(Refused):
        actions.withdraw_item(item=item, reason=" ", **play.by("lead"))
    assert actions.withdraw_item(item=item, reason="Behovet er væk", **play.by("lead")).status == "withdrawn"


def test_where_only_citizens_are_affected_the_owners_line_counts(play: Play) -> None:
    AffectedUnit.objects.filter(initiative=play.initiative).delete()
    (line,) = lines_of([play.initiative])[play.initiative.pk]
    assert line.right == play.cast.committees["area"]


def test_a_question_that_has_an_answer_stays_when_others_are_chosen(play: Play) -> None:
    play.meeting(date(2026, 2, 18))
    item = play.item()
    question = play.first_question(item)
    actions.answer_question(question=question, text="Ja", **play.by("vice_chair"))
    actions.choose_questions(item=item, keys=["earlier_lessons"], version=1, **play.by("secretary"))
    assert set(item.questions.values_list("key", flat=True)) == {question.key, "earlier_lessons"}


def test_questions_are_kept_in_the_wording_they_were_put_in(play: Play) -> None:
    play.meeting(date(2026, 2, 18))
    question = play.first_question(play.item())
    assert set(question.wording) == {"ask", "explanation", "why", "good_answer", "before", "core"}


def test_the_request_is_remembered(play: Play) -> None:
    from samspil.organisation import journal

    play.meeting(date(2026, 2, 18))
    play.item()
    verbs = [entry.verb for entry in journal.entries(play.cast.organisation)]
    assert verbs[-2:] == ["dialogue.meeting_planned", "dialogue.item_requested"]
    assert journal.verify(play.cast.organisation) == []


def test_another_need_can_be_the_reason(play: Play) -> None:
    need = hall.raise_need(problem="Andet", for_whom="Alle", if_nothing="Intet", **play.by("employee"))
    item = play.item(because=need.ref)
    assert Link.objects.filter(from_thing=need.thing, to_thing=item.thing).exists()
