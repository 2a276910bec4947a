"""Each line, shared figure and risk has a page that says all of it, and a form in which all is changed."""

import re
from collections.abc import Callable
from html import unescape

import pytest

from samspil.business_case.format import parts_of, read
from samspil.business_case.models import Case, Part
from samspil.initiative.models import Initiative
from samspil.initiative.things import thread_of
from samspil.organisation.scope import scope
from tests.cast import Cast

pytestmark = pytest.mark.django_db
Look = Callable[..., str]


def typed(page: str) -> dict[str, str]:
    """What the form holds when it is opened."""
    form = page[page.index("<main") :]
    found = dict(
        re.findall(r'<input type="(?:text|number|hidden|date)"[^>]*?name="(\w+)" value="([^"]*)"', form)
    )
    for name, options in re.findall(r'<select name="(\w+)".*?>(.*?)</select>', form, re.DOTALL):
        chosen = re.search(r'value="([^"]*)" selected', options)
        found[name] = chosen[1] if chosen else ""
    return {name: unescape(value) for name, value in found.items() if name != "csrfmiddlewaretoken"}


def named(cast: Cast, case: Case, title: str) -> Part:
    with scope(cast.organisation):
        return next(one for one in parts_of(case) if str(one) == title)


def test_the_page_leads_from_the_figure_to_its_source_and_the_role_of_who_estimated_it(
    outside_scope: Cast, case: Case, look: Look
) -> None:
    page = look("employee", f"case-parts/{named(outside_scope, case, 'Less overtime').ref}/")
    for said in (
        "low 90000",
        "likely 150000",
        "pilot in two teams",
        "mostly near the likely one",
        "Ingrid Projekt",
    ):
        assert said in page
    assert "project lead, Digitalisering og it" in page
    assert "145 000" in page


def test_sending_the_form_back_changes_nothing(
    outside_scope: Cast, case: Case, look: Look, send: Look
) -> None:
    line = named(outside_scope, case, "Less overtime")
    path = f"case-parts/{line.ref}/change/"
    send("lead", path, **typed(look("lead", path)))
    kept = named(outside_scope, case, "Less overtime")
    assert (kept.content, kept.owner, kept.estimator) == (line.content, line.owner, line.estimator)


def test_a_line_says_everything_the_format_knows(
    outside_scope: Cast, case: Case, look: Look, send: Look
) -> None:
    send(
        "lead",
        f"cases/{case.ref}/add/driver/",
        title="Uptake",
        value_low="0.5",
        value_likely="0.8",
        value_high="0.9",
        value_meaning="min_max_triangular",
        value_source="pilot",
        estimator="Ingrid",
    )
    uptake = named(outside_scope, case, "Uptake")
    path = f"cases/{case.ref}/add/line/"
    fields = {
        "title": "Minutes at handover", "sort": "benefit.reallocation", "who": "Home care", "unit": "hours", "owner": "Lars Ledelse",
        "amount_low": "800", "amount_likely": "1,200", "amount_high": "1500", "amount_meaning": "min_max_pert", "amount_source": "time study", "estimator": "Ingrid",
        "price_likely": "310", "price_source": "payroll", "y2027": "50", "y2028": "100", "y2029": "", "drivers": uptake.ref, "scenario": "with",
        "hours_whose": "night team", "hours_task": "handover", "freed_on": "2026-01-15", "freed_use": "more visits", "freed_by": "head of care",
    }  # fmt: skip
    send("lead", path, **fields)
    line = named(outside_scope, case, "Minutes at handover")
    with scope(outside_scope.organisation):
        content = next(one for one in read(case).lines if one.id == line.ref)
    assert content.drivers == (uptake.ref,)
    assert (content.hours.whose, content.freed_time.use) == ("night team", "more visits")  # type: ignore[union-attr]
    assert {year: str(share) for year, share in content.share_by_year.items()} == {2027: "0.5", 2028: "1"}
    assert str(line.owner) == "Lars Ledelse"


def test_a_fault_stands_at_its_field(outside_scope: Cast, case: Case, look: Look, send: Look) -> None:
    path = f"case-parts/{named(outside_scope, case, 'Less overtime').ref}/change/"
    page = send("lead", path, **{**typed(look("lead", path)), "amount_low": "999999", "y2028": "half"})
    assert 'href="#id_y2028"' in page
    assert "Low is above high" in page
    assert 'value="half"' in page


def test_somebody_nobody_knows_is_told(outside_scope: Cast, case: Case, look: Look, send: Look) -> None:
    path = f"case-parts/{named(outside_scope, case, 'Licences').ref}/change/"
    page = send("lead", path, **{**typed(look("lead", path)), "owner": "Nobody Here"})
    assert "Nobody here is called “Nobody Here”" in page


def test_two_who_change_one_line_see_both_texts(
    outside_scope: Cast, case: Case, look: Look, send: Look
) -> None:
    path = f"case-parts/{named(outside_scope, case, 'Licences').ref}/change/"
    opened = typed(look("lead", path))
    send("owner", path, **{**opened, "who": "Administration"})
    page = send("lead", path, 409, **{**opened, "who": "Home care"})
    assert "Who pays: Administration" in page
    assert "Who pays: Home care" in page
    send("lead", path, **{**typed(page), "who": "Home care"})
    assert named(outside_scope, case, "Licences").content["payer"] == "Home care"


def test_a_risk_has_its_probability_in_percent(
    outside_scope: Cast, case: Case, look: Look, send: Look
) -> None:
    line = named(outside_scope, case, "Licences")
    path = f"cases/{case.ref}/add/risk/"
    fields = {
        "title": "Late",
        "probability": "130",
        "consequence_likely": "1000",
        "lines": line.ref,
        "year": "2028",
    }
    assert "is not a probability" in send("lead", path, **fields)
    send("lead", path, **{**fields, "probability": "12.5 %"})
    assert named(outside_scope, case, "Late").content["probability"] == "0.125"
    assert "12.5 %" in look("lead", f"cases/{case.ref}/shared/")


def test_a_line_is_taken_out_and_its_page_says_so(
    outside_scope: Cast, case: Case, look: Look, send: Look
) -> None:
    line = named(outside_scope, case, "Licences")
    send("lead", f"case-parts/{line.ref}/take-out/", version="1")
    assert "counts in nothing" in look("employee", f"case-parts/{line.ref}/")
    assert "Licences" not in look("lead", f"cases/{case.ref}/lines/")


def test_lines_change_places(outside_scope: Cast, case: Case, send: Look) -> None:
    send("lead", f"case-parts/{named(outside_scope, case, 'Licences').ref}/move/", way="down")
    with scope(outside_scope.organisation):
        assert [str(one) for one in parts_of(case)] == ["Less overtime", "Licences"]


def test_what_a_line_was_written_because_of_stands_on_its_thread(
    outside_scope: Cast, case: Case, initiative: Initiative, look: Look, send: Look
) -> None:
    path = f"cases/{case.ref}/add/line/?because={initiative.ref}"
    opened = typed(look("lead", path))
    send("lead", path, **{**opened, "title": "Cover", "sort": "cost.reallocation", "amount_likely": "5"})
    cover = named(outside_scope, case, "Cover")
    with scope(outside_scope.organisation):
        assert [
            card.ref for _kind, card in thread_of(cover.thing, outside_scope.viewer("lead")).backward
        ] == [initiative.ref]


def test_a_part_of_another_kind_is_nowhere(case: Case, look: Look) -> None:
    look("lead", f"cases/{case.ref}/add/wish/", 404)


def test_readers_see_a_part_and_do_not_change_it(outside_scope: Cast, case: Case, look: Look) -> None:
    line = named(outside_scope, case, "Licences")
    assert "/change/" not in look("auditor", f"case-parts/{line.ref}/")
    look("auditor", f"case-parts/{line.ref}/change/", 403)
