"""The dated duty to tell staff and their representatives that artificial intelligence is involved."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest

from samspil.initiative import actions, boards, consumers, evidence
from samspil.initiative.models import AIDuty, BindingStep, Evidence, Initiative, Need, Notice
from samspil.kit.refusal import ChangedMeanwhile, Refused
from samspil.organisation.scope import scope
from tests.cast import Cast


@pytest.fixture
def with_ai(outside_scope: Cast, need: Need, at: datetime) -> Initiative:
    with scope(outside_scope.organisation):
        return actions.start_initiative(
            needs=[need],
            units=[outside_scope.units["workplace"]],
            owner=outside_scope.people["owner"],
            ai_involved="yes",
            by=outside_scope.viewer("lead"),
            at=at,
        )


def inform(cast: Cast, initiative: Initiative, at: datetime, who: str = "lead", **facts: object) -> AIDuty:
    usual: dict[str, object] = {"informed_on": at.date(), "how": "På personalemødet."}
    return actions.inform_about_ai(initiative=initiative, by=cast.viewer(who), at=at, **(usual | facts))  # type: ignore[arg-type]


def test_the_second_of_two_sees_both_texts_and_nothing_is_overwritten(
    cast: Cast, with_ai: Initiative, at: datetime
) -> None:
    inform(cast, with_ai, at)
    with pytest.raises(ChangedMeanwhile) as meanwhile:
        inform(cast, with_ai, at, who="owner", informed_on=date(2026, 1, 30), how="Pr. brev.")
    assert "På personalemødet." in meanwhile.value.theirs
    assert "2026" in meanwhile.value.yours
    assert "Pr. brev." in meanwhile.value.yours
    assert AIDuty.objects.get().staff_how == "På personalemødet."


def test_on_the_page_the_second_one_decides_with_both_in_view(
    outside_scope: Cast, with_ai: Initiative, send: Callable[..., str]
) -> None:
    mine: dict[str, object] = {"informed_on": "2026-01-30", "how": "Pr. brev.", "version": 1, "way": "mail"}
    mine["whom"] = ["staff", "representatives"]
    send("lead", f"initiatives/{with_ai.ref}/ai/", **(mine | {"how": "På personalemødet."}))
    read = send("owner", f"initiatives/{with_ai.ref}/ai/", 409, **mine)
    assert "På personalemødet." in read
    assert 'name="version" value="2"' in read
    send("owner", f"initiatives/{with_ai.ref}/ai/", **(mine | {"version": 2}))
    with scope(outside_scope.organisation):
        assert AIDuty.objects.get().staff_how == "Pr. brev."


def test_nobody_was_told_tomorrow(cast: Cast, with_ai: Initiative, at: datetime) -> None:
    with pytest.raises(Refused) as refusal:
        inform(cast, with_ai, at, informed_on=date(2026, 2, 2))
    assert refusal.value.field == "informed_on"


# --- by which day ----------------------------------------------------------------------------------------


def due(initiative: Initiative) -> date | None:
    return AIDuty.objects.get(initiative=initiative).due


def plan(
    cast: Cast, initiative: Initiative, at: datetime, kind: str, on: date, **facts: object
) -> BindingStep:
    return actions.plan_step(initiative=initiative, kind=kind, on=on, by=cast.viewer("lead"), at=at, **facts)


def give(cast: Cast, initiative: Initiative, at: datetime, day: date | None) -> AIDuty:
    version = AIDuty.objects.get(initiative=initiative).version
    return actions.date_ai_duty(
        initiative=initiative, due=day, version=version, by=cast.viewer("lead"), at=at
    )


def on_the_board(initiative: Initiative) -> tuple[str, str, str]:
    row = Evidence.objects.get(initiative=initiative, demand="ai_duty")
    return row.status, row.because_key, evidence.because_of(row)


def test_without_a_step_ahead_no_day_is_known(cast: Cast, with_ai: Initiative) -> None:
    assert due(with_ai) is None
    assert on_the_board(with_ai)[:2] == ("missing", "ai_not_informed")


def test_it_is_due_by_the_earliest_step_that_is_planned_and_moves_with_it(
    cast: Cast, with_ai: Initiative, at: datetime
) -> None:
    plan(cast, with_ai, at, "contract", date(2026, 3, 20))
    tender = plan(cast, with_ai, at, "tender", date(2026, 3, 2))
    assert due(with_ai) == date(2026, 3, 2)
    assert "2026" in on_the_board(with_ai)[2]
    by = cast.viewer("lead")
    actions.correct_step(step=tender, on=date(2026, 4, 1), taken=False, reason="Udskudt", by=by, at=at)
    assert due(with_ai) == date(2026, 3, 20)


def test_a_step_that_was_taken_leaves_the_next_one(cast: Cast, with_ai: Initiative, at: datetime) -> None:
    plan(cast, with_ai, at, "budget", date(2026, 1, 20), taken=True)
    assert due(with_ai) is None
    plan(cast, with_ai, at, "contract", date(2026, 3, 20))
    assert due(with_ai) == date(2026, 3, 20)


def test_with_no_step_ahead_it_was_due_when_the_system_was_put_into_use(
    cast: Cast, with_ai: Initiative, at: datetime
) -> None:
    with_ai.phase = "implementation"
    with_ai.save()
    actions.decide_gate(
        initiative=with_ai,
        gate="go_live",
        outcome="go",
        decided_on=date(2026, 1, 30),
        reason="Klar",
        override_reason="Vi kan ikke vente",
        by=cast.viewer("owner"),
        at=at,
    )
    assert due(with_ai) == date(2026, 1, 30)
    assert on_the_board(with_ai)[:2] == ("missing", "ai_late")


def test_a_day_that_was_given_counts_and_stays_until_it_is_taken_away(
    cast: Cast, with_ai: Initiative, at: datetime
) -> None:
    plan(cast, with_ai, at, "contract", date(2026, 3, 20))
    give(cast, with_ai, at, date(2026, 2, 10))
    plan(cast, with_ai, at, "tender", date(2026, 2, 5))
    assert due(with_ai) == date(2026, 2, 10)
    give(cast, with_ai, at, None)
    assert due(with_ai) == date(2026, 2, 5)


def test_two_who_give_a_day_at_once_see_both(cast: Cast, with_ai: Initiative, at: datetime) -> None:
    give(cast, with_ai, at, date(2026, 2, 10))
    with pytest.raises(ChangedMeanwhile):
        actions.date_ai_duty(
            initiative=with_ai, due=date(2026, 3, 1), version=1, by=cast.viewer("owner"), at=at
        )
    assert due(with_ai) == date(2026, 2, 10)


def test_told_too_late_counts_as_told_and_says_so(cast: Cast, with_ai: Initiative, at: datetime) -> None:
    give(cast, with_ai, at, date(2026, 1, 20))
    assert on_the_board(with_ai)[:2] == ("missing", "ai_late")
    inform(cast, with_ai, at, version=2)
    assert on_the_board(with_ai)[:2] == ("met", "ai_informed_late")


def test_what_was_told_keeps_the_day_it_was_due_by(cast: Cast, with_ai: Initiative, at: datetime) -> None:
    step = plan(cast, with_ai, at, "contract", date(2026, 3, 20))
    inform(cast, with_ai, at)
    by = cast.viewer("lead")
    actions.correct_step(step=step, on=date(2026, 1, 5), taken=True, reason="Fejl", by=by, at=at)
    assert due(with_ai) == date(2026, 3, 20)
    with pytest.raises(Refused):
        give(cast, with_ai, at, date(2026, 4, 1))


def test_the_pages_say_by_which_day_and_that_it_is_late(
    outside_scope: Cast, with_ai: Initiative, at: datetime, look: Callable[..., str], send: Callable[..., str]
) -> None:
    page = f"initiatives/{with_ai.ref}/ai/"
    assert "no binding step has a date ahead" in look("lead", page)
    assert "to be told by 10 February 2026" in send("lead", f"{page}by/", due="2026-02-10", version=1)
    assert "Due by 10 February 2026" in look("employee", f"initiatives/{with_ai.ref}/")
    assert "It is late" in send("lead", f"{page}by/", due="2026-01-10", version=2)
    assert "it is late" in look("employee", f"initiatives/{with_ai.ref}/")


def test_the_first_page_says_what_is_overdue(
    cast: Cast, with_ai: Initiative, at: datetime, look: Callable[..., str]
) -> None:
    give(cast, with_ai, at, date(2026, 2, 1))
    assert "overdue" not in look("lead", "")
    give(cast, with_ai, at, date(2026, 1, 31))
    assert "overdue" in look("lead", "")


def test_it_waits_for_the_lead_and_stands_in_the_calendar(
    cast: Cast, with_ai: Initiative, at: datetime
) -> None:
    give(cast, with_ai, at, date(2026, 2, 10))
    assert [one.due for one in boards.waiting_for(cast.viewer("lead"), at) if "/ai/" in one.url] == [
        date(2026, 2, 10)
    ]
    assert not [one for one in boards.waiting_for(cast.viewer("employee"), at) if "/ai/" in one.url]
    assert date(2026, 2, 10) in {one.on for one in boards.coming_days(cast.viewer("employee"), at)}
    assert not list(boards.coming_days(cast.viewer("guest"), at))
    inform(cast, with_ai, at, version=2)
    assert not [one for one in boards.waiting_for(cast.viewer("lead"), at) if "/ai/" in one.url]
    assert not list(boards.coming_days(cast.viewer("employee"), at))


# --- who is told of it -----------------------------------------------------------------------------------


def told(cast: Cast, kind: str) -> list[str]:
    rows = Notice.objects.filter(kind=kind).select_related("person")
    return [str(row.person) for row in rows]


def test_the_lead_hears_that_the_duty_opened_unless_they_said_it_themselves(
    cast: Cast, with_ai: Initiative, need: Need, at: datetime
) -> None:
    consumers.read_on(cast.organisation, at)
    assert told(cast, "ai_duty_opened") == []
    actions.start_initiative(
        needs=[need],
        units=[cast.units["workplace"]],
        owner=cast.people["owner"],
        lead=cast.people["lead"],
        ai_involved="yes",
        by=cast.viewer("digital_lead"),
        at=at,
    )
    consumers.read_on(cast.organisation, at)
    assert told(cast, "ai_duty_opened") == ["Ingrid Projekt"]


def test_the_lead_is_reminded_once_from_two_weeks_before(
    cast: Cast, with_ai: Initiative, at: datetime
) -> None:
    give(cast, with_ai, at, date(2026, 2, 20))
    for days, times in ((0, 0), (4, 0), (5, 1), (6, 1), (30, 1)):
        consumers.remind(cast.organisation, at + timedelta(days=days))
        assert len(told(cast, "ai_duty_due")) == times, days


def test_who_was_told_in_time_is_not_reminded(cast: Cast, with_ai: Initiative, at: datetime) -> None:
    give(cast, with_ai, at, date(2026, 2, 3))
    inform(cast, with_ai, at, version=2)
    consumers.remind(cast.organisation, at)
    assert told(cast, "ai_duty_due") == []


# --- staff and their representatives, each by themselves -------------------------------------------------


def test_telling_one_of_the_two_leaves_the_duty_open_and_says_who_waits(
    cast: Cast, with_ai: Initiative, at: datetime
) -> None:
    inform(cast, with_ai, at, whom=["representatives"], way="item", informed_on=date(2026, 1, 20))
    assert on_the_board(with_ai)[:2] == ("missing", "ai_staff_not_informed")
    duty = inform(cast, with_ai, at, whom=["staff"], way="poster", version=2)
    assert on_the_board(with_ai)[:2] == ("met", "ai_informed")
    assert (duty.representatives_on, duty.representatives_way) == (date(2026, 1, 20), "item")
    assert (duty.staff_on, duty.staff_way, duty.informed_on) == (at.date(), "poster", at.date())


def test_late_names_who_has_not_been_told(cast: Cast, with_ai: Initiative, at: datetime) -> None:
    give(cast, with_ai, at, date(2026, 2, 10))
    inform(cast, with_ai, at, whom=["staff"], version=2)
    evidence.refresh([with_ai], at + timedelta(days=30))
    assert on_the_board(with_ai)[:2] == ("missing", "ai_representatives_late")


@pytest.mark.parametrize(
    ("facts", "field"), [({"whom": []}, "whom"), ({"whom": ["press"]}, "whom"), ({"way": "rumour"}, "way")]
)
def test_who_was_told_and_how_is_one_of_the_known(
    cast: Cast, with_ai: Initiative, at: datetime, facts: dict[str, object], field: str
) -> None:
    with pytest.raises(Refused) as refusal:
        inform(cast, with_ai, at, **facts)
    assert refusal.value.field == field
