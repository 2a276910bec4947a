"""Those affected contest a figure; somebody owes them an answer; what is accepted stands in the case."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from samspil.business_case import actions as room
from samspil.business_case import queries as room_queries
from samspil.business_case.contest import actions, boards, queries
from samspil.business_case.contest.figures import sentence_of
from samspil.business_case.contest.models import Answer, Assumption, Remark
from samspil.business_case.contest.notices import remind
from samspil.business_case.format import read
from samspil.business_case.models import Case, Edit, Part
from samspil.business_case.permissions import PERMISSIONS
from samspil.business_case.tests.conftest import who
from samspil.core.business_case.contesting import OwnFigure
from samspil.core.business_case.estimates import Meaning
from samspil.initiative.consumers import read_on
from samspil.initiative.models import Link, Notice
from samspil.kit.refusal import ChangedMeanwhile, NotAllowed, Refused
from samspil.organisation import actions as organisation
from samspil.organisation import journal
from samspil.organisation.models import Committee, JournalRow, Role, Seat
from samspil.organisation.scope import scope
from tests.cast import AT, SINCE, Cast

pytestmark = pytest.mark.django_db
FOUR = OwnFigure(Decimal("120000"), "counted for two weeks")


@pytest.fixture
def saving(outside_scope: Cast, case: Case) -> Iterator[Part]:
    """The line whose figure is contested; `management_member` owns it."""
    with scope(outside_scope.organisation):
        found = room_queries.part(case.parts.get(content__title="Less overtime").ref)
        assert found is not None
        yield found


def say(cast: Cast, part: Part, name: str = "employee", **more: Any) -> Remark:
    said = {"part": part, "figure": "amount", "stance": "disagrees", "text": "Vi bruger længere tid"} | more
    return actions.say(**said, **who(cast, name))


def own(cast: Cast, part: Part, figure: OwnFigure = FOUR, name: str = "employee") -> Remark:
    return say(cast, part, name, stance="own_figure", own=figure)


def answer(cast: Cast, *remarks: Remark, name: str = "lead", **more: Any) -> Answer:
    given = {"outcome": "not_accepted", "text": "Vi har målt det i to hold.", "version": 1} | more
    return actions.answer(remarks=remarks, **given, **who(cast, name))


# --- speaking -----------------------------------------------------------------------------------------------


def test_what_is_said_has_somebody_who_owes_the_answer_and_a_day(outside_scope: Cast, saving: Part) -> None:
    remark = say(outside_scope, saving)
    assert remark.owed_by == outside_scope.people["management_member"]
    assert remark.due == date(2026, 2, 13)  # ten working days after Sunday 1 February
    assert remark.stood == saving.content["amount"]
    assert remark.is_owed


def test_an_answer_is_owed_before_the_case_is_decided(outside_scope: Cast, saving: Part) -> None:
    saving.case.frame["decided_on"] = "2026-02-06"
    assert say(outside_scope, saving).due == date(2026, 2, 5)


def test_nobody_answers_themselves(outside_scope: Cast, saving: Part) -> None:
    remark = say(outside_scope, saving, "management_member")
    assert remark.owed_by == outside_scope.people["lead"]


def test_whoever_agrees_needs_no_words_and_waits_for_nothing(outside_scope: Cast, saving: Part) -> None:
    remark = say(outside_scope, saving, stance="agrees", text="")
    assert (remark.due, remark.owed_by) == (None, None)


def test_of_each_person_only_what_they_said_last_counts(outside_scope: Cast, saving: Part) -> None:
    say(outside_scope, saving)
    say(outside_scope, saving, stance="agrees", text="")
    say(outside_scope, saving, "steward")
    [amount] = queries.contestable([saving])
    assert (amount.agree, amount.disagree, len(amount.waiting)) == (1, 1, 2)


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"text": " "}, "text"),
        ({"stance": "comment", "figure": "", "text": ""}, "text"),
        ({"stance": "shouts"}, "stance"),
        ({"stance": "own_figure"}, "value"),
        ({"stance": "own_figure", "own": OwnFigure(Decimal(4), " ")}, "source"),
        ({"stance": "own_figure", "own": OwnFigure(Decimal(4), "x", low=Decimal(3))}, "low"),
        ({"stance": "own_figure", "own": OwnFigure(Decimal(4), "x", Decimal(3), Decimal(6))}, "meaning"),
        (
            {
                "stance": "own_figure",
                "own": OwnFigure(Decimal(9), "x", Decimal(3), Decimal(6), Meaning.MIN_MAX_PERT),
            },
            "value",
        ),
        ({"stance": "own_figure", "own": OwnFigure(Decimal(10) ** 16, "x")}, "value"),
    ],
)
def test_what_cannot_be_answered_is_refused_with_its_place(
    outside_scope: Cast, saving: Part, said: dict[str, Any], field: str
) -> None:
    with pytest.raises(Refused) as refusal:
        say(outside_scope, saving, **said)
    assert refusal.value.field == field
    assert not Remark.objects.exists()


def test_a_figure_that_is_not_there_cannot_be_contested(outside_scope: Cast, saving: Part) -> None:
    with pytest.raises(Refused):
        say(outside_scope, saving, figure="price")


def test_nothing_more_is_said_of_what_was_taken_out(outside_scope: Cast, saving: Part) -> None:
    remark = say(outside_scope, saving)
    room.take_out(part=saving, version=1, **who(outside_scope, "lead"))
    gone = room_queries.part(saving.ref)
    assert gone is not None
    with pytest.raises(Refused):
        say(outside_scope, gone)
    assert answer(outside_scope, remark).text  # what was said before is answered all the same


# --- who may ------------------------------------------------------------------------------------------------


def test_those_where_it_is_felt_may_speak_and_others_may_not(outside_scope: Cast, saving: Part) -> None:
    may = {
        name
        for name in outside_scope.people
        if PERMISSIONS.allows("contest_case", outside_scope.viewer(name), saving)
    }
    assert may == {
        "employee",
        "steward",
        "chair",
        "vice_chair",
        "secretary",
        "management_member",
        "lead",
        "owner",
        "digital_lead",
    }


def test_somebody_elsewhere_may_not_until_they_represent_those_affected(
    outside_scope: Cast, saving: Part
) -> None:
    person = outside_scope.people["employee"]
    person.unit = outside_scope.units["it"]
    person.save()
    assert not PERMISSIONS.allows("contest_case", outside_scope.viewer("employee"), saving)
    Seat.objects.create(
        organisation=outside_scope.organisation,
        committee=outside_scope.committees["area"],
        person=person,
        side="staff",
        since=SINCE,
    )
    assert PERMISSIONS.allows("contest_case", outside_scope.viewer("employee"), saving)


def test_a_seat_on_the_staff_side_elsewhere_is_not_enough(outside_scope: Cast, saving: Part) -> None:
    person = outside_scope.people["employee"]
    person.unit = outside_scope.units["it"]
    person.save()
    elsewhere = Committee.objects.create(
        organisation=outside_scope.organisation, unit=outside_scope.units["it"], name="It", level="local"
    )
    Seat.objects.create(
        organisation=outside_scope.organisation,
        committee=elsewhere,
        person=person,
        side="staff",
        since=SINCE,
    )
    assert not PERMISSIONS.allows("contest_case", outside_scope.viewer("employee"), saving)


def test_while_no_unit_is_named_anybody_who_takes_part_may_speak(outside_scope: Cast, saving: Part) -> None:
    saving.case.initiative.affected_units.all().delete()
    fresh = room_queries.part(saving.ref)
    assert PERMISSIONS.allows("contest_case", outside_scope.viewer("administrator"), fresh)
    assert not PERMISSIONS.allows("contest_case", outside_scope.viewer("auditor"), fresh)


def test_whoever_owes_the_answer_gives_it_and_others_do_not(outside_scope: Cast, saving: Part) -> None:
    remark = say(outside_scope, saving)
    with pytest.raises(NotAllowed):
        answer(outside_scope, remark, name="steward")
    assert answer(outside_scope, remark, name="management_member").remarks.get() == remark


# --- being answered -----------------------------------------------------------------------------------------


def test_an_accepted_figure_stands_in_the_case_and_on_the_thread(outside_scope: Cast, saving: Part) -> None:
    before = read(saving.case)
    remark = own(outside_scope, saving)
    given = answer(outside_scope, remark, outcome="accepted")
    now = room_queries.part(saving.ref)
    assert now is not None
    assert now.content["amount"] == {"value": "120000", "source": "counted for two weeks"}
    assert now.owner == saving.owner
    assert read(now.case) != before
    edit = Edit.objects.get(pk=given.edit_id)
    assert edit.before["content"]["amount"] == saving.content["amount"]
    kinds = set(Link.objects.values_list("from_thing__kind", "kind", "to_thing__kind"))
    assert ("remark", "answered_by", "remark_answer") in kinds
    assert ("remark_answer", "changed", "case_part") in kinds


def test_a_range_goes_in_with_what_its_ends_mean(outside_scope: Cast, saving: Part) -> None:
    figure = OwnFigure(Decimal("4.5"), "målt", Decimal(3), Decimal(6), Meaning.P10_P90_METALOG)
    answer(outside_scope, own(outside_scope, saving, figure), outcome="accepted")
    now = room_queries.part(saving.ref)
    assert now is not None
    assert now.content["amount"] == {
        "low": "3",
        "high": "6",
        "likely": "4.5",
        "meaning": "p10_p90_metalog",
        "source": "målt",
    }


def test_one_answer_serves_everybody_who_spoke_of_the_same_figure(outside_scope: Cast, saving: Part) -> None:
    remarks = [say(outside_scope, saving), say(outside_scope, saving, "steward")]
    given = answer(outside_scope, *remarks)
    assert set(given.remarks.all()) == set(remarks)
    read_on(outside_scope.organisation, AT)
    told = Notice.objects.filter(kind="remark_answered").values_list("person__given_name", flat=True)
    assert set(told) == {"Erik", "Tove"}


def test_remarks_about_different_figures_are_answered_by_themselves(
    outside_scope: Cast, saving: Part
) -> None:
    comment = say(outside_scope, saving, stance="comment", figure="")
    with pytest.raises(Refused):
        answer(outside_scope, say(outside_scope, saving), comment)


def test_different_figures_are_not_accepted_at_once(outside_scope: Cast, saving: Part) -> None:
    other = OwnFigure(Decimal(99000), "skøn")
    remarks = [own(outside_scope, saving), own(outside_scope, saving, other, "steward")]
    with pytest.raises(Refused) as refusal:
        answer(outside_scope, *remarks, outcome="accepted")
    assert refusal.value.field == "outcome"
    given = answer(outside_scope, *remarks, outcome="partly", own=OwnFigure(Decimal(110000), "mødt midtvejs"))
    assert given.edit is not None
    assert queries.remark(remarks[0].ref).answer == given  # type: ignore[union-attr]


def test_an_answer_needs_a_reason_and_is_given_once(outside_scope: Cast, saving: Part) -> None:
    remark = say(outside_scope, saving)
    with pytest.raises(Refused):
        answer(outside_scope, remark, text=" ")
    with pytest.raises(Refused):
        answer(outside_scope, remark, outcome="accepted")  # nobody gave a figure
    answer(outside_scope, remark)
    with pytest.raises(Refused):
        answer(outside_scope, remark)


def test_a_figure_that_somebody_changed_meanwhile_is_not_overwritten(
    outside_scope: Cast, saving: Part
) -> None:
    remark = own(outside_scope, saving)
    content = {**saving.content, "amount": "140000"}
    room.change(part=saving, version=1, content=content, **who(outside_scope, "owner"))
    with pytest.raises(ChangedMeanwhile) as fault:
        answer(outside_scope, remark, outcome="accepted")
    assert "140000" in fault.value.theirs
    assert queries.remark(remark.ref).is_owed  # type: ignore[union-attr]


def test_only_those_who_run_it_change_the_figure(outside_scope: Cast, saving: Part) -> None:
    remark = own(outside_scope, saving)
    with pytest.raises(NotAllowed):
        answer(outside_scope, remark, name="management_member", outcome="accepted")
    assert queries.remark(remark.ref).is_owed  # type: ignore[union-attr]


# --- in plain words -----------------------------------------------------------------------------------------


def test_a_figure_is_read_in_plain_words_and_better_ones_replace_them(
    outside_scope: Cast, saving: Part
) -> None:
    assert sentence_of(saving, "amount") == (
        "“Less overtime” is put at 150,000 (from 90,000 to 180,000) DKK a year."
    )
    words = "Besparelsen forudsætter 4 minutter pr. besøg."
    worded = {"part": saving, "figure": "amount", "text": words}
    actions.word(**worded, **who(outside_scope, "management_member"))
    with pytest.raises(ChangedMeanwhile):
        actions.word(**worded, **who(outside_scope, "lead"))
    actions.word(**{**worded, "text": "Fem minutter."}, version=1, **who(outside_scope, "lead"))
    [amount] = queries.contestable([saving])
    assert amount.sentence == "Fem minutter."
    assert Assumption.objects.get().version == 2


def test_what_falls_in_one_year_alone_is_not_said_to_come_every_year(
    outside_scope: Cast, saving: Part
) -> None:
    saving.content["share_by_year"] = {"2027": "1", "2028": "0"}
    assert sentence_of(saving, "amount").endswith("DKK, in 2027 alone.")


def test_words_about_an_earlier_figure_do_not_stand_beside_the_new_one(
    outside_scope: Cast, saving: Part
) -> None:
    actions.word(part=saving, figure="amount", text="Fem minutter.", **who(outside_scope, "lead"))
    answer(outside_scope, own(outside_scope, saving), outcome="accepted")
    now = room_queries.part(saving.ref)
    assert now is not None
    [amount] = queries.contestable([now])
    assert amount.outdated
    assert amount.sentence == "“Less overtime” is put at 120,000 DKK a year."
    assert amount.disagree == 0  # they spoke of the earlier figure


# --- reminders and what waits -------------------------------------------------------------------------------


def told(kind: str) -> list[tuple[str, str]]:
    rows = Notice.objects.filter(kind=kind).order_by("pk")
    return list(rows.values_list("person__given_name", "period"))


def test_whoever_owes_the_answer_is_told_and_reminded_once_before_and_once_after(
    outside_scope: Cast, saving: Part
) -> None:
    remark = say(outside_scope, saving)
    house = outside_scope.organisation
    read_on(house, AT)
    assert told("remark_owed") == [("Lars", "once")]
    for days in range(20):
        remind(house, AT + timedelta(days=days))
        remind(house, AT + timedelta(days=days))
    assert told("remark_reminder") == [("Lars", "before"), ("Lars", "after"), ("Bo", "after")]
    assert remark.remind_on == date(2026, 2, 6)


def test_nobody_is_reminded_of_what_was_answered(outside_scope: Cast, saving: Part) -> None:
    answer(outside_scope, say(outside_scope, saving))
    remind(outside_scope.organisation, AT + timedelta(days=30))
    assert told("remark_reminder") == []


def test_what_is_owed_waits_for_whoever_owes_it_and_for_the_lead_once_they_left(
    outside_scope: Cast, saving: Part
) -> None:
    say(outside_scope, saving)

    def waits(name: str) -> list[str]:
        return [one.title for one in boards.waiting(outside_scope.viewer(name), AT)]

    assert (waits("management_member"), waits("lead")) == (["Less overtime"], [])
    outside_scope.people["management_member"].left_on = AT.date()
    outside_scope.people["management_member"].save()
    assert waits("lead") == ["Less overtime"]


def test_the_journal_tells_who_did_what_and_stays_whole(outside_scope: Cast, saving: Part) -> None:
    answer(outside_scope, own(outside_scope, saving), outcome="accepted")
    verbs = list(JournalRow.objects.order_by("sequence").values_list("verb", flat=True))
    assert verbs[-3:] == ["business_case.remarked", "business_case.changed", "business_case.remarks_answered"]
    assert journal.verify(outside_scope.organisation) == []


def test_who_is_erased_leaves_what_they_said_and_what_others_said_to_them(
    outside_scope: Cast, saving: Part
) -> None:
    remark = say(outside_scope, saving)
    given = answer(outside_scope, remark, name="management_member")
    for name in ("employee", "management_member"):
        does = {"by": outside_scope.viewer("administrator"), "at": AT}
        organisation.erase_person(person=outside_scope.people[name], **does)
    kept = queries.remark(remark.ref)
    assert kept is not None
    assert (kept.said_by, kept.owed_by, kept.text) == (None, None, "Vi bruger længere tid")
    assert (kept.answer, kept.answer.answered_by) == (given, None)  # type: ignore[union-attr]
    assert journal.verify(outside_scope.organisation) == []


def test_the_line_manager_of_those_affected_may_speak(outside_scope: Cast, saving: Part) -> None:
    Role.objects.create(
        organisation=outside_scope.organisation,
        person=outside_scope.people["administrator"],
        kind="line_manager",
        unit=outside_scope.units["whole"],
        since=SINCE,
    )
    assert PERMISSIONS.allows("contest_case", outside_scope.viewer("administrator"), saving)
