"""What a substantial change of work asks for before it is put to use, with the safety representative."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from samspil.initiative import actions, assessments, boards, consumers, evidence
from samspil.initiative.models import Assessment, Evidence, Initiative, Need, Notice
from samspil.kit.refusal import ChangedMeanwhile, NotAllowed, Refused
from samspil.organisation.models import Seat
from samspil.organisation.scope import scope
from tests.cast import SINCE, Cast, gather


def change(cast: Cast, initiative: Initiative, at: datetime, who: str = "lead", **facts: Any) -> Initiative:
    kept = Initiative.objects.get(pk=initiative.pk)
    usual: dict[str, Any] = {
        "title": kept.title,
        "owner": kept.owner,
        "lead": kept.lead,
        "decision_level": "local",
        "ai_involved": "no",
        "case_number": "",
        "units": [cast.units["workplace"]],
        "groups": [],
        "process_key": "standard",
    }
    return actions.change_initiative(
        initiative=kept, version=kept.version, **(usual | facts), by=cast.viewer(who, at), at=at
    )


def asked(cast: Cast, initiative: Initiative, at: datetime) -> Assessment:
    change(cast, initiative, at, work_changes=["tasks"])
    return anew()


def anew() -> Assessment:
    found = assessments.assessment(Assessment.objects.get().ref)
    assert found is not None
    return found


def safety_rep(cast: Cast, who: str = "steward", until: date | None = None) -> None:
    Seat.objects.create(
        organisation=cast.organisation,
        committee=cast.committees["local"],
        person=cast.people[who],
        side="staff",
        safety_rep=True,
        since=SINCE,
        until=until,
    )


def record(cast: Cast, at: datetime, who: str = "lead", rep: str = "steward", **facts: Any) -> Assessment:
    row = anew()
    usual: dict[str, Any] = {
        "done_on": at.date(),
        "found": "Tempoet stiger om natten.",
        "measures": "To om natten til påske.",
        "version": row.version,
    }
    return actions.record_assessment(
        assessment=row, safety_rep=cast.people[rep], **(usual | facts), by=cast.viewer(who, at), at=at
    )


def plan(
    cast: Cast, initiative: Initiative, at: datetime, on: date, kind: str = "decision", **facts: Any
) -> None:
    facts.setdefault("phase", "implementation")
    actions.plan_step(initiative=initiative, kind=kind, on=on, by=cast.viewer("lead"), at=at, **facts)


def on_the_board(initiative: Initiative) -> tuple[str, str]:
    row = Evidence.objects.get(initiative=initiative, demand="impact_assessment")
    return row.status, row.because_key


# --- what opens it ---------------------------------------------------------------------------------------


def test_until_somebody_says_it_is_not_known_whether_the_work_changes(
    cast: Cast, initiative: Initiative, at: datetime
) -> None:
    change(cast, initiative, at)
    assert on_the_board(initiative) == ("unknown", "change_not_asked")
    assert not Assessment.objects.exists()


def test_any_change_of_work_is_a_substantial_one_and_asks_for_the_danish_assessment(
    cast: Cast, initiative: Initiative, at: datetime
) -> None:
    row = asked(cast, initiative, at)
    assert (row.kind, row.wording.language) == ("workplace_assessment", "da")
    assert on_the_board(initiative) == ("missing", "assessment_open")


def test_in_sweden_it_is_the_risk_assessment_before_change(content: None, at: datetime) -> None:
    cast = gather("sjovik", "samverkan")
    with scope(cast.organisation):
        lead = {"by": cast.viewer("lead"), "at": at}
        need = actions.raise_need(problem="P", for_whom="F", if_nothing="I", **lead)
        found = actions.start_initiative(
            needs=[need], units=[cast.units["workplace"]], owner=cast.people["owner"], **lead
        )
        assert asked(cast, found, at).kind == "change_risk_assessment"
        assert "AFS" in anew().wording.body["source"]


def test_nothing_of_it_makes_the_demand_not_relevant(
    cast: Cast, initiative: Initiative, at: datetime
) -> None:
    change(cast, initiative, at, work_changes=[])
    assert on_the_board(initiative) == ("not_relevant", "no_substantial_change")


def test_leaving_the_question_alone_changes_nothing_that_was_said(
    cast: Cast, initiative: Initiative, at: datetime
) -> None:
    asked(cast, initiative, at)
    change(cast, initiative, at)
    assert Initiative.objects.get(pk=initiative.pk).work_changes == ["tasks"]
    assert Assessment.objects.count() == 1


def test_what_is_no_longer_said_to_change_is_no_longer_owed(
    cast: Cast, initiative: Initiative, at: datetime
) -> None:
    asked(cast, initiative, at)
    change(cast, initiative, at, work_changes=[])
    assert not assessments.open_assessments().exists()
    change(cast, initiative, at, work_changes=["hours"])
    assert assessments.open_assessments().count() == 1


def test_what_nobody_offers_is_refused(cast: Cast, initiative: Initiative, at: datetime) -> None:
    with pytest.raises(Refused) as refusal:
        change(cast, initiative, at, work_changes=["weather"])
    assert refusal.value.field == "work_changes"


# --- by which day ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("go_live", "due"),
    [
        (date(2026, 3, 17), date(2026, 3, 16)),
        (date(2026, 3, 16), date(2026, 3, 13)),  # a Monday
        (date(2026, 4, 7), date(2026, 4, 1)),  # the day after Easter
        (date(2027, 1, 4), date(2026, 12, 31)),  # across New Year's Day and a weekend
        (date(2026, 12, 28), date(2026, 12, 24)),  # after Christmas
    ],
)
def test_it_is_due_the_working_day_before_go_live(
    cast: Cast, initiative: Initiative, at: datetime, go_live: date, due: date
) -> None:
    asked(cast, initiative, at)
    plan(cast, initiative, at, date(2026, 3, 2), "contract", phase="idea")
    plan(cast, initiative, at, go_live)
    assert anew().due == due
    assert on_the_board(initiative) == ("missing", "assessment_due")


def test_while_go_live_has_no_day_the_next_step_says_it(
    cast: Cast, initiative: Initiative, at: datetime
) -> None:
    asked(cast, initiative, at)
    plan(cast, initiative, at, date(2026, 3, 3), "contract", phase="idea")
    assert anew().due == date(2026, 3, 2)


def test_a_day_that_somebody_gave_stays_and_without_it_go_live_says_it_again(
    cast: Cast, initiative: Initiative, at: datetime
) -> None:
    row = asked(cast, initiative, at)
    plan(cast, initiative, at, date(2026, 3, 17))
    given = actions.date_assessment(
        assessment=row, due=date(2026, 2, 20), version=1, by=cast.viewer("lead"), at=at
    )
    assert given.due == date(2026, 2, 20)
    again = actions.date_assessment(assessment=anew(), due=None, version=2, by=cast.viewer("lead"), at=at)
    assert again.due == date(2026, 3, 16)


def test_late_is_said_plainly_before_and_after(cast: Cast, initiative: Initiative, at: datetime) -> None:
    asked(cast, initiative, at)
    safety_rep(cast)
    plan(cast, initiative, at, date(2026, 3, 17))
    later = at + timedelta(days=60)
    evidence.refresh([initiative], later)
    assert on_the_board(initiative) == ("missing", "assessment_late")
    record(cast, later)
    assert on_the_board(initiative) == ("met", "assessed_late")


def test_the_lead_is_reminded_once_of_each_day_and_never_once_it_is_done(
    cast: Cast, initiative: Initiative, at: datetime
) -> None:
    asked(cast, initiative, at)
    plan(cast, initiative, at, date(2026, 3, 17))
    for days in (0, 27, 29, 30, 31, 60):
        consumers.remind(cast.organisation, at + timedelta(days=days))
    assert Notice.objects.filter(kind="assessment_due").count() == 1
    safety_rep(cast)
    actions.date_assessment(
        assessment=anew(), due=date(2026, 3, 20), version=1, by=cast.viewer("lead"), at=at
    )
    record(cast, at)
    consumers.remind(cast.organisation, at + timedelta(days=45))
    assert Notice.objects.filter(kind="assessment_due").count() == 1


def test_the_lead_hears_when_somebody_else_says_that_the_work_changes(
    cast: Cast, initiative: Initiative, at: datetime
) -> None:
    change(cast, initiative, at, "owner", work_changes=["place"])
    consumers.read_on(cast.organisation, at)
    consumers.read_on(cast.organisation, at)
    assert Notice.objects.filter(kind="assessment_opened", person=cast.people["lead"]).count() == 1


def test_it_waits_for_the_lead_and_stands_in_the_calendar(
    cast: Cast, initiative: Initiative, at: datetime
) -> None:
    asked(cast, initiative, at)
    plan(cast, initiative, at, date(2026, 3, 17))
    lead = cast.viewer("lead")
    assert date(2026, 3, 16) in [one.due for one in boards.waiting_for(lead, at)]
    assert date(2026, 3, 16) in [one.on for one in boards.coming_days(lead, at)]
    assert list(boards.coming_days(cast.viewer("guest"), at)) == []


# --- that it was done ------------------------------------------------------------------------------------


def test_it_is_recorded_with_the_safety_representative_and_answers_the_demand(
    cast: Cast, initiative: Initiative, at: datetime
) -> None:
    asked(cast, initiative, at)
    safety_rep(cast)
    done = record(cast, at)
    assert done.safety_rep == cast.people["steward"]
    assert on_the_board(initiative) == ("met", "assessed")
    assert boards.assessment_cards([done.ref], cast.viewer("auditor"))[done.ref].title == initiative.title


def test_somebody_without_such_a_seat_is_refused_by_name(
    cast: Cast, initiative: Initiative, at: datetime
) -> None:
    asked(cast, initiative, at)
    safety_rep(cast, until=date(2026, 1, 15))
    for rep, day in (("vice_chair", at.date()), ("steward", at.date())):
        with pytest.raises(Refused, match=str(cast.people[rep])) as refusal:
            record(cast, at, rep=rep, done_on=day)
        assert refusal.value.field == "safety_rep"
    assert record(cast, at, done_on=date(2026, 1, 15)).done_on == date(2026, 1, 15)


@pytest.mark.parametrize(
    ("facts", "field"), [({"found": " "}, "found"), ({"done_on": date(2026, 2, 2)}, "done_on")]
)
def test_an_assessment_says_what_was_found_and_on_a_day_that_has_come(
    cast: Cast, initiative: Initiative, at: datetime, facts: dict[str, Any], field: str
) -> None:
    asked(cast, initiative, at)
    safety_rep(cast)
    with pytest.raises(Refused) as refusal:
        record(cast, at, **facts)
    assert refusal.value.field == field


def test_the_second_of_two_sees_both_texts(cast: Cast, initiative: Initiative, at: datetime) -> None:
    asked(cast, initiative, at)
    safety_rep(cast)
    record(cast, at)
    with pytest.raises(ChangedMeanwhile) as meanwhile:
        record(cast, at, version=1, found="Intet")
    assert meanwhile.value.theirs == "Tempoet stiger om natten."


@pytest.mark.parametrize("who", ["auditor", "employee", "steward", "chair"])
def test_those_who_neither_run_nor_lead_it_record_nothing(
    cast: Cast, initiative: Initiative, at: datetime, who: str
) -> None:
    asked(cast, initiative, at)
    safety_rep(cast)
    with pytest.raises(NotAllowed):
        record(cast, at, who)


# --- pages -----------------------------------------------------------------------------------------------


def test_from_the_change_page_to_what_was_found(
    outside_scope: Cast,
    initiative: Initiative,
    need: Need,
    look: Callable[..., str],
    send: Callable[..., str],
) -> None:
    fields = {
        "title": "Ny vagtplan",
        "lead": "Ingrid Projekt",
        "owner": outside_scope.people["owner"].ref,
        "affected": [f"unit:{outside_scope.units['workplace'].ref}"],
        "decision_level": "local",
        "ai_involved": "no",
        "version": 1,
    }
    path = f"initiatives/{initiative.ref}/change/"
    both = send("lead", path, work_changes=["hours", "nothing"], **fields)
    assert "not both" in both
    page = send("lead", path, work_changes=["hours"], **fields)

    assert "Before it is put to use" in page
    with scope(outside_scope.organisation):
        ref = Assessment.objects.get().ref
    assert "No safety representative is entered" in look("lead", f"assessments/{ref}/done/")
    with scope(outside_scope.organisation):
        safety_rep(outside_scope)
    done = {"done_on": "2026-02-01", "found": "Tempoet stiger", "measures": "To om natten", "version": 1}
    done["safety_rep"] = outside_scope.people["steward"].ref
    page = send("lead", f"assessments/{ref}/done/", **done)
    assert "Tove Tillidsvalgt" in page
    assert "Tempoet stiger" in look("auditor", f"assessments/{ref}/")
