"""The pages of what goes down and comes up, as those meet them who use them."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from samspil.dialogue.models import Meeting
from samspil.dialogue.replies import actions, forms, queries
from samspil.dialogue.replies.models import Asked, Reply, ReplyAnswer, Sending
from samspil.dialogue.replies.tests.conftest import DUE, IN_TIME, Below
from samspil.dialogue.tests.conftest import noon
from samspil.kit import clock

SignIn = Callable[[str], Client]


def address(below: Below, rest: str) -> str:
    return f"/{below.play.cast.organisation.slug}/{rest}"


def as_opened(response: object) -> dict[str, str]:
    """The form as a browser would send it back without a word typed."""
    form = response.context["form"]  # type: ignore[attr-defined]
    values = {name: form[name].value() for name in form.fields}
    return {name: str(value) if value is not None else "" for name, value in values.items()}


def test_from_the_mail_a_committee_replies_with_two_texts_and_one_button(
    below: Below, sign_in: SignIn
) -> None:
    sending = below.send()
    clock.move_to(noon(IN_TIME))
    page = address(below, f"replies/{below.asked(sending).ref}/give/")
    client = sign_in("vice_chair")
    fields = as_opened(client.get(page))
    to_type = [name for name, value in fields.items() if not value and name not in ("because", "took_part")]
    assert to_type == [f"text_{one.ref}" for one in queries.questions_of(sending)]
    assert fields["took_part"] == "", "nobody has said how many they were"
    assert len(fields) <= 5 + 2 * 2  # version, how, when, how many, why not; a text and a position each
    answered = client.post(page, fields | dict.fromkeys(to_type, "Vi mangler tid"), follow=True)
    assert "Vi mangler tid" in answered.content.decode()
    assert queries.sheet(sending, IN_TIME).replied[0].newest.took_part is None  # type: ignore[union-attr]


def test_the_day_of_the_last_meeting_is_proposed(below: Below, sign_in: SignIn) -> None:
    sending = below.send()
    below.play.meeting(IN_TIME - timedelta(days=2))
    clock.move_to(noon(IN_TIME))
    opened = sign_in("chair").get(address(below, f"replies/{below.asked(sending).ref}/give/"))
    assert as_opened(opened)["held_on"] == "2026-02-18"


def test_who_sends_it_down_is_warned_of_those_without_a_meeting_and_sends_it_knowingly(
    below: Below, sign_in: SignIn
) -> None:
    page = address(below, f"items/{below.item.ref}/send-down/")
    client = sign_in("secretary")
    opened = client.get(page)
    fields = as_opened(opened) | {
        "to": "all",
        "chosen": [],
        "questions": opened.context["form"]["questions"].value(),
    }
    fields["why"] = "Vi vil vide det"
    warned = client.post(page, fields)
    assert "1 of 1 has no meeting up to" in warned.content.decode() or "har ikke" in warned.content.decode()
    assert not Sending.objects.exists()
    again = fields | {"seen": warned.context["form"]["seen"].value()}
    assert client.post(page, again).status_code == 302
    assert Sending.objects.get().why == "Vi vil vide det"


def test_nobody_is_warned_when_everybody_has_a_meeting(below: Below, sign_in: SignIn) -> None:
    below.play.meeting(IN_TIME)
    page = address(below, f"items/{below.item.ref}/send-down/")
    client = sign_in("secretary")
    opened = client.get(page)
    ticked = {"to": "all", "chosen": [], "questions": opened.context["form"]["questions"].value()}
    assert client.post(page, as_opened(opened) | ticked).status_code == 302


def test_whole_areas_or_single_committees_can_be_chosen(below: Below, sign_in: SignIn) -> None:
    below.locals(3)
    below.play.cast.committees["area"].pk = None
    one = queries.below(below.item.committee)[1]
    page = address(below, f"items/{below.item.ref}/send-down/")
    ticked = {"to": forms.CHOSEN, "chosen": [f"one:{one.ref}"], "own": "Hvad siger I?", "questions": []}
    fields = {"due": DUE.isoformat(), "seen": DUE.isoformat(), "why": "", **ticked}
    assert sign_in("chair").post(page, fields).status_code == 302
    sending = Sending.objects.get()
    assert [asked.committee for asked in Asked.objects.filter(sending=sending)] == [one]
    assert [question.wording["ask"] for question in queries.questions_of(sending)] == ["Hvad siger I?"]


def test_a_paper_that_was_entered_before_is_shown_instead_of_the_form(below: Below, sign_in: SignIn) -> None:
    sending = below.send()
    below.reply(sending, text="Sendt af os selv")
    page = address(below, f"replies/{below.asked(sending).ref}/paper/")
    shown = sign_in("secretary").get(page).content.decode()
    assert "Sendt af os selv" in shown
    assert "<textarea" not in shown


def test_the_code_leads_to_the_page_where_a_paper_is_entered(below: Below, sign_in: SignIn) -> None:
    asked = below.asked(below.send())
    page = sign_in("secretary").get(address(below, f"answer-sheets/?code={asked.code}"))
    assert f"/replies/{asked.ref}/paper/" in page.content.decode()
    assert (
        "/paper/"
        not in sign_in("secretary").get(address(below, "answer-sheets/?code=zzzzzz")).content.decode()
    )


def test_all_answers_to_one_question_stand_under_one_another(below: Below, sign_in: SignIn) -> None:
    sending = below.send(below.locals(2))
    below.reply(sending)
    one, other = queries.questions_of(sending)
    ReplyAnswer.objects.filter(question=other).update(text="Om noget andet")
    page = address(below, f"sent-down/{sending.ref}/?view=question&question={one.ref}")
    shown = sign_in("employee").get(page).content.decode()
    assert "Vi mangler tid" in shown
    assert "Om noget andet" not in shown
    nowhere = sign_in("employee").get(f"{page}&area=xxxxxxxxxxxx").content.decode()
    assert "Vi mangler tid" not in nowhere


def test_the_items_page_and_the_committees_page_lead_there(below: Below, sign_in: SignIn) -> None:
    sending = below.send()
    assert (
        f"/sent-down/{sending.ref}/"
        in sign_in("employee").get(address(below, f"items/{below.item.ref}/")).content.decode()
    )
    main, local = (below.play.cast.committees[level].ref for level in ("main", "local"))
    assert (
        f"/sent-down/{sending.ref}/"
        in sign_in("employee").get(address(below, f"committees/{main}/")).content.decode()
    )
    asked = f"/replies/{below.asked(sending).ref}/"
    assert asked in sign_in("employee").get(address(below, f"committees/{local}/")).content.decode()
    assert f"{asked}give/" in sign_in("chair").get(address(below, "committees/")).content.decode()


# --- a hundred and forty ------------------------------------------------------------------------------------


def fill(below: Below, count: int) -> Sending:
    """Half of the committees have replied, all of them in bulk."""
    sending = below.send(below.locals(count))
    chair = below.play.cast.people["chair"]
    for place, asked in enumerate(Asked.objects.filter(sending=sending).order_by("pk")):
        if place % 2:
            reply = Reply.objects.create(
                organisation=asked.organisation,
                thing=actions.new_thing(asked.organisation, "reply"),
                asked=asked,
                number=1,
                way="paper",
                entered=True,
                held_on=IN_TIME,
                took_part=place,
                replied_by=chair,
                replied_at=noon(IN_TIME),
            )
            ReplyAnswer.objects.bulk_create(
                ReplyAnswer(
                    organisation=asked.organisation,
                    reply=reply,
                    question=one,
                    position=list(ReplyAnswer.Position)[place % 4],
                    text=f"Vi mangler tid til oplæring {place}",
                )
                for one in queries.questions_of(sending)
            )
    return sending


def queries_of(client: Client, path: str) -> int:
    with CaptureQueriesContext(connection) as seen:
        assert client.get(path).status_code == 200
    return len(seen)


@pytest.mark.parametrize("rest", ["", "?view=question", "replies.pdf", "replies.docx", "replies.xlsx"])
def test_a_sheet_of_a_hundred_and_forty_asks_as_often_as_one_of_five(
    below: Below, sign_in: SignIn, rest: str
) -> None:
    few = fill(below, 5)
    client = sign_in("secretary")
    client.get(address(below, f"sent-down/{few.ref}/"))
    asked = queries_of(client, address(below, f"sent-down/{few.ref}/{rest}"))
    actions.close_replies(sending=few, **below.play.by("secretary"))
    Sending.objects.filter(pk=few.pk).update(closed_at=None, item=below.play.item())
    many = fill(below, 134)
    assert Asked.objects.filter(sending=many).count() == 140
    assert queries_of(client, address(below, f"sent-down/{many.ref}/{rest}")) == asked


def test_the_form_that_sends_it_down_asks_as_often_for_140_as_for_five(below: Below, sign_in: SignIn) -> None:
    client, page = sign_in("secretary"), address(below, f"items/{below.item.ref}/send-down/")
    below.locals(5)
    client.get(page)
    few = queries_of(client, page)
    below.locals(135)
    assert queries_of(client, page) == few


def test_the_silent_are_listed_with_the_one_to_call(below: Below, sign_in: SignIn) -> None:
    sending = below.send(below.locals(1))
    sheet = queries.sheet(sending, IN_TIME)
    assert [str(row.call) for row in sheet.silent] == ["Lars Ledelse", "Mads Formand"]
    shown = sign_in("secretary").get(address(below, f"sent-down/{sending.ref}/")).content.decode()
    assert "Lars Ledelse" in shown
    assert Meeting.objects.count() == 0
