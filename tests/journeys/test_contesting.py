"""Somebody affected contests a figure on their phone, is answered, and finds their figure in the case."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pytest

from samspil.business_case import actions as room
from samspil.business_case.actions import Written
from samspil.business_case.budget import actions as budgets
from samspil.business_case.models import Case
from samspil.initiative import actions as hall
from samspil.organisation.scope import scope
from tests.cast import AT, Cast, gather
from tests.journeys.walker import Walker


@dataclass(frozen=True)
class Words:
    """What the two see, in their own words; one of them on a phone, one without script."""

    slug: str
    regime: str
    width: int
    script: bool
    line: str
    assumption: str
    seen: str
    source: str
    reason: str


DANISH = Words(
    slug="fjordby",
    regime="MED",
    width=360,
    script=True,
    line="Kortere vagtplanlægning",
    assumption="Gevinsten forudsætter, at vi sparer 4 timer om ugen på vagtplanen.",
    seen="Vi sparer kun to timer, for bytter skal stadig ringes igennem.",
    source="talt op i to uger i tre hold",
    reason="Jeres optælling er bedre end vores skøn.",
)
SWEDISH = Words(
    slug="sjovik",
    regime="samverkan",
    width=1280,
    script=False,
    line="Kortare schemaläggning",
    assumption="Nyttan förutsätter att vi sparar 4 timmar i veckan på schemat.",
    seen="Vi sparar bara två timmar, för byten måste fortfarande ringas igenom.",
    source="räknat i två veckor i tre grupper",
    reason="Er räkning är bättre än vår uppskattning.",
)


def begun(cast: Cast, words: Words) -> Case:
    does: dict[str, Any] = {"by": cast.viewer("lead"), "at": AT}
    with scope(cast.organisation):
        need = hall.raise_need(problem=words.line, for_whom="Natholdet", if_nothing="Vikarer", **does)
        initiative = hall.start_initiative(
            needs=[need], units=[cast.units["workplace"]], owner=cast.people["owner"], **does
        )
        shares = {str(year): "1" for year in range(2027, 2032)}
        hours = {"low": "150", "likely": "200", "high": "230", "meaning": "min_max_pert", "source": "skøn"}
        saving = {
            "title": words.line,
            "kind": "benefit",
            "class": "cashable",
            "beneficiary": cast.units["workplace"].name,
            "quantity": hours,
            "price": {"value": "310", "source": "løn 2026"},
            "share_by_year": shares,
        }
        case = room.begin(initiative=initiative, title=words.line, parts=[Written(content=saving)], **does)
        budgets.enter_cut(
            case=case,
            unit=cast.units["workplace"],
            account="5.30.27",
            year=2028,
            amount=Decimal(70_000),
            source="Budget 2028, 12",
            **does,
        )
    return case


@pytest.mark.parametrize(
    "words", [pytest.param(DANISH, id="da"), pytest.param(SWEDISH, id="sv", marks=pytest.mark.prove)]
)
def test_from_a_figure_that_is_wrong_to_one_that_stands(
    house: Any, walk_as: Callable[..., Walker], words: Words
) -> None:
    cast = gather(words.slug, words.regime)
    case = begun(cast, words)
    page = f"/{words.slug}/cases/{case.ref}/assumptions/"

    lead = walk_as(cast, "lead").go(page).follow("/case-parts/").follow("/words/quantity/")
    lead.write("text", words.assumption).send().sees(words.assumption)

    employee = walk_as(cast, "employee", width=words.width, script=words.script)
    employee.go(page).sees(words.assumption)
    employee.follow("/contest/quantity/").send()  # nothing was said: the page says what is missing
    employee.choose("stance", "own_figure").write("value", "100").write("text", words.seen)
    employee.write("source", words.source).send().sees(words.seen)
    assert employee.fields == 4

    lead.go(f"/{words.slug}/").follow("/case-remarks/").sees(words.seen)
    lead.choose("outcome", "accepted").write("text", words.reason).send().sees(words.reason)

    employee.page.reload()
    employee.look_around().sees(words.reason).sees(words.source)
    case.refresh_from_db()
    with scope(cast.organisation):
        [part] = case.parts.all()
    assert part.content["quantity"] == {"value": "100", "source": words.source}

    employee.go(page).follow("/budget/").sees("39")  # 70,000 taken, 31,000 brought
