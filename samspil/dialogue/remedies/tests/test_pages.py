"""The pages of requests, as both sides meet them: plain forms, no script needed."""

import json
from collections.abc import Callable
from datetime import date, timedelta
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from docx import Document as Word

from samspil.dialogue.models import Item
from samspil.dialogue.remedies.boards import cards
from samspil.dialogue.remedies.models import CentralCall, OwnTerm, RemedyCase
from samspil.dialogue.remedies.tests.test_requests import answered, raised
from samspil.dialogue.remedies.tests.test_waiting_for_a_union import negotiated, signed
from samspil.dialogue.tests.conftest import Play, noon
from samspil.kit import clock

TODAY, LATER = date(2026, 2, 3), date(2026, 3, 6)


def as_(play: Play, who: str) -> Client:
    client = Client()
    client.force_login(play.cast.account(who))
    return client


def at(play: Play, rest: str) -> str:
    return f"/{play.cast.organisation.slug}/{rest}"


@pytest.fixture(autouse=True)
def today(db: None) -> None:
    clock.move_to(noon(TODAY))


def test_the_vice_chair_raises_the_chair_answers_and_the_vice_chair_ends_it_with_plain_forms(
    play: Play,
) -> None:
    play.meeting(date(2026, 2, 18))
    item = play.item()
    path = at(play, f"committees/{play.cast.committees['local'].ref}/requests/new/?item={item.ref}")
    vice_chair, chair = as_(play, "vice_chair"), as_(play, "chair")
    opened = vice_chair.get(path)
    assert "Anmodning om at trække en beslutning tilbage" in opened.content.decode()
    fields = {
        "kind": "withdraw_decision",
        "title": "Købt uden drøftelse",
        "asked": "Vi beder om, at købet trækkes tilbage.",
        "raised_on": TODAY,
    }
    sent = vice_chair.post(path, fields)
    case = RemedyCase.objects.get()
    assert sent["Location"] == at(play, f"requests/{case.ref}/")
    assert case.item == item
    shown = chair.get(at(play, f"requests/{case.ref}/")).content.decode()
    assert "3. marts 2026" in shown
    assert "tjek det lokalt" in shown
    chair.post(
        at(play, f"requests/{case.ref}/answer/"),
        {"answer": "Vi trækker det tilbage.", "answered_on": TODAY, "version": 1},
    )
    ended = vice_chair.post(
        at(play, f"requests/{case.ref}/end/"),
        {
            "closing": "withdrawn_decision",
            "because": "Det kom på dagsordenen.",
            "closed_on": TODAY,
            "version": 2,
        },
        follow=True,
    )
    shown = ended.content.decode()
    assert "Beslutningen er trukket tilbage" in shown
    assert "Vi trækker det tilbage." in shown
    assert "Købt uden drøftelse" in as_(play, "steward").get(at(play, f"items/{item.ref}/")).content.decode()


def test_those_whom_it_does_not_concern_do_not_see_it(play: Play) -> None:
    case = raised(play)
    assert as_(play, "employee").get(at(play, f"requests/{case.ref}/")).status_code == 403
    committee = at(play, f"committees/{play.cast.committees['local'].ref}/")
    assert case.title not in as_(play, "employee").get(committee).content.decode()
    assert case.title in as_(play, "management_member").get(committee).content.decode()
    assert cards([case.ref], play.cast.viewer("employee")) == {}
    assert case.ref in cards([case.ref], play.cast.viewer("chair"))


def test_a_committees_page_asks_as_often_for_ten_cases_as_for_two(play: Play) -> None:
    path = at(play, f"committees/{play.cast.committees['local'].ref}/")
    client = as_(play, "vice_chair")
    client.cookies["django_language"] = "en"
    counts = []
    for more in (2, 8):
        for number in range(more):
            raised(play, title=f"Sag {more} {number}")
        with CaptureQueriesContext(connection) as asked:
            assert client.get(path).status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_a_case_about_a_confidential_item_is_closed_like_the_item(play: Play) -> None:
    play.meeting(date(2026, 2, 18))
    item = play.item()
    case = raised(play, item=item)
    by_role = at(play, f"requests/{case.ref}/")
    assert as_(play, "digital_lead").get(by_role).status_code == 200
    Item.objects.filter(pk=item.pk).update(confidential_until=LATER, confidential_because="Ansættelsessag")
    assert as_(play, "digital_lead").get(by_role).status_code == 403
    assert as_(play, "lead").get(by_role).status_code == 200
    clock.move_to(noon(LATER))
    assert as_(play, "digital_lead").get(by_role).status_code == 200


def test_of_two_who_answer_the_second_reads_both_texts_and_keeps_what_was_typed(play: Play) -> None:
    case = raised(play)
    chair = as_(play, "chair")
    answered(play, case, TODAY)
    path = at(play, f"requests/{case.ref}/further/")
    late = as_(play, "vice_chair").post(path, {"because": "Intet svar endnu", "version": 1})
    assert late.status_code == 409
    assert "Vi tager det op." in late.content.decode()
    assert "Intet svar endnu" in late.content.decode()
    assert chair.get(at(play, f"requests/{case.ref}/")).status_code == 200


def test_the_case_goes_to_the_records_system_with_its_answers(play: Play) -> None:
    case = answered(play, raised(play), TODAY)
    client = as_(play, "vice_chair")
    word = Word(BytesIO(client.get(at(play, f"requests/{case.ref}/case.docx")).content))
    text = "\n".join(one.text for one in word.paragraphs)
    assert "Vi beder om, at købet trækkes tilbage." in text
    assert "Vi tager det op." in text
    packed = ZipFile(BytesIO(client.get(at(play, f"requests/{case.ref}/case.zip")).content))
    known = json.loads(packed.read("metadata.json"))
    assert (known["kind"], known["readable_by"]) == ("remedy", "committee")
    assert client.get(at(play, f"requests/{case.ref}/case.pdf")).content.startswith(b"%PDF")
    assert client.get(at(play, f"requests/{case.ref}/case.exe")).status_code == 404


def test_an_administrator_enters_the_organisations_own_deadline(play: Play) -> None:
    fields = {
        "clock": "MED.withdraw_decision.answer",
        "number": 10,
        "unit": "working_days",
        "since": TODAY,
        "source": "Lokal MED-aftale § 12",
    }
    shown = as_(play, "administrator").post(at(play, "requests/deadlines/new/"), fields, follow=True)
    assert OwnTerm.objects.get().number == 10
    assert "10 arbejdsdage" in shown.content.decode()
    assert "Lokal MED-aftale § 12" in shown.content.decode()


def test_a_call_for_central_negotiation_is_recorded_from_the_items_page(
    play_under: Callable[[str], Play],
) -> None:
    play = play_under("MBL")
    item = signed(play, negotiated(play, A="concluded_agreed", B="concluded_disagreed"))
    clock.move_to(noon(LATER))
    steward = as_(play, "steward")
    with translation.override("sv"):
        shown = steward.get(at(play, f"items/{item.ref}/")).content.decode()
    assert f"/items/{item.ref}/central/" in shown
    fields = {"union": play.cast.unions["B"].ref, "called_on": LATER}
    steward.post(at(play, f"items/{item.ref}/central/"), fields)
    assert CentralCall.objects.get().union == play.cast.unions["B"]
    late = {"union": play.cast.unions["B"].ref, "called_on": LATER + timedelta(days=9)}
    assert steward.post(at(play, f"items/{item.ref}/central/"), late).status_code == 200
