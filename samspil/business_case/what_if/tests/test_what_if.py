"""Sliders: what a case would come to. Nothing is stored, and the script adds up to what the server says."""

import json
import re
from collections.abc import Callable
from decimal import Decimal

import pytest

from samspil.business_case import actions
from samspil.business_case.format import parts_of
from samspil.business_case.models import Case, Edit
from samspil.business_case.results import standing_of
from samspil.business_case.tests.conftest import a_range, who
from samspil.business_case.what_if.sliders import for_the_script, sliders_of, then
from samspil.organisation.scope import scope
from tests.cast import Cast

pytestmark = pytest.mark.django_db
Look = Callable[..., str]


@pytest.fixture
def uptake(outside_scope: Cast, case: Case) -> str:
    """A shared figure that the benefit rests on, and a price level of another year."""
    with scope(outside_scope.organisation):
        lead = who(outside_scope, "lead")
        frame = {**case.frame, "price_index": {"2024": "100", "2026": "110"}, "own_figures_source": "x"}
        actions.change_frame(case=case, version=1, title=case.title, frame=frame, **lead)
        case.refresh_from_db()
        found = actions.add(
            case=case,
            kind="driver",
            content={"title": "Uptake", "value": a_range("0.5", "0.8", "0.9")},
            **lead,
        )
        line = next(one for one in parts_of(case) if str(one) == "Less overtime")
        content = {**line.content, "drivers": [found.ref], "price_year": 2024}
        actions.change(part=line, version=1, content=content, owner=line.owner, **lead)
        return found.ref


def scripted(data: dict[str, object], at: dict[str, float]) -> float:
    """What the script adds up."""
    total = 0.0
    for line in data["lines"]:  # type: ignore[attr-defined]
        factor = line["full"]
        for ref in line["moved"]:
            factor *= at.get(ref, 1)
        total += sum(
            factor * share * discount for share, discount in zip(line["shares"], data["factors"], strict=True)
        )  # type: ignore[call-overload]
    return total


def test_the_script_adds_up_to_what_the_server_says(cast: Cast, case: Case, uptake: str) -> None:
    standing = standing_of(case)
    assert standing.content is not None
    assert standing.mean is not None
    line = next(one.ref for one in parts_of(case) if str(one) == "Licences")
    moved = sliders_of(standing, {uptake: "50", line: "120"})
    assert [one.percent for one in moved if one.ref in (uptake, line)] == [50, 120]
    data = for_the_script(standing.content, standing.mean, moved)
    assert scripted(data, {}) == pytest.approx(float(standing.mean.npv))
    assert scripted(data, {uptake: 0.5, line: 1.2}) == pytest.approx(float(then(standing.content, moved).npv))


def test_without_a_script_the_page_says_it_and_nothing_is_stored(
    case: Case, uptake: str, look: Look, outside_scope: Cast
) -> None:
    before = look("employee", f"cases/{case.ref}/what-if/")
    after = look("employee", f"cases/{case.ref}/what-if/?{uptake}=50")
    shown = [re.findall(r"data-what-if-npv>([^<]*)<", page)[0] for page in (before, after)]
    assert shown[0] != shown[1]
    assert "50 %" in after
    data = re.search(r'<script id="what-if-data" type="application/json">(.*?)</script>', after)
    assert data is not None
    assert json.loads(data[1])["years"] == [2027, 2028, 2029]
    with scope(outside_scope.organisation):
        assert Edit.objects.filter(case=case).count() == 6


def test_nonsense_in_the_address_is_left_out(cast: Cast, case: Case, uptake: str) -> None:
    standing = standing_of(case)
    percents = [one.percent for one in sliders_of(standing, {uptake: "1e9", "x": "5"})]
    assert set(percents) == {100}
    assert Decimal(percents[0]) == 100
