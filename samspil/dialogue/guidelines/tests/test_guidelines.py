"""Procedure guidelines: proposed from the calendar, agreed by both sides, versioned, terminated, kept or not."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from samspil.dialogue import actions as room
from samspil.dialogue import pages as room_pages
from samspil.dialogue.guidelines import actions, boards, days, documents, pages, promises, queries
from samspil.dialogue.guidelines.models import Guideline, GuidelineVersion
from samspil.dialogue.guidelines.proposing import NewDiscussion
from samspil.dialogue.keeping import NewOutcome
from samspil.dialogue.models import Item
from samspil.dialogue.tests.conftest import BOTH_POSITIONS, Play, noon, told_by
from samspil.initiative import actions as hall
from samspil.initiative.models import Evidence, Initiative, Link, Notice
from samspil.kit.exports import write
from samspil.kit.refusal import ChangedMeanwhile, NotAllowed, Refused
from samspil.organisation import journal

MEETING = date(2026, 3, 10)


def propose(play: Play, who: str = "lead", **facts: Any) -> Guideline:
    if facts:
        return anew(actions.propose_general_guideline(**facts, **play.by(who)))
    return anew(actions.propose_guideline(initiative=play.initiative, **play.by(who)))


def anew(found: Guideline) -> Guideline:
    again = queries.guideline(found.ref)
    assert again is not None
    return again


def promised(found: Guideline) -> list[tuple[str, str, date | None]]:
    version = list(anew(found).versions.all())[-1]
    return [
        (one.phase, one.committee.name if one.committee else "", one.by) for one in version.discussions.all()
    ]


def put_and_agree(play: Play, found: Guideline, on: date = MEETING, approve: bool = True) -> GuidelineVersion:
    """The committee treats it at a meeting and both sides agree."""
    item = actions.put_guideline_before(guideline=found, **play.by("lead"))
    item = treat(play, item, on, "guideline_agreed")
    if approve:
        play.approved(item, on, "chair", "vice_chair")
    item = Item.objects.select_related("thing", "meeting", "regime").get(pk=item.pk)
    return actions.agree_guideline(guideline=found, item=item, **play.by("chair", on))


def treat(play: Play, item: Item, on: date, key: str) -> Item:
    item = Item.objects.select_related("thing", "regime", "organisation", "committee", "meeting").get(
        pk=item.pk
    )
    if item.meeting is None or item.meeting.on != on:
        meeting = item.committee.meetings.filter(on=on).first() or play.meeting(on)
        item = room.place_item(item=item, meeting=meeting, **play.by("secretary"))
        item = Item.objects.select_related("thing", "regime", "organisation", "committee", "meeting").get(
            pk=item.pk
        )
    return room.record_outcome(
        item=item, outcomes=[NewOutcome(key, told=told_by(on))], **play.by("secretary", on)
    )


def elsewhere(play: Play, found: Guideline, on: date, **facts: Any) -> GuidelineVersion:
    return actions.record_guideline_elsewhere(
        guideline=found, agreed_on=on, agreed_by="Formand og næstformand", **facts, **play.by("lead", on)
    )


def stands(play: Play, found: Guideline, on: date) -> list[str]:
    viewer = play.cast.viewer("lead", noon(on))
    kept = promises.of_many([anew(found)], viewer).get(found.pk, [])
    return [one.standing.kept.value for one in kept]


# --- proposing -------------------------------------------------------------------------------------------


def test_a_general_guideline_is_called_what_people_would_call_it(play: Play) -> None:
    committee = play.cast.committees["main"]
    found = actions.propose_general_guideline(committee=committee, kind="new_technology", **play.by("chair"))
    assert found.title == "Procedureretningslinje for ny teknologi i det hele taget"


def test_it_proposes_the_right_committee_and_its_last_meeting_before_the_step(play: Play) -> None:
    play.meeting(date(2026, 3, 10))
    last = play.meeting(date(2026, 5, 12))
    play.meeting(date(2026, 6, 16))
    hall.plan_step(initiative=play.initiative, kind="contract", on=date(2026, 6, 16), **play.by("lead"))
    found = propose(play)
    first = found.versions.all()[0].discussions.all()[0]
    assert (first.phase, first.before, first.by, first.meeting) == ("idea", "contract", last.on, last)
    assert first.request_by == last.request_by
    assert first.committee == play.cast.committees["local"]
    assert first.topics.splitlines()
    assert [phase for phase, _where, _by in promised(found)] == [
        "idea", "development", "implementation", "follow_up",
    ]  # fmt: skip


def test_a_step_in_january_is_preceded_by_a_meeting_of_the_year_before(play: Play) -> None:
    play.meeting(date(2026, 12, 15))
    hall.plan_step(
        initiative=play.initiative, kind="tender", on=date(2027, 1, 4), phase="development", **play.by("lead")
    )
    assert promised(propose(play))[1] == ("development", "Udvalg local", date(2026, 12, 15))


def test_without_a_meeting_the_day_is_a_working_day_before_the_step(play: Play) -> None:
    hall.plan_step(
        initiative=play.initiative, kind="tender", on=date(2027, 1, 4), phase="development", **play.by("lead")
    )
    assert promised(propose(play))[1][2] == date(2026, 12, 31)


def test_a_later_phase_without_a_step_gets_no_day_and_the_present_one_the_next_meeting(play: Play) -> None:
    play.meeting(MEETING)
    assert [by for _phase, _where, by in promised(propose(play))] == [MEETING, None, None, None]


def test_there_is_one_guideline_about_an_initiative(play: Play) -> None:
    propose(play)
    with pytest.raises(Refused, match="already"):
        propose(play)


def test_a_general_one_leaves_committee_and_day_to_each_initiative(play: Play) -> None:
    found = propose(play, "chair", committee=play.cast.committees["area"], kind="new_technology")
    assert promised(found)[0] == ("idea", "", None)
    assert found.initiative is None


@pytest.mark.parametrize("regime", ["SU", "samverkan", "MBL"])
def test_only_the_agreement_that_asks_for_one_has_a_mandatory_kind(
    play_under: Callable[[str], Play], regime: str
) -> None:
    play = play_under(regime)
    with pytest.raises(Refused):
        propose(play, "chair", committee=play.cast.committees["main"], kind="mandatory")


# --- changing and agreeing -------------------------------------------------------------------------------


def change(play: Play, found: Guideline, version: int = 1, **facts: Any) -> GuidelineVersion:
    usual: dict[str, Any] = {
        "title": "Sådan drøfter vi det",
        "purpose": "I tide",
        "taking_part": "Alle",
        "follow_up": "Hvert møde",
        "discussions": [
            NewDiscussion(phase="idea", committee=play.cast.committees["local"], by=date(2026, 4, 1))
        ],
    }
    return actions.change_guideline(guideline=found, version=version, **(usual | facts), **play.by("lead"))


def test_the_draft_is_changed_and_the_second_of_two_sees_both_texts(play: Play) -> None:
    found = propose(play)
    change(play, found)
    assert promised(found) == [("idea", "Udvalg local", date(2026, 4, 1))]
    with pytest.raises(ChangedMeanwhile) as meanwhile:
        change(play, found, purpose="For sent")
    assert "I tide" in meanwhile.value.theirs
    assert "For sent" in meanwhile.value.yours


def test_a_day_on_which_the_committee_meets_is_tied_to_that_meeting(play: Play) -> None:
    meeting = play.meeting(date(2026, 4, 1))
    kept = change(play, propose(play)).discussions.get()
    assert (kept.meeting, kept.request_by) == (meeting, meeting.request_by)


def test_a_procedure_without_a_discussion_is_refused(play: Play) -> None:
    with pytest.raises(Refused):
        change(play, propose(play), discussions=[])


def test_both_sides_agree_in_the_committee_and_it_holds_from_the_meeting(play: Play) -> None:
    play.meeting(MEETING)
    found = propose(play)
    assert queries.holding(found, MEETING) is None
    version = put_and_agree(play, found)
    assert (version.agreed_on, version.holds_from) == (MEETING, MEETING)
    assert queries.holding(anew(found), MEETING) == version
    assert Link.objects.filter(from_thing=version.item.thing, to_thing=found.thing, kind="changed").exists()  # type: ignore[union-attr]


def test_the_committee_reads_what_it_is_to_agree_on_in_its_own_language(play: Play) -> None:
    found = propose(play)
    change(play, found)
    item = actions.put_guideline_before(guideline=anew(found), **play.by("lead"))
    assert "I tide" in item.case
    assert "Idé · Udvalg local · 1. april 2026" in item.case


def test_a_discussion_without_agreement_agrees_nothing(play: Play) -> None:
    play.meeting(MEETING)
    found = propose(play)
    item = treat(play, actions.put_guideline_before(guideline=found, **play.by("lead")), MEETING, "discussed")
    with pytest.raises(Refused) as refusal:
        actions.agree_guideline(guideline=found, item=item, **play.by("chair", MEETING))
    assert refusal.value.field == "item"


def test_under_mbl_every_union_has_to_agree(play_under: Callable[[str], Play]) -> None:
    play = play_under("MBL")
    play.meeting(MEETING)
    found = propose(play)
    item = actions.put_guideline_before(guideline=found, **play.by("lead"))
    unions = play.cast.unions
    item = Item.objects.select_related("thing", "regime", "organisation", "committee", "meeting").get(
        pk=item.pk
    )
    one = [NewOutcome("concluded_agreed", unions["A"]), NewOutcome("concluded_disagreed", unions["B"])]
    item = room.record_outcome(
        item=item, outcomes=one, positions=BOTH_POSITIONS, **play.by("secretary", MEETING)
    )
    with pytest.raises(Refused):
        actions.agree_guideline(guideline=found, item=item, **play.by("chair", MEETING))
    both = [NewOutcome("concluded_agreed", union) for union in unions.values()]
    item = room.record_outcome(item=item, outcomes=both, version=1, **play.by("secretary", MEETING))
    assert (
        actions.agree_guideline(guideline=found, item=item, **play.by("chair", MEETING)).agreed_on == MEETING
    )


def test_it_is_recorded_as_agreed_elsewhere_and_never_before_today(play: Play) -> None:
    found = propose(play)
    with pytest.raises(Refused) as refusal:
        actions.record_guideline_elsewhere(
            guideline=found, agreed_on=MEETING, agreed_by="Begge", **play.by("lead")
        )
    assert refusal.value.field == "agreed_on"
    version = elsewhere(play, found, MEETING, holds_from=date(2026, 4, 1))
    assert pages.status_of(anew(found), MEETING).startswith("Agreed. Holds from")
    assert queries.holding(anew(found), date(2026, 4, 1)) == version


def test_what_is_agreed_is_not_changed(play: Play) -> None:
    found = propose(play)
    elsewhere(play, found, MEETING)
    with pytest.raises(Refused):
        change(play, found)


# --- versions and notice ---------------------------------------------------------------------------------


def test_a_new_version_takes_the_place_of_the_old_one_from_its_day_and_both_stay(play: Play) -> None:
    found = propose(play)
    elsewhere(play, found, MEETING)
    actions.revise_guideline(guideline=found, **play.by("chair", MEETING))
    assert queries.holding(anew(found), MEETING).number == 1  # type: ignore[union-attr]
    elsewhere(play, found, date(2026, 12, 15), holds_from=date(2027, 1, 1))
    found = anew(found)
    assert queries.holding(found, date(2026, 12, 31)).number == 1  # type: ignore[union-attr]
    assert queries.holding(found, date(2027, 1, 1)).number == 2  # type: ignore[union-attr]
    assert found.versions.count() == 2


def test_a_version_never_holds_before_the_one_it_replaces(play: Play) -> None:
    found = propose(play)
    elsewhere(play, found, MEETING, holds_from=date(2026, 6, 1))
    actions.revise_guideline(guideline=found, **play.by("chair", MEETING))
    with pytest.raises(Refused) as refusal:
        elsewhere(play, found, date(2026, 4, 1))
    assert refusal.value.field == "holds_from"


def terminate(play: Play, found: Guideline, on: date, who: str = "vice_chair", **facts: Any) -> Guideline:
    return actions.terminate_guideline(
        guideline=found, notice_on=on, side="staff", because="Den virker ikke", **facts, **play.by(who, on)
    )


def test_notice_is_three_months_under_med_and_the_last_day_still_holds(play: Play) -> None:
    found = propose(play)
    elsewhere(play, found, MEETING)
    ended = terminate(play, found, date(2026, 11, 30))
    assert ended.ends_on == date(2027, 2, 28)
    assert queries.holding(anew(found), date(2027, 2, 28)) is not None
    assert queries.holding(anew(found), date(2027, 3, 1)) is None


def test_where_the_agreement_alone_says_how_long_the_day_is_asked_for(
    play_under: Callable[[str], Play],
) -> None:
    play = play_under("SU")
    found = propose(play)
    elsewhere(play, found, MEETING)
    with pytest.raises(Refused) as refusal:
        terminate(play, found, date(2026, 4, 1))
    assert refusal.value.field == "ends_on"
    assert terminate(play, found, date(2026, 4, 1), ends_on=date(2026, 6, 30)).ends_on == date(2026, 6, 30)


def test_a_mandatory_one_is_changed_by_agreement_and_never_terminated(play: Play) -> None:
    found = propose(play, "chair", committee=play.cast.committees["main"], kind="mandatory")
    actions.record_guideline_elsewhere(
        guideline=found, agreed_on=MEETING, agreed_by="Begge sider", **play.by("chair", MEETING)
    )
    with pytest.raises(Refused, match="cannot be terminated"):
        terminate(play, found, date(2026, 4, 1))
    assert actions.revise_guideline(guideline=found, **play.by("chair", MEETING)).number == 2


def test_agreeing_on_a_new_version_takes_the_notice_back(play: Play) -> None:
    found = propose(play)
    elsewhere(play, found, MEETING)
    terminate(play, found, date(2026, 4, 1))
    actions.revise_guideline(guideline=found, **play.by("chair", date(2026, 4, 2)))
    elsewhere(play, found, date(2026, 5, 1))
    assert anew(found).ends_on is None


@pytest.mark.parametrize("who", ["lead", "steward", "administrator", "director"])
def test_only_those_who_run_the_committee_give_notice(play: Play, who: str) -> None:
    found = propose(play)
    elsewhere(play, found, MEETING)
    with pytest.raises(NotAllowed):
        terminate(play, found, date(2026, 4, 1), who)


# --- promised and held -----------------------------------------------------------------------------------


def agreed_for_april(play: Play, committee: str = "local") -> Guideline:
    found = propose(play)
    change(
        play,
        found,
        discussions=[
            NewDiscussion(phase="idea", committee=play.cast.committees[committee], by=date(2026, 4, 1))
        ],
    )
    elsewhere(play, found, date(2026, 2, 2))
    return anew(found)


def test_a_passed_day_without_a_discussion_departs_from_what_was_agreed(play: Play) -> None:
    found = agreed_for_april(play)
    assert stands(play, found, date(2026, 4, 1)) == ["ahead"]
    assert stands(play, found, date(2026, 4, 2)) == ["not_held"]


def test_a_discussion_in_time_keeps_the_promise_and_one_at_another_level_does_not(play: Play) -> None:
    found = agreed_for_april(play, "area")
    play.discussed(MEETING)
    assert stands(play, found, date(2026, 4, 2)) == ["held_elsewhere"]
    kept = agreed_in_place(play, found)
    assert stands(play, kept, date(2026, 4, 2)) == ["held"]


def agreed_in_place(play: Play, found: Guideline) -> Guideline:
    actions.revise_guideline(guideline=found, **play.by("lead", MEETING))
    actions.change_guideline(
        guideline=found,
        version=1,
        title=found.title,
        purpose="",
        taking_part="",
        follow_up="",
        discussions=[
            NewDiscussion(phase="idea", committee=play.cast.committees["local"], by=date(2026, 4, 1))
        ],
        **play.by("lead", MEETING),
    )
    elsewhere(play, found, MEETING)
    return found


def test_an_item_about_the_guideline_is_no_discussion_of_the_initiative(play: Play) -> None:
    play.meeting(MEETING)
    found = propose(play)
    put_and_agree(play, found)
    row = Evidence.objects.get(initiative=play.initiative, demand="discussed_idea")
    assert row.status == "missing"


def test_the_page_says_it_neutrally_and_hides_a_closed_item(play: Play) -> None:
    found = agreed_for_april(play)
    item = play.discussed(MEETING)
    Item.objects.filter(pk=item.pk).update(
        confidential_until=date(2027, 1, 1), confidential_because="Personsag"
    )
    row = pages.guideline(found, play.cast.viewer("auditor", noon(date(2026, 4, 2))))["rows"][0]
    assert row.sentence.startswith("Discussed on")
    assert row.item_url == ""
    assert pages.guideline(found, play.cast.viewer("lead", noon(date(2026, 4, 2))))["rows"][0].item_url


def test_the_time_line_shows_promised_and_held(play: Play) -> None:
    found = agreed_for_april(play)
    play.discussed(MEETING)
    page = pages.guideline(found, play.cast.viewer("lead", noon(date(2026, 4, 2))))
    assert "Udvalg local" in str(page["chart"].svg)
    assert page["chart"].table.rows[0][1] == MEETING
    told = f"{page['chart'].svg} {page['chart'].table.note}"
    assert "n = " not in told  # dates are listed, nothing is counted
    assert "oday" not in told  # it tells what was agreed, whenever it is read


# --- what the hall is told -------------------------------------------------------------------------------


@pytest.fixture
def full(play: Play) -> Initiative:
    """The same initiative on the full way, whose first gate asks for a procedure guideline."""
    one = play.initiative
    return hall.change_initiative(
        initiative=one,
        version=one.version,
        title=one.title,
        owner=one.owner,
        lead=one.lead,
        decision_level="local",
        ai_involved="no",
        case_number="26/77",
        units=[play.cast.units["workplace"]],
        groups=[],
        process_key="standard",
        **play.by("lead"),
    )


def on_the_board(full: Initiative) -> tuple[str, str]:
    row = Evidence.objects.get(initiative=full, demand="procedure_guideline")
    return row.status, row.because_key


def test_the_demand_is_met_once_it_is_agreed_and_the_text_is_approved(play: Play, full: Initiative) -> None:
    play.meeting(MEETING)
    assert on_the_board(full) == ("missing", "no_guideline")
    found = propose(play)
    assert on_the_board(full) == ("missing", "guideline_is_a_draft")
    version = put_and_agree(play, found, approve=False)
    hall.evidence.refresh([full], noon(MEETING))
    assert on_the_board(full) == ("missing", "guideline_awaits_approval")
    play.approved(
        Item.objects.select_related("thing", "regime", "organisation", "committee", "meeting").get(
            pk=version.item_id
        ),
        MEETING,
    )
    hall.evidence.refresh([full], noon(MEETING))
    assert on_the_board(full) == ("met", "guideline_holds")


def test_a_general_one_in_a_committee_above_answers_too(play: Play, full: Initiative) -> None:
    found = propose(play, "chair", committee=play.cast.committees["main"], kind="new_technology")
    actions.record_guideline_elsewhere(
        guideline=found, agreed_on=MEETING, agreed_by="Begge sider", **play.by("chair", MEETING)
    )
    assert on_the_board(full) == ("met", "general_guideline_holds")


def test_after_the_notice_the_demand_is_open_again(play: Play, full: Initiative) -> None:
    found = propose(play)
    elsewhere(play, found, MEETING)
    terminate(play, found, date(2026, 4, 1))
    hall.evidence.refresh([full], noon(date(2026, 7, 2)))
    assert on_the_board(full) == ("missing", "guideline_ended")


def test_it_can_be_cited_searched_and_is_sealed(play: Play) -> None:
    found = propose(play)
    elsewhere(play, found, MEETING)
    card = boards.cards([found.ref], play.cast.viewer("auditor"))[found.ref]
    assert card.title == found.title
    assert found.title in next(iter(boards.texts([found.thing])))[2]
    assert journal.verify(play.cast.organisation) == []
    GuidelineVersion.objects.update(purpose="Noget andet")
    assert {fault.kind for fault in journal.verify(play.cast.organisation)} == {"altered_record"}


def test_a_guest_sees_what_is_agreed_about_the_initiative_they_are_admitted_to_and_no_other(
    play: Play,
) -> None:
    found = propose(play)
    general = propose(play, "chair", committee=play.cast.committees["main"], kind="new_technology")
    guest = play.cast.viewer("guest")
    assert boards.cards([found.ref, general.ref], guest) == {}
    hall.admit_guest(initiative=play.initiative, person=play.cast.people["guest"], **play.by("lead"))
    assert list(boards.cards([found.ref, general.ref], guest)) == [found.ref]
    actions.put_guideline_before(guideline=found, **play.by("lead"))
    assert pages.guideline(anew(found), guest)["items"] == []
    assert len(pages.guideline(anew(found), play.cast.viewer("auditor"))["items"]) == 1


@pytest.mark.parametrize("format", ["pdf", "docx"])
def test_it_is_printed_with_its_time_line_and_table(play: Play, format: str) -> None:
    found = agreed_for_april(play)
    document = documents.guideline(found, play.cast.viewer("lead", noon(date(2026, 4, 2))), "da")
    assert len(write(document, format).bytes) > 1000  # type: ignore[arg-type]


def test_promised_days_stand_in_the_calendar_of_those_who_lead_it(play: Play) -> None:
    found = agreed_for_april(play)
    there = list(boards.calendar(play.cast.viewer("lead"), play.cast.at + timedelta(days=2)))
    assert [(one.on, one.title) for one in there] == []
    lead = play.cast.viewer("lead", noon(date(2026, 2, 3)))
    assert [(one.on, one.title) for one in boards.calendar(lead, noon(date(2026, 2, 3)))] == [
        (date(2026, 4, 1), found.title)
    ]


# --- which guideline an outcome is about ------------------------------------------------------------------


def asked_about(play: Play, item: Item, on: date = MEETING) -> str:
    """What stands in “which guideline?” when the form about the outcome is opened."""
    known = queries.meant_by([item], on)
    assert room_pages.outcome_so_far(item, on).get("asked_guideline", "") == known.get(item.pk, "")
    return known.get(item.pk, "")


def test_the_only_guideline_of_the_committee_is_written_in_already(play: Play) -> None:
    item = play.item(meeting=play.meeting(MEETING))
    assert asked_about(play, item) == ""
    found = propose(play)
    assert asked_about(play, item) == found.title
    propose(play, "chair", committee=play.cast.committees["local"], kind="new_technology")
    assert asked_about(play, item) == ""


def test_the_guideline_that_was_put_before_the_committee_is_written_in_among_several(play: Play) -> None:
    propose(play)
    general = propose(play, "chair", committee=play.cast.committees["local"], kind="new_technology")
    item = actions.put_guideline_before(guideline=general, **play.by("chair"))
    assert asked_about(play, item) == general.title


def test_one_that_has_ended_is_not_meant(play: Play) -> None:
    found = propose(play)
    Guideline.objects.filter(pk=found.pk).update(ends_on=MEETING - timedelta(days=1))
    assert asked_about(play, play.item(meeting=play.meeting(MEETING))) == ""


# --- days that pass by themselves ------------------------------------------------------------------------


def told(play: Play, on: date) -> list[tuple[str, str]]:
    """Let the worker's round come by twice on a day; the notices that are new, by kind and person."""
    before = set(Notice.objects.values_list("pk", flat=True))
    for hour in (0, 4):
        days.tell_of_days(play.cast.organisation, noon(on) + timedelta(hours=hour))
    new = Notice.objects.exclude(pk__in=before).order_by("kind", "person__family_name")
    return [(one.kind, str(one.person)) for one in new]


CONCERNED = ["Mads Formand", "Bo Leder", "Aisha Næstformand", "Ingrid Projekt", "Sanne Sekretær"]


def test_who_is_concerned_hears_once_that_an_agreed_day_passed_without_a_discussion(play: Play) -> None:
    play.meeting(MEETING)
    found = propose(play)
    elsewhere(play, found, play.cast.at.date())
    assert told(play, MEETING) == []
    after = MEETING + timedelta(days=1)
    assert told(play, after) == [("promise_passed", one) for one in CONCERNED]
    assert told(play, after + timedelta(days=1)) == []


def test_what_was_held_in_time_is_not_told(play: Play) -> None:
    play.meeting(MEETING)
    elsewhere(play, propose(play), play.cast.at.date())
    play.discussed(date(2026, 2, 18))
    assert told(play, MEETING + timedelta(days=1)) == []


def test_what_lies_far_back_is_not_told(play: Play) -> None:
    play.meeting(MEETING)
    elsewhere(play, propose(play), play.cast.at.date())
    assert told(play, MEETING + days.MADE_GOOD + timedelta(days=1)) == []


def test_who_is_concerned_hears_once_when_a_guideline_has_ended(play: Play) -> None:
    found = propose(play)
    elsewhere(play, found, play.cast.at.date())
    on = play.cast.at.date()
    ended = actions.terminate_guideline(
        guideline=found, notice_on=on, side="staff", because="Den holder ikke", **play.by("chair")
    ).ends_on
    assert ended
    assert told(play, ended) == []
    after = ended + timedelta(days=1)
    assert told(play, after) == [("guideline_ended", one) for one in CONCERNED]
    assert told(play, after + timedelta(days=1)) == []
