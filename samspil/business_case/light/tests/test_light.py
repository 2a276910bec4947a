"""A light case of five lines fits one page, and the full one grows from it."""

from collections.abc import Callable

import pytest

from samspil.business_case import actions
from samspil.business_case.format import as_format, parts_of, read
from samspil.business_case.light.forms import is_light
from samspil.business_case.models import Case
from samspil.business_case.table.tests.test_table import fields_of
from samspil.business_case.tests.conftest import who
from samspil.core.business_case.mean_case import mean_case
from samspil.initiative.models import Initiative
from samspil.organisation.scope import scope
from tests.cast import Cast

pytestmark = pytest.mark.django_db
Look = Callable[..., str]

FIVE = {
    "title": "A shift plan on the phone",
    "first_year": "2027",
    "years": "3",
    "meaning": "min_max_pert",
    "new1.sort": "cost.cashable", "new1.title": "Licences", "new1.who": "IT", "new1.likely": "100,000", "new1.source": "offer", "new1.when": "every",
    "new2.sort": "cost.reallocation", "new2.title": "Training", "new2.who": "Home care", "new2.low": "40000", "new2.likely": "60000", "new2.high": "100000", "new2.when": "once",
    "new3.sort": "benefit.cashable", "new3.title": "Less overtime", "new3.who": "Home care", "new3.low": "90000", "new3.likely": "150000", "new3.high": "180000", "new3.when": "every",
    "new4.sort": "benefit.reallocation", "new4.title": "Minutes at handover", "new4.who": "Home care", "new4.likely": "50000", "new4.when": "every",
    "new5.sort": "benefit.qualitative", "new5.title": "Calmer nights", "new5.who": "Citizens", "new5.when": "every",
}  # fmt: skip


def begun(cast: Cast, send: Look, initiative: Initiative, **other: str) -> tuple[str, Case | None]:
    page = send("lead", f"initiatives/{initiative.ref}/business-case/", **{**FIVE, **other})
    with scope(cast.organisation):
        return page, Case.objects.filter(initiative=initiative).first()


def test_five_lines_are_a_case(outside_scope: Cast, initiative: Initiative, send: Look) -> None:
    page, case = begun(outside_scope, send, initiative)
    assert case is not None
    assert "The business case is begun" in page
    with scope(outside_scope.organisation):
        lines = as_format(case)["lines"]
        content = read(case)
    assert [one["title"] for one in lines] == [
        "Licences",
        "Training",
        "Less overtime",
        "Minutes at handover",
        "Calmer nights",
    ]
    assert lines[1]["share_by_year"] == {"2027": "1"}
    assert lines[2]["amount"]["meaning"] == "min_max_pert"
    assert "amount" not in lines[4]
    first = mean_case(content).years[0]
    assert float(first.costs) == pytest.approx(100_000 + (40_000 + 4 * 60_000 + 100_000) / 6)


def test_a_range_asks_what_it_means_and_what_was_typed_stays(
    outside_scope: Cast, initiative: Initiative, send: Look
) -> None:
    page, case = begun(outside_scope, send, initiative, meaning="")
    assert case is None
    assert "A range needs to say what low and high mean" in page
    assert 'value="Less overtime"' in page


def test_it_is_written_on_on_the_same_page(
    outside_scope: Cast, initiative: Initiative, look: Look, send: Look
) -> None:
    _page, case = begun(outside_scope, send, initiative)
    assert case is not None
    path = f"cases/{case.ref}/one-page/"
    opened = look("lead", path)
    with scope(outside_scope.organisation):
        licences = parts_of(case)[0].ref
    sent = fields_of(opened) | {"meaning": "min_max_pert", f"{licences}.likely": "110000"}
    assert "Saved: 1 line." in send("lead", path, **sent)
    with scope(outside_scope.organisation):
        assert parts_of(case)[0].content["amount"]["value"] == "110000"


def test_another_meaning_holds_for_all_ranges(
    outside_scope: Cast, initiative: Initiative, look: Look, send: Look
) -> None:
    _page, case = begun(outside_scope, send, initiative)
    assert case is not None
    path = f"cases/{case.ref}/one-page/"
    send("lead", path, **(fields_of(look("lead", path)) | {"meaning": "p10_p90_metalog"}))
    with scope(outside_scope.organisation):
        said = [
            one.content["amount"] for one in parts_of(case) if isinstance(one.content.get("amount"), dict)
        ]
    assert {one["meaning"] for one in said if "low" in one} == {"p10_p90_metalog"}


def test_what_has_grown_is_written_in_the_table(
    outside_scope: Cast, initiative: Initiative, look: Look, send: Look, sign_in: Look
) -> None:
    _page, case = begun(outside_scope, send, initiative)
    assert case is not None
    assert "Write on one page" in look("lead", f"cases/{case.ref}/")
    with scope(outside_scope.organisation):
        actions.add(
            case=case,
            kind="driver",
            content={"title": "Uptake", "value": "0.8"},
            **who(outside_scope, "lead"),
        )
        assert not is_light(case, parts_of(case))
    assert "Write in the table" in look("lead", f"cases/{case.ref}/")


def test_others_do_not_begin_it(initiative: Initiative, look: Look) -> None:
    assert "Ask one of them" in look("employee", f"initiatives/{initiative.ref}/business-case/", 403)
