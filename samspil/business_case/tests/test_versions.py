"""What a committee talks about and what a gate decided stays as it was; what it comes to is put beside it."""

import json

import pytest

from samspil.business_case import actions, boards, computing, freezing, panels
from samspil.business_case.format import parts_of
from samspil.business_case.models import Case, CaseVersion, Computed
from samspil.business_case.tests.conftest import FRAME, a_range, licences, who
from samspil.initiative import actions as hall
from samspil.initiative import figures
from samspil.initiative.models import GateDecision, Initiative
from samspil.initiative.things import thread_of
from samspil.kit import jobs
from samspil.kit.models import Job
from samspil.kit.refusal import NotAllowed, Refused
from samspil.organisation import journal
from samspil.organisation.models import JournalRow, JournalWords
from tests.cast import AT, Cast

pytestmark = pytest.mark.django_db


def work() -> None:
    """Let the worker do what is due."""
    from samspil.business_case.room import ROOM

    while jobs.run_next(ROOM.works, AT):
        pass
    assert not Job.objects.filter(kind=computing.WORK).exclude(fault="").exists()


def decide(cast: Cast, initiative: Initiative, outcome: str = "go") -> GateDecision:
    return hall.decide_gate(
        initiative=initiative,
        gate="explore",
        outcome=outcome,
        decided_on=AT.date(),
        reason="Vi prøver",
        override_reason="Vi ved nok",
        **who(cast, "owner"),
    )


def add_risk(cast: Cast, case: Case) -> None:
    risk = {"title": "Late", "probability": "0.2", "consequence": a_range(1, 2, 3), "year": 2027}
    actions.add(case=case, kind="risk", content=risk, **who(cast, "lead"))


def found(initiative: Initiative) -> tuple[str, str]:
    answer = boards.worked_through([initiative], AT)[initiative.pk]
    return answer.status, answer.because


def test_the_worker_computes_what_stands_today_once(cast: Cast, case: Case) -> None:
    work()
    computed = Computed.objects.get(case=case)
    assert computed.result["mean_case"]["npv"] == "130486.24"
    assert computed.result["draws"] == 65_536
    work()
    assert Computed.objects.get(case=case).computed_at == computed.computed_at


def test_what_was_computed_is_not_told_of_a_case_that_changed(cast: Cast, case: Case) -> None:
    from samspil.business_case.format import read

    work()
    assert computing.current(case, read(case))
    line = parts_of(case)[0]
    actions.change(part=line, version=1, content=licences("1"), **who(cast, "lead"))
    assert computing.current(case, read(case)) is None
    work()
    assert computing.current(case, read(case))


def test_what_is_before_the_committee_stays_when_the_case_goes_on(cast: Cast, case: Case) -> None:
    version = actions.put_before_committee(case=case, note="For the meeting in March", **who(cast, "lead"))
    line = parts_of(case)[0]
    actions.change(part=line, version=1, content=licences("999999"), **who(cast, "lead"))
    work()
    version.refresh_from_db()
    assert json.loads(version.content)["lines"][0]["amount"]["value"] == "100000"
    assert version.result is not None
    assert version.result["mean_case"]["npv"] == "130486.24"
    assert version.result_sha256 == version.result["result_hash"]


def test_a_version_holds_no_name(cast: Cast, case: Case) -> None:
    version = actions.put_before_committee(case=case, **who(cast, "lead"))
    for person in cast.people.values():
        assert str(person) not in version.content
    assert str(cast.people["management_member"].unit) in version.content


def test_a_case_without_lines_is_not_put_before_anybody(cast: Cast, initiative: Initiative) -> None:
    case = actions.begin(initiative=initiative, frame=FRAME, **who(cast, "lead"))
    with pytest.raises(Refused, match="no line yet"):
        actions.put_before_committee(case=case, **who(cast, "lead"))


def test_others_do_not_put_it_before_the_committee(cast: Cast, case: Case) -> None:
    with pytest.raises(NotAllowed):
        actions.put_before_committee(case=case, **who(cast, "employee"))


def test_a_gate_keeps_the_case_with_its_decision(cast: Cast, case: Case, initiative: Initiative) -> None:
    decision = decide(cast, initiative)
    version = CaseVersion.objects.get(decision=decision)
    assert (version.stage, version.number) == ("decided", 1)
    facts = JournalWords.objects.get(row__verb="initiative.gate_decided").facts
    assert facts["case_sha256"] == version.input_sha256
    cards = [card.ref for _kind, card in thread_of(decision.thing, cast.viewer("lead")).forward]
    assert version.ref in cards


def test_the_case_goes_on_after_the_gate_and_the_decided_one_stays(
    cast: Cast, case: Case, initiative: Initiative
) -> None:
    decide(cast, initiative)
    before = CaseVersion.objects.get().content
    actions.change(part=parts_of(case)[0], version=1, content=licences("1"), **who(cast, "lead"))
    assert CaseVersion.objects.get().content == before


def test_a_gate_without_a_case_is_decided_all_the_same(cast: Cast, initiative: Initiative) -> None:
    decide(cast, initiative)
    assert not CaseVersion.objects.exists()


def test_a_stopped_initiative_keeps_its_case_as_it_is(cast: Cast, case: Case, initiative: Initiative) -> None:
    decide(cast, initiative, "stop")
    with pytest.raises(Refused, match="has ended"):
        actions.add(case=case, kind="line", content=licences(), **who(cast, "lead"))


def test_what_it_comes_to_stands_on_the_board_of_figures(cast: Cast, case: Case) -> None:
    actions.put_before_committee(case=case, **who(cast, "lead"))
    work()
    npv = figures.newest(case.thing, "business_case_npv")
    share = figures.newest(case.thing, "business_case_p_positive")
    assert npv is not None
    assert share is not None
    assert f"{npv.value:.2f}" == "130486.24"
    assert 0 < (share.value or 0) <= 1
    assert "DKK" in npv.source


def test_the_journal_says_what_a_version_was_and_a_touched_one_shows(cast: Cast, case: Case) -> None:
    version = actions.put_before_committee(case=case, **who(cast, "lead"))
    work()
    rows = JournalRow.objects.filter(thing=version.ref).order_by("sequence")
    assert [row.verb for row in rows] == [
        "business_case.put_before_committee",
        "business_case.version_computed",
    ]
    sealed = JournalWords.objects.get(row=rows[1]).facts
    assert boards.sealed_versions([version.ref])[version.ref] == sealed
    touched = version.content.replace("100000", "100001")
    CaseVersion.objects.filter(pk=version.pk).update(content=touched)
    assert boards.sealed_versions([version.ref])[version.ref] != sealed
    CaseVersion.objects.filter(pk=version.pk).update(content=version.content)
    actions.change_frame(case=case, version=1, title="Another name", frame=case.frame, **who(cast, "lead"))
    assert boards.sealed_versions([version.ref])[version.ref] == sealed
    assert [fault.sentence for fault in journal.verify(cast.organisation)] == []
    told = dict(CaseVersion.objects.get(pk=version.pk).result or {}) | {"draws": 1}
    CaseVersion.objects.filter(pk=version.pk).update(result=told)
    assert [fault.kind for fault in journal.verify(cast.organisation)] == ["altered_record"]
    freezing.complete(version, {"result_hash": "another"}, cast.viewer("lead"), AT)
    version.refresh_from_db()
    assert version.result_sha256 != "another"


def test_the_gate_hears_what_the_case_lacks(cast: Cast, initiative: Initiative) -> None:
    assert found(initiative) == ("unknown", "no_case")
    case = actions.begin(initiative=initiative, frame=FRAME, **who(cast, "lead"))
    assert found(initiative) == ("missing", "no_lines")
    line = actions.add(case=case, kind="line", content=licences(), **who(cast, "lead"))
    assert found(initiative) == ("missing", "no_uncertainty")
    content = {**licences(), "amount": a_range(1, 2, 3)}
    actions.change(part=line, version=1, content=content, **who(cast, "lead"))
    assert found(initiative) == ("missing", "no_risk_pool")
    add_risk(cast, case)
    assert found(initiative) == ("unknown", "being_computed")
    work()
    assert found(initiative) == ("met", "comes_to")


def test_a_gate_and_the_page_do_not_tell_what_a_case_came_to_before_it_changed(
    cast: Cast, case: Case
) -> None:
    add_risk(cast, case)
    work()
    assert found(case.initiative) == ("met", "comes_to")
    line = parts_of(case)[0]
    actions.change(part=line, version=1, content=licences("900000"), **who(cast, "lead"))
    assert found(case.initiative) == ("unknown", "being_computed")
    assert panels.case_in_short(case.initiative, cast.viewer("lead"), AT)["result"] is None
    work()
    assert found(case.initiative) == ("met", "comes_to")


def test_what_was_drawn_while_somebody_wrote_is_not_kept(cast: Cast, case: Case) -> None:
    from samspil.business_case import worker
    from samspil.business_case.format import read

    old = computing.result_of(read(case))
    actions.change(part=parts_of(case)[0], version=1, content=licences("900000"), **who(cast, "lead"))
    worker._keep(case, old, AT)
    assert not Computed.objects.filter(case=case).exists()
