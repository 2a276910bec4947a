"""The list of projects an organisation has already becomes initiatives, through the doors people use."""

import re
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from samspil.initiative import consumers, queries
from samspil.initiative.models import Evidence, Initiative, MoneyAsGiven, SearchText
from samspil.initiative.project_list import actions
from samspil.kit.refusal import NotAllowed, Refused
from samspil.organisation import journal
from samspil.organisation.actions import person_leaves
from samspil.organisation.lists import waiting
from samspil.organisation.models import File, WaitingList
from samspil.organisation.viewer import Viewer
from tests.cast import Cast
from tests.lists import town

SignIn = Callable[[str], Client]
ROW: dict[str, Any] = {
    "Projektnummer": "P-17",
    "Titel": "Digital ruteplan",
    "Fase": "udvikling",
    "Ejer": "owner@fjordby.example",
    "Berørt enhed": "Ældre og Sundhed",
    "Beløb": 1_250_000.5,
    "Valuta": "DKK",
    "Prisår": 2026,
    "Næste beslutning": "2026-05-01",
}


def bring(rows: list[dict[str, Any]], by: Viewer, at: datetime, name: str = "projekter.xlsx") -> WaitingList:
    headings = list(dict.fromkeys(name for row in rows for name in row))
    table = [headings, *([row.get(name) for name in headings] for row in rows)]
    return actions.bring_projects(files=[(name, town.workbook({"Projekter": table}))], by=by, at=at)


def take_over(rows: list[dict[str, Any]], by: Viewer, at: datetime, **more: Any) -> actions.TakenOver:
    waits = bring(rows, by, at, **more)
    seen = actions.plan_of(waiting.tables(waits)).fingerprint
    return actions.take_over_projects(waiting_list=waits, seen=seen, by=by, at=at)


def test_a_line_becomes_an_initiative_with_owner_phase_money_and_next_decision(
    cast: Cast, at: datetime
) -> None:
    by = cast.viewer("digital_lead")
    assert take_over([ROW], by, at) == actions.TakenOver(1, 0)
    found = Initiative.objects.get(key="P-17")
    assert (found.title, found.phase, found.owner, found.lead) == (
        "Digital ruteplan",
        "development",
        cast.people["owner"],
        cast.people["owner"],
    )
    (history,) = queries.steps([found])[found.pk]
    assert (history.step.kind, history.step.phase, history.newest.on) == (
        "decision",
        "development",
        date(2026, 5, 1),
    )
    money = queries.whole_money([found])[found.pk]
    assert (money.amount, money.currency, money.price_year) == (Decimal("1250000.50"), "DKK", 2026)
    assert (money.source, money.since) == ("projekter.xlsx", date(2026, 2, 1))
    assert [unit.name for unit in found.units.all()] == ["Ældre og Sundhed"]
    assert not WaitingList.objects.exists()
    assert not File.objects.exists()
    assert journal.verify(cast.organisation) == []


def test_what_a_list_cannot_know_is_missing_on_the_board(cast: Cast, at: datetime) -> None:
    """The title stands for the need until somebody says what happens if nothing is done."""
    take_over([ROW], cast.viewer("digital_lead"), at)
    stated = Evidence.objects.filter(because_key="need_is_not_stated")
    assert stated.exists()
    assert not Evidence.objects.filter(because_key="need_is_stated").exists()


def test_an_initiative_that_was_taken_over_is_found(cast: Cast, at: datetime) -> None:
    take_over([ROW], cast.viewer("digital_lead"), at)
    consumers.read_on(cast.organisation, at)
    assert SearchText.objects.filter(title="Digital ruteplan").exists()


def test_the_same_list_once_more_changes_nothing(cast: Cast, at: datetime) -> None:
    by = cast.viewer("digital_lead")
    take_over([ROW], by, at)
    plan = actions.plan_of(waiting.tables(bring([ROW], by, at)))
    assert (plan.faults, plan.changes_anything, plan.unchanged) == ((), False, 1)


def test_changes_stand_beside_what_was_given_before(cast: Cast, at: datetime) -> None:
    by = cast.viewer("digital_lead")
    take_over([ROW], by, at)
    newer = ROW | {"Beløb": 1_400_000, "Næste beslutning": "2026-06-01", "Ejer": "director@fjordby.example"}
    assert take_over([newer], by, at, name="marts.xlsx") == actions.TakenOver(0, 1)
    found = Initiative.objects.get(key="P-17")
    assert found.owner == cast.people["director"]
    assert [row.amount for row in MoneyAsGiven.objects.all()] == [Decimal("1250000.50"), Decimal(1_400_000)]
    (history,) = queries.steps([found])[found.pk]
    assert [row.on for row in history.dates] == [date(2026, 5, 1), date(2026, 6, 1)]
    assert "marts.xlsx" in history.newest.reason


def test_a_phase_changes_at_a_gate_and_not_in_a_list(cast: Cast, at: datetime) -> None:
    by = cast.viewer("digital_lead")
    take_over([ROW], by, at)
    plan = actions.plan_of(waiting.tables(bring([ROW | {"Fase": "implementering"}], by, at)))
    assert [note.reason for note in plan.notes] == ["phase_differs"]
    assert not plan.changes_anything


def test_a_project_that_is_not_in_the_list_stays(cast: Cast, at: datetime) -> None:
    by = cast.viewer("digital_lead")
    take_over([ROW], by, at)
    other = ROW | {"Projektnummer": "P-18", "Titel": "Andet"}
    plan = actions.plan_of(waiting.tables(bring([other], by, at)))
    assert plan.gone == ("Digital ruteplan",)


@pytest.mark.parametrize(
    ("change", "column", "reason"),
    [
        ({"Titel": None}, "Titel", "empty"),
        ({"Fase": "drift"}, "Fase", "not_a_choice"),
        ({"Ejer": "ingen@fjordby.example"}, "Ejer", "unknown_person"),
        ({"Ejer": "guest@fjordby.example"}, "Ejer", "unknown_person"),
        ({"Berørt enhed": "Vest"}, "Berørt enhed", "unknown_unit"),
        ({"Valuta": None}, "Beløb", "no_currency"),
        ({"Beløb": "ca. 3 mio."}, "Beløb", "not_an_amount"),
        ({"Prisår": 26}, "Prisår", "not_a_year"),
        ({"Næste beslutning": "maj"}, "Næste beslutning", "not_a_day"),
    ],
)
def test_a_line_that_is_not_clear_is_a_fault_and_nothing_is_taken_over(
    cast: Cast, at: datetime, change: dict[str, Any], column: str, reason: str
) -> None:
    by = cast.viewer("digital_lead")
    waits = bring([ROW | {"Projektnummer": "P-1", "Titel": "Første"}, ROW | change], by, at)
    plan = actions.plan_of(waiting.tables(waits))
    assert [(one.row, one.column, one.reason) for one in plan.faults] == [(3, column, reason)]
    with pytest.raises(Refused):
        actions.take_over_projects(waiting_list=waits, seen=plan.fingerprint, by=by, at=at)
    assert not Initiative.objects.exists()


@pytest.mark.parametrize("second", [ROW, ROW | {"Titel": "Anden titel"}])
def test_a_project_stands_in_the_list_once(cast: Cast, at: datetime, second: dict[str, Any]) -> None:
    waits = bring([ROW, second], cast.viewer("digital_lead"), at)
    plan = actions.plan_of(waiting.tables(waits))
    assert [(one.row, one.reason) for one in plan.faults] == [(3, "twice")]


def test_the_head_of_digitalisation_does_it_from_the_list_of_initiatives(
    cast: Cast, sign_in: SignIn, at: datetime
) -> None:
    client = sign_in("digital_lead")
    client.cookies["django_language"] = "en"
    assert "/fjordby/initiatives/list/" in client.get("/fjordby/initiatives/").content.decode()
    template = client.get("/fjordby/initiatives/list/template/xlsx/")
    file = SimpleUploadedFile("p.xlsx", template.content)
    page = client.post("/fjordby/initiatives/list/", {"files": [file]}, follow=True)
    assert "There are no lines here, or only examples." in page.content.decode()
    waits = bring([ROW], cast.viewer("digital_lead"), at)
    path = f"/fjordby/initiatives/list/{waits.ref}/"
    page = client.get(path)
    assert re.search(r"1.250.000\.50 DKK", page.content.decode())
    seen = page.context["form"].initial["seen"]
    done = client.post(f"{path}take-over/", {"seen": seen}, follow=True)
    assert "Digital ruteplan" in done.content.decode()
    there = client.get(f"/fjordby/initiatives/{Initiative.objects.get().ref}/").content.decode()
    assert re.search(r"1.250.000\.50 DKK", there)
    assert "DKK (2026)" in there
    assert sign_in("administrator").get("/fjordby/initiatives/list/").status_code == 403
    with pytest.raises(NotAllowed):
        bring([ROW], cast.viewer("lead"), at)


def test_what_changed_meanwhile_is_shown_anew(cast: Cast, sign_in: SignIn, at: datetime) -> None:
    by = cast.viewer("digital_lead")
    waits = bring([ROW], by, at)
    seen = actions.plan_of(waiting.tables(waits)).fingerprint
    take_over([ROW | {"Beløb": 7}], by, at)
    client = sign_in("digital_lead")
    client.cookies["django_language"] = "en"
    page = client.post(f"/fjordby/initiatives/list/{waits.ref}/take-over/", {"seen": seen})
    assert "Look again" in page.content.decode()
    assert MoneyAsGiven.objects.count() == 1


def test_what_an_owner_leaves_waits_to_be_passed_on(cast: Cast, sign_in: SignIn, at: datetime) -> None:
    take_over([ROW], cast.viewer("digital_lead"), at)
    person_leaves(person=cast.people["owner"], on=date(2026, 2, 1), by=cast.viewer("administrator"), at=at)
    client = sign_in("administrator")
    client.cookies["django_language"] = "en"
    page = client.get("/fjordby/organisation/handover/").content.decode()
    for words in ("Bo Leder", "Owns the initiative", "Digital ruteplan", "Line manager, Ældre og Sundhed"):
        assert words.lower() in page.lower(), words
