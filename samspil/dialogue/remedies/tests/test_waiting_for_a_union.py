"""After a negotiation that ended in disagreement the decision waits, union by union."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from samspil.dialogue import actions as committees
from samspil.dialogue import queries as dialogue
from samspil.dialogue.models import Item
from samspil.dialogue.remedies import actions, queries
from samspil.dialogue.remedies.waits import UnionWait
from samspil.dialogue.tests.conftest import BOTH_POSITIONS, Play, told_by
from samspil.initiative import actions as hall
from samspil.initiative import consumers
from samspil.initiative.models import Evidence, Notice
from samspil.kit.refusal import NotAllowed, Refused

MET, SIGNED = date(2026, 2, 18), date(2026, 3, 4)
CALL_BY = date(2026, 3, 11)  # seven days from the signing, a Wednesday


def negotiated(play: Play, **results: str) -> Item:
    return negotiated_on(play, MET, **results)


def negotiated_on(play: Play, day: date, **results: str) -> Item:
    item = play.item(meeting=play.meeting(day))
    outcomes = [
        committees.NewOutcome(key, play.cast.unions[name], told_by(day)) for name, key in results.items()
    ]
    committees.record_outcome(
        item=item, outcomes=outcomes, positions=BOTH_POSITIONS, **play.by("secretary", day)
    )
    return found(item)


def signed(play: Play, item: Item, on: date = SIGNED, version: int = 0) -> Item:
    minutes = committees.write_minutes(
        item=item, text="Protokoll", version=version, **play.by("secretary", on)
    )
    committees.release_minutes(item=item, sha256=minutes.sha256, **play.by("chair", on))
    for who in ("chair", "vice_chair", "steward"):
        committees.approve_minutes(item=item, sha256=minutes.sha256, **play.by(who, on))
    return found(item)


def found(item: Item) -> Item:
    again = dialogue.item(item.ref)
    assert again is not None
    return again


def stands(item: Item, on: date) -> dict[str, UnionWait]:
    return {str(one.union)[-1]: one for one in queries.waits_of(item, on)}


def call(play: Play, item: Item, on: date, who: str = "steward") -> None:
    actions.call_central(item=item, union=play.cast.unions["B"], called_on=on, **play.by(who, on))


@pytest.fixture
def play(play_under: Callable[[str], Play]) -> Play:
    return play_under("MBL")


def test_each_union_stands_by_itself(play: Play) -> None:
    item = signed(play, negotiated(play, A="concluded_agreed", B="concluded_disagreed"))
    a, b = (stands(item, SIGNED)[name].wait for name in "AB")
    assert (a.stand, b.stand) == ("agreed", "may_be_called")
    assert (b.call_by, b.decide_from) == (CALL_BY, CALL_BY + timedelta(days=1))


def test_the_days_begin_when_the_text_is_signed(play: Play) -> None:
    item = negotiated(play, A="concluded_agreed", B="concluded_disagreed")
    assert stands(item, MET)["B"].wait.stand == "awaiting_signature"


def step_on(play: Play, day: date) -> str:
    hall.plan_step(initiative=play.initiative, kind="contract", on=day, phase="idea", **play.by("lead"))
    row = Evidence.objects.get(initiative=play.initiative, demand="discussed_idea")
    return f"{row.status} {row.because_key}"


def test_a_step_within_the_days_must_wait_and_one_after_them_need_not(play: Play) -> None:
    signed(play, negotiated(play, A="concluded_agreed", B="concluded_disagreed"))
    assert step_on(play, CALL_BY) == "missing must_wait.contract"
    row = Evidence.objects.get(initiative=play.initiative, demand="discussed_idea")
    assert row.because_facts["from_day"] == (CALL_BY + timedelta(days=1)).isoformat()


def test_a_step_after_the_days_is_in_time(play: Play) -> None:
    signed(play, negotiated(play, A="concluded_agreed", B="concluded_disagreed"))
    assert step_on(play, CALL_BY + timedelta(days=1)) == "met in_time.contract"


def test_a_call_opens_the_matter_until_it_is_concluded_centrally(play: Play) -> None:
    item = signed(play, negotiated(play, A="concluded_agreed", B="concluded_disagreed"))
    call(play, item, date(2026, 3, 6))
    assert stands(item, date(2026, 3, 20))["B"].wait.stand == "called"
    assert step_on(play, date(2026, 5, 4)) == "missing not_discussed_step_to_come.contract"
    central = date(2026, 4, 7)
    meeting = play.meeting(central)
    committees.place_item(item=item, meeting=meeting, **play.by("secretary", date(2026, 3, 20)))
    committees.record_outcome(
        item=found(item),
        outcomes=[committees.NewOutcome("central_disagreed", play.cast.unions["B"])],
        positions=BOTH_POSITIONS,
        **play.by("secretary", central),
    )
    item = signed(play, found(item), central + timedelta(days=1))
    assert stands(item, central)["B"].wait.decide_from == central
    row = Evidence.objects.get(initiative=play.initiative, demand="discussed_idea")
    assert (row.status, row.because_key) == ("met", "in_time.contract")


def test_a_call_after_the_days_is_refused_with_the_day(play: Play) -> None:
    item = signed(play, negotiated(play, A="concluded_agreed", B="concluded_disagreed"))
    with pytest.raises(Refused) as refusal:
        call(play, item, CALL_BY + timedelta(days=1))
    assert refusal.value.field == "called_on"
    call(play, item, CALL_BY)
    with pytest.raises(Refused):
        call(play, item, CALL_BY)


def test_the_organisations_own_days_hold(play: Play) -> None:
    actions.set_own_term(
        clock="MBL.central",
        since=date(2026, 1, 1),
        number=14,
        unit="days",
        source="Kollektivavtal § 9",
        **play.by("administrator"),
    )
    item = signed(play, negotiated(play, A="concluded_agreed", B="concluded_disagreed"))
    assert stands(item, SIGNED)["B"].wait.call_by == date(2026, 3, 18)


def test_where_all_agree_nothing_waits_and_nothing_can_be_called_for(play: Play) -> None:
    item = signed(play, negotiated(play, A="concluded_agreed", B="concluded_agreed"))
    assert queries.waits_of(item, SIGNED) == []
    with pytest.raises(Refused):
        call(play, item, SIGNED)


@pytest.mark.parametrize(
    "who", ["lead", "owner", "director", "administrator", "management_member", "employee"]
)
def test_the_call_is_recorded_by_the_staff_side_or_those_who_run_it(play: Play, who: str) -> None:
    item = signed(play, negotiated(play, A="concluded_agreed", B="concluded_disagreed"))
    with pytest.raises(NotAllowed):
        call(play, item, SIGNED, who)


def test_in_samverkan_the_group_waits_as_a_whole(play_under: Callable[[str], Play]) -> None:
    play = play_under("samverkan")
    item = found(play.discussed(MET, key="concluded_disagreed"))
    minutes = committees.write_minutes(item=item, text="Protokoll", **play.by("secretary", SIGNED))
    committees.release_minutes(item=item, sha256=minutes.sha256, **play.by("chair", SIGNED))
    for who in ("chair", "steward"):
        committees.approve_minutes(item=item, sha256=minutes.sha256, **play.by(who, SIGNED))
    (only,) = queries.waits_of(found(item), SIGNED)
    assert (only.union, only.wait.call_by) == (None, CALL_BY)


def test_those_who_decide_hear_that_a_union_called(play: Play) -> None:
    item = signed(play, negotiated(play, A="concluded_agreed", B="concluded_disagreed"))
    call(play, item, date(2026, 3, 6))
    consumers.read_on(play.cast.organisation, play.cast.at)
    told = set(Notice.objects.filter(kind="central_called").values_list("person__title", flat=True))
    assert told == {"chair", "lead", "owner"}
