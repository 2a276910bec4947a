"""From what somebody said to the answer and the decision that rest on it, and back again."""

import re
from collections.abc import Callable
from datetime import datetime

import pytest
from django.test import Client

from samspil.initiative import actions as hall
from samspil.initiative import things
from samspil.initiative.models import Evidence, Initiative, Link
from samspil.involvement.models import Consultation, Statement
from samspil.kit.refusal import Refused
from samspil.organisation.scope import scope
from tests.cast import Cast, gather

from .conversations import brought_in, initiative_of

SignIn = Callable[[str], Client]
MANY = tuple((f"Udsagn om emne {number}", "1", (20, 4, 3)) for number in range(896))


@pytest.fixture
def initiative(cast: Cast, at: datetime) -> Initiative:
    return initiative_of(cast, at)


@pytest.fixture
def consultation(cast: Cast, initiative: Initiative, at: datetime) -> Consultation:
    return brought_in(cast, initiative, at)


def said(consultation: Consultation, number: int = 0) -> Statement:
    return consultation.statements.get(number=str(number))


def english(client: Client) -> Client:
    client.cookies["django_language"] = "en"
    return client


def form_of(initiative: Initiative, demand: str = "analogue_channel") -> str:
    return f"/fjordby/initiatives/{initiative.ref}/asks/go/{demand}/"


def answer(cast: Cast, initiative: Initiative, source: str, at: datetime, **facts: object) -> Evidence:
    usual = {"gate": "go", "demand": "analogue_channel", "status": "met", "because": "Papir.", "version": 1}
    return hall.answer_demand(
        initiative=initiative, source=source, by=cast.viewer("lead"), at=at, **(usual | facts)
    )


def cited_by(initiative: Initiative) -> set[str]:
    links = Link.objects.filter(from_thing=initiative.thing, kind=Link.Kind.RESTS_ON)
    return set(links.values_list("to_thing__ref", flat=True))


def test_from_the_statement_one_comes_to_the_answer_with_the_statement_chosen(
    sign_in: SignIn, initiative: Initiative, consultation: Consultation
) -> None:
    client, statement = english(sign_in("lead")), said(consultation, 2)
    page = client.get(f"/fjordby/statements/{statement.ref}/").content.decode()
    assert "Cite it in an answer" in page
    address = f"{form_of(initiative)}?because={statement.ref}"
    assert f'href="{address}"' in page
    form = client.get(address).content.decode()
    assert re.search(rf'value="{statement.ref}"[^>]* checked', form)


def test_whoever_may_not_answer_is_offered_no_answer(sign_in: SignIn, consultation: Consultation) -> None:
    page = english(sign_in("employee")).get(f"/fjordby/statements/{said(consultation).ref}/")
    assert "Cite it in an answer" not in page.content.decode()


def test_the_answer_that_is_sent_stands_on_the_thread_seen_from_both_ends(
    sign_in: SignIn, initiative: Initiative, consultation: Consultation
) -> None:
    client, statement = english(sign_in("lead")), said(consultation)
    fields = {"status": "met", "because": "Folk vil vide det.", "version": 1, "source": statement.ref}
    assert client.post(f"{form_of(initiative)}?because={statement.ref}", fields).status_code == 302
    here = client.get(f"/fjordby/thread/{initiative.ref}/").content.decode()
    assert statement.text in here[here.index("origins") :]
    there = client.get(f"/fjordby/thread/{statement.ref}/").content.decode()
    assert str(initiative) in there[there.index("results") :]


def test_another_source_takes_the_place_of_the_first_on_the_thread(
    cast: Cast, initiative: Initiative, consultation: Consultation, at: datetime
) -> None:
    first, second = said(consultation, 0), said(consultation, 1)
    answer(cast, initiative, first.ref, at)
    answer(cast, initiative, second.ref, at, version=2)
    assert cited_by(initiative) == {second.ref}
    answer(cast, initiative, "", at, version=3)
    assert cited_by(initiative) == set()


def test_a_source_that_another_answer_still_rests_on_stays_on_the_thread(
    cast: Cast, initiative: Initiative, consultation: Consultation, at: datetime
) -> None:
    shared = said(consultation)
    answer(cast, initiative, shared.ref, at)
    answer(cast, initiative, shared.ref, at, demand="work_consequences")
    answer(cast, initiative, "", at, version=2)
    assert cited_by(initiative) == {shared.ref}


def test_an_answer_may_rest_on_what_was_said_about_another_initiative(
    cast: Cast, initiative: Initiative, consultation: Consultation, at: datetime
) -> None:
    other = initiative_of(cast, at)
    answer(cast, other, said(consultation).ref, at)
    row = Evidence.objects.get(initiative=other, demand="voices_heard")
    assert (row.status, row.because_key) == ("met", "voices_cited")


def test_among_hundreds_a_statement_is_found_by_its_words_its_number_and_its_reference(
    cast: Cast, sign_in: SignIn, initiative: Initiative, at: datetime
) -> None:
    far = said(brought_in(cast, initiative, at, said=MANY), 777)
    client = english(sign_in("lead"))
    assert far.ref not in client.get(form_of(initiative)).content.decode()
    for typed in ("EMNE 777", "777", far.ref):
        fields = {"status": "met", "because": "Sagt.", "version": 1, "source_text": typed, "find": "source"}
        page = client.post(form_of(initiative), fields).content.decode()
        assert far.ref in page, typed
        assert page.count('name="source"') < 40
    sent = {"status": "met", "because": "Sagt.", "version": 1, "source_text": "777"}
    assert client.post(form_of(initiative), sent).status_code == 302
    assert cited_by(initiative) == {far.ref}


def test_words_that_fit_several_or_nothing_ask_again(
    sign_in: SignIn, initiative: Initiative, consultation: Consultation
) -> None:
    client = english(sign_in("lead"))
    for typed, sentence in (("e", "Several match"), ("qwerty", "Nothing here is called")):
        fields = {"status": "met", "because": "Sagt.", "version": 1, "source_text": typed}
        assert sentence in client.post(form_of(initiative), fields).content.decode()
    assert cited_by(initiative) == set()


def test_what_the_moderators_took_out_is_not_offered(
    cast: Cast, initiative: Initiative, consultation: Consultation
) -> None:
    offered = things.citable(initiative, cast.viewer("lead")).cards
    assert said(consultation, 5).ref not in {card.ref for card in offered}


def test_where_the_room_is_switched_off_nothing_said_is_offered(
    cast: Cast, initiative: Initiative, consultation: Consultation
) -> None:
    cast.organisation.rooms_off = ["involvement"]
    cast.organisation.save()
    offered = things.citable(initiative, cast.viewer("lead"), "rute").cards
    assert "statement" not in {card.kind for card in offered}


def test_at_the_gate_a_statement_is_found_and_the_decision_rests_on_it(
    sign_in: SignIn, initiative: Initiative, consultation: Consultation
) -> None:
    client, statement = english(sign_in("owner")), said(consultation, 2)
    gate = f"/fjordby/initiatives/{initiative.ref}/gate/"
    seen = re.search(r'name="seen" value="(\w+)"', client.get(gate).content.decode())
    assert seen
    fields = {
        "outcome": "go",
        "decided_on": "2026-02-01",
        "reason": "Folk siger det",
        "override_reason": "Drøftes torsdag",
        "seen": seen[1],
        "rests_on_text": "pause",
    }
    assert statement.ref in client.post(gate, fields | {"find": "rests_on"}).content.decode()
    decision = client.post(gate, fields, follow=True).content.decode()
    assert statement.text in decision
    thread = client.get(f"/fjordby/thread/{statement.ref}/").content.decode()
    assert "carries" in thread[thread.index("results") :]


def test_a_statement_of_another_organisation_is_refused(
    outside_scope: Cast, at: datetime, sign_in: SignIn
) -> None:
    other = gather("sjovik", "samverkan")
    with scope(other.organisation):
        theirs = said(brought_in(other, initiative_of(other, at), at)).ref
    with scope(outside_scope.organisation):
        mine = initiative_of(outside_scope, at)
        with pytest.raises(Refused):
            answer(outside_scope, mine, theirs, at)
    client = english(sign_in("lead"))
    assert theirs not in client.get(f"{form_of(mine)}?because=x").content.decode()
    assert f'value="{theirs}"' not in client.get(f"{form_of(mine)}?because={theirs}").content.decode()
    for field in ("source", "source_text"):
        fields = {"status": "met", "because": "Sagt.", "version": 1, field: theirs}
        assert client.post(form_of(mine), fields).status_code == 200
    with scope(outside_scope.organisation):
        assert cited_by(mine) == set()


def test_an_initiative_does_not_rest_on_itself(cast: Cast, initiative: Initiative, at: datetime) -> None:
    with pytest.raises(Refused) as refusal:
        answer(cast, initiative, initiative.ref, at)
    assert refusal.value.field == "source"
