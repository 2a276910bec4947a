"""A gate decision as a file: what was decided, on which answers, and a package for the records system."""

import hashlib
import io
import json
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pytest
from django.test import Client
from pdfua import validate

from samspil.initiative import actions, documents
from samspil.initiative.models import GateDecision, Initiative
from samspil.kit.exports import Notice, Paragraph, TableBlock, write
from samspil.kit.refusal import Refused
from samspil.organisation.scope import scope
from tests.cast import Cast


@pytest.fixture
def decision(outside_scope: Cast, initiative: Initiative, at: datetime) -> GateDecision:
    """Going on with conditions although something is missing."""
    with scope(outside_scope.organisation):
        Initiative.objects.update(case_number="26/1234")
        return actions.decide_gate(
            initiative=initiative,
            gate="explore",
            outcome="go_with_conditions",
            decided_on=date(2026, 2, 1),
            reason="Behovet er klart.",
            override_reason="Drøftes på torsdag.",
            conditions=[actions.NewCondition("Tal med nattevagterne", None, date(2026, 3, 1))],
            by=outside_scope.viewer("owner"),
            at=at,
        )


def address(outside_scope: Cast, decision: GateDecision, kind: str) -> str:
    return f"/{outside_scope.organisation.slug}/decisions/{decision.ref}.{kind}"


def test_the_document_holds_reason_override_conditions_and_the_frozen_answers(
    outside_scope: Cast, decision: GateDecision
) -> None:
    with scope(outside_scope.organisation):
        made = documents.decision(GateDecision.objects.get())
    texts = [block.text for block in made.blocks if isinstance(block, Paragraph | Notice)]
    assert texts == ["Behovet er klart.", "Drøftes på torsdag."]
    conditions, answers = [block.table for block in made.blocks if isinstance(block, TableBlock)]
    assert conditions.rows == (("Tal med nattevagterne", "–", date(2026, 3, 1)),)
    assert len(answers.rows) == 4
    assert {str(row[1]) for row in answers.rows} == {"Opfyldt", "Mangler"}


def test_the_document_can_be_read_by_those_who_listen(
    outside_scope: Cast, decision: GateDecision, tmp_path: Path
) -> None:
    path = tmp_path / "decision.pdf"
    with scope(outside_scope.organisation):
        path.write_bytes(write(documents.decision(GateDecision.objects.get()), "pdf").bytes)
    assert [str(finding) for finding in validate(str(path)).findings] == []


def test_the_package_opens_and_its_hashes_match(
    outside_scope: Cast, decision: GateDecision, sign_in: Callable[[str], Client]
) -> None:
    path = address(outside_scope, decision, "zip")
    first, second = sign_in("employee").get(path).content, sign_in("owner").get(path).content
    assert first == second
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        known = json.loads(archive.read("metadata.json"))
        for one in known["files"]:
            assert hashlib.sha256(archive.read(one["name"])).hexdigest() == one["sha256"]
    assert (known["kind"], known["case_number"]) == ("gate_decision", "26/1234")
    assert known["fingerprint"] == decision.board_sha256
    (signed,) = known["signed"]
    assert (signed["act"], signed["name"], signed["on"]) == ("decided", "Bo Leder", "2026-02-01")


def test_a_condition_that_was_met_since_does_not_change_the_record(
    outside_scope: Cast, decision: GateDecision, at: datetime
) -> None:
    with scope(outside_scope.organisation):
        before = write(documents.decision(GateDecision.objects.get()), "pdf").bytes
        condition = decision.conditions.get()
        by = outside_scope.viewer("owner")
        actions.meet_condition(condition=condition, met_on=date(2026, 2, 1), by=by, at=at)
        assert write(documents.decision(GateDecision.objects.get()), "pdf").bytes == before


def test_a_tampered_board_is_not_filed(outside_scope: Cast, decision: GateDecision) -> None:
    with scope(outside_scope.organisation):
        GateDecision.objects.update(board=decision.board.replace("missing", "met"))
        with pytest.raises(Refused):
            documents.decision(GateDecision.objects.get())


@pytest.mark.parametrize(("who", "status"), [("employee", 200), ("guest", 404)])
def test_who_may_read_the_decision_may_file_it(
    outside_scope: Cast, decision: GateDecision, sign_in: Callable[[str], Client], who: str, status: int
) -> None:
    for kind in ("pdf", "docx", "zip"):
        assert sign_in(who).get(address(outside_scope, decision, kind)).status_code == status
    assert sign_in(who).get(address(outside_scope, decision, "xlsx")).status_code == 404
