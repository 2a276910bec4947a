"""One page for the leadership: every figure is the length of a list, and what nobody entered is said."""

import io
import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pikepdf
import pytest
from django.test import Client
from pdfua import validate
from python_calamine import CalamineWorkbook

from samspil.initiative import actions, leadership, queries
from samspil.initiative.models import Evidence, Initiative, MoneyAsGiven
from samspil.kit.refusal import NotAllowed, Refused
from samspil.organisation.models import JournalRow
from samspil.organisation.scope import scope
from tests.cast import Cast

DAY = date(2026, 2, 1)


@pytest.fixture
def start(cast: Cast, at: datetime) -> Callable[..., Initiative]:
    """Start an initiative that touches units, in a phase."""

    def begin(title: str, *units: str, phase: str = "idea", **facts: Any) -> Initiative:
        lead = cast.viewer("lead")
        need = actions.raise_need(problem=title, for_whom="Nord", if_nothing="Vikarer", by=lead, at=at)
        found = actions.start_initiative(
            needs=[need],
            units=[cast.units[unit] for unit in units or ("workplace",)],
            owner=facts.pop("owner", cast.people["owner"]),
            title=title,
            by=lead,
            at=at,
            **facts,
        )
        Initiative.objects.filter(pk=found.pk).update(phase=phase)
        found.phase = phase
        return found

    return begin


@pytest.fixture
def give(cast: Cast, at: datetime) -> Callable[..., MoneyAsGiven]:
    def give_money(initiative: Initiative, amount: "int | str | None", **facts: Any) -> MoneyAsGiven:
        usual = {"currency": "DKK", "source": "Budget 2026", "what": "Hele udgiften", "price_year": 2026}
        value = None if amount is None else Decimal(amount)
        return actions.give_money(
            initiative=initiative, amount=value, by=cast.viewer("lead"), at=at, **(usual | facts)
        )

    return give_money


def plan(cast: Cast, initiative: Initiative, kind: str, days: int, phase: str = "") -> None:
    actions.plan_step(
        initiative=initiative,
        kind=kind,
        on=DAY + timedelta(days=days),
        phase=phase,
        by=cast.viewer("lead"),
        at=cast.at,
    )


def page_of(cast: Cast, unit: str = "") -> leadership.Overview:
    return leadership.overview(cast.viewer("director"), cast.units[unit].ref if unit else "")


# --- what is counted --------------------------------------------------------------------------------------


def test_initiatives_are_counted_phase_by_phase(cast: Cast, start: Callable[..., Initiative]) -> None:
    for phase in ("idea", "idea", "implementation", "closed"):
        start(phase, phase=phase)
    found = page_of(cast)
    assert {one.phase: one.count for one in (*found.phases, *found.ended)} == {
        "idea": 2,
        "development": 0,
        "implementation": 1,
        "follow_up": 0,
        "closed": 1,
        "stopped": 0,
    }
    assert len(found.initiatives) == 3


def test_a_unit_shows_what_it_and_the_units_below_notice(
    cast: Cast, start: Callable[..., Initiative]
) -> None:
    start("Nord", "workplace")
    start("It", "it")
    assert [one.title for one in page_of(cast, "area").initiatives] == ["Nord"]
    assert [one.unit.name for one in page_of(cast).choices] == [
        "Fjordby Kommune",
        "Digitalisering og it",
        "Ældre og Sundhed",
        "Hjemmeplejen Nord",
    ]


def test_next_decisions_come_by_their_day_and_gates_are_told(
    cast: Cast, start: Callable[..., Initiative]
) -> None:
    one = start("Nord")
    plan(cast, one, "contract", 60)
    plan(cast, one, "decision", 30)
    found = page_of(cast)
    assert [(step.kind, step.gate) for step in found.coming] == [("decision", True), ("contract", False)]
    assert found.undated == ()


def test_what_is_counted_as_soon_is_what_the_page_shows_first(
    cast: Cast, start: Callable[..., Initiative], sign_in: Callable[[str], Client]
) -> None:
    for number in range(10):
        plan(cast, start(f"Nr {number}"), "contract", 20 + number)
    plan(cast, start("Engang"), "contract", 200)
    context = sign_in("director").get("/fjordby/leadership/").context
    assert len(context["soon_few"]) + len(context["soon_rest"]) == len(context["found"].soon) == 10
    assert [one.initiative.title for one in context["later"]] == ["Engang"]


def test_a_step_that_was_taken_is_no_next_decision_and_one_whose_day_is_over_is_told(
    cast: Cast, start: Callable[..., Initiative]
) -> None:
    one = start("Nord")
    actions.plan_step(initiative=one, kind="budget", on=DAY, taken=True, by=cast.viewer("lead"), at=cast.at)
    plan(cast, one, "tender", -5)
    found = page_of(cast)
    assert found.coming == ()
    assert [step.kind for step in found.passed] == ["tender"]
    assert [one.title for one in found.undated] == ["Nord"]


def test_what_came_too_late_and_owners_outside_the_line_are_read_from_stored_rows(
    cast: Cast, start: Callable[..., Initiative]
) -> None:
    late = start("For sent")
    Evidence.objects.filter(initiative=late, demand="discussed_idea").update(
        because_key="too_late.contract", by_hand=False
    )
    start("Uden for linjen", owner=cast.people["lead"])
    found = page_of(cast)
    assert [one.title for one in found.late] == ["For sent"]
    assert [one.title for one in found.outside] == ["Uden for linjen"]


def test_conditions_past_their_day_wait_for_an_answer(
    cast: Cast, start: Callable[..., Initiative], at: datetime
) -> None:
    one = start("Nord")
    actions.decide_gate(
        initiative=one,
        gate="explore",
        outcome="go_with_conditions",
        decided_on=DAY,
        reason="Klart",
        override_reason="Haster",
        conditions=[actions.NewCondition("Prøv det af", cast.people["employee"], DAY - timedelta(days=3))],
        by=cast.viewer("owner"),
        at=at,
    )
    found = page_of(cast)
    assert [condition.text for condition in found.overdue] == ["Prøv det af"]
    assert found.waiting == len(found.needs) + len(found.asked_for) + 1


# --- money ------------------------------------------------------------------------------------------------


def test_money_is_added_up_only_where_it_covers_the_same_at_the_same_prices(
    cast: Cast, start: Callable[..., Initiative], give: Callable[..., MoneyAsGiven]
) -> None:
    one, two, _three = start("En"), start("To"), start("Tre")
    give(one, "1250000.50")
    give(two, "750000.50")
    give(two, 90000, what="Om året")
    give(one, 10, price_year=2025, what="Drift")
    found = page_of(cast)
    assert [(each.what, each.price_year, each.total) for each in found.sums] == [
        ("Hele udgiften", 2026, Decimal(2000001)),
        ("Om året", 2026, Decimal(90000)),
        ("Drift", 2025, Decimal(10)),
    ]
    assert (found.priced, found.unpriced) == (2, 1)


def test_a_newer_figure_replaces_the_earlier_one_and_no_figure_is_not_zero(
    cast: Cast, start: Callable[..., Initiative], give: Callable[..., MoneyAsGiven]
) -> None:
    one = start("En")
    give(one, 100)
    give(one, 300)
    assert [each.total for each in page_of(cast).sums] == [Decimal(300)]
    give(one, None, source="Forslaget er trukket")
    found = page_of(cast)
    assert (found.sums, found.unpriced) == ((), 1)
    assert [row.amount for row in queries.money_given(one)] == [None, Decimal(300), Decimal(100)]


def test_the_list_of_what_money_is_known_for_is_the_one_that_is_counted(
    cast: Cast, start: Callable[..., Initiative], give: Callable[..., MoneyAsGiven]
) -> None:
    one, two, three = start("En"), start("To"), start("Tre")
    give(one, 100)
    give(one, None)
    give(two, 100)
    give(three, 5, since=date(2026, 1, 5))
    give(three, None, since=date(2025, 1, 5))
    known = queries.with_money(Initiative.objects.all())
    assert {each.title for each in known} == {"To", "Tre"}
    assert page_of(cast).priced == 2


@pytest.mark.parametrize(
    ("facts", "field"),
    [({"currency": "kr"}, "currency"), ({"source": " "}, "source"), ({"amount": "1e15"}, "amount")],
)
def test_money_without_currency_or_source_is_refused(
    start: Callable[..., Initiative], give: Callable[..., MoneyAsGiven], facts: dict[str, Any], field: str
) -> None:
    amount = facts.pop("amount", 100)
    with pytest.raises(Refused) as refused:
        give(start("En"), amount, **facts)
    assert refused.value.field == field


def test_who_does_not_run_it_gives_no_money(
    cast: Cast, start: Callable[..., Initiative], at: datetime
) -> None:
    with pytest.raises(NotAllowed):
        actions.give_money(
            initiative=start("En"),
            amount=Decimal(1),
            currency="DKK",
            source="Budget",
            by=cast.viewer("employee"),
            at=at,
        )
    assert JournalRow.objects.filter(verb="initiative.money_given").count() == 0


# --- change load ------------------------------------------------------------------------------------------


def loads(found: leadership.Overview) -> dict[str, list[int]]:
    return {one.unit.name: [cell.count for cell in one.cells] for one in found.loads}


def test_changes_pile_up_where_several_are_put_into_use(cast: Cast, start: Callable[..., Initiative]) -> None:
    start("Nord", "workplace", phase="implementation")
    whole = start("Alle", "whole", phase="implementation")
    plan(cast, whole, "decision", 40, "implementation")
    coming = start("Snart", "workplace", phase="development")
    plan(cast, coming, "decision", 70, "development")
    found = page_of(cast)
    assert loads(found) == {
        "Hjemmeplejen Nord": [2, 2, 2, 2, 2, 2],
        "Fjordby Kommune": [1, 1, 0, 0, 0, 0],
    }
    assert [one.title for one in found.without_end] == ["Nord", "Snart"]
    assert found.heaviest
    assert (found.heaviest[0].unit.name, found.heaviest[2]) == ("Hjemmeplejen Nord", 2)


def test_behind_each_row_stand_the_initiatives_it_counts(
    cast: Cast, start: Callable[..., Initiative]
) -> None:
    start("Nord", "workplace", phase="implementation")
    start("Alle", "whole", phase="implementation")
    start("It", "it", phase="implementation")
    for row in page_of(cast).loads:
        counted = {key for cell in row.cells for key in (*cell.going_on, *cell.planned)}
        assert {initiative.pk for initiative, _span in row.spans} == counted


def test_what_touches_a_unit_above_counts_also_when_one_looks_at_the_unit_below(
    cast: Cast, start: Callable[..., Initiative]
) -> None:
    start("Alle", "whole", phase="implementation")
    start("Nord", "workplace", phase="implementation")
    assert loads(page_of(cast, "workplace"))["Hjemmeplejen Nord"][0] == 2


def test_what_has_no_planned_beginning_is_said_and_not_counted(
    cast: Cast, start: Callable[..., Initiative]
) -> None:
    start("Engang", phase="development")
    found = page_of(cast)
    assert found.loads == ()
    assert [one.title for one in found.without_start] == ["Engang"]


# --- the page, its lists and its papers -------------------------------------------------------------------


def test_every_figure_leads_to_a_list_of_that_length(
    outside_scope: Cast,
    sign_in: Callable[[str], Client],
    at: datetime,
) -> None:
    cast = outside_scope
    with scope(cast.organisation):
        lead = cast.viewer("lead")
        for title, phase in (("A", "idea"), ("B", "idea"), ("C", "implementation"), ("D", "closed")):
            need = actions.raise_need(problem=title, for_whom="X", if_nothing="Y", by=lead, at=at)
            made = actions.start_initiative(
                needs=[need],
                units=[cast.units["workplace" if title == "A" else "area"]],
                owner=cast.people["lead" if title == "B" else "owner"],
                title=title,
                by=lead,
                at=at,
            )
            Initiative.objects.filter(pk=made.pk).update(phase=phase)
        actions.raise_need(problem="Venter", for_whom="X", if_nothing="Y", by=lead, at=at)
    client = sign_in("director")
    client.cookies["django_language"] = "en"
    tried = 0
    for query in ("", f"?unit={cast.units['workplace'].ref}"):
        page = client.get(f"/fjordby/leadership/{query}").content.decode()
        figures = re.findall(r'<a href="(/fjordby/(?:initiatives|needs)/\?[^"]+)">(?:<strong>)?(\d+)\b', page)
        for address, count in figures:
            shown = client.get(address.replace("&amp;", "&"))
            assert shown.context["page"].paginator.count == int(count), address
            tried += 1
    assert tried >= 20


@pytest.mark.parametrize("many", [1, 4])
def test_the_page_asks_the_same_number_of_questions_however_much_there_is(
    cast: Cast,
    start: Callable[..., Initiative],
    give: Callable[..., MoneyAsGiven],
    many: int,
    django_assert_num_queries: Any,
) -> None:
    for number in range(many):
        one = start(f"Nr {number}", phase="implementation")
        plan(cast, one, "decision", 30 + number, "implementation")
        give(one, 100)
    viewer = cast.viewer("director")
    with django_assert_num_queries(7):
        found = leadership.overview(viewer)
        assert found.coming[0].initiative.owner
        assert found.sums[0].rows[0].source


def test_the_papers_say_what_the_page_says(
    cast: Cast,
    start: Callable[..., Initiative],
    give: Callable[..., MoneyAsGiven],
    sign_in: Callable[[str], Client],
    tmp_path: Any,
) -> None:
    one = start("Nord", phase="implementation")
    give(one, 100)
    plan(cast, one, "decision", 30, "implementation")
    client = sign_in("director")
    client.cookies["django_language"] = "da"
    book = CalamineWorkbook.from_filelike(io.BytesIO(client.get("/fjordby/leadership.xlsx").content))
    cells = [
        cell for name in book.sheet_names for row in book.get_sheet_by_name(name).to_python() for cell in row
    ]
    assert "Nord" in cells
    assert 100 in cells
    paper = client.get("/fjordby/leadership.pdf").content
    assert str(pikepdf.open(io.BytesIO(paper)).Root.Lang).startswith("da")
    path = tmp_path / "overview.pdf"
    path.write_bytes(paper)
    assert [str(finding) for finding in validate(str(path)).findings] == []


def test_an_empty_house_says_so(look: Callable[..., str]) -> None:
    page = look("director", "leadership/")
    assert "Nothing is being put into use" in page
    assert "No step has a day to come" in page
