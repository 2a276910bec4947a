"""The pages of what people said, read by those who may and closed to those who may not."""

import re
from collections.abc import Callable
from datetime import datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from samspil.initiative import actions as hall
from samspil.initiative.models import Initiative
from samspil.initiative.things import thing_of
from samspil.involvement.models import Consultation, Statement
from samspil.involvement.panels import voices
from samspil.organisation.scope import scope
from tests.cast import Cast, gather

from .conversations import SAID, brought_in, initiative_of

SignIn = Callable[[str], Client]


@pytest.fixture
def initiative(cast: Cast, at: datetime) -> Initiative:
    return initiative_of(cast, at)


@pytest.fixture
def consultation(cast: Cast, initiative: Initiative, at: datetime) -> Consultation:
    return brought_in(cast, initiative, at)


def address(consultation: Consultation, query: str = "moderated=&sort=number") -> str:
    return f"/fjordby/consultations/{consultation.ref}/?{query}"


def page(client: Client, url: str) -> str:
    response = client.get(url, headers={"accept-language": "en"})
    assert response.status_code == 200, response.content[:300]
    return response.content.decode()


def english(client: Client) -> Client:
    client.cookies["django_language"] = "en"
    return client


def rows_of(html: str) -> list[str]:
    """The texts of the rows of the table, without markup."""
    body = html[html.index("<tbody>") : html.index("</tbody>")]
    return [" ".join(re.sub("<[^>]+>", " ", row).split()) for row in body.split("</tr>")[:-1]]


def numbers_of(rows: list[str]) -> list[str]:
    return [row.split()[0] for row in rows]


def test_each_statement_shows_agree_pass_disagree_and_n(sign_in: SignIn, consultation: Consultation) -> None:
    rows = rows_of(page(english(sign_in("employee")), address(consultation)))
    assert rows[0] == "0 · Vi skal kunne se ruten dagen før. 40 5 5 50"
    assert len(rows) == len(SAID)


def test_too_few_nobody_and_zero_look_the_same(sign_in: SignIn, consultation: Consultation) -> None:
    rows = rows_of(page(english(sign_in("employee")), address(consultation)))
    assert rows[2] == "2 · Jeg savner en pause kl. 10. too few to show"
    assert rows[3] == "3 · Ingen har svaret på det her. too few to show"


def test_what_too_few_answered_stands_in_no_chart(sign_in: SignIn, consultation: Consultation) -> None:
    html = page(english(sign_in("employee")), address(consultation))
    chart = html[html.index('<svg xmlns="') : html.index('class="figure-table"')]
    assert "Vi skal kunne se ruten" in chart
    assert "savner en pause" not in chart


def test_too_few_are_last_in_every_order_that_goes_by_figures(
    sign_in: SignIn, consultation: Consultation
) -> None:
    client = english(sign_in("employee"))
    for sort in ("agree", "disagree", "passed", "n"):
        rows = rows_of(page(client, address(consultation, f"sort={sort}")))
        assert numbers_of(rows)[-2:] == ["2", "3"], sort
    assert rows_of(page(client, address(consultation, "sort=disagree")))[0].startswith("1 · Telefonen")


def test_the_first_look_is_at_accepted_statements_most_agreed_first(
    sign_in: SignIn, consultation: Consultation
) -> None:
    rows = rows_of(page(english(sign_in("employee")), address(consultation, "")))
    assert numbers_of(rows) == ["0", "1", "2", "3"]


@pytest.mark.parametrize(
    ("query", "numbers"),
    [
        ("moderated=rejected", "5"),
        ("moderated=unmoderated", "4"),
        ("moderated=accepted", "0123"),
        ("words=PAUSE", "2"),
        ("words=åse+nøgle", "4"),
        ("words=ase", ""),
        ("sort=nonsense&moderated=nonsense", "012345"),
    ],
)
def test_statements_are_chosen_by_moderation_and_words(
    sign_in: SignIn, consultation: Consultation, query: str, numbers: str
) -> None:
    html = page(english(sign_in("employee")), address(consultation, query))
    found = numbers_of(rows_of(html)) if numbers else []
    assert found == list(numbers)
    assert numbers or "No statement fits" in html


def test_a_page_holds_fifty_statements_and_asks_no_more_for_them(
    cast: Cast, initiative: Initiative, at: datetime, sign_in: SignIn
) -> None:
    def asked(client: Client, count: int) -> int:
        said = tuple((f"Udsagn nummer {number}", "1", (20, 4, 3)) for number in range(count))
        found = brought_in(cast, initiative, at, said=said, input_sha256=f"{count:064d}")
        with CaptureQueriesContext(connection) as queries:
            assert len(rows_of(page(client, address(found)))) == min(count, 50)
        return len(queries)

    client = english(sign_in("employee"))
    page(client, "/fjordby/")
    assert asked(client, 5) == asked(client, 50) == asked(client, 400)


def test_a_statement_shows_its_figures_and_what_came_of_it(
    cast: Cast, sign_in: SignIn, consultation: Consultation, at: datetime
) -> None:
    said = consultation.statements.first()
    assert said
    hall.raise_need(
        problem="Ruten kommer for sent",
        for_whom="Hjemmeplejen",
        if_nothing="Vi kører forgæves",
        because=said.ref,
        by=cast.viewer("employee"),
        at=at,
    )
    html = page(english(sign_in("employee")), f"/fjordby/statements/{said.ref}/")
    assert "Vi skal kunne se ruten dagen før." in html
    assert "Ruten kommer for sent" in html
    assert f"/fjordby/needs/new/?because={said.ref}" in html
    assert "?because=" not in html.replace(f"/needs/new/?because={said.ref}", "")


def test_the_owner_is_led_to_the_gate_with_the_statement(sign_in: SignIn, consultation: Consultation) -> None:
    said = consultation.statements.first()
    assert said
    html = page(english(sign_in("owner")), f"/fjordby/statements/{said.ref}/")
    assert f"/initiatives/{consultation.initiative.ref}/gate/?because={said.ref}" in html


def test_a_statement_too_few_answered_shows_no_figure(sign_in: SignIn, consultation: Consultation) -> None:
    said = consultation.statements.get(number="2")
    html = page(english(sign_in("employee")), f"/fjordby/statements/{said.ref}/")
    assert "too few to show" in html
    assert "<svg xmlns=" not in html


def test_a_cited_statement_can_be_walked_to_from_the_decision(
    cast: Cast, consultation: Consultation, sign_in: SignIn, at: datetime
) -> None:
    said = consultation.statements.first()
    assert said
    decision = hall.decide_gate(
        initiative=consultation.initiative,
        gate="explore",
        outcome="go",
        decided_on=at.date(),
        reason="Folk er enige",
        override_reason="Drøftes på torsdag",
        rests_on=[said.ref],
        by=cast.viewer("owner"),
        at=at,
    )
    assert thing_of(decision.ref)
    html = page(english(sign_in("employee")), f"/fjordby/statements/{said.ref}/")
    assert "carries" in html


@pytest.mark.parametrize("format", ["csv", "xlsx"])
def test_the_whole_table_can_be_taken_along(sign_in: SignIn, consultation: Consultation, format: str) -> None:
    client = english(sign_in("employee"))
    response = client.get(f"/fjordby/consultations/{consultation.ref}/{format}/")
    assert response.status_code == 200
    assert f".{format}" in response.headers["Content-Disposition"]
    if format == "csv":
        lines = response.content.decode("utf-8-sig").splitlines()
        few = next(line for line in lines if "savner en pause" in line)
        nobody = next(line for line in lines if "Ingen har svaret" in line)
        assert few.count("too few to show") == nobody.count("too few to show") == 7
        assert not re.search(r"\d", few.split("too few", 1)[1])


def test_the_panel_shows_what_most_agreed_and_disagreed_with_in_one_query(
    cast: Cast, consultation: Consultation, at: datetime
) -> None:
    brought_in(cast, consultation.initiative, at, said=(("Kun tre", "1", (3, 0, 0)),), input_sha256="1" * 64)
    employee = cast.viewer("employee")
    with CaptureQueriesContext(connection) as queries:
        shown = voices(consultation.initiative, employee, at)["voices"]
    assert len(queries) == 1
    few, many = sorted(shown, key=lambda one: one.consultation.participants)
    assert (few.agreed, few.disagreed) == ((), ())
    assert [one.number for one in many.agreed] == ["0", "4", "1"]
    assert many.disagreed[0].number == "1"


ALLOWED = ["lead", "owner", "employee", "steward", "auditor", "consultant"]


def places(consultation: Consultation) -> list[str]:
    said = Statement.objects.filter(consultation=consultation).first()
    assert said
    home = f"/fjordby/consultations/{consultation.ref}/"
    return [home, f"{home}csv/", f"{home}xlsx/", f"/fjordby/statements/{said.ref}/"]


@pytest.mark.parametrize("who", ALLOWED)
def test_everyone_in_the_organisation_reads(sign_in: SignIn, consultation: Consultation, who: str) -> None:
    client = sign_in(who)
    assert {client.get(place).status_code for place in places(consultation)} == {200}


def test_a_guest_reads_only_what_they_are_admitted_to(
    cast: Cast, sign_in: SignIn, consultation: Consultation, at: datetime
) -> None:
    guest = sign_in("guest")
    assert {guest.get(place).status_code for place in places(consultation)} == {404}
    hall.admit_guest(
        initiative=consultation.initiative, person=cast.people["guest"], by=cast.viewer("lead"), at=at
    )
    assert {guest.get(place).status_code for place in places(consultation)} == {200}


def test_strangers_learn_nothing(
    client: Client, outside_scope: Cast, consultation: Consultation, standing_clock: datetime
) -> None:
    for place in [*places(consultation), "/fjordby/consultations/222222222222/"]:
        assert client.get(place).status_code == 302
    other = gather("sjovik", "samverkan")
    with scope(other.organisation):
        client.force_login(other.account("lead"), backend="django.contrib.auth.backends.ModelBackend")
    for place in places(consultation):
        assert client.get(place).status_code == 404
        assert client.get(place.replace("/fjordby/", "/sjovik/")).status_code == 404


def test_nothing_is_changed_by_sending_a_form(sign_in: SignIn, consultation: Consultation) -> None:
    client = sign_in("lead")
    assert {client.post(place).status_code for place in places(consultation)} == {405}
