"""The pages of what a case comes to: each number is followed in three clicks, also from the printed paper."""

import io
import re
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pikepdf
import pytest
from django.test import Client

from samspil.business_case import actions
from samspil.business_case.bringing import actions as bringing
from samspil.business_case.bringing.plan import plan_of
from samspil.business_case.budget import actions as budget
from samspil.business_case.contest import actions as contest
from samspil.business_case.format import parts_of, read
from samspil.business_case.models import Case
from samspil.business_case.papers.beside import Said
from samspil.business_case.papers.sources import frozen, living
from samspil.business_case.tests.conftest import who
from samspil.business_case.tests.test_workbook import cells, npv_in, recomputed, same
from samspil.business_case.worker import compute_ordered
from samspil.core.business_case.brought.template import template
from samspil.core.business_case.mean_case import mean_case
from samspil.core.tests.business_case.cases import forty_lines
from samspil.core.tests.business_case.cases import read as read_case
from samspil.kit.exports.as_live_xlsx import written
from samspil.organisation.scope import scope
from tests.cast import AT, Cast

pytestmark = pytest.mark.django_db
Look = Callable[..., str]
SignIn = Callable[[str], Client]


@pytest.fixture
def computed(outside_scope: Cast, case: Case) -> Case:
    compute_ordered({"organisation": outside_scope.organisation.ref, "case": case.ref}, AT)
    return case


def fetch(sign_in: SignIn, cast: Cast, path: str, name: str = "employee") -> bytes:
    client = sign_in(name)
    client.cookies["django_language"] = "en"
    response = client.get(f"/{cast.organisation.slug}/{path}")
    assert response.status_code == 200, path
    return response.content


def test_the_pictures_show_how_sure_it_is_and_four_sides(look: Look, computed: Case) -> None:
    page = look("employee", f"cases/{computed.ref}/pictures/")
    for title in ("Cash flow, not discounted", "What the result hangs on", "Who pays, who gains"):
        assert title in page
    assert page.count('<svg xmlns="http://www.w3.org/2000/svg" class="chart"') == 4
    assert "Nothing is written down from this side." in page


def test_before_the_draws_are_made_the_page_says_so_and_shows_what_is_exact(look: Look, case: Case) -> None:
    page = look("employee", f"cases/{case.ref}/pictures/")
    assert "is being computed" in page
    assert "Who pays, who gains" in page
    assert "draws are being made" in look("employee", f"cases/{case.ref}/draws/")


def test_three_draws_are_shown_with_what_they_add_up_to(look: Look, computed: Case) -> None:
    page = look("employee", f"cases/{computed.ref}/draws/")
    assert page.count("As simulated") == 3


def test_from_the_papers_link_to_the_persons_role_is_three_clicks(
    sign_in: SignIn, look: Look, outside_scope: Cast, computed: Case
) -> None:
    paper = fetch(sign_in, outside_scope, f"cases/{computed.ref}/papers/steering-group.pdf")
    with pikepdf.open(io.BytesIO(paper)) as pdf:
        leads = [str(note.A.URI) for page in pdf.pages for note in page.get("/Annots", [])]
    with scope(outside_scope.organisation):
        ref = next(one.ref for one in parts_of(computed) if str(one) == "Less overtime")
    first_click = next(one for one in leads if one.endswith(f"#{ref}"))
    path = first_click.partition(f"/{outside_scope.organisation.slug}/")[2]
    page = look("employee", path.partition("#")[0])
    section = re.search(f'<section class="panel followed" id="{ref}".*?</section>', page, re.DOTALL)
    assert section
    for words in ("150,000", "pilot in two teams", "lowest and highest (PERT)"):  # estimate, meaning, source
        assert words in section.group()
    assert f"/case-parts/{ref}/" in section.group()  # second click: what was said of it
    assert "Nobody has commented on it as a whole." in look("employee", f"case-parts/{ref}/")
    lead = outside_scope.people["lead"]  # or: who estimated it, and their role
    assert f"/people/{lead.ref}/" in section.group()
    assert str(lead.title) in section.group()
    assert lead.title in look("employee", f"people/{lead.ref}/")


def test_forty_lines_come_in_from_the_template_and_go_out_as_a_workbook_that_libreoffice_recomputes(
    sign_in: SignIn, outside_scope: Cast, case: Case, tmp_path: Path
) -> None:
    """The reference case of forty lines and ten years: every number of the room's workbook comes out again."""
    given = forty_lines("min_max_pert")
    named = [{"title": f"Linje {one['id']}", **one} for one in given.pop("lines")]
    content = read_case({**given, "lines": named})
    frame = {key: value for key, value in given.items() if key not in ("format", "title")}
    with scope(outside_scope.organisation):
        begun = [(one, one.version) for one in parts_of(case)]
        case = actions.change_frame(
            case=case, version=1, title="Forty", frame=frame, **who(outside_scope, "lead")
        )
        data = written(template(content, "da"), "Forty")
        brought = bringing.bring(case=case, name="forty.xlsx", data=data, **who(outside_scope, "lead"))
        seen = plan_of(brought).fingerprint
        assert bringing.take_over(brought=brought, seen=seen, **who(outside_scope, "lead")).new == 40
        actions.save(case=case, written=(), taken_out=begun, **who(outside_scope, "lead"))
        assert mean_case(read(case)).npv == mean_case(content).npv
    compute_ordered({"organisation": outside_scope.organisation.ref, "case": case.ref}, AT)
    room = fetch(sign_in, outside_scope, f"cases/{case.ref}/case.xlsx")
    theirs = recomputed({"room": room}, tmp_path)["room"]
    assert same(cells(room), theirs) > 1_000
    assert npv_in(theirs) == 3782.39


def test_a_version_keeps_its_papers_when_the_case_goes_on(
    sign_in: SignIn, look: Look, outside_scope: Cast, computed: Case
) -> None:
    with scope(outside_scope.organisation):
        version = actions.put_before_committee(case=computed, **who(outside_scope, "lead"))
        licences = next(one for one in parts_of(computed) if str(one) == "Licences")
        content = {**licences.content, "amount": {"value": "777777", "source": "new offer"}}
        actions.change(part=licences, version=licences.version, content=content, **who(outside_scope, "lead"))
    page = look("employee", f"case-versions/{version.ref}/followed/")
    assert "777,777" not in page
    assert "put before the committee" in page
    assert "777,777" in look("employee", f"cases/{computed.ref}/followed/")
    for file in ("papers/committee.docx", "papers/committee.pdf", "case.xlsx", "case.json"):
        assert fetch(sign_in, outside_scope, f"case-versions/{version.ref}/{file}")


def test_strangers_to_the_papers_get_nothing_and_unknown_papers_are_not_there(
    sign_in: SignIn, outside_scope: Cast, computed: Case
) -> None:
    slug = outside_scope.organisation.slug
    for path in ("papers/steering-group.exe", "papers/budget.pdf"):
        assert sign_in("lead").get(f"/{slug}/cases/{computed.ref}/{path}").status_code == 404
    for name, status in (("guest", 404), ("employee", 403)):
        assert sign_in(name).get(f"/{slug}/cases/{computed.ref}/four-sides/").status_code == status


def test_lines_are_put_on_the_side_they_are_looked_at_from(
    send: Callable[..., str], outside_scope: Cast, computed: Case
) -> None:
    with scope(outside_scope.organisation):
        line = next(one for one in parts_of(computed) if str(one) == "Less overtime")
    page = send(
        "lead",
        f"cases/{computed.ref}/four-sides/",
        **{f"corner_{line.ref}": "employee", f"version_{line.ref}": line.version},
    )
    employees = page.partition("The employees</h3>")[2].partition("</section>")[0]
    assert "Less overtime" in employees


def test_what_is_printed_of_a_version_is_what_stood_then_in_its_own_prices(
    outside_scope: Cast, computed: Case
) -> None:
    """What was taken, taken back, said and answered afterwards does not change under those who talk of it."""
    organisation, later = outside_scope.organisation, AT + timedelta(days=1)
    by = outside_scope.viewer("lead", later)
    employee = {"by": outside_scope.viewer("employee", later), "at": later}
    with scope(organisation):
        unit = outside_scope.units["workplace"]
        entry = {"case": computed, "unit": unit, "account": "Løn", "year": 2028, "amount": Decimal(1000)}
        frame = {**computed.frame, "price_index": {"2024": "100", "2026": "110"}}
        actions.change_frame(case=computed, version=1, title="X", frame=frame, **who(outside_scope, "lead"))
        cut = budget.enter_cut(**entry, source="s. 12", price_year=2024, **who(outside_scope, "lead"))
        line = parts_of(computed)[0]
        said = {"stance": "disagrees", "figure": "amount", "text": "Nej"}
        remark = contest.say(part=line, **said, **who(outside_scope, "employee"))
        version = actions.put_before_committee(case=computed, **who(outside_scope, "lead"))
        budget.take_back_cut(cut=cut, because="Forkert", by=by, at=later)
        budget.enter_cut(**entry, source="s. 13", by=by, at=later)
        contest.say(part=line, **said, **employee)
        contest.answer(remarks=[remark], outcome="not_accepted", text="Jo", by=by, at=later)
        beside = frozen(version, organisation).beside()
        (taken,) = beside.taken
        assert taken.amount == Decimal(1100)
        assert "s. 12" in taken.source
        assert "2024" in taken.source
        assert beside.said[line.ref] == Said(1, 1)
        now = living(Case.objects.get(pk=computed.pk), organisation, later.date()).beside()
        assert [(one.amount, one.source) for one in now.taken] == [(Decimal(1000), "s. 13")]
        assert now.said[line.ref] == Said(2, 1)
