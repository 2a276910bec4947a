"""The pages of contesting, by plain forms."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from samspil.business_case import actions as room
from samspil.business_case import queries as room_queries
from samspil.business_case.actions import Written
from samspil.business_case.contest import actions, queries
from samspil.business_case.contest.models import Remark
from samspil.business_case.models import Case
from samspil.business_case.tests.conftest import a_range, overtime, who
from samspil.kit import clock
from samspil.organisation.scope import scope
from tests.cast import AT, Cast

pytestmark = pytest.mark.django_db
Send = Callable[..., str]


@pytest.fixture(autouse=True)
def today(db: None) -> None:
    clock.move_to(AT)


@pytest.fixture
def line(outside_scope: Cast, case: Case) -> str:
    with scope(outside_scope.organisation):
        return str(case.parts.get(content__title="Less overtime").ref)


def remarks(cast: Cast) -> list[Remark]:
    with scope(cast.organisation):
        return list(queries.remarks())


def test_a_figure_is_typed_as_people_write_it(outside_scope: Cast, line: str, send: Send) -> None:
    page = send(
        "employee",
        f"case-parts/{line}/contest/amount/",
        stance="own_figure",
        value="120,000",
        low="100,000",
        high="130,000.50",
        meaning="min_max_pert",
        source="counted for two weeks",
    )
    assert "owes you an answer by 13 February 2026" in page
    assert remarks(outside_scope)[0].own == {
        "low": "100000",
        "high": "130000.5",
        "likely": "120000",
        "meaning": "min_max_pert",
        "source": "counted for two weeks",
    }


@pytest.mark.parametrize("typed", ["NaN", "1e400", "Infinity", "fire", "1.2.3,4", "9" * 40])
def test_what_is_no_figure_is_said_at_its_place(
    outside_scope: Cast, line: str, send: Send, typed: str
) -> None:
    sent = {"stance": "own_figure", "value": typed, "source": "x"}
    page = send("employee", f"case-parts/{line}/contest/amount/", **sent)
    assert "Write it in figures, such as 4 or 4,5." in page
    assert remarks(outside_scope) == []


def test_what_is_missing_is_said_and_what_was_typed_stays(outside_scope: Cast, line: str, send: Send) -> None:
    page = send(
        "employee",
        f"case-parts/{line}/contest/amount/",
        stance="own_figure",
        value="fire",
        text="Det tager længere",
    )
    assert "Write it in figures, such as 4 or 4,5." in page
    assert "Det tager længere" in page
    assert remarks(outside_scope) == []


def test_a_chance_is_typed_in_percent(outside_scope: Cast, case: Case, send: Send) -> None:
    with scope(outside_scope.organisation):
        risk = room.add(
            case=case,
            kind="risk",
            content={"title": "Late", "probability": "0.3", "consequence": "1000"},
            **who(outside_scope, "lead"),
        )
    page = send(
        "employee",
        f"case-parts/{risk.ref}/contest/probability/",
        stance="own_figure",
        value="12,5",
        source="the last two projects",
    )
    assert "12.5 %" in page
    with scope(outside_scope.organisation):
        given = actions.answer(
            remarks=[queries.remarks().get()],
            outcome="accepted",
            text="Ja",
            version=1,
            **who(outside_scope, "lead"),
        )
        assert given.part.case.parts.get(pk=risk.pk).content["probability"] == "0.125"


def test_a_figure_that_is_not_there_has_no_page(line: str, look: Callable[..., str]) -> None:
    look("employee", f"case-parts/{line}/contest/price/", status=404)


def test_two_who_answer_see_each_others_change(
    outside_scope: Cast, case: Case, line: str, sign_in: Callable[[str], Client]
) -> None:
    with scope(outside_scope.organisation):
        part = room_queries.part(line)
        assert part is not None
        said = {"part": part, "figure": "amount", "stance": "disagrees", "text": "Nej"}
        remark = actions.say(**said, **who(outside_scope, "employee"))  # type: ignore[arg-type]
        room.change(
            part=part,
            version=1,
            content=overtime(amount=a_range(1, 2, 3, source="another count")),
            **who(outside_scope, "owner"),
        )
    typed: dict[str, Any] = {
        "remarks": [remark.ref],
        "outcome": "partly",
        "value": "7",
        "source": "our count",
        "text": "We met halfway",
        "version": 1,
    }
    client = sign_in("lead")
    response = client.post(f"/fjordby/case-remarks/{remark.ref}/answer/", typed)
    shown = response.content.decode()
    assert response.status_code == 409
    assert "another count" in shown
    assert "We met halfway" in shown
    assert remarks(outside_scope)[0].is_owed


def test_whoever_may_not_change_the_case_is_not_offered_to(
    outside_scope: Cast, line: str, look: Callable[..., str], send: Send
) -> None:
    send("employee", f"case-parts/{line}/contest/amount/", stance="disagrees", text="Nej")
    [remark] = remarks(outside_scope)
    page = f"case-remarks/{remark.ref}/answer/"
    assert 'value="not_accepted"' in look("management_member", page)
    assert 'value="partly"' not in look("management_member", page)
    assert 'value="partly"' in look("lead", page)


def test_who_waits_for_an_answer_is_seen_beside_the_result_and_on_the_initiative(
    case: Case, line: str, look: Callable[..., str], send: Send
) -> None:
    send("employee", f"case-parts/{line}/contest/amount/", stance="disagrees", text="Nej")
    clock.move_to(AT + timedelta(days=20))
    for page in (f"cases/{case.ref}/", f"initiatives/{case.initiative.ref}/"):
        shown = look("director", page)
        assert "1 remark by somebody affected waits for an answer." in shown
        assert "1 is late." in shown


def test_those_who_read_along_are_told_whom_to_ask(case: Case, look: Callable[..., str]) -> None:
    page = look("auditor", f"cases/{case.ref}/assumptions/")
    assert "Those who work where it is felt" in page
    assert "/contest/" not in page


def test_the_list_asks_no_more_of_the_database_the_more_lines_there_are(
    outside_scope: Cast, case: Case, sign_in: Callable[[str], Client]
) -> None:
    client = sign_in("employee")

    def asked() -> int:
        with CaptureQueriesContext(
            connection,
        ) as found:
            assert client.get(f"/fjordby/cases/{case.ref}/assumptions/").status_code == 200
        return len(found)

    asked()
    before = asked()
    with scope(outside_scope.organisation):
        parts = room.save(
            case=case,
            written=[Written(content=overtime(title=f"Line {n}")) for n in range(12)],
            **who(outside_scope, "lead"),
        )
        for one in parts:
            part = room_queries.part(one.ref)
            assert part is not None
            said = {"part": part, "figure": "amount", "stance": "disagrees", "text": "Nej"}
            actions.say(**said, **who(outside_scope, "employee"))  # type: ignore[arg-type]
    assert asked() == before
